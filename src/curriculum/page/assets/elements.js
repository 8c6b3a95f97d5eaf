"use strict";
// Elements of the page. A text of the data is always set as text, never as markup.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Make an element.
 * @param {string} name its tag
 * @param {Record<string, unknown>} properties properties, or attributes if the name has a hyphen
 * @param {...(Child | Child[])} children elements and texts; what is empty is left out
 * @returns {HTMLElement}
 */
const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role" || key === "for") element.setAttribute(key, String(value));
    else element[key] = value;
  }
  element.append(...children.flat(3).filter((child) => child || child === 0));
  return element;
};

/** @param {string} id */
const byId = (id) => document.getElementById(id);

/** Replace what an element holds. */
const fill = (id, ...children) => byId(id).replaceChildren(...children.flat(3).filter(Boolean));

/** Show or hide an element. */
const show = (id, isShown) => { byId(id).hidden = !isShown; };

/** Set the text of a live region only if it changed, so that it is read out once. */
const say = (id, text) => {
  if (byId(id).textContent !== text) byId(id).textContent = text;
};

/** Make a list of sentences. */
const listOf = (sentences, className = "") =>
  sentences.length ? make("ul", { className }, sentences.map((text) => make("li", {}, text))) : null;

/**
 * Make a table.
 * @param {string} caption
 * @param {{name: string, className?: string}[]} columns
 * @param {Child[][]} rows
 */
const tableOf = (caption, columns, rows, captionClass = "") => {
  const cellOf = (child, at) => {
    const { className = "" } = columns[at];
    const cell = make(at ? "td" : "th", { className }, child);
    if (!at) cell.scope = "row";
    return cell;
  };
  return make("table", {},
    make("caption", { className: captionClass }, caption),
    make("thead", {}, make("tr", {}, columns.map(({ name, className = "" }) =>
      make("th", { scope: "col", className }, name)))),
    make("tbody", {}, rows.map((row) => make("tr", {}, row.map(cellOf)))));
};

/** Write a count with its noun: `1 cell`, `1,200 cells`. */
const counted = (count, noun, plural = `${noun}s`) =>
  `${count.toLocaleString("en-GB")} ${count === 1 ? noun : plural}`;

/** Write a size in bytes for people. */
const sizeToText = (bytes) => bytes < 1e6
  ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

/** Show the sentences of a fault in a box; no sentences empty it. */
const showFault = (id, lines = [], heading = "") => fill(id, lines.length && make("div", { className: "box stop" },
  heading && make("p", {}, make("b", {}, heading)), lines.map((line) => make("p", {}, line))));
