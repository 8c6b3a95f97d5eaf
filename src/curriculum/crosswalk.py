"""Crosswalks: the mappings between two documents, proposed and decided, put together, and read back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from curriculum import vocabulary as v
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.held import tables_to_ends
from curriculum.decisions.overlay import links_with_decisions
from curriculum.errors import EmptyCrosswalk, MissingDocument
from curriculum.linking import Voice, Weighed, propose_links, statements_to_weighed
from curriculum.moves import links_to_moved
from curriculum.outputs import check_folder
from curriculum.schemas import CROSSWALK, check_frame, rows_to_frame
from curriculum.tables import Tables, csv_to_frame

__all__ = [
    "crosswalk_to_is_duty",
    "crosswalk_to_pair",
    "crosswalk_with_decisions",
    "documents_to_attribution",
    "link_documents",
    "link_pairs",
    "link_to_weighed",
    "read_crosswalk",
    "select_pair",
]


def _of(frame: pd.DataFrame, document_id: str) -> pd.DataFrame:
    return frame[frame[v.DOCUMENT_ID] == document_id]


def documents_to_attribution(tables: Tables, document_ids: Sequence[str]) -> str:
    """Give the attribution that the licences of documents ask for; empty if none does.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> documents_to_attribution(read_tables(Path("data/processed")), ["st0792-1.0", "st0792-1.2"])
    'Contains public sector information licensed under the Open Government Licence v3.0.'
    """
    registered = tables.documents[tables.documents[v.DOCUMENT_ID].isin(document_ids)][v.LICENCE]
    details = tables.details[tables.details[v.DOCUMENT_ID].isin(document_ids)]
    printed = details[details[v.SECTION] == "licence"][v.VALUE]
    is_open = any(v.OGL in text for text in (*registered, *printed))
    return v.OGL_ATTRIBUTION if is_open else ""


def link_documents(
    tables: Tables,
    old: str,
    new: str,
    voices: Sequence[Voice] | None = None,
    progress: Callable[[str], object] = str,
    *,
    decisions: Sequence[Decision] = (),
) -> pd.DataFrame:
    """Give the crosswalk from one document to another: proposals, and decisions, which always win.

    Duties are linked to duties, apart from statements, where both documents print duties.

    Parameters
    ----------
    tables
        Tables that hold both.
    old, new
        Their ids.
    voices
        What speaks for a pair of texts, by default those of `curriculum.linking.default_voices`;
        docs/linking_measured.md tells how a model of one's own joins in.
    progress
        Is called with the name of each step before it is done.
    decisions
        What reviewers decided, held against the documents before; those on other pairs are passed over.

    Returns
    -------
    pandas.DataFrame
        One row a mapping, as docs/tables.md tells: every statement of both documents is in it, and
        every duty if both print duties.
    """
    return check_frame(CROSSWALK, _link(tables, old, new, voices, progress, decisions=decisions))


def _link(
    tables: Tables,
    old: str,
    new: str,
    voices: Sequence[Voice] | None,
    progress: Callable[[str], object] = str,
    *,
    decisions: Sequence[Decision] = (),
) -> pd.DataFrame:
    links = propose_links(_of(tables.statements, old), _of(tables.statements, new), voices, progress)
    old_duties, new_duties = (_of(tables.duties, one).assign(**{v.KIND: v.DUTY}) for one in (old, new))
    frames = [links]
    if len(old_duties) and len(new_duties):
        frames.append(propose_links(old_duties, new_duties, voices))
    attribution = documents_to_attribution(tables, (old, new))
    named = {v.SUBJECT_SOURCE: old, v.OBJECT_SOURCE: new, v.ATTRIBUTION: attribution}
    own, ends = decisions_of_pair(decisions, old, new), tables_to_ends(tables, old, new)
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
    """
    first = crosswalk.iloc[0]
    old, new = first[v.SUBJECT_SOURCE], first[v.OBJECT_SOURCE]
    own, ends = decisions_of_pair(decisions, old, new), tables_to_ends(tables, old, new)
    is_duty = crosswalk_to_is_duty(crosswalk)
    frames = [crosswalk[~is_duty].reset_index(drop=True), crosswalk[is_duty].reset_index(drop=True)]
    decided = pd.concat([links_with_decisions(frame, own, ends, old) for frame in frames], ignore_index=True)
    return check_frame(CROSSWALK, links_to_moved(tables, decided))


def link_to_weighed(tables: Tables, old: str, new: str, voices: Sequence[Voice] | None = None) -> Weighed:
    """Weigh all pairs of the statements of two documents, before rows are made of them."""
    return statements_to_weighed(_of(tables.statements, old), _of(tables.statements, new), voices)


def link_pairs(
    tables: Tables,
    pairs: Sequence[tuple[str, str]],
    voices: Sequence[Voice] | None = None,
    progress: Callable[[str], object] = str,
    *,
    decisions: Sequence[Decision] = (),
) -> pd.DataFrame:
    """Give the crosswalks of several pairs, as one table in the order of the pairs.

    ``progress`` is called with the name of each step before it is done; ``decisions`` always win.
    """
    frames = []
    for old, new in pairs:
        progress(f"link {old} to {new}")
        frames.append(_link(tables, old, new, voices, decisions=decisions))
    if not frames:
        return rows_to_frame(CROSSWALK, [])
    return check_frame(CROSSWALK, pd.concat(frames, ignore_index=True))


def crosswalk_to_is_duty(crosswalk: pd.DataFrame) -> pd.Series[bool]:
    """Tell of each row whether it is about duties, and not about statements."""
    return (crosswalk[v.SUBJECT_CATEGORY] == v.DUTY) | (crosswalk[v.OBJECT_CATEGORY] == v.DUTY)


def read_crosswalk(folder: Path) -> pd.DataFrame:
    """Read the crosswalk of a folder that `curriculum build` has written, held against its manifest.

    Raises
    ------
    MissingDocument, MixedFolder
        If the folder was not written by `curriculum build`, or not wholly by one run.
    BrokenSchema
        If the table does not fit its schema.
    """
    files = check_folder(folder)
    name = f"{CROSSWALK}.csv"
    if name not in files:
        raise MissingDocument(
            "holds no crosswalk",
            where=folder.as_posix(),
            expected=name,
            advice="Run curriculum build, which links the pairs of the raw folder.",
        )
    return csv_to_frame(CROSSWALK, files[name])


def select_pair(crosswalk: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Give the rows of one pair of documents."""
    is_own = (crosswalk[v.SUBJECT_SOURCE] == old) & (crosswalk[v.OBJECT_SOURCE] == new)
    return crosswalk[is_own].reset_index(drop=True)


def crosswalk_to_pair(crosswalk: pd.DataFrame) -> tuple[str, str]:
    """Give the ids of the two documents that a crosswalk is of.

    Raises
    ------
    EmptyCrosswalk
        If it has no row, or those of several pairs.
    """
    pairs = crosswalk[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]].drop_duplicates().values.tolist()
    if len(pairs) != 1:
        raise EmptyCrosswalk(
            "not the crosswalk of one pair",
            expected="rows of one pair of versions",
            found="none" if not pairs else ", ".join(f"{old} to {new}" for old, new in pairs),
            advice="Take one with select_pair.",
        )
    ((old, new),) = pairs
    return old, new
