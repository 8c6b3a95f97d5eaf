"use strict";
// Step 4: how many codes now mean something else, the outcomes, and the coverage.

// A sign for each outcome repeats its colour.
const OUTCOME_SIGNS = {
  unchanged: "=", replaced: "→", merged: "⇉", split: "⇶", withdrawn: "×", review: "?", unknown: "!", "not read": "–",
};
const outcomeClass = (outcome) => `outcome-${outcome.replace(" ", "-")}`;

const outcomeBar = (outcomes) => make("div", { className: "outcome-bar", "aria-hidden": "true" },
  outcomes.map(({ outcome, n_codes }) => {
    const part = make("span", { className: outcomeClass(outcome) }, OUTCOME_SIGNS[outcome] ?? "");
    part.style.flexGrow = String(n_codes);
    return part;
  }));

const outcomeName = ({ outcome }) => [make("span", { className: `swatch ${outcomeClass(outcome)}`, "aria-hidden": "true" },
  OUTCOME_SIGNS[outcome] ?? ""), outcome];

const LEARNER_HEADINGS = {
  n_covered: "covered", n_in_part: "in part", n_not_covered: "not covered", n_if_right: "covered if every proposal were right",
};

const learnersTable = (learners) => {
  if (!learners?.length) return null;
  const names = Object.keys(learners[0]);
  return make("details", { open: true }, make("summary", {}, "The coverage of each learner"),
    make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": "The coverage of each learner" },
      tableOf("Each learner", names.map((name) => ({ name: LEARNER_HEADINGS[name] ?? name.replaceAll("_", " ") })),
        learners.map((row) => names.map((name) => String(row[name] ?? ""))), "hidden")));
};

/** Show the result in large. */
const showOutcomes = (result) => {
  const { outcomes, pair, coverage } = result;
  say("headline", `${result.file_headline}.`.replace("..", "."));
  say("pair-headline", result.headline ? `All codes of the two versions, whether in this file or not (${pair.old} to ${pair.new}): ${result.headline}` : "");
  fill("outcomes", outcomeBar(outcomes), tableOf("What becomes of the codes", [
    { name: "outcome" }, { name: "codes", className: "number" }, { name: "cells", className: "number" }, { name: "means" }],
  outcomes.map((row) => [outcomeName(row), row.n_codes.toLocaleString("en-GB"), row.n_cells.toLocaleString("en-GB"), row.means])));
  fill("coverage", coverage && make("details", {},
    make("summary", {}, `What your ${coverage.what} covers of ${pair.new}`), listOf(coverage.sentences)),
  learnersTable(result.learners));
};
