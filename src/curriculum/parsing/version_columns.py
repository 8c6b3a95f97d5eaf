"""Find a table that shows two versions of a standard, such as old and new codes with the wordings of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from curriculum.model.codes import code_to_sort_key, line_to_label
from curriculum.model.text import names_to_phrase, text_to_key
from curriculum.parsing.column_headings import heading_to_version
from curriculum.parsing.grids import Grid, GridRow
from curriculum.parsing.rows import Finding

__all__ = ["StatementColumns", "versions_finding"]

_CODES_SHOWN = 3


class StatementColumns(NamedTuple):
    """The columns of one list of statements: of its codes and of its wordings, or one column of both."""

    code: int
    wording: int

    def version(self, headings: Mapping[int, str]) -> str:
        """Return of which version its headings say it is; empty if they do not say."""
        return heading_to_version(headings.get(self.code, "")) or heading_to_version(
            headings.get(self.wording, "")
        )

    def texts(self, rows: Iterable[GridRow]) -> dict[str, str]:
        """Return the wording of each code."""
        found = {}
        for row in rows:
            cells = {cell.column: cell.text for cell in row.cells}
            label = line_to_label(" ".join(cells.get(at, "") for at in dict.fromkeys(self)).strip())
            if label and label.text:
                found[label.code] = label.text
        return found


def versions_finding(
    grid: Grid,
    lists: Sequence[StatementColumns],
    further: Sequence[Sequence[int]],
    headings: Mapping[int, str],
) -> Finding | None:
    """Return an error if a table shows two versions; None if it has one list of statements, maybe in parts.

    It does if headings name two versions, or if a code is in two of its lists with different wordings.

    Parameters
    ----------
    grid
        The rows below the header.
    lists
        The lists of statements in it.
    further
        For each list, the columns that can hold its wordings.
    headings
        The heading of each column that has one.
    """
    shown = _named_versions(lists, further, headings) or _differing_codes(grid, lists)
    if not shown:
        return None
    message = (
        f"a table shows two versions of the statements, and none of it is read: {shown}. Save the codes and "
        "the wordings of each version as a separate file; if it is one version, correct the codes"
    )
    lines = (cell.first_line for row in grid.rows for cell in row.cells)
    return Finding("not-in-a-table", min(lines), "error", message)


def _named_versions(
    lists: Sequence[StatementColumns], further: Sequence[Sequence[int]], headings: Mapping[int, str]
) -> str:
    """Return which columns are of which versions, in words; empty if headings name one version at most."""
    of_lists = [found for found in lists if found.version(headings)]
    if len({found.version(headings) for found in of_lists}) > 1:
        return _columns_to_words([found.code for found in of_lists], headings)
    for beside in further:
        versions = {heading_to_version(headings.get(column, "")) for column in beside}
        # What is old beside a wording that is not called so is a note on it.
        if len(versions - {""}) > 1 or versions > {"new"}:
            return _columns_to_words(beside, headings)
    return ""


def _columns_to_words(columns: Iterable[int], headings: Mapping[int, str]) -> str:
    names = dict.fromkeys(f"“{headings.get(column) or f'column {column}'}”" for column in columns)
    return f"the columns {names_to_phrase(names)}"


def _differing_codes(grid: Grid, lists: Sequence[StatementColumns]) -> str:
    """Return the codes that are in two lists with different wordings, in words; empty if there is none."""
    texts = [found.texts(grid.rows) for found in lists]
    codes = {
        code
        for first, second in combinations(texts, 2)
        for code in first.keys() & second.keys()
        if text_to_key(first[code]) != text_to_key(second[code])
    }
    ordered = sorted(codes, key=code_to_sort_key)
    if not ordered:
        return ""
    more = f" and {len(ordered) - _CODES_SHOWN} more" if len(ordered) > _CODES_SHOWN else ""
    names = names_to_phrase(ordered[:_CODES_SHOWN]) if not more else ", ".join(ordered[:_CODES_SHOWN]) + more
    return f"{names} {'is' if len(ordered) == 1 else 'are'} in it with two wordings side by side"
