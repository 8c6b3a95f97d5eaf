"""Read the drop-down lists of a workbook: their cells, their source, and the ranges of their values."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from curriculum.spreadsheets.tracker import CellRange, DropDown, Sheet, letters_to_column
from curriculum.spreadsheets.xlsx_package import Workbook, part_to_relations
from curriculum.spreadsheets.xml_elements import xml_elements

__all__ = ["book_to_names", "data_to_drop_downs", "sheets_with_drop_downs", "sources_to_ranges"]

_RULES: Final = tuple("dataValidation".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
# The words between the signs of a formula; the quoted name of a sheet belongs to the word after it.
_WORDS: Final = re.compile(r"\"[^\"]*\"?|(?:'[^']*')*[^\s,;()+*/&=<>{}\"'^]*|.", re.DOTALL)
_WRITTEN_OUT: Final = re.compile(r"\s*\"[^\"]*\"\s*")
_END: Final = re.compile(r"\$?([A-Z]{1,3})?\$?([0-9]{1,7})?")
_SPILLED: Final = "#"
_LAST_ROW: Final = 1_048_576


def sheets_with_drop_downs(
    book: Workbook, sheets: Sequence[Sheet], lists: Mapping[str, tuple[DropDown, ...]]
) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook with their drop-down lists and the ranges of the listed values.

    Parameters
    ----------
    book, sheets
        The workbook, and its sheets as they were read.
    lists
        The lists of each sheet, from `data_to_drop_downs`.
    """
    if not any(lists.values()):
        return tuple(sheets)
    sources = [(name, rule.source) for name, rules in lists.items() for rule in rules]
    ranges: dict[str, list[CellRange]] = {}
    for named, cells in sources_to_ranges(sources, book_to_names(book)):
        ranges.setdefault(named.casefold(), []).append(cells)
    return tuple(
        replace(sheet, drop_downs=lists[sheet.name], list_ranges=tuple(ranges.get(sheet.name.casefold(), ())))
        for sheet in sheets
    )


def data_to_drop_downs(data: bytes) -> tuple[DropDown, ...]:
    """Return the drop-down lists of the part of a sheet, in order, with those of extensions.

    Examples
    --------
    >>> rule = '<dataValidation type="list" sqref="B2:B9"><formula1>H1:H9</formula1></dataValidation>'
    >>> data_to_drop_downs(f"<worksheet>{rule}</worksheet>".encode())
    (DropDown(cells='B2:B9', source='H1:H9'),)
    """
    if not any(rule in data for rule in _RULES):
        return ()
    found: list[DropDown] = []
    texts = {"sqref": "", "formula1": ""}
    for element in xml_elements(data, "dataValidation", *texts):
        if element.name in texts:
            # In an extension, the cells are in an element and not in an attribute.
            texts[element.name] += element.text if element.parent == "dataValidation" else ""
            continue
        cells = (element.attributes.get("sqref", "") + texts["sqref"]).strip()
        source = texts["formula1"].strip()
        if element.attributes.get("type") == "list" and cells and source:
            found.append(DropDown(cells, source))
        texts = dict.fromkeys(texts, "")
    return tuple(found)


def book_to_names(book: Workbook) -> dict[str, str]:
    """Return the formulas of the defined names and tables of a workbook, by name in lower case.

    A name that is defined for one sheet only counts like one of the whole workbook.
    """
    names: dict[str, str] = {}
    for part in book.sheets:
        for kind, path in part_to_relations(book.package, part.path).values():
            if kind == "table":
                names.update(_table_to_name(book.package.read(path), part.name))
    return {**names, **_defined_names(book.package.read(book.path))}


def _defined_names(data: bytes) -> dict[str, str]:
    names: dict[str, str] = {}
    for element in xml_elements(data, "definedName"):
        name = element.attributes.get("name", "").casefold()
        if name:
            names[name] = names.get(name, "") + element.text
    return names


def _table_to_name(data: bytes, sheet: str) -> Iterator[tuple[str, str]]:
    quoted = sheet.replace("'", "''")
    for element in xml_elements(data, "table"):
        attributes = element.attributes
        if "ref" in attributes:
            table_name = attributes.get("displayName") or attributes.get("name", "")
            yield table_name.casefold(), f"'{quoted}'!{attributes['ref']}"


def sources_to_ranges(
    sources: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> tuple[tuple[str, CellRange], ...]:
    """Return the ranges of the values that drop-down lists offer, with their sheets.

    Parameters
    ----------
    sources
        The sheet of each rule and its source: a range (of that sheet, if it names none), a name, a formula
        with them, or values in quotes, which have no range.
    names
        The formulas of names, from `book_to_names`. Each name is looked up once.

    Examples
    --------
    >>> names = {"ksbs": "Lists!$A$1:$A$9"}
    >>> for found in sources_to_ranges([("Log", "$H$2:$H$9"), ("Log", "KSBs"), ("Log", '"K1,K2"')], names):
    ...     print(*found)
    Log CellRange(top=2, bottom=9, first=8, last=8)
    Lists CellRange(top=1, bottom=9, first=1, last=1)
    """
    found: dict[tuple[str, CellRange], None] = {}
    seen: set[str] = set()
    waiting = deque(
        (sheet, text) for sheet, text in dict.fromkeys(sources) if not _WRITTEN_OUT.fullmatch(text)
    )
    while waiting:
        sheet, text = waiting.popleft()
        for word in _WORDS.findall(text):
            cells, name = _word_to_range(word, sheet), _word_to_name(word)
            found.update({cells: None} if cells else {})
            if name in names and name not in seen:
                seen.add(name)
                waiting.append((sheet, names[name]))
    return tuple(found)


def _word_to_name(word: str) -> str:
    """Return the name in a word of a formula; for the column of a table, the name of the table."""
    return word.strip('"').rpartition("!")[2].partition("[")[0].casefold()


def _word_to_range(word: str, sheet: str) -> tuple[str, CellRange] | None:
    """Return the range that a word of a formula names; a single cell is not a range."""
    named, _, cells = word.strip('"').rpartition("!")
    first, _, last = cells.partition(":")
    start, end = _END.fullmatch(first.removesuffix(_SPILLED)), _END.fullmatch(last)
    if not start or not end or not (last or first.endswith(_SPILLED)) or not start[1]:
        return None
    sheet_name = named[1:-1].replace("''", "'") if named.startswith("'") else named
    columns = letters_to_column(start[1]), letters_to_column(end[1] or start[1])
    cells_found = CellRange(int(start[2] or 1), int(end[2] or _LAST_ROW), *columns)
    return sheet_name or sheet, cells_found
