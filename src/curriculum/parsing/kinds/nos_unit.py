"""A National Occupational Standard (NOS) unit.

It has a title, labelled lines, an overview, performance criteria ("You must be able to"), knowledge
("You need to know and understand"), and at its end labels with values below them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from curriculum.model.codes import Code
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import looks_truncated, text_to_title_key
from curriculum.parsing.document_kind import CodeFamily, DocumentKind, DocumentText, Sign, recognised_by
from curriculum.parsing.lines import Line, Passage, lines_to_cells, lines_with_next, without_bullet
from curriculum.parsing.nos_headings import (
    CRITERIA,
    KNOWLEDGE,
    OVERVIEW,
    URN,
    heading_to_part,
    lines_to_unit_starts,
)
from curriculum.parsing.rows import Detail, Facts, Finding, Occurrence, Rows, Section

__all__ = ["KIND"]

_METADATA = "metadata"
_MARK = re.compile(r"(?:(?P<letter>[PK])?(?P<number>\d{1,3})[.):]?|[•▪*–-])\s+(?=\S)")
_BARE = re.compile(r"(?P<letter>[PK])(?P<number>\d{1,3})[.):]?")


def _is_date(value: str) -> bool:
    return text_to_iso_date(value) != ""


def _is_soc_code(value: str) -> bool:
    return re.fullmatch(r"\d{3,4}(?:[/,; ]+\d{3,4})*", value) is not None


def _is_version_number(value: str) -> bool:
    return re.fullmatch(r"v?\d+(?:\.\d+)*", value, re.IGNORECASE) is not None


def _is_one_word(value: str) -> bool:
    return " " not in value


def _is_any(value: str) -> bool:
    return value != ""


# Labels that can have their value on the same line at the end of a unit; others can begin an item of a list.
_INLINE_LABELS = frozenset(
    (
        *("developed by", "version number", "date approved", "indicative review date", "validity", "status"),
        *("originating organisation", "original urn", "urn", "relevant occupations", "suite", "suites"),
        *("soc code", "keywords", "key words"),
    )
)
# The labels at the end of a unit, each with a test for its value. If no value is printed below a label, the
# next line fails the test.
_END_LABELS = {
    "scope performance": _is_any,
    "scope knowledge": _is_any,
    "scope": _is_any,
    "glossary": _is_any,
    "links to other nos": _is_any,
    "external links": _is_any,
    "developed by": _is_any,
    "version number": _is_version_number,
    "date approved": _is_date,
    "indicative review date": _is_date,
    "validity": _is_any,
    "status": _is_any,
    "originating organisation": _is_any,
    "original urn": _is_one_word,
    "urn": _is_one_word,
    "relevant occupations": _is_any,
    "suite": _is_any,
    "suites": _is_any,
    "soc code": _is_soc_code,
    "keywords": _is_any,
    "key words": _is_any,
    "additional information": _is_any,
    "behaviours": _is_any,
    "skills": _is_any,
    "values": _is_any,
}


def _lines_to_title(lines: Sequence[Line]) -> tuple[Line | None, tuple[Line, ...], tuple[Line, ...]]:
    """Return the title, the number of the unit (which can be above the title), and the lines below."""
    at = 1 if len(lines) > 1 and URN.fullmatch(lines[0].text) else 0
    return (lines[at] if lines else None), tuple(lines[:at]), tuple(lines[at + 1 :])


def _label_form(line: Line) -> Callable[[str], bool] | None:
    """Return the test for a value of this label, or None if the line is no label."""
    key = text_to_title_key(line.text)
    return next(
        (form for name, form in _END_LABELS.items() if key == name or key.startswith(f"{name} range")), None
    )


def _split_inline(line: Line) -> tuple[Line, ...]:
    """Return the label and the value of a line as two lines ("Status: Original"); none if it has no label."""
    name, _, value = line.text.partition(": ")
    if not value or text_to_title_key(name) not in _INLINE_LABELS:
        return ()
    return line._replace(text=name), line._replace(text=value)


def _is_page_header(line: Line, title: Line | None, before: Sequence[Line]) -> bool:
    """Return whether a line repeats the reference and the title at the top or the bottom of a page."""
    reference = before[0].text if before else ""
    names = {reference, title.text, f"{reference} {title.text}"} if title and reference else set()
    return re.sub(r"\s\d{1,3}$", "", line.text) in names - {""}


def _is_label(line: Line) -> bool:
    return _label_form(line) is not None


class _Parts(NamedTuple):
    title: Line | None
    labels: tuple[Line, ...]
    overview: tuple[Line, ...]
    criteria: tuple[Line, ...]
    knowledge: tuple[Line, ...]
    foot: tuple[Line, ...]
    markers: tuple[int, ...]


def _lines_to_parts(lines: Sequence[Line]) -> _Parts:
    """Split a unit at its headings; the lines below them ("You must be able to:") are markers too."""
    parts: dict[str, list[Line]] = {
        name: [] for name in ("labels", "overview", "criteria", "knowledge", "foot")
    }
    title, before, rest = _lines_to_title(lines)
    markers = [line.number for line in (*before, *((title,) if title else ()))]
    name, skipped = "labels", 0
    for line, after in lines_with_next(rest):
        opened, taken = ("", 0) if skipped else heading_to_part(line, after)
        if opened or skipped:
            name = opened or name
            skipped = (taken or skipped) - 1
            markers.append(line.number)
            continue
        inline = _split_inline(line) if name not in {"labels", "overview"} else ()
        if inline:
            name = "foot"
            parts[name] += inline
            continue
        if _is_page_header(line, title, before):
            markers.append(line.number)
            continue
        if name in {"criteria", "knowledge"} and _is_label(line):
            name = "foot"
        elif name == "labels" and ": " not in line.text:
            name = "overview"
        parts[name].append(line)
    return _Parts(
        title,
        tuple(parts["labels"]),
        tuple(parts["overview"]),
        tuple(parts["criteria"]),
        tuple(parts["knowledge"]),
        tuple(parts["foot"]),
        tuple(markers),
    )


def _labels_to_details(lines: Sequence[Line]) -> Iterator[Detail]:
    for line in lines:
        name, _, value = line.text.partition(": ")
        yield Detail(_METADATA, name, value, line.number, line.number)


def _foot_to_details(lines: Sequence[Line]) -> Iterator[Detail]:
    """Yield each label with the lines below it that look like its value.

    Lines at the end that are no value of the last label are the keywords. Their label is missing in print,
    so the name is inferred.
    """
    label: Line | None = None
    form: Callable[[str], bool] = _is_any
    values: list[Line] = []
    rest: list[Line] = []
    for line in lines:
        found = _label_form(line)
        if found:
            if label:
                yield _detail(label, values)
            label, form, values, rest = line, found, [], []
        elif label and not rest and form(line.text):
            values.append(line)
        else:
            rest.append(line)
    if label:
        yield _detail(label, values)
    if rest and _is_list(rest):
        text = " ".join(line.text for line in rest)
        yield Detail(_METADATA, "Keywords", text, rest[0].number, rest[-1].number, is_inferred=True)


def _is_list(lines: Sequence[Line]) -> bool:
    last = [line.number for line in lines]
    text = " ".join(line.text for line in lines)
    return last == list(range(last[0], last[-1] + 1)) and re.search(r"[;,]", text) is not None


def _detail(label: Line, values: Sequence[Line]) -> Detail:
    last = values[-1].number if values else label.number
    return Detail(_METADATA, label.text, " ".join(v.text for v in values), label.number, last)


class _Item(NamedTuple):
    letter: str
    number: int
    passage: Passage
    gap_after: int


def _lines_to_items(lines: Sequence[Line]) -> tuple[_Item, ...]:
    """Return the numbered items, with wrapped lines joined; a line of no item is left out."""
    items: list[_Item] = []
    bare: tuple[re.Match[str], int] | None = None
    has_codes = any(_BARE.fullmatch(line.text) or _is_coded(line) for line in lines)
    for line, after in lines_with_next(lines):
        gap_after = after.gap if after and _opens_item(after) else 0
        mark = _MARK.match(line.text)
        alone = _BARE.fullmatch(line.text)
        is_item = mark and (not has_codes or mark["letter"])
        if bare:
            items.append(_item(bare[0], Passage(line.text, bare[1], line.last), gap_after))
            bare = None
        elif alone and after:
            bare = (alone, line.number)
        elif mark and is_item:
            passage = Passage(without_bullet(line.text[mark.end() :]), line.number, line.last)
            items.append(_item(mark, passage, gap_after))
        elif items and _is_wrap(line, items[-1].passage.text):
            items[-1] = items[-1]._replace(passage=items[-1].passage.joined(line), gap_after=gap_after)
    return tuple(items)


def _opens_item(line: Line) -> bool:
    return (_MARK.match(line.text) or _BARE.fullmatch(line.text)) is not None


def _is_coded(line: Line) -> bool:
    mark = _MARK.match(line.text)
    return mark is not None and mark["letter"] is not None


def _is_wrap(line: Line, before: str) -> bool:
    """Return whether a line continues an item.

    It does if it is indented or in lower case, in a list that the item begins, or after an item that ends in
    the middle of a phrase.
    """
    is_listed = _MARK.match(line.text) is not None and ":" in before
    is_more = bool(line.indent) or line.text[0].islower() or is_listed or looks_truncated(before)
    return is_more and not line.is_opening


def _item(mark: re.Match[str], passage: Passage, gap_after: int) -> _Item:
    return _Item(mark["letter"] or "", int(mark["number"] or 0), passage, gap_after)


def _items_to_numbers(items: Sequence[_Item]) -> tuple[tuple[int, ...], bool]:
    """Return the numbers of the items, and whether they are by order.

    Printed codes (P3) are kept as they are. Numbers without a letter are kept if each is higher than the one
    before; otherwise, and without numbers, the items are numbered by order.
    """
    printed = tuple(item.number for item in items)
    is_rising = all(low < high for low, high in zip((0, *printed), printed, strict=False))
    is_kept = is_rising or all(item.letter and item.number for item in items)
    return (printed, False) if is_kept else (tuple(range(1, len(items) + 1)), True)


def _items_to_occurrences(
    lines: Sequence[Line], letter: str, section: str
) -> tuple[tuple[Occurrence, ...], tuple[Finding, ...]]:
    items = _lines_to_items(lines)
    numbers, is_lost = _items_to_numbers(items)
    usual_gap = Counter(line.gap for line in lines[1:]).most_common(1)[0][0] if len(lines) > 1 else 0
    occurrences = tuple(
        Occurrence(
            str(Code(letter, number)),
            section,
            item.passage.text,
            item.passage.first_line,
            item.passage.last_line,
            # In a list printed with even gaps, a wider gap shows that wrapped text is missing.
            is_truncated=item.gap_after > usual_gap,
        )
        for number, item in zip(numbers, items, strict=True)
    )
    return occurrences, _lost_findings(occurrences) if is_lost else ()


def _lost_findings(occurrences: Sequence[Occurrence]) -> tuple[Finding, ...]:
    first, last = occurrences[0], occurrences[-1]
    message = f"the print has lost its list numbers: {first.code} to {last.code} are numbered by order"
    return (Finding("numbers-lost", first.first_line, "note", message),)


def _overview_to_sections(overview: Sequence[Line], lines: Sequence[Line]) -> tuple[Section, ...]:
    """Return the overview as a section; its heading is inferred where it is not printed."""
    if not overview:
        return ()
    heading = next((line for line in lines if OVERVIEW.fullmatch(text_to_title_key(line.text))), None)
    text = "\n".join(line.text for line in overview)
    first, last = (heading or overview[0]).number, overview[-1].number
    return (Section(heading.text if heading else "Overview", "", text, first, last, heading is None),)


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a NOS unit.

    Returns
    -------
    Rows
        Performance criteria are coded P1, P2, ... and knowledge K1, K2, ...: as printed, or by order
        where the numbers are not printed. Lines that cannot be placed are in no row.
    """
    lines = lines_to_cells(text.lines)
    parts = _lines_to_parts(lines)
    criteria, lost = _items_to_occurrences(parts.criteria, "P", "Performance criteria")
    knowledge, lost_too = _items_to_occurrences(parts.knowledge, "K", "Knowledge and understanding")
    sections = _overview_to_sections(parts.overview, lines)
    return Rows(
        details=(*_labels_to_details(parts.labels), *_foot_to_details(parts.foot)),
        sections=sections,
        occurrences=(*criteria, *knowledge),
        findings=(*lost, *lost_too),
        markers=parts.markers,
    )


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title, the reference, the version and the dates that a unit prints."""
    values = {text_to_title_key(detail.name): detail.value for detail in rows.details}
    title, before, _ = _lines_to_title(text.lines)
    return Facts(
        title=title.text if title else "",
        reference=(before[0].text if before else "")
        or values.get("urn", "")
        or values.get("original urn", ""),
        version=values.get("version number", ""),
        status=values.get("status", ""),
        approved_date=text_to_iso_date(values.get("approved on", "") or values.get("date approved", "")),
        review_date=text_to_iso_date(values.get("indicative review date", "")),
    )


def _heading_sign(name: str, pattern: re.Pattern[str]) -> Sign:
    return Sign(name, lambda line, _: pattern.fullmatch(text_to_title_key(line.text)) is not None)


KIND: Final = DocumentKind(
    name="NOS unit",
    description="performance criteria",
    recognise=recognised_by(
        (
            _heading_sign("“You must be able to”", CRITERIA),
            _heading_sign("“You need to know and understand”", KNOWLEDGE),
        )
    ),
    parse=_text_to_rows,
    facts=_text_to_facts,
    code_families=(
        CodeFamily("P", "performance criteria (“You must be able to”)"),
        CodeFamily("K", "knowledge and understanding (“You need to know and understand”)"),
    ),
    starts=lambda text: lines_to_unit_starts(lines_to_cells(text.lines), text.document.lines),
)
