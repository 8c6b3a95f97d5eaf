"use strict";
// The card of one code: both wordings, how sure the proposal is, and the answers to choose from.

/**
 * @typedef {object} Way an answer to choose from
 * @property {string} key the key that chooses it
 * @property {string} name
 * @property {import("./answers").Choice} choice
 */

const proposedCodes = (card) => card.rows.map((row) => row.new_code).filter(Boolean);

/** Return the answers of a card to choose from; the proposed one is the first. */
const cardToWays = (card, version) => {
  const proposed = proposedCodes(card);
  // The wordings of proposed codes stand above the answers.
  const ofCode = (code) => ({ name: code, choice: { kind: "codes", codes: [code] } });
  const ways = [
    ...(proposed.length > 1 ? [{ name: proposed.join(" and "), note: "all of them, as proposed", choice: { kind: "accept", codes: proposed } }] : []),
    ...(proposed.length === 1 ? [{ ...ofCode(proposed[0]), note: "as proposed", choice: { kind: "accept", codes: proposed } }] : []),
    ...(proposed.length > 1 ? proposed.map((code) => ({ ...ofCode(code), note: "this one alone" })) : []),
    ...card.candidates.map(({ code, runs, confidence }) => ({ name: code, text: runs, note: confidenceToText(confidence, ""), choice: { kind: "codes", codes: [code] } })),
  ].slice(0, 9).map((way, at) => ({ ...way, key: String(at + 1) }));
  return [
    ...ways,
    { key: "W", name: "Withdrawn", note: "", text: [[`nothing in ${version} takes its place`, true]], choice: { kind: "withdrawn", codes: [] } },
    { key: "X", name: "Not a code", note: "", text: [[`in this file ${card.old_code} is something else, such as a room`, true]], choice: { kind: "not a code", codes: [] } },
  ];
};

/** Return whether an answer is the one that was given. */
const isGiven = (card, rows, choice) => {
  if (!rows) return false;
  const decisions = choiceToDecisions(choice, card.rows.map((row) => row.new_code));
  return card.rows.every(({ new_code }, at) => rows.find((row) => row.new_code === new_code)?.decision === decisions[at]);
};

const wayToButton = (card, rows, way, choose) => {
  const isPressed = isGiven(card, rows, way.choice);
  return make("li", {}, make("button", { type: "button", className: "way", "aria-pressed": String(isPressed), onclick: () => choose(way.choice) },
    make("kbd", {}, way.key), make("span", { className: "what" },
      make("b", {}, isPressed ? "✓ " : "", way.name), way.note ? make("span", { className: "note" }, ` ${way.note}`) : null,
      way.text ? make("span", { className: "text" }, markCandidate(way.text)) : null)));
};

const rowToProposal = (row, version) => make("div", { className: "wording" },
  make("h4", {}, row.new_code ? `${row.new_code} in ${version}, proposed` : `No counterpart was found in ${version}`),
  row.new_code ? make("p", {}, markRuns(row.new_runs, "ins")) : null,
  make("p", { className: "sure" }, make("b", {}, "How sure: "), confidenceToText(row.confidence, row.band_word) || "no figure",
    RELATION_PLAIN[row.proposed] && row.new_code ? `; the new one ${RELATION_PLAIN[row.proposed]}` : ""),
  row.evidence && make("p", { className: "quiet" }, row.evidence),
  row.new_duties && make("p", { className: "quiet" }, `Duties: ${row.new_duties}`));

const cardToWordings = (card, pair) => {
  const [first] = card.rows;
  const oldRuns = card.rows.length === 1 && first.new_code ? first.old_runs : [[card.old_wording, true]];
  const proposals = card.rows.filter((row) => row.new_code || row.proposed);
  return make("div", { className: "wordings" },
    make("div", { className: "wording old" }, make("h4", {}, `${card.old_code} in ${pair.old}`),
      make("p", {}, markRuns(oldRuns, "del")),
      card.is_unlisted && first.evidence ? make("p", { className: "quiet" }, first.evidence) : null,
      first.old_duties && make("p", { className: "quiet" }, `Duties: ${first.old_duties}`)),
    proposals.length ? make("div", { className: "new" }, proposals.map((row) => rowToProposal(row, pair.new))) : null);
};

/** Write the state of a card in words. */
const cardToState = (card, rows) => {
  if (rows) return `decided: ${rowsToWords(rows)}${rows[0].reviewer ? ` (${rows[0].reviewer})` : ""}`;
  const stored = card.rows.filter((row) => row.decision);
  return card.state === "decided" && stored.length ? `decided before: ${rowsToWords(stored.map((row) => ({ ...row })))}` : card.state;
};

/**
 * Make the content of a card.
 * @param {object} card
 * @param {{pair: object, rows: object[] | undefined, statements: object[], choose: (choice: object) => void, erase: () => void, explain: (reason: string) => void, step: (by: number) => void}} ways
 */
const cardToElements = (card, { pair, rows, statements, choose, erase, explain, step }) => {
  const reason = make("input", { id: "reason", type: "text", maxLength: 500, value: rows?.[0].reason ?? "", autocomplete: "off" });
  reason.addEventListener("change", () => explain(reason.value.trim()));
  return [
    make("div", { className: "card-head" },
      make("h3", { id: "card-heading", tabIndex: -1 }, make("span", { className: "code" }, card.old_code), ` in ${counted(card.n_cells, "cell")}`),
      make("span", { className: `state ${rows ? "done" : ""}` }, cardToState(card, rows)),
      make("span", { className: "buttons" }, make("button", { type: "button", onclick: () => step(-1) }, "Previous"),
        make("button", { type: "button", onclick: () => step(1) }, "Next"))),
    cardToWordings(card, pair),
    make("h4", { id: "ways-heading" }, `What is ${card.old_code} in ${pair.new}?`),
    make("ul", { className: "ways", "aria-labelledby": "ways-heading" },
      cardToWays(card, pair.new).map((way) => wayToButton(card, rows, way, choose))),
    makeCodeFinder(statements, pair.new, (codes) => choose({ kind: "codes", codes })),
    make("p", { className: "field" }, make("label", { for: "reason" }, "Reason (if you like)"), reason),
    rows ? make("p", { className: "buttons" }, make("button", { type: "button", onclick: erase }, "Take this answer back")) : null,
  ];
};
