"""Find duties that are printed twice with different wordings and KSBs: two duties with the same number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from curriculum.model.text import text_to_key
from curriculum.parsing.rows import Duty, DutyKsb

__all__ = ["doubled_duties"]


def doubled_duties(occurrences: Sequence[Duty], pairs: Sequence[DutyKsb]) -> frozenset[str]:
    """Return the codes of duties that are printed with several wordings, and other KSBs below each."""
    starts = sorted((row.first_line, row.code, text_to_key(row.text)) for row in occurrences)
    found: dict[str, dict[str, set[str]]] = {}
    for pair in pairs:
        before = starts[: bisect_right(starts, pair.last_line, key=lambda start: start[0])]
        if before and before[-1][1] == pair.duty:
            found.setdefault(pair.duty, {}).setdefault(before[-1][2], set()).add(pair.code)
    return frozenset(
        code for code, wordings in found.items() if len(set(map(frozenset, wordings.values()))) > 1
    )
