"""The decisions that hold for documents: read, and held against all that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import folder_to_decisions
from curriculum.decisions.validation import contradictions, decisions_to_id_faults, decisions_to_stale
from curriculum.errors import CurriculumError, raise_faults
from curriculum.linking.comparison import ComparedStatement
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents

__all__ = [
    "NO_DECISIONS",
    "ValidDecisions",
    "decisions_to_valid_decisions",
    "folder_to_valid_decisions",
    "tables_to_compared_statements",
]


@dataclass(frozen=True)
class ValidDecisions:
    """Decisions that hold.

    Attributes
    ----------
    decisions
        All of them.
    stale
        Those on statements whose wording has changed since, as `decisions_to_stale` gives them.
    """

    decisions: tuple[Decision, ...]
    stale: pd.DataFrame


NO_DECISIONS: Final = ValidDecisions((), decisions_to_stale((), {}))


def tables_to_compared_statements(tables: Tables, *document_ids: str) -> dict[str, ComparedStatement]:
    """Return the statements and duties of documents by id, in the order of the documents and their listing.

    Raises
    ------
    NotFound
        If the tables hold no such document.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> tables_to_compared_statements(read_tables(Path("data/processed")), "st0792-1.2")["st0792-1.2:D7"].kind
    'duty'
    """
    check_documents(tables, *document_ids)
    duties = tables.duties.assign(**{v.KIND: v.DUTY})
    held: dict[str, ComparedStatement] = {}
    for document_id in document_ids:
        for frame in (tables.statements, duties):
            own = frame[frame[v.DOCUMENT_ID] == document_id]
            rows = zip(own.iloc[:, 0], own[v.KIND], own[v.TEXT], strict=True)
            held |= {name: ComparedStatement(name, kind, text) for name, kind, text in rows}
    return held


def folder_to_valid_decisions(
    folder: str | Path, tables: Tables, is_whole: bool = True, is_needed: bool = False
) -> ValidDecisions:
    """Read the decisions of a folder and hold them against documents.

    Parameters
    ----------
    folder
        The folder with the files.
    tables
        Tables that hold the documents.
    is_whole
        Whether these are all documents there are; else decisions on others are passed over.
    is_needed
        Whether the folder has to be there.

    Raises
    ------
    InvalidInput, Faults
        Every decision that cannot be read, that contradicts another, or that names what is not there.
    NotFound
        If the folder has to be there and is not.
    """
    decisions, faults = folder_to_decisions(folder, is_needed)
    return decisions_to_valid_decisions(decisions, tables, is_whole, faults)


def decisions_to_valid_decisions(
    decisions: tuple[Decision, ...],
    tables: Tables,
    is_whole: bool = True,
    faults: Sequence[CurriculumError] = (),
) -> ValidDecisions:
    """Hold decisions against each other and against documents, as `folder_to_valid_decisions` does.

    ``faults`` are those that were found before; they are told with the others.
    """
    if not decisions and not faults:
        return NO_DECISIONS
    ends = tables_to_compared_statements(tables, *tables.documents[v.DOCUMENT_ID])
    ids: dict[str, set[str]] = {name: set() for name in tables.documents[v.DOCUMENT_ID]}
    for name in ends:
        ids[name.partition(":")[0]].add(name)
    duties = {name for name, one in ends.items() if one.kind == v.DUTY}
    raise_faults(
        [*faults, *contradictions(decisions), *decisions_to_id_faults(decisions, ids, duties, is_whole)]
    )
    texts = {name: one.text for name, one in ends.items()}
    return ValidDecisions(decisions, decisions_to_stale(decisions, texts))
