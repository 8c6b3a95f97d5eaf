"""A KSB listing: a title and labelled KSBs, without duties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from curriculum.model.codes import line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.document_kind import KSB_FAMILIES, DocumentKind, DocumentText, recognised_by
from curriculum.parsing.kind_words import is_group_heading
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_code, lines_to_labelled
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next
from curriculum.parsing.rows import Facts, Occurrence, Rows, Section
from curriculum.parsing.signs import LABELLED_KSBS
from curriculum.parsing.title_lines import front_to_title

__all__ = ["KIND"]

_SECTION = "KSBs"


def _front(lines: Sequence[Line]) -> tuple[Line, ...]:
    front: list[Line] = []
    for line, after in lines_with_next(lines):
        if line_to_label(line.text) or is_bare_code(line, after):
            break
        front.append(line)
    return tuple(front)


def _is_kind_heading(line: Line) -> bool:
    return text_to_title_key(line.text) in KIND_HEADINGS or is_group_heading(line.text)


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a KSB listing.

    Returns
    -------
    Rows
        An occurrence for each labelled line; the lines before the first of them are prose. A line
        among the KSBs that cannot be placed is in no row.
    """
    lines = lines_to_cells(text.lines)
    front = _front(lines)
    headings = tuple(filter(_is_kind_heading, lines))
    prose = tuple(line for line in front if not _is_kind_heading(line))
    sections = (
        (Section("", "", "\n".join(line.text for line in prose), prose[0].number, prose[-1].number),)
        if prose
        else ()
    )
    occurrences = tuple(
        Occurrence(item.code, _SECTION, item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(lines)
    )
    return Rows(sections=sections, occurrences=occurrences, markers=tuple(line.number for line in headings))


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return the title of a listing."""
    del rows
    return Facts(title=front_to_title(_front(lines_to_cells(text.lines))))


KIND: Final = DocumentKind(
    name="KSB listing",
    description="KSBs with codes such as K1",
    recognise=recognised_by((LABELLED_KSBS,)),
    parse=_text_to_rows,
    facts=_text_to_facts,
    code_families=KSB_FAMILIES,
)
