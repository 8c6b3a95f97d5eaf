"use strict";
// The page as a whole: what a person does, what Python is asked, and what is shown then.

const MOST_BYTES = 50e6;
const ENDINGS = [".xlsx", ".xlsm", ".csv", ".tsv"];
const WAIT_BEFORE_COUNT = 900;

const state = { bundles: [], file: null, fileKey: "", opened: null, bundle: "", settings: firstSettings(), result: null, isPythonOpen: false };
/** The number of the last remap; the result of an earlier one is out of date. */
let lastRemap = 0;
let countTimer = 0;
let isRemapping = false;
/** The milliseconds that the last remap took. */
let lastDuration = 0;

const LATER_STEPS = ["step-versions", "step-found", "step-outcomes", "step-decide", "step-download"];
const hideFrom = (first) => LATER_STEPS.slice(LATER_STEPS.indexOf(first)).forEach((id) => show(id, false));

/** Say what goes on; an empty text when it is done. */
const busy = (text) => {
  say("busy", text);
  document.body.setAttribute("aria-busy", String(Boolean(text)));
};

const faultLines = (fault) => fault instanceof CallFault ? fault.lines
  : fault?.name === "NotReadableError" ? ["The file cannot be read: it was moved, changed or locked since you chose it. Close it in Excel and choose it again."]
    : ["Something in this page failed. Your answers are kept. Load the page again.", String(fault?.message ?? fault)];

/** Read the file, give it to Python, and find its version. */
const openFile = async (file) => {
  const data = await file.arrayBuffer();
  state.fileKey = bytesToKey(data);
  state.opened = await ask("open", { name: file.name }, data);
  state.isPythonOpen = true;
};

const refusal = (file) => {
  if (!ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending))) {
    return `${file.name} is not a file that this page reads. Expected: ${ENDINGS.join(", ")}. In Excel, save it as “Excel Workbook (.xlsx)”.`;
  }
  if (!file.size) return `${file.name} is empty.`;
  return file.size > MOST_BYTES ? `${file.name} is too large for this page: ${sizeToText(file.size)}; it reads files of up to ${sizeToText(MOST_BYTES)}. `
    + "Remove pictures and sheets that have no codes, or divide the file, and choose it again." : "";
};

/** Begin with a file. */
const chooseFile = async (file) => {
  lastRemap += 1;
  clearTimeout(countTimer);
  hideFrom("step-versions");
  // Nothing that was said of another file stays beside this one.
  for (const id of ["fault", "found-fault", "answer-fault", "kept-fault"]) showFault(id);
  for (const id of ["fit", "stop", "found", "earlier-answers"]) fill(id);
  show("stop", false);
  clearFiles();
  for (const id of ["files-status", "kept-status"]) say(id, "");
  Object.assign(state, { file, opened: null, result: null, settings: firstSettings(), isPythonOpen: false });
  busy("");
  const line = refusal(file);
  show("file-chosen", !line);
  if (line) return showFault("fault", [line]);
  byId("file-chosen").textContent = `${file.name}, ${sizeToText(file.size)}`;
  busy("Reading the file …");
  try {
    state.bundles = await ask("bundles");
    await openFile(file);
    if (state.file !== file) return;
    state.bundle = likeliestBundle(state.bundles, state.opened.fits);
    showBundles(state.bundles, state.opened.fits, state.bundle);
    await takeBundle(state.bundle);
  } catch (fault) {
    if (state.file !== file) return;
    busy("");
    showFault("fault", faultLines(fault), `${file.name} was not read.`);
  }
};

/** Take a pair of versions, with the answers that were kept for it and this file. */
const takeBundle = async (name) => {
  state.bundle = name;
  byId("bundle").value = name;
  state.settings = { ...state.settings, force: false };
  openAnswers(`answers:${name}:${state.fileKey}`, `latest:${name}`);
  offerEarlierAnswers();
  state.result = null;
  hideFrom("step-outcomes");
  decide.current = "";
  decide.statements = [];
  say("licence", state.bundles.find((bundle) => bundle.name === name)?.licence ?? "");
  showSettings(state.opened, state.settings);
  await remapNow();
};

