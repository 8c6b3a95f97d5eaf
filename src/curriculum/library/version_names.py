"""Find the registered documents of a standard by its reference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from curriculum.checks.all_findings import parsed_to_checked
from curriculum.documents.register import folder_to_documents, registered_document
from curriculum.errors import NotFound, raise_faults
from curriculum.library.standard import Standard
from curriculum.model import vocabulary as v
from curriculum.model.standard_numbers import is_standard_number
from curriculum.parsing.document_reading import documents_to_parsed

__all__ = ["names_with_references"]


def names_with_references(
    names: Sequence[str | Path | Standard], raw: str | Path
) -> tuple[str | Path | Standard, ...]:
    """Return the names of versions, with the registered documents of a standard in place of its reference.

    Parameters
    ----------
    names
        The names; none at all for every registered document that has a reference.
    raw
        The raw folder.

    Raises
    ------
    NotFound
        If no registered document has a reference that is named.
    """
    if names and not any(_is_reference(name, raw) for name in names):
        return tuple(names)
    known: dict[str, list[Standard]] = {}
    for parsed in documents_to_parsed(folder_to_documents(raw)):
        standard = Standard(parsed_to_checked(parsed))
        (reference,) = standard.tables.documents[v.REFERENCE]
        if reference:
            known.setdefault(reference.upper(), []).append(standard)
    if not names:
        _refuse_none([] if known else ["a reference"], known, raw)
        return tuple(standard for listed in known.values() for standard in listed)
    asked = [str(name).upper() for name in names if _is_reference(name, raw)]
    _refuse_none([name for name in asked if name not in known], known, raw)
    chosen: list[str | Path | Standard] = []
    for name in names:
        chosen += known[str(name).upper()] if _is_reference(name, raw) else [name]
    return tuple(chosen)


def _is_reference(name: str | Path | Standard, raw: str | Path) -> bool:
    if not isinstance(name, str) or not is_standard_number(name.upper()) or Path(name).exists():
        return False
    return registered_document(Path(raw), name) is None


def _refuse_none(asked: Sequence[str], known: Collection[str], raw: str | Path) -> None:
    raise_faults(
        [
            NotFound(
                "no registered document has this reference",
                where=name,
                expected=f"one of {', '.join(known)}" if known else "documents with a reference",
                found=f"none in {Path(raw).as_posix()}",
                advice="Name the files of its versions, or register them.",
            )
            for name in asked
        ]
    )
