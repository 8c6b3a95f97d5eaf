"""Make the history of the codes of one standard, and join the tables of several standards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from curriculum.analysis.code_history import crosswalk_to_renumbering
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

__all__ = ["HISTORY_COLUMNS", "frames_to_one", "links_to_history"]

# Behind them comes a column for each version.
HISTORY_COLUMNS: Final = (v.REFERENCE, "last_seen", v.TEXT)


def frames_to_one(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    """Return several frames as one; a cell that a frame does not have is empty.

    Parameters
    ----------
    frames
        The frames; those without rows are left out.
    columns
        The columns of a frame without rows, if there are no others.
    """
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return pd.DataFrame(columns=list(columns), dtype="str")
    return pd.concat(filled, ignore_index=True).fillna("")


def links_to_history(reference: str, tables: Tables, links: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return what each statement of a standard is called in each version.

    Parameters
    ----------
    reference
        The reference of the standard.
    tables
        Tables of its versions.
    links
        The crosswalk of each step.

    Returns
    -------
    pandas.DataFrame
        ``reference``, then the columns of `crosswalk_to_renumbering`; no row without a step.
    """
    if not links:
        return pd.DataFrame(columns=list(HISTORY_COLUMNS), dtype="str")
    every = pd.concat(list(links), ignore_index=True)
    ids = {*every[v.SUBJECT_SOURCE], *every[v.OBJECT_SOURCE]}
    documents, statements = (
        frame[frame[v.DOCUMENT_ID].isin(ids)] for frame in (tables.documents, tables.statements)
    )
    linked = replace(tables, documents=documents, statements=statements, read_from=None)
    history = crosswalk_to_renumbering(linked, every)
    return history.assign(**{v.REFERENCE: reference})[[v.REFERENCE, *history.columns]]
