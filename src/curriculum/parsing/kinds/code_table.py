"""A code table: a CSV with the columns code and text.

Its codes are those of KSBs; or, if most of them are not, those of any other scheme.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from curriculum.documents.delimited_tables import KIND_LETTERS
from curriculum.documents.markdown_signs import has_markdown_name
from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.model.codes import line_to_label, word_to_code
from curriculum.model.text import (
    is_table_rule,
    names_to_phrase,
    text_to_key,
    text_to_shortened,
    text_to_squashed,
    text_to_title_key,
)
from curriculum.parsing.column_roles import is_of_sentences, text_to_lone_code
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.labelled import KIND_HEADINGS
from curriculum.parsing.lines import Passage
from curriculum.parsing.rows import Detail, Facts, Occurrence, Rows, Section
from curriculum.parsing.wording_headings import is_kind_heading

__all__ = ["KIND"]

_SECTION = "table"
_SEPARATORS = ",;\t|"
# As many lines with a title can be above the header.
_MOST_ABOVE = 5
# The names of the two columns, the surest first. A column named ID often holds other ids.
_CODE_HEADERS = ("code", "ksb code", "ksb", "ref", "reference", "ksb ref", "ksb reference")
_ID_HEADERS = (
    *("ksb id", "id", "ksb no", "ksb number", "number", "no", "ksb reference number", "reference number"),
    *("item", "item no", "competency", "competence", "criteria ref", "criterion ref"),
)
_TEXT_HEADER = re.compile(
    r"(?:(?:ksb|full|statement|code|competence|competency) ){0,3}"
    r"(?:text|description|descriptor|statement|wording|detail|details|desc)(?: clean)?"
)
# A wording that has the next row in it: its quotes are not closed.
_SWALLOWED = re.compile(r"\n[^\S\n]*+[A-Z]{1,3}\d+\s*[,;\t]")
_SWALLOWED_OTHER = re.compile(r"\n[^\S\n]*+(?=\S*\d)[\w.()/*-]{1,40}[,;\t]")
_TOTAL = re.compile(r"(?:grand |sub ?)?totals?(?: ksbs)?|sum|count|average|number of ksbs")
# The number of a KSB in a column of its own; Excel writes whole numbers with a decimal point too.
_NUMBER = re.compile(r"\s*0*(?P<number>[1-9]\d{0,2})(?:\.0)?\s*")
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
    """The header: its line, the names of the columns, the places of three of them, the separator.

    ``kind`` is the place of the column of kinds (Knowledge), if that of codes has numbers alone; else -1.
    """

    line: int
    columns: tuple[str, ...]
    code: int
    text: int
    kind: int
    separator: str


def _columns_to_places(columns: Sequence[str], first: Sequence[str]) -> tuple[int, int, int]:
    """Return the places of the columns of codes, of texts and of kinds; -1 for one that the table lacks.

    A column named ID is one of codes only if the code of a KSB is in its first cell, or a number with its
    kind in another column. Two columns of codes are those of a table in parts, which is no code table.

    Parameters
    ----------
    columns
        The names of the columns.
    first
        The cells of the first row below the header.
    """
    texts = [at for at, name in enumerate(columns) if _TEXT_HEADER.fullmatch(name)]
    text = texts[0] if len(texts) == 1 and not _has_rival(columns, first, texts[0]) else -1
    kinds = [at for at, cell in enumerate(first) if text_to_title_key(cell) in KIND_LETTERS and at != text]
    kind = kinds[0] if len(kinds) == 1 else -1
    for name in (*_CODE_HEADERS, *_ID_HEADERS):
        at = columns.index(name) if name in columns else -1
        cell = first[at] if 0 <= at < len(first) else ""
        if at in (-1, text, kind):
            continue
        if kind >= 0 and _NUMBER.fullmatch(cell):
            return at, text, kind
        if name in _CODE_HEADERS or _read_code(cell):
            return (at if columns.count(name) == 1 else -1), text, -1
    return -1, text, -1


def _has_rival(columns: Sequence[str], first: Sequence[str], text: int) -> bool:
    """Return whether another column can hold the wordings, so that the whole columns must tell.

    It is one with sentences below “KSB” or “Knowledge”.
    """
    cells = zip_longest(columns, first[: len(columns)], fillvalue="")
    return any(
        at != text and is_kind_heading(name) and is_of_sentences([cell])
        for at, (name, cell) in enumerate(cells)
    )


def _lines_to_header(lines: Sequence[str]) -> _Header | None:
    """Return the header of a code table; None if the text has none.

    Blank lines, titles, and the line `sep=;`, which Excel writes, can be above it.

    Examples
    --------
    >>> header = _lines_to_header(["sep=;", '"Notes";"Code";"Text"'])
    >>> (header.line, header.code, header.text)
    (2, 1, 2)
    >>> _lines_to_header(["K1: The hoof"]) is None
    True
    """
    filled = [at for at, line in enumerate(lines) if _has_text(line)][: _MOST_ABOVE + 2]
    if any(lines[at].startswith("|") or is_table_rule(lines[at]) for at in filled):
        return None  # a table in Markdown
    for at, below in zip_longest(filled[: _MOST_ABOVE + 1], filled[1:]):
        cells = _line_to_cells(lines[at]) if at is not None else []
        columns = [text_to_squashed(cell) for cell in cells]
        first = _line_to_cells(lines[below]) if below is not None else []
        code, text, kind = _columns_to_places(_cells_to_names(columns), first)
        if min(code, text) >= 0:
            separator = max(_SEPARATORS, key=lines[at].count)
            return _Header(at + 1, tuple(columns), code, text, kind, separator)
        if sum(map(bool, columns)) != 1 or _read_code(columns[0]) or line_to_label(columns[0]):
            return None
    return None


def _has_text(line: str) -> bool:
    return bool(line.strip(f'{_SEPARATORS} "')) and not line.casefold().startswith("sep=")


def _titles(lines: Sequence[str], header: _Header) -> tuple[Passage, ...]:
    """Return the lines above the header, each a title."""
    above = enumerate(lines[: header.line - 1], start=1)
    titles = (
        (number, " ".join(filter(None, _line_to_cells(line)))) for number, line in above if _has_text(line)
    )
    return tuple(Passage(text_to_squashed(text), number, number) for number, text in titles)


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
    titles = _titles(lines, header)
    headings = [row for row in cut if _is_heading(row)]
    for row in cut:
        if row in headings:
            continue
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
    repeated = list(_repeated_faults(occurrences, where))
    raise_faults([*faults, *(_several_faults(cut, header, where) if repeated else ())] or repeated)
    return Rows(
        occurrences=tuple(occurrences),
        details=tuple(details),
        sections=tuple(Section("", "", row.text, row.first_line, row.last_line) for row in titles),
        markers=(header.line, *(row.first_line for row in headings)),
        findings=tuple(further_findings(details)),
    )


def _cut_rows(lines: Sequence[str], header: _Header, where: str) -> Iterator[_Row]:
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
            yield _Row(*row)
        first = last + 1


def _cells_to_code(cells: Sequence[str], header: _Header) -> str:
    """Return the cell of the code; or the code that a kind and a number in two cells make."""
    number = _NUMBER.fullmatch(cells[header.code])
    if header.kind < 0:
        return cells[header.code]
    letter = KIND_LETTERS.get(text_to_title_key(cells[header.kind]), "")
    return f"{letter}{number['number']}" if letter and number else ""


def _is_cut(cells: Sequence[str], header: _Header) -> bool:
    """Return whether a wording without quotes goes on in the next cell: “K1,Hay, straw”."""
    after = cells[header.text + 1]
    is_spaced = after.startswith(" ") and after.strip()[:1].islower()
    return is_spaced and header.separator == "," and not cells[header.text].startswith(" ")


def _is_heading(row: _Row) -> bool:
    """Return whether a row has nothing but the name of a kind (Knowledge), or is a sum of others."""
    filled = [cell for cell in row.cells if cell.strip()]
    is_kind = len(filled) == 1 and text_to_title_key(filled[0]) in KIND_HEADINGS
    return is_kind or _is_total(row, filled)


def _is_total(row: _Row, filled: Sequence[str]) -> bool:
    """Return whether a row sums up others: “Total”, and numbers alone beside it."""
    is_sum = _TOTAL.fullmatch(text_to_title_key(row.code)) is not None
    return is_sum and not any(any(map(str.isalpha, cell)) for cell in filled if cell != row.code)


def _further_details(code: str, row: _Row, header: _Header) -> Iterator[Detail]:
    """Yield the cells of a row that are in other columns."""
    for at, name in enumerate(header.columns):
        value = text_to_squashed(row.cells[at])
        if at not in (header.code, header.text, header.kind) and value:
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
    return text_to_lone_code(cell)


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


def _several_faults(rows: Sequence[_Row], header: _Header, where: str) -> Iterator[CurriculumError]:
    """Yield an error for a table of several standards: a further column tells apart the rows of each code."""
    used = (header.code, header.text, header.kind)
    for at, name in enumerate(header.columns):
        values = dict.fromkeys(text_to_squashed(row.cells[at]) for row in rows)
        keys = {(row.code, text_to_squashed(row.cells[at])) for row in rows}
        is_each_once = len(keys) == len(rows) and 1 < len(values) <= len(rows) / 2
        if at not in used and is_each_once and all(values):
            yield InvalidInput(
                "holds several standards",
                where=where,
                expected="one list of codes",
                found=f"the column “{name}” with {names_to_phrase(f'“{value}”' for value in values)}",
                advice="Save the rows of each as a separate file.",
            )
            return


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
    # A table of Markdown is read by its cells: other text is around it.
    if has_markdown_name(text.document.source):
        return ""
    header = _lines_to_header(text.document.lines)
    if not header:
        return ""
    places = [at for at in (header.kind, header.code, header.text) if at >= 0]
    return f"the columns {names_to_phrase(header.columns[at] for at in places)} (line {header.line})"


def _parse(text: DocumentText) -> Rows:
    header = _lines_to_header(text.document.lines)
    return _lines_to_rows(text.document.lines, header, text.document.source) if header else Rows()


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title above a table."""
    del text
    return Facts(title=rows.sections[0].text if rows.sections else "")


KIND: Final = DocumentKind(
    name="code table",
    description="a CSV with the columns code and text",
    recognise=_recognise,
    parse=_parse,
    facts=_text_to_facts,
    has_prose_lines=False,
)
