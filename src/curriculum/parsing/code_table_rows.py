"""The header and the rows of a code table: which column holds codes, and which their wordings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from curriculum.documents.delimited_tables import KIND_LETTERS
from curriculum.errors import InvalidInput
from curriculum.model.code_lists import find_codes
from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import is_table_rule, text_to_squashed, text_to_title_key
from curriculum.parsing.code_cells import text_to_lone_code
from curriculum.parsing.column_headings import heading_to_version
from curriculum.parsing.labelled import line_to_duty
from curriculum.parsing.lines import Line
from curriculum.parsing.wording_headings import is_kind_heading, is_of_sentences, is_wording_heading

__all__ = [
    "CodeTableHeader",
    "CodeTableRow",
    "code_table_fault",
    "cut_rows",
    "has_text",
    "is_header_again",
    "line_to_cell_texts",
    "lines_to_header",
    "read_code",
]

_SEPARATORS = ",;\t|"
# As many lines with a title can be above the header.
_MOST_ABOVE = 5
# The names of the two columns, the surest first. A column named ID often holds other ids.
_CODE_HEADERS = ("code", "ksb code", "ksb", "ref", "reference", "ksb ref", "ksb reference")
_ID_HEADERS = (
    *("ksb id", "id", "ksb no", "ksb number", "number", "no", "ksb reference number", "reference number"),
    *("item", "item no", "competency", "competence", "criteria ref", "criterion ref"),
)
# Of a table of duties and KSBs below each other.
_DUTY_HEADERS = ("duty", "duties", "duty code", "duty no", "duty number", "duty id", "duty ref")
_TEXT_HEADER = re.compile(
    r"(?:(?:ksb|duty|full|statement|code|competence|competency) ){0,3}"
    r"(?:text|description|descriptor|statement|wording|detail|details|desc)(?: clean)?"
)
# The number of a KSB in a column of its own; Excel writes whole numbers with a decimal point too.
_NUMBER = re.compile(r"\s*0*(?P<number>[1-9]\d{0,2})(?:\.0)?\s*")
# The letter of a code for the name of its kind.
_LETTERS = {**KIND_LETTERS, "duty": "D", "duties": "D"}


def line_to_cell_texts(line: str) -> list[str]:
    """Return the cells of a line of a CSV."""
    separator = max(_SEPARATORS, key=line.count)
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:  # a line that is too long for a header
        return []


def _cells_to_names(cells: Sequence[str]) -> list[str]:
    return [text_to_title_key(cell.replace("_", " ")) for cell in cells]


class CodeTableHeader(NamedTuple):
    """The header: its line, the names of the columns, the places of three of them, the separator.

    ``kind`` is the place of the column of kinds (Knowledge), if that of codes has numbers alone; else -1.
    """

    line: int
    columns: tuple[str, ...]
    code: int
    text: int
    kind: int
    separator: str

    @property
    def places(self) -> tuple[int, int, int]:
        """The places of the columns of codes, of texts and of kinds; -1 for one that the table lacks."""
        return self.code, self.text, self.kind


def _columns_to_places(columns: Sequence[str], first: Sequence[str]) -> tuple[int, int, int]:
    """Return the places of the columns of codes, of texts and of kinds; -1 for one that the table lacks.

    A table with the wordings of a new version beside others is no code table. A column named ID is one of
    codes only if the code of a KSB is in its first cell, or a number with its kind in another column. Two
    columns of codes are those of a table in parts, which is no code table.

    Parameters
    ----------
    columns
        The names of the columns.
    first
        The cells of the first row below the header.
    """
    texts = [at for at, name in enumerate(columns) if _TEXT_HEADER.fullmatch(name)]
    text = texts[0] if len(texts) == 1 and not _has_rival(columns, first, texts[0]) else -1
    if any(map(_is_new_wording, columns)):
        return -1, text, -1
    kinds = [at for at, cell in enumerate(first) if text_to_title_key(cell) in _LETTERS and at != text]
    kind = kinds[0] if len(kinds) == 1 else -1
    for name in (*_CODE_HEADERS, *_ID_HEADERS, *_DUTY_HEADERS):
        at = columns.index(name) if name in columns else -1
        cell = first[at] if 0 <= at < len(first) else ""
        if at in (-1, text, kind) or len(line_to_codes(cell)) > 1:
            continue
        if read_code(cell) and any(map(_is_worded_duty, first)):
            return -1, text, -1
        if kind >= 0 and _NUMBER.fullmatch(cell):
            return at, text, kind
        if name in _CODE_HEADERS or read_code(cell) or (name in _DUTY_HEADERS and not _is_worded_duty(cell)):
            return (at if columns.count(name) == 1 else -1), text, -1
    return -1, text, -1


def _has_rival(columns: Sequence[str], first: Sequence[str], text: int) -> bool:
    """Return whether another column can hold the wordings, so that the whole columns must tell.

    It is one with sentences below “KSB” or “Knowledge”; those of a duty name codes.
    """
    cells = zip_longest(columns, first[: len(columns)], fillvalue="")
    return any(
        at != text
        and is_kind_heading(name)
        and is_of_sentences([cell])
        and not find_codes(cell, in_text=True)
        for at, (name, cell) in enumerate(cells)
    )


def _is_new_wording(name: str) -> bool:
    """Return whether a column holds the wordings of a new version, as its name says."""
    return is_wording_heading(name) and heading_to_version(name) == "new"


def _is_worded_duty(cell: str) -> bool:
    """Return whether a cell is a duty with its wording: then the table is read by the cells of its rows."""
    return line_to_duty(Line(1, text_to_squashed(cell))) is not None


def lines_to_header(lines: Sequence[str]) -> CodeTableHeader | None:
    """Return the header of a code table; None if the text has none.

    Blank lines, titles, and the line `sep=;`, which Excel writes, can be above it.

    Examples
    --------
    >>> header = lines_to_header(["sep=;", '"Notes";"Code";"Text"'])
    >>> (header.line, header.code, header.text)
    (2, 1, 2)
    >>> lines_to_header(["K1: The hoof"]) is None
    True
    """
    filled = [at for at, line in enumerate(lines) if has_text(line)][: _MOST_ABOVE + 2]
    if any(lines[at].startswith("|") or is_table_rule(lines[at]) for at in filled):
        return None  # a table in Markdown
    for at, below in zip_longest(filled[: _MOST_ABOVE + 1], filled[1:]):
        cells = line_to_cell_texts(lines[at]) if at is not None else []
        columns = [text_to_squashed(cell) for cell in cells]
        first = line_to_cell_texts(lines[below]) if below is not None else []
        code, text, kind = _columns_to_places(_cells_to_names(columns), first)
        if min(code, text) >= 0:
            separator = max(_SEPARATORS, key=lines[at].count)
            return CodeTableHeader(at + 1, tuple(columns), code, text, kind, separator)
        if sum(map(bool, columns)) != 1 or read_code(columns[0]) or line_to_label(columns[0]):
            return None
    return None


def is_header_again(row: CodeTableRow) -> bool:
    """Return whether a row is the header of the rows below it: Code, Text."""
    code, text = _cells_to_names((row.code, row.text))
    return code in (*_CODE_HEADERS, *_ID_HEADERS, *_DUTY_HEADERS) and _TEXT_HEADER.fullmatch(text) is not None


def has_text(line: str) -> bool:
    """Return whether a line of a CSV has text, and is not the line that names its separator."""
    return bool(line.strip(f'{_SEPARATORS} "')) and not line.casefold().startswith("sep=")


class CodeTableRow(NamedTuple):
    """A row of the table: its code and text, its lines, its text for messages, and all of its cells."""

    code: str
    text: str
    first_line: int
    last_line: int
    is_long: bool
    shown: str
    cells: tuple[str, ...]


def read_code(cell: str) -> str:
    """Return the code of a KSB in a cell, without what people write around it; empty if it is none."""
    return text_to_lone_code(cell)


def cut_rows(lines: Sequence[str], header: CodeTableHeader, where: str) -> Iterator[CodeTableRow]:
    """Yield the rows below the header; blank ones are left out."""
    body = io.StringIO("\n".join(lines[header.line :]), newline="")
    reader = csv.reader(body, delimiter=header.separator, strict=True)
    first = header.line + 1
    kind = ""
    for cells in _rows(reader, where, header.line):
        padded = [*cells, *[""] * len(header.columns)]
        # In a merged cell of Excel, the kind is in its first row alone.
        kind = padded[header.kind] or kind
        padded[header.kind] = kind if header.kind >= 0 else padded[header.kind]
        last = reader.line_num + header.line
        if any(cell.strip() for cell in cells):
            is_long = len(cells) > len(header.columns) or _is_cut(padded, header)
            shown = header.separator.join(cells)[:60]
            code = _cells_to_code(padded, header)
            row = (code, padded[header.text], first, last, is_long, shown, tuple(padded))
            yield CodeTableRow(*row)
        first = last + 1


def _cells_to_code(cells: Sequence[str], header: CodeTableHeader) -> str:
    """Return the cell of the code; or the code that a kind and a number in two cells make."""
    number = _NUMBER.fullmatch(cells[header.code])
    if header.kind < 0:
        return cells[header.code]
    letter = _LETTERS.get(text_to_title_key(cells[header.kind]), "")
    return f"{letter}{number['number']}" if letter and number else ""


def _is_cut(cells: Sequence[str], header: CodeTableHeader) -> bool:
    """Return whether a wording without quotes goes on in the next cell: “K1,Hay, straw”."""
    after = cells[header.text + 1]
    is_spaced = after.startswith(" ") and after.strip()[:1].islower()
    return is_spaced and header.separator == "," and not cells[header.text].startswith(" ")


def _rows(reader: Iterator[list[str]], where: str, header: int) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as fault:
        at = f"{where}, line {header + getattr(reader, 'line_num', 0)}"
        raise code_table_fault(f"not a table: {fault}", at, "", "Close the quotes of each cell.") from fault


def code_table_fault(what: str, where: str, found: str, advice: str) -> InvalidInput:
    """Return the error for a row of a code table; ``found`` is the row."""
    expected = "a code such as K7 or 390A, and its wording"
    return InvalidInput(what, where=where, expected=expected, found=found, advice=advice)
