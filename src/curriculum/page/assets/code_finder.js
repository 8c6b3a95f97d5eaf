"use strict";
// Other codes as an answer: written, or found by the words of their statement, and checked at once.

const MOST_FOUND = 6;

/** Return the codes that a text names, and what in it is no code of the new version. */
const textToCodes = (text, known) => {
  const words = text.toUpperCase().split(/[\s,;&+]+|\band\b/i).filter(Boolean);
  const unique = [...new Set(words)];
  return { codes: unique.filter((word) => known.has(word)), others: unique.filter((word) => !known.has(word)) };
};

/** Return the statements that have all words of a text. */
const findStatements = (text, statements) => {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  return words.length ? statements.filter(({ code, wording }) => {
    const searched = `${code} ${wording}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  }) : [];
};

/**
 * Make the field for other codes.
 * @param {{code: string, wording: string}[]} statements those of the new version
 * @param {string} version its id
 * @param {(codes: string[]) => void} take
 */
const makeCodeFinder = (statements, version, take) => {
  const known = new Map(statements.map(({ code, wording }) => [code.toUpperCase(), { code, wording }]));
  const input = make("input", { id: "other-codes", type: "text", autocomplete: "off", size: 28, "aria-describedby": "other-about" });
  const about = make("div", { id: "other-about", role: "status" });
  const use = make("button", { type: "button" }, "Use");
  const read = () => textToCodes(input.value, known);
  const hint = () => {
    const { codes, others } = read();
    input.removeAttribute("aria-invalid");
    if (codes.length && !others.length) {
      return about.replaceChildren(listOf(codes.map((code) => `${known.get(code).code}: ${known.get(code).wording}`)));
    }
    const found = findStatements(input.value.trim(), statements);
    const button = ({ code, wording }) => make("li", {}, make("button", { type: "button", className: "find", onclick: () => take([code]) },
      make("b", {}, code), ` ${wording}`));
    about.replaceChildren(...(found.length ? [make("p", {}, found.length > MOST_FOUND ? `The first ${MOST_FOUND} of ${found.length} statements:` : `${counted(found.length, "statement")}:`),
      make("ul", { className: "plain" }, found.slice(0, MOST_FOUND).map(button))] : []));
  };
  const submit = () => {
    const { codes, others } = read();
    if (codes.length && !others.length) return take(codes.map((code) => known.get(code).code));
    input.setAttribute("aria-invalid", "true");
    const what = others.length ? `${others.join(", ")}: not a code of ${version}.` : "Nothing is written here.";
    about.replaceChildren(make("p", { className: "fault" }, `${what} Write codes of ${version}, such as ${statements[0]?.code ?? "K1"} & ${statements[1]?.code ?? "S1"}, or words to find one.`));
  };
  input.addEventListener("input", hint);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      submit();
    }
  });
  use.addEventListener("click", submit);
  return make("div", { className: "finder" }, make("p", { className: "field" },
    make("label", { for: "other-codes" }, "Another code, several codes, or words to find one ", make("kbd", {}, "C")), input, " ", use), about);
};
