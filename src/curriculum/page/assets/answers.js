"use strict";
// The answers of a person: rows as on the sheet "To decide", by old code, with undo and redo.

/** @typedef {{old_code: string, new_code: string, decision: string, relation: string, reviewer: string, reason: string, date: string}} Answer */
/** @typedef {{kind: "accept" | "codes" | "withdrawn" | "not a code", codes: string[]}} Choice */

const answerBook = {
  /** @type {Record<string, Answer[]>} */
  now: {},
  past: [],
  future: [],
  /** Where they are kept in the browser; empty before a file is chosen. */
  key: "",
  /** Where the place of the answers that were given last is kept, whatever the file. */
  latestKey: "",
  isKept: true,
  changed: () => {},
};

const NO_ANSWER = { old_code: "", new_code: "", decision: "", relation: "", reviewer: "", reason: "", date: "" };

/** Return answers as they were kept, each with every text; what is no answer at all is left to Python to refuse. */
const withEveryText = (kept) => Object.fromEntries(Object.entries(kept).filter(([, rows]) => !Array.isArray(rows) || rows.length)
  .map(([code, rows]) => [code, Array.isArray(rows) ? rows.map((row) => (row instanceof Object ? { ...NO_ANSWER, ...row } : row)) : rows]));

/** Begin with the answers that were kept for a file. */
const openAnswers = (key, latestKey = "") => {
  answerBook.key = key;
  answerBook.latestKey = latestKey;
  answerBook.now = withEveryText(readStored(key, {}));
  answerBook.past = [];
  answerBook.future = [];
};

/** Return the answers that were given last, on any file with the same versions. */
const latestAnswers = () => readStored(readStored(answerBook.latestKey, ""), {});

const keepAnswers = (next) => {
  answerBook.now = next;
  answerBook.isKept = writeStored(answerBook.key, next);
  if (answerBook.latestKey && Object.keys(next).length) writeStored(answerBook.latestKey, answerBook.key);
  answerBook.changed();
};

/** Take the answers that another tab with the same file has kept. */
const takeStoredAnswers = () => {
  answerBook.past.push(answerBook.now);
  answerBook.now = withEveryText(readStored(answerBook.key, {}));
  answerBook.changed();
};

/** Change the answers, so that it can be undone. */
const changeAnswers = (next) => {
  answerBook.past.push(answerBook.now);
  answerBook.future = [];
  keepAnswers(next);
};

const undoAnswer = () => {
  if (!answerBook.past.length) return;
  answerBook.future.push(answerBook.now);
  keepAnswers(answerBook.past.pop());
};

const redoAnswer = () => {
  if (!answerBook.future.length) return;
  answerBook.past.push(answerBook.now);
  keepAnswers(answerBook.future.pop());
};

/** Return all answers as rows. */
const allAnswers = () => Object.values(answerBook.now).flat();

/** Group rows of answers by their old code; rows about a new code alone are kept too. */
const rowsToAnswers = (rows) => {
  const grouped = {};
  for (const row of rows) (grouped[row.old_code] ??= []).push(row);
  return grouped;
};

/** Return the old code whose answer differs between two states, if there is one. */
const changedCode = (one, other) =>
  Object.keys({ ...one, ...other }).find((code) => one[code] !== other[code]);

/**
 * Return the words that a choice writes into the cells "decision" of the rows of a card.
 *
 * Codes that no row proposes are written on the first row; a proposed code that was not chosen is rejected.
 * @param {Choice} choice
 * @param {string[]} proposed the new code of each row, empty where no counterpart was found
 */
const choiceToDecisions = ({ kind, codes }, proposed) => {
  if (kind !== "codes") return proposed.map(() => kind);
  const others = codes.filter((code) => !proposed.includes(code));
  return proposed.map((code, at) => {
    const isChosen = codes.includes(code);
    const written = at === 0 ? [...(isChosen ? [code] : []), ...others] : isChosen ? [code] : [];
    if (!written.length) return code ? "reject" : "withdrawn";
    return written.length === 1 && isChosen ? "accept" : written.join(" & ");
  });
};

/** Return the rows of a choice about a card. */
const choiceToRows = (card, choice, signature) => {
  const decisions = choiceToDecisions(choice, card.rows.map((row) => row.new_code));
  return card.rows.map(({ new_code }, at) => ({
    old_code: card.old_code, new_code, decision: decisions[at], relation: "", ...signature,
  }));
};

/** Return what rows of answers say, in words: the new codes, `withdrawn` or `not a code`. */
const rowsToWords = (rows) => {
  const words = rows.flatMap(({ decision, new_code }) => {
    const word = decision.toLowerCase();
    if (["accept", "add link", "change relation"].includes(word)) return [new_code || "withdrawn"];
    return word === "reject" ? [] : [decision];
  });
  return [...new Set(words)].join(" & ") || "none of the proposed codes";
};
