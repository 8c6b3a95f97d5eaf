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
from curriculum.crosswalk.column_meanings import COLUMN_MEANINGS
from curriculum.errors import NotFound
from curriculum.html.cells import NUMBER, WORDING, Bar, Cell, Column, Link, Section, Table
from curriculum.html.graph_svg import drawing_to_html
from curriculum.html.pages import render_page
from curriculum.model import vocabulary as v
from curriculum.report.link_cells import Reasons
from curriculum.report.report_content import GROUPS, Report
from curriculum.report.report_tables import (
    ACTION_MARKS,
    crosswalk_to_table,
    old_codes_to_table,
    unlinked_to_table,
    worklist_to_table,
)
from curriculum.tables.shown_frame import frame_to_shown, wordings_to_runs

__all__ = ["report_to_page"]

TRUST: Final = (
    "Every link is a proposal made from the wording, until a person has decided it. “Look needed: no” means "
    "that a link is nearly certain or decided; “Look needed: yes” means that a person has to look at it "
    "before it is used. “No counterpart found” and “new” mean: as far as the linker sees."
)
CORRECTION: Final = (
    "A link is settled or corrected in the workbook that the command “review export” writes; then the report "
    "is written again. The codes of a tracker are changed by the command “remap”."
)
_ABOUT: Final = {
    "codes": "Each code of {old}, with the codes of {new} in its place. Where a look is needed, do not copy "
    "a code before a person has decided.",
    "worklist": "What to do with the material for each {listed} of {new}, the most work first.",
    "crosswalk": "Each link with both wordings. Words of the old wording alone are struck through; words of "
    "the new one alone are underlined. An old code that is not here is below “No counterpart found” or "
    "“Withdrawn”.",
    v.NO_COUNTERPART: "{What} of {old} for which nothing is proposed in {new}. Look at the candidates "
    "before you drop material; in brackets is the confidence of each, from 0 to 1.",
    v.WITHDRAWN: "{What} of {old} of which a person decided that they have no counterpart in {new}.",
    v.NEW: "{What} of {new} for which no {one} of {old} was found, with the likeliest candidates.",
    "responsibility": "Links in which the verbs suggest that more is asked of the apprentice (raised), or "
    "less (lowered). The levels are: follow, help, do the work, be responsible for others.",
    "groups": "How many KSBs of each {group} of {new} are the same, reworded, merged or split, and new. "
    "“Look needed” counts those that a person has to look at.",
    "assessment": "How much of what each assessment method of {new} assesses is new, and how many grading "
    "descriptors have a new KSB.",
    "findings": "What a careful reader notices in the two texts themselves, with the line.",
}
# When the worklist has an action.
_MEANINGS: Final = {
    "teach anew": "no old statement was found",
    "rewrite": "merged from several, at a higher level of responsibility, or mostly in other words",
    "check": "it has a link that needs a look; then it becomes one of the others",
    "adjust": "reworded, and no link needs a look",
    "keep": "it says the same",
}
# What the columns of the crosswalk mean, and what “Why” opens.
_COLUMNS: Final = (
    *(
        (name, meaning)
        for name, meaning in COLUMN_MEANINGS
        if name in {"relation", "confidence", "look needed", "change"}
    ),
    (
        "Why",
        "How alike both statements are, from 0 to 1: by characters, by words, by clauses, by meaning (words "
        "that are used alike count as alike), by meaning clause by clause, and by the wording as a whole. "
        "Below are the words that differ, what calls for caution, and the other candidates, each with its "
        "confidence.",
    ),
)
# The headings of statements and of duties without a counterpart, by their change.
_UNLINKED: Final = {
    v.NO_COUNTERPART: ("No counterpart found", "Duties: no counterpart found"),
    v.WITHDRAWN: ("Withdrawn", "Duties: withdrawn"),
    v.NEW: ("New statements", "New duties"),
}
_COUNTS: Final = {
    "n_ksbs": "KSBs",
    "n_same": "same",
    "n_reworded": "reworded",
    "n_joined": "merged or split",
    "n_new": "new",
    "n_raised": "level raised",
    "n_lowered": "level lowered",
    "n_waiting": "look needed",
}
# In pixels: a page has more room than a notebook.
_GRAPH_WIDTH: Final = 1100
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
        correction=CORRECTION,
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
    return drawing_to_html(drawing._replace(width=_GRAPH_WIDTH), "graph-of-new")


