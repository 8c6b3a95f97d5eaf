"""Hold what the report of two versions shows, and name its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from curriculum.analysis.impact import Impact, crosswalk_to_impact
from curriculum.analysis.overview import crosswalk_to_summary, tables_to_pair_notes
from curriculum.analysis.worklist import crosswalk_to_worklist
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.headline_rows import Headline
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

__all__ = ["GROUPS", "Report"]

# The groups whose KSBs the report counts, by their column `group` in `Impact.groups`; methods are in the
# table of assessment.
GROUPS = ("duty", "theme", "pass descriptor", "distinction descriptor", "option", "kind")


@dataclass(frozen=True)
class Report:
    """What the report of two versions shows.

    Attributes
    ----------
    crosswalk
        The rows of one pair, with decisions applied.
    tables
        The tables of both versions.
    candidates
        The table ``candidates`` of the pair, if there is one.
    basis
        What the links are based on, in a sentence: thesaurus, decisions, sentence encoder.
    date
        The date of the report, as the reader is to see it; nothing is shown if it is empty.
    """

    crosswalk: pd.DataFrame
    tables: Tables
    candidates: pd.DataFrame | None = None
    basis: str = ""
    date: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the old and the new version."""
        return crosswalk_to_pair(self.crosswalk)

    @property
    def title(self) -> str:
        """The title."""
        old, new = self.pair
        return f"What became of {old} in {new}"

    @cached_property
    def headline(self) -> Headline:
        """How many codes now name another statement, and a word for the change."""
        return crosswalk_to_headline(self.crosswalk)

    @cached_property
    def worklist(self) -> pd.DataFrame:
        """What to do for each statement and duty of the new version."""
        return crosswalk_to_worklist(self.tables, self.crosswalk)

    @cached_property
    def impact(self) -> Impact:
        """What the new version means for teaching and assessment."""
        return crosswalk_to_impact(self.tables, self.crosswalk)

    def statements(self) -> pd.DataFrame:
        """Return the rows of statements."""
        return self.crosswalk[~crosswalk_to_is_duty(self.crosswalk)]

    def duties(self) -> pd.DataFrame:
        """Return the rows of duties."""
        return self.crosswalk[crosswalk_to_is_duty(self.crosswalk)]

    def group(self, name: str) -> pd.DataFrame:
        """Return what the new version asks of each duty, theme or other group."""
        groups = self.impact.groups
        return groups[groups["group"] == name]

    def documents(self) -> pd.DataFrame:
        """Return the rows of both documents, the old one first."""
        by_id = self.tables.documents.set_index(v.DOCUMENT_ID, drop=False)
        return by_id.loc[list(self.pair)].reset_index(drop=True)

    def findings(self) -> pd.DataFrame:
        """Return the findings of both documents."""
        findings = self.tables.findings
        return findings[findings[v.DOCUMENT_ID].isin(self.pair)].reset_index(drop=True)

    def about(self) -> Iterator[str]:
        """Yield a line for each version, and the date."""
        for word, row in zip(("Old", "New"), self.documents().to_dict("records"), strict=True):
            version = f"version {row[v.VERSION]}" if row[v.VERSION] else ""
            named = ", ".join(filter(None, (row[v.TITLE], row[v.REFERENCE], version)))
            yield f"{word}: {row[v.DOCUMENT_ID]}{f' ({named})' if named else ''}"
        if self.date:
            yield f"Date: {self.date}"

    def sentences(self) -> Iterator[str]:
        """Yield the summary, and notes that call for caution."""
        yield from tables_to_pair_notes(self.tables, *self.pair)
        yield from crosswalk_to_summary(self.crosswalk)
