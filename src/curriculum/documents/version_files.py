"""Read the documents that a name stands for: a file, a folder, a whole feed, or an id of a raw folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from curriculum.documents.document import Document
from curriculum.documents.file_reading import PEEKED_BYTES, path_to_documents
from curriculum.documents.json_stream import is_json
from curriculum.documents.named_documents import name_to_document
from curriculum.documents.raw_names import SOURCES_NAME
from curriculum.documents.record import EmptyRecord
from curriculum.documents.register import folder_to_documents, registered_document
from curriculum.errors import CurriculumError, InvalidInput, NotFound, raise_faults
from curriculum.files.encodings import open_regular
from curriculum.files.limits import time_limit
from curriculum.model.standard_numbers import is_standard_number

__all__ = ["VersionDocuments", "name_to_version_files"]

# Of one name. A standard has some ten versions.
_MOST_DOCUMENTS: Final = 100


@dataclass(frozen=True)
class VersionDocuments:
    """The documents that a name stands for, in the order of the file or the folder.

    Two can have the same id.

    Attributes
    ----------
    documents
        The documents.
    empty
        Records of a whole feed that hold no KSBs.
    """

    documents: tuple[Document, ...]
    empty: tuple[EmptyRecord, ...] = ()


def name_to_version_files(name: str | Path, raw: str | Path) -> VersionDocuments:
    """Read the documents that a name stands for; a feed gives every record, and a folder every file.

    Parameters
    ----------
    name
        A registered id; the path of a file or a folder; or the path of a file of records, for all of
        them or with a reference behind it (``feed.json#ST0792``) for all versions of that standard.
    raw
        The raw folder with the register.

    Raises
    ------
    CurriculumError
        With every fault of every file at once.
    """
    documents: list[Document] = []
    empty: list[EmptyRecord] = []
    faults: list[CurriculumError] = []
    try:
        for found in _name_to_found(name, raw):
            if isinstance(found, CurriculumError):
                faults.append(found)
            elif isinstance(found, EmptyRecord):
                empty.append(found)
            else:
                documents.append(found)
            _refuse_more(str(name), len(documents) + len(empty))
    except CurriculumError as fault:
        faults.append(fault)
    raise_faults(faults)
    return VersionDocuments(tuple(documents), tuple(empty))


def _refuse_more(name: str, found: int) -> None:
    if found > _MOST_DOCUMENTS:
        raise InvalidInput(
            "too many documents",
            where=name,
            expected=f"at most {_MOST_DOCUMENTS} in one file or folder",
            found="more",
            advice="Of a file with the records of many standards, name one after #, such as "
            f"{name.partition('#')[0]}#ST0116, for all its versions.",
        )


def _name_to_found(name: str | Path, raw: str | Path) -> Iterator[Document | EmptyRecord | CurriculumError]:
    """Yield each document of a name."""
    text, path = str(name), Path(name)
    registered = registered_document(raw, text)
    if registered:
        yield registered
        return
    if text and path.is_dir():
        yield from _folder_to_found(path)
        return
    file, _, reference = (text, "", "") if path.exists() else text.rpartition("#")
    is_whole = not reference or is_standard_number(reference.upper())
    if file and is_whole and Path(file).is_file() and _has_records(Path(file)):
        with time_limit(file):
            # One more than are read is enough to know that there are too many.
            found = list(islice(_records(Path(file), reference), _MOST_DOCUMENTS + 1))
        if found:
            yield from found
            return
    yield name_to_document(name, raw)


def _has_records(path: Path) -> bool:
    with open_regular(path) as (file, _):
        return is_json(file.read(PEEKED_BYTES))


def _records(path: Path, reference: str) -> Iterator[Document | EmptyRecord | CurriculumError]:
    for found in path_to_documents(path, reference):
        record = found.record if isinstance(found, Document) else None
        if isinstance(found, Document) and record and not record.statements:
            yield EmptyRecord(record.reference, record.version, record.status, found.source)
        else:
            yield found


def _folder_to_found(folder: Path) -> Iterator[Document | EmptyRecord | CurriculumError]:
    """Yield each document of a folder: those of its register, or all its files."""
    if (folder / SOURCES_NAME).exists():
        yield from folder_to_documents(folder)
        return
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name[:1] not in (".", "~"))
    if not files:
        raise NotFound(
            "a folder without files",
            where=folder.as_posix(),
            expected="the documents of the versions of a standard",
            advice="Name the files, or the folder that they are in.",
        )
    for path in files:
        try:
            yield from _name_to_found(path, folder)
        except CurriculumError as fault:
            yield fault
