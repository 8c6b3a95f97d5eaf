"""The grammar of a CSV with the columns code and text: the least that a user can hand in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from curriculum.codes import word_to_code
from curriculum.errors import CurriculumError, MissingSection, WrongRegistry, raise_faults
from curriculum.parsing.rows import Occurrence, Rows
from curriculum.text import text_to_squashed, text_to_title_key

__all__ = ["code_table_to_rows", "lines_to_head"]

_SECTION = "table"
_SEPARATORS = ",;\t"
_CODE_HEADS = frozenset(("code", "ksb", "ksb code", "reference"))
_TEXT_HEADS = frozenset(("text", "description", "statement", "wording", "detail"))
# What a person puts into a code that is none of it: "k 1", "K3:".
_SWALLOWED = re.compile(r"\n\s*[A-Z]{1,3}\d+\s*[,;\t]")
_LOOSE = re.compile(r"[\s:.]+")


def _columns(head: str) -> list[str]:
    separator = max(_SEPARATORS, key=head.count)
    return [text_to_title_key(cell) for cell in next(csv.reader([head], delimiter=separator), [])]


def _at(columns: Sequence[str], heads: frozenset[str]) -> int:
    return next((at for at, column in enumerate(columns) if column in heads), -1)


def lines_to_head(lines: Sequence[str]) -> int:
    """Give the number of the line that is the head of a code table; 0 if the text is none.

    Blank lines and the line `sep=;`, which Excel writes, may stand above it.

    Examples
    --------
    >>> lines_to_head(["sep=;", '"Code";"Text";"Notes"']), lines_to_head(["K1: The hoof"])
    (2, 0)
    """
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.casefold().startswith("sep="):
            columns = _columns(line)
            is_head = _at(columns, _CODE_HEADS) >= 0 and _at(columns, _TEXT_HEADS) >= 0
            return number if is_head else 0
    return 0


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
        For every row without a code or text, or with more cells than the head.
    """
    head = lines_to_head(lines)
    columns = _columns(lines[head - 1])
    separator = max(_SEPARATORS, key=lines[head - 1].count)
    body = io.StringIO("\n".join(lines[head:]), newline="")
    reader = csv.reader(body, delimiter=separator, strict=True)
    at_code, at_text = _at(columns, _CODE_HEADS), _at(columns, _TEXT_HEADS)
    occurrences: list[Occurrence] = []
    faults: list[CurriculumError] = []
    first = head + 1
    for cells in _rows(reader, where, head):
        last = reader.line_num + head
        padded = [*cells, *[""] * len(columns)]
        code = word_to_code(_LOOSE.sub("", padded[at_code]).upper())
        text = text_to_squashed(padded[at_text])
        shown = f"{where}, line {first}", separator.join(cells)[:60]
        if len(cells) > len(columns):
            faults.append(_fault("more cells than columns", *shown, "Put double quotes around the wording."))
        elif code and _SWALLOWED.search(padded[at_text]):
            faults.append(_fault("a wording that runs on into the next row", *shown, "Close its quotes."))
        elif code and text:
            occurrences.append(Occurrence(str(code), _SECTION, text, first, last))
        elif any(cell.strip() for cell in cells):
            what = "a row without wording" if code else "not the code of a KSB or criterion"
            faults.append(_fault(what, *shown, "Complete the row or delete it."))
        first = last + 1
    if not occurrences and not faults:
        faults.append(MissingSection("holds no row below its head", where=where, expected="code and text"))
    raise_faults(faults)
    return Rows(occurrences=tuple(occurrences), markers=(head,))


def _rows(reader: Iterator[list[str]], where: str, head: int) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as fault:
        at = f"{where}, line {head + getattr(reader, 'line_num', 0)}"
        raise _fault(f"not a table: {fault}", at, "", "Close the quotes of each cell.") from fault


def _fault(what: str, where: str, found: str, advice: str) -> WrongRegistry:
    expected = "a code such as K7, and its wording"
    return WrongRegistry(what, where=where, expected=expected, found=found, advice=advice)
