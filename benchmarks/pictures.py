"""Draw the pictures of the front page and of the documentation from what the package returns.

    python benchmarks/pictures.py

It writes them to docs/, and what is to be seen on each into the pages that show it. tests/test_pictures.py
draws them again and compares each byte.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from svg_table import WIDTH, Span, TablePicture, picture_to_svg

import curriculum as cu
from curriculum.analysis.worklist import ACTIONS
from curriculum.html.cells import CODE, WORDING, Cell, Column, Table
from curriculum.html.graph_svg import drawing_to_svg
from curriculum.library.crosswalk_object import Crosswalk
from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase
from curriculum.report.link_cells import Reasons
from curriculum.report.report_tables import crosswalk_to_table, unlinked_to_table, worklist_to_table

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
TRACKER: Final = ROOT / "examples" / "portfolio.csv"
OLD, NEW = "st0792-1.0", "st0792-1.2"
# Neighbours in the old text, of which some have links and some have none.
OLD_CODES: Final = ("K30", "K31", "K32", "K33", "K34")
# Lines that follow each other in the two texts.
PRINTED: Final = {OLD: ("K32", "K33", "K34"), NEW: ("K27", "K28", "K29")}
N_OF_ACTION, N_TRACKED = 2, 5


def link() -> Crosswalk:
    """Return the crosswalk of the two versions."""
    return cu.Project(ROOT / "data").link(OLD, NEW)


def draw_texts() -> str:
    """Draw some lines of both texts, as they are printed."""
    project = cu.Project(ROOT / "data")
    sides = [
        [_line_to_cells(project.read(version), code) for code in codes] for version, codes in PRINTED.items()
    ]
    rows = [[*old, *new] for old, new in zip(*sides, strict=True)]
    columns = [Column("line"), Column("text as printed", WORDING)] * 2
    printed = [
        f"{version} prints {codes[0]} to {codes[-1]} on the lines {cells[0][0].text} to {cells[-1][0].text}"
        for (version, codes), cells in zip(PRINTED.items(), sides, strict=True)
    ]
    about = f"Lines of two published texts, with their numbers: {names_to_phrase(printed)}."
    spans = [Span(version, 2) for version in PRINTED]
    table = Table("What goes in: the published texts of two versions", columns, rows)
    return picture_to_svg(
        TablePicture(about, table, (46, 359, 46, 359), spans, most_lines=2, has_rules=False)
    )


def _line_to_cells(standard: cu.Standard, code: str) -> list[Cell]:
    """Return the number and the text of the line that prints a statement."""
    row = standard.lines(code).iloc[0]
    return [Cell(str(row["line"])), Cell(row["printed"])]


def draw_crosswalk() -> str:
    """Draw what became of some old statements."""
    crosswalk = link()
    rows = [cells for code in OLD_CODES for cells in _code_to_rows(crosswalk, code)]
    headings = ("1.0", "old wording", "1.2", "new wording", "confidence", "look needed")
    kinds = (CODE, WORDING, CODE, WORDING, "", "")
    columns = [Column(heading, kind) for heading, kind in zip(headings, kinds, strict=True)]
    caption = f"The crosswalk: what became of {OLD_CODES[0]} to {OLD_CODES[-1]}"
    n_settled = sum(row[-1].text == "no" for row in rows)
    about = (
        f"{len(rows)} rows of a crosswalk, each with the old and the new wording. Deleted words are struck "
        "through, inserted words are underlined. At the right are the confidence of the link, and whether a "
        f"person has to look at it: {n_settled} rows need no look."
    )
    return picture_to_svg(TablePicture(about, Table(caption, columns, rows), (42, 278, 42, 278, 94, 76)))


def _code_to_rows(crosswalk: Crosswalk, code: str) -> list[list[Cell]]:
    """Return the rows of an old statement: its links, or its likeliest candidate."""
    reasons = Reasons.of(crosswalk.table, crosswalk.all_candidates)
    of_code = crosswalk.table[crosswalk.table[v.SUBJECT_ID] == f"{OLD}:{code}"]
    links = crosswalk_to_table(of_code, crosswalk._linked_tables("pictures"), reasons)
    if links.rows:
        return _columns(links, ("old", "old wording", "new", "new wording", "confidence", "look needed"))
    ((_, wording, likeliest, _),) = unlinked_to_table(of_code, reasons).rows
    note = f"Likeliest: {likeliest.code} {likeliest.text}"
    found = Cell("No counterpart found", notes=[note])
    return [[Cell(code), wording, Cell("–"), found, Cell(), Cell("yes")]]


def _columns(table: Table, headings: Sequence[str]) -> list[list[Cell]]:
    """Return the cells of some columns of a table."""
    places = {column.heading: at for at, column in enumerate(table.columns)}
    return [[row[places[heading]] for heading in headings] for row in table.rows]


def draw_worklist() -> str:
    """Draw the first rows of each action of the worklist."""
    worklist = link().worklist()
    counts = worklist["action"].value_counts()
    found = [action for action in ACTIONS if action in counts]
    first = worklist.groupby("action", sort=False).head(N_OF_ACTION)
    headings = ("action", "code", "wording", "reason", "duties", "themes")
    rows = _columns(worklist_to_table(first, (OLD, NEW)), headings)
    shown = [Column(heading, CODE if heading == "code" else "") for heading in headings]
    told = ", ".join(f"{counts[action]} {action}" for action in found)
    about = (
        f"For each statement of version 1.2, what to do with the material: {told}. The first rows of each "
        "action are shown, with the reason, and the duties and themes that need the statement."
    )
    table = Table(f"The worklist, first rows of each action (in all {told})", shown, rows)
    return picture_to_svg(TablePicture(about, table, (96, 46, 290, 226, 82, 70), most_lines=2))


def draw_tracker() -> str:
    """Draw the first rows of a tracker as `curriculum remap` writes it."""
    header, *rows = remapped_rows()
    columns = [Column(heading, CODE if at in (1, 3) else "") for at, heading in enumerate(header)]
    settled = {v.UNCHANGED, v.REPLACED, v.MERGED, v.SPLIT}
    cells = [
        [
            Cell(text, mark=("○" if text in settled else "●") if heading == "outcome" else "")
            for heading, text in zip(header, row, strict=True)
        ]
        for row in rows[:N_TRACKED]
    ]
    about = (
        "The first rows of a portfolio. Its columns Evidence, KSBs and Notes are as before. Three columns "
        "are new: the codes of version 1.2, the outcome, and a note. A filled circle marks what a person has "
        "to decide."
    )
    spans = [Span("your columns, unchanged", 3), Span("added: new codes; ● a person has to decide", 3, True)]
    table = Table("A tracker, remapped from version 1.0 to 1.2", columns, cells)
    return picture_to_svg(TablePicture(about, table, (132, 90, 142, 98, 88, 260), spans, 3, is_sheet=True))


def remapped_rows() -> list[list[str]]:
    """Return the header and the rows of the remapped copy, as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = cu.remap(TRACKER, link()).save(Path(folder) / "copy.csv")[-1]
        return list(csv.reader(io.StringIO(copy.read_text(encoding="utf-8-sig"), newline="")))


