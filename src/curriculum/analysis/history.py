"""The history of statements over all documents, as a table and as files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from curriculum.analysis.code_history import OPEN, crosswalk_to_renumbering
from curriculum.analysis.graph_files import GRAPH_FORMATS, graph_to_bytes
from curriculum.analysis.lineage import PLACE, lineage_to_graph, statement_to_lineage
from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions
from curriculum.errors import unknown_ending
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.csv_files import frame_to_export
from curriculum.tables.version_order import documents_to_dates

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["LINEAGE_STEPS", "History", "check_history_name", "history_to_bytes", "tables_to_history"]

# The number of steps that `Project.lineage` reports.
LINEAGE_STEPS = 3

_TABLE_FORMATS: Final = (".csv", ".xlsx")
_TITLE: Final = "What each statement is called in each document"
_GUIDE: Final = f"“{OPEN}” behind a code: the link to it is proposed, and waits for a person."
_WIDTHS: Final = {"last_seen": 12, v.TEXT: 90}
_WIDTH: Final = 15


@dataclass(frozen=True)
class History:
    """The lineage of a statement, or the history of all codes.

    Attributes
    ----------
    frame
        As `statement_to_lineage` returns it; without a statement as `crosswalk_to_renumbering` returns it.
    make_graph
        A function that returns the lineage as a graph; None for the history of all codes.
    decisions
        The decisions that were applied to the proposals.
    dates
        The dates of each document in words, by its id.
    """

    frame: pd.DataFrame
    make_graph: Callable[[], nx.DiGraph] | None
    decisions: ValidDecisions
    dates: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def graph(self) -> nx.DiGraph | None:
        """The lineage as a graph, which is made when it is needed; None for the history of all codes."""
        return self.make_graph() if self.make_graph else None


def tables_to_history(
    tables: Tables, crosswalk: pd.DataFrame, statement_id: str = "", decisions: ValidDecisions = NO_DECISIONS
) -> History:
    """Return the lineage of a statement, or without one the history of all codes.

    Parameters
    ----------
    tables
        The tables of all documents.
    crosswalk
        The crosswalks of all pairs, as one table.
    statement_id
        Such as ``st0792-1.2:K9``.
    decisions
        The decisions that the crosswalk was made with.

    Raises
    ------
    NotFound
        If no document has the statement.
    """
    if not statement_id:
        return History(crosswalk_to_renumbering(tables, crosswalk), None, decisions)
    lineage = statement_to_lineage(tables, crosswalk, statement_id)
    make_graph = partial(lineage_to_graph, tables, crosswalk, lineage)
    return History(lineage, make_graph, decisions, documents_to_dates(tables))


def history_to_bytes(history: History, path: str | Path) -> bytes:
    """Return a history in the format of a file name.

    Raises
    ------
    UnsupportedFormat
        If no format has the ending of the name: a table as .csv or .xlsx, the lineage of a statement
        as a graph too (.graphml, .json).
    """
    path = Path(path)
    check_history_name(path, history.make_graph is not None)
    ending = path.suffix.casefold()
    if history.make_graph and ending in GRAPH_FORMATS:
        return graph_to_bytes(history.graph, path)
    if ending == ".csv":
        return frame_to_export(history.frame)
    if history.graph is None:
        return _frame_to_workbook(history.frame, (_TITLE, _GUIDE))
    # People know the order of documents from their names; the column is for figures.
    shown = history.frame.drop(columns=PLACE).replace({v.NO_TERM_FOUND: "–"}).astype({"step": "str"})
    return _frame_to_workbook(shown, (f"Where {history.graph.name} came from, and what became of it", ""))


def check_history_name(path: str | Path, has_graph: bool) -> None:
    """Raise an error if a history cannot be written in the format of a file name."""
    path = Path(path)
    formats = (*_TABLE_FORMATS, *GRAPH_FORMATS) if has_graph else _TABLE_FORMATS
    if path.suffix.casefold() not in formats:
        raise unknown_ending("histories", path.as_posix(), formats)


def _frame_to_workbook(frame: pd.DataFrame, lines: tuple[str, str]) -> bytes:
    """Return a table as a workbook for printing."""
    # Imported here, because other formats do not need them.
    from curriculum.spreadsheets.checked_workbook import CheckedBook
    from curriculum.spreadsheets.report_style import A3, AUTHOR, CREATED, add_table, book_to_formats, set_page

    buffer = io.BytesIO()
    shown = frame.rename(columns=lambda name: str(name).replace("_", " "))
    widths: Mapping[str, int] = {
        str(name): _WIDTHS.get(str(name).replace(" ", "_"), _WIDTH) for name in shown
    }
    with CheckedBook(buffer) as book:
        book.set_properties({"title": _TITLE, "author": AUTHOR, "created": CREATED})
        formats = book_to_formats(book)
        sheet = book.add_worksheet("History")
        sheet.hide_gridlines(2)
        set_page(sheet, A3)
        sheet.set_row(0, 24)
        for at, (line, style) in enumerate(zip(lines, ("title", "line"), strict=True)):
            sheet.write_string(at, 0, line, formats[style])
        add_table(sheet, 3, list(shown.itertuples(index=False)), widths, formats)
        sheet.freeze_panes(4, 0)
    return buffer.getvalue()
