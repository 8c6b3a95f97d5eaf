"""Read decisions and check that the documents and statements they name exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import folder_to_decisions
from curriculum.decisions.validation import contradictions, decisions_to_id_faults, decisions_to_stale
from curriculum.errors import CurriculumError, raise_faults
from curriculum.linking.comparison import ComparedStatement
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.plain_rows import Row

__all__ = [
    "NO_DECISIONS",
    "ValidDecisions",
    "decisions_to_valid_decisions",
    "folder_to_valid_decisions",
    "tables_to_compared_statements",
]


@dataclass(frozen=True)
class ValidDecisions:
    """Decisions that passed all checks.

    Attributes
    ----------
    decisions
        All decisions.
    stale
        Decisions on statements whose wording has changed since, as `decisions_to_stale` returns them.
    """

    decisions: tuple[Decision, ...]
    stale: tuple[Row, ...]


NO_DECISIONS: Final = ValidDecisions((), decisions_to_stale((), {}))


def tables_to_compared_statements(tables: Tables, *document_ids: str) -> dict[str, ComparedStatement]:
    """Return the statements and duties of documents by id, in the order of the documents and of their lists.

    Raises
    ------
    NotFound
        If the tables have no such document.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> tables_to_compared_statements(read_tables(Path("data/processed")), "st0792-1.2")["st0792-1.2:D7"].kind
    'duty'
    """
    check_documents(tables, *document_ids)
    duties = tables.duties.assign(**{v.KIND: v.DUTY})
    statements: dict[str, ComparedStatement] = {}
    for document_id in document_ids:
        for frame in (tables.statements, duties):
            rows_of_document = frame[frame[v.DOCUMENT_ID] == document_id]
            columns = (rows_of_document.iloc[:, 0], rows_of_document[v.KIND], rows_of_document[v.TEXT])
            rows = zip(*(column.tolist() for column in columns), strict=True)
            statements |= {name: ComparedStatement(name, kind, text) for name, kind, text in rows}
    return statements


def folder_to_valid_decisions(
    folder: str | Path, tables: Tables, is_whole: bool = True, is_needed: bool = False
) -> ValidDecisions:
    """Read the decisions of a folder and check them against documents.

    Parameters
    ----------
    folder
        The folder with the files.
    tables
        Tables of the documents.
    is_whole
        Whether the tables have all documents. If not, decisions on other documents are ignored.
    is_needed
        Whether the folder must exist.

    Raises
    ------
    InvalidInput, Faults
        If a decision cannot be read, contradicts another one, or names something that does not exist.
    NotFound
        If the folder must exist and does not.
    """
    decisions, faults = folder_to_decisions(folder, is_needed)
    return decisions_to_valid_decisions(decisions, tables, is_whole, faults)


def decisions_to_valid_decisions(
    decisions: tuple[Decision, ...],
    tables: Tables,
    is_whole: bool = True,
    faults: Sequence[CurriculumError] = (),
) -> ValidDecisions:
    """Check decisions against each other and against documents, as `folder_to_valid_decisions` does.

    ``faults`` are faults that were found before; they are reported with the new ones.
    """
    if not decisions and not faults:
        return NO_DECISIONS
    statements = tables_to_compared_statements(tables, *tables.documents[v.DOCUMENT_ID])
    ids: dict[str, set[str]] = {name: set() for name in tables.documents[v.DOCUMENT_ID]}
    for name in statements:
        ids[name.partition(":")[0]].add(name)
    duties = {name for name, statement in statements.items() if statement.kind == v.DUTY}
    raise_faults(
        [*faults, *contradictions(decisions), *decisions_to_id_faults(decisions, ids, duties, is_whole)]
    )
    texts = {name: statement.text for name, statement in statements.items()}
    return ValidDecisions(decisions, decisions_to_stale(decisions, texts))
