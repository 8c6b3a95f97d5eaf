"""Sheets of a report become sheets of a person's workbook: its own parts stay as they are.

Of the workbook only its list of sheets, what that rests on, and its list of formats change; formats are
added behind those that are there, so that no number of one changes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from curriculum.spreadsheets.xlsx_package import (
    Workbook,
    local_name,
    part_to_utf8,
    refuse_doctype,
    unreadable,
)
from curriculum.spreadsheets.xlsx_reading import shared_to_items
from curriculum.spreadsheets.xlsx_writing import require_utf8

__all__ = ["workbook_to_changed_parts"]

_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What formats are made of, and the attribute by which a format refers to each.
_MADE_OF = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
_CHILDREN = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
_FIRST_OWN_FORMAT = 164
_OWN_PART = re.compile(r"/curriculum(\d+)\.xml$")
_SHARING = re.compile(r'<c((?:(?! t="s">)[^<>])*+) t="s"><v>(\d+)</v></c>')
_STYLED = re.compile(r"<(?:c|row|col)\b[^<>]*+>")
_STYLE = re.compile(r'\b(s|style)="(\d+)"')
_SELECTED = re.compile(r'\stabSelected="1"')
_TAG = re.compile(r"<(/?)(?=[A-Za-z])")
_WHOLE_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*+"|'[^']*+')*+>""")
# The lists of a part of formats that are added to, in the order in which they have to stand.
_LISTS = ("numFmts", "fonts", "fills", "borders", "cellXfs")
_COUNT = re.compile(rb"""\bcount\s*=\s*["']\d+["']""")
_ROOT = "styleSheet"
_PLAIN_FORMAT = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'


class _Spot(NamedTuple):
    """An element of a part: its tag, where that begins and ends, where the end tag begins, its children."""

    tag: str
    start: int
    header: int
    end: int
    children: tuple[Mapping[str, str], ...]


def _data_to_spots(data: bytes, names: Sequence[str]) -> dict[str, _Spot]:
    """Find elements of a part by the byte."""
    found: dict[str, _Spot] = {}
    inside: list[str] = []
    children: dict[str, list[Mapping[str, str]]] = {}
    starts: dict[str, int] = {}
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        own = local_name(name)
        if own in names and own not in starts:
            starts[own], children[own] = parser.CurrentByteIndex, []
        elif inside and inside[-1] in children and inside[-1] not in found:
            children[inside[-1]].append(attributes)
        inside.append(own)

    def end(name: str) -> None:
        own = inside.pop()
        if own in starts and own not in found:
            tag = _WHOLE_TAG.match(data, starts[own])
            header = tag.end() if tag else starts[own]
            found[own] = _Spot(name, starts[own], header, parser.CurrentByteIndex, tuple(children[own]))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)
    return found


def _grown(data: bytes, *grown: tuple[_Spot, Sequence[str]]) -> bytes:
    """Add children to elements of a part, behind those that are there; their counts follow."""
    for spot, children in sorted(grown, key=lambda one: -one[0].start):
        added = _prefixed("".join(children), spot)
        count = f'count="{len(spot.children) + len(children)}"'.encode()
        tag = _COUNT.sub(count, data[spot.start : spot.header])
        held = data[spot.header : spot.end]
        end = spot.end
        if tag.endswith(b"/>"):
            tag, held, added, end = tag[:-2] + b">", b"", added + f"</{spot.tag}>".encode(), spot.header
        data = data[: spot.start] + tag + held + added + data[end:]
    return data


def _prefixed(xml: str, beside: _Spot) -> bytes:
    """Return XML whose elements are of the namespace of an element of a part."""
    prefix = beside.tag[: -len(local_name(beside.tag))]
    return _TAG.sub(rf"<\1{prefix}", xml).encode()


