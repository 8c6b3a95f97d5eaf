"""The package of an Excel workbook: which sheets it has, where their parts are, and what it refuses."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar
from xml.parsers import expat

from curriculum.errors import CurriculumError, UnreadableFile
from curriculum.files.zip_guard import Limits, bytes_to_package, is_protected_or_old
from curriculum.spreadsheets.tracker import MAX_SHEETS

__all__ = [
    "PackagePart",
    "UnusualWorkbook",
    "Workbook",
    "data_to_day_saved",
    "data_to_workbook",
    "guarded",
    "local_name",
    "part_to_relations",
    "part_to_utf8",
    "read_xml",
    "refuse_doctype",
    "unreadable",
]

_T = TypeVar("_T")
# 2,000,000 cells are some 100,000,000 bytes of XML; the rest is for pictures. DEFLATE packs to a 1,032th at
# most, so that a ratio says nothing here: what counts is what there is to read.
LIMITS = Limits(members=10_000, unpacked=300_000_000, ratio=1_100)
# The most bytes of XML of one part, and the tags in it, each of which takes time.
MAX_PART = 150_000_000
MAX_TAGS = 12_000_000
# A part as large as this with so many bytes to a tag holds no table: a comment or spaces.
_LARGE, _MOST_TO_A_TAG = 20_000_000, 1_000
_SAVE_AS_XLSX = "Open it in Excel and save it as Excel Workbook (.xlsx), or as CSV."
# Parts that a change would make wrong without any sign of it.
_NOT_CARRIED = (
    ("_xmlsignatures/", "a digital signature, which a change would break"),
    ("xl/revisions/", "a log of tracked changes (a shared workbook)"),
)
_SAVE_ANEW = "Open it in Excel, see that it shows what it should, and save it again."
_PROPERTIES = "docProps/core.xml"
_ASCII = re.compile(rb"""\A(<\?xml[^<>]{0,100}encoding=["'])(?:us-)?ascii""", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=T|$)")
_OTHERS = (
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file"),
    ("word/document.xml", "a Word file"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
)


class PackagePart(NamedTuple):
    """A sheet of a workbook: its name, its part within the package, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool


class Workbook(NamedTuple):
    """An opened workbook: its package, its main part, the parts of its sheets, and how it counts days.

    ``names`` are the ranges that it gives names to, ``titles`` the names of all sheets, also of charts.
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
    """Return the error of a file that is no workbook that can be read."""
    return UnreadableFile(
        "cannot be read as a workbook",
        where=where,
        expected="an Excel workbook (.xlsx, .xlsm), or a table as CSV or TSV",
        found=found,
        advice=advice,
    )


def _too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
    return UnreadableFile(
        "too large for a tracker",
        where=where,
        expected=f"at most {most:,} {unit}",
        found=f"{found:,}",
        advice="Delete empty formatted rows, sheets and pictures that are not needed, or split the file.",
    )


def local_name(name: str) -> str:
    """Return the name of an element without the prefix of its namespace."""
    return name.rpartition(":")[2]


class TooMuchXml(Exception):
    """A part holds more XML than is read."""


class UnusualWorkbook(Exception):
    """A workbook says something that Excel never writes, and that could be read in two ways."""


def guarded(step: Callable[[], _T], where: str) -> _T:
    """Take a step over a package that can be damaged anywhere."""
    try:
        return step()
    except (CurriculumError, MemoryError):
        raise
    except TooMuchXml as fault:
        n_bytes, n_tags = fault.args
        is_long = n_bytes > MAX_PART
        facts = (n_bytes, MAX_PART, "bytes of XML") if is_long else (n_tags, MAX_TAGS, "tags of XML")
        raise _too_large(where, *facts) from fault
    except UnusualWorkbook as fault:
        raise unreadable(where, f"a damaged or unusual one ({fault})", _SAVE_ANEW) from fault
    except Exception as fault:  # zipfile, zlib and expat raise errors of many kinds
        raise unreadable(
            where,
            f"a damaged or unusual one ({type(fault).__name__})",
            "Open it in Excel, let Excel repair it, and save it again.",
        ) from fault


def refuse_doctype(*_: object) -> None:
    """Refuse a declaration of a document type: its entities can be bombs."""
    raise ValueError("a document type declaration")


def read_xml(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read the XML of a part; one that declares a document type is refused, as entities can be bombs."""
    n_tags = data.count(b"<")
    if len(data) > MAX_PART or n_tags > MAX_TAGS:
        raise TooMuchXml(len(data), n_tags)
    if len(data) > max(_LARGE, _MOST_TO_A_TAG * n_tags):
        raise UnusualWorkbook(f"{len(data):,} bytes of XML with {n_tags:,} tags")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)


def part_to_utf8(package: zipfile.ZipFile, path: str) -> bytes:
    """Return a part to be written to; one that says that it is ASCII, as some write it, is UTF-8 too."""
    return _ASCII.sub(rb"\1UTF-8", package.read(path), count=1)


def part_to_relations(package: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part leads to, by relation id: the last word of its kind, and the path."""
    folder, name = posixpath.split(path)
    try:
        data = package.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    except KeyError:
        return {}
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            if attributes["Id"] in found:
                raise UnusualWorkbook(f"two relations of one part with the id {attributes['Id'][:40]!r}")
            target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
            found[attributes["Id"]] = attributes["Type"].rpartition("/")[2], target

    read_xml(data, start)
    return found


def data_to_workbook(data: bytes, where: str) -> Workbook:
    """Open a workbook, or refuse.

    Raises
    ------
    UnreadableFile
        If it is none, is damaged, is protected by a password, is too large, or holds what a change of a
        cell would break.
    """
    if is_protected_or_old(data):
        raise unreadable(
            where,
            "one with a password, or of the old form (.xls)",
            "Open it in Excel, take the password away (File, Info, Protect Workbook), and save it as "
            "Excel Workbook (.xlsx).",
        )
    package = bytes_to_package(data, LIMITS, partial(unreadable, where), partial(_too_large, where))
    names = set(package.namelist())
    for path, found in _OTHERS:
        if path in names:
            raise unreadable(where, found)
    for start, found in _NOT_CARRIED:
        if any(name.startswith(start) for name in names):
            raise unreadable(where, found, "Save a copy of it without that, or as CSV.")
    return guarded(lambda: _package_to_workbook(package, where), where)


def _package_to_workbook(package: zipfile.ZipFile, where: str) -> Workbook:
    roots = [path for kind, path in part_to_relations(package, "").values() if kind == "officeDocument"]
    if not roots:
        raise unreadable(where, "a zip file without a workbook")
    relations = part_to_relations(package, roots[0])
    sheets: list[PackagePart] = []
    titles: list[str] = []
    counts_from_1904: list[bool] = []
    names: list[str] = []
    inside: list[str] = [""]
    members = frozenset(package.namelist())

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(local_name(name))
        if local_name(name) == "sheet" and inside[-2] == "sheets":
            own = next(value for key, value in attributes.items() if local_name(key) == "id" and ":" in key)
            kind, path = relations.get(own, ("", ""))
            if path not in members:
                raise UnusualWorkbook(f"the sheet {attributes['name'][:40]!r} without a part of its own")
            titles.append(attributes["name"])
            if kind == "worksheet":
                is_hidden = attributes.get("state", "visible") != "visible"
                sheets.append(PackagePart(attributes["name"], path, is_hidden))
        elif local_name(name) == "workbookPr":
            counts_from_1904.append(attributes.get("date1904") in {"1", "true"})

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside[-1] == "definedName":
            names.append(piece)

    read_xml(package.read(roots[0]), start, end, text)
    _refuse_twice(titles, sheets)
    paths = dict(relations.values())
    return Workbook(
        package,
        roots[0],
        tuple(sheets),
        paths.get("sharedStrings", ""),
        paths.get("styles", ""),
        any(counts_from_1904),
        tuple(names),
        tuple(titles),
    )


def _refuse_twice(titles: Sequence[str], sheets: Sequence[PackagePart]) -> None:
    """Refuse sheets that cannot be told apart: of one name, which for Excel has no case, or of one part."""
    named: set[str] = set()
    for title in titles:
        if title.casefold() in named:
            raise UnusualWorkbook(f"two sheets named {title[:40]!r}")
        named.add(title.casefold())
    if len({part.path for part in sheets}) < len(sheets):
        raise UnusualWorkbook("two sheets that are one part of the file")
    if len(titles) > MAX_SHEETS:
        raise UnusualWorkbook(f"{len(titles):,} sheets; {MAX_SHEETS:,} are read")


def data_to_day_saved(data: bytes, where: str) -> str:
    """Return the day on which a workbook was saved, as its own properties tell it, in ISO 8601.

    Returns
    -------
    str
        The day in the time of Greenwich; empty if the workbook tells none, or is no workbook.

    Raises
    ------
    UnreadableFile
        If it is damaged.
    """
    if not data.startswith(b"PK"):
        return ""
    package = data_to_workbook(data, where).package
    told: list[str] = []
    inside: list[str] = [""]

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(local_name(name))

    def end(_: str) -> None:
        inside.pop()

    def text(piece: str) -> None:
        if inside[-1] == "modified":
            told.append(piece)

    if _PROPERTIES in package.namelist():
        properties = guarded(lambda: package.read(_PROPERTIES), where)
        guarded(lambda: read_xml(properties, start, end, text), where)
    found = _DAY.match("".join(told).strip())
    return found[0] if found else ""
