"""A lineage: where a statement came from and what became of it, or the history of all codes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum.analysis.history import History, history_to_bytes
from curriculum.analysis.lineage import lineage_to_text
from curriculum.decisions.valid_decisions import ValidDecisions
from curriculum.errors import InvalidInput
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_path
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.saving import save_file
from curriculum.model.plain_words import text_to_plain_words

if TYPE_CHECKING:
    import networkx as nx

    from curriculum.viz.picture import Picture

__all__ = ["Lineage"]


@dataclass(frozen=True, repr=False, eq=False)
class Lineage:
    """Where a statement came from and what became of it; or the history of all codes.

    Attributes
    ----------
    statement_id
        The statement; empty for the history of all codes.
    history
        Its rows, its graph, and the decisions that were applied.

    Examples
    --------
    >>> import curriculum as cu
    >>> cu.Project("data").lineage("st0792-1.2:K9").frame["statement_id"].tolist()[:2]
    ['st0792-1.2:K9', 'st0792-1.0:K25']
    """

    statement_id: str
    history: History

    @property
    def frame(self) -> pd.DataFrame:
        """One row for each statement of the lineage; for all codes one row for each line of statements."""
        return self.history.frame

    @property
    def decisions(self) -> ValidDecisions:
        """The decisions that were applied to the proposals."""
        return self.history.decisions

    def graph(self) -> nx.DiGraph:
        """Return the lineage of the statement as a graph.

        Raises
        ------
        InvalidInput
            For the history of all codes.
        """
        if self.history.graph is None:
            raise _needs_statement("graph")
        return self.history.graph.copy()

    @needs_matplotlib
    def plot(self) -> Picture:
        """Draw the lineage of the statement: a column for each document with its dates, old before new.

        Raises
        ------
        InvalidInput
            For the history of all codes.
        """
        from curriculum.viz.lineage_figure import plot_lineage

        if not self.statement_id:
            raise _needs_statement("figure")
        title = f"Where {self.statement_id} came from, and what became of it"
        return plot_lineage(self.frame, title, self.history.dates)

    def save(self, path: str | Path) -> Path:
        """Write the lineage; the ending of the name decides the format.

        Parameters
        ----------
        path
            A name that ends in ``.csv`` or ``.xlsx``; the lineage of a statement as a graph too
            (``.graphml`` or ``.json``). A previous file with other content is kept as ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        check_path(path)
        path = Path(path)
        save_file(path, history_to_bytes(self.history, path), "lineage")
        return path

    def _lines(self) -> list[str]:
        if self.statement_id:
            return text_to_plain_words(lineage_to_text(self.frame)).splitlines()
        documents = [str(name) for name in self.frame.columns if name not in ("last_seen", "text")]
        return [f"The history of all codes: {len(self.frame)} lines of statements", ", ".join(documents)]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def _needs_statement(wanted: str) -> InvalidInput:
    return InvalidInput(
        f"the history of all codes has no {wanted}",
        expected="the lineage of a statement",
        advice="Name a statement, such as project.lineage('st0792-1.2:K9').",
    )
