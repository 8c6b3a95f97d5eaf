"""Made-up NOS units of several sectors, and their text in each form in which a user can have them."""

from __future__ import annotations

import html
import io
import textwrap
from dataclasses import dataclass, field

import docx

CRITERIA, MUST = "Performance criteria", "You must be able to:"
KNOWLEDGE, NEED = "Knowledge and understanding", "You need to know and understand:"
SIGNS = {"P1": "{letter}{n}", "P1.": "{letter}{n}.", "1.": "{n}.", "1": "{n}", "PC1": "{long}{n}", "": ""}
LONG = {"P": "PC", "K": "KU"}


@dataclass(frozen=True)
class Listed:
    """An item of a list, with what is within it and the heading of the group that begins with it."""

    text: str
    parts: tuple[str, ...] = ()
    group: str = ""


def listed(*rows):
    """Give items: a text that ends with | begins a group, a tuple has the parts of an item."""
    items, group = [], ""
    for row in rows:
        if isinstance(row, str) and row.endswith("|"):
            group = row[:-1]
            continue
        text, *parts = row if isinstance(row, tuple) else (row,)
        items.append(Listed(text, tuple(parts), group))
        group = ""
    return tuple(items)


@dataclass(frozen=True)
class Unit:
    """A made-up unit: its number, title, overview, lists, scope and facts."""

    urn: str
    title: str
    overview: str
    criteria: tuple[Listed, ...]
    knowledge: tuple[Listed, ...]
    facts: dict[str, str] = field(default_factory=dict)
    scope: tuple[str, ...] = ()
    glossary: tuple[str, ...] = ()

    @property
    def lists(self):
        """The two lists, each with its heading, the line below that, and its letter."""
        return ((CRITERIA, MUST, "P", self.criteria), (KNOWLEDGE, NEED, "K", self.knowledge))

    def statements(self, sign="P1"):
        """Give the code and the wording of each statement, the parts of an item behind it."""
        return [
            (f"{LONG[letter] if sign == 'PC1' else letter}{n}", " ".join((item.text, *item.parts)))
            for _, _, letter, items in self.lists
            for n, item in enumerate(items, start=1)
        ]


def facts(developer, urn, occupations, suite, keywords, version="2", date="March 2021", review="March 2026"):
    return {
        "Developed by": developer,
        "Version Number": version,
        "Date Approved": date,
        "Indicative Review Date": review,
        "Validity": "Current",
        "Status": "Original",
        "Originating Organisation": developer,
        "Original URN": urn,
        "Relevant Occupations": occupations,
        "Suite": suite,
        "Keywords": keywords,
    }


