"""Read the labels of a NOS unit with their values: facts, scope, glossary, links to other units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line, is_list_item, without_bullet
from curriculum.parsing.nos_labels import Label, is_fact, key_to_label
from curriculum.parsing.rows import Detail

__all__ = ["METADATA", "LabelLine", "lines_to_details"]

METADATA = "metadata"
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-z][.)]|\([a-z]\))\s+\S")
# Fewer labels above as many values, or labels without a form that tells them apart, prove nothing.
_LEAST_LABELS = 4
_LEAST_FORMS = 2


class LabelLine(NamedTuple):
    """A line among the labels of a unit, and the label that it begins (None if it begins none)."""

    line: Line
    label: Label | None


class _Named(NamedTuple):
    """A label, its lines, and the lines of its value."""

    label: Label
    lines: tuple[Line, ...]
    values: list[Line]
    rest: list[Line]


def lines_to_details(lines: Sequence[LabelLine]) -> Iterator[Detail]:
    """Yield each label with the lines below it that look like its value.

    Lines at the end that are no value of the last label are the keywords. Their label is missing in print,
    so the name is inferred.

    Parameters
    ----------
    lines
        The lines from the first label on; a label and its value are on lines of their own.
    """
    named = _lines_to_named(lines)
    paired = _values_below_labels(named)
    for at, label in enumerate(named):
        if at in paired:
            yield _detail(label, [paired[at]], is_inferred=True)
        else:
            yield from _named_to_details(label)
    rest = named[-1].rest if named else []
    if rest and not paired and _is_list(rest):
        text = " ".join(line.text for line in rest)
        yield Detail(METADATA, "Keywords", text, rest[0].number, rest[-1].number, is_inferred=True)


def _lines_to_named(lines: Sequence[LabelLine]) -> list[_Named]:
    named: list[_Named] = []
    skipped = 0
    for at, (line, label) in enumerate(lines):
        if skipped:
            skipped -= 1
            continue
        found = label or _cell_to_label(lines, at)
        if found:
            skipped = found.n_lines - 1
            of_label = tuple(row.line for row in lines[at : at + found.n_lines])
            named.append(_Named(found, of_label, [], []))
        elif named:
            _add(named[-1], line)
    return named


def _cell_to_label(lines: Sequence[LabelLine], at: int) -> Label | None:
    """Return the label that the first of several cells of a row is."""
    line = lines[at].line
    is_first = at == 0 or lines[at - 1].line.row != line.row
    if line.row <= 0 or not is_first or at + 1 == len(lines):
        return None
    beside = lines[at + 1].line
    has_value = beside.row == line.row and beside.is_opening
    return key_to_label(text_to_title_key(line.text)) if has_value else None


def _add(named: _Named, line: Line) -> None:
    """Add a line to the value of a label, or to what is no value of it."""
    values = named.values
    is_value = named.label.form(line.text)
    is_near = not values or not is_fact(named.label.key) or line.gap <= max(values[0].gap, values[-1].gap)
    if not named.rest and is_value and is_near:
        values.append(line)
    else:
        named.rest.append(line)


def _named_to_details(named: _Named) -> Iterator[Detail]:
    """Yield a label with its value; the items of a list below it one by one."""
    items: list[list[Line]] = []
    is_section = not is_fact(named.label.key)
    for line in named.values:
        if not items or (is_section and (is_list_item(line) or _NUMBERED.match(line.text))):
            items.append([line])
        else:
            items[-1].append(line)
    for item in items or [[]]:
        yield _detail(named, item)


def _detail(named: _Named, values: Sequence[Line], *, is_inferred: bool = False) -> Detail:
    name = " ".join(line.text for line in named.lines).rstrip(":")
    # The number of the unit at the head of a page can be between the label and the same number.
    text = " ".join(dict.fromkeys(line.text for line in values))
    is_first = not (values and named.values) or values[0] is named.values[0]
    first = named.lines[0].number if is_first and not is_inferred else values[0].number
    last = max(values[-1].last if values else 0, named.lines[-1].last if is_first else 0)
    text = without_bullet(text) if len(named.values) > 1 else text
    return Detail(METADATA, name, text, first, last, is_inferred)


def _values_below_labels(named: Sequence[_Named]) -> dict[int, Line]:
    """Return values that are printed below all of their labels, by the places of these.

    They belong to the labels in their order if there are as many, and each looks like a value of its label.
    """
    if not named:
        return {}
    below = [*named[-1].values, *named[-1].rest]
    count = len(below)
    labels = named[-count:] if count else []
    are_empty = all(not label.values and not label.rest for label in labels[:-1])
    is_more = len(named) > count and not named[-count - 1].values and is_fact(named[-count - 1].label.key)
    fit = len(labels) == count and all(
        named_label.label.form(line.text) for named_label, line in zip(labels, below, strict=True)
    )
    n_forms = sum(not label.label.takes_any for label in labels)
    is_list = count >= _LEAST_LABELS and n_forms >= _LEAST_FORMS and are_empty and fit and not is_more
    return {len(named) - count + at: line for at, line in enumerate(below)} if is_list else {}


def _is_list(lines: Sequence[Line]) -> bool:
    numbers = [line.number for line in lines]
    text = " ".join(line.text for line in lines)
    return numbers == list(range(numbers[0], numbers[-1] + 1)) and re.search(r"[;,]", text) is not None
