"""Lists of codes and wordings in JSON, as the lines of a CSV: objects with fields, or codes as names."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from curriculum.documents.json_stream import TAKEN
from curriculum.documents.record import Unread
from curriculum.documents.record_texts import name_to_words, value_to_plain, value_to_printed
from curriculum.model.codes import line_to_label, word_to_code

__all__ = [
    "CodeList",
    "CodeRow",
    "CodeTable",
    "value_to_code_list",
    "value_to_code_table",
    "value_to_unread",
]

# The column with the place of each row in the data.
JSON_PATH: Final = "JSON path"
_CODE, _TEXT = "code", "text"
_LOOSE = re.compile(r"[\s:.]+")


class CodeList(NamedTuple):
    """The lines of a CSV with a header, and the values that are in none of its rows."""

    lines: tuple[str, ...]
    unread: tuple[Unread, ...]


class CodeRow(NamedTuple):
    """A row of a list of codes: its place in the data, and a cell for each column."""

    path: str
    cells: tuple[str, ...]


class CodeTable(NamedTuple):
    """A list of codes: the names of its columns, its rows, and the values that are in none of them."""

    columns: tuple[str, ...]
    rows: tuple[CodeRow, ...]
    unread: tuple[Unread, ...]


def value_to_code_list(value: Any) -> CodeList:
    """Return the codes and wordings within a value, as a CSV.

    A row is an object of a list, a name that is a code with its value, or a text that begins with a code.

    Examples
    --------
    >>> value_to_code_list({"items": {"K1": "How tools are chosen."}}).lines
    ('code,text,JSON path', 'K1,How tools are chosen.,$.items.K1')
    """
    table = value_to_code_table(value)
    if not table.rows:
        return CodeList((), table.unread)
    lines = [[*table.columns, JSON_PATH], *([*row.cells, row.path] for row in table.rows)]
    return CodeList(tuple(map(_cells_to_line, lines)), table.unread)


def value_to_code_table(value: Any) -> CodeTable:
    """Return the codes and wordings within a value, as the rows of a table.

    Examples
    --------
    >>> value_to_code_table([{"ref": "K1", "text": "How tools are chosen."}]).rows
    (CodeRow(path='$[0]', cells=('K1', 'How tools are chosen.')),)
    """
    found = list(_value_to_rows(value, "$"))
    rows = [row for row in found if not isinstance(row, Unread)]
    unread = tuple(row for row in found if isinstance(row, Unread))
    names = tuple(dict.fromkeys(name for row in rows for name in row if name != JSON_PATH))
    cells = (CodeRow(row[JSON_PATH], tuple(row.get(name, "") for name in names)) for row in rows)
    return CodeTable(tuple(map(_name_to_column, names)), tuple(cells), unread)


def value_to_unread(value: Any) -> tuple[Unread, ...]:
    """Return every single value within a value, with its place; records that were read are left out."""
    return tuple(_leaves(value, "$"))


def _value_to_rows(value: Any, path: str) -> Iterator[dict[str, str] | Unread]:
    if isinstance(value, dict):
        for name, item in value.items():
            inner = f"{path}.{name}"
            if _is_code(name):
                fields = item if isinstance(item, dict) else {_TEXT: item}
                yield _fields_to_row({_CODE: name, **fields}, inner)
            else:
                yield from _value_to_rows(item, inner)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            inner = f"{path}[{at}]"
            is_row = isinstance(item, dict) and not any(map(_is_code, item)) and _is_flat(item)
            yield from [_fields_to_row(item, inner)] if is_row else _value_to_rows(item, inner)
    elif isinstance(value, str) and (label := line_to_label(value_to_plain(value).text)):
        yield {_CODE: label.code, _TEXT: label.text, JSON_PATH: path}
    else:
        yield from _leaves(value, path)


def _is_code(name: str) -> bool:
    return word_to_code(_LOOSE.sub("", name).upper()) is not None


def _is_flat(item: Mapping[str, Any]) -> bool:
    """Return whether an object has two single texts, a code and a wording, and no list of objects."""
    n_single = sum(isinstance(value, str) for value in item.values())
    nested = [value for value in item.values() if isinstance(value, list)]
    return n_single > 1 and not any(isinstance(inner, dict) for listed in nested for inner in listed)


def _fields_to_row(fields: Mapping[str, Any], path: str) -> dict[str, str]:
    cells = {name: value_to_plain(_to_single(item)).text for name, item in fields.items()}
    return {**cells, JSON_PATH: path}


def _to_single(value: Any) -> Any:
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return "; ".join(map(value_to_printed, value))
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else value


def _name_to_column(name: str) -> str:
    return name_to_words(re.sub(r"[,;\t]", " ", name)).casefold() if name.strip() else "column"


def _cells_to_line(cells: Iterable[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def _leaves(value: Any, path: str) -> Iterator[Unread]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}")
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _leaves(item, f"{path}[{at}]")
    elif value is not TAKEN and value is not None and value_to_printed(value).strip():
        yield Unread(path, value_to_printed(value))
