"use strict";
// Step 6: the files to download, each with what it is, and what is still open.

const MOST_NAMED = 6;
let fileAddresses = [];

const nameToMeaning = (name) => {
  if (name.endsWith(".audit.csv")) return "One row for each code that was found, with what became of it.";
  if (name.endsWith(".coverage.html")) return "How much of the new version your evidence covers, as a page to print.";
  if (name.endsWith(".to-decide.xlsx")) return "The codes to decide, the audit and the coverage, as a workbook.";
  return "The copy of your file with the codes of the new version.";
};

/** Return the files, the copy first. */
const sortFiles = (files) => {
  const rank = ({ name }) => [".audit.csv", ".coverage.html"].findIndex((ending) => name.endsWith(ending));
  return [...files].sort((one, other) => rank(one) - rank(other));
};

/** Offer a file to save. */
const fileToLink = ({ name, media_type, data }, text = name) => {
  const address = URL.createObjectURL(new Blob([data], { type: media_type }));
  fileAddresses.push(address);
  return make("a", { href: address, download: name, className: "file" }, text);
};

/** Save a file at once. */
const saveFile = (file) => {
  const link = fileToLink(file);
  document.body.append(link);
  link.click();
  link.remove();
};

/** Take back files that answers or settings have made out of date. */
const clearFiles = () => {
  if (byId("file-list").childElementCount) say("files-status", "Your answers or choices have changed: make the files again.");
  for (const address of fileAddresses.splice(0)) URL.revokeObjectURL(address);
  fill("file-list");
  showFault("files-fault");
};

/** Show the files. */
const showFiles = (files) => {
  clearFiles();
  say("files-status", `${counted(files.length, "file")} to save.`);
  fill("file-list", sortFiles(files).map((file) => make("li", {}, fileToLink(file), ` ${sizeToText(file.data.byteLength)}`,
    make("span", { className: "note" }, nameToMeaning(file.name)))));
};

/** Say what is still open, as the command line does. */
const showOpenCodes = (result, openCards) => {
  const codes = openCards.map(({ old_code }) => old_code);
  const named = codes.slice(0, MOST_NAMED).join(", ") + (codes.length > MOST_NAMED ? ` and ${codes.length - MOST_NAMED} more` : "");
  const lines = [];
  if (codes.length) {
    lines.push(make("p", {}, make("b", {}, `${codes.length} old ${codes.length === 1 ? "code waits" : "codes wait"} for a person: ${named}.`)),
      make("p", {}, "You can make the files now: the copy says “review” beside these codes and gives them no new code."));
  }
  if (result.cells_to_correct.length) {
    lines.push(make("p", {}, `${result.cells_to_correct.join(", ")}: unclear as written, or could not be read.`));
  }
  fill("open-codes", lines.length ? make("div", { className: "box look" }, lines)
    : make("p", {}, "Every code in this file is settled."));
};

/** Fill the part that only a print shows: a table of the decisions. */
const showPrinted = (cards) => fill("printed", make("h2", {}, "Decisions"), tableOf("Codes, wordings and decisions", [
  { name: "code" }, { name: "cells", className: "number" }, { name: "old wording" }, { name: "decision" }, { name: "by" }, { name: "reason" }],
[...cards].sort((one, other) => isOpen(one) - isOpen(other)).map((card) => {
  const rows = answerOf(card);
  const by = rows ? [rows[0].reviewer, rows[0].date].filter(Boolean).join(", ") : "";
  return [card.old_code, String(card.n_cells), card.old_wording, rows ? rowsToWords(rows) : cardToState(card, rows), by, rows?.[0].reason ?? ""];
})));
