"""Build the crosswalk of two documents from proposals and decisions, and read crosswalks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from curriculum.crosswalk.moved_context import links_to_moved
from curriculum.crosswalk.raw_folder import tables_to_scorers, tables_to_valid_decisions
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.decisions.decided_frames import links_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.linking.candidates import propose
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.kept_proposals import KeptScorers
from curriculum.linking.link_frames import Proposed
from curriculum.linking.proposals import ScoredPairs, statements_to_scored_pairs
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import CANDIDATES, CROSSWALK
from curriculum.tables.typed_frames import rows_to_frame

__all__ = [
    "crosswalk_with_decisions",
    "documents_to_attribution",
    "link_documents",
    "link_pairs",
    "link_pairs_with_candidates",
    "link_to_scored_pairs",
    "link_with_candidates",
]


def _of(frame: pd.DataFrame, document_id: str) -> pd.DataFrame:
    return frame[frame[v.DOCUMENT_ID] == document_id]


def documents_to_attribution(tables: Tables, document_ids: Sequence[str]) -> str:
    """Return the attribution that the licences of documents require; empty if none does.

    Raises
    ------
    NotFound
        If the tables have no such document.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> documents_to_attribution(read_tables(Path("data/processed")), ["st0792-1.0", "st0792-1.2"])
    'Contains public sector information licensed under the Open Government Licence v3.0.'
    """
    check_documents(tables, *document_ids)
    registered = tables.documents[tables.documents[v.DOCUMENT_ID].isin(document_ids)][v.LICENCE]
    details = tables.details[tables.details[v.DOCUMENT_ID].isin(document_ids)]
    printed = details[details[v.SECTION] == "licence"][v.VALUE]
    is_open = any(v.OGL in text for text in (*registered, *printed))
    return v.OGL_ATTRIBUTION if is_open else ""


def link_documents(
    tables: Tables,
    old: str,
    new: str,
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
    *,
    decisions: Sequence[Decision] | None = None,
    raw: str | Path | None = None,
) -> pd.DataFrame:
    """Return the crosswalk from one document to another: proposals, and decisions, which always win.

    By default the result is that of the command `curriculum link`, with the thesaurus and the decisions of
    the raw folder. If both documents have duties, duties are linked to duties, separately from statements.

    Parameters
    ----------
    tables
        Tables of both documents.
    old, new
        Their ids.
    scorers
        The scorers; by default those that `folder_to_scorers` returns for the raw folder. `default_scorers`
        returns them without a thesaurus, or with your own; docs/linking_measured.md shows how to add your own
        model.
    progress
        A function that is called with the name of each step before the step is done.
    decisions
        Decisions of reviewers, already checked against the documents; decisions on other pairs are ignored.
        By default the decisions of the raw folder; ``()`` for the proposals alone.
    raw
        The raw folder. By default ``raw`` beside the folder that the tables were read from
        (``data/processed`` -> ``data/raw``), or else ``data/raw`` of the current folder.

    Returns
    -------
    pandas.DataFrame
        One row for each mapping, as docs/tables.md describes. It has every statement of both documents, and
        every duty if both have duties.

    Raises
    ------
    NotFound
        If the tables have no such document.
    CurriculumError
        If the given raw folder does not exist, or its thesaurus or a decision is invalid.

    Warns
    -----
    MissingThesaurus
        If no scorers are given and there is no thesaurus: then fewer links are proposed.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> links = link_documents(read_tables("data/processed"), "nos-2017", "nos-2019")
    >>> links[["subject_source", "object_source"]].drop_duplicates().to_numpy().tolist()
    [['nos-2017', 'nos-2019']]
    """
    check_documents(tables, old, new)
    chosen = tables_to_scorers(tables, raw) if scorers is None else scorers
    applied = tables_to_valid_decisions(tables, raw).decisions if decisions is None else decisions
    return check_frame(CROSSWALK, _link(tables, old, new, chosen, applied, progress=progress).links)


def link_with_candidates(
    tables: Tables,
    pair: tuple[str, str],
    scorers: Sequence[Scorer],
    decisions: Sequence[Decision],
    progress: Progress = silent,
) -> Proposed:
    """Return the crosswalk of two documents, as `link_documents` does, and the candidates."""
    check_documents(tables, *pair)
    links, candidates = _link(tables, *pair, scorers, decisions, progress=progress)
    return Proposed(check_frame(CROSSWALK, links), check_frame(CANDIDATES, candidates))


def _link(
    tables: Tables,
    old: str,
    new: str,
    scorers: Sequence[Scorer],
    decisions: Sequence[Decision],
    *,
    progress: Progress = silent,
) -> Proposed:
    """Return the links of a pair after its decisions, and the candidates of its statements."""
    links, candidates = _propose(_of(tables.statements, old), _of(tables.statements, new), scorers, progress)
    old_duties, new_duties = (_of(tables.duties, name).assign(**{v.KIND: v.DUTY}) for name in (old, new))
    frames = [links]
    if len(old_duties) and len(new_duties):
        frames.append(_propose(old_duties, new_duties, scorers).links)
    attribution = documents_to_attribution(tables, (old, new))
    shared = {v.SUBJECT_SOURCE: old, v.OBJECT_SOURCE: new, v.ATTRIBUTION: attribution}
    relevant = decisions_of_pair(decisions, old, new)
    statements = tables_to_compared_statements(tables, old, new)
    decided = [links_with_decisions(frame.assign(**shared), relevant, statements, old) for frame in frames]
    return Proposed(links_to_moved(tables, pd.concat(decided, ignore_index=True)), candidates)


def _propose(
    old: pd.DataFrame, new: pd.DataFrame, scorers: Sequence[Scorer], progress: Progress = silent
) -> Proposed:
    if isinstance(scorers, KeptScorers):
        return scorers.proposed(old, new, lambda: propose(old, new, scorers, progress))
    return propose(old, new, scorers, progress)


def crosswalk_with_decisions(
    tables: Tables, crosswalk: pd.DataFrame, decisions: Sequence[Decision]
) -> pd.DataFrame:
    """Apply decisions to a crosswalk of one pair, as `link_documents` does with its proposals.

    Parameters
    ----------
    tables
        Tables of both documents.
    crosswalk
        The proposals of one pair.
    decisions
        Decisions of reviewers; decisions on other pairs are ignored.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or rows of several pairs.
    NotFound
        If the tables do not have one of its documents.
    """
    old, new = crosswalk_to_pair(crosswalk)
    relevant = decisions_of_pair(decisions, old, new)
    statements = tables_to_compared_statements(tables, old, new)
    is_duty = crosswalk_to_is_duty(crosswalk)
    frames = [crosswalk[~is_duty].reset_index(drop=True), crosswalk[is_duty].reset_index(drop=True)]
    decided = pd.concat(
        [links_with_decisions(frame, relevant, statements, old) for frame in frames], ignore_index=True
    )
    return check_frame(CROSSWALK, links_to_moved(tables, decided))


def link_to_scored_pairs(
    tables: Tables, old: str, new: str, scorers: Sequence[Scorer] | None = None
) -> ScoredPairs:
    """Return the scored pairs of the statements of two documents, from which the links follow.

    By default ``scorers`` are those of the raw folder, as for `link_documents`.
    """
    check_documents(tables, old, new)
    scorers = tables_to_scorers(tables) if scorers is None else scorers
    return statements_to_scored_pairs(_of(tables.statements, old), _of(tables.statements, new), scorers)


def link_pairs(
    tables: Tables,
    pairs: Sequence[tuple[str, str]],
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
    *,
    decisions: Sequence[Decision] | None = None,
    raw: str | Path | None = None,
) -> pd.DataFrame:
    """Return the crosswalks of several pairs, as one table in the order of the pairs.

    The parameters are those of `link_documents`.
    """
    pairs = tuple(pairs)
    check_documents(tables, *(name for pair in pairs for name in pair))
    # Here, so that a warning names the line of the caller.
    chosen = tables_to_scorers(tables, raw) if scorers is None and pairs else scorers
    return link_pairs_with_candidates(tables, pairs, chosen, progress, decisions=decisions, raw=raw).links


def link_pairs_with_candidates(
    tables: Tables,
    pairs: Sequence[tuple[str, str]],
    scorers: Sequence[Scorer] | None = None,
    progress: Progress = silent,
    *,
    decisions: Sequence[Decision] | None = None,
    raw: str | Path | None = None,
) -> Proposed:
    """Return the crosswalks of several pairs, and the candidates of their statements, each as one table.

    The parameters are those of `link_documents`.
    """
    pairs = tuple(pairs)
    check_documents(tables, *(name for pair in pairs for name in pair))
    if not pairs:
        return Proposed(rows_to_frame(CROSSWALK, []), rows_to_frame(CANDIDATES, []))
    chosen = tables_to_scorers(tables, raw) if scorers is None else scorers
    applied = tables_to_valid_decisions(tables, raw).decisions if decisions is None else decisions
    linked = []
    for old, new in pairs:
        progress(f"link {old} to {new}")
        linked.append(_link(tables, old, new, chosen, applied))
    links, candidates = (pd.concat(frames, ignore_index=True) for frames in zip(*linked, strict=True))
    return Proposed(check_frame(CROSSWALK, links), check_frame(CANDIDATES, candidates))
