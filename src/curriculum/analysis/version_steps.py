"""Put together what each step from one version to the next changed, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from curriculum.analysis.changes import crosswalk_to_changes
from curriculum.analysis.version_chains import Chain, PlacedVersion, VersionFacts
from curriculum.analysis.version_facts import NOT_COMPARED, PartChange, tables_to_fact_changes
from curriculum.analysis.version_linked_parts import tables_to_linked_changes
from curriculum.analysis.version_parts import (
    links_to_changes,
    tables_to_listed_changes,
    tables_to_pair_changes,
)
from curriculum.analysis.version_prose import tables_to_prose_changes
from curriculum.analysis.version_tasks import StepFacts, Task, step_to_tasks
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.headline_rows import Headline
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

__all__ = [
    "VersionStep",
    "chains_to_order",
    "steps_to_changes",
    "steps_to_frame",
    "steps_to_tasks",
    "tables_to_changes",
]

_PAIR: Final = (v.REFERENCE, v.SUBJECT_SOURCE, v.OBJECT_SOURCE)
_ORDER: Final = (
    *(v.REFERENCE, v.PLACE, v.DOCUMENT_ID, v.VERSION, v.TITLE, v.KIND, v.STATUS),
    *(v.APPROVED_DATE, v.UPDATED_DATE, v.REASON, v.IS_INFERRED, v.SAME_AS, v.NOTE, v.SOURCE_PATH),
)
# The number of statements with each change: the old ones, but for those that are new.
_COUNTS: Final = {
    "n_same": ("identical",),
    "n_reworded": ("reworded", "narrowed", "widened", "changed kind"),
    "n_joined": ("merged", "split"),
    "n_gone": (v.NO_COUNTERPART, v.WITHDRAWN),
    "n_new": (v.NEW,),
}
_STEP: Final = (
    *_PAIR,
    *("old_version_number", "new_version_number", "versions_between", v.CHANGE),
    *("n_shared", "n_other", "n_without", "n_renumbered", *_COUNTS, "n_waiting"),
    *("also_changed", "not_compared", "what_to_do", "log"),
)


@dataclass(frozen=True)
class VersionStep:
    """A step from one version to the next.

    Attributes
    ----------
    reference
        The reference of the standard.
    old, new
        Both versions.
    links
        The crosswalk of their statements and duties; None if one of them prints no statements.
    changes
        What changed, and what could not be compared.
    between
        The versions between them that are not here.
    log
        What a version log, or the record itself, says that the new version changed.
    """

    reference: str
    old: PlacedVersion
    new: PlacedVersion
    links: pd.DataFrame | None
    changes: tuple[PartChange, ...]
    between: tuple[str, ...] = ()
    log: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of both versions."""
        return self.old.facts.document_id, self.new.facts.document_id

    @cached_property
    def headline(self) -> Headline | None:
        """How many codes now name another statement, and a word for the change."""
        return None if self.links is None else crosswalk_to_headline(self.links)

    @property
    def word(self) -> str:
        """The word for the change; or that codes are not compared."""
        return self.headline.change if self.headline else "codes not compared"

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """What to do, the most pressing first."""
        old, new = self.old.facts, self.new.facts
        is_same = bool(old.numbers) and old.numbers == new.numbers
        names = [f"version {name}" if name != row.document_id else name for name, row in self._named()]
        records = [row.kind == v.OFFICIAL_RECORD for row in (old, new)]
        by_place = names[records.index(True)] if records[0] != records[1] else ""
        are_approved = not is_same and all(_is_approved(row.status) for row in (old, new))
        facts = (self.headline, self.changes, self.between, is_same, by_place, are_approved)
        return step_to_tasks(StepFacts(names[0], names[1], *facts))

    @property
    def name(self) -> str:
        """The versions with an arrow between them."""
        return " → ".join(name for name, _ in self._named())

    def _named(self) -> Iterator[tuple[str, VersionFacts]]:
        """Yield what to call each version: its number, or its id where the number does not tell it."""
        rows = (self.old.facts, self.new.facts)
        is_told = rows[0].version != rows[1].version
        for row in rows:
            yield row.version if row.version and is_told else row.document_id, row


def _is_approved(status: str) -> bool:
    return status.casefold().startswith("approved")


def tables_to_changes(
    tables: Tables, old: str, new: str, links: pd.DataFrame | None
) -> tuple[PartChange, ...]:
    """Return everything that changed from one version to the next, and what could not be compared.

    Parameters
    ----------
    tables
        Tables of both versions.
    old, new
        Their ids.
    links
        Their crosswalk; None if one of them prints no statements.
    """
    found: list[PartChange] = []
    if links is not None:
        found += links_to_changes(links)
    found += _duties_not_compared(tables, old, new)
    if links is not None:
        found += tables_to_pair_changes(tables, old, new, links)
    found += tables_to_listed_changes(tables, old, new)
    if links is not None:
        found += tables_to_linked_changes(tables, links)
    found += tables_to_prose_changes(tables, old, new)
    found += tables_to_fact_changes(tables, old, new)
    return tuple(found)


def _duties_not_compared(tables: Tables, old: str, new: str) -> Iterator[PartChange]:
    counts = [int((tables.duties[v.DOCUMENT_ID] == document_id).sum()) for document_id in (old, new)]
    if bool(counts[0]) != bool(counts[1]):
        only = old if counts[0] else new
        yield PartChange("duties", "", "", "", NOT_COMPARED, f"{only} alone prints them")


