"""Parse the KSB mapping table of an assessment plan: each KSB with its option, its wording and its method."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.model.codes import line_to_label, word_to_code
from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings, is_option_column
from curriculum.parsing.headings import Block
from curriculum.parsing.labelled import is_bare_duty, line_to_duty, text_to_option
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.method_cells import (
    MethodCells,
    cells_to_methods,
    is_method_column,
    lines_to_ticked,
    texts_to_method_cells,
)
from curriculum.parsing.occurrences import method_name_to_key
from curriculum.parsing.prose import block_to_section
from curriculum.parsing.rows import Detail, Finding, MethodName, Occurrence, Rows, StatementMethod, join_rows
from curriculum.parsing.wording_headings import is_kind_heading, is_sure_wording_heading, is_wording_heading

__all__ = ["ksb_mapping_to_rows"]

_MAPPING_HEADER = re.compile(
    r"(?:ksbs?|knowledge|skills?|behaviours?)(?: assessment methods?)?|assessment methods?"
)
# Beside a wording and its method: columns of other things, and cells with a number or a tick alone.
_FURTHER_COLUMN = re.compile(
    r"(?:.* )?(?:pages?|notes?|comments?|evidence|units?|modules?|weeks?|sessions?|themes?|grades?"
    r"|duty|duties|met|yes|no|y n|type|category)(?: \w{0,3}\d)?"
)
_FURTHER_CELL = re.compile(r"[\d\W_]*+|x|yes|no|y|n", re.IGNORECASE)
# A title that ends with a full stop: "Core." or "Production coordinator."
_OPTION = re.compile(r"(?:\S+ ){0,6}\S+\.")
_CORE = re.compile(r"Core\.\s+(?P<text>\S.*)", re.IGNORECASE)


def _key(line: Line) -> str:
    return text_to_title_key(line.text)


def _mapping_label(line: Line) -> tuple[str, str] | None:
    label = line_to_label(f"{line.text} " if line.text.endswith(":") else line.text)
    bare = word_to_code(line.text.rstrip(":"))
    if label:
        return label.code, label.text
    return (str(bare), "") if bare else None


def _lines_to_entries(lines: Sequence[Line]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    code = ""
    entry: list[Line] = []
    for line in lines:
        label = _mapping_label(line)
        if label:
            if code:
                yield code, tuple(entry)
            code, entry = label[0], [line._replace(text=label[1])]
        elif code and _is_behind(line, entry[0]):
            # What is behind the table, or begins a duty, is no part of its last KSB.
            yield code, tuple(entry)
            code = ""
        elif code:
            entry.append(line)
    if code:
        yield code, tuple(entry)


def _is_behind(line: Line, first: Line) -> bool:
    return (first.row > 0 and line.row <= 0) or line_to_duty(line) is not None or is_bare_duty(line)


def _without_text_behind(
    entries: Sequence[tuple[str, tuple[Line, ...]]],
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """Yield each entry up to its method, where the last lines of other entries show which line that is.

    A paragraph behind a table that is printed as text looks like the last cell of its last row.
    """
    last = Counter(method_name_to_key(entry[-1].text) for _, entry in entries)
    for code, entry in entries:
        keys = [method_name_to_key(line.text) for line in entry]
        others = last - Counter([keys[-1]])
        ends = [at for at, key in enumerate(keys, start=1) if others[key] and at > 1]
        yield code, entry if others[keys[-1]] or not ends else entry[: ends[-1]]


class _Entry(NamedTuple):
    """The cells of a KSB: its option and wording, its methods, and those of further columns.

    ``option`` is the cell of a column “Option”; None if there is none.
    """

    parts: tuple[Line, ...]
    methods: tuple[Line, ...]
    further: tuple[Line, ...]
    option: Line | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the columns that can all hold the wording."""
        return tuple(dict.fromkeys(line.column for line in self.parts if line.column))


