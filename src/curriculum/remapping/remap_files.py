"""A person's spreadsheet and two versions to the files that come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.crosswalk.linked_documents import link_documents
from curriculum.crosswalk.raw_folder import folder_to_scorers, read_valid_decisions
from curriculum.documents.named_documents import name_to_document
from curriculum.documents.register import folder_to_documents
from curriculum.errors import InvalidInput, NotFound
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.parsing.parsed_tables import documents_to_parsed, parsed_to_tables
from curriculum.remapping.coverage_page import CoveragePage, coverage_to_page
from curriculum.remapping.coverage_sentences import EVIDENCE, PLANNED, coverage_to_sentences
from curriculum.remapping.coverage_titles import about_coverage, check_date
from curriculum.remapping.evidence import code_outcomes_to_links
from curriculum.remapping.evidence_coverage import (
    coverage,
    coverage_to_groups,
    evidence_to_before,
    evidence_to_learners,
    evidence_to_lost,
)
from curriculum.remapping.layout import unread_to_text
from curriculum.remapping.options import Options
from curriculum.remapping.remapped import Remapped, remap_tracker
from curriculum.remapping.report_sheets import Report, report_to_workbook
from curriculum.remapping.unclear_cells import layouts_to_cells_to_correct
from curriculum.remapping.user_crosswalk import tracker_to_links
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import path_to_tracker, tracker_to_bytes
from curriculum.tables.carrier import Tables
from curriculum.tables.csv_files import frame_to_export
from curriculum.tables.pair_wordings import tables_to_version_pair

__all__ = ["STEPS", "Coverage", "RemapJob", "job_to_files", "path_to_out", "remap_file"]

Progress = Callable[[str], object]
# How many steps `remap_file` and `job_to_files` tell of.
STEPS: Final = 8
# Columns of tables that stand below each other: what is alike stands in one column.
_OF_GROUPS: Final = (
    *("group", v.CODE, v.NAME, v.OPTION),
    *("n_ksbs", "n_covered", "n_in_part", "n_not_covered", "state", "lacking"),
)
_OF_STATEMENTS: Final = (
    *(v.KIND, v.CODE, v.TEXT, v.OPTION),
    *("n_cells", "evidence", "waiting", "state_if_right", "state", "lacking"),
)
_OF_LOST: Final = ("why", v.CODE, v.TEXT, "n_cells")
_OF_COUNTED: Final = (v.SHEET, "counted", "why", "column", "n_cells")
_NO_EVIDENCE: Final = "No evidence was found: nothing is covered."


@dataclass(frozen=True)
class Coverage:
    """What the evidence of a file covers, of the old and of the new version.

    Attributes
    ----------
    statements, groups
        As `coverage` and `coverage_to_groups` give them, of the new version.
    before
        As `coverage_to_groups` gives it, of the old version.
    lost
        As `evidence_to_lost` gives it.
    learners
        As `evidence_to_learners` gives it; None if it was not asked for.
    sentences
        The same in sentences.
    about
        Of which file, which versions and, if the caller gave it, which day it is.
    what
        What is said to cover the version: evidence, or planned teaching.
    """

    statements: pd.DataFrame
    groups: pd.DataFrame
    before: pd.DataFrame
    lost: pd.DataFrame
    learners: pd.DataFrame | None
    sentences: tuple[str, ...]
    about: tuple[str, ...] = ()
    what: str = EVIDENCE


@dataclass(frozen=True)
class RemapJob:
    """A file that was read and remapped; nothing is written yet.

    Attributes
    ----------
    tracker, remapped, coverage
        The file, what becomes of its codes, and what its evidence covers.
    stale
        Kept decisions on codes of the file whose wording has changed since.
    """

    tracker: Tracker
    remapped: Remapped
    coverage: Coverage | None
    stale: pd.DataFrame

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the evidence covers, in sentences."""
        if self.coverage:
            return self.coverage.sentences
        return (*self.remapped.evidence.sentences, _NO_EVIDENCE)

    @property
    def cells_to_correct(self) -> tuple[str, ...]:
        """The cells that a person has to mend in the file, as no answer says what they hold."""
        remapped = self.remapped
        return layouts_to_cells_to_correct(remapped.layouts, remapped.audit, remapped.to_decide)


def path_to_out(path: str | Path, new: str) -> Path:
    """Return the name of the copy: beside the file, with the new version in it.

    Examples
    --------
    >>> path_to_out(Path("tracker.xlsx"), "st0792-1.2").name
    'tracker.st0792-1.2.xlsx'
    """
    path = Path(path)
    return path.with_name(f"{path.stem}.{new}{path.suffix}")