def workbook_to_changed_parts(book: Workbook, report: bytes, where: str) -> dict[str, bytes]:
    """Return the parts of a workbook that change, or come, when the sheets of a report are added to it.

    Parameters
    ----------
    book
        The workbook of a person.
    report
        A workbook as XlsxWriter writes it.
    where
        The file, as a message should name it.

    Returns
    -------
    dict of str to bytes
        Parts by path.

    Raises
    ------
    UnreadableFile
        If the workbook keeps its sheets or formats in a way that cannot be added to.
    """
    main = part_to_utf8(book.package, book.path)
    if b"purl.oclc.org/ooxml" in main:
        raise unreadable(where, "one of the strict form", "Save it in Excel as Excel Workbook (.xlsx).")
    folder, name = posixpath.split(book.path)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    with zipfile.ZipFile(io.BytesIO(report)) as source:
        styles = source.read("xl/styles.xml")
        items = shared_to_items(source.read("xl/sharedStrings.xml"))
        sheets = [_inlined(source.read(path).decode(), items) for path in _report_parts(source)]
        titles, names = _report_to_names(source.read("xl/workbook.xml"))
    first = _first_free(book.package)
    paths = [f"{folder}/worksheets/curriculum{first + at}.xml" for at in range(len(sheets))]
    held = part_to_utf8(book.package, book.styles) if book.styles else b""
    held_parts = (
        main,
        part_to_utf8(book.package, relations),
        part_to_utf8(book.package, _TYPES),
        *([held] if held else []),
    )
    require_utf8(where, *held_parts)
    merged, shift = _with_styles(held, styles) if held else (styles, 0)
    new_styles = "" if book.styles else f"{folder}/styles.xml"
    return {
        **{path: _shifted(xml, shift).encode() for path, xml in zip(paths, sheets, strict=True)},
        book.styles or new_styles: merged,
        relations: _with_relations(part_to_utf8(book.package, relations), paths, new_styles, first),
        _TYPES: _with_types(part_to_utf8(book.package, _TYPES), paths, new_styles),
        book.path: _with_sheets(main, titles, names, first),
    }


def _inlined(xml: str, items: Mapping[int, bytes]) -> str:
    """Put the texts that the cells of a report share into the cells themselves."""

    def cell(found: re.Match[str]) -> str:
        return f'<c{found[1]} t="inlineStr"><is>{items[int(found[2])].decode()}</is></c>'

    return _SHARING.sub(cell, xml)


def _first_free(package: zipfile.ZipFile) -> int:
    """Return the first number that no part has which an earlier report has brought."""
    taken = [int(found[1]) for name in package.namelist() if (found := _OWN_PART.search(name))]
    return max(taken, default=0) + 1


def _report_parts(source: zipfile.ZipFile) -> list[str]:
    count = sum(name.startswith("xl/worksheets/sheet") for name in source.namelist())
    return [f"xl/worksheets/sheet{number}.xml" for number in range(1, count + 1)]


