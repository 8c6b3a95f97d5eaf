"""Remap a DataFrame or a spreadsheet through a crosswalk, and count what its evidence covers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, overload

import pandas as pd

from curriculum.decisions.valid_decisions import NO_DECISIONS
from curriculum.errors import InvalidInput, NotFound
from curriculum.library.arguments import check_type
from curriculum.library.crosswalk_object import Crosswalk
from curriculum.library.crosswalk_rows import A_CROSSWALK
from curriculum.library.plotting import needs_matplotlib
from curriculum.model import vocabulary as v
from curriculum.remapping import data_frames
from curriculum.remapping.data_frames import RemappedFrame
from curriculum.remapping.options import Options
from curriculum.remapping.remap_files import RemapJob, inputs_to_job, read_inputs
from curriculum.remapping.tracker_coverage import Coverage
from curriculum.tables.carrier import Tables
from curriculum.tables.known_ids import check_known

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["coverage", "plot_coverage", "remap"]

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
    tracker: str | Path,
    crosswalk: Crosswalk | pd.DataFrame,
    options: Options | None = None,
    *,
    decisions: Mapping[str, str] | None = None,
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
        Decisions by old code: new codes, or "withdrawn".

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
    check_type("cu.Options(...)", Options, *filter(None, [options]))
    check_type("decisions by old code: {'K9': 'K12'}", Mapping, *filter(None, [decisions]))
    if isinstance(tracker, pd.DataFrame):
        table, tables = _crosswalk_to_tables(crosswalk)
        return data_frames.remap(tracker, table, options, decisions=decisions, tables=tables)
    if not isinstance(tracker, str | Path):
        raise InvalidInput(
            "not a tracker", where=repr(tracker)[:60], expected="a DataFrame, or the path of a spreadsheet"
        )
    if not isinstance(crosswalk, Crosswalk) or crosswalk.tables is None:
        raise InvalidInput(
            "a spreadsheet is remapped with the crosswalk that link returned",
            where=str(tracker),
            expected="cu.remap(path, cu.link(old, new))",
            advice="Link the two versions; or read the tracker into a DataFrame.",
        )
    answers = data_frames.decisions_to_answers(decisions or {}, crosswalk.table)
    job = inputs_to_job(
        read_inputs(tracker),
        crosswalk.tables,
        crosswalk.pair,
        crosswalk.table,
        NO_DECISIONS,
        options=options or Options(),
        answers=answers,
    )
    data_frames.refuse_stray(answers, job.remapped)
    return job


def _crosswalk_to_tables(crosswalk: Crosswalk | pd.DataFrame) -> tuple[pd.DataFrame, Tables | None]:
    """Return the rows of a crosswalk, and the tables of its versions if it has them."""
    if isinstance(crosswalk, Crosswalk):
        return crosswalk.table, crosswalk.tables
    if not isinstance(crosswalk, pd.DataFrame) or not set(crosswalk.columns) >= _NEEDED:
        raise InvalidInput(
            "not a crosswalk", where=repr(crosswalk)[:60], expected="a crosswalk, such as cu.link returns"
        )
    return crosswalk, None


def coverage(
    tracker: pd.DataFrame | str | Path, crosswalk: Crosswalk, options: Options | None = None
) -> Coverage:
    """Return what the evidence in a tracker covers, of the old and of the new version.

    Parameters
    ----------
    tracker
        A DataFrame; or the path of a spreadsheet (``.xlsx``, ``.xlsm``, ``.csv`` or ``.tsv``).
    crosswalk
        The crosswalk, as `link` returns it.
    options
        The columns with codes, and what counts as evidence.

    Raises
    ------
    NotFound
        If the tracker has no code, or no cell that can be evidence.
    InvalidInput
        If the crosswalk is not one that `link` returned.

    Examples
    --------
    >>> import curriculum as cu
    >>> project = cu.example()
    >>> crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
    >>> tracker = pd.DataFrame({"Learner": ["Ada", "Ben"], "KSBs": ["K1", "K2, S3"]})
    >>> covered = cu.coverage(tracker, crosswalk)
    >>> covered.statements["state"].value_counts().to_dict()
    {'not covered': 30, 'covered': 3}
    """
    check_type(A_CROSSWALK, Crosswalk, crosswalk)
    crosswalk.check_linked("coverage")
    remapped = remap(tracker, crosswalk, options)
    if remapped.coverage is None:
        raise NotFound(
            "has no cells that can be evidence",
            where=tracker if isinstance(tracker, str) else "the frame",
            expected="codes beside learners, dates, files or marks",
            advice="Name the columns with evidence: cu.Options(evidence=[...]).",
        )
    return remapped.coverage


@needs_matplotlib
def plot_coverage(covered: Coverage, group: str = "theme") -> Figure:
    """Draw how many KSBs of each theme, or of each duty or method, the evidence covers.

    Parameters
    ----------
    covered
        The result of `coverage`.
    group
        A value of the column ``group`` of ``covered.groups``.

    Raises
    ------
    NotFound
        If the new version has no such group.
    """
    from curriculum.viz.coverage_figure import plot_coverage

    check_type("a coverage, such as cu.coverage returns", Coverage, covered)
    groups = covered.groups
    check_known([group], groups["group"].drop_duplicates().tolist(), "group")
    return plot_coverage(groups[groups["group"] == group], f"KSBs of each {group} with {covered.what}")
