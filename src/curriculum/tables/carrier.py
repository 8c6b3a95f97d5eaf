"""The tables of documents, in one frozen object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import InitVar, dataclass, fields
from pathlib import Path

import pandas as pd

from curriculum.errors import InvalidTable, NotFound, raise_faults
from curriculum.tables.known_ids import check_known, codes_to_runs, name_to_nearest
from curriculum.tables.schemas import FOREIGN_KEYS, OPTIONAL_KEYS

__all__ = ["Tables", "check_documents", "check_keys", "check_statement", "select_document"]


@dataclass(frozen=True, repr=False, eq=False)
class Tables:
    """The tables of one or more documents.

    No frame is ever changed in place; docs/tables.md describes each column. ``folder`` is the folder that
    `read_tables` read them from; None for tables that were made from parsed documents.
    """

    documents: pd.DataFrame
    details: pd.DataFrame
    sections: pd.DataFrame
    statements: pd.DataFrame
    occurrences: pd.DataFrame
    duties: pd.DataFrame
    duty_ksbs: pd.DataFrame
    methods: pd.DataFrame
    themes: pd.DataFrame
    theme_ksbs: pd.DataFrame
    statement_methods: pd.DataFrame
    descriptors: pd.DataFrame
    descriptor_ksbs: pd.DataFrame
    overall_grades: pd.DataFrame
    version_log: pd.DataFrame
    findings: pd.DataFrame
    read_from: InitVar[Path | None] = None

    def __post_init__(self, read_from: Path | None) -> None:
        object.__setattr__(self, "_read_from", read_from)

    @property
    def folder(self) -> Path | None:
        """The folder that the tables were read from, if they were read."""
        folder: Path | None = getattr(self, "_read_from", None)
        return folder

    def items(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield each table's name and frame."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)

    def _lines(self) -> list[str]:
        documents = ", ".join(map(str, self.documents.iloc[:, 0])) if len(self.documents) else "none"
        counted = [f"{name} {len(frame)}" for name, frame in self.items() if len(frame)]
        return [f"Tables of documents: {documents}", f"Rows: {', '.join(counted)}"]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        # Imported here, because reading tables needs no HTML.
        from curriculum.html.summaries import lines_to_html

        return lines_to_html(self._lines())


def check_keys(tables: Tables) -> Tables:
    """Check that every id in one table exists in the table that it refers to.

    Raises
    ------
    InvalidTable
        With the first ids that do not exist, for all tables at once.
    """
    frames = dict(tables.items())
    faults = []
    for name, column, target in FOREIGN_KEYS:
        known = set(frames[target].iloc[:, 0].tolist())
        known |= {""} if (name, column) in OPTIONAL_KEYS else set()
        stray = sorted(set(frames[name][column].tolist()) - known)
        if stray:
            faults.append(
                InvalidTable(
                    f"{name}.{column} leads to no row of {target}",
                    found=", ".join(stray[:5]),
                    advice="This is a fault of the program: please report it.",
                )
            )
    raise_faults(faults)
    return tables


def check_documents(tables: Tables, *document_ids: str) -> None:
    """Refuse ids of documents that are not in the tables; all of them are named at once.

    Raises
    ------
    NotFound
        With the ids that exist, and the one that was probably meant.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> check_documents(read_tables("data/processed"), "st0792-1.2")
    """
    frames = (tables.documents, tables.statements, tables.duties)
    known = dict.fromkeys(
        str(name).partition(":")[0] for frame in frames for name in frame.iloc[:, 0].tolist()
    )
    check_known(document_ids, known)


def check_statement(tables: Tables, statement_id: str, with_duties: bool = True) -> None:
    """Refuse the id of a statement or duty that is not in the tables.

    Parameters
    ----------
    tables
        The tables.
    statement_id
        Such as ``st0792-1.2:K9``.
    with_duties
        Whether the id of a duty is accepted too.

    Raises
    ------
    NotFound
        With the codes of its document, and the id that was probably meant.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> check_statement(read_tables("data/processed"), "st0792-1.2:k9")
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: “st0792-1.2:k9”: no such statement; expected a code of st0792-1.2: \
K1 to K29, S1 to S23, B1 to B4, D1 to D12. Did you mean st0792-1.2:K9?
    """
    frames = (tables.statements, tables.duties) if with_duties else (tables.statements,)
    known = dict.fromkeys(str(name) for frame in frames for name in frame.iloc[:, 0])
    if statement_id not in known:
        check_known((statement_id,), known, "statement", NotFound, _ids_to_words(known, statement_id))


def _ids_to_words(known: Iterable[str], statement_id: object) -> str:
    """Return the ids of statements that exist; those of the document of this id, if it is known."""
    codes: dict[str, list[str]] = {}
    for name in known:
        document, _, code = name.partition(":")
        codes.setdefault(document, []).append(code)
    near = name_to_nearest(str(statement_id).partition(":")[0], codes, count=1)
    if near:
        return f"a code of {near[0]}: {codes_to_runs(codes[near[0]])}"
    return f"the id of a document ({', '.join(codes)}) and a code, such as {next(iter(known), 'mine:K1')}"


def select_document(tables: Tables, document_id: str) -> Tables:
    """Return the tables of one document out of many.

    Ids begin with the id of their document, so the first column of every table is enough to select by.

    Raises
    ------
    NotFound
        If the tables have no such document.
    """
    check_documents(tables, document_id)

    def rows_of(frame: pd.DataFrame) -> pd.DataFrame:
        is_of_document = [str(name).partition(":")[0] == document_id for name in frame.iloc[:, 0]]
        return frame[pd.Series(is_of_document, frame.index, dtype=bool)].reset_index(drop=True)

    return Tables(**{name: rows_of(frame) for name, frame in tables.items()}, read_from=tables.folder)
