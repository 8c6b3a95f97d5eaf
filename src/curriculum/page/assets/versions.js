"use strict";
// Step 2: the pair of versions, which one the file looks like, and the stop on the wrong one.

/** Name a pair of versions. */
const bundleToText = ({ old, new: next, old_title, old_version, new_version, new_title }) => {
  const titles = old_title === new_title || !new_title ? old_title : `${old_title} / ${new_title}`;
  return old_version && new_version
    ? `${titles}: version ${old_version} to version ${new_version} (${old} to ${next})` : `${titles}: ${old} to ${next}`;
};

/** Return the pair that the file looks like most: the first likely one, else the first. */
const likeliestBundle = (bundles, fits) => (fits.find((fit) => fit.is_likely)?.bundle ?? bundles[0]?.name);

/** Fill the list of pairs, the likely ones first. */
const showBundles = (bundles, fits, chosen) => {
  const likely = new Set(fits.filter((fit) => fit.is_likely).map((fit) => fit.bundle));
  const optionOf = (bundle) => make("option", { value: bundle.name, selected: bundle.name === chosen }, bundleToText(bundle));
  const groups = [[true, "this file looks like the old version"], [false, "other versions"]].map(([isLikely, label]) => {
    const members = bundles.filter((bundle) => likely.has(bundle.name) === isLikely);
    return members.length ? make("optgroup", { label }, members.map(optionOf)) : null;
  });
  fill("bundle", groups);
};

// The words of the command line in its sentences, and where the same choice is on this page.
const OPTION_PLACES = [
  ["--where", "“Only some rows”"], ["--columns", "“Columns with codes”"], ["--sheets", "“Sheets”"],
  ["--evidence", "“What counts as evidence”"], ["--learners", "“Learners”"], ["--option", "“The coverage”"],
  ["--date", "“The coverage”"], ["--in-text", "“Columns with codes”"],
];

/** Say where on this page the options are that sentences of the command line name. */
const optionNote = (sentences) => {
  const named = OPTION_PLACES.filter(([option]) => sentences.some((text) => text.includes(option)));
  return named.length ? make("p", { className: "quiet" }, "On this page ",
    named.map(([option, place], at) => `${at ? ", and " : ""}${option} is ${place}`),
    " under “Change what is remapped, and how”.") : null;
};

/** Show why the file looks like its version. */
const showFit = (result) => {
  const isStopped = Boolean(result.against);
  fill("fit", !isStopped && listOf(result.sentences, "reasons"), !isStopped && optionNote(result.sentences));
};

/**
 * Show the stop on a file that looks like another version.
 * @param {object} result
 * @param {{bundles: object[], take: (name: string) => void, chooseRows: () => void, goOn: () => void, isForced: boolean}} ways
 */
const showStop = (result, { bundles, take, chooseRows, goOn, isForced }) => {
  show("stop", Boolean(result.against));
  if (!result.against) return fill("stop");
  const button = (text, onclick) => make("button", { type: "button", onclick }, text);
  const others = bundles.filter(({ old, new: next }) => result.likely.includes(old) && next !== result.pair.old
    || result.likely.includes(old) && next === result.pair.new);
  const lines = [make("p", {}, make("b", {}, isForced ? "Going on all the same. " : "Stop. ", result.against)),
    listOf(result.sentences), optionNote(result.sentences)];
  const isNew = result.likely.includes(result.pair.new) && !others.length;
  const ways = isForced ? [] : [
    ...others.map((bundle) => button(`Take ${bundle.old} to ${bundle.new}`, () => take(bundle.name))),
    ...(result.sentences.some((text) => text.includes("--where")) ? [button("Choose the rows to remap", chooseRows)] : []),
    button(`Go on all the same: my file is of ${result.pair.old}`, goOn),
  ];
  fill("stop", lines, ways.length > 0 && make("p", {}, isNew
    ? `Nothing has been written. If the file has the codes of ${result.pair.new} already, there is nothing to remap: close the page.`
    : "Nothing has been written. If the file is of another version, choose that above."),
    ways.length > 0 && make("p", { className: "buttons" }, ways));
};
