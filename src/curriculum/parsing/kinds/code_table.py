"""A code table: a CSV with the columns code and text.

Its codes are those of KSBs; or, if most of them are not, those of any other scheme.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.model.codes import word_to_code
from curriculum.model.text import text_to_key, text_to_shortened, text_to_squashed, text_to_title_key
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.rows import Occurrence, Rows

__all__ = ["KIND"]

_SECTION = "table"
_SEPARATORS = ",;\t"
_CODE_HEADERS = frozenset(("code", "ksb", "ksb code", "ref", "reference"))
_TEXT_HEADERS = frozenset(("text", "description", "statement", "wording", "detail"))
# A wording that has the next row in it: its quotes are not closed.
_SWALLOWED = re.compile(r"\n[^\S\n]*+[A-Z]{1,3}\d+\s*[,;\t]")
_SWALLOWED_OTHER = re.compile(r"\n[^\S\n]*+(?=\S*\d)[\w.()/*-]{1,40}[,;\t]")
# What people write into a code although it is not part of it: "k 1", "K3:".
_LOOSE = re.compile(r"[\s:.]+")
# A code of another scheme: 390A, A.1.2, OV2-7.
_OTHER_CODE = re.compile(r"(?=[^\s]*\d)[\w.()/*-]{1,40}")


def _columns(header: str) -> list[str]:
    separator = max(_SEPARATORS, key=header.count)
    try:
        return [text_to_title_key(cell) for cell in next(csv.reader([header], delimiter=separator), [])]
    except csv.Error:  # a line that is too long for a header
        return []


def _at(columns: Sequence[str], headers: frozenset[str]) -> int:
    return next((at for at, column in enumerate(columns) if column in headers), -1)


def _lines_to_header(lines: Sequence[str]) -> int:
    """Return the number of the line with the header of a code table; 0 if the text has none.

    Blank lines and the line `sep=;`, which Excel writes, can be above it.

    Examples
    --------
    >>> _lines_to_header(["sep=;", '"Code";"Text";"Notes"']), _lines_to_header(["K1: The hoof"])
    (2, 0)
    """
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.casefold().startswith("sep="):
            columns = _columns(line)
            is_header = _at(columns, _CODE_HEADERS) >= 0 and _at(columns, _TEXT_HEADERS) >= 0
            return number if is_header else 0
    return 0


def _lines_to_rows(lines: Sequence[str], where: str) -> Rows:
    """Parse a code table.

    Parameters
    ----------
    lines
        All lines of the file as printed; a quoted cell may run over several.
    where
        The file, as a message should name it.

    Returns
    -------
    Rows
        An occurrence for each row; other columns are not read.

    Raises
    ------
    InvalidInput, Faults
        For every row without a code or text, or with more cells than the header, and for every code with
        two wordings.
    """
    header = _lines_to_header(lines)
    columns = _columns(lines[header - 1])
    separator = max(_SEPARATORS, key=lines[header - 1].count)
    body = io.StringIO("\n".join(lines[header:]), newline="")
    reader = csv.reader(body, delimiter=separator, strict=True)
    at_code, at_text = _at(columns, _CODE_HEADERS), _at(columns, _TEXT_HEADERS)
    cut: list[_Row] = []
    first = header + 1
    for cells in _rows(reader, where, header):
        padded = [*cells, *[""] * len(columns)]
        last = reader.line_num + header
        if any(cell.strip() for cell in cells):
            is_long = len(cells) > len(columns)
            cut.append(
                _Row(padded[at_code], padded[at_text], first, last, is_long, separator.join(cells)[:60])
            )
        first = last + 1
    read = _read_other_code if _is_of_other_scheme(cut) else _read_code
    occurrences: list[Occurrence] = []
    faults: list[CurriculumError] = []
    for row in cut:
        code = read(row.code)
        fault = _row_to_fault(row, code, f"{where}, line {row.first_line}")
        if fault:
            faults.append(fault)
        else:
            text = text_to_squashed(row.text)
            occurrences.append(Occurrence(code, _SECTION, text, row.first_line, row.last_line))
    if not occurrences and not faults:
        faults.append(UnreadableFile("holds no row below its header", where=where, expected="code and text"))
    raise_faults([*faults, *_repeated_faults(occurrences, where)])
    return Rows(occurrences=tuple(occurrences), markers=(header,))


class _Row(NamedTuple):
    """A row of the table: its two cells, its lines, and its text for messages."""

    code: str
    text: str
    first_line: int
    last_line: int
    is_long: bool
    shown: str


def _read_code(cell: str) -> str:
    code = word_to_code(_LOOSE.sub("", cell).upper())
    return str(code) if code else ""


def _read_other_code(cell: str) -> str:
    """Read a code of another scheme as it is printed; it has no white space."""
    code = cell.strip()
    return code if _OTHER_CODE.fullmatch(code) else ""


def _is_of_other_scheme(rows: Sequence[_Row]) -> bool:
    """Return whether a table's codes are not those of KSBs, rather than a few of them misspelt."""
    ksbs = sum(bool(_read_code(row.code)) for row in rows)
    others = sum(bool(_read_other_code(row.code)) and not _read_code(row.code) for row in rows)
    return others > ksbs


def _row_to_fault(row: _Row, code: str, where: str) -> CurriculumError | None:
    if row.is_long:
        return _fault("more cells than columns", where, row.shown, "Put double quotes around the wording.")
    if code and (_SWALLOWED if word_to_code(code) else _SWALLOWED_OTHER).search(row.text):
        return _fault("a wording that runs on into the next row", where, row.shown, "Close its quotes.")
    if code and row.text.strip():
        return None
    what = "a row without wording" if code else "not the code of a statement"
    return _fault(what, where, row.shown, "Complete the row or delete it.")


def _repeated_faults(occurrences: Sequence[Occurrence], where: str) -> Iterator[CurriculumError]:
    """Yield an error for each code with two wordings, as it is not known which of them is meant."""
    first: dict[str, Occurrence] = {}
    for row in occurrences:
        known = first.setdefault(row.code, row)
        if text_to_key(known.text) != text_to_key(row.text):
            yield InvalidInput(
                f"{row.code} is in two rows with different wordings",
                where=f"{where}, line {row.first_line}",
                expected=f"the wording of line {known.first_line}, “{text_to_shortened(known.text, 40)}”",
                found=f"“{text_to_shortened(row.text, 40)}”",
                advice="Delete one of them, or correct its code.",
            )


def _rows(reader: Iterator[list[str]], where: str, header: int) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as fault:
        at = f"{where}, line {header + getattr(reader, 'line_num', 0)}"
        raise _fault(f"not a table: {fault}", at, "", "Close the quotes of each cell.") from fault


def _fault(what: str, where: str, found: str, advice: str) -> InvalidInput:
    expected = "a code such as K7 or 390A, and its wording"
    return InvalidInput(what, where=where, expected=expected, found=found, advice=advice)


def _recognise(text: DocumentText) -> str:
    """Return the evidence that a text is a code table; an empty text if it is none."""
    header = _lines_to_header(text.document.lines)
    return f"the columns code and text (line {header})" if header else ""


KIND: Final = DocumentKind(
    name="code table",
    description="a CSV with the columns code and text",
    recognise=_recognise,
    parse=lambda text: _lines_to_rows(text.document.lines, text.document.source),
    has_prose_lines=False,
)
