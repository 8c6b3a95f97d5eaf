"""The frozen carrier of the frames: built from parsed documents, checked, written and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, fields
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any

import pandas as pd

from curriculum import vocabulary as v
from curriculum.assembly import parsed_to_rows
from curriculum.csv_cells import rows_to_csv, safe_to_text, text_to_safe
from curriculum.errors import BrokenSchema, DuplicateDocument, NotReadBack, UnknownStatement, raise_faults
from curriculum.known import check_known, codes_to_runs, name_to_nearest
from curriculum.outputs import check_folder
from curriculum.parsing import ParsedDocument
from curriculum.schemas import check_frame, rows_to_frame, text_to_typed
from curriculum.text import text_to_told

__all__ = [
    "Tables",
    "check_documents",
    "check_keys",
    "check_statement",
    "csv_to_frame",
    "export_to_frame",
    "frame_to_csv",
    "frame_to_export",
    "parsed_to_tables",
    "read_tables",
    "select_document",
    "tables_to_files",
]


@dataclass(frozen=True)
class Tables:
    """The tables of one or more documents.

    No frame is ever changed in place; docs/tables.md tells what each column holds. ``folder`` is the folder
    that `read_tables` read them from, and None of tables that were made of parsed documents.
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
        """Give each table's name and frame."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)


_FOREIGN_KEYS = (
    ("occurrences", v.STATEMENT_ID, "statements"),
    ("duty_ksbs", v.DUTY_ID, "duties"),
    ("duty_ksbs", v.STATEMENT_ID, "statements"),
    ("themes", v.METHOD_ID, "methods"),
    ("theme_ksbs", v.THEME_ID, "themes"),
    ("theme_ksbs", v.STATEMENT_ID, "statements"),
    ("statement_methods", v.METHOD_ID, "methods"),
    ("statement_methods", v.STATEMENT_ID, "statements"),
    ("descriptors", v.THEME_ID, "themes"),
    ("descriptor_ksbs", v.DESCRIPTOR_ID, "descriptors"),
    ("descriptor_ksbs", v.STATEMENT_ID, "statements"),
    ("overall_grades", v.METHOD_ID, "methods"),
    *((name, v.DOCUMENT_ID, "documents") for name in ("statements", "duties", "sections", "details")),
)


def parsed_to_tables(parsed: Iterable[ParsedDocument]) -> Tables:
    """Make the tables of parsed documents, in the order of their ids, every key checked.

    ``findings`` are those that the documents bring: of parsing alone, or of every rule
    (`curriculum.checks.parsed_to_checked`).

    Raises
    ------
    DuplicateDocument
        If two documents have one id.
    BrokenSchema
        If a row does not fit, or a key leads nowhere.
    """
    ordered = sorted(parsed, key=lambda one: one.document.document_id)
    _refuse_duplicates(ordered)
    rows = [parsed_to_rows(one) for one in ordered]
    frames = {
        field.name: rows_to_frame(field.name, [row for one in rows for row in one[field.name]])
        for field in fields(Tables)
    }
    return check_keys(Tables(**frames, read_from=None))


def _refuse_duplicates(ordered: Sequence[ParsedDocument]) -> None:
    raise_faults(
        [
            DuplicateDocument(
                f"two documents have the id {one.document.document_id}",
                where=f"{one.document.source} and {other.document.source}",
                advice="Rename one of the files: the id of a file is made of its name.",
            )
            for one, other in pairwise(ordered)
            if one.document.document_id == other.document.document_id
        ]
    )


def check_keys(tables: Tables) -> Tables:
    """Hold every key of one table against the table that it leads to.

    Raises
    ------
    BrokenSchema
        With the first ids that lead nowhere, for all tables at once.
    """
    frames = dict(tables.items())
    faults = []
    for name, column, target in _FOREIGN_KEYS:
        known = set(frames[target].iloc[:, 0])
        stray = sorted(set(frames[name][column]) - known)
        if stray:
            faults.append(
                BrokenSchema(
                    f"{name}.{column} leads to no row of {target}",
                    found=", ".join(stray[:5]),
                    advice="This is a fault of the program: please report it.",
                )
            )
    raise_faults(faults)
    return tables


def check_documents(tables: Tables, *document_ids: str) -> None:
    """Refuse ids of documents that tables do not hold, all at once.

    Raises
    ------
    UnknownDocument
        With the ids that there are, and the one that was probably meant.

    Examples
    --------
    >>> check_documents(read_tables("data/processed"), "st0792-1.2")
    """
    frames = (tables.documents, tables.statements, tables.duties)
    known = dict.fromkeys(str(name).partition(":")[0] for frame in frames for name in frame.iloc[:, 0])
    check_known(document_ids, known)


def check_statement(tables: Tables, statement_id: str, with_duties: bool = True) -> None:
    """Refuse the id of a statement or duty that tables do not hold.

    Parameters
    ----------
    tables
        The tables.
    statement_id
        Such as ``st0792-1.2:K9``.
    with_duties
        Whether a duty will do as well.

    Raises
    ------
    UnknownStatement
        With the codes that its document has, and the id that was probably meant.

    Examples
    --------
    >>> check_statement(read_tables("data/processed"), "st0792-1.2:k9")
    Traceback (most recent call last):
        ...
    curriculum.errors.UnknownStatement: “st0792-1.2:k9”: no such statement; expected a code of st0792-1.2: \
