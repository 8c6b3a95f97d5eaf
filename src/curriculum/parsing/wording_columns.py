"""Choose the columns of wordings beside columns of codes, and report those that no heading tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.parsing.column_headings import heading_to_version, is_code_heading, key_of_wordings
from curriculum.parsing.column_roles import (
    ColumnRole,
    columns_beside,
    columns_to_texts,
    is_of_words,
    pair_wordings,
    statement_columns,
    worded_column,
)
from curriculum.parsing.grids import Grid
from curriculum.parsing.labelled import KIND_HEADINGS
from curriculum.parsing.rows import Finding
from curriculum.parsing.wording_headings import (
    can_be_wording_heading,
    is_kind_heading,
    is_ksb_wording_heading,
    is_of_sentences,
    is_sure_wording_heading,
    is_wording_heading,
)

__all__ = ["named_wordings", "pair_statements", "place_findings", "shares_rows", "titled_wordings"]

_KSB_HEADINGS = KIND_HEADINGS | {"knowledge skill or behaviour", "knowledge skill behaviour"}


def pair_statements(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str], findings: list[Finding]
) -> dict[int, int]:
    """Return the column of wordings for each column of codes of statements.

    If several columns of codes are beside the wordings (new and old codes), their headings tell of which the
    wordings are; if they do not, there are no wordings, and an error is added to the findings.
    """
    keys = statement_columns(grid, roles, headings)
    pairs = pair_wordings(grid, keys, roles, headings)
    if not any(shares_rows(grid, column, pairs) for column in keys):
        return pairs
    key = _key_of_version(keys, pairs, headings) or key_of_wordings(keys, headings)
    if key:
        return pair_wordings(grid, [key], roles, headings)
    first = min(cell.first_line for row in grid.rows for cell in row.cells if cell.column == keys[0])
    names = names_to_phrase(f"“{headings.get(column) or f'column {column}'}”" for column in keys)
    message = f"codes in {names}, and no heading tells of which the wordings are: no wording is read"
    findings.append(Finding("not-in-a-table", first, "error", message))
    return {}


def _key_of_version(keys: Sequence[int], pairs: Mapping[int, int], headings: Mapping[int, str]) -> int:
    """Return the column of codes whose heading names the version of the wordings; 0 if there is none."""
    of_wordings = {heading_to_version(headings.get(column, "")) for column in pairs.values()} - {""}
    found = [column for column in keys if heading_to_version(headings.get(column, "")) in of_wordings]
    # “Code, Wording, New code”: the wordings are behind their codes.
    plain = [key for key in pairs if is_code_heading(headings.get(key, "")) and pairs[key] == key + 1]
    found = found or [key for key in plain if not heading_to_version(headings.get(key, ""))]
    return found[0] if len(found) == 1 else 0


def titled_wordings(
    grid: Grid, roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> dict[int, int]:
    """Return the column of wordings beside each column of codes with titles: “K1 Clay” | “Kinds of clay”.

    Its heading must say that it holds wordings, and its texts must be longer than the titles.
    """
    texts = columns_to_texts(grid)
    labelled = [column for column, role in roles.items() if role is ColumnRole.LABELLED]
    pairs = {}
    for column in labelled:
        found = worded_column(grid, columns_beside(labelled, column, roles), headings, column)
        lengths = [sum(len(text.split()) for text in texts.get(at, ())) for at in (column, found)]
        if found and is_sure_wording_heading(headings.get(found, "")) and lengths[0] < lengths[1]:
            pairs[column] = found
    return pairs


def named_wordings(
    grid: Grid,
    roles: Mapping[int, ColumnRole],
    headings: Mapping[int, str],
    taken: Mapping[int, int],
    findings: list[Finding],
) -> dict[int, int]:
    """Return the wordings of codes beside duties, if the heading of a column says that it holds them."""
    named = {
        column: role
        for column, role in roles.items()
        if role is not ColumnRole.FURTHER
        or (column not in taken.values() and _announces_wordings(headings.get(column, "")))
    }
    return pair_statements(grid, named, headings, findings)


def _announces_wordings(heading: str) -> bool:
    """Return whether a heading beside duties and codes says that a column holds the wordings of KSBs."""
    return is_wording_heading(heading) or text_to_title_key(heading) in _KSB_HEADINGS


def shares_rows(grid: Grid, column: int, keys: Mapping[int, int]) -> bool:
    """Return whether a column has cells beside those of the codes with wordings, and is none of them."""
    rows = [{cell.column for cell in row.cells if not row.is_heading} for row in grid.rows]
    return column not in keys and any(column in row and not row.isdisjoint(keys) for row in rows)


def place_findings(
    grid: Grid, wordings: Mapping[int, int], roles: Mapping[int, ColumnRole], headings: Mapping[int, str]
) -> Iterator[Finding]:
    """Yield a warning for each column of wordings that is chosen by its place, as no heading tells."""
    texts = columns_to_texts(grid)
    keys = list(wordings)
    for key, worded in wordings.items():
        others = [
            column
            for column in columns_beside(keys, key, roles)
            if column != worded and is_of_words(texts.get(column, ()))
        ]
        heading = headings.get(worded, "")
        is_named = is_sure_wording_heading(heading) or is_kind_heading(heading)
        rivals = [
            column
            for column in others
            if not is_named
            or can_be_wording_heading(headings.get(column, ""), is_of_sentences(texts[column]))
            if is_ksb_wording_heading(headings.get(column, "")) or not is_ksb_wording_heading(heading)
        ]
        if rivals and text_to_title_key(headings.get(worded, "")) not in KIND_HEADINGS:
            first = min(cell.first_line for row in grid.rows for cell in row.cells if cell.column == worded)
            names = names_to_phrase(f"“{headings.get(column) or f'column {column}'}”" for column in rivals)
            yield Finding(
                "further-column",
                first,
                "warning",
                f"the wordings are read from “{headings.get(worded) or f'column {worded}'}” by its place, as "
                f"no heading tells whether they are there or in {names}",
            )
