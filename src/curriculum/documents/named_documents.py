"""Documents by name: the id in the register, or the path of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path

from curriculum.documents.document import Document
from curriculum.documents.file_reading import path_to_document
from curriculum.documents.raw_names import SOURCES_NAME
from curriculum.documents.register import read_sources, registered_document
from curriculum.errors import CurriculumError, InvalidInput, NotFound, raise_faults
from curriculum.tables.known_ids import name_to_nearest

__all__ = ["Names", "name_to_document", "names_to_documents", "refuse_same_ids"]

# The names of documents: registered ids, or paths; a single name is allowed.
Names = str | Path | Sequence[str | Path]


def _advice(path: Path, raw: Path, known: Sequence[str]) -> str:
    """Return advice with the similar file names, or ids, that the user may have meant."""
    beside = sorted(file.name for file in path.parent.iterdir()) if path.parent.is_dir() else []
    meant = [name for name in beside if Path(name).stem == path.name]
    meant = meant or get_close_matches(path.name, beside, n=2, cutoff=0.7) or name_to_nearest(path, known)
    if meant:
        return f"Did you mean {' or '.join(meant)}?"
    advice = "Check the spelling and the folder that you are in; put a name with spaces into quotes."
    return (
        advice if raw.is_dir() else f"{advice} There is no folder {raw.as_posix()} here: name it with --raw."
    )


def name_to_document(name: str | Path, raw: str | Path, kind: str = "") -> Document:
    """Return the document with a registered id, or at a path.

    Parameters
    ----------
    name
        The id or the path.
    raw
        The raw folder with the register.
    kind
        The kind of document that the text at a path is to be read as; by default it is found.

    Raises
    ------
    NotFound
        If it is neither.
    InvalidInput
        If a kind is given for a registered document.
    """
    name, raw = str(name), Path(raw)
    registered = registered_document(raw, name)
    if registered and kind:
        raise InvalidInput(
            "a kind is named for a registered document",
            where=name,
            expected="the path of a file",
            found=f"an id of {(raw / SOURCES_NAME).as_posix()}",
            advice="Leave the kind out: that of a registered document is found from its content. Of a pair "
            "of which only one is a file, name it with --old-kind or --new-kind.",
        )
    return registered or replace(_path_to_document(name, raw), kind=kind)


def _path_to_document(name: str, raw: Path) -> Document:
    """Return the document at a path, or a record of the file at a path."""
    path = Path(name)
    file, sign, record = name.rpartition("#")
    if sign and not path.exists() and Path(file).is_file():
        return path_to_document(file, record=record)
    if not name or not path.exists():
        register = raw / SOURCES_NAME
        known = [row.document_id for row in read_sources(raw)] if register.exists() else []
        ids = f" ({', '.join(known)})" if known else ""
        raise NotFound(
            "neither a registered document nor a file",
            where=name or "an empty name",
            expected=f"an id of {register.as_posix()}{ids}, or the path of a text",
            found="no file of that name",
            advice=_advice(path, raw, known),
        )
    return path_to_document(path)


def names_to_documents(names: Names, raw: str | Path, kinds: Sequence[str] = ()) -> tuple[Document, ...]:
    """Return the documents with these names; raise with every fault of every name at once.

    Parameters
    ----------
    names, raw
        As for `name_to_document`.
    kinds
        The kind of each document; an empty text, or none at all, for kinds that are to be found.
    """
    documents: list[Document] = []
    faults: list[CurriculumError] = []
    names = (names,) if isinstance(names, str | Path) else tuple(names)
    for name, kind in zip(names, kinds or [""] * len(names), strict=True):
        try:
            documents.append(name_to_document(name, raw, kind))
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return tuple(documents)


def refuse_same_ids(documents: Sequence[Document], other_way: str = "") -> None:
    """Refuse documents that are to be compared and have the same id.

    Parameters
    ----------
    documents
        The documents.
    other_way
        What can be done in place of renaming a file, where the caller takes other ids.

    Raises
    ------
    InvalidInput
        If two of them have the same id.
    """
    for first, second in combinations(documents, 2):
        is_same = first.source == second.source
        if first.document_id == second.document_id:
            raise InvalidInput(
                f"both documents have the id {first.document_id}",
                where=first.source if is_same else f"{first.source} and {second.source}",
                expected="two versions" if is_same else "documents with different ids",
                advice="Name two different versions."
                if is_same
                else f"Rename one of the files, as the id of a file is made of its name"
                f"{f'; {other_way}' if other_way else ''}.",
            )
