"""Turn the frames of tables into rows, and rows into frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

import pandas as pd

from curriculum.tables.carrier import Tables
from curriculum.tables.plain_rows import Row, TableRows

__all__ = ["frame_to_rows", "rows_to_plain_frame", "tables_to_rows"]


def frame_to_rows(frame: pd.DataFrame) -> tuple[Row, ...]:
    """Return the rows of a frame, each as a dictionary by column; a flag that says nothing is None.

    Examples
    --------
    >>> frame_to_rows(pd.DataFrame({"code": ["K1"], "n_cells": [2]}))
    ({'code': 'K1', 'n_cells': 2},)
    """
    return tuple(
        {str(name): None if value is pd.NA else value for name, value in row.items()}
        for row in frame.to_dict("records")
    )


def rows_to_plain_frame(rows: Iterable[Row], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a frame with these columns, also if there are none; no schema says their types.

    Examples
    --------
    >>> rows_to_plain_frame([{"code": "K1", "text": "Law", "n_cells": 2}], ["code", "n_cells"])
      code  n_cells
    0   K1        2
    """
    return pd.DataFrame([[row[name] for name in columns] for row in rows], columns=list(columns))


def tables_to_rows(tables: Tables) -> TableRows:
    """Return the rows of the tables that a remap needs.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> rows = tables_to_rows(read_tables("data/processed"))
    >>> rows.statements[0]["statement_id"], len(rows.documents)
    ('draft-2019:K1', 5)
    """
    return TableRows(
        **{field.name: frame_to_rows(getattr(tables, field.name)) for field in fields(TableRows)}
    )
