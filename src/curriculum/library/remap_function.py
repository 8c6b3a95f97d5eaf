"""Remap a DataFrame or a spreadsheet through a crosswalk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import overload

import pandas as pd

from curriculum.decisions.valid_decisions import NO_DECISIONS
from curriculum.errors import InvalidInput
from curriculum.library.crosswalk_object import Crosswalk
from curriculum.model import vocabulary as v
from curriculum.remapping import data_frames
from curriculum.remapping.data_frames import RemappedFrame
from curriculum.remapping.options import Options
from curriculum.remapping.remap_files import RemapJob, inputs_to_job, read_inputs

__all__ = ["remap"]

_NEEDED = {v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID}


@overload
def remap(
    tracker: pd.DataFrame,
    crosswalk: Crosswalk | pd.DataFrame,
    options: Options | None = None,
    *,
    decisions: Mapping[str, str] | None = None,
) -> RemappedFrame: ...


@overload
def remap(
    tracker: str | Path, crosswalk: Crosswalk | pd.DataFrame, options: Options | None = None
) -> RemapJob: ...


def remap(
    tracker: pd.DataFrame | str | Path,
    crosswalk: Crosswalk | pd.DataFrame,
    options: Options | None = None,
    *,
    decisions: Mapping[str, str] | None = None,
) -> RemappedFrame | RemapJob:
    """Remap the codes of a tracker from the old version to the new one.

    Parameters
    ----------
    tracker
        A DataFrame; or the path of a spreadsheet (``.xlsx``, ``.xlsm``, ``.csv`` or ``.tsv``).
    crosswalk
        The crosswalk, as `link` returns it; for a DataFrame also the rows of one pair of versions.
    options
        The columns and rows to remap, how to write, and what counts as evidence.
    decisions
        For a DataFrame: decisions by old code: new codes, or "withdrawn".

    Returns
    -------
    RemappedFrame or RemapJob
        For a DataFrame its copy with new columns, the audit and more. For a spreadsheet an object with the
        audit and the coverage; its method ``save`` writes the copy. Nothing is written before.

    Raises
    ------
    CurriculumError
        If the file cannot be read, a name is unknown, or there is no code to remap.

    Examples
    --------
    >>> import curriculum as cu
    >>> project = cu.example()
    >>> crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
    >>> tracker = pd.DataFrame({"Week": ["1", "2"], "KSBs": ["K1", "K2, S3"]})
    >>> cu.remap(tracker, crosswalk).frame[["KSBs", "KSBs (st9901-1.1)", "outcome"]]
         KSBs KSBs (st9901-1.1)    outcome
    0      K1                K1  unchanged
    1  K2, S3            K3, S4   replaced
    """
    if options is not None and not isinstance(options, Options):
        raise InvalidInput("not the options of a remap", where=repr(options)[:60], expected="cu.Options(...)")
    if isinstance(tracker, pd.DataFrame):
        table = crosswalk.table if isinstance(crosswalk, Crosswalk) else crosswalk
        if not isinstance(table, pd.DataFrame) or not set(table.columns) >= _NEEDED:
            raise InvalidInput(
                "not a crosswalk", where=repr(crosswalk)[:60], expected="a crosswalk, such as cu.link returns"
            )
        return data_frames.remap(tracker, table, options, decisions=decisions)
    if not isinstance(crosswalk, Crosswalk) or crosswalk.tables is None or decisions:
        raise InvalidInput(
            "a spreadsheet is remapped with the crosswalk that link returned, and without decisions",
            where=str(tracker),
            expected="cu.remap(path, cu.link(old, new))",
            advice="Link the two versions; or read the tracker into a DataFrame.",
        )
    return inputs_to_job(
        read_inputs(tracker),
        crosswalk.tables,
        crosswalk.pair,
        crosswalk.table,
        NO_DECISIONS,
        options=options or Options(),
    )
