"""Remap a user's spreadsheet, and make the files of the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.decisions.valid_decisions import ValidDecisions
from curriculum.errors import InvalidInput, NotFound, UnwritableOutput, unknown_ending
from curriculum.files.file_sets import write_files
from curriculum.html.summaries import lines_to_html
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.remapping.coverage_page import CoveragePage, coverage_to_page
from curriculum.remapping.coverage_sentences import EVIDENCE
from curriculum.remapping.coverage_titles import about_coverage
from curriculum.remapping.layout import unread_to_text
from curriculum.remapping.options import Options
from curriculum.remapping.remap_inputs import RemapInputs, links_to_headline
from curriculum.remapping.remapped import Remapped, audit_to_sentence, remap_tracker
from curriculum.remapping.report_sheets import Report, report_to_workbook
from curriculum.remapping.tracker_coverage import NO_EVIDENCE, Coverage, remapped_to_coverage
from curriculum.remapping.unclear_cells import layouts_to_cells_to_correct
from curriculum.remapping.user_crosswalk import tracker_to_links
from curriculum.review.answers import Answers
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import tracker_to_bytes
from curriculum.tables.carrier import Tables
from curriculum.tables.csv_files import frame_to_export
from curriculum.tables.pair_wordings import tables_to_version_pair

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
    coverage: Coverage | None
    stale: pd.DataFrame
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

    @property
    def audit(self) -> pd.DataFrame:
        """One row for each code that was found, with its outcome; docs/remap.md describes the columns."""
        return self.remapped.audit

    def save(self, out: str | Path = "", *, force: bool = False) -> tuple[Path, ...]:
        """Write the copy, the audit, and what else there is.

        Parameters
        ----------
        out
            The path of the copy; by default beside the file, with the new version in its name.
        force
            Whether to write although the file looks like another version.

        Returns
        -------
        tuple of pathlib.Path
            The files that were written, the copy last.

        Raises
        ------
        InvalidInput
            If the file looks like another version, or has the new codes already.
        UnsupportedFormat, UnwritableOutput
            If the copy would have another format, or would replace the file; or if it cannot be written.
        """
        if self.against and not force:
            raise InvalidInput(
                self.against,
                where=self.source,
                advice="Name the version of the file, or save it with force=True.",
            )
        if self.is_done:
            raise InvalidInput(
                f"has the codes of {self.remapped.pair.new} already",
                where=self.source,
                advice="Use the file as it was before it was remapped.",
            )
        new, source = self.remapped.pair.new, self.path
        out = Path(out) if out else path_to_out(source, new)
        if out.suffix.casefold() != source.suffix.casefold():
            raise unknown_ending(f"a copy of {source.name}", out.as_posix(), (source.suffix,))
        if out.exists() and source.exists() and out.samefile(source):
            raise UnwritableOutput(
                "the file that is to be remapped", where=out.as_posix(), advice="Choose another name."
            )
        files = job_to_files(self, out)
        write_files(files, source)
        return tuple(files)

    def _lines(self) -> list[str]:
        pair = self.remapped.pair
        return [
            f"{self.tracker.source}: {pair.old} to {pair.new}",
            audit_to_sentence(self.audit),
            *filter(None, [self.against, self.headline]),
            *self.sentences,
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())

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
    inputs: RemapInputs,
    tables: Tables,
    versions: tuple[str, str],
    links: pd.DataFrame | None,
    decisions: ValidDecisions,
    *,
    options: Options,
    answers: Answers | None = None,
    candidates: pd.DataFrame | None = None,
) -> RemapJob:
    """Remap the spreadsheet of a user.

    Parameters
    ----------
    inputs
        The files of the user.
    tables
        The tables of both versions, and of others with which the spreadsheet is compared.
    versions
        The ids of the old and the new version.
    links
        Their crosswalk, as proposed; None if the user brings one.
    decisions
        The kept decisions.
    options
        The options of the remap.
    answers
        The answers of a person, in place of those in the inputs.
    candidates
        The table ``candidates`` of the pair; None if the user brings a crosswalk.

    Raises
    ------
    CurriculumError
        If a name is unknown, or there is no code to remap.
    """
    old, new = versions
    _check_option(tables, new, options.option)
    pair = tables_to_version_pair(tables, old, new)
    if inputs.crosswalk:
        links = tracker_to_links(inputs.crosswalk, pair)
    remapped = remap_tracker(
        inputs.tracker,
        tables,
        pd.DataFrame() if links is None else links,
        pair,
        options=options,
        answers=tracker_to_answers(inputs.answers, pair) if inputs.answers else answers,
        decisions=decisions.decisions,
        candidates=candidates,
    )
    refuse_nothing(inputs.tracker.source, remapped, options)
    about = about_coverage(inputs.tracker.source.rpartition("/")[2], tables, remapped.pair, options.date)
    covered = remapped_to_coverage(remapped, tables, options, about)
    found = {pair.old_id(code) for code in remapped.audit[v.CODE] if code}
    stale = decisions.stale[decisions.stale[v.STATEMENT_ID].isin(found)]
    headline = "" if inputs.crosswalk else links_to_headline(tables, links, decisions)
    return RemapJob(inputs.path, inputs.tracker, remapped, covered, stale, headline)


def _check_option(tables: Tables, new: str, option: str) -> None:
    """Refuse an option that the new version does not have."""
    statements = tables.statements[tables.statements[v.DOCUMENT_ID] == new]
    options = {title for cell in statements[v.OPTION] for title in cell.split("; ")}
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
    if remapped.audit[v.CODE].ne("").any() or remapped.is_done:
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
        job.headline,
    )
