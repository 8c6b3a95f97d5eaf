"""All prints of a statement become one statement: which wording it has, and whether it is cut short."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from curriculum.model.codes import code_to_sort_key
from curriculum.model.text import ends_in_mid_phrase, text_without_full_stop
from curriculum.model.vocabulary import CORE
from curriculum.parsing.rows import Duty, Finding, Occurrence

__all__ = [
    "Statement",
    "mark_truncated",
    "occurrences_to_chosen",
    "occurrences_to_statements",
    "truncation_findings",
]

_Print = TypeVar("_Print", Occurrence, Duty)


class Statement(NamedTuple):
    """A statement with the wording chosen among its prints, which is printed on these lines."""

    code: str
    position: int
    option: str
    text: str
    first_line: int
    last_line: int
    is_truncated: bool
    n_occurrences: int


def occurrences_to_chosen(prints: Sequence[_Print]) -> _Print:
    """Choose the print whose wording stands for all.

    The wording printed most often, a closing full stop set aside; among equals the one that is
    printed first; and of its prints the first, as it stands.

    Examples
    --------
    >>> occurrences_to_chosen([Duty("D1", "", "Manage others", 3, 3), Duty("D1", "", "Lead others.", 5, 5),
    ...                   Duty("D1", "", "Lead others", 9, 9)]).text
    'Lead others.'
    """
    counts = Counter(text_without_full_stop(row.text) for row in prints)
    most = max(counts.values())
    return next(row for row in prints if counts[text_without_full_stop(row.text)] == most)


def _by_code(prints: Iterable[_Print]) -> dict[str, list[_Print]]:
    grouped: dict[str, list[_Print]] = {}
    for row in prints:
        grouped.setdefault(row.code, []).append(row)
    return grouped


def mark_truncated(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Mark the prints that are cut short.

    A print is if it stops in mid-phrase, or only begins what another print of its code says in full.
    """
    wordings = {
        code: sorted({f"{text_without_full_stop(row.text)} " for row in rows})
        for code, rows in _by_code(occurrences).items()
    }

    def is_cut(row: Occurrence) -> bool:
        # In order, the wordings that go on from this one stand right behind it.
        begun, held = f"{text_without_full_stop(row.text)} ", wordings[row.code]
        at = bisect_right(held, begun)
        goes_on = at < len(held) and held[at].startswith(begun)
        return row.is_truncated or goes_on or ends_in_mid_phrase(row.text)

    return tuple(row._replace(is_truncated=is_cut(row)) for row in occurrences)


def _printed_option(prints: Sequence[Occurrence]) -> str:
    options = dict.fromkeys(row.option for row in prints if row.option)
    return CORE if CORE in options else "; ".join(options)


def occurrences_to_statements(occurrences: Sequence[Occurrence]) -> tuple[Statement, ...]:
    """Return one statement for each code, in the order of a listing.

    Parameters
    ----------
    occurrences
        Every print, in the order of the document, truncation marked.

    Returns
    -------
    tuple of Statement
        ``position`` counts from 1; ``option`` is what is printed, empty if nothing is.
    """
    grouped = _by_code(occurrences)
    statements = []
    for position, code in enumerate(sorted(grouped, key=code_to_sort_key), start=1):
        prints = grouped[code]
        row = occurrences_to_chosen(prints)
        option = _printed_option(prints)
        statements.append(
            Statement(
                code, position, option, row.text, row.first_line, row.last_line, row.is_truncated, len(prints)
            )
        )
    return tuple(statements)


def truncation_findings(occurrences: Iterable[Occurrence]) -> tuple[Finding, ...]:
    """Return a finding for each print that is cut short in the source."""
    return tuple(
        Finding(
            "truncated-statement",
            row.last_line,
            "warning",
            f"{row.code} is cut short in the source: it ends “{' '.join(row.text.split()[-5:])}”",
        )
        for row in occurrences
        if row.is_truncated
    )
