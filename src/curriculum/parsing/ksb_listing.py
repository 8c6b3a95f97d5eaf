"""The grammar of a KSB listing: a title, and labelled KSBs, with no duties."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.codes import line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_code, lines_to_labelled
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next
from curriculum.parsing.rows import Facts, Occurrence, Rows, Section

__all__ = ["front_to_title", "ksb_listing_to_facts", "ksb_listing_to_rows"]

_SECTION = "KSBs"


def _front(lines: Sequence[Line]) -> tuple[Line, ...]:
    front: list[Line] = []
    for line, after in lines_with_next(lines):
        if line_to_label(line.text) or is_bare_code(line, after):
            break
        front.append(line)
    return tuple(front)


def front_to_title(front: Sequence[Line]) -> str:
    """Return the title of a document: the last line of its front matter that reads like a heading.

    Examples
    --------
    >>> front_to_title([Line(1, "From education to employment"), Line(3, "Media production co-ordinator")])
    'Media production co-ordinator'
    """
    titles = [
        line.text
        for line in front
        if is_prose_heading(line) and text_to_title_key(line.text) not in KIND_HEADINGS
    ]
    return titles[-1] if titles else ""


def ksb_listing_to_rows(lines: Sequence[Line]) -> Rows:
    """Read a KSB listing.

    Parameters
    ----------
    lines
        The lines of the document.

    Returns
    -------
    Rows
        An occurrence for each labelled line; what stands before the first of them is prose. A line
        among the KSBs that the grammar cannot place is in no row.
    """
    lines = lines_to_cells(lines)
    front = _front(lines)
    heads = tuple(line for line in lines if text_to_title_key(line.text) in KIND_HEADINGS)
    prose = tuple(line for line in front if text_to_title_key(line.text) not in KIND_HEADINGS)
    sections = (
        (Section("", "", "\n".join(line.text for line in prose), prose[0].number, prose[-1].number),)
        if prose
        else ()
    )
    occurrences = tuple(
        Occurrence(item.code, _SECTION, item.passage.text, item.passage.first_line, item.passage.last_line)
        for item in lines_to_labelled(lines)
    )
    return Rows(sections=sections, occurrences=occurrences, markers=tuple(line.number for line in heads))


def ksb_listing_to_facts(lines: Sequence[Line], rows: Rows) -> Facts:
    """Return what a listing prints of itself: its title."""
    del rows
    return Facts(title=front_to_title(_front(lines_to_cells(lines))))
