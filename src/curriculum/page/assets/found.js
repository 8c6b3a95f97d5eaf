"use strict";
// Step 3: the sheets and columns with codes, and the cells that were not read.

const layoutToRows = ({ sheet, is_hidden, columns, headers }) => {
  const name = `${sheet || "(table)"}${is_hidden ? " (hidden)" : ""}`;
  return [
    ...columns.map((column) => [name, `${column.name}${column.is_unsure ? " (unsure)" : ""}`,
      column.n_cells.toLocaleString("en-GB"), column.n_codes.toLocaleString("en-GB")]),
    ...(headers ? [[name, `headers in row ${headers.row}`,
      headers.n_columns.toLocaleString("en-GB"), headers.n_codes.toLocaleString("en-GB")]] : []),
  ];
};

const skippedToText = (sheet, { name, n_cells, why }) =>
  `Skipped: ${sheet ? `sheet ${sheet}, ` : ""}${name}: ${n_cells === 1 ? "1 cell looks" : `${counted(n_cells, "cell")} look`} `
  + `like codes, but ${why}. To remap it, tick it under “Columns with codes”.`;

const sentencesToText = (sheet, { name, n_cells }) =>
  `Not changed: ${sheet ? `sheet ${sheet}, ` : ""}${name}: ${counted(n_cells, "cell has", "cells have")} what may be codes inside sentences; `
  + "the copy keeps them as they are. To remap them too, tick “Look for codes inside sentences too” below.";

const layoutToRemarks = ({ sheet, skipped, unread, in_sentences, n_formulas }) => [
  ...skipped.map((column) => skippedToText(sheet, column)),
  ...unread.map((text) => `Not read: ${text}`),
  ...in_sentences.map((column) => sentencesToText(sheet, column)),
  ...(n_formulas ? [`Not changed: ${sheet ? `sheet ${sheet}, ` : ""}${counted(n_formulas, "formula")} that ${n_formulas === 1 ? "results" : "result"} in codes.`] : []),
];

/** Show what was found; what is odd is folded out. */
const showFound = (result) => {
  const rows = result.layouts.flatMap(layoutToRows);
  const remarks = [
    ...result.layouts.flatMap(layoutToRemarks),
    ...result.stale,
    ...(result.n_left ? [`${counted(result.n_left, "row is", "rows are")} not remapped: they lack the value that you chose.`] : []),
  ];
  const without = result.layouts.filter(({ columns, headers }) => !columns.length && !headers).map(({ sheet }) => sheet);
  fill("found",
    tableOf("Where the codes are", [{ name: "sheet" }, { name: "column" }, { name: "cells", className: "number" },
      { name: "codes", className: "number" }], rows),
    without.length > 0 && make("p", { className: "quiet" }, `No codes on ${without.join(", ")}.`),
    remarks.length ? make("div", { className: "box look" }, make("p", {}, make("b", {}, "Please look at this")), listOf(remarks))
      : make("p", {}, "Every filled cell of these columns was read."),
    result.cells_to_correct.length > 0 && make("div", { className: "box look" },
      make("p", {}, make("b", {}, "Unclear as written, or not read: "), result.cells_to_correct.join(", "), "."),
      make("p", {}, "Write the codes in these cells of your file like K2, S3 (move other words into another column), and choose the file again.")));
};