def chains_to_order(chains: Iterable[Chain]) -> pd.DataFrame:
    """Return the versions of all standards in order, each with the reason for its place.

    Returns
    -------
    pandas.DataFrame
        One row for each version: ``reference``, ``place`` (from 1, the oldest first), ``document_id``,
        ``version``, ``title``, ``kind``, ``status``, ``approved_date``, ``updated_date``, ``reason`` (what
        decided its place), ``is_inferred``, ``same_as`` (another document with the same text, for which it is
        left out of the steps), ``note`` and ``source_path``.
    """
    rows = []
    for chain in chains:
        for place, row in enumerate(chain.versions, start=1):
            facts = row.facts
            rows.append(
                (
                    *(chain.reference, place, facts.document_id, facts.version, facts.title, facts.kind),
                    *(facts.status, facts.approved_date, facts.updated_date, row.reason, row.is_inferred),
                    *(row.same_as, "; ".join(row.notes), facts.source),
                )
            )
    return pd.DataFrame(rows, columns=list(_ORDER))


def steps_to_frame(steps: Sequence[VersionStep]) -> pd.DataFrame:
    """Return one row for each step, with its counts and what to do.

    Returns
    -------
    pandas.DataFrame
        ``reference``, ``subject_source``, ``object_source``, ``old_version_number``, ``new_version_number``,
        ``versions_between`` (that are not here), ``change`` (the word of the headline), ``n_shared`` (codes
        that both print), ``n_other`` (those that now name another statement), ``n_without`` (those of them
        without a counterpart found), ``n_renumbered``, ``n_same``, ``n_reworded``, ``n_joined`` (merged or
        split) and ``n_gone`` (no counterpart found, or withdrawn) of the old statements, ``n_new``,
        ``n_waiting`` (proposals that wait for review), ``also_changed`` (the other parts that changed),
        ``not_compared``, ``what_to_do`` and ``log``.
    """
    return pd.DataFrame([_step_to_row(step) for step in steps], columns=list(_STEP))


def _step_to_row(step: VersionStep) -> tuple[object, ...]:
    headline = step.headline
    counted: tuple[object, ...] = (0, 0, 0)
    if headline:
        counted = (headline.n_shared, headline.n_other, headline.n_without)
    renumbered = {row.name.partition(" to ")[0] for row in step.changes if _is_renumbered(row)}
    waiting = sum(row.is_waiting for row in step.changes if row.part in ("statements", "duties"))
    return (
        *(step.reference, *step.pair, step.old.facts.version, step.new.facts.version),
        *("; ".join(step.between), headline.change if headline else ""),
        *(*counted, len(renumbered), *_counts(step.links), waiting),
        *("; ".join(_parts(step, is_changed=True)), "; ".join(_parts(step, is_changed=False))),
        *(" ".join(task.sentence for task in step.tasks), step.log),
    )


def _is_renumbered(row: PartChange) -> bool:
    return row.part == "statements" and "renumbered" in row.change.split("; ")


def _counts(links: pd.DataFrame | None) -> list[int]:
    if links is None:
        return [0] * len(_COUNTS)
    counts = crosswalk_to_changes(links[~crosswalk_to_is_duty(links)])
    old = dict(zip(counts[v.CHANGE], counts["n_old"], strict=True))
    new = dict(zip(counts[v.CHANGE], counts["n_new"], strict=True))
    return [
        sum(int((new if name == v.NEW else old).get(name, 0)) for name in names) for names in _COUNTS.values()
    ]


def _parts(step: VersionStep, *, is_changed: bool) -> list[str]:
    """Return the parts beside the statements that changed, or that are not compared."""
    rows = [row for row in step.changes if (row.change != NOT_COMPARED) == is_changed]
    # Of a part that is not compared as a whole, the row has no name.
    names = [row.part if is_changed else row.name or row.part for row in rows if row.part != "statements"]
    return list(dict.fromkeys(names))


def steps_to_changes(steps: Sequence[VersionStep]) -> pd.DataFrame:
    """Return one row for each change of each step, and for each thing that could not be compared.

    Returns
    -------
    pandas.DataFrame
        ``reference``, ``subject_source``, ``object_source``, ``part`` (statements, duties, duty-KSB pairs,
        options, a part of the plan, or a sort of fact), ``name``, ``old``, ``new``, ``change``, ``band``
        (`review` where it rests on a proposal that waits) and ``note``.
    """
    rows = [
        (step.reference, *step.pair, *row[:5], v.REVIEW if row.is_waiting else "", row.note)
        for step in steps
        for row in step.changes
    ]
    columns = (*_PAIR, v.PART, v.NAME, "old", "new", v.CHANGE, v.BAND, v.NOTE)
    return pd.DataFrame(rows, columns=list(columns), dtype="str")


def steps_to_tasks(steps: Sequence[VersionStep]) -> pd.DataFrame:
    """Return what to do, a row a line: ``reference``, both versions, ``action`` and ``what_to_do``."""
    rows = [(step.reference, *step.pair, *task) for step in steps for task in step.tasks]
    return pd.DataFrame(rows, columns=[*_PAIR, "action", "what_to_do"], dtype="str")
