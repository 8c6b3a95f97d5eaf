"""Find the columns that formulas, names, tables, pictures and charts of a sheet use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from curriculum.spreadsheets.tracker import MAX_COLUMNS, column_to_letters, letters_to_column
from curriculum.spreadsheets.xlsx_package import PackagePart, Workbook, part_to_relations
from curriculum.spreadsheets.xml_elements import xml_elements

__all__ = ["note_columns", "part_to_ranges"]

# A name or a quoted sheet without a range is matched as a whole, so that no search begins within it.
_RANGE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')++'|[^\W\d][\w.]*+)!)?(?<![A-Za-z0-9_])\$?[A-Z]{1,3}(?:\$?\d+)?:\$?(?P<last>[A-Z]{1,3})(?:\$?\d+)?(?![\w(])"
    r"|'(?:[^']|'')*+'?|[^\W\d][\w.]*+"
)


def note_columns(text: str, last_columns: dict[str, int]) -> None:
    """Record the last column of each range in a formula, by the sheet that it names; ignore whole rows."""
    for found in _RANGE.finditer(text):
        if not found["last"]:
            continue
        named = (found["sheet"] or "").removesuffix("!").strip("'").replace("''", "'")
        last = letters_to_column(found["last"])
        if last < MAX_COLUMNS:
            last_columns[named] = max(last, last_columns.get(named, 0))


def part_to_ranges(book: Workbook, part: PackagePart) -> Iterator[str]:
    """Yield the ranges that tables and drawings of a sheet cover."""
    for kind, path in part_to_relations(book.package, part.path).values():
        if kind == "table":
            tables = xml_elements(book.package.read(path), "table")
            yield from (table.attributes["ref"] for table in tables if "ref" in table.attributes)
        elif kind == "drawing":
            yield from _drawing_to_ranges(book.package.read(path))


def _drawing_to_ranges(data: bytes) -> Iterator[str]:
    """Yield the columns under pictures and charts, as ranges."""
    for element in xml_elements(data, "col"):
        if element.parent == "to":
            yield f"A1:{column_to_letters(min(int(element.text) + 1, MAX_COLUMNS - 1))}1"