K1 to K29, S1 to S23, B1 to B4, D1 to D12. Did you mean st0792-1.2:K9?
    """
    frames = (tables.statements, tables.duties) if with_duties else (tables.statements,)
    known = dict.fromkeys(str(name) for frame in frames for name in frame.iloc[:, 0])
    if statement_id not in known:
        check_known((statement_id,), known, "statement", UnknownStatement, _ids_to_words(known, statement_id))


def _ids_to_words(known: Iterable[str], statement_id: object) -> str:
    """Tell which ids of statements there are, of the document that an id names if it is known."""
    codes: dict[str, list[str]] = {}
    for name in known:
        document, _, code = name.partition(":")
        codes.setdefault(document, []).append(code)
    near = name_to_nearest(str(statement_id).partition(":")[0], codes, count=1)
    if near:
        return f"a code of {near[0]}: {codes_to_runs(codes[near[0]])}"
    return f"the id of a document ({', '.join(codes)}) and a code, such as {next(iter(known), 'mine:K1')}"


def select_document(tables: Tables, document_id: str) -> Tables:
    """Give the tables of one document out of many.

    Ids begin with the id of their document, so the first column of every table tells.

    Raises
    ------
    UnknownDocument
        If the tables hold no such document.
    """
    check_documents(tables, document_id)

    def rows_of(frame: pd.DataFrame) -> pd.DataFrame:
        first = frame.iloc[:, 0].str.partition(":")[0] if len(frame) else frame.iloc[:, 0]
        return frame[first == document_id].reset_index(drop=True)

    return Tables(**{name: rows_of(frame) for name, frame in tables.items()}, read_from=tables.folder)


def frame_to_csv(frame: pd.DataFrame, separator: str = ",") -> bytes:
    r"""Give a frame as CSV: UTF-8, line feeds, `true` and `false`, shares to three places.

    Examples
    --------
    >>> frame_to_csv(pd.DataFrame({"code": ["K7"], "is_truncated": [False], "confidence": [0.5]}))
    b'code,is_truncated,confidence\nK7,false,0.500\n'
    """
    flags = {
        str(name): frame[name].map({True: "true", False: "false"}) for name in frame.select_dtypes("bool")
    }
    shown = frame.assign(**flags)
    text = _frame_to_text(shown, separator, "\n")
    if "\r" in text:
        # Before Python 3.13 a carriage return is quoted only where line ends have one.
        held = io.StringIO(_frame_to_text(shown, separator, "\r\n"), newline="")
        text = rows_to_csv(csv.reader(held, delimiter=separator), separator)
    _refuse_other(shown, text, separator)
    return text.encode("utf-8")


def _frame_to_text(frame: pd.DataFrame, separator: str, ending: str) -> str:
    return frame.to_csv(
        index=False, lineterminator=ending, float_format="%.3f", sep=separator, quoting=csv.QUOTE_MINIMAL
    )


def _refuse_other(frame: pd.DataFrame, text: str, separator: str) -> None:
    """Hold a CSV, read again, against the frame that it was made of."""
    limit = csv.field_size_limit()
    csv.field_size_limit(max(len(text), limit))
    try:
        head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    finally:
        csv.field_size_limit(limit)
    columns = list(zip(*rows, strict=True)) or [()] * len(head)
    wanted = [(str(name), tuple(_column_to_texts(frame[name]))) for name in frame]
    for name, cells, (own, meant) in zip(head, columns, wanted, strict=True):
        if name != own or cells != meant:
            pairs = enumerate(zip_longest((own, *meant), (name, *cells)), start=1)
            row, (expected, found) = next((at, pair) for at, pair in pairs if pair[0] != pair[1])
            raise NotReadBack(
                "a table would not be read again as it is",
                where=f"column {own}, row {row}",
                expected=text_to_told(expected or ""),
                found=text_to_told(found or ""),
                advice="Nothing has been written; please report it.",
            )


def _column_to_texts(column: pd.Series[Any]) -> list[str]:
    """Give what is to stand in the cells of a column; nothing where there is no value."""
    is_share = pd.api.types.is_float_dtype(column.dtype)
    return [
        "" if is_absent else f"{value:.3f}" if is_share else str(value)
        for value, is_absent in zip(column, column.isna(), strict=True)
    ]


def frame_to_export(frame: pd.DataFrame, separator: str = ",") -> bytes:
    r"""Give a frame as CSV that people open in a spreadsheet program: no text of it is taken for a formula.

    Examples
    --------
    >>> frame_to_export(pd.DataFrame({"code": ["K7"], "text": ["=1+1"]}))
    b"code,text\nK7,'=1+1\n"
    """
    return frame_to_csv(_mapped(frame, text_to_safe), separator)


def export_to_frame(name: str, data: bytes, separator: str = ",") -> pd.DataFrame:
    """Read a table that `frame_to_export` gave, typed and checked: each text is what it was."""
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8", sep=separator)
    return check_frame(name, text_to_typed(name, _mapped(raw, safe_to_text)))


def _mapped(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    texts = frame.select_dtypes(["object", "str"])
    changed = {
        str(name): texts[name].map(lambda cell: change(cell) if isinstance(cell, str) else cell)
        for name in texts
    }
    return frame.assign(**changed)


def csv_to_frame(name: str, data: bytes) -> pd.DataFrame:
    """Read a table from its CSV, typed and checked; the inverse of `frame_to_csv`."""
    raw = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, encoding="utf-8")
    return check_frame(name, text_to_typed(name, raw))


def tables_to_files(tables: Tables) -> dict[str, bytes]:
    """Give the files that hold the tables, by name."""
    return {f"{name}.csv": frame_to_csv(frame) for name, frame in tables.items()}


def read_tables(folder: str | Path) -> Tables:
    """Read the tables of a folder that `curriculum` has written, held against its manifest.

    Parameters
    ----------
    folder
        Such as ``data/processed``.

    Raises
    ------
    MissingDocument, MixedFolder
        If the folder was not written by `curriculum`, or not wholly by one run.
    BrokenSchema
        If a table does not fit its schema.
    """
    folder = Path(folder)
    files: Mapping[str, bytes] = check_folder(folder)
    missing = [field.name for field in fields(Tables) if f"{field.name}.csv" not in files]
    if missing:
        raise BrokenSchema(
            "tables are missing",
            where=folder.as_posix(),
            expected=", ".join(field.name for field in fields(Tables)),
            found=f"none of {', '.join(missing)}",
            advice="Run curriculum build again.",
        )
    held = {field.name: csv_to_frame(field.name, files[f"{field.name}.csv"]) for field in fields(Tables)}
    # Absolute, so that it is found whatever folder becomes the current one.
    return check_keys(Tables(**held, read_from=folder.absolute()))
