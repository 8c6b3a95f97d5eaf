"use strict";
/*
 * Runs Python in a worker, so that the page never freezes, and answers the messages of the page.
 *
 * page -> worker: {id, call, args, data?}; worker -> page: {id, result} or {id, error: {lines}}, and at any time
 * {progress}, {started: true} or {failed}. `curriculum/page/session.py` describes the calls.
 *
 * All files are read before the page says that it has started; then the worker gives up every means to reach
 * the network. What Python compiled is kept for the next start, in the database of the browser.
 */
(() => {
  const VERSION = "SITE_VERSION";
  const ZIPS = ["python_stdlib.zip", "packages.zip", "curriculum.zip"];
  const PLACES = { "python_stdlib.zip": "/lib/python314.zip", "packages.zip": "/packages.zip", "curriculum.zip": "/curriculum.zip" };
  const ADDRESS = "https://files.invalid/";
  const NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport"];
  const AGAIN = "Your file was not changed, and your answers are kept: load the page again.";
  const waiting = [];
  const load = self.fetch.bind(self);
  let isBusy = true;
  let pyodide = null;
  let answer = null;
  let compiler = null;

  /** A fault whose message is for the person in front of the page. */
  class Fault extends Error {}

  // By this function Pyodide knows a classic worker, which it refuses although all that it needs is there. The
  // page that is a single file can have no other: browsers start no module from such a file.
  Object.defineProperty(self, "importScripts", { value: undefined });

  // In the page that is a single file, its files come in the first message.
  let give = null;
  const given = self.isSingleFile ? new Promise((resolve) => { give = resolve; }) : null;

  self.onmessage = (event) => {
    if (event.data.texts) {
      give(event.data.texts);
      return;
    }
    waiting.push(event.data);
    work();
  };

  function progress(text) {
    self.postMessage({ progress: text });
  }

  // --- Files ---------------------------------------------------------------------------------------------------

  async function answerOf(name) {
    let response;
    try {
      response = await load(name);
    } catch {
      throw new Fault(`${name} could not be loaded. Is the network there? Load the page again.`);
    }
    if (!response.ok) {
      throw new Fault(`${name} could not be loaded (the server says ${response.status}). Are all files of the page on the server?`);
    }
    return response;
  }

  async function read(name) {
    if (given) {
      return unpacked((await given)[name]);
    }
    return new Uint8Array(await (await answerOf(name)).arrayBuffer());
  }

  /** A file of the page that is a single file: compressed, as text. */
  async function unpacked(text) {
    const signs = atob(text);
    const bytes = new Uint8Array(signs.length);
    for (let at = 0; at < signs.length; at += 1) {
      bytes[at] = signs.charCodeAt(at);
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async function moduleOf(name) {
    if (!given) {
      return import(new URL(name, self.location.href).href);
    }
    const address = URL.createObjectURL(new Blob([await read(name)], { type: "text/javascript" }));
    try {
      return await import(address);
    } finally {
      URL.revokeObjectURL(address);
    }
  }

  /** What Pyodide asks for: its library, and its program, of which some servers do not know the type. */
  function responder(library) {
    return async (address) => {
      const name = String(address.url ?? address).split("/").pop();
      if (name === "python_stdlib.zip") {
        return new Response(library);
      }
      if (!given) {
        const response = await answerOf(name);
        if (response.headers.get("Content-Type") === "application/wasm") {
          return response;
        }
        return new Response(response.body, { headers: { "Content-Type": "application/wasm" } });
      }
      return new Response(await read(name), { headers: { "Content-Type": "application/wasm" } });
    };
  }

  // --- What is kept for the next start ----------------------------------------------------------------------------

  function withStore(mode, act) {
    return new Promise((resolve, reject) => {
      const opening = self.indexedDB.open("curriculum-compiled", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("zips");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction("zips", mode);
        const request = act(transaction.objectStore("zips"));
        transaction.oncomplete = () => { opening.result.close(); resolve(request && request.result); };
        transaction.onabort = () => { opening.result.close(); reject(transaction.error); };
      };
    });
  }

  async function keptZips() {
    try {
      return await withStore("readonly", (store) => store.get(VERSION));
    } catch {
      return undefined;
    }
  }

  async function keepZips(zips) {
    try {
      await withStore("readwrite", (store) => { store.clear(); return store.put(zips, VERSION); });
    } catch {
      // A browser that keeps nothing starts more slowly the next time, and that is all.
    }
  }

  async function forgetZips() {
    try {
      await withStore("readwrite", (store) => store.clear());
    } catch {
      // There is none, or none that can be opened.
    }
  }

  // --- Start ------------------------------------------------------------------------------------------------------

  async function bundles() {
    const names = JSON.parse(new TextDecoder().decode(await read("bundles.json")));
    return Promise.all(names.map(async (name) => [name, await read(name)]));
  }

  async function start() {
    if (typeof WebAssembly !== "object") {
      throw new Fault("This browser has no WebAssembly, which the page needs to run Python. Use a current Firefox, Chrome, Edge or Safari.");
    }
    progress("load Python");
    const kept = await keptZips();
    const zips = kept ?? Object.fromEntries(await Promise.all(ZIPS.map(async (name) => [name, await read(name)])));
    self.fetch = responder(zips["python_stdlib.zip"]);
    const [{ loadPyodide }, { default: createPyodideModule }, ofBundles] = await Promise.all([
      moduleOf("pyodide.js"), moduleOf("pyodide.asm.js"), bundles(),
    ]);
    progress("start Python");
    const info = { arch: "wasm32", platform: "emscripten_5_0_3", abi_version: "2026_0", python: "3.14.2" };
    pyodide = await loadPyodide({
      indexURL: ADDRESS,
      packageBaseUrl: ADDRESS,
      createPyodideModule,
      lockFileContents: { info, packages: {} },
      env: { HOME: "/home/pyodide", RAPIDFUZZ_IMPLEMENTATION: "python" },
    });
    for (const name of NETWORK) {
      Object.defineProperty(self, name, { value: undefined });
    }
    for (const name of ZIPS.slice(1)) {
      pyodide.FS.writeFile(PLACES[name], zips[name]);
    }
    progress("read the versions");
    pyodide.runPython(`import sys; sys.path[:0] = ["/curriculum.zip", "/packages.zip"]`);
    const messages = pyodide.pyimport("curriculum.page.messages");
    answer = messages.make_answerer(pyodide.toPy(Object.fromEntries(ofBundles)), progress);
    if (!kept) {
      compiler = messages.make_compiler(pyodide.toPy(Object.values(PLACES)));
    }
    self.postMessage({ started: true });
    isBusy = false;
    work();
  }

  // --- Messages ---------------------------------------------------------------------------------------------------

  /** Answer the next message; without one, compile a module for the next start. */
  function work() {
    if (isBusy) {
      return;
    }
    const message = waiting.shift();
    if (!message && !compiler) {
      return;
    }
    isBusy = true;
    setTimeout(() => {
      try {
        if (message) {
          respond(message);
        } else {
          compileNext();
        }
        isBusy = false;
        work();
      } catch (fault) {
        stop(fault, message);
      }
    }, 0);
  }

  function respond({ id, call, args, data }) {
    const bytes = data ? pyodide.toPy(new Uint8Array(data)) : undefined;
    const made = answer(call, JSON.stringify(args ?? {}), bytes);
    const [text, files] = made.toJs();
    made.destroy();
    bytes?.destroy();
    const content = JSON.parse(text);
    const buffers = files.map((file) => file.slice().buffer);
    for (const file of [content.result].flat()) {
      if (file && Number.isInteger(file.data)) {
        file.data = buffers[file.data];
      }
    }
    self.postMessage({ id, ...content }, buffers);
  }

  function compileNext() {
    if (compiler.step()) {
      return;
    }
    const zips = Object.fromEntries(ZIPS.map((name) => [name, pyodide.FS.readFile(compiler.place(PLACES[name]))]));
    compiler.close();
    compiler.destroy();
    compiler = null;
    keepZips(zips);
  }

  /** Say that Python has stopped: nothing more can be answered. */
  function stop(fault, message) {
    const what = fault instanceof Fault ? fault.message : `Python has stopped (${String(fault).trim().split("\n").pop()}). ${AGAIN}`;
    const isMemory = /memory|allocation/i.test(String(fault)) && !(fault instanceof Fault);
    const line = isMemory ? `The memory of the browser does not suffice for this file. ${AGAIN}` : what;
    if (message) {
      self.postMessage({ id: message.id, error: { lines: [line] } });
    }
    self.postMessage({ failed: line });
  }

  // If what was kept is damaged, the next start does without it.
  start().catch((fault) => forgetZips().then(() => stop(fault, null)));
})();
