"""Add the sheets of a report to a workbook, and leave its other parts as they are.

Of the workbook, only the list of sheets, the parts that refer to sheets, and the list of formats change.
Formats are added after the existing ones, so that no number of a format changes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from curriculum.spreadsheets.xlsx_package import Workbook, part_to_utf8, require_utf8, unreadable
from curriculum.spreadsheets.xlsx_reading import shared_to_items
from curriculum.spreadsheets.xml_elements import XmlElement, xml_elements
from curriculum.spreadsheets.xml_text import text_to_attribute, text_to_content

__all__ = ["workbook_to_changed_parts"]

_TYPES = "[Content_Types].xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The lists that a format refers to, and the attribute that refers to each.
_FORMAT_IDS = {"fonts": "fontId", "fills": "fillId", "borders": "borderId"}
_CHILDREN = {"numFmts": "numFmt", "fonts": "font", "fills": "fill", "borders": "border", "cellXfs": "xf"}
# Lower numbers are built-in number formats.
_FIRST_CUSTOM_FORMAT = 164
_ADDED_PART = re.compile(r"/curriculum(\d+)\.xml$")
_SHARED_TEXT = re.compile(r'<c((?:(?! t="s">)[^<>])*+) t="s"><v>(\d+)</v></c>')
_STYLED = re.compile(r"<(?:c|row|col)\b[^<>]*+>")
_STYLE = re.compile(r'\b(s|style)="(\d+)"')
_SELECTED = re.compile(r'\stabSelected="1"')
_TAG = re.compile(r"<(/?)(?=[A-Za-z])")
# The lists in a part of formats to which children are added, in the order that Excel requires.
_LISTS = ("numFmts", "fonts", "fills", "borders", "cellXfs")
_COUNT = re.compile(rb"""\bcount\s*=\s*["']\d+["']""")
_ROOT = "styleSheet"
_PLAIN_FORMAT = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'


class _Parent(NamedTuple):
    """An element of a part, with the attributes of its children."""

    element: XmlElement
    children: tuple[Mapping[str, str], ...]


def _data_to_parents(data: bytes, names: Sequence[str]) -> dict[str, _Parent]:
    """Return the first element of each name in a part."""
    found: dict[str, _Parent] = {}
    children: dict[str, list[Mapping[str, str]]] = {name: [] for name in names}
    for element in xml_elements(data):
        if element.name in children and element.name not in found:
            found[element.name] = _Parent(element, tuple(children[element.name]))
        if element.parent in children:
            children[element.parent].append(element.attributes)
    return found


def _with_children(data: bytes, *added: tuple[_Parent, Sequence[str]]) -> bytes:
    """Add children to elements of a part, after the existing ones, and correct their counts."""
    for (element, old), new in sorted(added, key=lambda pair: -pair[0].element.start):
        xml = _prefixed("".join(new), element)
        count = f'count="{len(old) + len(new)}"'.encode()
        tag = _COUNT.sub(count, data[element.start : element.inside])
        if element.is_closed:
            tag, xml = tag[:-2] + b">", xml + f"</{element.tag}>".encode()
        data = data[: element.start] + tag + element.content + xml + data[element.end :]
    return data


def _prefixed(xml: str, beside: XmlElement) -> bytes:
    """Return XML whose elements have the namespace of an element of a part."""
    return _TAG.sub(rf"<\1{beside.prefix}", xml).encode()


def workbook_to_changed_parts(book: Workbook, report: bytes, where: str) -> dict[str, bytes]:
    """Return the parts of a workbook that are changed or new when the sheets of a report are added to it.

    Parameters
    ----------
    book
        The workbook of the user.
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
        If sheets or formats cannot be added to the workbook.
    """
    main = part_to_utf8(book.package, book.path)
    if b"purl.oclc.org/ooxml" in main:
        raise unreadable(where, "one of the strict form", "Save it in Excel as Excel Workbook (.xlsx).")
    folder, name = posixpath.split(book.path)
    relations_path = posixpath.join(folder, "_rels", f"{name}.rels")
    with zipfile.ZipFile(io.BytesIO(report)) as source:
        report_styles = source.read("xl/styles.xml")
        items = shared_to_items(source.read("xl/sharedStrings.xml"))
        sheets = [_inlined(source.read(path).decode(), items) for path in _report_parts(source)]
        titles, names = _report_to_names(source.read("xl/workbook.xml"))
    first = _first_free(book.package)
    paths = [f"{folder}/worksheets/curriculum{first + at}.xml" for at in range(len(sheets))]
    relations, types = part_to_utf8(book.package, relations_path), part_to_utf8(book.package, _TYPES)
    styles = part_to_utf8(book.package, book.styles) if book.styles else b""
    require_utf8(where, main, relations, types, *([styles] if styles else []))
    merged, shift = _with_styles(styles, report_styles) if styles else (report_styles, 0)
    new_styles = "" if book.styles else f"{folder}/styles.xml"
    return {
        **{path: _shifted(xml, shift).encode() for path, xml in zip(paths, sheets, strict=True)},
        book.styles or new_styles: merged,
        relations_path: _with_relations(relations, paths, new_styles, first),
        _TYPES: _with_types(types, paths, new_styles),
        book.path: _with_sheets(main, titles, names, first),
    }


def _inlined(xml: str, items: Mapping[int, bytes]) -> str:
    """Return the XML of a report's sheet with the shared texts in the cells themselves."""

    def cell(found: re.Match[str]) -> str:
        return f'<c{found[1]} t="inlineStr"><is>{items[int(found[2])].decode()}</is></c>'

    return _SHARED_TEXT.sub(cell, xml)


def _first_free(package: zipfile.ZipFile) -> int:
    """Return the first number that no part of an earlier report has."""
    taken = [int(found[1]) for name in package.namelist() if (found := _ADDED_PART.search(name))]
    return max(taken, default=0) + 1


def _report_parts(source: zipfile.ZipFile) -> list[str]:
    count = sum(name.startswith("xl/worksheets/sheet") for name in source.namelist())
    return [f"xl/worksheets/sheet{number}.xml" for number in range(1, count + 1)]


def _report_to_names(data: bytes) -> tuple[list[str], list[tuple[int, str, str]]]:
    """Return the titles of a report's sheets, and its defined names: sheet, name, range."""
    titles: list[str] = []
    names: list[tuple[int, str, str]] = []
    for element in xml_elements(data, "sheet", "definedName"):
        attributes = element.attributes
        if element.name == "sheet":
            titles.append(attributes["name"])
        else:
            names.append((int(attributes["localSheetId"]), attributes["name"], element.text))
    return titles, names


def _shifted(xml: str, shift: int) -> str:
    """Return a report's sheet with the new numbers of its formats; its tab is not selected."""

    def tag(found: re.Match[str]) -> str:
        return _STYLE.sub(lambda style: f'{style[1]}="{int(style[2]) + shift}"', found[0])

    # A cell without a number has format 0, which is a format of the workbook here.
    return _STYLED.sub(tag, _SELECTED.sub("", xml))


def _with_lists(data: bytes) -> bytes:
    """Return a part of formats that has each list; some programs leave out empty lists."""
    # In reverse order, because each list is inserted before the next one.
    for name in reversed(_LISTS):
        data = _with_list(data, name, (_PLAIN_FORMAT,) if name == "cellXfs" else ())
    return data


def _with_list(data: bytes, name: str, children: Sequence[str]) -> bytes:
    """Return a part of formats with a list; if the list is missing or empty, it gets these children."""
    parents = _data_to_parents(data, [_ROOT, name])
    if name in parents:
        is_enough = parents[name].children or not children
        return data if is_enough else _with_children(data, (parents[name], children))
    xml = f'<{name} count="{len(children)}">{"".join(children)}</{name}>'
    before = {*_LISTS[: _LISTS.index(name)], "cellStyleXfs"}
    starts = (
        element.start
        for element in xml_elements(data)
        if len(element.parents) == 1 and element.name not in before
    )
    place = next(starts, None)
    if place is None:
        return _with_children(data, (parents[_ROOT], [xml]))
    return data[:place] + _prefixed(xml, parents[_ROOT].element) + data[place:]


def _with_styles(data: bytes, report: bytes) -> tuple[bytes, int]:
    """Return the formats of a workbook with those of a report added, and the number of the first of these."""
    data = _with_lists(data)
    old, new = _data_to_parents(data, [*_FORMAT_IDS, "cellXfs", "numFmts"]), _report_to_formats(report)
    # Conditional formats have numbers in the same range.
    numbers = {int(number) for number in re.findall(rb'\bnumFmtId\s*=\s*["\'](\d+)["\']', data)}
    shifts = {_FORMAT_IDS[name]: len(old[name].children) for name in _FORMAT_IDS}
    first = _free_numbers(numbers, len(new["numFmts"]))
    added: list[tuple[_Parent, Sequence[str]]] = [(old[name], new[name]) for name in _FORMAT_IDS]
    added.append((old["cellXfs"], [_renumbered(xf, shifts, first) for xf in new["cellXfs"]]))
    added.append((old["numFmts"], [_renumbered(number, {}, first) for number in new["numFmts"]]))
    # Excel does not open a workbook with an empty list.
    added = [(parent, children) for parent, children in added if children]
    return _with_children(data, *added), len(old["cellXfs"].children)


def _free_numbers(taken: Collection[int], count: int) -> int:
    """Return the first number of a run of so many free numbers of formats."""
    first = _FIRST_CUSTOM_FORMAT
    for number in sorted(taken):
        if number >= first + count:
            break
        first = max(first, number + 1)
    return first


def _moved(number: str, first: int) -> int:
    return int(number) - _FIRST_CUSTOM_FORMAT + first if int(number) >= _FIRST_CUSTOM_FORMAT else int(number)


def _renumbered(xf: str, shifts: Mapping[str, int], first: int) -> str:
    """Return a format with the new numbers of its font, fill, border and number format."""

    def attribute(found: re.Match[str]) -> str:
        name, number = found[1], found[2]
        return f'{name}="{_moved(number, first) if name == "numFmtId" else int(number) + shifts[name]}"'

    return re.sub(r'\b(numFmtId|fontId|fillId|borderId)="(\d+)"', attribute, xf)


def _report_to_formats(report: bytes) -> dict[str, list[str]]:
    """Return the children of the lists of a report's formats, as XML."""
    text = report.decode()
    found = {}
    for name, child in _CHILDREN.items():
        inside = re.search(rf"<{name}\b[^>]*>(.*?)</{name}>", text, re.DOTALL)
        pattern = rf"<{child}\b[^>]*?/>|<{child}\b[^>]*>.*?</{child}>"
        found[name] = re.findall(pattern, inside[1], re.DOTALL) if inside else []
    return found


def _with_relations(data: bytes, paths: Sequence[str], new_styles: str, first: int) -> bytes:
    targets = [("worksheet", path) for path in paths] + [("styles", new_styles)] * bool(new_styles)
    added = [
        f'<Relationship Id="curriculum{number}" Type="{_RELATIONS}/{kind}" '
        f"Target={text_to_attribute('/' + path)}/>"
        for number, (kind, path) in enumerate(targets, start=first)
    ]
    return _with_children(data, (_data_to_parents(data, ["Relationships"])["Relationships"], added))


def _with_types(data: bytes, paths: Sequence[str], new_styles: str) -> bytes:
    kinds = [(path, _SHEET_TYPE) for path in paths] + [(new_styles, _STYLES_TYPE)] * bool(new_styles)
    added = [
        f'<Override PartName={text_to_attribute("/" + path)} ContentType="{kind}"/>' for path, kind in kinds
    ]
    return _with_children(data, (_data_to_parents(data, ["Types"])["Types"], added))


def _with_sheets(
    data: bytes, titles: Sequence[str], names: Sequence[tuple[int, str, str]], first: int
) -> bytes:
    """Return the main part of a workbook with new sheets and their defined names."""
    parents = _data_to_parents(data, ["sheets", "functionGroups", "externalReferences", "definedNames"])
    sheets = parents["sheets"]
    first_id = max(int(sheet["sheetId"]) for sheet in sheets.children) + 1
    added = [
        f'<sheet name={text_to_attribute(title)} sheetId="{first_id + at}" xmlns:r="{_RELATIONS}" '
        f'r:id="curriculum{first + at}"/>'
        for at, title in enumerate(titles)
    ]
    defined = [_name_to_xml(len(sheets.children), *name) for name in names]
    if "definedNames" in parents:
        return _with_children(data, (sheets, added), (parents["definedNames"], defined))
    stop = max((parent.element for parent in parents.values()), key=lambda element: element.start).stop
    xml = f"<definedNames>{''.join(defined)}</definedNames>" if defined else ""
    data = data[:stop] + _prefixed(xml, sheets.element) + data[stop:]
    return _with_children(data, (sheets, added))


def _name_to_xml(n_sheets: int, sheet: int, name: str, target: str) -> str:
    hidden = ' hidden="1"' if name.endswith("_FilterDatabase") else ""
    content = text_to_content(target)
    return f'<definedName name="{name}" localSheetId="{n_sheets + sheet}"{hidden}>{content}</definedName>'
