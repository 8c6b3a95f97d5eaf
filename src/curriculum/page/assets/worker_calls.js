"use strict";
// The worker that runs Python: it is asked by messages, and the page never waits without an answer.

/** A call that failed, with the sentences that say why. */
class CallFault extends Error {
  /** @param {string[]} lines */
  constructor(lines) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

const NO_WEBASSEMBLY = "This browser cannot run the page: it has no WebAssembly, or it is switched off. "
  + "Use a current Edge, Chrome, Firefox or Safari, or ask your IT team to allow WebAssembly for this page.";
const NO_WORKER = "This browser cannot run the page: it starts no background workers. "
  + "Use a current Edge, Chrome, Firefox or Safari.";
const CRASHED = "The page ran out of memory or was stopped by the browser. Nothing was sent and your answers are "
  + "kept. Close other tabs, then choose the file again; a smaller file needs less memory.";

/** Answers that are waited for, by the number of their message. */
const waitingCalls = new Map();
/** Messages that wait until Python has started. */
let queuedMessages = [];
let pythonWorker = null;
let lastCall = 0;
let hasStarted = false;
/** Why there is no worker. */
let failure = "";
/** What the page does when the worker says something by itself; `page.js` sets it. */
const workerEvents = { progress: () => {}, started: () => {}, failed: () => {} };

const failAll = (lines) => {
  for (const { reject } of waitingCalls.values()) reject(new CallFault(lines));
  waitingCalls.clear();
  queuedMessages = [];
};

const endWorker = (line) => {
  pythonWorker?.terminate();
  pythonWorker = null;
  hasStarted = false;
  failure = line;
  failAll([line]);
  workerEvents.failed(line);
};

const hear = ({ data }) => {
  if (data.started) {
    hasStarted = true;
    for (const [message, moved] of queuedMessages.splice(0)) pythonWorker.postMessage(message, moved);
    workerEvents.started();
  } else if (data.failed) endWorker(data.failed);
  else if (data.progress) workerEvents.progress(data.progress);
  else {
    const call = waitingCalls.get(data.id);
    waitingCalls.delete(data.id);
    if (data.error) call?.reject(new CallFault(data.error.lines));
    else call?.resolve(data.result);
  }
};

/** Start the worker; a fault is told by `workerEvents.failed`. */
const startWorker = () => {
  if (typeof WebAssembly !== "object") return endWorker(NO_WEBASSEMBLY);
  if (typeof Worker !== "function") return endWorker(NO_WORKER);
  try {
    // The page in one file brings a function that makes the worker from its own text.
    pythonWorker = globalThis.startCurriculumWorker?.() ?? new Worker("worker.js");
  } catch {
    return endWorker(NO_WORKER);
  }
  pythonWorker.onmessage = hear;
  pythonWorker.onerror = (event) => {
    event.preventDefault?.();
    endWorker(hasStarted ? CRASHED : "The page could not start: a file of it is missing or was changed. "
      + "Load the page again; if that does not help, tell the person who put it here.");
  };
};

/**
 * Ask Python.
 * @param {string} call the name of the call
 * @param {object} args its arguments
 * @param {ArrayBuffer} [data] bytes, which are moved to the worker
 * @returns {Promise<any>} rejected with a `CallFault`
 */
const ask = (call, args = {}, data = undefined) => new Promise((resolve, reject) => {
  if (!pythonWorker) startWorker();
  if (!pythonWorker) return reject(new CallFault([failure]));
  const id = ++lastCall;
  const message = { id, call, args, data };
  waitingCalls.set(id, { resolve, reject });
  if (hasStarted) pythonWorker.postMessage(message, data ? [data] : []);
  else queuedMessages.push([message, data ? [data] : []]);
});
