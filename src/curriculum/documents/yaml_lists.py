"""Lists of codes and wordings in YAML, as the cells of a table on the lines of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from curriculum.documents.json_lists import CodeTable, value_to_code_table
from curriculum.documents.table_cells import Cell, CellLine, Content
from curriculum.errors import (
    CurriculumError,
    InvalidInput,
    NotFound,
    UnreadableFile,
    missing_package,
    raise_faults,
    refuse_more,
    too_large,
)
from curriculum.files.encodings import text_to_lines
from curriculum.files.limits import check_time
from curriculum.model.limit_factor import raised

__all__ = ["yaml_to_content"]

_LEAST_CELLS = 2
_OTHER_LINE_END = re.compile(r"[\x85\u2028\u2029]")
MAX_CHARACTERS: Final = 1_000_000
MAX_DEPTH: Final = 50
# What YAML writes for no value.
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_SAVE = "Save the codes and their wordings as a CSV with the columns code and text."


@dataclass
class _Open:
    """A mapping or a list that is being read: its place, its value so far, and the name of the next value."""

    path: str
    value: Any
    key: str | None = None
    lines: dict[str, int] = field(default_factory=dict)

    def step(self) -> str:
        """Return the place of the next value."""
        return (
            f"{self.path}[{len(self.value)}]" if isinstance(self.value, list) else f"{self.path}.{self.key}"
        )


class _Reader:
    """Read the events of YAML as values that are all texts, with the line of each place.

    Tags, and copies of lists by an alias, are refused: a list of codes needs neither.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._stack: list[_Open] = []
        self._scalars: dict[str, str] = {}
        self.documents: list[Any] = []
        self.starts: list[int] = []
        self.lines: list[dict[str, int]] = []

    def read(self, events: Iterator[Any]) -> None:
        """Read all events."""
        for event in events:
            name, line = type(event).__name__, event.start_mark.line + 1
            if name == "DocumentStartEvent":
                self._start_document(line)
            elif name in {"MappingStartEvent", "SequenceStartEvent"}:
                self._refuse_tag(event, line)
                self._open({} if name == "MappingStartEvent" else [], line)
            elif name in {"MappingEndEvent", "SequenceEndEvent"}:
                self._add(self._stack.pop().value)
            elif name == "ScalarEvent":
                self._refuse_tag(event, line)
                text = "" if event.implicit[0] and event.value in _NOTHING else event.value
                if event.anchor:
                    self._scalars[event.anchor] = text
                self._add_scalar(text, line)
            elif name == "AliasEvent":
                self._add_scalar(self._alias(event.anchor, line), line)

    def _start_document(self, line: int) -> None:
        self.starts.append(line)
        self.lines.append({})

    def _open(self, value: Any, line: int) -> None:
        check_time()
        if len(self._stack) >= raised(MAX_DEPTH):
            where = f"{self._where}, line {line}"
            raise too_large("nested too deeply", where, 0, MAX_DEPTH, "levels", advice=_SAVE)
        above = self._stack[-1] if self._stack else None
        if above and isinstance(above.value, dict) and above.key is None:
            raise self._fault("a list in the place of a name", line, "the name of a value", "a list")
        path = above.step() if above else "$"
        self.lines[-1].setdefault(path, line)
        self._stack.append(_Open(path, value))

    def _add_scalar(self, text: str, line: int) -> None:
        above = self._stack[-1] if self._stack else None
        if above and isinstance(above.value, dict) and above.key is None:
            if text in above.value:
                first = above.lines[text]
                raise self._fault(f"the name {text} twice", line, "each name once", f"it on line {first} too")
            above.key, above.lines[text] = text, line
            self.lines[-1][f"{above.path}.{text}"] = line
            return
        if above:
            self.lines[-1].setdefault(above.step(), line)
        self._add(text)

    def _add(self, value: Any) -> None:
        above = self._stack[-1] if self._stack else None
        if above is None:
            self.documents.append(value)
        elif isinstance(above.value, list):
            above.value.append(value)
        else:
            above.value[above.key] = value
            above.key = None

    def _alias(self, name: str, line: int) -> str:
        if name not in self._scalars:
            raise self._fault(f"an alias of a list (*{name})", line, "the values themselves", "an alias")
        return self._scalars[name]

    def _refuse_tag(self, event: Any, line: int) -> None:
        if event.tag:
            raise self._fault("a tag, which is not read", line, "a plain text", event.tag)

    def _fault(self, what: str, line: int, expected: str, found: str) -> InvalidInput:
        return InvalidInput(
            what,
            where=f"{self._where}, line {line}",
            expected=expected,
            found=found,
            advice="Correct the line.",
        )


