"""Write the report of two versions as one page, which needs no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from curriculum.analysis.changes import crosswalk_to_marks
from curriculum.analysis.graph_positions import graph_to_drawing
from curriculum.analysis.standard_graph import tables_to_graph
from curriculum.analysis.worklist import ACTIONS
from curriculum.errors import NotFound
from curriculum.html.cells import NUMBER, WORDING, Bar, Cell, Column, Link, Section, Table
from curriculum.html.graph_svg import drawing_to_html
from curriculum.html.pages import render_page
from curriculum.model import vocabulary as v
from curriculum.report.link_cells import Reasons
from curriculum.report.report_content import GROUPS, Report
from curriculum.report.report_tables import crosswalk_to_table, unlinked_to_table, worklist_to_table
from curriculum.tables.shown_frame import frame_to_shown, wordings_to_runs

__all__ = ["report_to_page"]

TRUST: Final = (
    "Links are proposed from the wording. “Look needed: no” means that a proposal is nearly certain, or that "
    "a person decided; all others wait for a person. “No counterpart found” and “new” mean: as far as the "
    "linker sees."
)
_ABOUT: Final = {
    "worklist": "What to do with the material for each statement and duty of {new}, the costliest first: "
    "teach anew, rewrite, check (a person has to decide first), adjust, keep.",
    "crosswalk": "Each link with both wordings. Words of the old wording alone are struck through; words "
    "of the new one alone are underlined. “Why” shows the scores, and the other candidates.",
    v.NO_COUNTERPART: "Statements of {old} for which nothing is proposed in {new}. Look at the candidates "
    "before you drop material.",
    v.WITHDRAWN: "Statements of {old} of which a person decided that they have no counterpart in {new}.",
    v.NEW: "Statements of {new} for which no statement of {old} was found.",
    "responsibility": "Links whose verbs are of another level: follow, help, do the work, be responsible for "
    "others.",
    "groups": "How many KSBs of each {group} of {new} are the same, reworded, merged or split, and new.",
    "assessment": "How much of what each assessment method of {new} assesses is new.",
    "findings": "What a careful reader notices in the two texts themselves, with the line.",
}
_UNLINKED: Final = {
    v.NO_COUNTERPART: "No counterpart found",
    v.WITHDRAWN: "Withdrawn",
    v.NEW: "New statements",
}
_COUNTS: Final = {
    "n_ksbs": "KSBs",
    "n_same": "same",
    "n_reworded": "reworded",
    "n_joined": "merged or split",
    "n_new": "new",
    "n_raised": "level raised",
    "n_lowered": "level lowered",
    "n_waiting": "waiting",
}
_Row = Mapping[Any, Any]


def report_to_page(report: Report) -> bytes:
    """Return the report as one HTML page in UTF-8, which loads nothing from elsewhere.

    Each statement is the place to which a link leads: ``#st0792-1.0:K9`` for an old one and
    ``#st0792-1.2:K9`` for a new one.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk, read_tables
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> folder = Path("data/processed")
    >>> pair = select_pair(read_crosswalk(folder), "st0792-1.0", "st0792-1.2")
    >>> page = report_to_page(Report(pair, read_tables(folder)))
    >>> b'id="st0792-1.2:K16"' in page, b"<img" in page
    (True, False)
    """
    return render_page(
        "report.html",
        title=report.title,
        about=list(report.about()),
        headline=str(report.headline),
        trust=TRUST,
        sentences=list(report.sentences()),
        legend=(),
        parts=list(_sections(report)),
        graph=Markup(_graph(report)),
    )


def _graph(report: Report) -> str:
    """Return the graph of the new version, with what became of each code; empty without one."""
    new = report.pair[1]
    graph, marks = tables_to_graph(report.tables, new), crosswalk_to_marks(report.crosswalk)
    links = {code: f"#{new}:{code}" for code in report.worklist[v.CODE]}
    try:
        drawing = graph_to_drawing(graph, f"Duties, KSBs and themes of {new}", marks, links)
    except NotFound:
        return ""
    return drawing_to_html(drawing, "graph-of-new")


def _sections(report: Report) -> Iterator[Section]:
    """Yield the sections in the order in which a reader asks."""
    statements, duties = report.statements(), report.duties()
    reasons = Reasons.of(report.crosswalk, report.candidates)
    yield Section("summary", "What to do, in numbers", _actions(report.worklist))
    table = worklist_to_table(report.worklist, report.pair)
    yield Section("worklist", "Worklist", table, _about(report, "worklist"))
    table = crosswalk_to_table(statements, report.tables, reasons)
    yield Section("crosswalk", "Crosswalk", table, _about(report, "crosswalk"))
    if len(duties):
        table = crosswalk_to_table(duties, report.tables, reasons)
        yield Section("crosswalk-of-duties", "Crosswalk of the duties", table)
    for change, heading in _UNLINKED.items():
        rows = statements[statements[v.CHANGE] == change]
        table = unlinked_to_table(rows, reasons, of_new=change == v.NEW)
        yield Section(change.replace(" ", "-"), heading, table, _about(report, change))
    table = _responsibility(report)
    yield Section("responsibility", "Level of responsibility", table, _about(report, "responsibility"))
    for group in GROUPS:
        if len(report.group(group)):
            about = _about(report, "groups", group=group)
            yield Section(f"by-{group.replace(' ', '-')}", f"By {group}", _groups(report, group), about)
    if len(report.impact.assessment):
        table = frame_to_shown(report.impact.assessment)
        yield Section("assessment", "Assessment", table, _about(report, "assessment"))
    findings = frame_to_shown(report.findings())
    yield Section("findings", "Findings in both documents", findings, _about(report, "findings"))
    yield Section("sources", "Where this comes from", _sources(report), report.basis)


def _about(report: Report, name: str, **further: str) -> str:
    old, new = report.pair
    return _ABOUT[name].format(old=old, new=new, **further)


def _actions(worklist: pd.DataFrame) -> Table:
    """Return how many statements and duties each action is for."""
    counts = worklist["action"].value_counts()
    rows = []
    for action in ACTIONS:
        n_rows = int(counts.get(action, 0))
        bar = Cell(f"{n_rows} of {len(worklist)}", counts=(n_rows, 0, len(worklist) - n_rows))
        rows.append((Cell(action), bar))
    return Table("", (Column("action", "short"), Column("statements and duties of the new version")), rows)


def _responsibility(report: Report) -> Table:
    old, new = report.pair
    columns = (
        Column("old", "code"),
        Column("old wording", WORDING),
        Column("new", "code"),
        Column("new wording", WORDING),
        Column("level", "short", True),
        Column("by the words"),
    )
    rows = []
    for row in report.impact.responsibility.to_dict("records"):
        deleted, inserted = wordings_to_runs(row["old_wording"], row["new_wording"])
        codes = (_link(row["old_code"], old), _link(row["new_code"], new))
        level = (Cell(row[v.RESPONSIBILITY]), Cell(row[v.RESPONSIBILITY_WORDS]))
        rows.append((codes[0], Cell(runs=deleted), codes[1], Cell(runs=inserted), *level))
    return Table("", columns, rows)


def _groups(report: Report, group: str) -> Table:
    counts = [Column(heading, NUMBER) for heading in _COUNTS.values()]
    columns = (Column(group), *counts, Column("share of new ones", "short"), Column("new KSBs"))
    rows = [_group_row(row, report.pair[1]) for row in report.group(group).to_dict("records")]
    return Table("", columns, rows)


def _group_row(row: _Row, new: str) -> tuple[Cell, ...]:
    option = "" if row[v.OPTION].casefold() == v.CORE else row[v.OPTION]
    return (
        Cell(row[v.NAME], code=row[v.CODE], notes=(option,)),
        *(Cell(str(row[name])) for name in _COUNTS),
        Cell(bars=[Bar("", row["share_new"])], sort=f"{row['share_new']:.3f}"),
        Cell(links=[Link(code, f"{new}:{code}") for code in row["new"].split(", ") if code]),
    )


def _link(code: str, document_id: str) -> Cell:
    return Cell(links=[Link(code, f"{document_id}:{code}")])


def _sources(report: Report) -> Table:
    names = [v.DOCUMENT_ID, v.KIND, v.SOURCE_PATH, v.SHA256, v.PUBLISHER, v.LICENCE]
    return frame_to_shown(report.documents()[names])
