"use strict";
// What the page keeps in the browser: the answers on each file and pair of versions, and how a person works.

const STORE_PREFIX = "curriculum:";

/** Read a value that was kept; a browser that keeps nothing gives the other one. */
const readStored = (key, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(STORE_PREFIX + key)) ?? otherwise;
  } catch {
    return otherwise;
  }
};

/**
 * Keep a value.
 * @returns {boolean} whether the browser keeps it
 */
const writeStored = (key, value) => {
  try {
    localStorage.setItem(STORE_PREFIX + key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

/** Delete all that the page keeps. */
const clearStored = () => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(STORE_PREFIX)) localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing has nothing to delete.
  }
};

/**
 * Return a text that tells files apart: their size, and two sums of their bytes (FNV-1a, and one that runs
 * backwards). The browser's own digests exist only on https, and a college intranet may have none.
 * @param {ArrayBuffer} buffer
 */
const bytesToKey = (buffer) => {
  const bytes = new Uint8Array(buffer);
  let forth = 0x811c9dc5, back = 0x01234567;
  for (let at = 0, last = bytes.length - 1; at <= last; at += 1) {
    forth = Math.imul(forth ^ bytes[at], 0x01000193);
    back = Math.imul(back ^ bytes[last - at], 0x01000193);
  }
  return [bytes.length, forth >>> 0, back >>> 0].map((part) => part.toString(36)).join("-");
};
