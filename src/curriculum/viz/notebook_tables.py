"""Show tables and wordings in notebooks: full texts, aligned left, with marked differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from curriculum.errors import InvalidInput
from curriculum.html.cells import WORDING, Cell, Column, Details, Run, Table
from curriculum.html.pages import render_table
from curriculum.model import vocabulary as v
from curriculum.report.link_cells import Reasons, row_to_reasons
from curriculum.tables.shown_frame import frame_to_shown, frame_with_index, wordings_to_runs

__all__ = ["NotebookTable", "SideBySide", "links_to_side_by_side", "show"]


@dataclass(frozen=True, repr=False)
class NotebookTable:
    """A frame for a notebook: plain headings, full texts, and numbers with two decimals.

    Where scripts run, a longer table can be sorted, searched and filtered. Everywhere else it is the same
    table, without these.

    Attributes
    ----------
    frame
        The frame. SKOS terms are shown without their prefix; a dash means that there is no counterpart.
    """

    frame: pd.DataFrame

    def __repr__(self) -> str:
        """Return the frame as plain text."""
        return frame_with_index(self.frame).to_string(index=False)

    def _repr_html_(self) -> str:
        """Return a table for a notebook; every text is escaped."""
        return render_table(frame_to_shown(self.frame))


def show(frame: pd.DataFrame) -> NotebookTable:
    """Return a frame as a table for notebooks: full texts, aligned left, without the index.

    Examples
    --------
    >>> show(pd.DataFrame({"code": ["K7"], "text": ["How to research & access resources"]}))
    code                               text
      K7 How to research & access resources
    """
    if not isinstance(frame, pd.DataFrame):
        raise InvalidInput("no table", where=repr(frame)[:60].partition("\n")[0], expected="a DataFrame")
    return NotebookTable(frame)


@dataclass(frozen=True, repr=False)
class SideBySide:
    """The two wordings of links side by side for a notebook, with marked differences and the reasons.

    Attributes
    ----------
    rows
        The label of each link, the runs of words of its old and its new wording, and why it is proposed.
    """

    rows: tuple[tuple[str, tuple[Run, ...], tuple[Run, ...], Details], ...]

    def __repr__(self) -> str:
        """Return the wordings as plain text: deleted words in [-...-], inserted words in {+...+}."""
        return "\n".join(
            f"{header}\n  {_marked(old, '[-', '-]')}\n  {_marked(new, '{+', '+}')}"
            for header, old, new, _ in self.rows
        )

    def _repr_html_(self) -> str:
        """Return a table for a notebook; every text is escaped."""
        columns = (Column("link"), Column("old wording", WORDING), Column("new wording", WORDING))
        rows = [
            (Cell(link), Cell(runs=old), Cell(runs=new, details=why)) for link, old, new, why in self.rows
        ]
        return render_table(Table("", columns, rows))


def _marked(runs: Iterable[Run], before: str, behind: str) -> str:
    return " ".join(f"{before}{run.text}{behind}" if run.mark else run.text for run in runs)


def links_to_side_by_side(links: pd.DataFrame, reasons: Reasons) -> SideBySide:
    """Return the wordings of links side by side, with marked differences.

    Parameters
    ----------
    links
        Rows of a crosswalk with a counterpart.
    reasons
        The other links and the candidates, which explain a link.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> crosswalk = read_crosswalk(Path("data/processed"))
    >>> links = crosswalk.query("subject_id == 'st0792-1.0:S15'")
    >>> links_to_side_by_side(links, Reasons.of(links, None))
    S15 closeMatch S19
      [-Lead liaison with-] copyright owners and license holders [-to obtain their terms and conditions-]
      {+Obtain terms and conditions from+} copyright owners and license holders {+acting as a point of \
contact when required.+}
    """
    return SideBySide(
        tuple(
            (
                _link(row),
                *wordings_to_runs(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL]),
                row_to_reasons(row, reasons),
            )
            for row in links.to_dict("records")
        )
    )


def _link(row: Mapping[Any, str]) -> str:
    """Return the label of a link: code, relation, code."""
    old, new = (row[name].rpartition(":")[2] for name in (v.SUBJECT_ID, v.OBJECT_ID))
    return f"{old} {row[v.PREDICATE_ID].removeprefix('skos:')} {new}"