UNITS = (
    Unit(
        "TILWB04",
        "Repoint the ridge of a tiled roof",
        "This standard is about repointing ridges. It is for people who mend roofs.",
        listed(
            "Prepare for work|",
            "check that the scaffold has been inspected and that its tag is in date",
            ("gather the tools for the ridge, including:", "a plugging chisel", "a pointing trowel"),
            "Repoint the ridge|",
            "rake out loose mortar to the depth that the method statement gives",
            "bed the tiles on fresh mortar",
        ),
        listed(
            "Materials|",
            ("the kinds of mortar that are used on ridges:", "lime", "cement"),
            "why wet mortar must not be left in frost",
            "Health and safety|",
            "how to stop tiles from falling on people below the roof",
        ),
        facts(
            "Roof Skills", "TILWB04", "Roofers; Slaters and tilers; Roof repairers", "Roofing", "ridge; tile"
        ),
        scope=("Ridges", "Hips"),
        glossary=("Ridge: the top line of a roof.",),
    ),
    Unit(
        "CARDX11",
        "Help a person to eat and drink",
        "This standard is about meals in a care home.",
        listed(
            "ask the person what they wish to eat and drink",
            "prepare the place where the person eats so that it is clean and calm",
            "offer food at the pace of the person",
            "record what was eaten in line with the care plan",
        ),
        listed(
            "the rights of the person, and how they are kept at meals",
            "how an illness can change the way in which a person swallows",
            "whom to tell if a person does not eat",
        ),
        facts("Care Words", "CARDX11", "Care assistants", "Health and Social Care", "food; drink; meals"),
    ),
    Unit(
        "LNDFA7",
        "Milk goats by machine",
        "This standard is about milking goats.",
        listed(
            "move the goats to the parlour without haste",
            "draw foremilk and look for signs of illness",
            "put the clusters on and take them off at the right time",
        ),
        listed(
            "the parts of the machine and what each part does",
            ("signs of illness, such as:", "swelling", "clots in the milk", "heat"),
            "the law on the hygiene of milk",
            "how to keep records",
        ),
        facts("Land Words", "LNDFA7", "Farm workers; Herd managers", "Livestock", "goat; milk", version="1"),
        scope=("Goats", "Sheep that are milked"),
    ),
    Unit(
        "SCRPR21",
        "Look after the post of a radio show",
        "This standard is about answering letters of listeners.",
        listed(
            "sort letters by their subject on the day on which they come",
            "answer letters in the voice of the show",
            "pass complaints to the producer, with the letter",
        ),
        listed(
            "the policy of the station on privacy",
            "what may be read out and what may not",
        ),
        facts("Screen Words", "SCRPR21", "Runners; Researchers", "Radio", "letters; listeners"),
    ),
    Unit(
        "ENGFT30",
        "Fit a gland to a pump shaft",
        "This standard is about sealing the shafts of pumps.",
        listed(
            "Isolate the pump|",
            "isolate the pump and prove that it is safe to open",
            "Fit the gland|",
            "pack the gland with rings that are cut to the length of the shaft",
            "tighten the gland evenly, and check for leaks when the pump runs",
        ),
        listed(
            "how to read the drawing of the pump",
            "the kinds of packing, and the fluid that each is for",
            "what happens when a gland is too tight",
        ),
        facts("Pump Words", "ENGFT30", "Fitters; Maintenance technicians", "Engineering", "pump; gland"),
        glossary=("Gland: the part that holds the packing.",),
    ),
    Unit(
        "BUSOF9",
        "Run the stock room of an office",
        "This standard is about paper, ink and the like.",
        listed(
            "count the stock on the agreed days",
            "order what is short from approved suppliers",
            "store what is delivered where people can reach it without a ladder",
            "report waste",
        ),
        listed(
            "the budget and who agrees to spend it",
            "how to lift a box safely",
        ),
        facts("Office Words", "BUSOF9", "Administrators", "Business and Administration", "stock; paper"),
    ),
)


def mark(sign, letter, n, bullet="•"):
    """Give the mark of an item, with a space behind it."""
    shown = SIGNS[sign].format(letter=letter, n=n, long=LONG[letter]) if sign else bullet
    return f"{shown} "


def to_text(unit, sign="P1", width=200):
    """Give a unit as a text, as a page is copied."""
    lines = [unit.urn, unit.title, "", "Overview", "", unit.overview, ""]
    for heading, stem, letter, items in unit.lists:
        lines += ["", heading, stem, ""]
        for n, item in enumerate(items, start=1):
            lines += ["", item.group] if item.group else []
            lines += textwrap.wrap(mark(sign, letter, n) + item.text, width)
            lines += [f"• {part}" for part in item.parts]
    for name, values in (("Scope/range", unit.scope), ("Glossary", unit.glossary)):
        lines += ["", name, *values] if values else []
    lines += [line for name, value in unit.facts.items() for line in ("", name, value)]
    return "\n".join(lines)


def to_markdown(unit, sign="P1"):
    """Give a unit as Markdown."""
    lines = [f"# {unit.title}", "", f"URN: {unit.urn}", "", "## Overview", "", unit.overview, ""]
    for heading, stem, letter, items in unit.lists:
        lines += [f"## {heading}", "", stem, ""]
        for n, item in enumerate(items, start=1):
            lines += ["", f"### {item.group}", ""] if item.group else []
            dash = "- " if sign not in ("1.",) else ""
            lines.append(dash + (mark(sign, letter, n) if sign else "") + item.text)
            lines += [f"    - {part}" for part in item.parts]
        lines.append("")
    for name, values in (("Scope/range", unit.scope), ("Glossary", unit.glossary)):
        lines += [f"## {name}", "", *(f"- {value}" for value in values), ""] if values else []
    lines += ["", "| | |", "|---|---|", *(f"| {n} | {v} |" for n, v in unit.facts.items())]
    return "\n".join(lines)


