"""Lines that pair a duty with codes, apart from its wording: “Duty 1: K1, S1” below “Mapping”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from curriculum.model.codes import line_to_codes
from curriculum.model.text import text_to_title_key
from curriculum.parsing.duty_options import DUTY_NUMBER, duty_number_to_code
from curriculum.parsing.headings import heading_to_role, is_prose_heading
from curriculum.parsing.lines import Line, without_bullet
from curriculum.parsing.rows import DutyKsb, Rows

__all__ = ["lines_to_duty_mapping"]

_DUTY: Final = re.compile(
    rf"(?:{DUTY_NUMBER}|D(?P<short>[1-9]\d{{0,2}}))\s?[:.–—-]?\s(?P<rest>\S.*)", re.IGNORECASE
)
_BARE: Final = re.compile(rf"{DUTY_NUMBER}[:.]?", re.IGNORECASE)
# A list of criteria has D1, D2 for a distinction beside P1, P2 for a pass.
_CRITERION: Final = re.compile(r"[PM][1-9]\d?\s?[:.–-]?\s.*")
_MAPPING: Final = re.compile(r"(?:.* )?(?:mapp(?:ed|ing)|map|matrix|pairs?|links?|ksbs|coverage)(?: .*)?")


class _Pairing(NamedTuple):
    """A line with a duty and the codes beside it."""

    line: Line
    duty: str
    codes: tuple[str, ...]


def lines_to_duty_mapping(lines: Sequence[Line]) -> tuple[Rows, tuple[Line, ...]]:
    """Return the pairs of lines with a duty and codes alone, and the other lines.

    Such a line is one only if the wording of its duty is printed elsewhere. The heading right above such
    lines is taken too, if it says that they are a mapping.

    Examples
    --------
    >>> texts = ["Duty 1: Feed horses.", "KSBs", "K1: Hay", "Mapping", "D1: K1"]
    >>> rows, rest = lines_to_duty_mapping([Line(at, text) for at, text in enumerate(texts, start=1)])
    >>> [(pair.duty, pair.code) for pair in rows.duty_ksbs], rows.markers, len(rest)
    ([('D1', 'K1')], (4,), 3)
    """
    if any(_CRITERION.fullmatch(line.text) for line in lines):
        return Rows(), tuple(lines)
    found = {line.number: pairing for line in lines if (pairing := _line_to_pairing(line))}
    worded = {code for line in lines if line.number not in found and (code := _line_to_duty(line))}
    kept = {number: pairing for number, pairing in found.items() if pairing.duty in worded}
    if not kept:
        return Rows(), tuple(lines)
    headings = {
        line.number
        for line, below in pairwise(lines)
        if below.number in kept and line.number not in kept and _is_heading(line)
    }
    rows = Rows(
        duty_ksbs=tuple(
            DutyKsb(pairing.duty, code, number, pairing.line.last)
            for number, pairing in kept.items()
            for code in pairing.codes
        ),
        markers=tuple(sorted(headings)),
    )
    return rows, tuple(line for line in lines if line.number not in kept and line.number not in headings)


def _line_to_pairing(line: Line) -> _Pairing | None:
    found = _DUTY.fullmatch(without_bullet(line.text)) if line.row <= 0 and not line.cells else None
    codes = line_to_codes(found["rest"]) if found else ()
    return _Pairing(line, _match_to_code(found), codes) if found and codes else None


def _line_to_duty(line: Line) -> str:
    """Return the code of the duty that a line begins; empty if it begins none."""
    text = without_bullet((line.parts[0] if line.parts else line).text)
    found = _DUTY.fullmatch(text) or _BARE.fullmatch(text)
    return _match_to_code(found) if found else ""


def _match_to_code(found: re.Match[str]) -> str:
    short = found.groupdict().get("short")
    return f"D{short}" if short else duty_number_to_code(found["number"])


def _is_heading(line: Line) -> bool:
    is_known = heading_to_role(line.text) is not None
    return (
        is_prose_heading(line)
        and not is_known
        and _MAPPING.fullmatch(text_to_title_key(line.text)) is not None
    )
