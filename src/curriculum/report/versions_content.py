"""Hold what the page, the workbook and the screen show of the versions of a standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from curriculum.analysis.version_steps import VersionStep
from curriculum.model import vocabulary as v

__all__ = ["TRUST", "VersionsContent", "content_to_lines", "missing_to_line", "order_to_lines"]

TRUST: Final = (
    "Links between statements are proposals made from the wording, until a person has decided them. A part "
    "that one of two versions does not print is not compared, and is never shown as changed."
)


@dataclass(frozen=True)
class VersionsContent:
    """What there is to show of the versions of one standard or of several.

    Attributes
    ----------
    order, missing, frame, changes, to_do, history
        As the attributes of `Versions`; ``frame`` has the steps.
    steps
        The steps themselves.
    basis
        What the links are based on, in a sentence.
    commands
        What each command gives, and how it is typed, by the ids of both versions of a step; none in Python.
    """

    order: pd.DataFrame
    missing: pd.DataFrame
    steps: tuple[VersionStep, ...]
    frame: pd.DataFrame
    changes: pd.DataFrame
    to_do: pd.DataFrame
    history: pd.DataFrame
    basis: str = ""
    commands: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = field(default_factory=dict)

    @property
    def references(self) -> list[str]:
        """The reference of each standard; an empty one for documents that print none."""
        return list(dict.fromkeys(self.order[v.REFERENCE]))

    @property
    def step_names(self) -> dict[tuple[str, str], str]:
        """What to call each step, by the ids of both versions."""
        return {step.pair: step.name for step in self.steps}

    @property
    def title(self) -> str:
        """The title."""
        named = [name for name in self.references if name]
        if not named:
            return "The versions of a standard"
        return f"The versions of {', '.join(named[:3])}{' and others' if len(named) > 3 else ''}"

    def of(self, reference: str) -> pd.DataFrame:
        """Return the versions of one standard, the oldest first."""
        return self.order[self.order[v.REFERENCE] == reference]

    def standard_to_line(self, reference: str) -> str:
        """Return what a standard is called, and which of its versions are here."""
        rows = self.of(reference)
        title = next((text for text in reversed(rows[v.TITLE].tolist()) if text), "")
        named = ", ".join(filter(None, (reference, title))) or "A standard without a reference"
        compared = rows[rows[v.SAME_AS] == ""]
        numbers = compared[v.VERSION].where(compared[v.VERSION] != "", compared[v.DOCUMENT_ID])
        count = "1 version" if len(compared) == 1 else f"{len(compared)} versions"
        n_copies = len(rows) - len(compared)
        copies = f"; {n_copies} more with the text of one of these" if n_copies else ""
        return f"{named}: {count} ({', '.join(numbers)}){copies}"


def content_to_lines(content: VersionsContent) -> Iterator[str]:
    """Yield what to read first: the versions of each standard, and what to do for each step."""
    if len(content.references) > 1:
        yield f"{len(content.references)} standards; each is ordered and compared on its own."
    for reference in content.references:
        yield content.standard_to_line(reference)
        for step in (step for step in content.steps if step.reference == reference):
            yield f"  {step.name}: {step.word}"
            yield from (f"    {task.action}: {task.sentence}" for task in step.tasks)


def order_to_lines(content: VersionsContent) -> Iterator[str]:
    """Yield the versions of each standard in order, with reasons and notes, and those that are not here."""
    for reference in content.references:
        yield f"In order{f' ({reference})' if len(content.references) > 1 else ''}, the oldest first:"
        for row in content.of(reference).to_dict("records"):
            notes = "; ".join(filter(None, (row[v.REASON], row[v.NOTE])))
            inferred = " [inferred]" if row[v.IS_INFERRED] else ""
            yield f"  {row[v.PLACE]}. {row[v.DOCUMENT_ID]}: {notes}{inferred}"
        for version in content.missing[content.missing[v.REFERENCE] == reference].to_dict("records"):
            yield f"  not here: {missing_to_line(version)}"


def missing_to_line(version: Mapping[Any, Any]) -> str:
    """Return a version that is not here, with what is known about it, in a line.

    Parameters
    ----------
    version
        A row of the missing versions.
    """
    start, end = version[v.EARLIEST_START_DATE], version[v.LATEST_START_DATE]
    dates = f"starts from {start or '?'} to {end or '?'}" if start or end else ""
    known = ", ".join(filter(None, (version[v.WHERE], dates)))
    detail = f": {version[v.CHANGE_DETAIL]}" if version[v.CHANGE_DETAIL] else ""
    return f"{version[v.VERSION]} ({known}; {version[v.KNOWN_FROM]}){detail}"
