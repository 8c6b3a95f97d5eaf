"""Write a made-up NOS unit in a layout chosen at random from those in which people have such units."""

from __future__ import annotations

import textwrap
from typing import Any

from made_up_units import UNITS, Unit, to_markdown, to_page, to_word

Layout = dict[str, Any]
Statements = list[tuple[str, str]]

CHOICES: dict[str, list[Any]] = {
    "unit": list(range(len(UNITS))),
    "form": [*["text"] * 5, *["columns"] * 5, "raw", "page", "Word", "tables in Word", "Markdown"],
    "sign": ["P1", "P1.", "P1:", "1.", "1", "1)", "(1)", "PC1", "•", "", "a)", "P1 alone", "1. alone"],
    "criteria": [
        *("Performance criteria\nYou must be able to:", "Performance criteria", "You must be able to:"),
        *(
            "What you must be able to do",
            "PERFORMANCE CRITERIA",
            "Performance\ncriteria\nYou must be able to:",
        ),
        *("Performance Criteria:\nThe person must be able to:", "Outcomes of effective performance"),
    ],
    "knowledge": [
        "Knowledge and understanding\nYou need to know and understand:",
        *("Knowledge and understanding", "You need to know and understand:", "Knowledge & Understanding"),
        *(
            "What you need to know and understand",
            "Knowledge and\nunderstanding\nYou need to know and understand",
        ),
        "KNOWLEDGE AND UNDERSTANDING\nYou need to know and understand:",
    ],
    "head": ["urn, title", "title, urn", "urn title", "title", "labels"],
    "overview": ["Overview\n\n", "Overview\n", "", "About this unit\n"],
    "width": [46, 60, 75, 300],
    "gap": [0, 0, 1],
    "case": ["as is", "as is", "sentence"],
    "end": ["", "", ".", ";"],
    "within": ["• ", "- ", "o ", "a. ", "i. ", "1.1 "],
    "indent": [0, 3],
    "facts": ["lines", "lines with gaps", "colon", "columns", "spaces", "top"],
    "pages": [0, 0, 11, 17, 30],
    "foot": ["{urn} {title}    {n}", "{urn}\n{title}\n{n}", "{n}", "Page {n} of 9", "{title}    {n}"],
    "elements": [False, False, False, True],
}
_LONG = {"P": "PC", "K": "KU"}


def _mark(sign: str, letter: str, n: int) -> str:
    long = _LONG[letter]
    shown = {
        **{"P1": f"{letter}{n}", "P1.": f"{letter}{n}.", "P1:": f"{letter}{n}:", "1.": f"{n}.", "1": f"{n}"},
        **{"1)": f"{n})", "(1)": f"({n})", "PC1": f"{long}{n}", "•": "•", "": "", "a)": f"{chr(96 + n)})"},
        **{"P1 alone": f"{letter}{n}\n", "1. alone": f"{n}.\n"},
    }[sign]
    return shown if not shown or shown.endswith("\n") else f"{shown} "


def _cased(text: str, layout: Layout) -> str:
    return text[0].upper() + text[1:] if layout["case"] == "sentence" else text


