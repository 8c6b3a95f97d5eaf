"""Find where the KSBs of the last duty end and a list for the whole document begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from curriculum.model.codes import code_to_sort_key, word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import KIND_OF_LETTERS
from curriculum.parsing.headings import is_prose_heading
from curriculum.parsing.labelled import KIND_HEADINGS, Labelled, lines_to_labelled
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Finding

__all__ = ["BehindDuties", "lines_to_behind"]

_KIND_WORDS = frozenset(("ksb", "ksbs", "knowledge", "skills", "behaviours"))
_RANKS = {letters: rank for rank, letters in enumerate(KIND_OF_LETTERS)}


class BehindDuties(NamedTuple):
    """The lines of the last duty, those of the list behind it, and what is to be said about the list."""

    of_duty: tuple[Line, ...]
    behind: tuple[Line, ...]
    finding: Finding


def lines_to_behind(
    others: Sequence[Sequence[Line]], last: Sequence[Line], known: frozenset[str]
) -> BehindDuties | None:
    """Return the list of KSBs behind the last duty; None if all KSBs below it are its own.

    The list begins at a heading of KSBs that the other duties do not have below them, or where the KSBs
    begin again: with a code that the last duty has already, or with an earlier kind.

    Parameters
    ----------
    others
        The lines below each other duty, which has its KSBs in full.
    last
        The lines below the last duty.
    known
        The codes with labels of their own in the document.

    Examples
    --------
    >>> texts = ["K2: Ratios", "Knowledge", "K1: Types", "K2: Ratios"]
    >>> lines = [Line(number, text) for number, text in enumerate(texts, start=9)]
    >>> found = lines_to_behind([[Line(7, "K1: Types")]], lines, frozenset())
    >>> [line.number for line in found.of_duty], found.finding.severity
    ([9], 'warning')
    """
    labelled = lines_to_labelled(last, known)
    if not others or not labelled:
        return None
    start = _heading_to_start(others, last, labelled) or _restart(others, labelled, known)
    behind = tuple(line for line in last if line.number >= start)
    if not start or not lines_to_labelled(behind, known):
        return None
    of_duty = tuple(line for line in last if line.number < start)
    return BehindDuties(of_duty, behind, _finding(others, of_duty, behind, known))


def _is_kind_heading(line: Line) -> bool:
    """Return whether a line is a heading of KSBs: “Knowledge”, “KSBs not mapped to a duty”."""
    key = text_to_title_key(line.text)
    return key in KIND_HEADINGS or (is_prose_heading(line) and not _KIND_WORDS.isdisjoint(key.split()))


def _heading_to_start(
    others: Sequence[Sequence[Line]], last: Sequence[Line], labelled: Sequence[Labelled]
) -> int:
    """Return the line of the heading that begins the list; 0 if there is none."""
    usual = {text_to_title_key(line.text) for lines in others for line in lines if _is_kind_heading(line)}
    # Where duties have a heading for each kind, one of them can have a kind that the others lack.
    single = {key for key in KIND_HEADINGS if usual and len(key.split()) == 1 and not key.startswith("ksb")}
    inside = {
        number for item in labelled for number in range(item.passage.first_line, item.passage.last_line + 1)
    }
    headings = [line for line in last if _is_kind_heading(line) and line.number not in inside]
    return next(
        (line.number for line in headings if text_to_title_key(line.text) not in usual | single),
        0,
    )


def _restart(others: Sequence[Sequence[Line]], labelled: Sequence[Labelled], known: frozenset[str]) -> int:
    """Return the line where the KSBs begin again; 0 if they do not."""
    seen: set[str] = set()
    back = 0
    for before, item in zip([None, *labelled], labelled, strict=False):
        if before and code_to_sort_key(item.code) <= code_to_sort_key(before.code):
            back = item.passage.first_line
        if item.code in seen:
            return back or item.passage.first_line
        seen.add(item.code)
    is_custom = any(_kind_goes_back(lines_to_labelled(lines, known)) for lines in others)
    return 0 if is_custom else _kind_goes_back(labelled)


def _kind_goes_back(labelled: Sequence[Labelled]) -> int:
    """Return the line of the first KSB of an earlier kind than the one before it; 0 if there is none."""
    ranks = [_RANKS[code.letters] for item in labelled if (code := word_to_code(item.code))]
    pairs = zip(ranks, ranks[1:], labelled[1:], strict=False)
    return next((item.passage.first_line for before, rank, item in pairs if rank < before), 0)


def _finding(
    others: Sequence[Sequence[Line]], of_duty: Sequence[Line], behind: Sequence[Line], known: frozenset[str]
) -> Finding:
    """Return the finding on a list: an error if its KSBs may be those of the last duty."""
    of_last = {item.code for item in lines_to_labelled(of_duty, known)}
    above = of_last | {item.code for lines in others for item in lines_to_labelled(lines, known)}
    items = lines_to_labelled(behind, known)
    is_whole = bool(of_last) and above <= {item.code for item in items}
    first = items[0]
    doubt = (
        "is taken for the KSBs of the whole document: it has all KSBs of the duties"
        if is_whole
        else "may be that of the last duty, or of the whole document: its KSBs are paired with no duty"
    )
    message = f"the list that begins with {first.code} is behind the last duty, and {doubt}"
    return Finding("no-pairs", first.passage.first_line, "warning" if is_whole else "error", message)
