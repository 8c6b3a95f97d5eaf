"""The fields of a CASE package that are in no other table, as details: nothing of a package is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from curriculum.documents.case_package import CaseAssociation, CaseEnd, CasePackage
from curriculum.documents.case_reading import leaves
from curriculum.documents.record_texts import name_to_words, value_to_plain, value_to_printed
from curriculum.model import case_terms as case
from curriculum.model.text import text_to_shortened
from curriculum.parsing.rows import Detail

__all__ = ["associations_to_details", "items_to_details", "package_to_details"]

KEY_INFORMATION: Final = "key information"
FURTHER: Final = "further fields"
ASSOCIATIONS: Final = "associations"
ITEM_TYPES: Final = "item types"
JSON_PATH: Final = "JSON path"
_LINK: Final = frozenset((case.TITLE, case.IDENTIFIER, case.URI))
# Every object has them; `guid` is the identifier of a statement.
_OF_EVERY_OBJECT: Final = frozenset((case.IDENTIFIER, case.URI, case.CHANGED))
_READ_OF_ITEM: Final = _OF_EVERY_OBJECT | {case.FULL_STATEMENT, case.ITEM_TYPE}
# What a package that was written from our tables has in its document; its tables have it again.
_OF_OUR_DOCUMENT: Final = _OF_EVERY_OBJECT | {
    *("frameworkType", "caseVersion", "creator", "publisher", "officialSourceURL", "version"),
    *("adoptionStatus", case.NOTES),
}
_READ_OF_ASSOCIATION: Final = _OF_EVERY_OBJECT | {
    case.ASSOCIATION_TYPE,
    case.ORIGIN,
    case.DESTINATION,
    case.SEQUENCE,
    case.GROUPING_URI,
}


def package_to_details(package: CasePackage) -> Iterator[Detail]:
    """Yield the fields of the document, and those of definitions, rubrics and other parts.

    Of a package that was written from our tables only what was added to it is yielded.
    """
    path, is_own = package.path, package.is_own
    read = _OF_OUR_DOCUMENT if is_own else frozenset()
    for name, value in _further_fields(package.document, read | {case.TITLE}):
        place = f"{path}.{case.DOCUMENT}.{name}"
        yield from _to_details(package, KEY_INFORMATION, name_to_words(name), value, place)
    ours = frozenset(_own_groupings(package.value)) if is_own else frozenset()
    for name, value in package.value.items():
        if name not in (case.DOCUMENT, case.ITEMS, case.ASSOCIATIONS):
            for place, leaf in leaves(value, f"{path}.{name}"):
                shown = place.removeprefix(f"{path}.")
                if shown.partition("]")[0] not in ours:
                    yield _to_detail(package, name, shown, leaf, place)


def _own_groupings(package: Mapping[str, Any]) -> Iterator[str]:
    """Yield the places of the groupings that we wrote, each up to its number."""
    definitions = package.get(case.DEFINITIONS)
    listed = definitions.get(case.GROUPINGS) if isinstance(definitions, Mapping) else None
    for at, row in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(row, Mapping) and _has_our_name(row):
            yield f"{case.DEFINITIONS}.{case.GROUPINGS}[{at}"


def items_to_details(package: CasePackage, names: Mapping[int, str]) -> Iterator[Detail]:
    """Yield the place, the type and the further fields of each item.

    Of a package that was written from our tables only what was added to it is yielded.

    Parameters
    ----------
    package
        The package.
    names
        The code of each item, or the words of a heading.
    """
    is_own = package.is_own
    for at, name in names.items():
        item = package.items[at]
        is_ours = is_own and _has_our_name(item.value)
        if not is_ours:
            yield Detail(JSON_PATH, name, item.path, item.line, item.line)
            if item.item_type:
                yield Detail(ITEM_TYPES, name, item.item_type, item.line, item.line)
        is_code_read = item.code == name or is_ours
        read = _READ_OF_ITEM | {case.CODING_SCHEME} if is_code_read else _READ_OF_ITEM
        for field, value in _further_fields(item.value, read):
            shown = f"{name}: {name_to_words(field)}"
            yield from _to_details(package, FURTHER, shown, value, f"{item.path}.{field}")


def _has_our_name(value: Mapping[str, Any]) -> bool:
    return str(value.get(case.URI, "")).startswith(case.URN)


def associations_to_details(package: CasePackage, names: Mapping[str, str]) -> Iterator[Detail]:
    """Yield each association, as “K1 isPartOf D3”, and its further fields.

    Of a package that was written from our tables only what was added to it is yielded.

    Parameters
    ----------
    package
        The package.
    names
        The code or the words of each item, and of the document, by its identifier in lower case.
    """
    is_own = package.is_own
    for row in package.associations:
        if not (is_own and _is_as_we_wrote(row)):
            yield Detail(ASSOCIATIONS, row.kind, _to_words(row, names), row.first_line, row.last_line)
        for field, value in _further_fields(row.value, _READ_OF_ASSOCIATION):
            shown = f"{row.path.removeprefix('$.')}: {name_to_words(field)}"
            yield from _to_details(package, FURTHER, shown, value, f"{row.path}.{field}")


def _is_as_we_wrote(row: CaseAssociation) -> bool:
    """Return whether an association is ours, with the ends and the type that its URN names."""
    ends = (row.value.get(name) for name in (case.ORIGIN, case.DESTINATION))
    origin, destination = (str(end.get(case.URI)) if isinstance(end, Mapping) else "" for end in ends)
    named = f":{origin.removeprefix(case.URN)}:{row.kind}:{destination.removeprefix(case.URN)}:"
    return _has_our_name(row.value) and named in f"{row.value[case.URI]}:"


def _to_words(row: CaseAssociation, names: Mapping[str, str]) -> str:
    ends = f"{_end_to_words(row.origin, names)} {row.kind} {_end_to_words(row.destination, names)}"
    sequence = "" if row.sequence is None else f"; sequence {row.sequence:g}"
    return f"{ends}{sequence}{f'; group {row.group}' if row.group else ''}"


def _end_to_words(end: CaseEnd, names: Mapping[str, str]) -> str:
    known = names.get(end.identifier.casefold(), "")
    if known:
        return known
    title = f"“{text_to_shortened(end.title)}” " if end.title else ""
    return f"{title}({end.identifier or 'no identifier'}, not in this package)"


def _further_fields(value: Mapping[str, Any], read: Set[str]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an object that are not read otherwise; extensions without our part of them."""
    for name, item in value.items():
        if name == case.EXTENSIONS and isinstance(item, Mapping):
            yield name, {key: part for key, part in item.items() if key != case.EXTENSION}
        elif name not in read:
            yield name, item


def _to_details(package: CasePackage, section: str, name: str, value: Any, place: str) -> Iterator[Detail]:
    """Yield a field as one detail; the values of objects within it are details with their places."""
    if isinstance(value, Mapping) and value and value.keys() <= _LINK and case.TITLE in value:
        first = next((inner for inner, _ in leaves(value, place)), place)
        yield _to_detail(package, section, name, _link_to_words(value), first)
    elif isinstance(value, list) and value and not any(isinstance(item, dict | list) for item in value):
        yield _to_detail(package, section, name, "; ".join(map(_plain, value)), f"{place}[0]")
    elif isinstance(value, dict | list):
        for inner, leaf in leaves(value, place):
            shown = f"{name}{inner.removeprefix(place)}"
            yield _to_detail(package, section, shown, leaf, inner)
    elif value_to_printed(value).strip():
        yield _to_detail(package, section, name, value, place)


def _link_to_words(link: Mapping[str, Any]) -> str:
    return "; ".join(map(_plain, link.values()))


def _plain(value: Any) -> str:
    return value_to_plain(value).text


def _to_detail(package: CasePackage, section: str, name: str, value: Any, place: str) -> Detail:
    line = package.lines.get(place, 1)
    return Detail(section, name, _plain(value), line, line)
