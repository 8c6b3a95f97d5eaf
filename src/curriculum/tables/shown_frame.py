"""Turn a frame into a table for people: plain headings, full texts, marked differences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from curriculum.html.cells import CODE, NUMBER, TEXT, WORDING, Cell, Column, Run, Table
from curriculum.model import vocabulary as v
from curriculum.model.plain_headings import column_to_heading
from curriculum.model.plain_words import REVIEW_WORDS
from curriculum.model.word_differences import WordRun, texts_to_word_runs

__all__ = ["frame_to_shown", "frame_with_index", "wordings_to_runs"]

# Columns with an old and a new wording: the words that only one of them has are marked.
_WORDINGS: Final = ((v.SUBJECT_LABEL, v.OBJECT_LABEL), ("old_wording", "new_wording"))
_SHORT: Final = "short"
# Texts of at most this length have no line breaks; longer ones than the second are wordings.
_LONGEST_SHORT, _LONGEST_TEXT = 34, 60
# Readers can filter by a column with so few values.
_MOST_VALUES, _LEAST_ROWS = 12, 12


def frame_to_shown(frame: pd.DataFrame, caption: str = "") -> Table:
    """Return a frame as a table for people.

    Parameters
    ----------
    frame
        The frame; an index with a name, or with texts, comes first.
    caption
        What stands above the table.

    Returns
    -------
    Table
        Plain headings; codes and texts on the left, numbers on the right and with two decimals; SKOS terms
        without their prefix; a dash for no counterpart; deleted and inserted words marked where a row has an
        old and a new wording. Columns with few values have a filter.

    Examples
    --------
    >>> shown = frame_to_shown(pd.DataFrame({"code": ["K7"], "n_ksbs": [3]}))
    >>> [(column.heading, column.kind) for column in shown.columns], shown.rows[0][1].text
    ([('code', 'code'), ('number of KSBs', 'number')], '3')
    """
    flat = frame_with_index(frame)
    names = [str(name) for name in flat.columns]
    columns = [_column(name, flat.iloc[:, at]) for at, name in enumerate(names)]
    marked = [pair for pair in _WORDINGS if set(pair) <= set(names)]
    rows = []
    for values in flat.itertuples(index=False, name=None):
        runs: dict[str, tuple[Run, ...]] = {}
        for old, new in marked:
            runs |= _pair_to_runs(old, new, dict(zip(names, values, strict=True)))
        shown = zip(names, values, strict=True)
        rows.append([_cell(_plain(name, value), runs.get(name, ())) for name, value in shown])
    return Table(caption, columns, rows, has_row_headers=False)


def frame_with_index(frame: pd.DataFrame) -> pd.DataFrame:
    r"""Return a frame whose index is a column, if it has names or texts.

    Examples
    --------
    >>> frame_with_index(pd.DataFrame({"KSBs": [3]}, index=["D1"])).to_string(index=False)
    '   KSBs\nD1     3'
    """
    index = frame.index
    is_plain = isinstance(index, pd.RangeIndex) or (
        index.name is None and index.nlevels == 1 and pd.api.types.is_integer_dtype(index)
    )
    if frame.columns.name:
        frame = frame.set_axis([f"{frame.columns.name}: {name}" for name in frame], axis="columns")
    if is_plain:
        return frame
    names = ["" if name is None else str(name) for name in index.names]
    columns = index.to_frame(index=False).set_axis(names, axis="columns")
    return pd.concat([columns, frame.reset_index(drop=True)], axis="columns")


def _column(name: str, values: pd.Series[Any]) -> Column:
    heading = column_to_heading(name)
    # Only where the heading is in other words.
    shown_name = "" if heading == name else name
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return Column(heading, NUMBER, name=shown_name)
    texts = values.astype(str)
    longest = int(texts.str.len().max()) if len(texts) else 0
    n_values = int(texts.nunique())
    is_filter = len(texts) >= _LEAST_ROWS and 1 < n_values <= _MOST_VALUES and longest <= _LONGEST_TEXT
    return Column(heading, _kind(name, longest), is_filter, shown_name)


def _kind(name: str, longest: int) -> str:
    if longest > _LONGEST_TEXT:
        return WORDING
    if name == v.CODE or name.endswith("_id"):
        return CODE
    return _SHORT if longest <= _LONGEST_SHORT else TEXT


def _plain(name: str, value: Any) -> Any:
    """Return a value in the words of a reader: whether a look is needed, in place of the band."""
    return REVIEW_WORDS.get(value, value) if name == v.BAND else value


def _cell(value: Any, runs: tuple[Run, ...]) -> Cell:
    if runs:
        return Cell(runs=runs)
    if isinstance(value, float):
        return Cell("" if pd.isna(value) else f"{value:.2f}")
    if isinstance(value, bool | np.bool_):
        return Cell("yes" if value else "no")
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return Cell()
    text = str(value)
    return Cell("–" if text == v.NO_TERM_FOUND else text.removeprefix("skos:"))


def _pair_to_runs(old: str, new: str, row: Mapping[str, Any]) -> dict[str, tuple[Run, ...]]:
    before, after = str(row[old]), str(row[new])
    if not before or not after or before == after:
        return {}
    deleted, inserted = wordings_to_runs(before, after)
    return {old: deleted, new: inserted}


def wordings_to_runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs of two wordings, with deleted and inserted words marked.

    Examples
    --------
    >>> wordings_to_runs("Lead liaison", "Assist liaison")[0]
    (Run(text='Lead', mark='del'), Run(text='liaison', mark=''))
    """
    before, after = texts_to_word_runs(old, new)
    return _marked(before, "del"), _marked(after, "ins")


def _marked(runs: tuple[WordRun, ...], mark: str) -> tuple[Run, ...]:
    return tuple(Run(run.text, "" if run.is_shared else mark) for run in runs)
