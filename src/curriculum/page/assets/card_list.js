"use strict";
// Step 5: the list of codes, the card of one of them, and how many are decided.

const KIND_ORDER = ["K", "S", "B"];
const codeOrder = new Intl.Collator("en", { numeric: true });

/** What is being decided; `page.js` sets the cards from each result. */
const decide = { cards: [], pair: null, statements: [], current: "", pendingChoice: null };

const kindRank = (code) => {
  const at = KIND_ORDER.indexOf(code[0]);
  return at < 0 ? KIND_ORDER.length : at;
};

/** Return the cards of old codes, the code with the most cells first; an answer does not move a card. */
const sortCards = (cards) => cards.filter(({ old_code }) => old_code).sort((one, other) => other.n_cells - one.n_cells
  || kindRank(one.old_code) - kindRank(other.old_code) || codeOrder.compare(one.old_code, other.old_code));

const answerOf = (card) => answerBook.now[card.old_code];
const isOpen = (card) => !answerOf(card) && ["waits", "look again"].includes(card.state);

/** Return whether a search finds a card: a code as a whole, or words of its wordings. */
const isSearched = (card, text) => {
  const searched = [card.old_code, card.old_wording, ...card.rows.flatMap((row) => [row.new_code, row.new_wording])].join(" ").toLowerCase();
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => /^[a-z]{1,3}\d+$/.test(word)
    ? searched.split(/[^\p{L}\p{N}]+/u).includes(word) : searched.includes(word));
};

/** Return the cards that the filter and the search leave, and the one that is open. */
const shownCards = () => {
  const filter = byId("filter").value, text = byId("search").value;
  return decide.cards.filter((card) => (card.old_code === decide.current && !text)
    || ((filter === "all" || (filter === "open") === isOpen(card)) && isSearched(card, text)));
};

const cardToItem = (card) => {
  const rows = answerOf(card);
  const isCurrent = card.old_code === decide.current;
  const button = make("button", { type: "button", onclick: () => openCard(card.old_code, true) },
    make("b", {}, card.old_code), ` ${counted(card.n_cells, "cell")}`,
    make("span", { className: "note" }, isOpen(card) ? (card.state === "waits" ? "" : card.state) : `✓ ${rows ? rowsToWords(rows) : cardToState(card, rows)}`));
  if (isCurrent) button.setAttribute("aria-current", "true");
  return make("li", {}, button);
};

const showList = () => {
  const cards = shownCards();
  const left = byId("cards").scrollTop;
  fill("cards", cards.length ? cards.map(cardToItem) : make("li", { className: "quiet" }, byId("filter").value === "open" && !byId("search").value ? "No code waits." : "No code fits."));
  byId("cards").scrollTop = left;
  const current = byId("cards").querySelector("[aria-current]");
  if (current) keepInSight(byId("cards"), current);
};

/** Scroll a list, and not the page, so that an item is in sight. */
const keepInSight = (list, item) => {
  const [box, inner] = [list.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < box.top) list.scrollTop -= box.top - inner.top;
  if (inner.bottom > box.bottom) list.scrollTop += inner.bottom - box.bottom;
};

const showProgress = () => {
  const done = decide.cards.filter((card) => !isOpen(card)).length;
  // A cell with two codes that wait is one cell.
  const nCells = new Set(decide.cards.filter(isOpen).flatMap(({ cells }) => cells)).size;
  const cells = nCells ? counted(nCells, "cell waits", "cells wait") : "no cell waits";
  say("decided", `${done} of ${counted(decide.cards.length, "code")} decided, ${cells}`);
  byId("decided-bar").max = Math.max(1, decide.cards.length);
  byId("decided-bar").value = done;
  byId("undo").disabled = !answerBook.past.length;
  byId("redo").disabled = !answerBook.future.length;
};

const showCard = () => {
  const card = decide.cards.find(({ old_code }) => old_code === decide.current);
  if (!card) return fill("card", make("p", { id: "card-heading" }, "Every code is decided."));
  fill("card", cardToElements(card, {
    pair: decide.pair, rows: answerOf(card), statements: decide.statements,
    choose: chooseAnswer, erase: eraseAnswer, explain: explainAnswer, step: stepCard,
  }));
};

/** Show the list, the card and the progress as they are now. */
const showDecide = () => {
  if (!decide.cards.some(({ old_code }) => old_code === decide.current)) decide.current = "";
  decide.current ||= (decide.cards.find(isOpen) ?? decide.cards[0])?.old_code ?? "";
  showList();
  showCard();
  showProgress();
  show("decide", decide.cards.length > 0);
  say("decide-about", decide.cards.length ? "Only codes that are certain are written. Decide each of these codes once; every cell with it follows. You can decide some now and others later."
    : "Nothing is left to decide: every code in this file is settled.");
};

/** Open the card of a code. */
const openCard = (code, isFocused = false) => {
  decide.current = code;
  showList();
  showCard();
  if (isFocused) byId("card-heading").focus();
};

/** Open the card that many steps further in the list. */
const stepCard = (by) => {
  const cards = shownCards();
  const at = cards.findIndex(({ old_code }) => old_code === decide.current);
  const next = cards[(at + by + cards.length) % cards.length];
  if (next) openCard(next.old_code, true);
};

const goOn = () => {
  const at = decide.cards.findIndex(({ old_code }) => old_code === decide.current);
  const next = [...decide.cards.slice(at + 1), ...decide.cards.slice(0, at)].find(isOpen);
  if (next && byId("goes-on").checked) decide.current = next.old_code;
};

/** Give an answer; without initials it waits for them. */
const chooseAnswer = (choice) => {
  const card = decide.cards.find(({ old_code }) => old_code === decide.current);
  const reviewer = byId("reviewer").value.trim();
  if (!card) return;
  if (!reviewer) {
    decide.pendingChoice = choice;
    say("reviewer-fault", "Write your initials first: they stand beside each of your answers. You are asked once.");
    return byId("reviewer").focus();
  }
  const signature = { reviewer, reason: byId("reason")?.value.trim() ?? "", date: byId("day").value };
  const rows = choiceToRows(card, choice, signature);
  goOn();
  changeAnswers({ ...answerBook.now, [card.old_code]: rows });
  byId("card-heading").focus();
};

const eraseAnswer = () => {
  const { [decide.current]: _, ...others } = answerBook.now;
  changeAnswers(others);
  byId("card-heading").focus();
};

const explainAnswer = (reason) => {
  const rows = answerBook.now[decide.current];
  if (rows) changeAnswers({ ...answerBook.now, [decide.current]: rows.map((row) => ({ ...row, reason })) });
};

/** Undo or redo, and open the card that it is about. */
const moveInTime = (move) => {
  const before = answerBook.now;
  move();
  const code = changedCode(before, answerBook.now);
  if (decide.cards.some(({ old_code }) => old_code === code)) openCard(code, true);
};
