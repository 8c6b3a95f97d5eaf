"""Read the cell formats of a workbook, and find those that show a number as a date."""

from __future__ import annotations

import re
from typing import NamedTuple

from curriculum.files.office_package import UnusualPackage
from curriculum.spreadsheets.xml_elements import xml_elements

__all__ = ["CellFormats", "data_to_styles"]

# The numbers of built-in date formats, and the letters that show a date in a custom format.
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_DATE_LETTERS = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]\[]*+\]|_.')


class CellFormats(NamedTuple):
    """The numbers of the cell styles of a workbook, and of those that show a number as a date."""

    known: frozenset[str]
    dates: frozenset[str]


def data_to_styles(data: bytes) -> CellFormats:
    """Return the numbers of the cell styles in the part of a workbook with its styles; 0 is always one."""
    if not data:
        return CellFormats(frozenset("0"), frozenset())
    custom: dict[str, str] = {}
    styles: list[str] = []
    for element in xml_elements(data):
        attributes = element.attributes
        if element.name == "numFmt" and "numFmts" in element.parents and "formatCode" in attributes:
            custom[attributes["numFmtId"]] = attributes["formatCode"]
        elif element.parent == "cellXfs":
            if element.name != "xf":
                raise UnusualPackage(f"a list of formats that contains {element.tag[:40]!r}")
            styles.append(attributes.get("numFmtId", "0"))
    dates = frozenset(str(at) for at, number in enumerate(styles) if _is_date_format(number, custom))
    return CellFormats(frozenset(map(str, range(len(styles) or 1))), dates)


def _is_date_format(number: str, custom: dict[str, str]) -> bool:
    if number in custom:
        return bool(_DATE_LETTERS.search(_QUOTED.sub("", custom[number])))
    return number.isdigit() and int(number) in _DATE_FORMATS
