"""The registers of the raw folder: which documents it holds, and which pairs are to be linked."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from curriculum.documents.document import Document, Registration, path_to_document_id
from curriculum.documents.file_reading import READ_SUFFIXES, bytes_to_document
from curriculum.documents.raw_names import CROSSWALKS_NAME, SOURCES_NAME, THESAURUS_NAME
from curriculum.errors import (
    CurriculumError,
    InvalidInput,
    NotFound,
    UnreadableFile,
    UnwritableOutput,
    raise_faults,
)
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.files.encodings import path_to_bytes
from curriculum.model.progress import Progress, silent

__all__ = [
    "check_document_id",
    "check_folder",
    "folder_to_documents",
    "folder_to_pairs",
    "read_crosswalks",
    "read_sources",
    "refuse_raw_folder",
    "registered_document",
]

_PAIR = ("subject_source", "object_source")
_ADVICE = "Correct the line; docs/documents.md describes the registers."
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def _read_register(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    return path_to_table_rows(path, columns, InvalidInput, _ADVICE, needs_every_cell=True)


def check_document_id(document_id: str, where: str = "") -> None:
    """Refuse a text that is no valid id of a document.

    Raises
    ------
    InvalidInput
        If it is not valid.
    """
    if not _ID.fullmatch(document_id):
        raise InvalidInput(
            "not an id of a document",
            where=where,
            expected="lower-case letters, digits, hyphens and full stops, such as st0792-1.2",
            found=repr(document_id),
            advice="Choose another id.",
        )


def check_folder(folder: str | Path) -> None:
    """Refuse a raw folder that does not exist.

    Raises
    ------
    NotFound
        If there is no such folder.
    """
    if not Path(folder).is_dir():
        raise NotFound(
            "no such folder",
            where=Path(folder).as_posix(),
            expected=f"the folder of the documents, with {SOURCES_NAME}",
            advice="Run the command in the project's folder, or name the folder with --raw.",
        )


def refuse_raw_folder(folder: str | Path) -> None:
    """Refuse to write tables into a raw folder: they would be taken for documents that are not registered.

    Raises
    ------
    UnwritableOutput
        If the folder is a raw folder, or is in one.
    """
    resolved = Path(folder).resolve()
    for above in (resolved, *resolved.parents):
        if (above / SOURCES_NAME).is_file():
            raise UnwritableOutput(
                "a folder of documents, or a folder in it",
                where=Path(folder).as_posix(),
                expected=f"a folder that is not in one with {SOURCES_NAME}",
                advice="Choose another folder.",
            )


def _row_to_faults(row: Registration, where: str) -> Iterator[CurriculumError]:
    try:
        check_document_id(row.document_id, where)
    except InvalidInput as fault:
        yield fault
    inside = Path(row.path)
    if not row.path or inside.is_absolute() or ".." in inside.parts or "\\" in row.path:
        yield InvalidInput(
            "the path leaves the folder",
            where=where,
            expected="a path inside the folder of the register, with forward slashes",
            found=repr(row.path),
            advice="Move the file there and name it.",
        )


def read_sources(folder: str | Path) -> tuple[Registration, ...]:
    """Read `SOURCES.csv`: a registration for each row, in the order of the file.

    Parameters
    ----------
    folder
        The raw folder.

    Returns
    -------
    tuple of Registration

    Raises
    ------
    NotFound, InvalidInput, Faults
        All faults of the register together.
    """
    folder = Path(folder)
    path = folder / SOURCES_NAME
    faults: list[CurriculumError] = []
    rows: list[Registration] = []
    for number, cells in _read_register(path, Registration._fields):
        row = Registration(**cells)
        faults.extend(_row_to_faults(row, f"{path.as_posix()}, line {number}"))
        rows.append(row)
    for document_id, count in Counter(row.document_id for row in rows).items():
        if count > 1:
            faults.append(
                InvalidInput(
                    f"two documents have the id {document_id}",
                    where=path.as_posix(),
                    expected="one row",
                    found=f"{count}",
                    advice="Give each document a different id.",
                )
            )
    raise_faults(faults)
    return tuple(rows)


def read_crosswalks(folder: str | Path) -> tuple[tuple[str, str], ...]:
    """Read `CROSSWALKS.csv`: the pairs of documents to link, in the order of the file.

    Returns
    -------
    tuple of (str, str)
        Pairs of document ids, old and new; none if the folder has no such register.

    Raises
    ------
    InvalidInput
        If the file is not a table of two columns.
    """
    folder = Path(folder)
    path = folder / CROSSWALKS_NAME
    if not path.exists():
        return ()
    return tuple((row[_PAIR[0]], row[_PAIR[1]]) for _, row in _read_register(path, _PAIR))


def folder_to_pairs(folder: str | Path) -> tuple[tuple[str, str], ...]:
    """Return the pairs to link; each of their documents is in the register.

    Raises
    ------
    NotFound, Faults
        If a pair names a document that is not registered, or one document twice.
    """
    folder = Path(folder)
    known = {row.document_id for row in read_sources(folder)}
    pairs = read_crosswalks(folder)
    where = (folder / CROSSWALKS_NAME).as_posix()
    faults: list[CurriculumError] = [
        NotFound(
            "a pair names a document that is not registered",
            where=where,
            expected=f"one of {', '.join(sorted(known))}",
            found=document_id,
            advice=f"Correct the id, or register it in {SOURCES_NAME}.",
        )
        for document_id in dict.fromkeys(name for pair in pairs for name in pair)
        if document_id not in known
    ]
    faults += [
        InvalidInput("a document is paired with itself", where=where, found=old, advice="Delete the row.")
        for old, new in pairs
        if old == new
    ]
    faults += [
        InvalidInput(
            "a pair is listed twice", where=where, found=f"{old},{new}", advice="Delete one of them."
        )
        for (old, new), count in Counter(pairs).items()
        if count > 1
    ]
    raise_faults(faults)
    return pairs


def _checked_document(folder: Path, row: Registration) -> Document:
    file, record = _path_to_parts(folder, row.path)
    path = folder / file
    data = path_to_bytes(path)
    found = hashlib.sha256(data).hexdigest()
    if found != row.sha256.casefold():
        raise UnreadableFile(
            f"not the file that {SOURCES_NAME} registers as {row.document_id}",
            where=path.as_posix(),
            expected=f"sha256 {row.sha256}",
            found=found,
            advice="Fetch the file again (an editor or a line-end conversion may have changed it), "
            "or register the new hash.",
        )
    return bytes_to_document(data, path, row, record)


def _path_to_parts(folder: Path, path: str) -> tuple[str, str]:
    """Return the file of a row, and the name of its record, which is after the sign #."""
    file, sign, record = path.rpartition("#")
    return (path, "") if not sign or (folder / path).exists() else (file, record)


