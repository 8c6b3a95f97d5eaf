"use strict";
// Wordings with the words that differ marked: struck out where only the old one has them, underlined where only
// the new one has them, so that no colour is needed.

/**
 * Mark the words of a wording that the other one lacks.
 * @param {[string, boolean][]} runs texts, and whether the other wording has them too
 * @param {"del" | "ins"} tag
 */
const markRuns = (runs, tag) => runs.flatMap(([text, isShared], at) =>
  [at ? " " : "", isShared ? text : make(tag, {}, text)]);

const LEAST_SHARED = 0.4;

/** Mark what a candidate has more; where nearly all words differ, marks would say nothing. */
const markCandidate = (runs) => {
  const length = (parts) => parts.reduce((sum, [text]) => sum + text.length, 0);
  const isClose = length(runs.filter(([, isShared]) => isShared)) >= LEAST_SHARED * length(runs);
  return isClose ? markRuns(runs, "ins") : [runs.map(([text]) => text).join(" ")];
};

const RELATION_PLAIN = {
  exactMatch: "says the same", closeMatch: "takes its place", broadMatch: "says this and more",
  narrowMatch: "says a part of this", relatedMatch: "is related only",
  same: "says the same", close: "takes its place", merged: "says this and more",
  split: "says a part of this", related: "is related only",
};

/** Write how sure a proposal is: in words, and as a number of 100. */
const confidenceToText = (confidence, word) => confidence === null || confidence === undefined ? ""
  : `${word ? `${word}, ` : ""}${Math.floor(confidence * 100)} of 100`;