/** Say that answers were kept for this file; if none were, offer those on the file that was answered last. */
const offerEarlierAnswers = () => {
  const isEmpty = Object.keys(answerBook.now).length === 0;
  const earlier = isEmpty ? latestAnswers() : answerBook.now;
  const nCodes = Object.keys(earlier).length;
  if (!nCodes) return fill("earlier-answers");
  const codes = counted(nCodes, "code");
  if (!isEmpty) return fill("earlier-answers", make("p", {}, `Your answers on ${codes}, from an earlier visit, are here.`));
  const take = () => {
    changeAnswers({ ...earlier, ...answerBook.now });
    fill("earlier-answers", make("p", {}, `Your answers on ${codes} are here. “Undo” takes them back.`));
    byId("heading-decide").focus();
  };
  fill("earlier-answers", make("div", { className: "box look" },
    make("p", {}, `This browser keeps answers on ${codes} for another file with these versions, or for this file before it was changed.`),
    make("p", { className: "buttons" }, make("button", { type: "button", onclick: take }, "Use these answers here too"))));
};

const fileArgs = () => ({ bundle: state.bundle, settings: state.settings, answers: allAnswers() });

const askRemap = async () => {
  const begin = performance.now();
  isRemapping = true;
  try {
    return await ask("remap", fileArgs());
  } finally {
    isRemapping = false;
    lastDuration = performance.now() - begin;
  }
};

/** Show why nothing was remapped, beside what a person can change. */
const showRemapFault = (fault, isAboutAnswers) => {
  const lines = faultLines(fault);
  if (isAboutAnswers) return showFault("answer-fault", lines, "These answers cannot be used.");
  for (const id of ["step-versions", "step-found"]) show(id, true);
  hideFrom("step-outcomes");
  if (!state.result) fill("found");
  showFault("found-fault", lines, "Nothing was remapped.");
  byId("found-fault").firstChild.append(...[optionNote(lines)].filter(Boolean));
  if (!state.result && allAnswers().length) {
    byId("found-fault").append(make("p", { className: "buttons" }, make("button", { type: "button", onclick: () => changeAnswers({}) },
      "Go on without the answers that this browser keeps (“Undo” brings them back)")));
  }
};

/** Remap with what is chosen now, and show it. */
const remapNow = async (isAboutAnswers = false) => {
  const number = ++lastRemap;
  clearTimeout(countTimer);
  showFault("fault");
  showFault("found-fault");
  busy("Remapping the codes …");
  try {
    if (!state.isPythonOpen) await openFile(state.file);
    const result = await askRemap();
    if (!decide.statements.length) decide.statements = await ask("codes", { bundle: state.bundle });
    if (number !== lastRemap) return;
    state.result = result;
    showResult();
  } catch (fault) {
    if (number !== lastRemap) return;
    showRemapFault(fault, isAboutAnswers && Boolean(state.result));
  }
  busy("");
};

const showResult = () => {
  const { result } = state;
  const isStopped = Boolean(result.against) && !state.settings.force;
  showFault("answer-fault");
  showFit(result);
  showStop(result, {
    bundles: state.bundles, isForced: state.settings.force, take: takeBundle,
    chooseRows: () => { byId("choice").open = true; byId("where").focus(); },
    goOn: () => { state.settings = { ...state.settings, force: true }; remapNow(); },
  });
  show("step-versions", true);
  show("step-found", true);
  showFound(result);
  if (result.is_done) fill("found", make("div", { className: "box look" }, `It has the codes of ${result.pair.new} already: nothing was changed. To remap it again, use the file as it was before, or delete the new columns and sheets.`));
  for (const id of ["step-outcomes", "step-decide", "step-download"]) show(id, !isStopped && !result.is_done);
  if (isStopped || result.is_done) return;
  Object.assign(decide, { cards: sortCards(result.cards), pair: result.pair });
  showOutcomes(result);
  say("outcomes-status", "");
  refreshDecide();
};