def _report_to_names(data: bytes) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Return the titles of a report's sheets, and what it prints on each page: sheet, name, range."""
    titles: list[str] = []
    names: list[tuple[int, str, str]] = []
    current: list[tuple[int, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            titles.append(attributes["name"])
        elif name == "definedName":
            current.append((int(attributes["localSheetId"]), attributes["name"]))

    def end(name: str) -> None:
        if name == "definedName":
            current.pop()

    def text(piece: str) -> None:
        if current:
            names.append((*current[-1], piece))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.Parse(data, True)
    return titles, names


def _shifted(xml: str, shift: int) -> str:
    """Let the cells of a report's sheet refer to its formats where they now stand; no tab is selected."""

    def tag(found: re.Match[str]) -> str:
        return _STYLE.sub(lambda style: f'{style[1]}="{int(style[2]) + shift}"', found[0])

    # A cell without a format of its own has that of number nought, which is another's here.
    return _STYLED.sub(tag, _SELECTED.sub("", xml))


def _with_lists(data: bytes) -> bytes:
    """Return a part of formats that has each list; some programs leave out those that would be empty."""
    # From behind, as each has to stand before the next one.
    for name in reversed(_LISTS):
        data = _with_list(data, name, (_PLAIN_FORMAT,) if name == "cellXfs" else ())
    return data


def _with_list(data: bytes, name: str, inside: Sequence[str]) -> bytes:
    """Return a part of formats with a list; one that is not there, or is empty, holds what is given."""
    spots = _data_to_spots(data, [_ROOT, name])
    if name in spots:
        return data if spots[name].children or not inside else _grown(data, (spots[name], inside))
    told = f'<{name} count="{len(inside)}">{"".join(inside)}</{name}>'
    before = {*_LISTS[: _LISTS.index(name)], "cellStyleXfs"}
    behind = [start for child, start in _data_to_children(data) if child not in before]
    if not behind:
        return _grown(data, (spots[_ROOT], [told]))
    return data[: behind[0]] + _prefixed(told, spots[_ROOT]) + data[behind[0] :]


def _data_to_children(data: bytes) -> list[tuple[str, int]]:
    """Name the elements right within the root of a part, with the byte at which each begins."""
    found: list[tuple[str, int]] = []
    depth = [0]
    parser = expat.ParserCreate()

    def start(name: str, _: dict[str, str]) -> None:
        if depth[0] == 1:
            found.append((local_name(name), parser.CurrentByteIndex))
        depth[0] += 1

    def end(_: str) -> None:
        depth[0] -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(data, True)
    return found


def _with_styles(data: bytes, report: bytes) -> tuple[bytes, int]:
    """Add the formats of a report behind those of a workbook; give the number that theirs begin at."""
    data = _with_lists(data)
    own, new = _data_to_spots(data, [*_MADE_OF, "cellXfs", "numFmts"]), _report_to_formats(report)
    # Formats by condition number theirs in the same row.
    numbers = {int(number) for number in re.findall(rb'\bnumFmtId\s*=\s*["\'](\d+)["\']', data)}
    shifts = {_MADE_OF[name]: len(own[name].children) for name in _MADE_OF}
    first = _free_numbers(numbers, len(new["numFmts"]))
    grown: list[tuple[_Spot, Sequence[str]]] = [(own[name], new[name]) for name in _MADE_OF]
    grown.append((own["cellXfs"], [_renumbered(xf, shifts, first) for xf in new["cellXfs"]]))
    grown.append((own["numFmts"], [_renumbered(one, {}, first) for one in new["numFmts"]]))
    # A list without anything in it is none that Excel opens.
    grown = [(spot, children) for spot, children in grown if children]
    return _grown(data, *grown), len(own["cellXfs"].children)


def _free_numbers(taken: Collection[int], count: int) -> int:
    """Return the first of so many numbers of formats that no other format has."""
    first = _FIRST_OWN_FORMAT
    for number in sorted(taken):
        if number >= first + count:
            break
        first = max(first, number + 1)
    return first


def _moved(number: str, first: int) -> int:
    return int(number) - _FIRST_OWN_FORMAT + first if int(number) >= _FIRST_OWN_FORMAT else int(number)


def _renumbered(xf: str, shifts: Mapping[str, int], first: int) -> str:
    """Let a format refer to its font, fill, border and number format where they now stand."""

    def attribute(found: re.Match[str]) -> str:
        name, number = found[1], found[2]
        return f'{name}="{_moved(number, first) if name == "numFmtId" else int(number) + shifts[name]}"'

    return re.sub(r'\b(numFmtId|fontId|fillId|borderId)="(\d+)"', attribute, xf)


def _report_to_formats(report: bytes) -> dict[str, list[str]]:
    """Return what the formats of a report are made of, each as XML."""
    text = report.decode()
    found = {}
    for name, child in _CHILDREN.items():
        inside = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", text, re.DOTALL)
        one = rf"<{child}\b[^>]*?/>|<{child}\b[^>]*>.*?</{child}>"
        found[name] = re.findall(one, inside[1], re.DOTALL) if inside else []
    return found


def _with_relations(data: bytes, paths: Sequence[str], new_styles: str, first: int) -> bytes:
    targets = [("worksheet", path) for path in paths] + [("styles", new_styles)] * bool(new_styles)
    told = [
        f'<Relationship Id="curriculum{number}" Type="{_RELATIONS}/{kind}" Target={quoteattr("/" + path)}/>'
        for number, (kind, path) in enumerate(targets, start=first)
    ]
    return _grown(data, (_data_to_spots(data, ["Relationships"])["Relationships"], told))


def _with_types(data: bytes, paths: Sequence[str], new_styles: str) -> bytes:
    kinds = [(path, _SHEET_TYPE) for path in paths] + [(new_styles, _STYLES_TYPE)] * bool(new_styles)
    told = [f'<Override PartName={quoteattr("/" + path)} ContentType="{kind}"/>' for path, kind in kinds]
    return _grown(data, (_data_to_spots(data, ["Types"])["Types"], told))


def _with_sheets(
    data: bytes, titles: Sequence[str], names: Sequence[tuple[int, str, str]], first: int
) -> bytes:
    """Add sheets to the list of a workbook, and what is printed on each of their pages."""
    spots = _data_to_spots(data, ["sheets", "functionGroups", "externalReferences", "definedNames"])
    sheets = spots["sheets"]
    first_id = max(int(one["sheetId"]) for one in sheets.children) + 1
    told = [
        f'<sheet name={quoteattr(title)} sheetId="{first_id + at}" xmlns:r="{_RELATIONS}" '
        f'r:id="curriculum{first + at}"/>'
        for at, title in enumerate(titles)
    ]
    printed = [_name_to_xml(len(sheets.children), *name) for name in names]
    if "definedNames" in spots:
        return _grown(data, (sheets, told), (spots["definedNames"], printed))
    last = max(spots.values(), key=lambda spot: spot.start)
    is_closed = data[last.start : last.header].endswith(b"/>")
    at = last.header if is_closed else data.index(b">", last.end) + 1
    element = _prefixed(f"<definedNames>{''.join(printed)}</definedNames>", sheets) if printed else b""
    return _grown(data[:at] + element + data[at:], (sheets, told))


def _name_to_xml(n_sheets: int, sheet: int, name: str, target: str) -> str:
    hidden = ' hidden="1"' if name.endswith("_FilterDatabase") else ""
    return (
        f'<definedName name="{name}" localSheetId="{n_sheets + sheet}"{hidden}>{escape(target)}</definedName>'
    )
