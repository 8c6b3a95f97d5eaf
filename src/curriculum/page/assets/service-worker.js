"use strict";
/*
 * Keeps the files of the page in the browser, so that the next visit is fast and needs no network.
 *
 * The build writes the version of the site and the hash of each file into this script. A file is kept only if
 * its content is that of the list; another version has another cache, and the former one is removed when no
 * window shows it any more.
 */
const VERSION = "SITE_VERSION";
const FILES = {};
const OURS = `curriculum ${self.registration.scope} `;
const CACHE = OURS + VERSION;

async function checkedAnswer(name) {
  const answer = await fetch(name, { cache: "no-cache" });
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  const data = await answer.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== FILES[name]) {
    throw new Error(`${name} is of another version`);
  }
  return answer;
}

async function keepAll() {
  const answers = await Promise.all(Object.keys(FILES).map(async (name) => [name, await checkedAnswer(name)]));
  const cache = await caches.open(CACHE);
  await Promise.all(answers.map(([name, answer]) => cache.put(new URL(name, self.registration.scope), answer)));
}

async function removeFormer() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function keptOrLoaded(request) {
  const address = new URL(request.url);
  const page = new URL("index.html", self.registration.scope);
  const wanted = address.href.split(/[?#]/)[0] === self.registration.scope ? page : address;
  const cache = await caches.open(CACHE);
  return (await cache.match(wanted, { ignoreSearch: true })) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(removeFormer()));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(self.registration.scope)) {
    event.respondWith(keptOrLoaded(event.request));
  }
});
