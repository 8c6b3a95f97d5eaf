(() => {
  "use strict";
  // In a notebook the script stands in the box of its table; on a page it is for all tables.
  const own = document.currentScript.closest(".data-table");
  const boxes = own ? [own] : document.querySelectorAll(".data-table");
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const leastRows = {{ least_rows }}, mostValues = 40;

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
  const valuesOf = (row, at) => textOf(row.cells[at]).split(/[,;] /).filter(Boolean);

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
        if (now) {
          heading.setAttribute("aria-sort", now);
          const sign = now === "ascending" ? 1 : -1;
          // Empty cells come last in both directions.
          sorted.sort((one, other) => {
            const [a, b] = [keyOf(one, at), keyOf(other, at)];
            return (a === "") - (b === "") || sign * order.compare(a, b);
          });
        }
        table.tBodies[0].append(...sorted);
      });
    });
  };

  const addFilters = (box, table, rows) => {
    const count = make("span", { role: "status" });
    const search = make("input", { type: "search" });
    const filters = [...table.tHead.rows[0].cells].flatMap((heading, at) => {
      if (!("filter" in heading.dataset)) return [];
      const values = [...new Set(rows.flatMap((row) => valuesOf(row, at)))].sort(order.compare);
      if (values.length < 2 || values.length > mostValues) return [];
      const options = ["", ...values].map((value) => make("option", { value }, value || "all"));
      return [{ at, select: make("select", {}, ...options), name: textOf(heading) }];
    });
    const apply = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word))
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
      const open = make("button", { type: "button" }, "Show all rows");
      open.setAttribute("aria-expanded", "false");
      open.addEventListener("click", () => {
        const isOpen = scroll.classList.toggle("open");
        open.setAttribute("aria-expanded", String(isOpen));
        open.textContent = isOpen ? "Fold the table" : "Show all rows";
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
  const showTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
