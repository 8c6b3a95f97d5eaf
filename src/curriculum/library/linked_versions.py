"""Link the versions of a standard, each to the next, and put the results together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

import pandas as pd

from curriculum.analysis.missing_versions import (
    MISSING_COLUMNS,
    NamedVersion,
    chain_to_missing,
    missing_between,
)
from curriculum.analysis.version_chains import Chain
from curriculum.analysis.version_facts import documents_to_log
from curriculum.analysis.version_frames import HISTORY_COLUMNS, frames_to_one, links_to_history
from curriculum.analysis.version_steps import VersionStep, tables_to_changes
from curriculum.library.version_reading import ReadVersion
from curriculum.model.progress import Progress
from curriculum.tables.joined_tables import join_tables

__all__ = ["LinkedVersions", "StepLinks", "link_chain", "linked_to_one"]


class StepLinks(Protocol):
    """The links of a step; a `Crosswalk` is one."""

    @property
    def table(self) -> pd.DataFrame:
        """One row for each mapping."""


_Version = TypeVar("_Version", bound=ReadVersion)


@dataclass(frozen=True, eq=False)
class LinkedVersions:
    """The versions of standards in order, and what follows from their texts.

    Attributes
    ----------
    chains
        The versions of each standard, the oldest first.
    steps, crosswalks
        The steps between them, and their links; a version without statements has no links.
    missing
        The versions that are not here.
    history
        What each statement is called in each version.
    """

    chains: tuple[Chain, ...]
    steps: tuple[VersionStep, ...]
    crosswalks: tuple[StepLinks, ...]
    missing: pd.DataFrame
    history: pd.DataFrame


def link_chain(
    chain: Chain,
    by_id: Mapping[str, _Version],
    linker: Callable[[_Version, _Version], StepLinks],
    named: Iterable[NamedVersion],
    progress: Progress,
) -> LinkedVersions:
    """Return the steps between the versions of one standard, each linked.

    Parameters
    ----------
    chain
        The versions, the oldest first.
    by_id
        What was read of each, by its id.
    linker
        A function that links two of them.
    named
        The versions that documents name.
    progress
        Is called with the name of each step before it is done.
    """
    missing = chain_to_missing(chain, named)
    between = missing_between(missing, chain)
    tables = join_tables([by_id[row.facts.document_id].tables for row in chain.versions])
    steps, crosswalks = [], []
    for old, new in pairwise(chain.steps):
        pair = (old.facts.document_id, new.facts.document_id)
        progress(f"link {pair[0]} to {pair[1]}")
        crosswalk = _to_crosswalk(by_id[pair[0]], by_id[pair[1]], linker)
        links = crosswalk.table if crosswalk else None
        changes = tables_to_changes(tables, *pair, links)
        log = documents_to_log(tables, chain, new.facts.version)
        steps.append(VersionStep(chain.reference, old, new, links, changes, between[pair], log))
        crosswalks += [crosswalk] if crosswalk else []
    history = links_to_history(chain.reference, tables, [crosswalk.table for crosswalk in crosswalks])
    return LinkedVersions((chain,), tuple(steps), tuple(crosswalks), missing, history)


def _to_crosswalk(
    old: _Version, new: _Version, linker: Callable[[_Version, _Version], StepLinks]
) -> StepLinks | None:
    """Return the links of two versions; None if one of them prints no statements."""
    return linker(old, new) if len(old.tables.statements) and len(new.tables.statements) else None


def linked_to_one(linked: Sequence[LinkedVersions]) -> LinkedVersions:
    """Return the versions of several standards together.

    Parameters
    ----------
    linked
        Those of each standard.
    """
    return LinkedVersions(
        tuple(chain for one_standard in linked for chain in one_standard.chains),
        tuple(step for one_standard in linked for step in one_standard.steps),
        tuple(crosswalk for one_standard in linked for crosswalk in one_standard.crosswalks),
        frames_to_one([one_standard.missing for one_standard in linked], MISSING_COLUMNS),
        frames_to_one([one_standard.history for one_standard in linked], HISTORY_COLUMNS),
    )
