"""Draw the versions of a standard: what each step kept, edited and added, with the dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.viz.bar_figures import stack_bars
from curriculum.viz.figure_style import CHANGE_FILLS, check_frame_to_draw, styled
from curriculum.viz.picture import Picture

__all__ = ["plot_versions"]

_EXPECTED: Final = "the steps of versions, as cu.versions(...).frame has them"
_PARTS: Final = {
    "kept": ("n_same", "identical"),
    "edited": ("n_reworded", "reworded"),
    "merged or split": ("n_joined", "merged"),
    "no counterpart": ("n_gone", v.NO_COUNTERPART),
    "new": ("n_new", v.NEW),
}


@styled
def plot_versions(steps: pd.DataFrame, order: pd.DataFrame, title: str) -> Picture:
    """Draw a bar for each step, the oldest first: statements kept, edited, merged or split, gone and new.

    Parameters
    ----------
    steps
        As `steps_to_frame` returns them; steps without links are left out.
    order
        As `chains_to_order` returns it, for the dates.
    title
        The title.

    Returns
    -------
    Picture
        Each bar has the versions of its step and the date of the newer one.
    """
    columns = [column for column, _ in _PARTS.values()]
    check_frame_to_draw(steps, [v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.CHANGE, *columns], _EXPECTED)
    drawn = steps[steps[v.CHANGE] != ""]
    dates = {row[v.DOCUMENT_ID]: _to_date(row) for row in order.to_dict("records")}
    names = [_to_name(row, dates) for row in drawn.to_dict("records")]
    parts = {name: drawn[column].tolist() for name, (column, _) in _PARTS.items()}
    fills = {name: CHANGE_FILLS[change] for name, (_, change) in _PARTS.items()}
    ends = [_to_end(row) for row in drawn.to_dict("records")]
    return stack_bars(title, names, parts, fills, drawn, ends=ends)


def _to_end(row: Mapping[Any, Any]) -> str:
    """Return how many statements were in the old version, and how many are new: their sum counts nothing."""
    n_old = sum(row[column] for column, _ in _PARTS.values()) - row["n_new"]
    return f"{n_old} old, {row['n_new']} new" if row["n_new"] else f"{n_old} old"


def _to_date(row: Mapping[Any, Any]) -> str:
    if row[v.UPDATED_DATE]:
        return f"updated {row[v.UPDATED_DATE]}"
    return f"approved {row[v.APPROVED_DATE]}" if row[v.APPROVED_DATE] else ""


def _to_name(row: Mapping[Any, Any], dates: Mapping[str, str]) -> str:
    numbers, ids = (
        (row["old_version_number"], row["new_version_number"]),
        (row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]),
    )
    # Two texts of one version have the same number.
    is_told = numbers[0] != numbers[1]
    old, new = (number if number and is_told else name for number, name in zip(numbers, ids, strict=True))
    date = dates.get(row[v.OBJECT_SOURCE], "")
    missing = f", without {row['versions_between']}" if row["versions_between"] else ""
    return f"{old} to {new}{missing}{f' ({date})' if date else ''}"
