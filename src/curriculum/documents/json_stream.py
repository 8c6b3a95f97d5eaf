"""Read JSON value by value, and return each record of a standard as soon as it is complete."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

from curriculum.documents.record import name_to_key
from curriculum.errors import UnreadableFile, missing_package, too_large
from curriculum.files.limits import check_time
from curriculum.model.limit_factor import raised

__all__ = ["TAKEN", "ByteSource", "HashedSource", "JsonReader", "PlacedRecord", "is_json"]

# Records have six levels. The values and characters are those of one record, or of what is in no record.
MAX_DEPTH: Final = 50
MAX_VALUES: Final = 500_000
MAX_CHARACTERS: Final = 30_000_000
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*(?:\{\s*["}]|\[\s*["\[]|"|\]))')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_TOO_LONG: Final = "a number that is too long"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LONG_NUMBER = re.compile(rb"(?<![0-9])[0-9]{1000}")
# A name of the first kind alone shows a record; of the second, beside the number of a reference.
_LISTS = frozenset(("knowledges", "technicalknowledges", "employabilityskillsandbehaviours"))
_NUMBER_NAME = "referencenumber"
_BESIDE = frozenset(("version", "versionnumber", "status", "level", "title", "larscode", "skills", "duties"))
# Lists of statements, which an object has once in whatever spelling: “skills” and “Skills” are the same.
_ONCE = _LISTS | {"skills", "behaviours", "duties"}
# Names of a record, and of a package of CASE: an object within one of them is no record.
_NO_RECORD_WITHIN = frozenset((_NUMBER_NAME, *_LISTS, "cfdocument", "cfitems"))
# In the place of a record that was returned.
TAKEN: Final = object()


class ByteSource(Protocol):
    """Something that bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


