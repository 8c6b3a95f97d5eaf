"""Join the occurrences of each statement: choose its wording, and mark wordings that are cut short."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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

_Row = TypeVar("_Row", Occurrence, Duty)


class Statement(NamedTuple):
    """A statement with the wording of one of its occurrences, and the lines of that occurrence."""

    code: str
    position: int
    option: str
    text: str
    first_line: int
    last_line: int
    is_truncated: bool
    n_occurrences: int
    guid: str = ""
    is_mandatory: bool | None = None
    kind: str = ""


def occurrences_to_chosen(occurrences: Sequence[_Row]) -> _Row:
    """Return the occurrence with the wording of the statement.

    It is the wording printed most often, without regard to a full stop at its end; among equals, one that is
    not cut short (a list of short titles can be above the list of the wordings), then the one printed first;
    and of its occurrences the first, as printed.

    Examples
    --------
    >>> occurrences_to_chosen([Duty("D1", "", "Manage others", 3, 3), Duty("D1", "", "Lead others.", 5, 5),
    ...                        Duty("D1", "", "Lead others", 9, 9)]).text
    'Lead others.'
    """
    counts = Counter(text_without_full_stop(row.text) for row in occurrences)
    most = max(counts.values())
    chosen = [row for row in occurrences if counts[text_without_full_stop(row.text)] == most]
    return next((row for row in chosen if not _is_cut_short(row)), chosen[0])


def _is_cut_short(row: _Row) -> bool:
    return isinstance(row, Occurrence) and row.is_truncated


def _by_code(occurrences: Iterable[_Row]) -> dict[str, list[_Row]]:
    grouped: dict[str, list[_Row]] = {}
    for row in occurrences:
        grouped.setdefault(row.code, []).append(row)
    return grouped


def mark_truncated(occurrences: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Mark the occurrences that are cut short.

    An occurrence is cut short if it ends in the middle of a phrase, or if it is only the beginning of another
    occurrence of its code.
    """
    wordings = {
        code: sorted({f"{text_without_full_stop(row.text)} " for row in rows})
        for code, rows in _by_code(occurrences).items()
    }

    def is_cut(row: Occurrence) -> bool:
        # In sorted order, the wordings that begin with this one come right after it.
        begun, sorted_texts = f"{text_without_full_stop(row.text)} ", wordings[row.code]
        at = bisect_right(sorted_texts, begun)
        goes_on = at < len(sorted_texts) and sorted_texts[at].startswith(begun)
        return row.is_truncated or goes_on or ends_in_mid_phrase(row.text)

    return tuple(row._replace(is_truncated=is_cut(row)) for row in occurrences)


def _printed_option(occurrences: Sequence[Occurrence]) -> str:
    options = dict.fromkeys(row.option for row in occurrences if row.option)
    return CORE if CORE in options else "; ".join(options)


def occurrences_to_statements(
    occurrences: Sequence[Occurrence], mandatory: Mapping[str, bool] | None = None
) -> tuple[Statement, ...]:
    """Return one statement for each code, in the order of a listing.

    Parameters
    ----------
    occurrences
        Every occurrence, in the order of the document; those that are cut short are marked.
    mandatory
        Whether a statement must be assessed, by its code, as far as the document says so.

    Returns
    -------
    tuple of Statement
        ``position`` counts from 1; ``option`` is as printed; empty if nothing is printed.
    """
    grouped = _by_code(occurrences)
    statements = []
    for position, code in enumerate(sorted(grouped, key=code_to_sort_key), start=1):
        rows = grouped[code]
        row = occurrences_to_chosen(rows)
        option = _printed_option(rows)
        statements.append(
            Statement(
                code,
                position,
                option,
                row.text,
                row.first_line,
                row.last_line,
                row.is_truncated,
                len(rows),
                row.guid,
                (mandatory or {}).get(code, row.is_mandatory),
                row.kind,
            )
        )
    return tuple(statements)


def truncation_findings(occurrences: Iterable[Occurrence]) -> tuple[Finding, ...]:
    """Return a finding for each occurrence that is cut short in the source."""
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