def to_page(unit, sign="P1"):
    """Give a unit as a web page; with the sign 1. the numbers are those of the lists of the page."""
    body = f"<h1>{unit.title}</h1><p>{unit.urn}</p><h2>Overview</h2><p>{unit.overview}</p>"
    for heading, stem, letter, items in unit.lists:
        body += f"<h2>{heading}</h2><p>{stem}</p>"
        rows = ""
        for n, item in enumerate(items, start=1):
            if item.group:
                body += _html_list(rows, sign) + f"<h3>{item.group}</h3>"
                rows = ""
            within = "".join(f"<li>{html.escape(part)}</li>" for part in item.parts)
            within = f"<ul>{within}</ul>" if within else ""
            shown = "" if sign in ("", "1.") else mark(sign, letter, n)
            number = f' value="{n}"' if sign == "1." else ""
            rows += f"<li{number}>{shown}{html.escape(item.text)}{within}</li>"
        body += _html_list(rows, sign)
    for name, values in (("Scope/range", unit.scope), ("Glossary", unit.glossary)):
        body += f"<h2>{name}</h2>{''.join(f'<p>{value}</p>' for value in values)}" if values else ""
    rows = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in unit.facts.items())
    return f"<!DOCTYPE html><html><body><main>{body}<table>{rows}</table></main></body></html>"


def _html_list(rows, sign):
    tag = "ol" if sign == "1." else "ul"
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def to_word(unit, sign="P1", *, in_tables=False):
    """Give the bytes of a unit as a Word file, with its headings beside its lists in tables if wished."""
    document = docx.Document()
    document.add_paragraph(unit.urn)
    document.add_heading(unit.title, 1)
    document.add_heading("Overview", 2)
    document.add_paragraph(unit.overview)
    for heading, stem, letter, items in unit.lists:
        place = document
        if in_tables:
            row = document.add_table(1, 2).rows[0]
            row.cells[0].paragraphs[0].text = heading
            row.cells[0].add_paragraph(stem)
            place = row.cells[1]
        else:
            document.add_heading(heading, 2)
            document.add_paragraph(stem)
        for n, item in enumerate(items, start=1):
            if item.group:
                place.add_paragraph().add_run(item.group).bold = True
            shown = mark(sign, letter, n) if sign else ""
            place.add_paragraph(shown + item.text, style=None if sign else "List Bullet")
            for part in item.parts:
                place.add_paragraph(part, style="List Bullet 2")
    for name, values in (("Scope/range", unit.scope), ("Glossary", unit.glossary)):
        if values:
            document.add_heading(name, 2)
            for value in values:
                document.add_paragraph(value)
    table = document.add_table(0, 2)
    for name, value in unit.facts.items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _beside(left, right, column):
    """Give the lines of two columns."""
    height = max(len(left), len(right))
    left, right = left + [""] * (height - len(left)), right + [""] * (height - len(right))
    return [f"{one:<{column}}{other}".rstrip() for one, other in zip(left, right, strict=True)]


def to_layout(unit, sign="P1", *, column=20, width=52, page=14, stem_at_side=True):
    """Give a unit as the text of a PDF: headings at the side of its lists, pages with head and foot."""
    blocks = [_beside(["Overview"], textwrap.wrap(unit.overview, width), column)]
    for heading, stem, letter, items in unit.lists:
        side = textwrap.wrap(heading, column - 3)
        side += ["", *textwrap.wrap(stem, column - 3)] if stem_at_side else []
        right = [] if stem_at_side else [stem, ""]
        for n, item in enumerate(items, start=1):
            right += ["", item.group, ""] if item.group and right else [item.group, ""] if item.group else []
            shown = mark(sign, letter, n)
            right += textwrap.wrap(
                f"{shown:<6}{item.text}", width, subsequent_indent=" " * 6, break_on_hyphens=False
            )
            right += [f"{'':8}•   {part}" for part in item.parts]
        blocks.append(_beside(side, right, column))
    for name, values in (("Scope/range", unit.scope), ("Glossary", unit.glossary)):
        if values:
            blocks.append(_beside([name], list(values), column))
    lines = [line for block in blocks for line in ("", *block)]
    of_facts = []
    for name, value in unit.facts.items():
        of_facts += ["", *_beside(textwrap.wrap(name, column - 3), textwrap.wrap(value, width), column)]
    return "\n".join(to_pages(lines, unit, page) + to_pages(of_facts, unit, 60))


def to_pages(lines, unit, length):
    """Give lines on pages, each with the number and the title of the unit at its head and its foot."""
    done = []
    for start in range(0, len(lines), length):
        done += [unit.urn, unit.title, "", *lines[start : start + length], ""]
        done += [f"{unit.urn} {unit.title}{'':20}{start // length + 1}", "\f"]
    return done
