"""A framework of CASE: a tree of competencies of any publisher, or a standard that we wrote as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from curriculum.documents.case_package import CasePackage
from curriculum.errors import UnreadableFile
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_shortened, text_to_squashed
from curriculum.parsing.case_assessment import CaseReading, option_of
from curriculum.parsing.case_fields import associations_to_details, items_to_details, package_to_details
from curriculum.parsing.case_items import ItemRole, code_to_stated_kind, items_to_roles
from curriculum.parsing.case_own import document_to_kept_rows, item_to_occurrences, own_facts
from curriculum.parsing.case_tree import package_to_tree
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.rows import Duty, Facts, Finding, Occurrence, Rows, Section, join_rows

__all__ = ["KIND"]

_ITEMS: Final = "items"
# How many of the headings above an item its section names.
_MOST_HEADINGS: Final = 6


def _recognise(text: DocumentText) -> str:
    package = text.document.case
    if package is None:
        return ""
    counts = f"{len(package.items):,} items, {len(package.associations):,} associations"
    return f"a package of CASE {package.version} ({counts})"


def _text_to_rows(text: DocumentText) -> Rows:
    """Return the rows of a package.

    Raises
    ------
    UnreadableFile
        If it has no item with a wording.
    """
    package = text.document.case
    if package is None:
        return Rows()
    if not any(item.text for item in package.items):
        raise _no_items(package, text.document.source)
    tree = package_to_tree(package)
    if package.is_own:
        # Our items are in the order of their tables.
        tree.order = tuple(range(len(package.items)))
    reading = CaseReading(package, tree, items_to_roles(package, tree))
    methods = {item.code: item.text for _, item in reading.items(ItemRole.METHOD)}
    kept = document_to_kept_rows(package, methods) if package.is_own else Rows()
    findings = Rows(
        findings=(
            *(Finding(row.rule, row.line, row.severity, row.message) for row in package.remarks),
            *tree.findings,
            *reading.roles.findings,
            *_empty_items(reading),
            *reading.left_out(),
        )
    )
    return join_rows([_reading_to_rows(reading), kept, _details(reading), findings])


def _no_items(package: CasePackage, where: str) -> UnreadableFile:
    is_ours = v.SUBJECT_SOURCE in case.extension_of(package.document)
    is_crosswalk = not package.items and (is_ours or bool(package.associations))
    return UnreadableFile(
        "a package of CASE without items that have a wording",
        where=where,
        expected="CFItems, each with a fullStatement",
        found=f"{len(package.items):,} items, {len(package.associations):,} associations",
        advice="It is a crosswalk, or holds associations alone: name it with remap --crosswalk. The items "
        "are in the packages of its two standards."
        if is_crosswalk
        else "Fetch the whole package (CFPackages, not CFDocuments) from its publisher.",
    )


def _reading_to_rows(reading: CaseReading) -> Rows:
    package, roles = reading.package, reading.roles
    is_own = package.is_own
    occurrences: list[Occurrence] = []
    findings: list[Finding] = []
    for at, item in reading.items(ItemRole.STATEMENT):
        kind = code_to_stated_kind(roles.codes[at], item.item_type)
        if not item.text:
            continue
        if is_own:
            rows, messages = item_to_occurrences(package, item, roles.codes[at], kind)
            occurrences += rows
            findings += messages
        else:
            section = _to_section(reading, at)
            occurrences.append(
                Occurrence(
                    roles.codes[at], section, item.text, item.line, item.line, guid=item.identifier, kind=kind
                )
            )
    return Rows(
        occurrences=tuple(occurrences),
        sections=() if is_own else tuple(_sections(reading)),
        duties=tuple(
            Duty(roles.codes[at], option_of(item), item.text, item.line, item.line)
            for at, item in reading.items(ItemRole.DUTY)
            if item.text
        ),
        duty_ksbs=tuple(reading.duty_ksbs()),
        method_names=tuple(reading.method_names()),
        statement_methods=tuple(reading.statement_methods()),
        themes=tuple(reading.themes()),
        descriptors=tuple(reading.descriptors()),
        findings=tuple(findings),
    )


def _heading(reading: CaseReading, at: int) -> str:
    item = reading.package.items[at]
    return text_to_squashed(f"{item.code} {item.text}") or item.item_type or item.path


def _to_section(reading: CaseReading, at: int) -> str:
    """Return the headings above an item, the outermost first."""
    above: list[str] = []
    seen = {at}
    while (parents := reading.tree.parents.get(at, ())) and parents[0] not in seen:
        at = parents[0]
        seen.add(at)
        if len(above) == _MOST_HEADINGS:
            break
        above.append(text_to_shortened(_heading(reading, at)))
    return " > ".join(reversed(above)) or _ITEMS


def _sections(reading: CaseReading) -> Iterator[Section]:
    """Yield the headings of the tree, each with those that it is under."""
    for at, item in reading.items(ItemRole.HEADING):
        under = "" if not reading.tree.parents.get(at) else _to_section(reading, at)
        yield Section(_heading(reading, at), under, "", item.line, item.line)


def _empty_items(reading: CaseReading) -> Iterator[Finding]:
    for at, item in enumerate(reading.package.items):
        if not item.text and reading.roles.roles[at] not in (ItemRole.HEADING, ItemRole.DESCRIPTOR):
            place = item.path.removeprefix("$.")
            code = f", {item.code}," if item.code else ""
            yield Finding("empty-field", item.line, "error", f"{place}{code} has no wording (fullStatement)")


def _details(reading: CaseReading) -> Rows:
    """Return the fields that are in no other table as details.

    Of a package that was written from our tables these are what others have added to it.
    """
    package = reading.package
    names = {at: _to_name(reading, at) for at in reading.tree.order}
    return Rows(
        details=(
            *package_to_details(package),
            *items_to_details(package, names),
            *associations_to_details(package, _names_by_identifier(reading, names)),
        )
    )


def _to_name(reading: CaseReading, at: int) -> str:
    return reading.roles.codes.get(at) or text_to_shortened(_heading(reading, at))


def _names_by_identifier(reading: CaseReading, names: Mapping[int, str]) -> dict[str, str]:
    known = {
        identifier: names[places[0]]
        for identifier, places in reading.tree.of_identifier.items()
        if len(places) == 1
    }
    document = str(reading.package.document.get(case.IDENTIFIER, "")).casefold()
    return {**({document: "the document"} if document else {}), **known}


def _to_facts(text: DocumentText, rows: Rows) -> Facts:
    del rows
    package = text.document.case
    if package is None:
        return Facts()
    if package.is_own:
        return own_facts(package)
    document = package.document
    single = {name: "" if isinstance(value, dict | list) else str(value) for name, value in document.items()}
    changed = single.get(case.CHANGED, "")
    return Facts(
        title=text_to_squashed(single.get(case.TITLE, "")),
        version=text_to_squashed(single.get("version", "")),
        status=text_to_squashed(single.get("adoptionStatus", "")),
        updated_date="" if changed == case.UNKNOWN_TIME else text_to_iso_date(changed[:10]),
    )


KIND: Final = DocumentKind(
    name="CASE framework",
    description="a package of CASE (CFDocument, CFItems)",
    file_endings=(".json",),
    recognise=_recognise,
    parse=_text_to_rows,
    facts=_to_facts,
    has_prose_lines=False,
)
