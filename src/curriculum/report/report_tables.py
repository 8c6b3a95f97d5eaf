"""Turn the worklist and the crosswalk into tables of the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any, Final

import pandas as pd

from curriculum.analysis.groups import codes_by_statement, id_to_code
from curriculum.analysis.worklist import ACTIONS
from curriculum.html.cells import CODE, WORDING, Bar, Cell, Column, Link, Table
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import REVIEW_WORDS, relation_to_word
from curriculum.report.link_cells import Reasons, row_to_reasons
from curriculum.review.explanations import row_to_others
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import frame_to_rows
from curriculum.tables.shown_frame import wordings_to_runs

__all__ = [
    "ACTION_MARKS",
    "crosswalk_to_table",
    "old_codes_to_table",
    "unlinked_to_table",
    "worklist_to_table",
]

_SHORT: Final = "short"
# A sign before each action, which repeats the word for the eye: the fuller, the more work.
ACTION_MARKS: Final = dict(zip(ACTIONS, "●◕◐◔○", strict=True))
_Row = Mapping[Any, Any]


def worklist_to_table(worklist: pd.DataFrame, pair: tuple[str, str]) -> Table:
    """Return the worklist as a table; each new statement is the place to which links lead.

    Parameters
    ----------
    worklist
        As `crosswalk_to_worklist` returns it.
    pair
        The ids of the old and the new version.
    """
    old, new = pair
    columns = (
        Column("code", CODE),
        Column("action", _SHORT, True),
        Column("wording", WORDING),
        Column("reason", WORDING),
        Column("from"),
        Column("kind", _SHORT, True),
        Column("option", is_filter=True),
        Column("duties", is_filter=True),
        Column("themes", is_filter=True),
        Column("methods", is_filter=True),
    )
    rows = [
        (
            Cell(row[v.CODE], anchor=f"{new}:{row[v.CODE]}"),
            Cell(row["action"], mark=ACTION_MARKS[row["action"]], sort=str(ACTIONS.index(row["action"]))),
            Cell(row[v.TEXT]),
            Cell(row["reason"]),
            Cell(links=_links(row["old_codes"], old)),
            Cell(row[v.KIND]),
            Cell(row[v.OPTION]),
            *(Cell(row[name]) for name in ("duties", "themes", "methods")),
        )
        for row in worklist.to_dict("records")
    ]
    return _without_empty(Table("", columns, rows))


def _links(codes: str, document_id: str) -> Sequence[Link]:
    return [Link(code, f"{document_id}:{code}") for code in codes.split(", ") if code]


def _without_empty(table: Table) -> Table:
    """Return a table without the columns that are empty in every row, such as options."""
    used = [at for at in range(len(table.columns)) if any(row[at] != Cell() for row in table.rows)]
    rows = [[row[at] for at in used] for row in table.rows]
    return table._replace(columns=[table.columns[at] for at in used], rows=rows)


def crosswalk_to_table(crosswalk: pd.DataFrame, tables: Tables, reasons: Reasons) -> Table:
    """Return the links of a crosswalk, both wordings side by side with their differences marked.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    tables
        Tables of both versions, for the duties and themes of new statements.
    reasons
        What explains a link.
    """
    columns = (
        Column("old", CODE),
        Column("old wording", WORDING),
        Column("new", CODE),
        Column("new wording", WORDING),
        Column("change", is_filter=True),
        Column("relation", _SHORT, True),
        Column("confidence", _SHORT),
        Column("look needed", _SHORT, True),
        Column("kind", _SHORT, True),
        Column("duties", is_filter=True),
        Column("themes", is_filter=True),
    )
    duties = codes_by_statement(frame_to_rows(tables.duty_ksbs), v.DUTY_ID)
    themes = codes_by_statement(frame_to_rows(tables.theme_ksbs), v.THEME_ID)
    is_link = (crosswalk[[v.SUBJECT_ID, v.OBJECT_ID]] != v.NO_TERM_FOUND).all(axis="columns")
    links = crosswalk[is_link]
    # The first link of a statement is its place; an id stands only once on a page.
    is_first = ~links[v.SUBJECT_ID].duplicated()
    rows = [
        (
            *_linked_cells(row, first, reasons),
            Cell(duties.get(row[v.OBJECT_ID], "")),
            Cell(themes.get(row[v.OBJECT_ID], "")),
        )
        for row, first in zip(links.to_dict("records"), is_first, strict=True)
    ]
    return _without_empty(Table("", columns, rows))


def _linked_cells(row: _Row, is_first: bool, reasons: Reasons) -> Iterator[Cell]:
    """Yield the cells of a link; the first link of an old statement is its place."""
    old_id, new_id = str(row[v.SUBJECT_ID]), str(row[v.OBJECT_ID])
    deleted, inserted = wordings_to_runs(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL])
    yield Cell(id_to_code(old_id), anchor=old_id if is_first else "")
    yield Cell(runs=deleted)
    yield Cell(links=[Link(id_to_code(new_id), new_id)])
    yield Cell(runs=inserted, details=row_to_reasons(row, reasons))
    yield Cell(row[v.CHANGE])
    yield Cell(relation_to_word(row[v.PREDICATE_ID]))
    yield _confidence(row)
    yield Cell(REVIEW_WORDS.get(row[v.BAND], ""))
    yield Cell(row[v.OBJECT_CATEGORY])


def old_codes_to_table(crosswalk: pd.DataFrame) -> Table:
    """Return what became of each old code: the codes in its place, or that none was found.

    Parameters
    ----------
    crosswalk
        The rows of the statements of one pair.
    """
    columns = (
        Column("old code", CODE),
        Column("new codes", CODE),
        Column("what became of it", is_filter=True),
        Column("look needed", _SHORT, True),
        Column("old wording", WORDING),
    )
    old = crosswalk[crosswalk[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    rows = [
        _old_code_row(str(old_id), links.to_dict("records"))
        for old_id, links in old.groupby(v.SUBJECT_ID, sort=False)
    ]
    return Table("", columns, rows)


def _old_code_row(old_id: str, links: Sequence[_Row]) -> tuple[Cell, ...]:
    # A related statement takes nobody's place (docs/decisions/0019).
    replacing = [row for row in links if row[v.PREDICATE_ID] != v.RELATED_MATCH]
    new_ids = [str(row[v.OBJECT_ID]) for row in replacing if row[v.OBJECT_ID] != v.NO_TERM_FOUND]
    changes = dict.fromkeys(change for row in replacing for change in row[v.CHANGE].split("; "))
    is_settled = all(row[v.BAND] == v.ACCEPT for row in links)
    return (
        Cell(links=[Link(id_to_code(old_id), old_id)]),
        Cell(links=[Link(id_to_code(new_id), new_id) for new_id in new_ids]),
        Cell("; ".join(changes) or "only related, nothing takes its place"),
        Cell(REVIEW_WORDS[v.ACCEPT if is_settled else v.REVIEW]),
        Cell(links[0][v.SUBJECT_LABEL]),
    )


def _confidence(row: _Row) -> Cell:
    if isnan(row[v.CONFIDENCE]):
        return Cell("decided" if row[v.STATUS] != v.PROPOSED else "")
    return Cell(bars=[Bar("", row[v.CONFIDENCE])], sort=f"{row[v.CONFIDENCE]:.3f}")


def unlinked_to_table(rows: pd.DataFrame, reasons: Reasons, *, of_new: bool = False) -> Table:
    """Return the statements of one version without a counterpart, each with its candidates.

    Parameters
    ----------
    rows
        Rows of a crosswalk without a counterpart.
    reasons
        The candidates.
    of_new
        Whether they are new statements, which have old candidates.
    """
    given, label = (v.OBJECT_ID, v.OBJECT_LABEL) if of_new else (v.SUBJECT_ID, v.SUBJECT_LABEL)
    columns = (
        Column("code", CODE),
        Column("wording", WORDING),
        Column("likeliest candidate", WORDING),
        Column("other candidates"),
    )
    cells = []
    for row in rows.to_dict("records"):
        others = _candidates(row, reasons)
        statement_id = str(row[given])
        code = id_to_code(statement_id)
        cells.append(
            (
                Cell(links=[Link(code, statement_id)]) if of_new else Cell(code, anchor=statement_id),
                Cell(row[label]),
                others[0] if others else Cell("none"),
                Cell(", ".join(other.code for other in others[1:])),
            )
        )
    return Table("", columns, cells)


def _candidates(row: _Row, reasons: Reasons) -> list[Cell]:
    """Return a cell for each candidate of a statement: its code with its confidence, and its wording."""
    return [
        Cell(reasons.neighbours.wordings.get(other.id, ""), code=str(other))
        for other in row_to_others(row, reasons.candidates)
    ]
