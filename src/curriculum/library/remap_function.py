"""Remap a DataFrame or a spreadsheet through a crosswalk, and count what its evidence covers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, overload

import pandas as pd

from curriculum.errors import InvalidInput, InvalidTable, NotFound
from curriculum.library.argument_checks import check_group, check_type
from curriculum.library.coverage_object import Coverage
from curriculum.library.crosswalk_object import Crosswalk
from curriculum.library.crosswalk_rows import A_CROSSWALK
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.remap_bundle import tables_to_bundle
from curriculum.library.remapped_file import RemappedFile
from curriculum.library.remapped_frame import RemappedFrame, decisions_to_answers, refuse_stray, remap_frame
from curriculum.model import vocabulary as v
from curriculum.remapping.options import Options
from curriculum.remapping.remap_files import inputs_to_job
from curriculum.remapping.remap_inputs import RemapInputs
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.tables.carrier import Tables

if TYPE_CHECKING:
    from curriculum.viz.picture import Picture

__all__ = ["coverage", "plot_coverage", "remap"]

_NEEDED = (
    *(v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID),
    *(v.SUBJECT_LABEL, v.OBJECT_LABEL),
)


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
) -> RemappedFile: ...


def remap(
    tracker: pd.DataFrame | str | Path,
    crosswalk: Crosswalk | pd.DataFrame,
    options: Options | None = None,
    *,
    decisions: Mapping[str, str] | None = None,
) -> RemappedFrame | RemappedFile:
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
    RemappedFrame or RemappedFile
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
    check_type("the options: cu.Options(...)", Options, options, is_needed=False)
    check_type("decisions by old code: {'K9': 'K12'}", Mapping, decisions, is_needed=False)
    if isinstance(tracker, pd.DataFrame):
        table, tables = _crosswalk_to_tables(crosswalk)
        return remap_frame(tracker, table, options, decisions=decisions, tables=tables)
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
    answers = decisions_to_answers(decisions or {}, crosswalk.table)
    bundle = tables_to_bundle(crosswalk.tables, crosswalk.pair, crosswalk.table, crosswalk.all_candidates)
    inputs = RemapInputs(Path(tracker), path_to_tracker(tracker))
    job = inputs_to_job(inputs, bundle, options=options or Options(), answers=answers)
    refuse_stray(answers, job.remapped)
    return RemappedFile(job)


def _crosswalk_to_tables(crosswalk: Crosswalk | pd.DataFrame) -> tuple[pd.DataFrame, Tables | None]:
    """Return the rows of a crosswalk, and the tables of its versions if it has them."""
    if isinstance(crosswalk, Crosswalk):
        return crosswalk.table, crosswalk.tables
    check_type(A_CROSSWALK, pd.DataFrame, crosswalk)
    _refuse_unreadable(crosswalk)
    return crosswalk, None


def _refuse_unreadable(rows: pd.DataFrame) -> None:
    """Refuse rows without the columns of a crosswalk, with empty cells in them, or with texts for numbers."""
    missing = [name for name in _NEEDED if name not in rows]
    empty = [name for name in _NEEDED if name not in missing and rows[name].isna().any()]
    numbers = [name for name in (v.CONFIDENCE, v.CSLS_SCORE) if name in rows]
    texts = [name for name in numbers if not pd.api.types.is_numeric_dtype(rows[name])]
    for names, what in ((missing, "has no column"), (empty, "has empty cells in"), (texts, "has texts in")):
        if names:
            raise InvalidTable(
                f"{what} {', '.join(names)}",
                where="the crosswalk",
                expected="the rows of a crosswalk, such as crosswalk.table",
            )


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
        If the crosswalk is not one that `link` returned, or if the tracker has the new codes already or
        looks like another version.

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
    if crosswalk.tables is None:
        raise InvalidInput(
            "a composed crosswalk has no duties and themes", expected="a crosswalk that link made"
        )
    remapped = remap(tracker, crosswalk, options)
    _refuse_other_version(remapped)
    if remapped.coverage is None:
        raise NotFound(
            "has no cells that can be evidence",
            where=tracker if isinstance(tracker, str) else "the frame",
            expected="codes beside learners, dates, files or marks",
            advice="Name the columns with evidence: cu.Options(evidence=[...]).",
        )
    return remapped.coverage


def _refuse_other_version(remapped: RemappedFrame | RemappedFile) -> None:
    """Refuse a tracker with the new codes already, or with those of another version: they count wrongly."""
    if remapped.is_done:
        raise InvalidInput(
            "has the new codes already",
            where=remapped.source,
            advice="Use the tracker as it was before it was remapped.",
        )
    if remapped.against:
        raise InvalidInput(
            remapped.against,
            where=remapped.source,
            advice="Link the version of the tracker; or use cu.remap(...).coverage if it is the old one.",
        )


@needs_matplotlib
def plot_coverage(covered: Coverage, group: str = "theme") -> Picture:
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
    from curriculum.viz.bar_figures import plot_coverage

    check_type("a coverage, such as cu.coverage returns", Coverage, covered)
    groups = covered.groups
    check_group(group, groups)
    return plot_coverage(groups[groups["group"] == group], f"KSBs of each {group} with {covered.what}")