def _entry_to_rows(code: str, lines: Sequence[Line], section: str, names: MethodCells) -> Rows:
    """Parse one entry: the option (if it is printed), the wording, and the methods."""
    entry = _lines_to_entry([line for line in lines if line.text], names)
    parts = entry.parts
    if len(entry.columns) > 1:
        return _unclear_wording(code, lines, entry.columns)
    if not parts:
        return Rows()
    is_option = not entry.option and len(parts) > 1 and _OPTION.fullmatch(parts[0].text) is not None
    printed = entry.option or (parts[0] if is_option else None)
    option = text_to_option(printed.text) if printed else ""
    wording = parts[1:] if is_option else parts
    text = " ".join(line.text for line in wording)
    if not option and (core := _CORE.fullmatch(text)):
        option, text = CORE, core["text"]
    first = lines[0].number
    return Rows(
        occurrences=(Occurrence(code, section, text, first, wording[-1].last, option),),
        statement_methods=tuple(
            StatementMethod(code, method.text, option, first, method.last) for method in entry.methods
        ),
        method_names=tuple(MethodName(method.text, 0, method.number) for method in entry.methods),
        details=tuple(
            Detail(FURTHER_COLUMNS, f"{code}: {line.column}", line.text, line.number, line.last)
            for line in entry.further
        ),
        markers=tuple(line.number for line in lines if _is_tick(line)),
    )


def _unclear_wording(code: str, lines: Sequence[Line], columns: Sequence[str]) -> Rows:
    """Return the error on a KSB with texts in several columns, each of which can be its wording."""
    names = names_to_phrase(f"“{name}”" for name in columns)
    message = (
        f"the wording of {code} can be below {names}, and none is read: give the column of the wordings the "
        "heading “Statement”"
    )
    finding = Finding("not-in-a-table", lines[0].number, "error", message)
    return Rows(findings=(finding,), markers=tuple(number for line in lines for number in line.numbers))


def _is_tick(line: Line) -> bool:
    ticks = lines_to_ticked([line])
    return bool(ticks.ticked or ticks.empty)


def _lines_to_entry(every: Sequence[Line], names: MethodCells) -> _Entry:
    """Return the cells of an entry by what they hold.

    The methods are in their own column, or have columns of their own with ticks. In text, where columns have
    no headings, the last part is the method.
    """
    methods = [line for line in every if is_method_column(line.column)]
    option = next((line for line in every if is_option_column(line.column)), None)
    others = [line for line in every if line not in methods and line is not option]
    further = [
        line
        for line in others
        if line.column and _FURTHER_COLUMN.fullmatch(text_to_title_key(line.column)) is not None
    ]
    rest = [line for line in others if line not in further]
    if methods:
        cells = [line for line in rest if _FURTHER_CELL.fullmatch(line.text)]
        parts = _worded([line for line in rest if line not in cells])
        beside = tuple(line for line in others if line not in parts)
        return _Entry(parts, cells_to_methods(methods, names), beside, option)
    ticks = lines_to_ticked(rest)
    if (ticks.ticked or ticks.empty) and len({line.column for line in ticks.others}) < 2:
        columns = tuple(line._replace(text=line.column) for line in ticks.ticked)
        return _Entry(ticks.others, columns, tuple(further), option)
    return _Entry(tuple(every[:-1]), tuple(every[-1:]), ())


def _worded(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the cells below the heading that says most clearly that wordings are below it."""
    for says_so in (is_sure_wording_heading, is_wording_heading, is_kind_heading):
        found = tuple(line for line in lines if says_so(line.column))
        if found:
            return found
    return tuple(lines)


def _is_header(line: Line) -> bool:
    """Return whether a line is the header of a table: each cell is the heading of its column."""
    columns: dict[str, list[str]] = {}
    for part in line.parts:
        columns.setdefault(part.column, []).append(part.text)
    return bool(columns) and all(" ".join(texts) == name for name, texts in columns.items())


def ksb_mapping_to_rows(block: Block) -> Rows:
    """Parse the KSB mapping table: each KSB with its option, its wording and its method."""
    heads = [line for line in block.lines if _is_header(line)]
    lines = lines_to_cells([line for line in block.lines if not _is_header(line)])
    named = [line for line in lines if _MAPPING_HEADER.fullmatch(_key(line))]
    headers = tuple(number for line in (*heads, *named) for number in line.numbers)
    body = [line for line in lines if not _MAPPING_HEADER.fullmatch(_key(line))]
    first = next((i for i, line in enumerate(body) if _mapping_label(line)), len(body))
    entries = list(_without_text_behind(list(_lines_to_entries(body[first:]))))
    names = texts_to_method_cells(line.text for line in body if is_method_column(line.column))
    parts = [_entry_to_rows(code, entry, block.title, names) for code, entry in entries]
    findings = Rows(findings=tuple(further_findings([row for part in parts for row in part.details])))
    prose = Rows(sections=block_to_section(block._replace(heading=None), body[:first]))
    header = (block.heading.number,) if block.heading else ()
    return join_rows([Rows(markers=(*header, *headers)), prose, *parts, findings])
