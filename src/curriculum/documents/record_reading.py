"""Read a record of a standard from official data, and write it out as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from curriculum.documents.record import Record, RecordField, RecordRemark, name_to_key
from curriculum.documents.record_statements import StatementReader
from curriculum.documents.record_text import RecordText
from curriculum.documents.record_texts import name_to_words, value_to_plain, value_to_printed
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_squashed

__all__ = ["record_to_name", "record_to_options", "record_to_status", "value_to_record"]

KEY_INFORMATION: Final = "key information"
JOB_TITLES: Final = "job titles"
FURTHER: Final = "further fields"
# The names of the data in the words of the pages, where these differ; a name may have several spellings.
_PRINTED: Final = {
    "status": "Status",
    "referencenumber": "Reference",
    "version": "Version",
    "level": "Level",
    "typicalduration": "Typical duration",
    "maxfunding": "Maximum funding",
    "route": "Route",
    "larscode": "Lars code",
    "lastupdated": "Date updated",
    "approvedfordelivery": "Approved for delivery",
}
_JOB_TITLES: Final = "typicaljobtitles"
_OVERVIEW: Final = "overviewofrole"
_READ_ELSEWHERE: Final = frozenset((_OVERVIEW, "options", "title"))
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
# The parts of an option that are read as its id and title.
_OPTION_PART = re.compile(r"\]\.(?:option_?id|id|title)\Z", re.IGNORECASE)
_VERSION = re.compile(r"\d+\.\d+")


def _values(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of an object by the keys of their names; the first of several spellings."""
    values: dict[str, Any] = {}
    for name, item in value.items():
        values.setdefault(name_to_key(name), item)
    return values


def _printed(values: Mapping[str, Any], *keys: str) -> str:
    """Return the first single value under these keys that is not empty."""
    found = (values.get(key) for key in keys)
    texts = (
        text_to_squashed(value_to_printed(value)) for value in found if not isinstance(value, dict | list)
    )
    return next(filter(None, texts), "")


def record_to_name(value: Mapping[str, Any]) -> str:
    """Return the name of a record: its reference and version, or the reference alone; empty without one.

    Examples
    --------
    >>> record_to_name({"referenceNumber": "ST0116", "version": "1.1"})
    'ST0116-1.1'
    """
    values = _values(value)
    reference = _printed(values, "referencenumber")
    version = _printed(values, "version", "versionnumber")
    return "-".join(filter(None, (reference, version))) if reference else ""


def record_to_status(value: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the reference, version and status of a record."""
    values = _values(value)
    version = _printed(values, "version", "versionnumber")
    return _printed(values, "referencenumber"), version, _printed(values, "status")


def record_to_options(value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the id and the title of each option of a record."""
    listed = _values(value).get("options")
    options = [_values(item) for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return tuple((_printed(item, "optionid", "id").casefold(), _printed(item, "title")) for item in options)


def value_to_record(value: Mapping[str, Any], path: str) -> tuple[Record, tuple[str, ...]]:
    """Return a record, and its lines as text.

    Parameters
    ----------
    value
        The object of the data.
    path
        Its place, as a JSON path.
    """
    values = _values(value)
    text = RecordText()
    name = record_to_name(value)
    reference, version, status = record_to_status(value)
    title, level = _printed(values, "title"), _printed(values, "level")
    text.heading(", ".join(filter(None, (reference, f"{title or 'no title'} level {level or '?'}"))))
    statements = StatementReader(value, path, record_to_options(value), text)
    fields = [*_key_information(value, statements.names, text)]
    overview = _overview(values.get(_OVERVIEW), text)
    duties = statements.duties()
    read = statements.statements()
    fields += _further(value, statements, text)
    remarks = (*text.remarks, *_option_remarks(record_to_options(value)), *_quality_remarks(values))
    record = Record(
        name,
        reference,
        version,
        title,
        level,
        status,
        _to_date(_printed(values, "approvedfordelivery")),
        _to_date(_printed(values, "lastupdated", "changeddate")),
        tuple(fields),
        overview,
        read,
        duties,
        record_to_options(value),
        remarks,
        tuple(text.markers),
    )
    return record, tuple(text.lines)


def _to_date(text: str) -> str:
    found = _DATE.fullmatch(text)
    return text_to_iso_date(found[1] if found else text)


def _key_information(
    value: Mapping[str, Any], elsewhere: frozenset[str], text: RecordText
) -> Iterator[RecordField]:
    """Yield the single values of a record."""
    text.heading("Key information")
    for name, item in value.items():
        key = name_to_key(name)
        if isinstance(item, dict | list) or key in elsewhere | _READ_ELSEWHERE:
            continue
        plain = text.plain(item, name)
        if plain:
            shown = _PRINTED.get(key, name_to_words(name))
            yield RecordField(KEY_INFORMATION, shown, plain, text.line(f"{shown}: {plain}"))


def _overview(value: Any, text: RecordText) -> tuple[int, int]:
    if isinstance(value, dict | list) or not value_to_plain(value).paragraphs:
        return (0, 0)
    text.heading("Overview of role")
    lines = [text.line(paragraph) for paragraph in text.paragraphs(value, "the overview")]
    return lines[0], lines[-1]


def _further(
    value: Mapping[str, Any], statements: StatementReader, text: RecordText
) -> Iterator[RecordField]:
    """Yield each value within lists and objects that is in no statement, no duty and no other field."""
    for path, leaf in (*_nested_leaves(value, statements.names), *statements.other_leaves()):
        if not value_to_plain(leaf).text:
            continue
        if "Further fields" not in text.lines:
            text.heading("Further fields")
        plain = text.plain(leaf, path)
        is_title = name_to_key(path.partition("[")[0]) == _JOB_TITLES
        section, shown = (JOB_TITLES, "Typical job titles include") if is_title else (FURTHER, path)
        yield RecordField(section, shown, plain, text.line(f"{shown}: {plain}"))


def _nested_leaves(value: Mapping[str, Any], elsewhere: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for name, item in value.items():
        key = name_to_key(name)
        if isinstance(item, dict | list) and key not in elsewhere:
            for path, leaf in _leaves(item, name):
                if key != "options" or _OPTION_PART.search(path) is None:
                    yield path, leaf


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield each single value within a value, with its place; the depth is limited by the reader of JSON."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _leaves(item, f"{path}[{at}]")
    else:
        yield path, value


def _quality_remarks(values: Mapping[str, Any]) -> Iterator[RecordRemark]:
    """Yield a remark for each rule of the department that the values of a record do not meet."""
    version, number = (_printed(values, key) for key in ("version", "versionnumber"))
    title = value_to_printed(values.get("title"))
    for text in dict.fromkeys(filter(None, (version, number))):
        if not _VERSION.fullmatch(text):
            yield _quality(f"the version “{text}” is not two numbers with a full stop between them")
    if version and number and version != number:
        yield _quality(f"version is {version}, but versionNumber is {number}")
    if not version and not number:
        yield _quality("the record has no version")
    if title[:1].isspace():
        yield _quality("the title begins with a space")


def _quality(message: str) -> RecordRemark:
    return RecordRemark("record-quality", "warning", 0, message)


def _option_remarks(options: Sequence[tuple[str, str]]) -> Iterator[RecordRemark]:
    """Yield a remark for each option id that is used twice."""
    for option in dict.fromkeys(option for option, _ in options):
        titles = [title for same, title in options if same == option]
        if len(titles) > 1:
            message = f"the option id {option or '(empty)'} is used {len(titles)} times: {'; '.join(titles)}"
            yield RecordRemark("record-id", "error", 0, message)