def yaml_to_content(text: str, where: str, part: str = "") -> Content:
    """Return a list of codes in YAML as a table: each code and its wording on the line of the file.

    Every value is a text as printed: `1.10` and `yes` stay what they are.

    Parameters
    ----------
    text
        The text of the file.
    where
        The file, as a message should name it.
    part
        The place of one of several documents in the file, from 1; empty for a file with one.

    Raises
    ------
    InvalidInput, NotFound
        If there are several documents and none is named, if there is none of this place, or for a name that
        a mapping has twice, a tag, or an alias of a list.
    UnreadableFile, UnsupportedFormat
        If it is no YAML, is too large, has no list of codes, or the extra ``documents`` is not installed.
    """
    what = "too large for a list of codes in YAML"
    refuse_more(what, where, len(text), MAX_CHARACTERS, "characters", advice=_SAVE)
    # Only these end a line, so that numbers are those of an editor.
    text = _OTHER_LINE_END.sub(" ", "\n".join(text_to_lines(text)))
    reader = _text_to_reader(text, where)
    at = _choose(reader, where, part)
    table = value_to_code_table(reader.documents[at])
    if not table.rows:
        raise UnreadableFile(
            "YAML without a list of codes",
            where=where,
            expected="K1: wording; or a list of items with the fields code and text",
            found=f"{len(table.unread)} {'value' if len(table.unread) == 1 else 'values'}",
            advice=_SAVE,
        )
    _refuse_empty(table, reader.lines[at], where)
    return _table_to_content(table, reader.lines[at], text.count("\n") + 1)


def _text_to_reader(text: str, where: str) -> _Reader:
    try:
        import yaml
    except ImportError as fault:
        raise missing_package("YAML", "pyyaml", where) from fault
    reader = _Reader(where)
    try:
        reader.read(yaml.parse(text, Loader=yaml.BaseLoader))
    except yaml.YAMLError as fault:
        raise _damaged(fault, where) from fault
    return reader


def _damaged(fault: Exception, where: str) -> CurriculumError:
    mark, problem = getattr(fault, "problem_mark", None), getattr(fault, "problem", None)
    return UnreadableFile(
        "no YAML, or damaged",
        where=f"{where}, line {mark.line + 1}" if mark else where,
        expected="a name and its value on each line, and a wording with a colon in quotes",
        found=str(problem or "a character that YAML does not allow"),
        advice="Correct the line; a list that is no YAML can be saved as .txt.",
    )


def _choose(reader: _Reader, where: str, part: str) -> int:
    """Return which document to read, counted from 0."""
    lines = [f"{at} from line {line}" for at, line in enumerate(reader.starts, start=1)]
    count = len(reader.documents)
    if part and (not part.isdecimal() or not 1 <= int(part) <= count):
        raise NotFound(
            f"holds no document {part}",
            where=where,
            expected="the place of a document after #, from 1",
            found=", ".join(lines),
            advice="Check the number.",
        )
    if not part and count > 1:
        raise InvalidInput(
            "holds several documents",
            where=where,
            expected=f"the place of one of them after #, such as {where}#1",
            found=", ".join(lines),
            advice="Name the one to read.",
        )
    if not count:
        raise UnreadableFile("holds no text", where=where, expected="a list of codes")
    return int(part or 1) - 1


def _refuse_empty(table: CodeTable, lines: dict[str, int], where: str) -> None:
    """Refuse rows that have a code and nothing else."""
    raise_faults(
        [
            InvalidInput(
                "a code without wording",
                where=f"{where}, line {lines[row.path]}",
                expected="a code and its wording",
                found=next(filter(None, row.cells), "nothing"),
                advice="Complete it or delete it.",
            )
            for row in table.rows
            if sum(map(bool, row.cells)) < _LEAST_CELLS
        ]
    )


def _table_to_content(table: CodeTable, lines: dict[str, int], n_lines: int) -> Content:
    """Return the rows of a table as cells, each on the line where it begins in the file.

    The header is no line of the file: it is on one behind the last.
    """
    texts: list[list[str]] = [[] for _ in range(n_lines)] + [list(table.columns)]
    cells = [
        Cell(1, 1, column, 1, 1, True, (CellLine(n_lines + 1, name),))
        for column, name in enumerate(table.columns, start=1)
    ]
    for number, row in enumerate(table.rows, start=2):
        line = lines[row.path]
        texts[line - 1] += filter(None, row.cells)
        cells += [
            Cell(1, number, column, 1, 1, False, (CellLine(line, text),))
            for column, text in enumerate(row.cells, start=1)
            if text
        ]
    return Content(tuple(map(" ".join, texts)), tuple(cells), table.unread)
