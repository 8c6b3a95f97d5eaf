"""Write a made-up assessment plan in many layouts: outcomes, criteria by grade, and methods of KSBs.

`layouts.py` reads what these functions write, and compares it with `OUTCOMES`, `GRADING`, `METHODS`
and `OVERALL`.
"""

from __future__ import annotations

import html
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from made_up_standards import STANDARDS, TITLES

KSBS = STANDARDS["no options"].ksbs
WORDINGS = dict(KSBS)
# The name of an outcome and its knowledge and skills; behaviours are in none.
OUTCOMES = [
    ("Work safely", [f"K{n}" for n in range(1, 6)] + [f"S{n}" for n in range(1, 5)]),
    ("Choose tools", [f"K{n}" for n in range(6, 11)] + [f"S{n}" for n in range(5, 9)]),
    ("Talk to customers", [f"K{n}" for n in range(11, 15)] + [f"S{n}" for n in range(9, 13)]),
]
BEHAVIOURS = [f"B{n}" for n in range(1, 5)]
DESCRIPTORS = [
    ("Applied knowledge", "Uses what is known in routine work.", "Uses what is known in new work."),
    ("Applied skills", "Carries out tasks to the order.", "Adapts tasks to the customer."),
]
METHODS = [
    ("Multiple-choice test", [f"K{n}" for n in range(1, 15)]),
    ("Practical assessment with questions", [f"S{n}" for n in range(1, 9)] + BEHAVIOURS[:2]),
    ("Professional discussion", [f"S{n}" for n in range(8, 13)] + BEHAVIOURS[2:]),
]
OVERALL = [
    ("fail", "any grade", "any grade", "fail"),
    ("pass", "pass", "pass", "pass"),
    ("pass", "distinction", "pass", "merit"),
    ("distinction", "distinction", "distinction", "distinction"),
]
Layout = dict[str, Any]
REFORM: dict[str, list[Any]] = {
    "file": ["txt", "md", "html", "docx"],
    "title": ["Apprenticeship assessment plan", "Assessment plan", "Tidy site operative assessment plan"],
    "head": ["Assessment outcomes", "", "Outcomes"],
    "outcome": [
        "Assessment outcome {n}: {t}",
        "Outcome {n}: {t}",
        "AO{n}: {t}",
        "Assessment outcome {n} – {t}",
    ],
    "described": ["", "The apprentice does this work as the employer wants it."],
    "ksbs": ["in full", "in full", "full below kinds", "codes", "codes by kind", "table", "table in full"],
    "behaviours": ["sentence", "heading", "none"],
    "performance": ["", "list", "table"],
    "grading": ["", "The apprenticeship is graded fail, pass or distinction."],
    "last": ["KSBs", "Annex A: KSBs", "Knowledge, skills and behaviours"],
}
MAPPING: dict[str, list[Any]] = {
    "file": ["txt", "md", "html", "docx"],
    "head": [
        *("KSB mapping table", "Mapping of KSBs to assessment methods", "Annex 1: Mapping of KSBs"),
        *("Mapping of knowledge, skills and behaviours to assessment methods", "KSBs by assessment method"),
    ],
    "form": [
        "column",
        "column",
        "ticks",
        "numbers",
        "rows of methods",
        "lists of codes",
        "lists in full",
        "lines",
    ],
    "method": ["Assessment method", "Assessment methods", "Methods mapped against", "Assessed by"],
    "numbered": [True, False],
    "grades": ["Overall EPA grading", "Overall grading", "Overall apprenticeship assessment grading"],
    "header": ["names", "numbers and names", "numbers"],
    "cells": ["row", "row", "lines"],
    "first": ["grades", "mapping"],
}


