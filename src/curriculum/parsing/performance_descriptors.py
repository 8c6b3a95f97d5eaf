"""Performance descriptors of a whole apprenticeship, as plans from 2025 on print them.

They say what a pass and a distinction look like, for categories such as “Applied knowledge”. They belong to
no outcome and name no KSB, so they are details, and not grading descriptors of a theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from curriculum.model.text import text_to_title_key
from curriculum.parsing.criteria import Criterion
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Detail
from curriculum.parsing.theme_headings import line_to_theme

__all__ = ["PERFORMANCE", "general_to_details", "is_of_all_outcomes", "is_performance_heading"]

# The section of their details.
PERFORMANCE = "performance descriptors"
_HEADING = re.compile(
    r"(?:(?:generic|general|overall|apprenticeship|assessment|level \d) )*"
    r"performance (?:level )?descriptors?(?: (?:for|at) (?:level \d|pass and distinction|each grade))?"
)


def is_performance_heading(line: Line) -> bool:
    """Return whether a line is the heading of performance descriptors.

    Examples
    --------
    >>> is_performance_heading(Line(9, "Performance descriptors")), is_performance_heading(Line(9, "Pass"))
    (True, False)
    """
    return not line.cells and _HEADING.fullmatch(text_to_title_key(line.text)) is not None


def is_of_all_outcomes(lines: Sequence[Line]) -> bool:
    """Return whether performance descriptors are of all outcomes.

    They are if the text has them once, and several outcomes, all of which are before them or all behind them.
    """
    headings = [line.number for line in lines if is_performance_heading(line)]
    outcomes = [line.number for line in lines if line_to_theme(line) is not None]
    if len(headings) != 1 or len(outcomes) < 2:
        return False
    return not outcomes[0] < headings[0] < outcomes[-1]


def general_to_details(criteria: Iterable[tuple[str, Criterion]]) -> tuple[Detail, ...]:
    """Return performance descriptors as details.

    Parameters
    ----------
    criteria
        Each with its name: “Applied knowledge: pass”, or “pass” if it is of no category.
    """
    return tuple(
        Detail(PERFORMANCE, name, criterion.text, criterion.first_line, criterion.last_line)
        for name, criterion in criteria
    )