/** Show the cards again without moving the focus of the person who answers. */
const refreshDecide = () => {
  const isAtHeading = document.activeElement?.id === "card-heading";
  const isWritingCard = byId("card").contains(document.activeElement) && isWriting(document.activeElement);
  if (isWritingCard) {
    showList();
    showProgress();
  } else showDecide();
  if (isAtHeading) byId("card-heading").focus({ preventScroll: true });
  showOpenCodes(state.result, decide.cards.filter(isOpen));
  showPrinted(decide.cards);
};

/** After an answer: show it at once, and count again when the person pauses. */
const answersChanged = () => {
  clearFiles();
  showFault("answer-fault");
  say("kept-status", answerBook.isKept ? "" : "This browser does not keep answers: save them as a file before you close the page.");
  if (!answerBook.isKept) byId("kept").open = true;
  lastRemap += 1;
  if (!state.result) return countLater();
  say("outcomes-status", "Your last answers are not counted here yet.");
  showDecide();
  showOpenCodes(state.result, decide.cards.filter(isOpen));
  showPrinted(decide.cards);
  countLater();
};

/** Count again when the person pauses and Python is free; a large file takes long, so it is counted more rarely. */
const countLater = () => {
  clearTimeout(countTimer);
  countTimer = setTimeout(() => (isRemapping ? countLater() : remapNow(true)), Math.max(WAIT_BEFORE_COUNT, 2 * lastDuration));
};

const makeFiles = async () => {
  clearFiles();
  say("files-status", "Making the files …");
  byId("make-files").disabled = true;
  try {
    if (!state.isPythonOpen) await openFile(state.file);
    const args = fileArgs();
    const files = await ask("files", args);
    if (JSON.stringify(args) === JSON.stringify(fileArgs())) showFiles(files);
  } catch (fault) {
    say("files-status", "");
    showFault("files-fault", faultLines(fault), "No file was made.");
  }
  byId("make-files").disabled = false;
};

const saveAnswers = async (form) => {
  showFault("kept-fault");
  try {
    const file = await ask("answers_to", { bundle: state.bundle, answers: allAnswers(), form });
    saveFile(file);
    say("kept-status", `Saved as ${file.name}.`);
  } catch (fault) {
    showFault("kept-fault", faultLines(fault), "Nothing was saved.");
  }
};

const bringAnswers = async (file) => {
  showFault("kept-fault");
  say("kept-status", `Reading ${file.name} …`);
  try {
    const { answers, n_answers } = await ask("answers_from", { name: file.name, bundle: state.bundle }, await file.arrayBuffer());
    changeAnswers({ ...answerBook.now, ...rowsToAnswers(answers) });
    say("kept-status", `${counted(n_answers, "answer")} from ${file.name}. “Undo” takes them back.`);
  } catch (fault) {
    say("kept-status", "");
    showFault("kept-fault", faultLines(fault), `No answer of ${file.name} was taken.`);
  }
};

const addFileChoice = () => {
  const take = (files) => { if (files.length) chooseFile(files[0]); };
  byId("file").addEventListener("change", ({ target }) => { take([...target.files]); target.value = ""; });
  // A file that is dropped beside the box would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  byId("drop").addEventListener("dragover", () => byId("drop").classList.add("over"));
  byId("drop").addEventListener("dragleave", () => byId("drop").classList.remove("over"));
  byId("drop").addEventListener("drop", ({ dataTransfer }) => { byId("drop").classList.remove("over"); take([...dataTransfer.files]); });
};

