"""Read the rows of a code table that are duties: “D1, Keep the yard clean, K1 S2”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.code_lists import is_without_codes
from curriculum.model.codes import word_to_code
from curriculum.model.text import text_to_squashed
from curriculum.parsing.code_cells import text_to_code_list
from curriculum.parsing.code_table_rows import CodeTableHeader, CodeTableRow, read_code
from curriculum.parsing.column_headings import heading_to_letters
from curriculum.parsing.further_columns import is_duty_heading
from curriculum.parsing.rows import Duty, DutyKsb

__all__ = ["row_to_duty", "row_to_duty_codes", "row_to_duty_pairs", "rows_to_duty_codes"]

_DUTY = re.compile(r"(?P<sign>duty\s*+|d\s?)?0*+(?P<number>[1-9]\d{0,2})(?:\.0)?[.:]?", re.IGNORECASE)


def rows_to_duty_codes(rows: Sequence[CodeTableRow], header: CodeTableHeader) -> dict[int, str]:
    """Return the code of each row that is a duty, by its first line.

    “Duty 1” is a duty. “D1” is one in a list of KSBs, or with a list of their codes beside it; beside
    performance criteria, and in a list with other codes, it is something else. A number is one below the
    heading “Duty”.
    """
    found = {row.first_line: match for row in rows if (match := _DUTY.fullmatch(row.code.strip()))}
    others = [row for row in rows if row.first_line not in found]
    codes = [word_to_code(read_code(row.code)) for row in others if row.code.strip()]
    is_below = is_duty_heading(header.columns[header.code])
    are_known = all(code and code.letters != "P" for code in codes)
    has_lists = any(any(row_to_duty_codes(row, header).values()) for row in rows if row.first_line in found)
    are_duties = is_below or (are_known and (bool(codes) or has_lists))
    return {
        line: f"D{int(match['number'])}"
        for line, match in found.items()
        for sign in ((match["sign"] or "").strip().casefold(),)
        if sign == "duty" or (are_duties and (sign or is_below))
    }


def row_to_duty(row: CodeTableRow, code: str) -> Duty:
    """Return the duty of a row."""
    return Duty(code, "", text_to_squashed(row.text), row.first_line, row.last_line)


def row_to_duty_codes(row: CodeTableRow, header: CodeTableHeader) -> dict[int, tuple[str, ...]]:
    """Return the codes of KSBs in the further cells of a duty, by the place of each cell that lists some."""
    places = (at for at in range(len(header.columns)) if at not in header.places)
    lists = {at: _cell_to_codes(row.cells[at], header.columns[at]) for at in places}
    # A dash below “Skills” says that there are none.
    return {at: codes for at, codes in lists.items() if codes or is_without_codes(row.cells[at])}


def _cell_to_codes(text: str, heading: str) -> tuple[str, ...]:
    """Return the codes of a cell that lists some, or the numbers of some below a heading such as Skills."""
    return text_to_code_list(text, heading_to_letters(heading))


def row_to_duty_pairs(row: CodeTableRow, code: str, header: CodeTableHeader) -> Iterator[DutyKsb]:
    """Yield a pair of the duty with each code in the cells of its row."""
    for codes in row_to_duty_codes(row, header).values():
        for ksb in codes:
            yield DutyKsb(code, ksb, row.first_line, row.last_line)
