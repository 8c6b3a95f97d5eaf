"""Crosswalks: the mappings between two documents, proposed and decided, put together, and read back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import pandas as pd

from curriculum.crosswalk.moved_context import links_to_moved
from curriculum.crosswalk.raw_folder import tables_to_scorers, tables_to_valid_decisions
from curriculum.decisions.applied_decisions import links_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.errors import InvalidTable, NotFound
from curriculum.files.output_folder import check_folder
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs, propose_links, statements_to_scored_pairs
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.csv_files import csv_to_frame
from curriculum.tables.known_ids import check_known
from curriculum.tables.schemas import CROSSWALK, check_frame, rows_to_frame

__all__ = [
    "crosswalk_to_is_duty",
    "crosswalk_to_pair",
    "crosswalk_with_decisions",
    "documents_to_attribution",
    "link_documents",
    "link_pairs",
    "link_to_scored_pairs",
    "read_crosswalk",
    "select_pair",
]


def _of(frame: pd.DataFrame, document_id: str) -> pd.DataFrame:
    return frame[frame[v.DOCUMENT_ID] == document_id]


def documents_to_attribution(tables: Tables, document_ids: Sequence[str]) -> str:
    """Return the attribution that the licences of documents ask for; empty if none does.

    Raises
    ------
    NotFound
        If the tables hold no such document.

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
    progress: Callable[[str], object] = str,
    *,
    decisions: Sequence[Decision] | None = None,
    raw: str | Path | None = None,
) -> pd.DataFrame:
    """Return the crosswalk from one document to another: proposals, and decisions, which always win.

    By default it is the one that the command `curriculum link` gives: the thesaurus and the decisions of the
    raw folder count. Duties are linked to duties, apart from statements, where both documents print duties.

    Parameters
    ----------
    tables
        Tables that hold both.
    old, new
        Their ids.
    scorers
        What speaks for a pair of texts; by default what `folder_to_scorers` gives for the raw folder.
        `default_scorers` gives them without a thesaurus, or with one of your own; docs/linking_measured.md
        tells how a model of one's own joins in.
    progress
        Is called with the name of each step before it is done.
    decisions
        What reviewers decided, held against the documents before; those on other pairs are passed over. By
        default those of the raw folder; give ``()`` for the proposals alone.
    raw
        The raw folder. By default ``raw`` beside the folder that the tables were read from
        (``data/processed`` -> ``data/raw``), or else ``data/raw`` of the current folder.

    Returns
    -------
    pandas.DataFrame
        One row a mapping, as docs/tables.md tells: every statement of both documents is in it, and
        every duty if both print duties.

    Raises
    ------
    NotFound
        If the tables hold no document of such an id.
    CurriculumError
        If the raw folder that is named is not there, or its thesaurus or a decision is faulty.

    Warns
    -----
    MissingThesaurus
        If no scorers are given and no thesaurus is found: then fewer links are proposed.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> links = link_documents(read_tables("data/processed"), "nos-2017", "nos-2019")
    >>> links[["subject_source", "object_source"]].drop_duplicates().to_numpy().tolist()
    [['nos-2017', 'nos-2019']]
    """
    check_documents(tables, old, new)
    heard = tables_to_scorers(tables, raw) if scorers is None else scorers
    held = tables_to_valid_decisions(tables, raw).decisions if decisions is None else decisions
    return check_frame(CROSSWALK, _link(tables, old, new, heard, held, progress=progress))


def _link(
    tables: Tables,
    old: str,
    new: str,
    scorers: Sequence[Scorer],
    decisions: Sequence[Decision],
    *,
    progress: Callable[[str], object] = str,
) -> pd.DataFrame:
    links = propose_links(_of(tables.statements, old), _of(tables.statements, new), scorers, progress)
    old_duties, new_duties = (_of(tables.duties, one).assign(**{v.KIND: v.DUTY}) for one in (old, new))
    frames = [links]
    if len(old_duties) and len(new_duties):
        frames.append(propose_links(old_duties, new_duties, scorers))
    attribution = documents_to_attribution(tables, (old, new))
    named = {v.SUBJECT_SOURCE: old, v.OBJECT_SOURCE: new, v.ATTRIBUTION: attribution}
    own, ends = decisions_of_pair(decisions, old, new), tables_to_compared_statements(tables, old, new)
    decided = [links_with_decisions(frame.assign(**named), own, ends, old) for frame in frames]
    return links_to_moved(tables, pd.concat(decided, ignore_index=True))


def crosswalk_with_decisions(
    tables: Tables, crosswalk: pd.DataFrame, decisions: Sequence[Decision]
) -> pd.DataFrame:
    """Lay decisions over a crosswalk of one pair, as `link_documents` does with what it has proposed.

    Parameters
    ----------
    tables
        Tables that hold both documents.
    crosswalk
        The proposals of one pair.
    decisions
        What reviewers decided; those on other pairs are passed over.

    Raises
    ------
    InvalidTable
        If the crosswalk has no row, or those of several pairs.
    NotFound
        If the tables lack one of its documents.
    """
    old, new = crosswalk_to_pair(crosswalk)
    own, ends = decisions_of_pair(decisions, old, new), tables_to_compared_statements(tables, old, new)
    is_duty = crosswalk_to_is_duty(crosswalk)
    frames = [crosswalk[~is_duty].reset_index(drop=True), crosswalk[is_duty].reset_index(drop=True)]
    decided = pd.concat([links_with_decisions(frame, own, ends, old) for frame in frames], ignore_index=True)
    return check_frame(CROSSWALK, links_to_moved(tables, decided))


