"""The grammar of a CSV with the columns code and text: the least that a user can hand in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from curriculum.codes import word_to_code
from curriculum.errors import CurriculumError, MissingSection, WrongRegistry, raise_faults
from curriculum.parsing.rows import Occurrence, Rows
from curriculum.text import text_to_squashed, text_to_title_key

__all__ = ["code_table_to_rows", "is_code_table_head"]

_SECTION = "table"
_SEPARATORS = ",;\t"


def _separator(head: str) -> str:
    return max(_SEPARATORS, key=head.count)


def _columns(head: str) -> list[str]:
    return [text_to_title_key(cell) for cell in re.split(f"[{_SEPARATORS}]", head)]


def is_code_table_head(head: str) -> bool:
    """Tell whether a line is the head of a code table.

    Examples
    --------
    >>> is_code_table_head("code,text"), is_code_table_head('"Code";"Text";"Notes"')
    (True, True)
    """
    return {"code", "text"} <= set(_columns(head))


def code_table_to_rows(lines: Sequence[str], where: str) -> Rows:
    """Read a code table.

    Parameters
    ----------
    lines
        All lines of the file as printed; a quoted cell may run over several.
    where
        The file, as a message should name it.

    Returns
    -------
    Rows
        An occurrence for each row; other columns are left aside.

    Raises
    ------
    WrongRegistry, Faults
        For every row whose code is none, or that has no text.
    """
    separator = _separator(lines[0])
    reader = csv.reader(io.StringIO("\n".join(lines[1:]), newline=""), delimiter=separator)
    columns = _columns(lines[0])
    at_code, at_text = columns.index("code"), columns.index("text")
    occurrences: list[Occurrence] = []
    faults: list[CurriculumError] = []
    first = 2
    for cells in reader:
        last = reader.line_num + 1
        padded = [*cells, "", ""]
        code, text = word_to_code(padded[at_code].strip()), text_to_squashed(padded[at_text])
        if code and text:
            occurrences.append(Occurrence(str(code), _SECTION, text, first, last))
        elif any(cell.strip() for cell in cells):
            faults.append(
                WrongRegistry(
                    "a row without code or text",
                    where=f"{where}, line {first}",
                    expected="a code such as K7, and its wording",
                    found=separator.join(cells)[:60],
                    advice="Complete the row or delete it.",
                )
            )
        first = last + 1
    if not occurrences and not faults:
        faults.append(MissingSection("holds no row below its head", where=where, expected="code and text"))
    raise_faults(faults)
    return Rows(occurrences=tuple(occurrences), markers=(1,))