def remap_file(
    path: str | Path,
    old: str | Path,
    new: str | Path,
    raw: str | Path,
    *,
    options: Options | None = None,
    option: str = "",
    decisions: str | Path | None = None,
    with_decisions: bool = True,
    crosswalk: str | Path | None = None,
    date: str = "",
    progress: Progress = str,
) -> RemapJob:
    """Read and remap a person's spreadsheet.

    Parameters
    ----------
    path
        The spreadsheet.
    old, new
        The versions: ids that are registered in ``raw``, or paths.
    raw
        The raw folder.
    options
        What is asked for.
    option
        The option of the standard that the coverage is looked at for.
    decisions
        A workbook with a filled-in sheet "To decide", or another folder of decisions than that of ``raw``.
    with_decisions
        Whether decisions that are kept are laid over the proposals.
    crosswalk
        A crosswalk of one's own, instead of one that is linked anew and of decisions that are kept.
    date
        The day that the coverage is to bear, in ISO 8601; without it none is shown, as no clock is read.
    progress
        Is called with the name of each step before it is done.

    Raises
    ------
    CurriculumError
        If a file cannot be read, a name is unknown, or there is no code to remap.
    """
    raw = Path(raw)
    asked = options or Options()
    check_date(date)
    progress("read")
    tracker = path_to_tracker(path)
    folder = decisions if decisions and Path(decisions).is_dir() else None
    answers = path_to_tracker(decisions) if decisions and not folder else None
    own = path_to_tracker(crosswalk, "#") if crosswalk else None
    progress("read the versions")
    tables, pair = _names_to_tables(old, new, raw)
    _check_option(tables, pair.new, option)
    progress("link")
    links = (
        tracker_to_links(own, pair)
        if own
        else link_documents(tables, pair.old, pair.new, folder_to_scorers(raw), decisions=())
    )
    held = read_valid_decisions(raw, tables, folder, with_decisions and (folder is not None or not own))
    said = tracker_to_answers(answers, pair) if answers else None
    progress("find the codes")
    remapped = remap_tracker(tracker, tables, links, pair, options=asked, said=said, decisions=held.decisions)
    _refuse_nothing(tracker, remapped, asked)
    progress("coverage")
    covered = _remapped_to_coverage(remapped, tables, asked, option)
    if covered:
        covered = replace(covered, about=about_coverage(Path(path).name, tables, remapped.pair, date))
    found = {pair.old_id(code) for code in remapped.audit[v.CODE] if code}
    stale = held.stale[held.stale[v.STATEMENT_ID].isin(found)]
    return RemapJob(tracker, remapped, covered, stale)


def _names_to_tables(old: str | Path, new: str | Path, raw: Path) -> tuple[Tables, VersionPair]:
    """Read all documents that are held, and the two that were named."""
    documents = {one.document_id: one for one in folder_to_documents(raw)} if raw.is_dir() else {}
    first, second = (documents.get(str(name)) or name_to_document(name, raw) for name in (old, new))
    if first.document_id == second.document_id:
        raise InvalidInput(
            f"both versions are {first.document_id}",
            where="--from and --to",
            expected="two versions",
            advice="Name the version that the file is tagged with, and the one that it is to be tagged with.",
        )
    held = {**documents, first.document_id: first, second.document_id: second}
    tables = parsed_to_tables(documents_to_parsed(tuple(held.values())))
    return tables, tables_to_version_pair(tables, first.document_id, second.document_id)


def _check_option(tables: Tables, new: str, option: str) -> None:
    own = tables.statements[tables.statements[v.DOCUMENT_ID] == new]
    titles = {title for cell in own[v.OPTION] for title in cell.split("; ") if title and title != v.CORE}
    if option and option.casefold() not in {title.casefold() for title in titles}:
        raise NotFound(
            f"{new} has no option of that title",
            where=f"--option {option}",
            expected=" or ".join(f"“{title}”" for title in sorted(titles)) or "no option: it has none",
            advice="Write the title as it is printed, in quotes.",
        )