class HashedSource:
    """Bytes that are hashed while they are read; a byte order mark at their beginning is left out.

    `JsonReader` takes no other source, as ijson ends the whole program at some numbers.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._hash = hashlib.sha256()
        self._is_first = True

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""
        data = self._source.read(size)
        self._hash.update(data)
        # ijson ends the whole program at a whole number of more than 4,300 digits. One of them has far more
        # than these in one of two pieces.
        if _LONG_NUMBER.search(data):
            raise ValueError(_TOO_LONG)
        is_first, self._is_first = self._is_first and size != 0, self._is_first and size == 0
        if is_first and data.startswith(_BYTE_ORDER_MARK):
            return data.removeprefix(_BYTE_ORDER_MARK) or self.read(size)
        return data

    def sha256(self) -> str:
        """Return the hash of all bytes, in hexadecimal."""
        while data := self._source.read(1_000_000):
            self._hash.update(data)
        return self._hash.hexdigest()


class PlacedRecord(NamedTuple):
    """A record and its place, as a JSON path."""

    path: str
    value: Mapping[str, Any]


@dataclass
class _Open:
    """An object or a list that is being read, the name of its next value, and what it holds so far."""

    value: Any
    key: str = ""
    names: set[str] = field(default_factory=set)
    n_values: int = 0
    n_characters: int = 0

    def step(self) -> str:
        """Return the step of a JSON path to its next value."""
        return f"[{len(self.value)}]" if isinstance(self.value, list) else f".{self.key}"


def is_json(data: bytes) -> bool:
    r"""Return whether bytes begin like an object or a list of JSON.

    Examples
    --------
    >>> is_json(b'[{"code": "K1"}]'), is_json(b"[K1] The hoof"), is_json(b"[{code: 'K1'}]")
    (True, False, False)
    """
    return _JSON.match(data) is not None


class JsonReader:
    """Read JSON from its beginning to its end, in bounded memory.

    Attributes
    ----------
    rest
        What is in no record, when all has been read.
    """

    def __init__(self, source: HashedSource, where: str) -> None:
        self.rest: Any = None
        self._source = source
        self._where = where
        self._stack: list[_Open] = []
        self._most_values, self._most_characters = raised(MAX_VALUES), raised(MAX_CHARACTERS)

    def records(self) -> Iterator[PlacedRecord]:
        """Yield each record when it is complete.

        Raises
        ------
        UnreadableFile
            If it is no JSON, is damaged, is too large or too deeply nested, or an object has a name twice.
        UnsupportedFormat
            If the package ijson is not installed.
        """
        try:
            import ijson
        except ImportError as fault:
            raise missing_package("JSON", "ijson", self._where) from fault
        try:
            for event, value in ijson.basic_parse(self._source):
                record = self._read(event, value)
                if record:
                    yield record
        except (ijson.JSONError, ValueError, ArithmeticError) as fault:
            raise _damaged(self._where, self._path(), fault) from fault

    def _read(self, event: str, value: Any) -> PlacedRecord | None:
        if event in ("start_map", "start_array"):
            check_time()
            if len(self._stack) >= raised(MAX_DEPTH):
                raise self._too_large(MAX_DEPTH, "levels")
            self._stack.append(_Open({} if event == "start_map" else []))
        elif event == "map_key":
            self._name(_CONTROLS.sub("?", value))
        elif event in ("end_map", "end_array"):
            return self._end(self._stack.pop())
        else:
            self._add(value, 1, len(value) if isinstance(value, str) else 8)
        return None

    def _name(self, name: str) -> None:
        into = self._stack[-1]
        into.key, key = name, name_to_key(name)
        if name in into.value or (key in _ONCE and key in into.names):
            raise UnreadableFile(
                "a name is twice in an object, so that it has two values",
                where=f"{self._where}, {self._path()}",
                expected="each name once",
                found=f"{name} twice",
                advice="Delete one of them, or give it another name.",
            )
        into.names.add(key)

    def _end(self, done: _Open) -> PlacedRecord | None:
        if self._is_record(done):
            record = PlacedRecord(self._path(), done.value)
            self._add(TAKEN, 1, 0)
            return record
        self._add(done.value, done.n_values + 1, done.n_characters)
        return None

    def _is_record(self, done: _Open) -> bool:
        names = done.names
        if not (names & _LISTS or (_NUMBER_NAME in names and len(names & _BESIDE) > 1)):
            return False
        return not any(outer.names & _NO_RECORD_WITHIN for outer in self._stack)

    def _add(self, value: Any, n_values: int, n_characters: int) -> None:
        if not self._stack:
            self.rest = value
            return
        into = self._stack[-1]
        if isinstance(into.value, list):
            into.value.append(value)
        else:
            into.value[into.key] = value
        into.n_values += n_values
        into.n_characters += n_characters
        if into.n_values > self._most_values:
            raise self._too_large(MAX_VALUES, "values")
        if into.n_characters > self._most_characters:
            raise self._too_large(MAX_CHARACTERS, "characters")

    def _path(self) -> str:
        return "$" + "".join(frame.step() for frame in self._stack)

    def _too_large(self, most: int, unit: str) -> UnreadableFile:
        what = "too large or too deeply nested for a record of a standard"
        where = f"{self._where}, {self._path()[:200]}"
        advice = "Save the records, or the list of codes, as a separate file."
        return too_large(what, where, 0, most, unit, advice=advice)


def _damaged(where: str, path: str, fault: Exception) -> UnreadableFile:
    detail = fault.args[0] if fault.args else ""
    text = detail.decode("utf-8", "replace") if isinstance(detail, bytes) else str(detail)
    first = text.strip().partition("\n")[0]
    is_source = where.casefold().endswith((".js", ".ts", ".py"))
    return UnreadableFile(
        "not JSON from its beginning to its end",
        where=f"{where}, after {path[:200]}",
        expected="JSON in UTF-8",
        found=first or "the end of the file in the middle of a value",
        advice=(
            "In the program, write the list out with JSON.stringify (JavaScript) or json.dump (Python), and "
            "save that as .json."
            if is_source
            else "Save it as UTF-8, or fetch or export the file again: part of it may be missing."
        ),
    )
