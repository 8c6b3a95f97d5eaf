"""Pair duties with the codes printed below them, or say why this cannot be done.

Text copied from the table of a PDF often has its columns mixed: the codes of a duty are above it, beside it,
or partly below the next one. A pair that may be wrong is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from curriculum.model.code_lists import find_codes
from curriculum.model.codes import line_to_codes, word_to_code
from curriculum.model.text import names_to_phrase
from curriculum.model.vocabulary import KIND_OF_LETTERS
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import DutyKsb, Finding

__all__ = ["DutyCodes", "line_to_kinds", "pair_codes"]

# A single code within a wording can be something else: a road, a category of vehicles.
_LEAST_INSIDE = 2
_RANKS = {letters: rank for rank, letters in enumerate(KIND_OF_LETTERS)}


class DutyCodes(NamedTuple):
    """A duty, its line, its wording, the codes at the end of it, and the lines of codes below it."""

    duty: str
    line: int
    text: str
    ending: tuple[str, ...]
    below: tuple[Line, ...]


def pair_codes(
    above: Sequence[Line], duties: Sequence[DutyCodes]
) -> tuple[tuple[DutyKsb, ...], tuple[Finding, ...]]:
    """Return each duty with its codes, as pairs.

    Parameters
    ----------
    above
        The lines of codes above the first duty.
    duties
        The duties with the lines of codes below each.

    Returns
    -------
    tuple
        The pairs, and a finding if the lines do not tell which codes belong to which duty: there are codes
        above the first duty, within wordings, or below the last duty only; a code is twice below a duty; or
        the kinds go back (a skill, then knowledge) below some of the duties. Then only codes at the end of a
        wording, or in the row of their duty, are paired.
    """
    reason = _lines_to_doubt(above, duties)
    pairs = []
    unpaired = list(above)
    for row in duties:
        pairs += [DutyKsb(row.duty, code, row.line, row.line) for code in row.ending]
        for line in row.below:
            if reason and line.row <= 0:
                unpaired.append(line)
                continue
            codes = line_to_codes(line.text)
            pairs += [DutyKsb(row.duty, code, line.number, line.last) for code in codes]
    return tuple(pairs), (_mixed_finding(reason, unpaired, duties),) if unpaired and reason else ()


def line_to_kinds(line: Line) -> tuple[int, ...]:
    """Return the ranks of the kinds of a line's codes: knowledge before skills before behaviours."""
    codes = map(word_to_code, line_to_codes(line.text))
    return tuple(_RANKS[code.letters] for code in codes if code)


def _lines_to_doubt(above: Sequence[Line], duties: Sequence[DutyCodes]) -> str:
    """Return why it is not certain which codes belong to which duty; empty if it is."""
    if duties and any(line.row <= 0 for line in above):
        return "there are codes above the first duty"
    inside = sum(len(find_codes(row.text, in_text=True)) for row in duties)
    if inside >= _LEAST_INSIDE:
        return f"there are {inside} codes within the wordings of duties"
    printed = [[line for line in row.below if line.row <= 0] for row in duties]
    if len(duties) > 1 and printed[-1] and not any(row.ending or row.below for row in duties[:-1]):
        return f"there are codes below {duties[-1].duty} only, the last duty"
    repeated = next((row.duty for row, lines in zip(duties, printed, strict=True) if _repeats(lines)), "")
    if repeated:
        return f"below {repeated} a code is printed twice"
    goes_back = [_goes_back(lines) for lines in printed]
    if any(goes_back) and not _is_custom(duties, goes_back):
        duty = next(row.duty for row, is_back in zip(duties, goes_back, strict=True) if is_back)
        return f"below {duty} the codes of one kind come after those of a later kind"
    return ""


def _repeats(lines: Sequence[Line]) -> bool:
    """Return whether a line names a code that a line before it names."""
    seen: set[str] = set()
    for line in lines:
        codes = set(line_to_codes(line.text))
        if seen & codes:
            return True
        seen |= codes
    return False


def _goes_back(lines: Iterable[Line]) -> bool:
    """Return whether a line begins with a kind that comes before the last kind of the line before it."""
    last = -1
    for line in lines:
        kinds = line_to_kinds(line)
        if kinds and kinds[0] < last:
            return True
        last = kinds[-1] if kinds else last
    return False


def _is_custom(duties: Sequence[DutyCodes], goes_back: Sequence[bool]) -> bool:
    """Return whether the document prints the kinds of every duty, the last one too, in another order."""
    with_codes = [is_back for row, is_back in zip(duties, goes_back, strict=True) if row.below]
    return len(with_codes) > 1 and all(with_codes)


def _mixed_finding(reason: str, unpaired: Sequence[Line], duties: Sequence[DutyCodes]) -> Finding:
    n_codes = sum(len(line_to_codes(line.text)) for line in unpaired)
    numbers = sorted(line.number for line in unpaired)
    names = names_to_phrase([row.duty for row in duties]) if len(duties) < 3 else f"{len(duties)} duties"
    return Finding(
        "duty-codes-mixed",
        numbers[0],
        "error",
        f"{reason}, as in text copied from the table of a PDF: which codes belong to which of {names} cannot "
        f"be told. {n_codes} codes on {len(numbers)} lines (lines {numbers[0]} to {numbers[-1]}) are paired "
        "with no duty. Copy the duties from the web page or the Word file of the standard",
    )