def _refuse_nothing(tracker: Tracker, remapped: Remapped, asked: Options) -> None:
    if remapped.audit[v.CODE].ne("").any() or remapped.is_done:
        return
    unread = [unread_to_text(one, layout.sheet.name) for layout in remapped.layouts for one in layout.unread]
    if unread:
        raise NotFound(
            "holds no code that can be remapped",
            where=tracker.source,
            expected=f"codes of {remapped.pair.old} such as {next(iter(remapped.pair.wordings), 'K1')}",
            found=f"cells that cannot be read: {'; '.join(unread)}",
        )
    over = [f"{one.name} ({one.why})" for layout in remapped.layouts for one in layout.skipped]
    advice = (
        f"Passed over: {', '.join(over)}. Name the columns with --columns."
        if over
        else (
            "Name the columns with --columns; codes inside prose are looked for with --in-text; a code needs "
            "its letter (K2, not 2)."
        )
    )
    if asked.where and remapped.n_left:
        advice = f"{remapped.n_left} rows have codes, but none has the value that --where asks for."
    raise NotFound(
        "holds no code that can be remapped",
        where=tracker.source,
        expected=f"codes of {remapped.pair.old} such as {next(iter(remapped.pair.wordings), 'K1')}",
        found="none",
        advice=advice,
    )


def _remapped_to_coverage(remapped: Remapped, tables: Tables, asked: Options, option: str) -> Coverage | None:
    """Return what the evidence covers; also that nothing does, where codes were found that do not count."""
    evidence, pair = remapped.evidence.frame, remapped.pair
    if remapped.evidence.counted.empty:
        return None
    what = PLANNED if remapped.evidence.is_planned else EVIDENCE
    links = code_outcomes_to_links(remapped.code_outcomes, pair)
    statements = coverage(evidence, links, tables, pair.new, option)
    groups = coverage_to_groups(statements, tables, pair.new, option)
    before = evidence_to_before(evidence, tables, pair.old)
    lost = evidence_to_lost(evidence, links, tables, pair.old)
    learners = None
    if asked.learners is not None:
        learners = evidence_to_learners(evidence, links, tables, pair.new, option)
    found = (
        coverage_to_sentences(statements, groups, lost, what)
        if evidence["n_cells"].any()
        else (_NO_EVIDENCE,)
    )
    told = (*remapped.evidence.sentences, *found)
    groups_before = coverage_to_groups(before, tables, pair.old)
    return Coverage(statements, groups, groups_before, lost, learners, told, what=what)


def job_to_files(job: RemapJob, out: str | Path, progress: Progress = str) -> dict[Path, bytes]:
    """Return the files that come of a remap, the copy last.

    Parameters
    ----------
    job
        As `remap_file` gives it.
    out
        The name of the copy.
    progress
        Is called with the name of each step before it is done.

    Returns
    -------
    dict of pathlib.Path to bytes
        The audit as CSV, the coverage as a page, for a table the workbook with what is to be decided; and
        the copy. The same input gives the same bytes.
    """
    out = Path(out)
    progress("tell")
    remapped, covered = job.remapped, job.coverage
    report = report_to_workbook(_job_to_report(job), job.tracker.titles)
    files = {out.with_name(f"{out.stem}.audit.csv"): frame_to_export(remapped.audit)}
    if covered:
        files[out.with_name(f"{out.stem}.coverage.html")] = coverage_to_page(
            CoveragePage(
                title=f"What the {covered.what} covers of {remapped.pair.new}",
                sentences=covered.sentences,
                before=covered.before,
                groups=covered.groups,
                statements=covered.statements,
                lost=covered.lost,
                learners=covered.learners,
                about=covered.about,
                counted=remapped.evidence.counted,
                what=covered.what,
            )
        )
    is_table = job.tracker.form == "delimited"
    if is_table:
        files[out.with_name(f"{out.stem}.to-decide.xlsx")] = report
    progress("write")
    files[out] = tracker_to_bytes(job.tracker, remapped.edits, b"" if is_table else report)
    progress("save")
    return files


def _job_to_report(job: RemapJob) -> Report:
    covered = job.coverage
    tables: Mapping[str, pd.DataFrame] = {}
    if covered:
        counted = job.remapped.evidence.counted
        tables = {
            f"What counts as {covered.what}": counted[list(_OF_COUNTED)],
            "What is covered of each group": covered.groups[list(_OF_GROUPS)],
            "What is covered of each statement": covered.statements[list(_OF_STATEMENTS)],
            f"{covered.what.capitalize()} that does not count now": covered.lost[list(_OF_LOST)],
        }
    return Report(
        job.remapped.pair,
        job.remapped.to_decide,
        job.remapped.audit,
        (*covered.about, "", *covered.sentences) if covered else (),
        {title: frame for title, frame in tables.items() if len(frame)},
        covered.learners if covered else None,
        covered.what if covered else EVIDENCE,
        job.cells_to_correct,
    )
