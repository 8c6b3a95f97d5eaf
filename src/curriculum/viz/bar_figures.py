"""Draw bars that are divided by kind, by state of coverage, or by what a new version asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Final

import numpy as np
import pandas as pd

from curriculum.analysis.impact import SORTS
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.palette import BLUE, PALE, SKY
from curriculum.viz.figure_style import (
    CHANGE_FILLS,
    KIND_FILLS,
    Fill,
    add_legend,
    add_title,
    check_frame_to_draw,
    escape_dollars,
    label_bars,
    new_figure,
    remove_frame,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["plot_coverage", "plot_impact", "plot_statements_by_kind", "stack_bars"]

_WIDTH: Final = 10.0
# As many letters of a name, and the width of one in inches.
_LONGEST, _LETTER = 52, 0.078
_BAR: Final = 0.36
_STATES: Final = {
    "covered": ("n_covered", Fill(BLUE)),
    "in part": ("n_in_part", Fill(SKY)),
    "not covered": ("n_not_covered", Fill(PALE)),
}
_SORT_COLUMNS: Final = dict(zip(SORTS, ("n_same", "n_reworded", "n_joined", "n_new"), strict=True))
_SORT_FILLS: Final = dict(
    zip(SORTS, (CHANGE_FILLS[name] for name in ("identical", "reworded", "merged", "new")), strict=True)
)
_GROUPS: Final = "rows of one kind of group, such as crosswalk.impact().groups.query(\"group == 'duty'\")"
_COVERED: Final = "rows of one kind of group, such as cu.coverage(...).groups.query(\"group == 'theme'\")"


@styled
def plot_statements_by_kind(overview: pd.DataFrame) -> Picture:
    """Draw the number of statements of each kind in each document.

    Parameters
    ----------
    overview
        As `tables_to_overview` returns it.

    Returns
    -------
    Picture
        One bar for each document, divided by kind, each part with its number.
    """
    check_frame_to_draw(overview, [v.DOCUMENT_ID], "an overview, as tables_to_overview returns it")
    kinds = {kind: overview[kind].tolist() for kind in v.STATEMENT_KINDS if kind in overview}
    fills = {kind: KIND_FILLS[kind] for kind in kinds}
    names = overview[v.DOCUMENT_ID].tolist()
    return stack_bars("Statements by kind in each document", names, kinds, fills, overview)


@styled
def plot_coverage(groups: pd.DataFrame, title: str) -> Picture:
    """Draw how many KSBs of each group evidence covers.

    Parameters
    ----------
    groups
        Rows of one kind of group, as `coverage_to_groups` returns them.
    title
        The title.

    Returns
    -------
    Picture
        One bar for each group, divided into covered, in part and not covered, each with its number.
    """
    columns = {state: column for state, (column, _) in _STATES.items()}
    check_frame_to_draw(groups, [v.CODE, v.NAME, *columns.values()], _COVERED)
    parts = {state: groups[column].tolist() for state, column in columns.items()}
    fills = {state: fill for state, (_, fill) in _STATES.items()}
    return stack_bars(title, _names(groups), parts, fills, groups)


@styled
def plot_impact(groups: pd.DataFrame, title: str, sorts: Sequence[str] = SORTS) -> Picture:
    """Draw how many KSBs of each group are the same, reworded, merged or split, and new.

    Parameters
    ----------
    groups
        Rows of `Impact.groups`, such as all duties.
    title
        The title.
    sorts
        The sorts to draw, in order.

    Returns
    -------
    Picture
        A bar for each group, divided by sort, with the counts. The legend has the sorts that occur.
    """
    unknown = [sort for sort in sorts if sort not in SORTS]
    if unknown or not sorts:
        raise InvalidInput("no such sort", expected=", ".join(SORTS), found=", ".join(map(repr, unknown)))
    check_frame_to_draw(groups, [v.CODE, v.NAME, *_SORT_COLUMNS.values()], _GROUPS)
    parts = {sort: groups[_SORT_COLUMNS[sort]].tolist() for sort in sorts}
    return stack_bars(title, _names(groups), parts, _SORT_FILLS, groups)


def _names(groups: pd.DataFrame) -> list[str]:
    pairs = zip(groups[v.CODE], groups[v.NAME], strict=True)
    return [shorten(f"{code} {name}".strip(), _LONGEST, placeholder=" …") for code, name in pairs]


def stack_bars(
    title: str,
    names: Sequence[str],
    parts: Mapping[str, Sequence[int]],
    fills: Mapping[str, Fill],
    table: pd.DataFrame,
    *,
    ends: Sequence[str] = (),
) -> Picture:
    """Draw a bar for each name, divided into the parts that occur.

    Parameters
    ----------
    title
        The title.
    names
        The names of the bars, the first on top.
    parts
        The count of each bar, by the name of the part.
    fills
        The fill of each part.
    table
        The values that are drawn.
    ends
        What stands behind each bar; by default the sum of its parts.
    """
    drawn = {part: list(map(int, counts)) for part, counts in parts.items() if any(counts)}
    totals = [sum(counts) for counts in zip(*drawn.values(), strict=True)] or [0] * len(names)
    figure, axes = new_figure(_WIDTH, _BAR * len(names) + 1.3)
    room = (_WIDTH - 0.6 - _LETTER * max(map(len, names))) / max(*totals, 1)
    start = np.zeros(len(names), dtype=np.int64)
    for part, counts in drawn.items():
        fill = fills[part]
        bars = axes.barh(
            range(len(names)), counts, left=start, color=fill.colour, edgecolor=fill.edge, hatch=fill.hatch
        )
        for bar in bars:
            bar.set_linewidth(0)
        label_bars(axes, bars, [count if _has_room(count, room) else 0 for count in counts], fill)
        start = start + counts
    axes.set_yticks(range(len(names)), [escape_dollars(name) for name in names], fontsize=9)
    axes.set(ylim=(len(names) - 0.4, -0.6), xlim=(0, max(*totals, 1)), xticks=[])
    ends = ends or [str(total) for total in totals]
    for at, (total, end) in enumerate(zip(totals, ends, strict=True)):
        axes.annotate(
            end,
            (total, at),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            weight="bold",
        )
    axes.margins(x=0)
    add_title(figure, title)
    remove_frame(axes)
    add_legend(figure, [fills[part].to_patch(part) for part in drawn])
    return Picture(figure, title, _bars_to_alt(names, ends, drawn), table)


def _has_room(count: int, inches: float) -> bool:
    """Return whether the number of a part fits into it."""
    return count * inches >= 0.08 * len(str(count)) + 0.05


def _bars_to_alt(names: Sequence[str], ends: Sequence[str], parts: Mapping[str, Sequence[int]]) -> str:
    """Return a sentence for each bar with what stands behind it and the numbers of its parts."""
    clauses = []
    for at, (name, end) in enumerate(zip(names, ends, strict=True)):
        counted = ", ".join(f"{counts[at]} {part}" for part, counts in parts.items() if counts[at])
        clauses.append(f"{name}: {end} ({counted})" if counted else f"{name}: {end}")
    return f"{'; '.join(clauses)}."
