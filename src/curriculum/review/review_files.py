"""The review of two versions: its proposals, its workbook, and the answers of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.analysis.groups import codes_by_statement
from curriculum.crosswalk.agreement import crosswalks_to_disagreements
from curriculum.crosswalk.composition import compose
from curriculum.crosswalk.linked_documents import (
    crosswalk_with_decisions,
    documents_to_attribution,
    link_documents,
    link_with_candidates,
)
from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import update_decisions
from curriculum.decisions.valid_decisions import ValidDecisions, decisions_to_valid_decisions
from curriculum.decisions.validation import invalid_decision
from curriculum.documents.raw_names import SOURCES_NAME
from curriculum.documents.register import read_sources
from curriculum.errors import InvalidInput, NotFound, unknown_ending
from curriculum.files.file_sets import replace_file
from curriculum.html.summaries import lines_to_html
from curriculum.linking.csls_scores import Scorer
from curriculum.model import vocabulary as v
from curriculum.model.dates import text_to_iso_date
from curriculum.model.version_pair import VersionPair
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.answers import UnlistedCode
from curriculum.review.composed_links import composed_to_links_via
from curriculum.review.lookup_sheets import tables_to_lookup
from curriculum.review.review_progress import ReviewProgress, rows_to_progress
from curriculum.review.review_rows import ReviewRow, crosswalks_to_rows
from curriculum.review.review_workbook import Review, review_to_workbook
from curriculum.review.sheet_layout import Default, tracker_to_pairs
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.review.via_versions import LinksVia
from curriculum.spreadsheets.report_style import CREATED
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.xlsx_package import data_to_day_saved
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import frame_to_rows
from curriculum.tables.known_ids import name_to_nearest
from curriculum.tables.pair_wordings import tables_to_version_pair

__all__ = [
    "STEPS",
    "Applied",
    "Reviewed",
    "check_registered",
    "keep_answers",
    "reviewed_to_workbook",
    "tables_to_reviewed",
    "tracker_to_versions",
]

# The number of steps that `Project.review` reports.
STEPS: Final = 3


@dataclass(frozen=True, repr=False)
class Reviewed:
    """A review of two versions.

    Attributes
    ----------
    tables
        The tables of both.
    pair
        The two versions.
    proposals, crosswalk
        Their crosswalk as the linker proposes it, and after all decisions are applied.
    decisions
        The stored decisions.
    rows
        One row a proposal, the least certain first.
    disagreements
        Old statements whose links by way of a version between differ, as `crosswalks_to_disagreements`
        returns them; None if no version between was named.
    candidates
        The likeliest counterparts of each statement, as the table ``candidates``.
    """

    tables: Tables
    pair: VersionPair
    proposals: pd.DataFrame
    crosswalk: pd.DataFrame
    decisions: ValidDecisions
    rows: tuple[ReviewRow, ...]
    disagreements: pd.DataFrame | None = None
    candidates: pd.DataFrame | None = None

    @property
    def progress(self) -> ReviewProgress:
        """How far the review is."""
        return rows_to_progress(self.rows)

    def _lines(self) -> list[str]:
        return [f"Review of {self.pair.old} to {self.pair.new}", *self.progress.sentences()]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())

    def save(self, path: str | Path) -> Path:
        """Write the workbook of the review, in which a reviewer answers.

        Parameters
        ----------
        path
            A name that ends in ``.xlsx``. A previous file with other content is kept as ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.casefold() != ".xlsx":
            raise unknown_ending("reviews", path.as_posix(), (".xlsx",))
        replace_file(path, reviewed_to_workbook(self))
        return path


@dataclass(frozen=True)
class Applied:
    """The result of applying a workbook.

    Attributes
    ----------
    reviewed
        The review afterwards.
    added, removed
        The decisions that were added and removed.
    unlisted
        The answers on codes that the old version lacks; they are not stored.
    path
        The file that was written; None if nothing changed, or if it was a dry run.
    """

    reviewed: Reviewed
    added: tuple[Decision, ...]
    removed: tuple[Decision, ...]
    unlisted: Mapping[str, UnlistedCode]
    path: Path | None


def tables_to_reviewed(
    tables: Tables, ids: Sequence[str], scorers: Sequence[Scorer], decisions: ValidDecisions
) -> Reviewed:
    """Return the review of two versions.

    Parameters
    ----------
    tables
        The tables of the versions.
    ids
        The old and the new version; and perhaps a version between them, through which each link is checked
        as well.
    scorers
        The scorers of the linker.
    decisions
        The stored decisions.
    """
    first, second, *between = ids
    proposals, candidates = link_with_candidates(tables, (first, second), scorers, ())
    pair = tables_to_version_pair(tables, first, second)
    if not between:
        return _reviewed(tables, pair, proposals, decisions, candidates=candidates)
    (middle,) = between
    steps = [
        link_documents(tables, *step, scorers, decisions=decisions.decisions)
        for step in ((first, middle), (middle, second))
    ]
    composed = compose(*steps)
    links_via = composed_to_links_via(composed, middle)
    reviewed = _reviewed(tables, pair, proposals, decisions, links_via, candidates=candidates)
    return replace(reviewed, disagreements=crosswalks_to_disagreements(composed, reviewed.crosswalk))