class Writer:
    """A document that is being written, as text, Markdown, a page or a Word file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: list[str] = []
        self._word = docx.Document()

    def heading(self, text: str, level: int) -> None:
        """Add a heading; an empty one is none."""
        if not text:
            return
        if self._file == "docx":
            self._word.add_heading(text, level)
        self._lines.append(
            {"txt": f"\n{text}", "md": f"\n{'#' * level} {text}\n"}.get(
                self._file, f"<h{level}>{html.escape(text)}</h{level}>"
            )
        )

    def line(self, text: str) -> None:
        """Add a paragraph."""
        self._word.add_paragraph(text)
        self._lines.append({"txt": text, "md": f"{text}\n"}.get(self._file, f"<p>{html.escape(text)}</p>"))

    def table(self, rows: list[list[str]]) -> None:
        """Add a table; a cell can have several lines."""
        added = self._word.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(added.add_row().cells, row, strict=True):
                cell.text = text
        if self._file == "md":
            marked = [[text.replace("\n", "<br>") for text in row] for row in rows]
            self._lines += ["", "| " + " | ".join(marked[0]) + " |", "|---" * len(rows[0]) + "|"]
            self._lines += ["| " + " | ".join(row) + " |" for row in marked[1:]] + [""]
        elif self._file == "txt":
            self._lines += ["\t".join(text.replace("\n", " ") for text in row) for row in rows]
        else:
            cells = [[html.escape(text).replace("\n", "<br>") for text in row] for row in rows]
            made = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in cells)
            self._lines.append(f"<table>{made}</table>")

    def to_bytes(self) -> bytes:
        """Return the file."""
        if self._file == "docx":
            stream = io.BytesIO()
            self._word.save(stream)
            return stream.getvalue()
        text = "\n".join(self._lines)
        return (f"<html><body><main>{text}</main></body></html>" if self._file == "html" else text).encode()


def _listed(codes: list[str]) -> list[str]:
    return [f"{code}: {WORDINGS[code]}" for code in codes]


def _by_kind(codes: list[str]) -> list[tuple[str, list[str]]]:
    kinds = {letter: [code for code in codes if code[0] == letter] for letter in "KSB"}
    return [(TITLES[letter], found) for letter, found in kinds.items() if found]


def _outcomes(writer: Writer, layout: Layout) -> bool:
    """Write the outcomes; return whether the wordings of their KSBs are in them."""
    form = layout["ksbs"]
    if form.startswith("table"):
        join = (lambda codes: "\n".join(_listed(codes))) if form == "table in full" else " ".join
        rows = [
            [f"{n}. {name}", *(join(found) for _, found in _by_kind(codes))]
            for n, (name, codes) in enumerate(OUTCOMES, start=1)
        ]
        writer.table([["Assessment outcome", "Knowledge", "Skills"], *rows])
        return form == "table in full"
    for n, (name, codes) in enumerate(OUTCOMES, start=1):
        writer.heading(layout["outcome"].format(n=n, t=name), 3)
        if layout["described"]:
            writer.line(layout["described"])
        if form == "codes":
            writer.line(" ".join(codes))
        elif form == "in full":
            for line in _listed(codes):
                writer.line(line)
        for title, found in _by_kind(codes) if "kind" in form else ():
            if form == "codes by kind":
                writer.line(f"{title}: {', '.join(found)}")
                continue
            writer.heading(title, 4)
            for line in _listed(found):
                writer.line(line)
    return form in ("in full", "full below kinds")


def to_reform(layout: Layout) -> bytes:
    """Return a plan with outcomes, behaviours and performance descriptors."""
    writer = Writer(layout["file"])
    writer.heading(layout["title"], 1)
    writer.line("The assessment organisation must follow this apprenticeship assessment plan.")
    writer.heading(layout["head"], 2)
    are_worded = _outcomes(writer, layout)
    if are_worded and layout["behaviours"] != "none":
        writer.heading(TITLES["B"], 2)
        if layout["behaviours"] == "sentence":
            writer.line("Behaviours are verified by the employer.")
        for line in _listed(BEHAVIOURS):
            writer.line(line)
    if layout["performance"]:
        writer.heading("Performance descriptors", 2)
    if layout["performance"] == "table":
        writer.table([["Category", "Pass", "Distinction"], *map(list, DESCRIPTORS)])
    for at, grade in enumerate(("Pass", "Distinction"), start=1) if layout["performance"] == "list" else ():
        writer.heading(grade, 3)
        for row in DESCRIPTORS:
            writer.line(row[at])
    if layout["grading"]:
        writer.heading("Grading", 2)
        writer.line(layout["grading"])
    if not are_worded or layout["behaviours"] == "none":
        writer.heading(layout["last"], 2)
        for title, found in _by_kind([code for code, _ in KSBS]):
            writer.heading(title, 3)
            for line in _listed(found):
                writer.line(line)
    return writer.to_bytes()


def _code_to_methods() -> dict[str, list[int]]:
    return {code: [n for n, (_, codes) in enumerate(METHODS, start=1) if code in codes] for code, _ in KSBS}


def _mapping(writer: Writer, layout: Layout) -> bool:
    """Write which method assesses each KSB; return whether the wordings are there too."""
    form = layout["form"]
    writer.heading(layout["head"], 2)
    names = [name for name, _ in METHODS]
    by_code = _code_to_methods()
    if form in ("column", "numbers"):
        join = (
            (lambda found: " and ".join(map(str, found)))
            if form == "numbers"
            else (lambda found: "\n".join(names[n - 1] for n in found))
        )
        rows = [[code, text, join(by_code[code])] for code, text in KSBS]
        writer.table([["KSB", "Statement", layout["method"]], *rows])
    elif form == "ticks":
        rows = [
            [code, text, *("x" if n in by_code[code] else "" for n in range(1, len(names) + 1))]
            for code, text in KSBS
        ]
        writer.table([["KSB", "Statement", *names], *rows])
    elif form == "rows of methods":
        writer.table([["Assessment method", "KSBs"], *([name, ", ".join(codes)] for name, codes in METHODS)])
    elif form == "lines":
        for title, found in _by_kind([code for code, _ in KSBS]):
            writer.line(title)
            writer.line("Assessment methods")
            for code in found:
                writer.line(f"{code}: {WORDINGS[code]}")
                writer.line(names[by_code[code][0] - 1])
    else:
        for name, codes in METHODS:
            writer.heading(name, 3)
            for line in _listed(codes) if form == "lists in full" else [", ".join(codes)]:
                writer.line(line)
    return form not in ("rows of methods", "lists of codes")


def _overall(writer: Writer, layout: Layout) -> None:
    writer.heading(layout["grades"], 2)
    writer.line("The grades are combined as follows.")
    forms = {
        "names": "{t}",
        "numbers and names": "Assessment method {n}: {t}",
        "numbers": "Assessment method {n}",
    }
    form = forms["names" if not is_numbered(layout) else layout["header"]]
    header = [form.format(n=n, t=name) for n, (name, _) in enumerate(METHODS, start=1)]
    rows = [[*header, "Overall grading"], *([grade.capitalize() for grade in row] for row in OVERALL)]
    if layout["cells"] == "row":
        writer.table(rows)
        return
    for row in rows:
        for cell in row:
            writer.line(cell)


def is_numbered(layout: Layout) -> bool:
    """Return whether a plan says which number each method has."""
    return layout["numbered"] or layout["form"] == "numbers"


def to_mapping(layout: Layout) -> bytes:
    """Return a plan with methods of KSBs and overall grades."""
    writer = Writer(layout["file"])
    writer.heading("End-point assessment plan", 1)
    writer.heading("Assessment methods", 2)
    for n, (name, _) in enumerate(METHODS, start=1):
        writer.line(
            f"Assessment method {n}: {name}" if is_numbered(layout) else f"There is a {name.lower()}."
        )
    are_worded = False
    for part in ("grades", "mapping") if layout["first"] == "grades" else ("mapping", "grades"):
        if part == "grades":
            _overall(writer, layout)
        else:
            are_worded = _mapping(writer, layout)
    if not are_worded:
        writer.heading("KSBs", 2)
        for line in _listed([code for code, _ in KSBS]):
            writer.line(line)
    return writer.to_bytes()


# The themes of each method: name, KSBs, and criteria by grade: wording and codes.
GRADING = [
    (
        "Practical assessment with questions",
        [
            (
                "Work safely",
                ["K1", "S1", "B1"],
                {
                    "pass": [("Keeps to the rules of the site", ["K1", "S1"]), ("Stays calm", ["B1"])],
                    "merit": [("Sees hazards early", ["S1"])],
                    "distinction": [("Improves how the rules are kept", ["K1", "S1"])],
                },
            ),
            (
                "Choose tools",
                ["K2", "S2"],
                {
                    "pass": [("Chooses a fitting tool and says why", ["K2", "S2"])],
                    "merit": [],
                    "distinction": [],
                },
            ),
        ],
    ),
    (
        "Interview",
        [
            (
                "Talk to customers",
                ["K3", "S3"],
                {
                    "pass": [("Listens and answers in plain words", ["S3"]), ("Names the prices", ["K3"])],
                    "merit": [("Finds out what is not said", ["S3"])],
                    "distinction": [("Turns a complaint into an order", ["K3", "S3"])],
                },
            ),
        ],
    ),
]
GRADES: dict[str, list[Any]] = {
    "file": ["txt", "md", "html", "docx"],
    "head": ["Grading", "Grading descriptors", "Grading criteria", "EPA grading", ""],
    "method": ["{t}", "Assessment method {n}: {t}", "Assessment method {n} - {t}"],
    "form": [
        *("theme and KSBs", "KSBs in the cell of the theme", "codes in brackets", "one table", "title rows"),
        *("grade rows", "labels", "lists", "inline", "prose"),
    ],
    "merit": [True, False],
    "fail": [True, False],
    "between": [", ", " "],
    "end": [".", ""],
    "theme": ["{t}", "Theme {n}: {t}", "Theme: {t}"],
    "none": ["None", "N/A", "No distinction criteria", "-"],
    "first": ["grading", "KSBs"],
}


def grades_of(layout: Layout) -> list[str]:
    """Return the grades that a layout prints criteria for."""
    return ["pass", *(["merit"] if layout["merit"] else []), "distinction"]


def to_grading(layout: Layout) -> bytes:
    """Return a plan with methods, their themes, and criteria for each grade."""
    writer = Writer(layout["file"])
    writer.heading("End-point assessment plan", 1)
    for part in ("grading", "KSBs") if layout["first"] == "grading" else ("KSBs", "grading"):
        if part == "KSBs":
            writer.heading("KSBs", 2)
            for title, found in _by_kind([code for code, _ in KSBS]):
                writer.heading(title, 3)
                for line in _listed(found):
                    writer.line(line)
        else:
            writer.heading(layout["head"], 2)
            _GRADING_FORMS[layout["form"]](writer, layout)
    return writer.to_bytes()


def _criterion(layout: Layout, text: str, codes: list[str]) -> str:
    return f"{text}{layout['end']} ({layout['between'].join(codes)})"


def _cells(layout: Layout, criteria: dict[str, list[tuple[str, list[str]]]]) -> list[str]:
    """Return the cells of the grades of a theme."""
    fail = ["Does not meet the pass criteria"] if layout["fail"] else []
    return [
        *fail,
        *(
            "\n".join(_criterion(layout, *row) for row in criteria[grade]) or layout["none"]
            for grade in grades_of(layout)
        ),
    ]


def _heads(layout: Layout) -> list[str]:
    return [*(["Fail"] if layout["fail"] else []), *(grade.capitalize() for grade in grades_of(layout))]


def _themes(layout: Layout) -> list[tuple[str, str, str, list[str], dict[str, list[tuple[str, list[str]]]]]]:
    """Return each theme with its method and its heading."""
    found = []
    for method, themes in GRADING:
        for name, codes, criteria in themes:
            heading = layout["theme"].format(n=len(found) + 1, t=name)
            found.append((method, name, heading, codes, criteria))
    return found


def _tables(writer: Writer, layout: Layout) -> None:
    between = layout["between"]
    for n, (method, _) in enumerate(GRADING, start=1):
        writer.heading(layout["method"].format(n=n, t=method), 3)
        rows = []
        for of, _, heading, codes, criteria in _themes(layout):
            listed = between.join(codes)
            starts = {
                "theme and KSBs": [heading, listed],
                "KSBs in the cell of the theme": [f"{heading}\n{listed}"],
                "codes in brackets": [f"{heading} ({listed})"],
            }
            rows += [[*starts[layout["form"]], *_cells(layout, criteria)]] if of == method else []
        first = ["Theme", "KSBs"] if layout["form"] == "theme and KSBs" else ["Theme (KSBs)"]
        writer.table([[*first, *_heads(layout)], *rows])


def _one_table(writer: Writer, layout: Layout) -> None:
    rows = [
        [method, heading, layout["between"].join(codes), *_cells(layout, criteria)]
        for method, _, heading, codes, criteria in _themes(layout)
    ]
    writer.table([["Assessment method", "Theme", "KSBs", *_heads(layout)], *rows])


def _title_rows(writer: Writer, layout: Layout) -> None:
    for n, (method, _) in enumerate(GRADING, start=1):
        writer.heading(layout["method"].format(n=n, t=method), 3)
        for of, _, heading, codes, criteria in _themes(layout):
            if of == method:
                writer.heading(f"{heading} ({layout['between'].join(codes)})", 4)
                writer.table([_heads(layout), _cells(layout, criteria)])


def _grade_rows(writer: Writer, layout: Layout) -> None:
    for n, (method, _) in enumerate(GRADING, start=1):
        writer.heading(layout["method"].format(n=n, t=method), 3)
        for of, _, heading, codes, criteria in _themes(layout):
            if of == method:
                writer.heading(f"{heading} ({layout['between'].join(codes)})", 4)
                rows = zip(_heads(layout), _cells(layout, criteria), strict=True)
                writer.table([["Grade", "Grade descriptors"], *map(list, rows)])


def _labels(writer: Writer, layout: Layout) -> None:
    for n, (method, _) in enumerate(GRADING, start=1):
        writer.heading(layout["method"].format(n=n, t=method), 3)
        for of, _, heading, codes, criteria in _themes(layout):
            if of != method:
                continue
            writer.heading(f"{heading} ({layout['between'].join(codes)})", 4)
            rows = [
                [f"{grade[0].upper()}{at}", text + layout["end"], layout["between"].join(named)]
                for grade in grades_of(layout)
                for at, (text, named) in enumerate(criteria[grade], start=1)
            ]
            writer.table([["Ref", "Criterion", "KSBs"], *rows])


def _lists(writer: Writer, layout: Layout) -> None:
    for n, (method, _) in enumerate(GRADING, start=1):
        writer.heading(layout["method"].format(n=n, t=method), 3)
        for of, _, heading, codes, criteria in _themes(layout):
            if of != method:
                continue
            writer.heading(f"{heading} ({layout['between'].join(codes)})", 4)
            for grade in grades_of(layout):
                if layout["form"] == "inline":
                    for row in criteria[grade]:
                        writer.line(f"{grade.capitalize()}: {_criterion(layout, *row)}")
                    continue
                writer.heading(f"{grade.capitalize()} criteria", 5)
                for row in criteria[grade]:
                    writer.line(f"• {_criterion(layout, *row)}")
                if not criteria[grade]:
                    writer.line(layout["none"])


def _prose(writer: Writer, layout: Layout) -> None:
    for method, themes in GRADING:
        for grade in grades_of(layout):
            writer.line(f"To achieve a {grade} in the {method.lower()}, the apprentice must:")
            for _, _, criteria in themes:
                for row in criteria[grade]:
                    writer.line(f"• {_criterion(layout, *row)}")


_GRADING_FORMS: dict[str, Callable[[Writer, Layout], None]] = {
    "theme and KSBs": _tables,
    "KSBs in the cell of the theme": _tables,
    "codes in brackets": _tables,
    "one table": _one_table,
    "title rows": _title_rows,
    "grade rows": _grade_rows,
    "labels": _labels,
    "lists": _lists,
    "inline": _lists,
    "prose": _prose,
}