def _is_document(path: Path, folder: Path) -> bool:
    """Return whether a file of the raw folder is a document, by its name."""
    if path.name.startswith((".", "~$")):
        return False
    is_table = path.suffix.casefold() == ".csv" and path.parent == folder
    return path.suffix.casefold() in READ_SUFFIXES or (
        is_table and path.name not in {SOURCES_NAME, CROSSWALKS_NAME, THESAURUS_NAME}
    )


def _row(*cells: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow([*cells, *[""] * (len(Registration._fields) - len(cells))])
    return text.getvalue()


def _unregistered(folder: Path, rows: tuple[Registration, ...]) -> Iterator[CurriculumError]:
    known = {_path_to_parts(folder, row.path)[0] for row in rows}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _is_document(path, folder) and name not in known:
            sha256 = hashlib.sha256(path_to_bytes(path)).hexdigest()
            yield InvalidInput(
                f"not registered in {SOURCES_NAME}",
                where=path.as_posix(),
                expected="a row for it",
                found="none",
                advice=f"Add the row {_row(path_to_document_id(path), name, sha256)} "
                "or move the file elsewhere.",
            )


def folder_to_documents(folder: str | Path, progress: Progress = silent) -> tuple[Document, ...]:
    """Read every registered document of a raw folder; raise with every fault at once.

    Parameters
    ----------
    folder
        The raw folder, with its `SOURCES.csv`.
    progress
        Is called with each document's id before it is read; by default nothing is shown.

    Returns
    -------
    tuple of Document
        In the order of the register.

    Raises
    ------
    CurriculumError
        One fault, or all of them as `Faults`: a missing, changed, empty, binary or unregistered file.
    """
    folder = Path(folder)
    check_folder(folder)
    rows = read_sources(folder)
    documents: list[Document] = []
    faults: list[CurriculumError] = list(_unregistered(folder, rows))
    for row in rows:
        progress(row.document_id)
        try:
            documents.append(_checked_document(folder, row))
        except CurriculumError as fault:
            faults.append(fault)
    if not rows:
        faults.append(
            InvalidInput(
                "registers no document",
                where=(folder / SOURCES_NAME).as_posix(),
                expected="a row for each document",
                found="none",
                advice="Add one.",
            )
        )
    raise_faults(faults)
    return tuple(documents)


def registered_document(folder: str | Path, document_id: str) -> Document | None:
    """Return the document with a registered id; None if the folder has no such document.

    Raises
    ------
    CurriculumError
        If the register or the file is faulty.
    """
    folder = Path(folder)
    if not (folder / SOURCES_NAME).exists():
        return None
    rows = [row for row in read_sources(folder) if row.document_id == document_id]
    return _checked_document(folder, rows[0]) if rows else None