const addChoices = () => {
  byId("bundle").addEventListener("change", ({ target }) => takeBundle(target.value));
  byId("settings").addEventListener("submit", (event) => {
    event.preventDefault();
    state.settings = readSettings(state.settings);
    clearFiles();
    remapNow();
    byId("heading-found").focus();
  });
  byId("settings").addEventListener("reset", (event) => {
    event.preventDefault();
    state.settings = firstSettings();
    showSettings(state.opened, state.settings);
    clearFiles();
    remapNow();
  });
};

const addDecide = () => {
  const reviewer = byId("reviewer");
  reviewer.value = readStored("reviewer", "");
  byId("day").value = new Date().toLocaleDateString("sv-SE");
  reviewer.addEventListener("change", () => {
    writeStored("reviewer", reviewer.value.trim());
    const choice = decide.pendingChoice;
    if (!reviewer.value.trim() || !choice) return;
    decide.pendingChoice = null;
    say("reviewer-fault", "");
    chooseAnswer(choice);
  });
  for (const id of ["uses-keys", "goes-on"]) {
    byId(id).checked = readStored(id, true);
    byId(id).addEventListener("change", ({ target }) => writeStored(id, target.checked));
  }
  byId("undo").addEventListener("click", () => moveInTime(undoAnswer));
  byId("redo").addEventListener("click", () => moveInTime(redoAnswer));
  byId("filter").addEventListener("change", showList);
  byId("search").addEventListener("input", showList);
  answerBook.changed = answersChanged;
  addEventListener("storage", ({ key }) => { if (key === STORE_PREFIX + answerBook.key) takeStoredAnswers(); });
  addShortcuts();
};

const addKept = () => {
  byId("save-workbook").addEventListener("click", () => saveAnswers("workbook"));
  byId("save-csv").addEventListener("click", () => saveAnswers("csv"));
  byId("answers-file").addEventListener("change", ({ target }) => { const [file] = target.files; if (file) bringAnswers(file); target.value = ""; });
  byId("clear-answers").addEventListener("click", () => {
    changeAnswers({});
    say("kept-status", "The answers on this file are deleted. “Undo” brings them back until you close the page.");
  });
  byId("clear-all").addEventListener("click", () => {
    if (!confirm("Delete all answers on all files, and your initials, from this browser?")) return;
    changeAnswers({});
    clearStored();
    byId("reviewer").value = "";
    say("kept-status", "This browser keeps nothing of this page now.");
  });
  byId("make-files").addEventListener("click", makeFiles);
};

/** Keep the page for the next visit, where the browser can; on plain http or from a folder it cannot. */
const keepPage = async () => {
  if (globalThis.startCurriculumWorker || !navigator.serviceWorker || !location.protocol.startsWith("http")) return;
  try {
    await navigator.serviceWorker.register("service-worker.js");
    await navigator.serviceWorker.ready;
    say("start", "Ready. The next visit works without the internet too.");
  } catch {
    // The page works all the same; the next visit loads it again.
  }
};

/** Read a file that is packed into the page that is one file. */
const readPacked = (name) => {
  const { texts } = JSON.parse(byId("packed-files").textContent);
  const packed = Uint8Array.from(atob(texts[name]), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
};

/** In the page that is one file, the licences are in it too. */
const addLicences = () => {
  if (!globalThis.startCurriculumWorker) return;
  byId("licences").addEventListener("click", async (event) => {
    event.preventDefault();
    saveFile({ name: "licences.txt", media_type: "text/plain", data: await readPacked("licences.txt") });
  });
};

Object.assign(workerEvents, {
  progress: (text) => {
    if (!hasStarted) say("start", `Loading: ${text} … The first visit takes longest.`);
    else if (byId("busy").textContent) say("busy", `${text[0].toUpperCase()}${text.slice(1)} …`);
  },
  started: () => {
    say("start", "Ready.");
    keepPage();
  },
  failed: (line) => {
    state.isPythonOpen = false;
    say("start", "");
    showFault("fault", [line]);
    busy("");
  },
});

addLicences();
addFileChoice();
addChoices();
addDecide();
addKept();
startWorker();
