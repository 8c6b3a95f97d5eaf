"use strict";
// The choice of what is remapped, and how: the options of the command line, as a form.

/** Return the settings before a person changes any. */
const firstSettings = () => ({
  columns: [], sheets: [], where: {}, in_text: false, in_place: false, accepts_proposals: false,
  evidence: [], learners: null, option: "", date: "", force: false,
});

/** The column of a sheet as an option: its header, or its letter if it has none. */
const columnToName = ({ header, letter }) => header || letter;

/** Return the columns of all sheets, each name once, with the sheets that have it. */
const openedToColumns = (opened) => {
  const found = new Map();
  for (const sheet of opened.sheets) {
    for (const column of sheet.columns) {
      const name = columnToName(column);
      const entry = found.get(name) ?? { name, letter: column.letter, sheet: sheet.name, sheets: [] };
      entry.sheets.push(sheet.name);
      found.set(name, entry);
    }
  }
  return [...found.values()];
};

const tick = (name, value, text, isTicked) => make("label", { className: "tick" },
  make("input", { type: "checkbox", name, value, checked: isTicked }), " ", make("span", {}, text));
const radio = (name, value, text, isChosen) => make("label", { className: "tick" },
  make("input", { type: "radio", name, value, checked: isChosen }), " ", make("span", {}, text));
const group = (legend, about, ...children) => make("fieldset", {}, make("legend", {}, legend),
  about && make("p", { className: "quiet" }, about), children);

const columnToText = ({ name, letter, sheets }, opened) => {
  const where = opened.sheets.length > 1 ? sheets.join(", ") : "";
  const place = [name === letter ? "" : `column ${letter}`, where].filter(Boolean).join(", ");
  return `${name === letter ? `column ${letter}` : name}${place ? ` (${place})` : ""}`;
};

const ticksOf = (name, columns, chosen, opened) => make("div", { className: "ticks" }, columns.map((column) =>
  tick(name, column.name, columnToText(column, opened), chosen.includes(column.name))));

/** The rows by a column's value: each chosen column with its values, and a list to choose a column from. */
const rowChoice = (columns, settings, opened) => {
  const places = make("div", {});
  const add = async (column, chosen = []) => {
    const box = make("fieldset", { className: "values" }, make("legend", {}, `Rows where ${column.name} is`),
      make("p", { role: "status" }, "Reading the values …"));
    box.dataset.header = column.name;
    places.append(box);
    try {
      const values = await ask("values", { sheet: column.sheet, column: column.letter });
      box.lastChild.remove();
      box.append(make("div", { className: "ticks" }, values.map(({ value, n_rows }) =>
        tick("value", value, `${value || "(empty)"} (${counted(n_rows, "row")})`, chosen.includes(value)))));
    } catch (fault) {
      box.lastChild.replaceWith(listOf(fault.lines));
    }
    box.append(make("button", { type: "button", onclick: () => box.remove() }, "Remove this condition"));
  };
  const select = make("select", { id: "where" }, make("option", { value: "" }, "all rows"),
    columns.map((column) => make("option", { value: column.name }, columnToText(column, opened))));
  select.addEventListener("change", () => {
    const column = columns.find(({ name }) => name === select.value);
    const isThere = [...places.children].some((box) => box.dataset.header === select.value);
    if (column && !isThere) add(column);
    select.value = "";
  });
  for (const [name, values] of Object.entries(settings.where)) {
    const column = columns.find((known) => known.name === name);
    if (column) add(column, values);
  }
  return group("Only some rows", "Learners stay on the version that they started on. Choose a column that shows it, "
    + "then the values of the learners who change. The values of the column are shown here.",
  make("p", { className: "field" }, make("label", { for: "where" }, "Choose rows by the column"), select), places);
};

/** Show the form. */
const showSettings = (opened, settings) => {
  const columns = openedToColumns(opened);
  const hasSheets = opened.sheets.length > 1;
  byId("settings").replaceChildren(
    ...[
      hasSheets && group("Sheets", "If none is ticked, all sheets are read.", make("div", { className: "ticks" },
        opened.sheets.map(({ name, is_hidden }) =>
          tick("sheets", name, is_hidden ? `${name} (hidden)` : name, settings.sheets.includes(name))))),
      group("Columns with codes", "If none is ticked, the page finds them.",
        ticksOf("columns", columns, settings.columns, opened),
        tick("in_text", "1", "Look for codes inside sentences too", settings.in_text)),
      rowChoice(columns, settings, opened),
      group("Where the new codes go", "",
        radio("in_place", "", "In new columns at the right (nothing of yours changes)", !settings.in_place),
        radio("in_place", "1", "In the same cells of the copy", settings.in_place),
        tick("accepts_proposals", "1", "Also write codes that are only proposed; the copy marks each of them", settings.accepts_proposals)),
      group("What counts as evidence", "If none is ticked, the headers decide. Otherwise codes count only in rows where "
        + "these columns are filled in.", ticksOf("evidence", columns, settings.evidence, opened)),
      group("Learners", "", tick("learners", "1", "Show each learner’s coverage by name", settings.learners !== null)),
      group("The coverage", "", make("p", { className: "field" }, make("label", { for: "option" }, "Only one option of the standard (its title)"),
        make("input", { id: "option", name: "option", value: settings.option, size: 30 })),
      make("p", { className: "field" }, make("label", { for: "date" }, "Date on the coverage page"),
        make("input", { id: "date", name: "date", type: "date", value: settings.date }))),
      make("p", { className: "buttons" }, make("button", { className: "main-button" }, "Use this choice"),
        make("button", { type: "reset" }, "Back to the first choice")),
    ].filter(Boolean));
};

/** Read the form; what it does not show stays as it was. */
const readSettings = (settings) => {
  const form = byId("settings");
  const every = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map(({ value }) => value);
  const where = {};
  for (const box of form.querySelectorAll(".values")) {
    const values = [...box.querySelectorAll("[name=value]:checked")].map(({ value }) => value);
    if (values.length) where[box.dataset.header] = values;
  }
  return {
    ...settings,
    sheets: every("sheets"), columns: every("columns"), where, evidence: every("evidence"),
    in_text: every("in_text").length > 0, in_place: every("in_place")[0] === "1",
    accepts_proposals: every("accepts_proposals").length > 0,
    learners: every("learners").length ? settings.learners ?? "" : null,
    option: form.elements.option.value.trim(), date: form.elements.date.value,
  };
};
