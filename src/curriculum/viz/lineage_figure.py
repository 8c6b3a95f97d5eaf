"""Draw the lineage of a statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from curriculum.analysis.lineage import PLACE
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.palette import BLUE, VERMILION
from curriculum.viz.figure_style import (
    INK,
    SMALL,
    add_legend,
    add_title,
    check_frame_to_draw,
    escape_dollars,
    new_figure,
    styled,
)
from curriculum.viz.lineage_layout import BOX, LINE, Box, Link, columns_to_width, lineage_to_layout
from curriculum.viz.picture import Picture

__all__ = ["plot_lineage"]

# The position of a label on its line, as a share of its length.
_LABEL = 0.5
_NO_DATE: Final = "no date printed"
# The line style of links by their state.
_LINE_STYLES: dict[str, dict[str, Any]] = {
    "decided": {"color": BLUE, "linestyle": "-", "linewidth": 2.2},
    "needs no look": {"color": INK, "linestyle": "-", "linewidth": 1.6},
    "waits for review": {"color": VERMILION, "linestyle": "--", "linewidth": 1.4},
}
_COLUMNS: Final = (
    *("direction", "parent_id", v.STATEMENT_ID, v.DOCUMENT_ID, PLACE, v.PREDICATE_ID),
    *(v.CONFIDENCE, v.BAND, v.STATUS, v.TEXT),
)


@styled
def plot_lineage(lineage: pd.DataFrame, title: str, dates: Mapping[str, str] | None = None) -> Picture:
    """Draw the lineage of a statement: a column for each document, old before new.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` returns it.
    title
        The title.
    dates
        The dates of each document in words, by its id, as `documents_to_dates` returns them; they are written
        below the id. A document without a date says so.

    Returns
    -------
    Picture
        A box for each statement with its code and the beginning of its wording, with a thicker frame for the
        statement itself; a line for each link with its relation and confidence. Links that wait for review
        are dashed. Documents without a counterpart are left out. `lineage_to_layout` computes the positions.
    """
    check_frame_to_draw(lineage, _COLUMNS, "a lineage, as statement_to_lineage returns it")
    if dates is not None and not isinstance(dates, Mapping):
        raise InvalidInput("no dates", expected="a date for each id", found=type(dates).__name__)
    layout = lineage_to_layout(lineage)
    # A title needs the width of two columns.
    wide = max(len(layout.columns), 2)
    figure, axes = new_figure(columns_to_width(len(layout.columns)) * wide + 0.3, layout.height + 1.95)
    for link in layout.links:
        _draw_link(axes, link)
    for name, box in layout.boxes.items():
        _draw_box(axes, name, box, is_root=name == lineage[v.STATEMENT_ID].iloc[0])
    for document, column in layout.columns.items():
        axes.text(column, -0.42, document, ha="center", va="bottom", fontsize=10, weight="bold")
        if dates is not None:
            printed = (dates.get(document) or _NO_DATE).replace("; ", "\n")
            axes.text(column, -0.36, printed, ha="center", va="top", fontsize=SMALL + 0.5)
    axes.set(xlim=(-0.5, wide - 0.5), ylim=(layout.height + 0.2, -0.75))
    axes.set_axis_off()
    add_title(figure, title)
    drawn = {_row_to_line_style(link.row) for link in layout.links}
    add_legend(
        figure, [Line2D([], [], label=name, **look) for name, look in _LINE_STYLES.items() if name in drawn]
    )
    return Picture(figure, title, _lineage_to_alt(lineage, layout.columns, dates), lineage)


def _draw_box(axes: Axes, name: str, box: Box, is_root: bool) -> None:
    """Draw the box of a statement; the root of the lineage has a thicker frame."""
    corner = (box.column - BOX / 2, box.middle - box.height / 2)
    width = 2.2 if is_root else 0.8
    axes.add_patch(
        Rectangle(corner, BOX, box.height, facecolor="white", edgecolor=INK, linewidth=width, zorder=2)
    )
    left, top = corner[0] + 0.025, corner[1] + 0.07
    axes.text(left, top, name.partition(":")[2], va="top", fontsize=10, weight="bold", zorder=3)
    text = escape_dollars("\n".join(box.lines))
    axes.text(left, top + LINE + 0.02, text, va="top", fontsize=SMALL, linespacing=1.2, zorder=3)


def _draw_link(axes: Axes, link: Link) -> None:
    across, down = zip(*link.points, strict=True)
    axes.plot(across, down, zorder=1, **_LINE_STYLES[_row_to_line_style(link.row)])
    # The label is on the first part of the line, where no two lines meet.
    (start, high), (stop, low) = link.points[:2]
    axes.text(
        start + _LABEL * (stop - start),
        high + _LABEL * (low - high),
        _row_to_label(link.row),
        ha="center",
        va="center",
        fontsize=SMALL,
        linespacing=1.0,
        zorder=3,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def _row_to_label(row: Mapping[Any, Any]) -> str:
    """Return the relation of a link, with its confidence unless a person decided."""
    relation: str = row[v.PREDICATE_ID].removeprefix("skos:").removesuffix("Match")
    has_no_confidence = pd.isna(row[v.CONFIDENCE]) or _row_to_line_style(row) == "decided"
    return relation if has_no_confidence else f"{relation}\n{row[v.CONFIDENCE]:.2f}"


def _row_to_line_style(row: Mapping[Any, Any]) -> str:
    if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE}:
        return "decided"
    return "needs no look" if row[v.BAND] == v.ACCEPT else "waits for review"


def _lineage_to_alt(
    lineage: pd.DataFrame, documents: Mapping[str, int], dates: Mapping[str, str] | None
) -> str:
    """Return a clause for each document, and for each link."""
    named = [
        document if dates is None else f"{document} ({dates.get(document) or _NO_DATE})"
        for document in documents
    ]
    steps = [
        f"{row[v.STATEMENT_ID]} {_row_to_label(row)} {row['parent_id']}, {_row_to_line_style(row)}".replace(
            "\n", " "
        )
        for row in lineage.to_dict("records")[1:]
        if row[v.STATEMENT_ID] != v.NO_TERM_FOUND
    ]
    links = f" Links: {'; '.join(steps)}." if steps else " No links."
    return f"Documents, old before new: {', '.join(named)}.{links}"
