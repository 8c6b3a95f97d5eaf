"""Open the package of an Excel workbook: its sheets and their parts, and what is refused."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from curriculum.errors import UnreadableFile, too_large
from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.files.office_package import OfficeFormat, UnusualPackage
from curriculum.spreadsheets.tracker import MAX_SHEETS
from curriculum.spreadsheets.xml_elements import LIMITS, local_name, xml_elements

__all__ = [
    "WORKBOOK",
    "PackagePart",
    "Workbook",
    "data_to_day_saved",
    "data_to_workbook",
    "part_to_relations",
    "part_to_utf8",
    "require_utf8",
    "unreadable",
]

_SAVE_AS_XLSX = "Open it in Excel and save it as Excel Workbook (.xlsx), or as CSV."
_WITHOUT_PASSWORD = (
    "Open it in Excel, remove the password (File, Info, Protect Workbook) if it has one, and save it as "
    "Excel Workbook (.xlsx)."
)
# Parts that a change of a cell would make invalid, and nothing would show it.
_NOT_CARRIED = (
    ("_xmlsignatures/", "a digital signature, which a change would break"),
    ("xl/revisions/", "a log of tracked changes (a shared workbook)"),
)
_REPAIR = "Open it in Excel, let Excel repair it if it asks, check what it shows, and save it again."
_PROPERTIES = "docProps/core.xml"
_ASCII = re.compile(rb"""\A(<\?xml[^<>]{0,100}encoding=["'])(?:us-)?ascii""", re.IGNORECASE)
# XML in UTF-8: with a declaration of UTF-8, or with no declaration of an encoding.
_UTF8 = re.compile(
    rb'^(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:(?!\?>).)*?encoding=["\']utf-?8["\']|<\?xml(?!(?:(?!\?>).)*?encoding=)|<[^?])',
    re.IGNORECASE | re.DOTALL,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T|$)")
_OTHERS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("word/document.xml", "a Word file"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
)


class PackagePart(NamedTuple):
    """A sheet of a workbook: its name, the path of its part in the package, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool


class Workbook(NamedTuple):
    """An opened workbook: its package, its main part, the parts of its sheets, and how it counts days.

    ``names`` are the ranges that have a name, and ``titles`` the names of all sheets, also of charts.
    """

    package: zipfile.ZipFile
    path: str
    sheets: tuple[PackagePart, ...]
    shared_strings: str
    styles: str
    counts_from_1904: bool
    names: tuple[str, ...]
    titles: tuple[str, ...]


def unreadable(where: str, found: str, advice: str = _SAVE_AS_XLSX) -> UnreadableFile:
    """Return the error for a file that cannot be read as a workbook."""
    return UnreadableFile(
        "cannot be read as a workbook",
        where=where,
        expected="an Excel workbook (.xlsx, .xlsm), or a table as CSV or TSV",
        found=found,
        advice=advice,
    )


def _damaged(where: str, found: str) -> UnreadableFile:
    return unreadable(where, found, _REPAIR)


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    advice = "Delete empty formatted rows, sheets and pictures that are not needed, or split the file."
    return too_large("too large for a tracker", where, found, most, unit, advice=advice)


WORKBOOK = OfficeFormat(LIMITS, unreadable, _damaged, _too_large)


def part_to_utf8(package: zipfile.ZipFile, path: str) -> bytes:
    """Return a part to be edited; if it declares ASCII, as some programs write, UTF-8 is declared instead."""
    return _ASCII.sub(rb"\1UTF-8", package.read(path), count=1)


def require_utf8(where: str, *parts: bytes) -> None:
    """Refuse parts that are to be edited if their XML is not in UTF-8.

    Raises
    ------
    UnreadableFile
        If one is not.
    """
    if not all(_UTF8.match(part) for part in parts):
        raise UnreadableFile(
            "holds XML in an unusual encoding",
            where=where,
            expected="UTF-8",
            found="another",
            advice="Open it in Excel and save it again.",
        )


def part_to_relations(package: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part by id: the last word of the type, and the path of the other part."""
    folder, name = posixpath.split(path)
    try:
        data = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    except KeyError:
        return {}
    relations: dict[str, tuple[str, str]] = {}
    for element in xml_elements(data, "Relationship"):
        attributes = element.attributes
        if attributes.get("TargetMode") != "External":
            if attributes["Id"] in relations:
                raise UnusualPackage(f"two relations of one part with the id {attributes['Id'][:40]!r}")
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            relations[attributes["Id"]] = attributes["Type"].rpartition("/")[2], target
    return relations


def data_to_workbook(data: bytes, where: str) -> Workbook:
    """Open a workbook.

    Raises
    ------
    UnreadableFile
        If it is not a workbook, is damaged, is protected by a password, is too large, or contains what a
        change of a cell would break.
    """
    file_format = bytes_to_format(data)
    if file_format is FileFormat.OLD_OFFICE:
        raise unreadable(where, file_format.value, _WITHOUT_PASSWORD)
    package = WORKBOOK.open(data, where)
    names = set(package.namelist())
    for path, found in _OTHERS:
        if path in names:
            raise unreadable(where, found)
    for start, found in _NOT_CARRIED:
        if any(name.startswith(start) for name in names):
            raise unreadable(where, found, "Save a copy of it without that, or as CSV.")
    return WORKBOOK.guarded(lambda: _package_to_workbook(package, where), where)


def _package_to_workbook(package: zipfile.ZipFile, where: str) -> Workbook:
    roots = [path for kind, path in part_to_relations(package, "").values() if kind == "officeDocument"]
    if not roots:
        raise unreadable(where, "a zip file without a workbook")
    relations = part_to_relations(package, roots[0])
    sheets: list[PackagePart] = []
    titles: list[str] = []
    counts_from_1904 = False
    names: list[str] = []
    members = frozenset(package.namelist())
    for element in xml_elements(package.read(roots[0]), "sheet", "workbookPr", "definedName"):
        attributes = element.attributes
        if element.name == "workbookPr":
            counts_from_1904 |= attributes.get("date1904") in {"1", "true"}
        elif element.name == "definedName":
            names.append(element.text)
        elif element.parent == "sheets":
            title = attributes["name"]
            kind, path = relations.get(_attributes_to_relation(attributes), ("", ""))
            if path not in members:
                raise UnusualPackage(f"the sheet {title[:40]!r} without a part")
            titles.append(title)
            if kind == "worksheet":
                sheets.append(PackagePart(title, path, attributes.get("state", "visible") != "visible"))
    _refuse_twice(titles, sheets)
    paths = dict(relations.values())
    return Workbook(
        package,
        roots[0],
        tuple(sheets),
        paths.get("sharedStrings", ""),
        paths.get("styles", ""),
        counts_from_1904,
        tuple(names),
        tuple(titles),
    )


def _attributes_to_relation(attributes: Mapping[str, str]) -> str:
    """Return the id of the relation that a sheet names; the id without a prefix is another one."""
    return next(value for name, value in attributes.items() if ":" in name and local_name(name) == "id")


def _refuse_twice(titles: Sequence[str], sheets: Sequence[PackagePart]) -> None:
    """Refuse sheets with the same name (Excel ignores case), or with the same part."""
    seen: set[str] = set()
    for title in titles:
        if title.casefold() in seen:
            raise UnusualPackage(f"two sheets named {title[:40]!r}")
        seen.add(title.casefold())
    if len({part.path for part in sheets}) < len(sheets):
        raise UnusualPackage("two sheets that are one part of the file")
    if len(titles) > MAX_SHEETS:
        raise UnusualPackage(f"{len(titles):,} sheets; {MAX_SHEETS:,} are read")


def data_to_day_saved(data: bytes, where: str) -> str:
    """Return the day on which a workbook was saved, according to its properties, in ISO 8601.

    Returns
    -------
    str
        The day in UTC; empty if the workbook does not state it, or the file is not a workbook.

    Raises
    ------
    UnreadableFile
        If it is damaged.
    """
    if bytes_to_format(data) is not FileFormat.ZIP:
        return ""
    package = data_to_workbook(data, where).package
    return WORKBOOK.guarded(lambda: _package_to_day(package), where)


def _package_to_day(package: zipfile.ZipFile) -> str:
    if _PROPERTIES not in package.namelist():
        return ""
    dates = (element.text for element in xml_elements(package.read(_PROPERTIES), "modified"))
    found = _DAY.match("".join(dates).strip())
    return found[0] if found else ""
