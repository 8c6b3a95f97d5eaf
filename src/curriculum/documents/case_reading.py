"""Find the packages of CASE in the values of a JSON file, and read one of them as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from curriculum.documents.case_package import (
    CaseAssociation,
    CaseEnd,
    CaseItem,
    CasePackage,
    document_of,
    is_own,
)
from curriculum.documents.record import RecordRemark, Unread
from curriculum.documents.record_texts import PlainText, value_to_plain, value_to_printed
from curriculum.files.limits import check_time
from curriculum.model import case_terms as case
from curriculum.model.text import text_to_shortened, text_to_squashed

__all__ = ["PlacedPackage", "value_to_package", "value_to_packages"]

FIELD_RULE: Final = "case-field"
# Signs that are raised or lowered: without that, a power is another number.
_RAISED: Final = re.compile(r"(?:<|&lt;)su[pb]\b", re.IGNORECASE)


class PlacedPackage(NamedTuple):
    """A package as it is in the file, and its place, as a JSON path."""

    path: str
    value: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The title of its document."""
        return self._of_document(case.TITLE)

    @property
    def identifier(self) -> str:
        """The identifier of its document."""
        return self._of_document(case.IDENTIFIER)

    def _of_document(self, name: str) -> str:
        return _printed(document_of(self.value).get(name))


def value_to_packages(value: Any) -> tuple[tuple[PlacedPackage, ...], tuple[Unread, ...]]:
    """Return the packages of CASE within a value, however they are wrapped, and the values beside them.

    Examples
    --------
    >>> packages, _ = value_to_packages({"data": [{"CFDocument": {"title": "Baker"}, "CFItems": []}]})
    >>> packages[0].path, packages[0].title
    ('$.data[0]', 'Baker')
    """
    found = list(_walk(value, "$"))
    packages = tuple(row for row in found if isinstance(row, PlacedPackage))
    return packages, tuple(row for row in found if isinstance(row, Unread))


