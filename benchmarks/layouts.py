"""Read a made-up standard in many layouts, and count what is right, reported, refused or wrong in silence.

    python benchmarks/layouts.py [-n 500] [--seed 1] [--form text] [--show silent]

Each input is the same standard (six duties, thirty KSBs, no options) in a form that users have: a text, a
web page, Markdown, a Word, OpenDocument or RTF file, or a CSV. Or it is an assessment plan: three themes
with criteria (`plan`), criteria by method and grade (`grading`), outcomes as reformed plans print them
(`reform`), or methods of KSBs and overall grades (`mapping`). Or it is one of six NOS units (`nos`), as a
text with or without the columns and pages of a PDF, a page or a Word file. The layout of the parts is
chosen at random from those that people write: how duties, codes and KSBs begin, what is between codes,
which headings there are, tables or lists, which part comes first. The tables that are read are compared
with what was written:

* `right`: all duties, pairs and wordings, and no finding of severity error;
* `reported`: something differs and a finding is an error; `warned`: findings are warnings at most;
* `refused`: no table was made;
* `silent`: something differs and no finding says so, which is the worst fault there is.

Exit 1 if an input is wrong in silence. The same seed makes the same inputs.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import random
import sys
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

import docx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import plan_layouts
from unit_layouts import CHOICES as UNIT_CHOICES
from unit_layouts import layout_to_input, without_marks

import open_documents
import rich_text_files
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.occurrences import grade_row_to_methods, method_name_to_key
from curriculum.parsing.parse_result import ParsedDocument
from made_up_standards import STANDARDS, TITLES, codes_to_lines

STANDARD = STANDARDS["no options"]
DUTIES = [(number, text, codes) for number, (_, text, codes) in enumerate(STANDARD.duties, start=1)]
GROUPS = [
    (TITLES[key], list(rows)) for key, rows in groupby(STANDARD.ksbs, lambda row: row[0].rstrip("0123456789"))
]
# The name of a theme, its codes, and its criteria: grade, wording, codes.
THEMES = [
    (
        "Work safely",
        ["K1", "K2", "S1"],
        [
            ("pass", "Explains the hazards of a site", ["K1"]),
            ("pass", "Keeps to the rules of the site and says why", ["K2", "S1"]),
            ("distinction", "Improves how the rules are kept", ["K2"]),
        ],
    ),
    ("Choose tools", ["K3", "S2"], [("pass", "Chooses a fitting tool for the task", ["K3", "S2"])]),
    (
        "Talk to customers",
        ["S3", "B1"],
        [
            ("pass", "Listens and answers in plain words", ["S3"]),
            ("pass", "Stays calm when a customer complains", ["B1"]),
            ("distinction", "Turns a complaint into a new order", ["S3", "B1"]),
        ],
    ),
]
OUTCOMES = ("right", "reported", "refused", "warned", "silent")
FACTS = "Key information\nReference: ST9801\nVersion: 1.2\nLevel: 2\nDetails of the occupational standard\n"

Layout = dict[str, Any]
CHOICES: dict[str, dict[str, list[Any]]] = {
    "text": {
        "front": ["", FACTS, "Tidy site operative\n"],
        "duties": [
            "Occupation duties\n",
            "Duties\n",
            "Occupational duties and KSBs\n",
            "",
            "List of duties\n",
        ],
        "duty": [
            *("Duty {n} {t}", "Duty {n}: {t}", "Duty {n}\n{t}", "**Duty {n}** {t}", "DUTY {n} – {t}"),
            *("D{n}: {t}", "Duty {n}. {t}.", "• Duty {n} {t}", "Duty {n}:\n{t}"),
        ],
        "before": ["", "KSBs\n", "KSBs: ", "Knowledge, skills and behaviours: ", "("],
        "between": [" ", ", ", "\n", "; ", " and ", ","],
        "ksbs": ["KSBs\n", "Knowledge, skills and behaviours\n", "", "Annex A\n"],
        "kind": ["{k}\n", "", "{K}\n", "{k}:\n", "{k} statements\n"],
        "ksb": [
            *(
                "{c}: {t}",
                "{c} {t}",
                "{c}. {t}",
                "{c} - {t}",
                "({c}) {t}",
                "{c}\n{t}",
                "{c}\t{t}",
                "• {c}: {t}",
            ),
            *("{c}) {t}", "{c} – {t}", "{c}:{t}", "{c} : {t}", "[{c}] {t}", "{c}:\n{t}", "- **{c}**: {t}"),
        ],
        "gap": ["", "\n"],
        "first": ["duties", "duties", "duties", "KSBs"],
    },
    "Markdown": {
        "duties": ["## Duties\n", "# Occupation duties\n", "", "**Duties**\n"],
        "duty": [
            *("### Duty {n}: {t}\n", "### Duty {n}\n\n{t}\n", "- **Duty {n}** {t}", "**Duty {n}:** {t}\n"),
            *("{n}. **Duty {n}** {t}", "| Duty {n} {t} |", "| {n} | {t} |", "#### Duty {n} – {t}"),
        ],
        "codes": ["KSBs: {c}\n", "**KSBs:** {c}\n", "{c}\n", "  - {c}\n", "({c})\n", "*{c}*\n"],
        "between": [" ", ", ", "; "],
        "ksbs": ["## KSBs\n", "## Knowledge, skills and behaviours\n", ""],
        "kind": ["### {k}\n", "**{k}**\n", "## {k}\n"],
        "ksb": [
            *(
                "- **{c}:** {t}",
                "- **{c}**: {t}",
                "* {c}: {t}",
                "### {c}\n\n{t}\n",
                "#### {c}: {t}",
                "{c}: {t}\n",
            ),
            *("| {c} | {t} |", "| **{c}** | {t} | x |", "- [ ] {c}: {t}", "**{c}** {t}\n", "- `{c}` {t}"),
            *("**{c}: {t}**\n", "1. {c}: {t}", "> {c}: {t}\n"),
        ],
        "first": ["duties", "duties", "duties", "KSBs"],
    },
    "page": {
        "frame": [
            "{b}",
            "<header><nav><ul><li>Home<li>Search</ul></nav></header><main>{b}</main><footer>Cookies</footer>",
        ],
        "duties": ["<h2>Occupation duties</h2>", "<h2>Duties</h2>", "<p><strong>Duties</strong></p>", ""],
        "duty": [
            *("<h3>Duty {n}: {t}</h3><p>{c}</p>", "<h3>Duty {n}</h3><p>{t}</p><h4>KSBs</h4><p>{c}</p>"),
            *("<tr><td>Duty {n} {t}</td><td>{c}</td></tr>", "<tr><td>{n}</td><td>{t}</td><td>{c}</td></tr>"),
            *(
                "<div><b>Duty&nbsp;{n}</b> {t}<ul>{l}</ul></div>",
                "<dl><dt>Duty {n} {t}</dt><dd>{c}</dd></dl>",
            ),
            "<details><summary>Duty {n} {t}</summary><p>{c}</p></details>",
        ],
        "between": [" ", ", ", "<br>"],
        "ksbs": ["<h2>KSBs</h2>", "<h2>Knowledge, skills and behaviours</h2>", "<div>KSBs</div>"],
        "kind": ["<h3>{k}</h3>", "<p><b>{k}</b></p>"],
        "ksb": [
            *(
                "<p>{c}: {t}</p>",
                "<p><strong>{c}</strong> {t}</p>",
                "<li>{c}: {t}</li>",
                "<div><div>{c}</div><div>{t}</div></div>",
            ),
            *(
                "<tr><td>{c}</td><td>{t}</td></tr>",
                "<tr><th>{c}</th><td>{t}</td><td>Yes</td></tr>",
                "<dt>{c}</dt><dd>{t}</dd>",
            ),
            *("<p><span>{c}</span><span>: {t}</span></p>", "<p>{c}: {t}<a href='#'>Back to Duty</a></p>"),
        ],
        "first": ["duties", "duties", "duties", "KSBs"],
    },
    "Word": {
        "heading": ["style", "bold", "plain"],
        "duties": ["Occupation duties", "Duties", "List of duties"],
        "duty": ["table", "paragraphs", "one paragraph", "table of numbers"],
        "between": [" ", ", ", "\n"],
        "ksb": ["paragraphs", "table", "table with ticks", "table of whole statements", "line breaks"],
        "ksbs": ["KSBs", "Knowledge, skills and behaviours"],
    },
    "plan": {
        "intro": [
            "",
            "Assessment plan\n\n",
            "Grading\n\n",
            "Grading descriptors\n\nThe themes are below.\n\n",
        ],
        "theme": [
            *("Theme {n}: {t}", "Theme {n} - {t}", "Theme {n} {t}", "Theme: {t}", "### Theme {n}: {t}"),
            *("**Theme {n}: {t}**", "Assessment outcome {n}: {t}", "Outcome {n} – {t}", "AO{n}: {t}"),
            *("{n}. {t}", "{t}", "Grading theme {n}: {t}", "Theme {n}\n{t}", "THEME {n}: {t}"),
        ],
        "codes": [
            " {c}",
            " ({c})",
            "\n{c}",
            "\nKSBs: {c}",
            "\nKSBs\n{c}",
            "",
            " [{c}]",
            "\nKSBs covered: {c}",
        ],
        "between": [" ", ", "],
        "grade": [
            *("{g}", "{g} criteria", "{g} criteria:", "{g}:", "**{g}**", "#### {g}", "{g} descriptors:"),
            *("{g} grading descriptors", "To achieve a {g}, the apprentice must:"),
        ],
        "criterion": [
            *(
                "{t} ({c})",
                "{t}. ({c})",
                "• {t} ({c})",
                "- {t} [{c}]",
                "{l}{i}: {t} ({c})",
                "{l}{i} {t}. {c}",
            ),
            *("{t}\n{c}", "{i}. {t} ({c})", "* {t}. ({c})", "{c} {t}.", "- {t} - {c}"),
        ],
        "none": ["", "There are no distinction criteria.\n", "N/A\n", "No distinction criteria\n"],
        "gap": ["", "\n"],
        "ksbs": ["KSBs\n", "", "Annex A: KSBs\n"],
        "first": ["themes", "KSBs"],
    },
    "reform": plan_layouts.REFORM,
    "mapping": plan_layouts.MAPPING,
    "grading": plan_layouts.GRADES,
    "CSV": {
        "separator": [",", ";", "\t"],
        "code": ["code", "KSB", "ID", "Ref", "KSB_ID", "Code", "KSB code", "Number", "Reference"],
        "text": [
            "text",
            "Description",
            "desc",
            "KSB Description",
            "Statement",
            "Wording",
            "Detail",
            "desc_clean",
        ],
        "further": [[], ["Method"], ["Type", "Method"], ["Week", "Met?"]],
        "order": ["code first", "text first", "code last"],
        "encoding": ["utf-8", "utf-8-sig", "cp1252", "utf-16"],
        "form": ["{c}", "{c}:", "{c} ", "{c}."],
    },
}

CHOICES |= {"ODT": CHOICES["Word"], "RTF": CHOICES["Word"]}


CHOICES["nos"] = UNIT_CHOICES


def _lists(ksb: str, listed: list[tuple[str, str]]) -> str:
    rows = "".join(ksb.format(c=code, t=html.escape(text)) for code, text in listed)
    for tag, around in (("<tr", "table"), ("<li", "ul"), ("<dt", "dl")):
        if ksb.startswith(tag):
            return f"<{around}>{rows}</{around}>"
    return rows


def to_text(layout: Layout) -> bytes:
    """Return the standard as a text."""
    before, gap = layout["before"], layout["gap"]
    end = (")\n" if before == "(" else "\n") + gap
    duties = layout["duties"] + "".join(
        f"{layout['duty'].format(n=n, t=t)}\n{before}{layout['between'].join(codes)}{end}"
        for n, t, codes in DUTIES
    )
    ksbs = layout["ksbs"]
    for title, listed in GROUPS:
        ksbs += layout["kind"].format(k=title, K=title.upper())
        ksbs += "".join(f"{layout['ksb'].format(c=code, t=text)}\n{gap}" for code, text in listed)
    parts = [duties, ksbs] if layout["first"] == "duties" else [ksbs, duties]
    return (layout["front"] + "".join(parts)).encode()


def to_markdown(layout: Layout) -> bytes:
    """Return the standard as Markdown."""
    lines = ["# Tidy site operative", "", layout["duties"]]
    in_table = layout["duty"].startswith("|")
    if in_table:
        n_columns = layout["duty"].count("|")
        lines += ["| No | Duty | KSBs |" if n_columns > 2 else "| Duty | KSBs |", "|---" * n_columns + "|"]
    for n, text, codes in DUTIES:
        start, listed = layout["duty"].format(n=n, t=text), layout["between"].join(codes)
        lines += [f"{start} {listed} |"] if in_table else [start, layout["codes"].format(c=listed)]
    lines += ["", layout["ksbs"]]
    for title, ksbs in GROUPS:
        lines += ["", layout["kind"].format(k=title)]
        if layout["ksb"].startswith("|"):
            n_columns = layout["ksb"].count("|") - 1
            lines += ["| KSB | Statement |" + (" Met |" if n_columns > 2 else ""), "|---" * n_columns + "|"]
        lines += [layout["ksb"].format(c=code, t=text) for code, text in ksbs]
    at = lines.index(layout["ksbs"], 3) if layout["ksbs"] else 0
    if layout["first"] == "KSBs" and at:
        lines = [*lines[:2], *lines[at:], "", *lines[2:at]]
    return "\n".join(lines).encode()


def to_page(layout: Layout) -> bytes:
    """Return the standard as a web page."""
    rows = "".join(
        layout["duty"].format(
            n=n, t=html.escape(t), c=layout["between"].join(codes), l="".join(f"<li>{code}" for code in codes)
        )
        for n, t, codes in DUTIES
    )
    if layout["duty"].startswith("<tr"):
        head = "<th>No<th>Duty<th>KSBs" if layout["duty"].count("<td") == 3 else "<th>Duty<th>KSBs"
        rows = f"<table><tr>{head}</tr>{rows}</table>"
    duties = layout["duties"] + rows
    ksbs = layout["ksbs"] + "".join(
        layout["kind"].format(k=title) + _lists(layout["ksb"], listed) for title, listed in GROUPS
    )
    body = duties + ksbs if layout["first"] == "duties" else ksbs + duties
    framed = layout["frame"].format(b=f"<h1>Tidy site operative</h1>{body}")
    return f"<!DOCTYPE html><html><body>{framed}</body></html>".encode()


class _Blocks:
    """The headings, paragraphs and tables of a file that is to be written."""

    def __init__(self, layout: Layout) -> None:
        self.blocks: list[tuple[str, Any]] = []
        self._heading = layout["heading"]
        self.heading(layout["duties"], 1)
        self.duties(layout["duty"], layout["between"])
        self.heading(layout["ksbs"], 1)
        for title, listed in GROUPS:
            self.heading(title, 2)
            self.ksbs(layout["ksb"], listed)

    def heading(self, text: str, level: int) -> None:
        self.blocks.append((f"heading {level}" if self._heading == "style" else self._heading, text))

    def paragraph(self, text: str) -> None:
        self.blocks.append(("plain", text))

    def table(self, rows: list[list[str]]) -> None:
        self.blocks.append(("table", rows))

    def duties(self, form: str, between: str) -> None:
        if form == "table":
            self.table(
                [["Duty", "KSBs"], *([f"Duty {n} {t}", between.join(codes)] for n, t, codes in DUTIES)]
            )
            return
        if form == "table of numbers":
            rows = [[str(n), text, between.join(codes)] for n, text, codes in DUTIES]
            self.table([["No.", "Duty", "KSBs"], *rows])
            return
        for n, text, codes in DUTIES:
            if form == "one paragraph":
                self.paragraph(f"Duty {n} {text}\n{between.join(codes)}")
                continue
            for line in [f"Duty {n} {text}", *codes_to_lines(codes)]:
                self.paragraph(line)

    def ksbs(self, form: str, listed: list[tuple[str, str]]) -> None:
        lines = [f"{code}: {text}" for code, text in listed]
        if form == "paragraphs":
            for line in lines:
                self.paragraph(line)
        elif form == "line breaks":
            self.paragraph("\n".join(lines))
        elif form == "table":
            self.table([["KSB", "Statement"], *map(list, listed)])
        elif form == "table with ticks":
            self.table([["KSB", "Statement", "U1", "U2"], *([code, text, "x", ""] for code, text in listed)])
        else:
            self.table([["Statement", "Page"], *([line, "7"] for line in lines)])


def to_word(layout: Layout) -> bytes:
    """Return the standard as a Word file."""
    document = docx.Document()
    for kind, block in _Blocks(layout).blocks:
        if kind == "table":
            added = document.add_table(0, len(block[0]))
            for row in block:
                for cell, text in zip(added.add_row().cells, row, strict=True):
                    cell.text = text
        elif kind.startswith("heading"):
            document.add_heading(block, int(kind[-1]))
        else:
            document.add_paragraph().add_run(block).bold = True if kind == "bold" else None
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def to_open_document(layout: Layout) -> bytes:
    """Return the standard as an OpenDocument text."""
    return open_documents.blocks_to_odt(_Blocks(layout).blocks)


def to_rich_text(layout: Layout) -> bytes:
    """Return the standard as an RTF file."""
    return rich_text_files.blocks_to_rtf(_Blocks(layout).blocks)


def to_plan(layout: Layout) -> bytes:
    """Return three themes with their criteria, and the KSBs, as a text."""
    text, gap, between = layout["intro"], layout["gap"], layout["between"]
    for n, (name, codes, criteria) in enumerate(THEMES, start=1):
        text += f"{layout['theme'].format(n=n, t=name)}{layout['codes'].format(c=between.join(codes))}\n{gap}"
        for grade in ("Pass", "Distinction"):
            listed = [row for row in criteria if row[0] == grade.casefold()]
            if listed or layout["none"]:
                text += layout["grade"].format(g=grade) + "\n" + gap
            for i, (_, wording, named) in enumerate(listed, start=1):
                values = {"t": wording, "c": between.join(named), "l": grade[0], "i": i}
                text += layout["criterion"].format(**values) + "\n" + gap
            text += "" if listed else layout["none"]
        text += "\n"
    ksbs = layout["ksbs"]
    for title, rows in GROUPS:
        ksbs += f"{title}\n" + "".join(f"{code}: {wording}\n" for code, wording in rows)
    return (f"{ksbs}\n{text}" if layout["first"] == "KSBs" else text + ksbs).encode()


def to_csv(layout: Layout) -> bytes:
    """Return the KSBs as a CSV."""
    further = layout["further"]
    header = [layout["code"], layout["text"], *further]
    rows = [
        [layout["form"].format(c=code), text, *(f"{name} {at % 3}" for name in further)]
        for at, (code, text) in enumerate(STANDARD.ksbs)
    ]
    order = list(range(len(header)))
    if layout["order"] == "text first":
        order[:2] = [1, 0]
    elif layout["order"] == "code last":
        order = [*order[1:], 0]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=layout["separator"])
    writer.writerows([[row[at] for at in order] for row in (header, *rows)])
    return stream.getvalue().encode(layout["encoding"])


FORMS: dict[str, tuple[Callable[[Layout], bytes], str]] = {
    "text": (to_text, "mine.txt"),
    "Markdown": (to_markdown, "mine.md"),
    "page": (to_page, "mine.html"),
    "Word": (to_word, "mine.docx"),
    "ODT": (to_open_document, "mine.odt"),
    "RTF": (to_rich_text, "mine.rtf"),
    "plan": (to_plan, "mine.txt"),
    "reform": (plan_layouts.to_reform, "mine.{file}"),
    "mapping": (plan_layouts.to_mapping, "mine.{file}"),
    "grading": (plan_layouts.to_grading, "mine.{file}"),
    "CSV": (to_csv, "mine.csv"),
}


def _duties_to_faults(parsed: ParsedDocument) -> list[str]:
    duties = [(row.code, row.text.rstrip(".")) for row in parsed.duties]
    pairs = {(row.duty, row.code) for row in parsed.rows.duty_ksbs}
    expected = {(f"D{n}", code) for n, _, codes in DUTIES for code in codes}
    faults = [f"duties {duties}"[:200]] if duties != [(f"D{n}", text) for n, text, _ in DUTIES] else []
    if pairs != expected:
        faults.append(f"pairs, {len(pairs - expected)} invented, {len(expected - pairs)} lost")
    return faults


def _themes_to_faults(parsed: ParsedDocument, *, are_printed: bool) -> list[str]:
    """Return what differs in the themes; their codes are those of the criteria where none are printed."""
    themes = [(row.name, list(row.codes) if are_printed else []) for row in parsed.themes]
    criteria = [
        (row.theme, row.grade, row.text.rstrip("."), list(row.codes)) for row in parsed.rows.descriptors
    ]
    faults = []
    if themes != [(name, codes if are_printed else []) for name, codes, _ in THEMES]:
        faults.append(f"themes {themes}"[:200])
    if criteria != [(name, *row) for name, _, rows in THEMES for row in rows]:
        faults.append(f"criteria {criteria}"[:200])
    return faults


def _outcomes_to_faults(parsed: ParsedDocument, layout: Layout) -> list[str]:
    """Return what differs in the outcomes, and in what belongs to none of them."""
    numbered = layout["ksbs"].startswith("table")
    themes = [(row.name.split(". ")[1] if numbered else row.name, list(row.codes)) for row in parsed.themes]
    details = [
        (row.name, row.value) for row in parsed.rows.details if row.section == "performance descriptors"
    ]
    expected = [
        (f"{category}: {grade}" if layout["performance"] == "table" else grade, text)
        for category, *texts in plan_layouts.DESCRIPTORS
        for grade, text in zip(("pass", "distinction"), texts, strict=True)
        if layout["performance"]
    ]
    faults = [f"outcomes {themes}"[:200]] if themes != plan_layouts.OUTCOMES else []
    if parsed.rows.descriptors or parsed.rows.statement_methods or parsed.methods:
        faults.append("criteria or methods that are not there")
    return (
        [*faults, f"performance descriptors {details}"[:200]]
        if sorted(details) != sorted(expected)
        else faults
    )


def _grading_to_faults(parsed: ParsedDocument, layout: Layout) -> list[str]:
    """Return what differs in the themes, their methods, and their criteria; those for a fail are left out."""
    is_prose = layout["form"] == "prose"
    names = {row.code: row.name.casefold() for row in parsed.methods}
    themes = {
        (names.get(row.method, ""), row.name.casefold().rpartition(": ")[2], frozenset(row.codes))
        for row in parsed.themes
    }
    expected = {
        (method.casefold(), name.casefold(), frozenset(codes))
        for method, listed in plan_layouts.GRADING
        for name, codes, _ in listed
    }
    if is_prose:
        expected = {
            (
                method.casefold(),
                method.casefold(),
                frozenset(code for _, codes, _ in listed for code in codes),
            )
            for method, listed in plan_layouts.GRADING
        }
    criteria = sorted(
        (row.theme.casefold().rpartition(": ")[2], row.grade, row.text.rstrip("."), *sorted(row.codes))
        for row in parsed.rows.descriptors
        if row.grade != "fail"
    )
    wanted = sorted(
        ((method if is_prose else name).casefold(), grade, text, *sorted(codes))
        for method, listed in plan_layouts.GRADING
        for name, _, by_grade in listed
        for grade in plan_layouts.grades_of(layout)
        for text, codes in by_grade[grade]
    )
    faults = [f"themes {themes ^ expected}"[:300]] if themes != expected else []
    if criteria != wanted:
        faults.append(f"criteria {set(criteria) ^ set(wanted)}"[:300])
    return faults


def _methods_to_faults(parsed: ParsedDocument, layout: Layout) -> list[str]:
    """Return what differs in the methods of KSBs and in the overall grades."""
    names = {row.code: row.name.casefold() for row in parsed.methods}
    found = {
        (row.code, names.get(parsed.method_codes.get(method_name_to_key(row.method), ""), ""))
        for row in parsed.rows.statement_methods
    }
    pairs = [(code, name.casefold()) for name, codes in plan_layouts.METHODS for code in codes]
    # “Lines” have a method for each KSB.
    expected = {next(pair for pair in pairs if pair[0] == code): None for code, _ in STANDARD.ksbs}
    wanted = set(expected) if layout["form"] == "lines" else set(pairs)
    faults = [] if found == wanted else [f"methods {len(found - wanted)} wrong, {len(wanted - found)} lost"]
    rows = [
        (*row.grades, row.overall_grade)
        for row in parsed.rows.overall_grades
        if [names[code] for code in grade_row_to_methods(row, parsed.methods)]
        == [name.casefold() for name, _ in plan_layouts.METHODS]
    ]
    return faults if rows == plan_layouts.OVERALL else [*faults, f"overall grades {rows}"[:200]]


def read(form: str, layout: Layout) -> tuple[str, str]:
    """Return the outcome of one input, and what differs."""
    return read_unit(layout) if form == "nos" else read_standard(form, layout)


def read_unit(layout: Layout) -> tuple[str, str]:
    """Return the outcome of one NOS unit, and what differs."""
    raw, name, statements, unit = layout_to_input(layout)
    try:
        parsed = parse_document(bytes_to_document(raw, name))
    except CurriculumError as fault:
        return "refused", str(fault)[:200]
    found = [(row.code, without_marks(row.text)) for row in parsed.statements]
    expected = [(code, without_marks(text)) for code, text in statements]
    wrong = [f"statements {set(found) ^ set(expected)}"] if found != expected else []
    values = {row.name: row.value for row in parsed.rows.details}
    other = {
        label: values.get(label, "") for label, value in unit.facts.items() if values.get(label) != value
    }
    wrong += [f"facts {other}"] if other else []
    wrong += [f"title {parsed.facts.title}"] if parsed.facts.title != unit.title else []
    return _outcome(parsed, wrong)


def read_standard(form: str, layout: Layout) -> tuple[str, str]:
    """Return the outcome of one standard, and what differs."""
    to_bytes, name = FORMS[form]
    try:
        parsed = parse_document(bytes_to_document(to_bytes(layout), name.format(**layout)))
    except CurriculumError as fault:
        return "refused", str(fault)[:200]
    found = [(row.code, row.text) for row in parsed.statements]
    wrong = [f"KSBs {set(found) ^ set(STANDARD.ksbs)}"[:200]] if found != STANDARD.ksbs else []
    if form == "plan":
        wrong += _themes_to_faults(parsed, are_printed=bool(layout["codes"]))
    elif form == "reform":
        wrong += _outcomes_to_faults(parsed, layout)
    elif form == "grading":
        wrong += _grading_to_faults(parsed, layout)
    elif form == "mapping":
        wrong += _methods_to_faults(parsed, layout)
    elif form != "CSV":
        wrong += _duties_to_faults(parsed)
    return _outcome(parsed, wrong)


def _outcome(parsed: ParsedDocument, wrong: list[str]) -> tuple[str, str]:
    severities = {row.severity for row in parsed.findings}
    if not wrong:
        return ("reported" if "error" in severities else "right"), "right, with an error"
    how = "reported" if "error" in severities else "warned" if "warning" in severities else "silent"
    return how, "; ".join(wrong)


def main() -> int:
    """Read the inputs and print how many had each outcome."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=300, help="inputs of each form")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=[*FORMS, "nos"], action="append")
    parser.add_argument("--show", choices=OUTCOMES, help="print the layouts with this outcome")
    options = parser.parse_args()
    total = Counter[str]()
    print(f"{'form':10}" + "".join(f"{name:>10}" for name in OUTCOMES))
    for form in options.form or [*FORMS, "nos"]:
        rng = random.Random(f"{options.seed} {form}")
        counts = Counter[str]()
        for _ in range(options.n):
            layout = {part: rng.choice(choices) for part, choices in CHOICES[form].items()}
            outcome, what = read(form, layout)
            counts[outcome] += 1
            if outcome == options.show:
                print(layout, "\n   ", what)
        print(f"{form:10}" + "".join(f"{counts[name]:10}" for name in OUTCOMES))
        total += counts
    print(f"{'all':10}" + "".join(f"{total[name]:10}" for name in OUTCOMES))
    return int(total["silent"] > 0)


if __name__ == "__main__":
    raise SystemExit(main())
