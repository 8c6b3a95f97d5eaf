"""The parts of a text with several standards: their names, the choice of one, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from curriculum.documents.document import Document
from curriculum.errors import CurriculumError, InvalidInput, NotFound
from curriculum.parsing.document_kind import DocumentText
from curriculum.parsing.labelled import is_known_heading
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import PartStart
from curriculum.parsing.several_standards import line_to_reference, zone_to_title_line

__all__ = ["Part", "choose_part", "document_to_part", "several_standards_error", "starts_to_parts"]

_PARTS_SHOWN = 12
_OR_LISTS = "holds several standards, or lists of something else with the same codes"
_ELSE = "A list of something else, such as evidence or short titles, has to be taken out."
_WORD = re.compile(r"[\w.]+")


class Part(NamedTuple):
    """One of several standards in a text: its name, another name if it has one, and its lines.

    The name is its title, or what is printed in the place of one; the other is its reference, or the title of
    a unit whose number is its name.
    """

    name: str
    other: str
    first_line: int
    last_line: int


def starts_to_parts(text: DocumentText, starts: Sequence[PartStart], first_item: int) -> tuple[Part, ...]:
    """Return the parts of a text.

    Parameters
    ----------
    text
        The text.
    starts
        Where the second part and each further one begins; each with a line.
    first_item
        The line of the first statement or duty of the text.

    Returns
    -------
    tuple of Part
        None if there is only one standard, or if it cannot be told where one begins.
    """
    if not starts or not all(start.line for start in starts):
        return ()
    texts = text.document.lines
    front = [line for line in text.lines if line.number < first_item]
    opened = (PartStart(zone_to_title_line(front, texts) or 1, first_item), *starts)
    ends = [*(start.line - 1 for start in starts), len(texts)]
    firsts = [1, *(start.line for start in starts)]
    return tuple(
        Part(*_start_to_names(text.lines, start, position), first, last)
        for position, (start, first, last) in enumerate(zip(opened, firsts, ends, strict=True), start=1)
    )


def _start_to_names(lines: Sequence[Line], start: PartStart, position: int) -> tuple[str, str]:
    """Return the name of a part and its other name; its place if it has no title."""
    head = [line.text.strip("*_ ") for line in lines if start.line <= line.number < start.item]
    reference = next(filter(None, map(line_to_reference, head)), "")
    titles = [
        text for text in head[:2] if text != reference and ": " not in text and not is_known_heading(text)
    ]
    name, *others = titles or [reference or str(position)]
    is_number = " " not in name and any(map(str.isdigit, name))
    return name, reference or (others[0] if others and is_number else "")


def choose_part(parts: Sequence[Part], document: Document) -> Part:
    """Return the part that a document names: by its title, its reference, or its place from 1.

    Raises
    ------
    NotFound
        If no part, or more than one, has this name.
    """
    wanted = _name_to_words(document.part)
    names = [
        (*map(_name_to_words, (part.name, part.other)), [str(at)]) for at, part in enumerate(parts, start=1)
    ]
    whole = [part for part, words in zip(parts, names, strict=True) if wanted in words]
    # The title without the reference that is printed behind it.
    begun = [part for part, words in zip(parts, names, strict=True) if words[0][: len(wanted)] == wanted]
    for found in (whole, begun):
        if len(found) == 1:
            return found[0]
    near = get_close_matches(document.part, [part.name for part in parts], n=2, cutoff=0.6)
    raise NotFound(
        f"holds no standard named {document.part}" if len(parts) > 1 else "holds one standard, and no parts",
        where=document.source,
        expected="the title, the reference or the place (1, 2, ...) of one of several",
        found=_parts_to_shown(parts) if len(parts) > 1 else "one",
        advice=f"Did you mean {' or '.join(near)}?"
        if near
        else "Check the name."
        if len(parts) > 1
        else "Name the file without # and what is after it.",
    )


def _name_to_words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def document_to_part(document: Document, part: Part) -> Document:
    """Return one part of a document: the lines of the other parts are blank, so that numbers stay as is."""
    inside = range(part.first_line, part.last_line + 1)
    cells = (
        cell._replace(lines=tuple(line for line in cell.lines if line.number in inside))
        for cell in document.cells
    )
    return replace(
        document,
        part="",
        lines=tuple(line if number in inside else "" for number, line in enumerate(document.lines, start=1)),
        cells=tuple(cell for cell in cells if cell.lines),
    )


def several_standards_error(
    document: Document, starts: Sequence[PartStart], parts: Sequence[Part]
) -> CurriculumError:
    """Return the error for a text with several standards of which none is named."""
    where = document.source
    if not parts:
        lines = ", ".join(str(start.item) for start in starts)
        return InvalidInput(
            f"{_OR_LISTS}, and it cannot be told where each begins",
            where=where,
            expected="one list of codes, or a title above each",
            found="lists that begin again with other wordings, on line"
            + f"{'s' * (len(starts) > 1)} {lines}",
            advice="Save each standard as a separate file, or put its title on a line above its list. "
            + _ELSE,
        )
    names = [part.name for part in parts]
    is_clear = len(set(names)) == len(names)
    example = f"{where}#{names[0] if is_clear else 1}"
    are_sure = len({part.other for part in parts if line_to_reference(part.other)}) > 1
    what, more = ("holds several standards", "") if are_sure else (_OR_LISTS, f" {_ELSE}")
    return InvalidInput(
        what,
        where=where,
        expected=f"the name of one of them after #, such as {f'“{example}”' if ' ' in example else example}",
        found=_parts_to_shown(parts),
        advice=("Name the one to read." if is_clear else "Name the one to read by its place.") + more,
    )


def _parts_to_shown(parts: Sequence[Part]) -> str:
    shown = [
        f"{part.name}{f' ({part.other})' if part.other not in part.name else ''} from line {part.first_line}"
        for part in parts[:_PARTS_SHOWN]
    ]
    more = f" and {len(parts) - _PARTS_SHOWN} more" if len(parts) > _PARTS_SHOWN else ""
    return f"{len(parts)}: {', '.join(shown)}{more}"
