(() => {
  "use strict";
  // In a notebook the script stands in the box of its table; on a page it is for all tables.
  const own = document.currentScript.closest(".data-table");
  const boxes = own ? [own] : document.querySelectorAll(".data-table");
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const leastRows = {{ least_rows }}, mostValues = 100;

  const make = (name, attributes, ...children) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  };
  // The text of a cell, without what can be opened, small lines, and signs that repeat the text.
  const textOf = (cell) => [...cell.childNodes]
    .filter((node) => !["DETAILS", "SMALL"].includes(node.nodeName) && !node.ariaHidden)
    .map((node) => node.textContent).join("").trim();
  const keyOf = (row, at) => row.cells[at].dataset.sort ?? textOf(row.cells[at]);
  // A list of codes, such as "D1, D10", has commas; other lists have semicolons, as a title may hold a comma.
  const isCodes = /^\S*\d\S*(, \S*\d\S*)+$/;
  const valuesOf = (row, at) => {
    const text = textOf(row.cells[at]);
    return text.split(isCodes.test(text) ? ", " : "; ").filter(Boolean);
  };
  // What a search looks at: all but what can be opened, whose words are nearly the same in each row.
  const searchedOf = (row) => [...row.cells].map((cell) => [...cell.childNodes]
    .filter((node) => node.nodeName !== "DETAILS").map((node) => node.textContent).join(""))
    .join(" ").toLowerCase();

  const addSorting = (table, rows) => {
    [...table.tHead.rows[0].cells].forEach((heading, at) => {
      if (!heading.textContent) return;
      const button = make("button", { type: "button" }, ...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const before = heading.getAttribute("aria-sort");
        const now = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        const sorted = [...rows];
        // Codes such as 1.2 and 1.10 are no numbers; of numbers, the sign and the decimals count.
        const isNumber = heading.classList.contains("number");
        const compare = (a, b) => (isNumber ? a - b : order.compare(a, b));
        if (now) {
          heading.setAttribute("aria-sort", now);
          const sign = now === "ascending" ? 1 : -1;
          // Empty cells come last in both directions.
          sorted.sort((one, other) => {
            const [a, b] = [keyOf(one, at), keyOf(other, at)];
            return (a === "") - (b === "") || sign * compare(a, b);
          });
        }
        table.tBodies[0].append(...sorted);
      });
    });
  };

  const addFilters = (box, table, rows) => {
    const count = make("span", { role: "status" });
    const search = make("input", { type: "search" });
    const searched = new Map(rows.map((row) => [row, searchedOf(row)]));
    const filters = [...table.tHead.rows[0].cells].flatMap((heading, at) => {
      if (!("filter" in heading.dataset)) return [];
      const values = [...new Set(rows.flatMap((row) => valuesOf(row, at)))].sort(order.compare);
      if (values.length < 2 || values.length > mostValues) return [];
      const options = ["", ...values].map((value) => make("option", { value }, value || "all"));
      return [{ at, select: make("select", {}, ...options), name: textOf(heading) }];
    });
    // A word that is a code is found as a whole: K1 does not find K10.
    const isIn = (text, word) => /^[a-z]{1,3}\d+$/.test(word)
      ? text.split(/[^\p{L}\p{N}]+/u).includes(word) : text.includes(word);
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const fits = words.every((word) => isIn(searched.get(row), word))
          && filters.every(({ at, select }) => !select.value || valuesOf(row, at).includes(select.value));
        row.hidden = !fits;
        shown += fits;
      }
      count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
    };
    search.addEventListener("input", apply);
    for (const { select } of filters) select.addEventListener("change", apply);
    const labels = filters.map(({ name, select }) => make("label", {}, name, select));
    const tools = make("div", { className: "tools" }, make("label", {}, "Search", search), ...labels);
    const scroll = box.querySelector(".folded");
    if (scroll) {
      const all = `Show all ${rows.length} rows`;
      const open = make("button", { type: "button" }, all);
      open.setAttribute("aria-expanded", "false");
      open.addEventListener("click", () => {
        const isOpen = scroll.classList.toggle("open");
        open.setAttribute("aria-expanded", String(isOpen));
        open.textContent = isOpen ? "Fold the table" : all;
      });
      tools.append(open);
    }
    tools.append(count);
    box.prepend(tools);
    apply();
    box.addEventListener("show-all", () => {
      search.value = "";
      for (const { select } of filters) select.value = "";
      apply();
    });
  };

  for (const box of boxes) {
    const table = box.querySelector("table"), rows = [...table.tBodies[0].rows];
    if (box.querySelector(".tools") || rows.length < leastRows) continue;
    addFilters(box, table, rows);
    addSorting(table, rows);
  }

  // A link to a row opens what it is folded in, even if a filter hides it.
  const hashToId = (hash) => {
    try {
      return decodeURIComponent(hash);
    } catch {
      return hash;
    }
  };
  const showTarget = () => {
    const target = document.getElementById(hashToId(location.hash.slice(1)));
    if (!target) return;
    target.closest(".data-table")?.dispatchEvent(new Event("show-all"));
    for (let at = target; at; at = at.parentElement) if (at.nodeName === "DETAILS") at.open = true;
    target.scrollIntoView({ block: "center" });
  };
  if (!own) {
    addEventListener("hashchange", showTarget);
    showTarget();
  }
})();
