"""The result of a build."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions
from curriculum.html.summaries import lines_to_html
from curriculum.tables.carrier import Tables

__all__ = ["Built"]


@dataclass(frozen=True, repr=False, eq=False)
class Built:
    """The result of a build.

    Attributes
    ----------
    tables
        The tables of all documents.
    crosswalk
        The crosswalks of all pairs, as one table.
    files
        The names of the files that were written.
    was_mixed
        Whether the folder was a mixture of runs before, because a run was cut off or a file was changed.
    kept
        The names of the copies that were kept of files that a person had changed.
    decisions
        The decisions that were applied to the proposals.
    foreign
        The lines of the previous manifest that name files which no run has written.
    """

    tables: Tables
    crosswalk: pd.DataFrame
    files: tuple[str, ...]
    was_mixed: bool
    kept: tuple[str, ...]
    decisions: ValidDecisions = NO_DECISIONS
    foreign: tuple[str, ...] = ()

    def _lines(self) -> list[str]:
        first, *lines = repr(self.tables).splitlines()
        return [first, *lines, f"Mappings: {len(self.crosswalk)}", f"Files written: {len(self.files)}"]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())
