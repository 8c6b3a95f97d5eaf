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
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.rows import Detail, Occurrence, Rows

__all__ = ["KIND"]

_SECTION = "table"
_SEPARATORS = ",;\t"
# The names of the two columns, the surest first. A column named ID often holds other ids.
_CODE_HEADERS = ("code", "ksb code", "ksb", "ref", "reference", "ksb ref", "ksb reference")
_ID_HEADERS = ("ksb id", "id", "ksb no", "ksb number", "number", "no")
_TEXT_HEADER = re.compile(
    r"(?:(?:ksb|full|statement|code) )?(?:text|description|statement|wording|detail|details|desc)(?: clean)?"
)
# A wording that has the next row in it: its quotes are not closed.
_SWALLOWED = re.compile(r"\n[^\S\n]*+[A-Z]{1,3}\d+\s*[,;\t]")
_SWALLOWED_OTHER = re.compile(r"\n[^\S\n]*+(?=\S*\d)[\w.()/*-]{1,40}[,;\t]")
# What people write into a code although it is not part of it: "k 1", "K3:".
_LOOSE = re.compile(r"[\s:.]+")
# A code of another scheme: 390A, A.1.2, OV2-7.
_OTHER_CODE = re.compile(r"(?=[^\s]*\d)[\w.()/*-]{1,40}")


def _line_to_cells(line: str) -> list[str]:
    separator = max(_SEPARATORS, key=line.count)
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a line that is too long for a header
        return []


def _cells_to_names(cells: Sequence[str]) -> list[str]:
    return [text_to_title_key(cell.replace("_", " ")) for cell in cells]


class _Header(NamedTuple):
    """The header: its line, the names of the columns, the places of codes and texts, the separator."""

    line: int
    columns: tuple[str, ...]
    code: int
    text: int
    separator: str


def _columns_to_places(columns: Sequence[str], below: str) -> tuple[int, int]:
    """Return the places of the columns of codes and of texts; -1 for one that the table lacks.

    A column named ID is one of codes only if the code of a KSB is in its first cell.
    """
    text = next((at for at, name in enumerate(columns) if _TEXT_HEADER.fullmatch(name)), -1)
    others = [name for at, name in enumerate(columns) if at != text]
    named = next((name for name in _CODE_HEADERS if name in others), "")
    first = _line_to_cells(below)
    for name in _ID_HEADERS:
        at = columns.index(name) if name in others else -1
        if not named and 0 <= at < len(first) and _read_code(first[at]):
            named = name
    return (columns.index(named) if named else -1), text


def _lines_to_header(lines: Sequence[str]) -> _Header | None:
    """Return the header of a code table; None if the text has none.

    Blank lines and the line `sep=;`, which Excel writes, can be above it.

    Examples
    --------
    >>> header = _lines_to_header(["sep=;", '"Notes";"Code";"Text"'])
    >>> (header.line, header.code, header.text)
    (2, 1, 2)
    >>> _lines_to_header(["K1: The hoof"]) is None
    True
    """
    filled = (at for at, line in enumerate(lines) if line.strip() and not line.casefold().startswith("sep="))
    at = next(filled, -1)
    if at < 0:
        return None
    columns = [text_to_squashed(cell) for cell in _line_to_cells(lines[at])]
    below = next(filled, -1)
    code, text = _columns_to_places(_cells_to_names(columns), lines[below] if below > 0 else "")
    separator = max(_SEPARATORS, key=lines[at].count)
    return _Header(at + 1, tuple(columns), code, text, separator) if min(code, text) >= 0 else None


def _lines_to_rows(lines: Sequence[str], header: _Header, where: str) -> Rows:
    """Parse a code table.

    Parameters
    ----------
    lines
        All lines of the file as printed; a quoted cell may run over several.
    header
        The header of the table.
    where
        The file, as a message should name it.

    Returns
    -------
    Rows
        An occurrence for each row; the cells of other columns are details.

    Raises
    ------
    InvalidInput, Faults
        For every row without a code or text, or with more cells than the header, and for every code with
        two wordings.
    """
    cut = tuple(_cut_rows(lines, header, where))
    read = _read_other_code if _is_of_other_scheme(cut) else _read_code
    occurrences: list[Occurrence] = []
    details: list[Detail] = []
    faults: list[CurriculumError] = []
    for row in cut:
        code = read(row.code)
        fault = _row_to_fault(row, code, f"{where}, line {row.first_line}")
        if fault:
            faults.append(fault)
        else:
            text = text_to_squashed(row.text)
            occurrences.append(Occurrence(code, _SECTION, text, row.first_line, row.last_line))
            details += _further_details(code, row, header)
    if not occurrences and not faults:
        faults.append(UnreadableFile("holds no row below its header", where=where, expected="code and text"))
    raise_faults([*faults, *_repeated_faults(occurrences, where)])
    return Rows(
        occurrences=tuple(occurrences),
        details=tuple(details),
        markers=(header.line,),
        findings=tuple(further_findings(details)),
    )


def _cut_rows(lines: Sequence[str], header: _Header, where: str) -> Iterator[_Row]:
    """Yield the rows below the header; blank ones are left out."""
    body = io.StringIO("\n".join(lines[header.line :]), newline="")
    reader = csv.reader(body, delimiter=header.separator, strict=True)
    first = header.line + 1
    for cells in _rows(reader, where, header.line):
        padded = [*cells, *[""] * len(header.columns)]
        last = reader.line_num + header.line
        if any(cell.strip() for cell in cells):
            is_long = len(cells) > len(header.columns)
            shown = header.separator.join(cells)[:60]
            row = (padded[header.code], padded[header.text], first, last, is_long, shown, tuple(padded))
            yield _Row(*row)
        first = last + 1


def _further_details(code: str, row: _Row, header: _Header) -> Iterator[Detail]:
    """Yield the cells of a row that are in other columns."""
    for at, name in enumerate(header.columns):
        value = text_to_squashed(row.cells[at])
        if at not in (header.code, header.text) and value:
            shown = f"{code}: {name or f'column {at + 1}'}"
            yield Detail(FURTHER_COLUMNS, shown, value, row.first_line, row.last_line)


class _Row(NamedTuple):
    """A row of the table: its code and text, its lines, its text for messages, and all of its cells."""

    code: str
    text: str
    first_line: int
    last_line: int
    is_long: bool
    shown: str
    cells: tuple[str, ...]


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
    if not header:
        return ""
    names = f"{header.columns[header.code]} and {header.columns[header.text]}"
    return f"the columns {names} (line {header.line})"


def _parse(text: DocumentText) -> Rows:
    header = _lines_to_header(text.document.lines)
    return _lines_to_rows(text.document.lines, header, text.document.source) if header else Rows()


KIND: Final = DocumentKind(
    name="code table",
    description="a CSV with the columns code and text",
    recognise=_recognise,
    parse=_parse,
    has_prose_lines=False,
)
