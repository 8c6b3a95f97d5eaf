"""Turn the frames of tables into rows, and rows into frames."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from curriculum.tables.carrier import Tables
from curriculum.tables.plain_rows import Row, TableRows

__all__ = ["frame_to_rows", "tables_to_rows"]


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
