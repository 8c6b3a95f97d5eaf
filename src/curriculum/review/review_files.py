"""A review of two versions: put together, exported as a workbook, and its answers applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
)
from curriculum.crosswalk.raw_folder import folder_to_scorers, read_valid_decisions
from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import DECISIONS_NAME, update_decisions
from curriculum.decisions.valid_decisions import ValidDecisions, decisions_to_valid_decisions
from curriculum.decisions.validation import invalid_decision
from curriculum.documents.named_documents import name_to_document
from curriculum.documents.register import SOURCES_NAME, read_sources, registered_document
from curriculum.errors import InvalidInput, NotFound
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.parsing.parsed_tables import documents_to_parsed, parsed_to_tables
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.answers import UnlistedCode
from curriculum.review.lookup_sheets import tables_to_lookup
from curriculum.review.review_progress import ReviewProgress, rows_to_progress
from curriculum.review.review_rows import ReviewRow, crosswalks_to_rows
from curriculum.review.review_workbook import Review, review_to_workbook
from curriculum.review.sheet_layout import Default, tracker_to_pairs
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.review.via_versions import LinksVia, composed_to_links_via
from curriculum.spreadsheets.report_style import CREATED
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.spreadsheets.xlsx_package import data_to_day_saved
from curriculum.tables.carrier import Tables
from curriculum.tables.pair_wordings import tables_to_version_pair

__all__ = [
    "STEPS",
    "Applied",
    "Reviewed",
    "apply_review",
    "keep_answers",
    "review_documents",
    "reviewed_to_workbook",
]

Progressing = Callable[[str], object]
# How many steps `review_documents` tells of.
STEPS: Final = 3


@dataclass(frozen=True)
class Reviewed:
    """A review of two versions.

    Attributes
    ----------
    tables
        The tables of both.
    pair
        The two versions.
    proposals, crosswalk
        Their crosswalk as the linker proposes it, and with all decisions laid over it.
    held
        The decisions.
    rows
        A row for each proposal, the most doubtful first.
    disagreements
        Old statements of which a way by a version between says otherwise, as `crosswalks_to_disagreements`
        gives them; None if no version between was named.
    """

    tables: Tables
    pair: VersionPair
    proposals: pd.DataFrame
    crosswalk: pd.DataFrame
    held: ValidDecisions
    rows: tuple[ReviewRow, ...]
    disagreements: pd.DataFrame | None = None

    @property
    def progress(self) -> ReviewProgress:
        """How far the review is."""
        return rows_to_progress(self.rows)


@dataclass(frozen=True)
class Applied:
    """What applying a workbook gave.

    Attributes
    ----------
    reviewed
        The review as it stands now.
    added, removed
        The decisions that were made, and those that were taken back.
    unlisted
        What was said of codes that the old version lacks; it is not kept.
    path
        The file that was written; None if nothing changed, or nothing was to be written.
    """

    reviewed: Reviewed
    added: tuple[Decision, ...]
    removed: tuple[Decision, ...]
    unlisted: Mapping[str, UnlistedCode]
    path: Path | None


def review_documents(
    old: str | Path,
    new: str | Path,
    raw: str | Path,
    *,
    decisions: str | Path | None = None,
    with_decisions: bool = True,
    via: str | Path = "",
    progress: Progressing = str,
) -> Reviewed:
    """Put the review of two versions together.

    Parameters
    ----------
    old, new
        The versions: ids that are registered in ``raw``, or paths.
    raw
        The raw folder.
    decisions
        The folder of what reviewers decided, by default that of the raw folder.
    with_decisions
        Whether decisions are laid over the proposals.
    via
        A version between, by way of which each link is looked at too.
    progress
        Is called with the name of each step before it is done.

    Raises
    ------
    CurriculumError
        If a document or a decision cannot be read.
    """
    progress("read the versions")
    named = (old, new, via) if via else (old, new)
    documents = tuple(name_to_document(name, raw) for name in named)
    first, second, *between = (one.document_id for one in documents)
    if len({first, second, *between}) < len(documents):
        told = ", ".join(one.document_id for one in documents)
        raise InvalidInput("a version twice", expected="each once", found=told, advice="Name another.")
    tables = parsed_to_tables(documents_to_parsed(documents))
    progress("link")
    scorers = folder_to_scorers(raw)
    proposals = link_documents(tables, first, second, scorers, decisions=())
    progress("decisions")
    held = read_valid_decisions(raw, tables, decisions, with_decisions, is_whole=False)
    pair = tables_to_version_pair(tables, first, second)
    if not between:
        return _reviewed(tables, pair, proposals, held)
    (middle,) = between
    steps = [
        link_documents(tables, *step, scorers, decisions=held.decisions)
        for step in ((first, middle), (middle, second))
    ]
    composed = compose(*steps)
    reviewed = _reviewed(tables, pair, proposals, held, composed_to_links_via(composed, middle))
    return replace(reviewed, disagreements=crosswalks_to_disagreements(composed, reviewed.crosswalk))


def _reviewed(
    tables: Tables,
    pair: VersionPair,
    proposals: pd.DataFrame,
    held: ValidDecisions,
    ways: LinksVia | None = None,
) -> Reviewed:
    crosswalk = proposals
    if held.decisions and len(proposals):
        crosswalk = crosswalk_with_decisions(tables, proposals, held.decisions)
    duties = codes_by_statement(tables.duty_ksbs, v.DUTY_ID)
    rows = crosswalks_to_rows(proposals, crosswalk, held.decisions, pair, duties=duties, ways=ways)
    return Reviewed(tables, pair, proposals, crosswalk, held, rows)


def reviewed_to_workbook(reviewed: Reviewed) -> bytes:
    """Return a review as a workbook (.xlsx) to be filled in; the same review gives the same bytes."""
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


def apply_review(
    path: str | Path,
    raw: str | Path,
    *,
    old: str = "",
    new: str = "",
    decisions: str | Path | None = None,
    default: Default | None = None,
    is_dry: bool = False,
    progress: Progressing = str,
) -> Applied:
    """Check every answer of a workbook, and keep them as decisions if all is well.

    Parameters
    ----------
    path
        The workbook: of `reviewed_to_workbook`, or of a remap.
    raw
        The raw folder.
    old, new
        The versions, if they are not registered, or the workbook is about several pairs.
    decisions
        The folder to write to, by default that of the raw folder.
    default
        Who decided, and when, where the workbook does not say.
    is_dry
        Check, and write nothing.
    progress
        Is called with the name of each step before it is done.

    Raises
    ------
    CurriculumError
        With every fault of every row; then nothing is written.
    """
    path, raw = Path(path), Path(raw)
    tracker = path_to_tracker(path)
    names = _names(tracker, old, new)
    _refuse_unregistered(names, raw, bool(old and new), decisions is not None)
    reviewed = review_documents(
        *names,
        raw,
        decisions=decisions,
        # A folder that is still to be made holds nothing.
        with_decisions=not decisions or Path(decisions).is_dir(),
        progress=progress,
    )
    return keep_answers(reviewed, tracker, decisions or raw / DECISIONS_NAME, default, is_dry=is_dry)


def keep_answers(
    reviewed: Reviewed,
    tracker: Tracker,
    folder: str | Path,
    default: Default | None = None,
    *,
    is_dry: bool = False,
) -> Applied:
    """Check every answer of a workbook against a review, and write what is new to a folder of decisions.

    Parameters
    ----------
    reviewed
        The review of the workbook's two versions.
    tracker
        The workbook.
    folder
        The folder of the decisions.
    default
        Who decided, and when, where the workbook does not say.
    is_dry
        Check, and write nothing.

    Raises
    ------
    CurriculumError
        With every fault of every row; then nothing is written.
    """
    pair = reviewed.pair
    said = tracker_to_answers(tracker, pair, _with_day(default or Default(), tracker), is_kept=True)
    decisions_to_valid_decisions(said.decisions, reviewed.tables)
    before = reviewed.held.decisions
    after, written = decisions_with_answers(before, said), None
    if not is_dry and (said.decisions or said.revised):

        def update(held: tuple[Decision, ...]) -> tuple[Decision, ...]:
            # Somebody may have written since the review was put together: what is told is what is kept.
            nonlocal before, after
            before, after = held, decisions_with_answers(held, said)
            return after

        written = update_decisions(folder, (pair.old, pair.new), update)
    held = decisions_to_valid_decisions(after, reviewed.tables, is_whole=False)
    kept, left = {one[:-1] for one in before}, {one[:-1] for one in after}
    return Applied(
        _reviewed(reviewed.tables, pair, reviewed.proposals, held),
        tuple(one for one in after if one[:-1] not in kept),
        tuple(one for one in before if one[:-1] not in left),
        said.unlisted,
        written,
    )


def _names(tracker: Tracker, old: str, new: str) -> tuple[str, str]:
    """Return which versions a workbook is about."""
    if old and new:
        return old, new
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


def _refuse_unregistered(names: tuple[str, str], raw: Path, is_named: bool, has_folder: bool) -> None:
    """Refuse documents of one's own without a folder of one's own: a build would not know them."""
    strangers = [name for name in names if not registered_document(raw, name)]
    if not strangers or (is_named and has_folder):
        return
    register = raw / SOURCES_NAME
    known = (
        ", ".join(row.document_id for row in read_sources(raw)) if register.exists() else "it is not there"
    )
    raise NotFound(
        "not a document of the raw folder",
        where=" and ".join(strangers),
        expected=f"an id of {(raw / SOURCES_NAME).as_posix()} ({known})",
        found="none of that name",
        advice="Register it there; or name both files with --from and --to, and a folder of your own to "
        "write to with --decisions.",
    )


def _with_day(default: Default, tracker: Tracker) -> Default:
    """Take the day on which the workbook was saved where no other is given; as exported, nobody saved it."""
    day = data_to_day_saved(tracker.data, tracker.source)
    is_exported = day == f"{CREATED:%Y-%m-%d}"
    return default._replace(date=default.date or ("" if is_exported else day))