def draw_graph(standard: cu.Standard) -> str:
    """Draw the duties, KSBs and themes of a standard."""
    return drawing_to_svg(standard.plot_graph().drawing._replace(width=WIDTH)) + "\n"


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "published_texts.svg": draw_texts,
    "graph.svg": lambda: draw_graph(cu.Project(ROOT / "data").read(NEW)),
    "graph_of_the_example.svg": lambda: draw_graph(cu.example().read("st9901-1.1")),
    "crosswalk.svg": draw_crosswalk,
    "worklist.svg": draw_worklist,
    "remapped_tracker.svg": draw_tracker,
    "duties.svg": lambda: link().plot_impact().svg(),
    "steps_of_a_confidence.svg": lambda: link().plot_why("K30").svg(),
}


def svg_to_alt(svg: str) -> str:
    """Return what a picture says of itself, for the pages that show it."""
    about = ElementTree.fromstring(svg).find("{*}desc")
    return (about.text or "") if about is not None else ""


def with_alts(text: str, alts: Mapping[str, str]) -> str:
    """Return a page whose pictures have the texts of their files."""
    for name, alt in alts.items():
        text = re.sub(
            rf"!\[[^\]]*\]\(((?:docs/)?{re.escape(name)})\)",
            lambda found, alt=alt: f"![{alt}]({found[1]})",
            text,
        )
    return text


def main() -> None:
    """Write the pictures, and their texts for people who do not see them into the pages."""
    drawn = {name: draw() for name, draw in PICTURES.items()}
    for name, svg in drawn.items():
        (DOCS / name).write_text(svg, encoding="utf-8", newline="\n")
    alts = {name: svg_to_alt(svg) for name, svg in drawn.items()}
    for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        before = page.read_text(encoding="utf-8")
        if (after := with_alts(before, alts)) != before:
            page.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