def _walk(value: Any, path: str) -> Iterator[PlacedPackage | Unread]:
    if isinstance(value, dict):
        if isinstance(value.get(case.DOCUMENT), dict) or isinstance(value.get(case.ITEMS), list):
            yield PlacedPackage(path, value)
            return
        for name, item in value.items():
            yield from _walk(item, f"{path}.{name}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _walk(item, f"{path}[{at}]")
    elif value_to_printed(value).strip():
        yield Unread(path, value_to_printed(value))


def value_to_package(
    value: Mapping[str, Any], path: str, version: str
) -> tuple[CasePackage, tuple[str, ...]]:
    """Return a package of CASE, and its lines as text: one for each single value.

    Parameters
    ----------
    value
        The object of the file, without the fields that are null.
    path
        Its place, as a JSON path.
    version
        The version of CASE that it is of.
    """
    reader = _PackageReader(value, path)
    items, associations = tuple(reader.items()), tuple(reader.associations())
    remarks = tuple(reader.remarks)
    package = CasePackage(value, path, version, items, associations, reader.places, remarks)
    return package, tuple(reader.lines)


def without_nulls(value: Any) -> Any:
    """Return a value without the fields that are null: they say nothing.

    Examples
    --------
    >>> without_nulls({"notes": None, "subject": ["Baking"]})
    {'subject': ['Baking']}
    """
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def _printed(value: Any) -> str:
    """Return a single value as text; empty for an object or a list."""
    return "" if isinstance(value, dict | list) else text_to_squashed(value_to_printed(value))


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each single value within a value, with its place; the depth is limited by the reader of JSON."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, f"{path}[{at}]")
    elif value_to_printed(value).strip():
        yield path, value


class _PackageReader:
    """Write the values of a package to lines, and read its items and associations."""

    def __init__(self, value: Mapping[str, Any], path: str) -> None:
        self._value, self._path = value, path
        self._is_own = is_own(value)
        self.lines: list[str] = []
        self.places: dict[str, int] = {}
        self.remarks: list[RecordRemark] = []
        for name in (*case.PARTS, *(name for name in value if name not in case.PARTS)):
            for place, leaf in leaves(value.get(name), f"{path}.{name}"):
                check_time()
                self._line(place, leaf)
        if case.DOCUMENT not in value:
            self._remark(FIELD_RULE, "warning", 0, "the package has no CFDocument: its title is not known")

    def _line(self, place: str, leaf: Any) -> None:
        # The texts of a package of ours are as they were printed, and no HTML.
        plain = PlainText((_printed(leaf),)) if self._is_own else value_to_plain(leaf)
        self.lines.append(f"{place.removeprefix(self._path).removeprefix('.')}: {plain.text}")
        self.places[place] = len(self.lines)
        if plain.is_escaped_twice:
            message = f"{place} is HTML that was escaped as text; read as “{plain.text[:60]}”"
            self._remark("escaped-text", "note", len(self.lines), message)

    def _remark(self, rule: str, severity: str, line: int, message: str) -> None:
        self.remarks.append(RecordRemark(rule, severity, line, message))

    def _objects(self, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        listed = self._value.get(name, [])
        if not isinstance(listed, list):
            self._remark(FIELD_RULE, "error", 0, f"{name} is not a list: nothing of it is read")
            return
        for at, item in enumerate(listed):
            if isinstance(item, dict):
                yield f"{self._path}.{name}[{at}]", item
            else:
                line = self.places.get(f"{self._path}.{name}[{at}]", 0)
                self._remark(FIELD_RULE, "error", line, f"{name}[{at}] is not an object: it is not read")

    def items(self) -> Iterator[CaseItem]:
        """Yield the items, in the order of the file."""
        raised: list[CaseItem] = []
        for path, item in self._objects(case.ITEMS):
            wording = item.get(case.FULL_STATEMENT)
            text = self._to_text(item, wording)
            first_line, _ = self._span(path, item)
            line = self.places.get(f"{path}.{case.FULL_STATEMENT}", first_line)
            code = _printed(item.get(case.CODING_SCHEME))
            if text:
                self.lines[line - 1] = f"{code}: {text}" if code else text
            item_type = _printed(item.get(case.ITEM_TYPE)) or _title(item.get(case.ITEM_TYPE_URI))
            read = CaseItem(path, _identifier(item), code, text, item_type, line, item)
            if not self._is_own and isinstance(wording, str) and _RAISED.search(wording):
                raised.append(read)
            yield read
        self._tell_raised(raised)

    def associations(self) -> Iterator[CaseAssociation]:
        """Yield the associations, in the order of the file."""
        for path, item in self._objects(case.ASSOCIATIONS):
            yield CaseAssociation(
                path,
                _printed(item.get(case.ASSOCIATION_TYPE)) or "association without a type",
                _to_end(item.get(case.ORIGIN)),
                _to_end(item.get(case.DESTINATION)),
                _to_sequence(item.get(case.SEQUENCE)),
                _title(item.get(case.GROUPING_URI)),
                *self._span(path, item),
                item,
            )

    def _tell_raised(self, items: Sequence[CaseItem]) -> None:
        if items:
            first = items[0]
            some = "1 wording has" if len(items) == 1 else f"{len(items):,} wordings have"
            place = first.path.removeprefix(f"{self._path}.")
            message = (
                f"{some} raised or lowered signs (sup, sub), which are read as plain ones: "
                f"“{text_to_shortened(first.text)}” ({place}). Compare powers and fractions with the file"
            )
            self._remark("case-raised", "warning", first.line, message)

    def _to_text(self, item: Mapping[str, Any], wording: Any) -> str:
        """Return a wording as text: of others without the tags of HTML, of ours as it was printed."""
        is_ours = self._is_own and _printed(item.get(case.URI)).startswith(case.URN)
        if is_ours or isinstance(wording, dict | list):
            return _printed(wording)
        return value_to_plain(wording).text

    def _span(self, path: str, item: Mapping[str, Any]) -> tuple[int, int]:
        """Return the first and the last line of an object."""
        lines = [self.places[place] for place, _ in leaves(item, path)]
        return (lines[0], lines[-1]) if lines else (1, 1)


def _title(link: Any) -> str:
    """Return the title of a link; older files have texts in the place of links."""
    return _printed(link.get(case.TITLE)) if isinstance(link, dict) else _printed(link)


def _to_end(link: Any) -> CaseEnd:
    """Return an end of an association; older files have an address in the place of a link."""
    if not isinstance(link, dict):
        return CaseEnd(_printed(link).rpartition("/")[2], "")
    return CaseEnd(_identifier(link), value_to_plain(_printed(link.get(case.TITLE))).text)


def _identifier(value: Mapping[str, Any]) -> str:
    """Return the identifier of an object; one that is missing can be at the end of its address."""
    return _printed(value.get(case.IDENTIFIER)) or _printed(value.get(case.URI)).rpartition("/")[2]


def _to_sequence(value: Any) -> float | None:
    """Return the number of a place; files have it as a text too."""
    try:
        number = float(_printed(value))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None