def _reviewed(
    tables: Tables,
    pair: VersionPair,
    proposals: pd.DataFrame,
    decisions: ValidDecisions,
    links_via: LinksVia | None = None,
    *,
    candidates: pd.DataFrame | None = None,
) -> Reviewed:
    crosswalk = proposals
    if decisions.decisions and len(proposals):
        crosswalk = crosswalk_with_decisions(tables, proposals, decisions.decisions)
    duties = codes_by_statement(frame_to_rows(tables.duty_ksbs), v.DUTY_ID)
    rows = crosswalks_to_rows(
        frame_to_rows(proposals),
        frame_to_rows(crosswalk),
        decisions.decisions,
        pair,
        duties=duties,
        links_via=links_via,
        candidates=() if candidates is None else frame_to_rows(candidates),
    )
    return Reviewed(tables, pair, proposals, crosswalk, decisions, rows, candidates=candidates)


def reviewed_to_workbook(reviewed: Reviewed) -> bytes:
    """Return a review as a workbook (.xlsx) to fill in; the same review gives the same bytes."""
    pair = reviewed.pair
    return review_to_workbook(
        Review(
            pair,
            reviewed.rows,
            reviewed.progress,
            tables_to_lookup(reviewed.tables, reviewed.crosswalk, pair.old, pair.new),
            documents_to_attribution(reviewed.tables, (pair.old, pair.new)),
        )
    )


def keep_answers(
    reviewed: Reviewed,
    tracker: Tracker,
    folder: str | Path,
    default: Default | None = None,
    *,
    is_dry: bool = False,
) -> Applied:
    """Check every answer of a workbook against a review, and store new decisions in a folder.

    Parameters
    ----------
    reviewed
        The review of the two versions of the workbook.
    tracker
        The workbook.
    folder
        The folder of the decisions.
    default
        The reviewer and the date, where the workbook has none.
    is_dry
        Whether to check only, without writing.

    Raises
    ------
    CurriculumError
        With every fault of every row. Nothing is written then.
    """
    pair = reviewed.pair
    answers = tracker_to_answers(tracker, pair, _with_day(default or Default(), tracker), is_kept=True)
    decisions_to_valid_decisions(answers.decisions, reviewed.tables)
    before = reviewed.decisions.decisions
    after, written = decisions_with_answers(before, answers), None
    if not is_dry and (answers.decisions or answers.revised):

        def update(stored: tuple[Decision, ...]) -> tuple[Decision, ...]:
            # Somebody may have written since the review was built: the result reports what is really stored.
            nonlocal before, after
            before, after = stored, decisions_with_answers(stored, answers)
            return after

        written = update_decisions(folder, (pair.old, pair.new), update)
    valid = decisions_to_valid_decisions(after, reviewed.tables, is_whole=False)
    # The location of a decision, its last field, is not compared.
    old_values, new_values = ({decision[:-1] for decision in decisions} for decisions in (before, after))
    return Applied(
        _reviewed(reviewed.tables, pair, reviewed.proposals, valid, candidates=reviewed.candidates),
        tuple(decision for decision in after if decision[:-1] not in old_values),
        tuple(decision for decision in before if decision[:-1] not in new_values),
        answers.unlisted,
        written,
    )


def tracker_to_versions(tracker: Tracker) -> tuple[str, str]:
    """Return the versions that a workbook is about.

    Raises
    ------
    InvalidInput
        If it has no sheet “To decide”, or such sheets of several pairs.
    """
    pairs = tracker_to_pairs(tracker)
    if len(pairs) == 1:
        return pairs[0]
    raise invalid_decision(
        tracker.source,
        "holds no sheet “To decide”" if not pairs else "holds sheets “To decide” of several pairs",
        "one sheet of that name, as curriculum review export writes it",
        ", ".join(" to ".join(pair) for pair in pairs) or "none",
        "Name the versions with --from and --to." if pairs else "Give the workbook that you filled in.",
    )


def check_registered(names: tuple[str, str], raw: str | Path, *, is_accepted: bool) -> None:
    """Raise if a document is not registered: a build would not know it.

    It is accepted if the user names both versions and a folder for their decisions.

    Raises
    ------
    NotFound
        If a document is not registered.
    """
    register = Path(raw) / SOURCES_NAME
    known = [row.document_id for row in read_sources(raw)] if register.exists() else []
    unregistered = [name for name in names if name not in known]
    if not unregistered or is_accepted:
        return
    meant = [name for wrong in unregistered for name in name_to_nearest(wrong, known)]
    guess = f"Did you mean {' or '.join(dict.fromkeys(meant))}? Or register it" if meant else "Register it"
    raise NotFound(
        "not a document of the raw folder",
        where=" and ".join(unregistered),
        expected=f"an id of {register.as_posix()} ({', '.join(known) or 'there is none'})",
        found="none of that name",
        advice=f"{guess} there; or name both files with --from and --to, and a folder of your own to "
        "write to with --decisions.",
    )


def _with_day(default: Default, tracker: Tracker) -> Default:
    """Return a default with a date: the day on which the workbook was saved, if somebody saved it."""
    date = text_to_iso_date(default.date)
    if default.date and not date:
        raise InvalidInput(
            "no date",
            where=f"--date {default.date}",
            expected="year, month and day, such as --date 2026-11-29",
            advice="Correct it, or leave it out: then the day on which the workbook was saved is used.",
        )
    day = data_to_day_saved(tracker.data, tracker.source)
    is_exported = day == f"{CREATED:%Y-%m-%d}"
    return default._replace(date=date or ("" if is_exported else day))