def _sections(report: Report) -> Iterator[Section]:
    """Yield the sections in the order in which a reader asks."""
    statements, duties = report.statements(), report.duties()
    reasons = Reasons.of(report.crosswalk, report.candidates)
    yield Section("summary", "What to do, in numbers", _actions(report.worklist))
    table = old_codes_to_table(statements)
    yield Section("codes", "Which code now?", table, _about(report, "codes"))
    table = worklist_to_table(report.worklist, report.pair)
    yield Section("worklist", "Worklist", table, _about(report, "worklist"))
    table = crosswalk_to_table(statements, report.tables, reasons)
    yield Section("crosswalk", "Crosswalk", table, _about(report, "crosswalk"), _COLUMNS)
    if len(duties):
        table = crosswalk_to_table(duties, report.tables, reasons)
        yield Section("crosswalk-of-duties", "Crosswalk of the duties", table)
        yield from _unlinked_duties(report, duties, reasons)
    for change, (heading, _) in _UNLINKED.items():
        rows = statements[statements[v.CHANGE] == change]
        table = unlinked_to_table(rows, reasons, of_new=change == v.NEW)
        about = _about(report, change, What="Statements", one="statement")
        yield Section(change.replace(" ", "-"), heading, table, about)
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


def _unlinked_duties(report: Report, duties: pd.DataFrame, reasons: Reasons) -> Iterator[Section]:
    """Yield a section for each change that leaves duties without a counterpart; most pairs have none."""
    for change, (_, heading) in _UNLINKED.items():
        rows = duties[duties[v.CHANGE] == change]
        if len(rows):
            table = unlinked_to_table(rows, reasons, of_new=change == v.NEW)
            about = _about(report, change, What="Duties", one="duty")
            yield Section(f"duties-{change.replace(' ', '-')}", heading, table, about)


def _about(report: Report, name: str, **further: str) -> str:
    old, new = report.pair
    return _ABOUT[name].format(old=old, new=new, listed=" and ".join(_listed(report.worklist)), **further)


def _listed(worklist: pd.DataFrame) -> tuple[str, ...]:
    """Return what the worklist has: statements, and duties if both versions print them."""
    return ("statement", v.DUTY) if (worklist[v.KIND] == v.DUTY).any() else ("statement",)


def _actions(worklist: pd.DataFrame) -> Table:
    """Return how many statements and duties each action is for, and when it is chosen."""
    counts = worklist["action"].value_counts()
    rows = []
    for action in ACTIONS:
        n_rows = int(counts.get(action, 0))
        bar = Cell(f"{n_rows} of {len(worklist)}", counts=(n_rows, 0, len(worklist) - n_rows))
        rows.append((Cell(action, mark=ACTION_MARKS[action]), bar, Cell(_MEANINGS[action])))
    listed = {"statement": "statements", v.DUTY: "duties"}
    heading = " and ".join(listed[name] for name in _listed(worklist))
    return Table("", (Column("action", "short"), Column(heading), Column("when")), rows)


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
    columns = (Column(group, WORDING), *counts, Column("share new", "short"), Column("new KSBs"))
    rows = [_group_row(row, report.pair[1]) for row in report.group(group).to_dict("records")]
    return Table("", columns, rows)


def _group_row(row: _Row, new: str) -> tuple[Cell, ...]:
    is_plain = row[v.OPTION].casefold() == v.CORE or row[v.OPTION] == row[v.NAME]
    option = "" if is_plain else row[v.OPTION]
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
