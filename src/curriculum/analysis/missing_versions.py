"""Find the versions of a standard that are not here: by their numbers, and by what documents name."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import pandas as pd

from curriculum.analysis.version_chains import Chain
from curriculum.model import vocabulary as v
from curriculum.model.version_numbers import numbers_to_skipped, version_to_numbers

__all__ = ["MISSING_COLUMNS", "NamedVersion", "chain_to_missing", "log_to_named", "missing_between"]

MISSING_COLUMNS: Final = (
    v.REFERENCE,
    v.VERSION,
    v.WHERE,
    v.KNOWN_FROM,
    v.EARLIEST_START_DATE,
    v.LATEST_START_DATE,
    v.LATEST_END_DATE,
    v.CHANGE_DETAIL,
)


class NamedVersion(NamedTuple):
    """A version that a document names: where, its dates, and what is said about it."""

    version: str
    known_from: str
    earliest_start_date: str = ""
    latest_start_date: str = ""
    latest_end_date: str = ""
    change_detail: str = ""


def log_to_named(version_log: pd.DataFrame) -> Iterator[NamedVersion]:
    """Yield each version that the version log of a document names.

    Parameters
    ----------
    version_log
        The table ``version_log``.
    """
    for row in version_log.to_dict("records"):
        dates = (row[v.EARLIEST_START_DATE], row[v.LATEST_START_DATE], row[v.LATEST_END_DATE])
        source = f"the version log of {row[v.DOCUMENT_ID]}"
        yield NamedVersion(row[v.VERSION], source, *dates, row[v.CHANGE_DETAIL])


def chain_to_missing(chain: Chain, named: Iterable[NamedVersion]) -> pd.DataFrame:
    """Return the versions of a standard that no document here is.

    Parameters
    ----------
    chain
        The versions that are here.
    named
        The versions that documents name, the most trusted first.

    Returns
    -------
    pandas.DataFrame
        One row for each, the lowest number first: ``reference``, ``version``, ``where`` (its place among the
        versions here), ``known_from`` (who names it, or that the numbers leave it out), its dates and
        ``change_detail``, as a document says them.
    """
    numbered = [row.facts.version for row in chain.versions if row.facts.numbers]
    numbers = {version_to_numbers(version) for version in numbered}
    found: dict[tuple[int, ...], NamedVersion] = {}
    for row in named:
        key = version_to_numbers(row.version)
        if key and key not in numbers:
            found.setdefault(key, row)
    for version, old, new in numbers_to_skipped([*numbered, *(row.version for row in found.values())]):
        source = f"the numbers: {old} and {new} leave it out"
        found.setdefault(version_to_numbers(version), NamedVersion(version, source))
    rows = []
    for key, row in sorted(found.items()):
        rows.append((chain.reference, row.version, _to_place(key, numbered), *row[1:]))
    return pd.DataFrame(rows, columns=list(MISSING_COLUMNS), dtype="str")


def _to_place(key: tuple[int, ...], numbered: Sequence[str]) -> str:
    if not numbered:
        return "its place is unknown"
    ordered = sorted(numbered, key=version_to_numbers)
    at = bisect(ordered, key, key=version_to_numbers)
    if at == 0:
        return f"before {ordered[0]}"
    return f"between {ordered[at - 1]} and {ordered[at]}" if at < len(ordered) else f"after {ordered[-1]}"


def missing_between(missing: pd.DataFrame, chain: Chain) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the versions that each step of a chain leaves out, by the ids of its versions."""
    known = [(version_to_numbers(version), version) for version in missing[v.VERSION]]
    between = {}
    for old, new in pairwise(chain.steps):
        ends = old.facts.numbers, new.facts.numbers
        skipped = tuple(text for key, text in known if all(ends) and ends[0] < key < ends[1])
        between[old.facts.document_id, new.facts.document_id] = skipped
    return between