def link_to_scored_pairs(
    tables: Tables, old: str, new: str, scorers: Sequence[Scorer] | None = None
) -> ScoredPairs:
    """Weigh all pairs of the statements of two documents, before rows are made of them.

    ``scorers`` are by default those of the raw folder, as `link_documents` finds it.
    """
    check_documents(tables, old, new)
    scorers = tables_to_scorers(tables) if scorers is None else scorers
    return statements_to_scored_pairs(_of(tables.statements, old), _of(tables.statements, new), scorers)


def link_pairs(
    tables: Tables,
    pairs: Sequence[tuple[str, str]],
    scorers: Sequence[Scorer] | None = None,
    progress: Callable[[str], object] = str,
    *,
    decisions: Sequence[Decision] | None = None,
    raw: str | Path | None = None,
) -> pd.DataFrame:
    """Return the crosswalks of several pairs, as one table in the order of the pairs.

    ``progress`` is called with the name of each step before it is done; all else is as in `link_documents`.
    """
    pairs = tuple(pairs)
    check_documents(tables, *(name for pair in pairs for name in pair))
    if not pairs:
        return rows_to_frame(CROSSWALK, [])
    heard = tables_to_scorers(tables, raw) if scorers is None else scorers
    held = tables_to_valid_decisions(tables, raw).decisions if decisions is None else decisions
    frames = []
    for old, new in pairs:
        progress(f"link {old} to {new}")
        frames.append(_link(tables, old, new, heard, held))
    return check_frame(CROSSWALK, pd.concat(frames, ignore_index=True))


def crosswalk_to_is_duty(crosswalk: pd.DataFrame) -> pd.Series[bool]:
    """Return for each row whether it is about duties, and not about statements."""
    return (crosswalk[v.SUBJECT_CATEGORY] == v.DUTY) | (crosswalk[v.OBJECT_CATEGORY] == v.DUTY)


def read_crosswalk(folder: str | Path) -> pd.DataFrame:
    """Read the crosswalk of a folder that `curriculum build` has written, held against its manifest.

    Raises
    ------
    NotFound, MixedFolder
        If the folder was not written by `curriculum build`, or not wholly by one run.
    InvalidTable
        If the table does not fit its schema.
    """
    folder = Path(folder)
    files = check_folder(folder)
    name = f"{CROSSWALK}.csv"
    if name not in files:
        raise NotFound(
            "holds no crosswalk",
            where=folder.as_posix(),
            expected=name,
            advice="Run curriculum build, which links the pairs of the raw folder.",
        )
    return csv_to_frame(CROSSWALK, files[name])


def select_pair(crosswalk: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Return the rows of one pair of documents.

    Raises
    ------
    NotFound
        If the crosswalk has no such document, or no rows of such a pair.

    Examples
    --------
    >>> crosswalk = read_crosswalk("data/processed")
    >>> select_pair(crosswalk, "st0792-1.2", "st0792-1.0")
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: st0792-1.2 to st0792-1.0: no such pair; expected one of \
draft-2019 to st0792-1.0, st0792-1.0 to st0792-1.2, draft-2019 to st0792-1.2, nos-2019 to st0792-1.2, \
nos-2017 to st0792-1.2, nos-2017 to nos-2019. Did you mean st0792-1.0 to st0792-1.2? \
`composition.invert` turns a crosswalk round.
    """
    pairs = dict.fromkeys(zip(crosswalk[v.SUBJECT_SOURCE], crosswalk[v.OBJECT_SOURCE], strict=True))
    check_known((old, new), dict.fromkeys(name for pair in pairs for name in pair))
    if (old, new) not in pairs:
        raise _unknown_pair((old, new), pairs)
    is_own = (crosswalk[v.SUBJECT_SOURCE] == old) & (crosswalk[v.OBJECT_SOURCE] == new)
    return crosswalk[is_own].reset_index(drop=True)


def _unknown_pair(asked: tuple[str, str], pairs: Collection[tuple[str, str]]) -> NotFound:
    advice = (
        f"Did you mean {asked[1]} to {asked[0]}? `composition.invert` turns a crosswalk round."
        if asked[::-1] in pairs
        else "Add the pair to CROSSWALKS.csv and build again, or link it with link_documents."
    )
    return NotFound(
        "no such pair",
        where=" to ".join(asked),
        expected=f"one of {', '.join(' to '.join(pair) for pair in pairs)}",
        advice=advice,
    )


def crosswalk_to_pair(crosswalk: pd.DataFrame) -> tuple[str, str]:
    """Return the ids of the two documents that a crosswalk is of.

    Raises
    ------
    InvalidTable
        If it has no row, or those of several pairs.
    """
    pairs = crosswalk[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]].drop_duplicates().values.tolist()
    if len(pairs) != 1:
        raise InvalidTable(
            "not the crosswalk of one pair",
            expected="rows of one pair of versions",
            found="none" if not pairs else ", ".join(f"{old} to {new}" for old, new in pairs),
            advice="Take one with select_pair.",
        )
    ((old, new),) = pairs
    return old, new
