"""Join the tables of several documents."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from curriculum.tables.carrier import Tables

__all__ = ["join_tables"]


def join_tables(several: Sequence[Tables]) -> Tables:
    """Return the tables of several documents as one.

    Parameters
    ----------
    several
        The tables of each document, at least one.
    """
    frames = {
        name: pd.concat([getattr(tables, name) for tables in several], ignore_index=True)
        for name, _ in several[0].items()
    }
    return Tables(**frames, read_from=None)