class _Writer:
    """A unit that is being written as lines, and the statements that it has."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.unit: Unit = UNITS[layout["unit"]]
        self.statements: Statements = []
        self.is_column = layout["form"] == "columns"

    def lists(self) -> list[tuple[str, list[str]]]:
        """Return the heading of each list, and its lines."""
        headings = {"P": self.layout["criteria"], "K": self.layout["knowledge"]}
        return [(headings[letter], self.items(letter, items)) for _, _, letter, items in self.unit.lists]

    def items(self, letter: str, items: Any) -> list[str]:
        """Return the lines of a list."""
        lines: list[str] = []
        has_elements = self.layout["elements"] and letter == "P"
        half = (len(items) + 1) // 2
        for at, item in enumerate(items):
            element = 1 + (at >= half)
            if has_elements and at in (0, half):
                lines += ["", f"Element {element}: Part {'AB'[element - 1]} of the work", ""]
            elif item.group and not has_elements:
                lines += ["", item.group, ""] if lines else [item.group, ""]
            n = at % half + 1 if has_elements else at + 1
            lines += self.item(letter, n, item)
            self.statements.append(self.statement(letter, n, element if has_elements else 0, item))
        return lines

    def item(self, letter: str, n: int, item: Any) -> list[str]:
        """Return the lines of an item."""
        mark, wording = _mark(self.layout["sign"], letter, n), self.wording(item)
        if self.is_column and mark.strip() and not mark.endswith("\n"):
            mark = f"{mark:<6}"
        hanging = " " * len(mark) if self.is_column else ""
        above, mark = mark.split("\n") if mark.endswith("\n") else ("", mark)
        done = [above] if above else []
        width = min(self.layout["width"], 60) if self.is_column else self.layout["width"]
        done += textwrap.wrap(mark + wording, width, subsequent_indent=hanging, break_on_hyphens=False)
        indent = " " * (8 if self.is_column else self.layout["indent"])
        done += [f"{indent}{part}" for part in self.parts(item)]
        return done + [""] * self.layout["gap"]

    def wording(self, item: Any) -> str:
        """Return the wording of an item without its parts."""
        text = _cased(item.text, self.layout)
        return text if item.parts else text + self.layout["end"]

    def parts(self, item: Any) -> list[str]:
        """Return the parts of an item with their marks."""
        within = self.layout["within"]
        marks = {"a. ": "abcdef", "i. ": ["i", "ii", "iii", "iv"], "1.1 ": "123456"}.get(within)
        if marks is None:
            return [f"{within}{part}" for part in item.parts]
        signs = [f"1.{mark} " if within == "1.1 " else f"{mark}. " for mark in marks]
        return [f"{sign}{part}" for sign, part in zip(signs, item.parts, strict=False)]

    def statement(self, letter: str, n: int, element: int, item: Any) -> tuple[str, str]:
        """Return the code and the wording of an item, as it should be read."""
        sign = self.layout["sign"]
        letters = _LONG[letter] if sign == "PC1" else letter
        before = sum(code.startswith(letter) for code, _ in self.statements)
        in_order = sign in ("", "•", "a)")
        code = (
            f"{letter}{before + 1}" if in_order else f"{letters}{element}.{n}" if element else f"{letters}{n}"
        )
        return code, " ".join((self.wording(item), *self.parts(item)))

    def head(self) -> list[str]:
        """Return the lines with the number and the title."""
        urn, title = self.unit.urn, self.unit.title
        return {
            "urn, title": [urn, title],
            "title, urn": [title, urn],
            "urn title": [f"{urn} {title}"],
            "title": [title],
            "labels": [f"Title: {title}", f"URN: {urn}"],
        }[self.layout["head"]]

    def facts(self) -> list[str]:
        """Return the lines of the facts at the end."""
        how, done = self.layout["facts"], []
        for name, value in self.unit.facts.items():
            if self.is_column or how == "columns":
                left = textwrap.wrap(name, 17)
                done += ["", *(f"{one:<22}{value if not at else ''}".rstrip() for at, one in enumerate(left))]
            elif how in ("colon", "top"):
                done.append(f"{name}: {value}")
            elif how == "spaces":
                done.append(f"{name} {value}")
            else:
                done += [*([""] if how == "lines with gaps" else []), name, value]
        return done

    def text(self) -> str:
        """Return the unit as a text."""
        overview = [*self.layout["overview"].split("\n")[:-1], self.unit.overview, ""]
        is_top = self.layout["facts"] == "top" and not self.is_column
        lines = [*(self.facts() if is_top else []), "", *overview]
        for heading, items in self.lists():
            lines += [
                "",
                *(self.beside(heading, items) if self.is_column else [*heading.split("\n"), "", *items]),
            ]
        for name, values in (("Scope/range", self.unit.scope), ("Glossary", self.unit.glossary)):
            lines += ["", name, *values] if values else []
        lines += [] if is_top else ["", *self.facts()]
        return "\n".join([*self.head(), *self.pages(lines)])

    def beside(self, heading: str, items: list[str]) -> list[str]:
        """Return a heading at the side of the items."""
        left = [line for part in heading.split("\n") for line in textwrap.wrap(part, 17)]
        height = max(len(left), len(items))
        left, items = left + [""] * (height - len(left)), items + [""] * (height - len(items))
        return [f"{one:<20}{other}".rstrip() for one, other in zip(left, items, strict=True)]

    def pages(self, lines: list[str]) -> list[str]:
        """Return the lines on pages, each with a foot and the next with a head."""
        length = self.layout["pages"]
        if not length:
            return lines
        done: list[str] = []
        for n, start in enumerate(range(0, len(lines), length), start=1):
            foot = self.layout["foot"].format(urn=self.unit.urn, title=self.unit.title, n=n)
            done += [
                *lines[start : start + length],
                "",
                *foot.split("\n"),
                "\f" + self.unit.urn,
                self.unit.title,
                "",
            ]
        return done


def layout_to_input(layout: Layout) -> tuple[bytes, str, Statements, Unit]:
    """Return the bytes of a unit, the name of its file, the statements that it has, and the unit."""
    form, unit = layout["form"], UNITS[layout["unit"]]
    sign = layout["sign"] if layout["sign"] in ("P1", "P1.", "1.", "1", "PC1", "") else "P1"
    if form == "page":
        return to_page(unit, sign).encode(), "mine.html", unit.statements(sign), unit
    if form == "Markdown":
        return to_markdown(unit, sign).encode(), "mine.md", unit.statements(sign), unit
    if form in ("Word", "tables in Word"):
        return to_word(unit, sign, in_tables=form != "Word"), "mine.docx", unit.statements(sign), unit
    if form == "raw":
        layout = {**layout, "sign": "P1 alone", "facts": "lines"}
    writer = _Writer(layout)
    return writer.text().encode(), "mine.txt", writer.statements, unit


def without_marks(text: str) -> str:
    """Return a wording without the bullets within it, which differ between forms of files."""
    for sign in ("•", "o", "▪", "–", "-"):
        text = text.replace(f" {sign} ", " ")
    return text
