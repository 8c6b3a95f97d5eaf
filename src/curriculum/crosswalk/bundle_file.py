"""Write a crosswalk bundle as JSON, and read it with every row checked.

A bundle is one object: ``format``, ``version``, ``made_by``, ``old``, ``new``, ``headline``, ``attribution``,
and the tables ``documents`` to ``version_log``, ``links``, ``candidates``, ``decisions`` and ``stale``, each
with its ``columns`` and ``rows``. docs/bundle.md describes it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final, NamedTuple

import curriculum
from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_checks import MAKE_AGAIN, bundle_to_faults
from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import STALE_COLUMNS
from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.model.text import names_to_phrase, text_to_quoted
from curriculum.tables.plain_rows import Row, TableRows
from curriculum.tables.row_checks import rows_to_faults
from curriculum.tables.schemas import SCHEMAS
from curriculum.tables.table_schema import Column, Schema

__all__ = [
    "ENDING",
    "FORMAT",
    "bundle_to_bytes",
    "bundle_to_name",
    "bytes_to_bundle",
    "is_bundle",
    "path_to_bundle",
]

ENDING: Final = ".bundle.json"
FORMAT: Final = "curriculum-bundle"
_VERSION: Final = 1
_TABLES: Final = tuple(field.name for field in fields(TableRows))
_TEXTS: Final = ("made_by", "old", "new", "headline", "attribution")
_MOST_FAULTS: Final = 20


class _Part(NamedTuple):
    """A part of a bundle that is a table: its name in the file, and its schema."""

    name: str
    schema: Schema


def _texts_to_schema(name: str, columns: Sequence[str]) -> Schema:
    return Schema(name, {column: Column("str") for column in columns}, tuple(columns))


_PARTS: Final = (
    *(_Part(name, SCHEMAS[name]) for name in _TABLES),
    _Part("links", SCHEMAS["crosswalk"]),
    _Part("candidates", SCHEMAS["candidates"]),
    _Part("decisions", _texts_to_schema("decisions", Decision._fields)),
    _Part("stale", _texts_to_schema("stale", STALE_COLUMNS)),
)


def bundle_to_name(bundle: Bundle) -> str:
    """Return the name of the file of a bundle, made of its two versions.

    Examples
    --------
    >>> bundle_to_name(Bundle("st0792-1.0", "st0792-1.2", TableRows()))
    'st0792-1.0-to-st0792-1.2.bundle.json'
    """
    return f"{bundle.old}-to-{bundle.new}{ENDING}"


def is_bundle(data: bytes) -> bool:
    """Return whether bytes are those of a bundle, by the name of the format at their beginning.

    Examples
    --------
    >>> is_bundle(b'{"format": "curriculum-bundle", "version": 1}'), is_bundle(b'{"CFDocument": {}}')
    (True, False)
    """
    return f'"{FORMAT}"'.encode() in data[:200]


def bundle_to_bytes(bundle: Bundle) -> bytes:
    """Return a bundle as JSON in UTF-8, with a line for each row; the same bundle gives the same bytes."""
    named = {
        "format": FORMAT,
        "version": _VERSION,
        "made_by": f"curriculum {curriculum.__version__}",
        "old": bundle.old,
        "new": bundle.new,
        "headline": bundle.headline,
        "attribution": bundle.attribution,
    }
    lines = [f"{_to_json(name)}: {_to_json(value)}" for name, value in named.items()]
    rows = _bundle_to_rows(bundle)
    lines += [_table_to_json(part, rows[part.name]) for part in _PARTS]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _bundle_to_rows(bundle: Bundle) -> dict[str, Sequence[Row]]:
    return {
        **{name: getattr(bundle.tables, name) for name in _TABLES},
        "links": bundle.links,
        "candidates": bundle.candidates,
        "decisions": [decision._asdict() for decision in bundle.decisions],
        "stale": bundle.stale,
    }


def _table_to_json(part: _Part, rows: Sequence[Row]) -> str:
    columns = tuple(part.schema.columns)
    listed = ",\n".join(_to_json([_without_nan(row[name]) for name in columns]) for row in rows)
    return f'{_to_json(part.name)}: {{"columns": {_to_json(columns)}, "rows": [\n{listed}\n]}}'


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _without_nan(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def path_to_bundle(path: str | Path) -> Bundle:
    """Read a bundle, as `bytes_to_bundle` does.

    Raises
    ------
    CurriculumError
        If the file cannot be read, or is no valid bundle.
    """
    return bytes_to_bundle(path_to_bytes(path), path_to_escaped(Path(path)))


def bytes_to_bundle(data: bytes, where: str) -> Bundle:
    """Read a bundle, and check every row of it.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Raises
    ------
    UnreadableFile
        If it is no JSON, or no bundle, or of a newer version of the format.
    InvalidInput, Faults
        If a part is missing, or a cell does not fit its table, or a link names a statement that is not there.
    """
    content = _to_content(data, where)
    _refuse_missing(content, where)
    faults: list[CurriculumError] = []
    rows: dict[str, tuple[Row, ...]] = {}
    for part in _PARTS:
        try:
            rows[part.name] = _part_to_rows(part, content[part.name], where)
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    bundle = Bundle(
        content["old"],
        content["new"],
        TableRows(**{name: rows[name] for name in _TABLES}),
        rows["links"],
        rows["candidates"],
        tuple(Decision(**row) for row in rows["decisions"]),
        rows["stale"],
        content["headline"],
    )
    raise_faults(list(bundle_to_faults(bundle, where)))
    return bundle


def _to_content(data: bytes, where: str) -> dict[str, Any]:
    expected = f"a bundle of version {_VERSION}"
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile("no valid JSON", where=where, expected=expected, advice=MAKE_AGAIN) from fault
    # A half of a character can stand in JSON, but in no file that is written.
    if rb"\ud" in data.lower() and _has_half_character(content):
        what = "characters that cannot be kept"
        raise UnreadableFile(what, where=where, expected=expected, advice=MAKE_AGAIN)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UnreadableFile("no crosswalk bundle", where=where, expected=expected, advice=MAKE_AGAIN)
    version = content.get("version")
    if version != _VERSION or isinstance(version, bool):
        found = text_to_quoted(str(version))
        advice = "Use the version of curriculum that made it, or make it again."
        raise UnreadableFile(
            "a bundle of another version", where=where, expected=expected, found=found, advice=advice
        )
    return content


def _has_half_character(content: object) -> bool:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _refuse_missing(content: Mapping[str, Any], where: str) -> None:
    """Refuse a bundle without some of its parts, or with parts that it cannot have."""
    names = ("format", "version", *_TEXTS, *(part.name for part in _PARTS))
    missing = [name for name in names if name not in content]
    others = [text_to_quoted(name) for name in content if name not in names]
    wrong = [name for name in _TEXTS if name in content and not isinstance(content[name], str)]
    sentences = (
        (missing, "parts are missing", "every part that docs/bundle.md lists"),
        (others, "unknown parts", "the parts that docs/bundle.md lists"),
        (wrong, "parts that are no text", "texts"),
    )
    raise_faults(
        [
            InvalidInput(
                what, where=where, expected=expected, found=names_to_phrase(listed[:6]), advice=MAKE_AGAIN
            )
            for listed, what, expected in sentences
            if listed
        ]
    )


def _part_to_rows(part: _Part, table: object, where: str) -> tuple[Row, ...]:
    """Return the rows of a part, typed and checked."""
    place = f"{where}, {part.name}"
    columns = tuple(part.schema.columns)
    if not isinstance(table, dict) or table.get("columns") != list(columns):
        expected = f"an object with the columns {', '.join(columns)}"
        raise InvalidInput("another table", where=place, expected=expected, advice=MAKE_AGAIN)
    lists: list[Any] = table["rows"] if isinstance(table.get("rows"), list) else [None]
    if not all(isinstance(cells, list) and len(cells) == len(columns) for cells in lists):
        expected = f"rows of {len(columns)} cells"
        raise InvalidInput("rows that are no rows of it", where=place, expected=expected, advice=MAKE_AGAIN)
    shares = {name for name, column in part.schema.columns.items() if column.dtype == "float64"}
    rows = tuple(
        {
            name: float("nan") if value is None and name in shares else value
            for name, value in zip(columns, cells, strict=True)
        }
        for cells in lists
    )
    faults = list(rows_to_faults(part.schema, rows))
    if faults:
        more = f" and {len(faults) - _MOST_FAULTS:,} more" if len(faults) > _MOST_FAULTS else ""
        found = f"{'; '.join(faults[:_MOST_FAULTS])}{more}"
        raise InvalidInput("cells that do not fit", where=place, found=found, advice=MAKE_AGAIN)
    return rows
