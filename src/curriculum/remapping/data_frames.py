"""Remapping a DataFrame, by the same rules as a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_pair
from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.evidence import code_outcomes_to_links
from curriculum.remapping.options import Options
from curriculum.remapping.remapped import Remapped, remap_tracker
from curriculum.review.answer_decisions import texts_to_answers
from curriculum.review.answers import Answers
from curriculum.spreadsheets.rich_text import text_with_replacements
from curriculum.spreadsheets.tracker import DATE, NUMBER, OTHER, TEXT, Cell, Edits, Sheet, Tracker
from curriculum.tables.known_ids import check_known, codes_to_runs

__all__ = ["RemappedFrame", "remap"]

_TO_DECIDE: Final = (
    *("old_code", "old_wording", "n_cells", "new_code", "new_wording", "proposed", "confidence", "evidence"),
    *("runner_up", "decision"),
)


class RemappedFrame(NamedTuple):
    """What `remap` gives.

    Attributes
    ----------
    frame
        The frame with its new columns, or with its cells rewritten.
    audit
        A row for each code that was found: ``sheet`` (empty), ``cell``, ``as_written``, ``code``,
        ``outcome``, ``new_codes``, ``relation``, ``confidence``, ``decided_by``. A cell is named as in a
        spreadsheet whose first row has the names of the columns.
    to_decide
        A row for each proposal that needs a person, or was answered: ``old_code``, ``old_wording``,
        ``n_cells``, ``new_code``, ``new_wording``, ``proposed``, ``confidence``, ``evidence``,
        ``runner_up``, ``decision``.
    evidence
        ``learner``, ``subject_id``, ``n_cells``: as `coverage` reads it.
    links
        The links with ``is_settled``: as `coverage` reads them.
    counted
        Which cells counted as evidence and which did not: ``sheet`` (empty), ``column``, ``n_cells``,
        ``counted`` (`yes` or `no`), ``why``.
    """

    frame: pd.DataFrame
    audit: pd.DataFrame
    to_decide: pd.DataFrame
    evidence: pd.DataFrame
    links: pd.DataFrame
    counted: pd.DataFrame


def remap(
    frame: pd.DataFrame,
    crosswalk: pd.DataFrame,
    *,
    columns: Sequence[str] = (),
    where: Mapping[str, Sequence[str]] | None = None,
    in_text: bool = False,
    in_place: bool = False,
    accepts_proposals: bool = False,
    decisions: Mapping[str, str] | None = None,
    learners: str | None = None,
    evidence: Sequence[str] = (),
) -> RemappedFrame:
    """Remap the codes of a frame.

    Parameters
    ----------
    frame
        A tracker: code lists in columns, or columns that are codes over marks.
    crosswalk
        The rows of one pair of versions, as `select_pair` or `link_documents` gives them.
    columns
        The columns that hold codes; by default they are found.
    where
        Values by column: only rows that have one of them are remapped.
    in_text
        Look for codes inside prose too.
    in_place
        Rewrite the cells instead of adding columns.
    accepts_proposals
        Take what is only proposed.
    decisions
        What a person decided, by old code: new codes, or "withdrawn".
    learners
        The column with the learners, for `coverage`.
    evidence
        Columns that must be filled in for a row to count as evidence; by default it is told by what speaks
        for it, and what cannot be told does not count.

    Returns
    -------
    RemappedFrame
        The frame that was given is not changed; one that has the new codes already is given back as it is.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or those of several pairs.
    NotFound, InvalidInput
        If a column is named that the frame does not have, or a code that the new version lacks; or an old
        code is decided on that neither the old version nor the frame has.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk, remap
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> crosswalk = read_crosswalk(Path("data/processed"))
    >>> pair = select_pair(crosswalk, "st0792-1.0", "st0792-1.2")
    >>> tracker = pd.DataFrame({"Session": ["Crew lists", "Risk"], "KSBs": ["K2, K3", "K13 and S12"]})
    >>> remapped = remap(tracker, pair, decisions={"S12": "withdrawn"})
    >>> remapped.frame[["KSBs", "KSBs (st0792-1.2)", "outcome"]]
              KSBs KSBs (st0792-1.2)    outcome
    0       K2, K3           K4, K10   replaced
    1  K13 and S12               K11  withdrawn
    """
    pair = _crosswalk_to_versions(crosswalk)
    sheet = _frame_to_sheet(frame)
    options = Options(
        columns=tuple(columns),
        where={name: tuple(map(str, values)) for name, values in (where or {}).items()},
        in_text=in_text,
        in_place=in_place,
        accepts_proposals=accepts_proposals,
        learners=learners,
        evidence=tuple(evidence),
    )
    said = texts_to_answers(decisions or {}, _proposed(crosswalk), pair)
    remapped = remap_tracker(
        Tracker("the frame", "frame", (sheet,), b""),
        None,
        crosswalk,
        pair,
        options=options,
        said=said,
    )
    _refuse_stray(said, remapped, pair)
    return _remapped_to_frames(frame, sheet, remapped)


def _refuse_stray(said: Answers, remapped: Remapped, pair: VersionPair) -> None:
    """Refuse decisions on old codes that are nowhere, as they would change nothing and nobody would know."""
    known = [*pair.wordings, *remapped.audit[v.CODE]]
    expected = f"a code of {pair.old} ({codes_to_runs(pair.wordings)}), or one that the frame holds"
    check_known(said.unlisted, known, "old code to decide on", InvalidInput, expected)


def _proposed(crosswalk: pd.DataFrame) -> dict[str, list[str]]:
    """Return the new codes that are linked to each old one."""
    linked = crosswalk[(crosswalk[[v.SUBJECT_ID, v.OBJECT_ID]] != v.NO_TERM_FOUND).all(axis="columns")]
    codes: dict[str, list[str]] = {}
    for old, new in zip(linked[v.SUBJECT_ID], linked[v.OBJECT_ID], strict=True):
        codes.setdefault(old.partition(":")[2], []).append(new.partition(":")[2])
    return codes


def _crosswalk_to_versions(crosswalk: pd.DataFrame) -> VersionPair:
    old, new = crosswalk_to_pair(crosswalk)
    return VersionPair(
        old,
        new,
        _wordings(crosswalk, v.SUBJECT_ID, v.SUBJECT_LABEL),
        _wordings(crosswalk, v.OBJECT_ID, v.OBJECT_LABEL),
    )


def _wordings(crosswalk: pd.DataFrame, ids: str, labels: str) -> dict[str, str]:
    own = crosswalk[crosswalk[ids] != v.NO_TERM_FOUND]
    return dict(zip(own[ids].str.partition(":")[2], own[labels], strict=True))


def _frame_to_sheet(frame: pd.DataFrame) -> Sheet:
    rows = {1: {at: Cell(str(name)) for at, name in enumerate(frame, start=1)}}
    for number, values in enumerate(frame.itertuples(index=False, name=None), start=2):
        cells = {at: cell for at, value in enumerate(values, start=1) if (cell := _value_to_cell(value))}
        if cells:
            rows[number] = cells
    return Sheet("", rows, len(frame.columns))


def _value_to_cell(value: Any) -> Cell | None:
    if isinstance(value, str):
        return Cell(value, TEXT) if value else None
    if not pd.api.types.is_scalar(value):
        return Cell(str(value), OTHER)
    if pd.isna(value):
        return None
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}", DATE, "", str(value))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Cell(f"{value:.15g}" if is_number else str(value), NUMBER if is_number else TEXT, "", str(value))


def _remapped_to_frames(frame: pd.DataFrame, sheet: Sheet, remapped: Remapped) -> RemappedFrame:
    edits = Edits() if remapped.is_done else remapped.edits.get("", Edits())
    told = [[getattr(row, name) for name in _TO_DECIDE] for row in remapped.to_decide]
    return RemappedFrame(
        _with_rewritten(_with_added(frame, edits, remapped.pair.new), sheet, edits),
        remapped.audit,
        pd.DataFrame(told, columns=list(_TO_DECIDE)),
        remapped.evidence.frame,
        code_outcomes_to_links(remapped.code_outcomes, remapped.pair),
        remapped.evidence.counted,
    )


def _with_added(frame: pd.DataFrame, edits: Edits, new: str) -> pd.DataFrame:
    """Add new columns; of those with a name that is taken the version stands behind it."""
    columns: dict[str, list[str]] = {}
    for one in edits.added:
        header, *values = (one.values.get(row, "") for row in range(1, len(frame) + 2))
        name = str(header) if str(header) not in {*frame, *columns} else f"{header} ({new})"
        columns[name] = [value.text if isinstance(value, Cell) else value for value in values]
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)


def _with_rewritten(frame: pd.DataFrame, sheet: Sheet, edits: Edits) -> pd.DataFrame:
    texts = {
        place: text_with_replacements(sheet.rows[place[0]][place[1]].text, replacements)
        for place, replacements in edits.rewritten.items()
    }
    columns = [texts.get((1, at), name) for at, name in enumerate(frame, start=1)]
    held = {
        at: [texts.get((row, at + 1), value) for row, value in enumerate(frame.iloc[:, at], start=2)]
        for at in {column - 1 for _, column in texts}
    }
    series = [
        pd.Series(held[at], index=frame.index) if at in held else frame.iloc[:, at]
        for at in range(len(columns))
    ]
    return pd.concat(series, axis=1, keys=columns) if series else frame
