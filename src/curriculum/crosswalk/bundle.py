"""A crosswalk bundle: all that a remap from one version to another needs, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.decisions.decision import Decision
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import Row, TableRows

__all__ = ["Bundle"]


@dataclass(frozen=True, repr=False)
class Bundle:
    """All that a remap from one version to another needs.

    Attributes
    ----------
    old, new
        The ids of the two versions.
    tables
        The rows of both versions, and of other versions with which a tracker is compared.
    links
        The proposed crosswalk of the pair; empty if the user brings a crosswalk.
    candidates
        The candidates of its statements.
    decisions
        The kept decisions of reviewers.
    stale
        The decisions on statements whose wording has changed since, as `decisions_to_stale` returns them.
    headline
        How many codes now name another statement, in a sentence; empty if the user brings a crosswalk.
    """

    old: str
    new: str
    tables: TableRows
    links: tuple[Row, ...] = ()
    candidates: tuple[Row, ...] = ()
    decisions: tuple[Decision, ...] = ()
    stale: tuple[Row, ...] = ()
    headline: str = ""

    @property
    def attribution(self) -> str:
        """What the licences of the texts require, as its links have it."""
        return " ".join(dict.fromkeys(row[v.ATTRIBUTION] for row in self.links if row[v.ATTRIBUTION]))

    def __repr__(self) -> str:
        return f"Bundle({self.old} to {self.new}: {len(self.links)} links)"
