"""Remap a user's spreadsheet, and make the files of the result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.remapping.coverage_page import CoveragePage, coverage_to_page
from curriculum.remapping.coverage_rows import EVIDENCE, CoverageRows
from curriculum.remapping.coverage_titles import about_coverage
from curriculum.remapping.layout import unread_to_text
from curriculum.remapping.options import Options
from curriculum.remapping.remap_inputs import RemapInputs
from curriculum.remapping.remap_result import Remapped, outcomes_to_sentence
from curriculum.remapping.remapped import remap_tracker
from curriculum.remapping.report_sheets import Report, ReportTable, report_to_workbook
from curriculum.remapping.tracker_coverage import NO_EVIDENCE, remapped_to_coverage
from curriculum.remapping.unclear_cells import layouts_to_cells_to_correct
from curriculum.remapping.user_crosswalk import tracker_to_links
from curriculum.review.answers import Answers
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import tracker_to_bytes
from curriculum.tables.plain_rows import Row, TableRows
from curriculum.tables.row_files import rows_to_export
from curriculum.tables.version_pair_rows import rows_to_version_pair

__all__ = [
    "STEPS",
    "RemapJob",
    "inputs_to_job",
    "job_to_files",
    "path_to_out",
    "refuse_nothing",
]

# The number of steps that `Project.remap` and `job_to_files` report.
STEPS: Final = 7
# Columns of tables that are below each other, with similar columns in the same place.
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


@dataclass(frozen=True, repr=False, eq=False)
class RemapJob:
    """A file that was read and remapped; nothing is written yet.

    Attributes
    ----------
    path
        The path of the file.
    tracker, remapped, coverage
        The file, the outcomes of its codes, and what its evidence covers.
    stale
        Kept decisions on codes of the file whose wording has changed since.
    headline
        How many codes now name another statement, in a sentence; empty with a crosswalk of one's own, which
        need not have all codes.
    """

    path: Path
    tracker: Tracker
    remapped: Remapped
    coverage: CoverageRows | None
    stale: tuple[Row, ...] = ()
    headline: str = ""

    @property
    def source(self) -> str:
        """The file, as a message names it."""
        return self.tracker.source

    @property
    def is_done(self) -> bool:
        """Whether the file has the new codes already."""
        return self.remapped.is_done

    @property
    def against(self) -> str:
        """Why the file looks like another version; empty if it looks like the old version."""
        return self.remapped.verdict.against

    def lines(self) -> list[str]:
        """Return the result in a few lines."""
        pair = self.remapped.pair
        return [
            f"{self.tracker.source}: {pair.old} to {pair.new}",
            outcomes_to_sentence(self.remapped.audit.columns[v.OUTCOME]),
            *filter(None, [self.against, self.headline]),
            *self.sentences,
        ]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    @property
    def sentences(self) -> tuple[str, ...]:
        """The coverage in sentences."""
        if self.coverage:
            return self.coverage.sentences
        return (*self.remapped.evidence.sentences, NO_EVIDENCE)

    @property
    def cells_to_correct(self) -> tuple[str, ...]:
        """The cells that have to be corrected in the file, as the sheet "To decide" does not ask for them."""
        remapped = self.remapped
        return layouts_to_cells_to_correct(remapped.layouts, remapped.audit, remapped.to_decide)


def path_to_out(path: str | Path, new: str) -> Path:
    """Return the path of the copy: in the same folder, with the new version in its name.

    Examples
    --------
    >>> path_to_out(Path("tracker.xlsx"), "st0792-1.2").name
    'tracker.st0792-1.2.xlsx'
    """
    path = Path(path)
    return path.with_name(f"{path.stem}.{new}{path.suffix}")


def inputs_to_job(
    inputs: RemapInputs, bundle: Bundle, *, options: Options, answers: Answers | None = None
) -> RemapJob:
    """Remap the spreadsheet of a user.

    Parameters
    ----------
    inputs
        The files of the user.
    bundle
        What is known of the two versions. Its links are not used if the user brings a crosswalk.
    options
        The options of the remap.
    answers
        The answers of a person, if there are none in the inputs.

    Raises
    ------
    CurriculumError
        If a name is unknown, or there is no code to remap.
    """
    _check_option(bundle.tables, bundle.new, options.option)
    pair = rows_to_version_pair(bundle.tables, bundle.old, bundle.new)
    remapped = remap_tracker(
        inputs.tracker,
        bundle.tables,
        tracker_to_links(inputs.crosswalk, pair) if inputs.crosswalk else bundle.links,
        pair,
        options=options,
        answers=tracker_to_answers(inputs.answers, pair) if inputs.answers else answers,
        decisions=bundle.decisions,
        candidates=() if inputs.crosswalk else bundle.candidates,
    )
    refuse_nothing(inputs.tracker.source, remapped, options)
    about = about_coverage(inputs.tracker.source.rpartition("/")[2], bundle.tables, pair, options.date)
    covered = remapped_to_coverage(remapped, bundle.tables, options, about)
    found = {pair.old_id(code) for code in remapped.audit.columns[v.CODE] if code}
    stale = tuple(row for row in bundle.stale if row[v.STATEMENT_ID] in found)
    headline = "" if inputs.crosswalk else bundle.headline
    return RemapJob(inputs.path, inputs.tracker, remapped, covered, stale, headline)


def _check_option(tables: TableRows, new: str, option: str) -> None:
    """Refuse an option that the new version does not have."""
    cells = {row[v.OPTION] for row in tables.statements if row[v.DOCUMENT_ID] == new}
    options = {title for cell in cells for title in cell.split("; ")}
    titles = options - {"", v.CORE}
    if option and option.casefold() not in {title.casefold() for title in titles}:
        raise NotFound(
            f"{new} has no option of that title",
            where=f"--option {option}",
            expected=" or ".join(f"“{title}”" for title in sorted(titles)) or "no option: it has none",
            advice="Write the title as it is printed, in quotes.",
        )


def refuse_nothing(source: str, remapped: Remapped, options: Options) -> None:
    """Refuse a tracker in which no code was found.

    Raises
    ------
    NotFound
        If there is no code, with what the user can do.
    """
    if any(remapped.audit.columns[v.CODE]) or remapped.is_done:
        return
    unread = [
        unread_to_text(unread, layout.sheet.name) for layout in remapped.layouts for unread in layout.unread
    ]
    raise NotFound(
        "holds no code that can be remapped",
        where=source,
        expected=f"codes of {remapped.pair.old} such as {next(iter(remapped.pair.wordings), 'K1')}",
        found=f"cells that cannot be read: {'; '.join(unread)}" if unread else "none",
        advice="" if unread else _no_code_advice(remapped, options),
    )


def _no_code_advice(remapped: Remapped, options: Options) -> str:
    """Return what the user can do about a file in which no code was found."""
    if options.where and remapped.n_left:
        return f"{remapped.n_left} rows have codes, but none has the value after --where."
    skipped = [f"{column.name} ({column.why})" for layout in remapped.layouts for column in layout.skipped]
    if skipped:
        return f"Skipped: {', '.join(skipped)}. Name the columns with --columns."
    return (
        "Name the columns with --columns; codes inside prose are looked for with --in-text; a code needs "
        "its letter (K2, not 2)."
    )


def job_to_files(job: RemapJob, out: str | Path, progress: Progress = silent) -> dict[Path, bytes]:
    """Return the files of a remap, the copy last.

    Parameters
    ----------
    job
        The result of `Project.remap`.
    out
        The path of the copy.
    progress
        A function that is called with the name of each step before it begins.

    Returns
    -------
    dict of pathlib.Path to bytes
        The audit as CSV, the coverage as a page, for a CSV or TSV the workbook with the sheet "To decide",
        and the copy. The same input gives the same bytes.
    """
    out = Path(out)
    progress("make the report")
    remapped, covered = job.remapped, job.coverage
    report = report_to_workbook(_job_to_report(job), job.tracker.titles)
    files = {out.with_name(f"{out.stem}.audit.csv"): rows_to_export(v.AUDIT_COLUMNS, remapped.audit)}
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
    tables: tuple[ReportTable, ...] = ()
    if covered:
        lost = f"{covered.what.capitalize()} that does not count now"
        tables = (
            ReportTable(f"What counts as {covered.what}", _OF_COUNTED, job.remapped.evidence.counted),
            ReportTable("What is covered of each group", _OF_GROUPS, covered.groups),
            ReportTable("What is covered of each statement", _OF_STATEMENTS, covered.statements),
            ReportTable(lost, _OF_LOST, covered.lost),
        )
    return Report(
        job.remapped.pair,
        job.remapped.to_decide,
        job.remapped.audit,
        (*covered.about, "", *covered.sentences) if covered else (),
        tuple(table for table in tables if table.rows),
        covered.learners if covered else None,
        covered.what if covered else EVIDENCE,
        job.cells_to_correct,
        job.headline,
    )
