"""Save files, and never over a file of a person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from curriculum.crosswalk.edited_files import is_reviewed
from curriculum.errors import UnwritableOutput
from curriculum.files.guarded_files import replace_own_file

__all__ = ["content_to_fault", "save_file"]

# How the files begin that each command and its method write.
_BEGINNINGS: Final = {
    "bundle": (b'{\n"format": "curriculum-bundle"',),
    "check": (b"document_id,rule",),
    "link": (
        b"subject_source,object_source,subject_id",
        b"subject_source\tobject_source",
        b"#curie_map:",
        b"PK",
        b"{",
    ),
    "export": (b'{\n "CFDocument": {',),
    "evaluate": (b"subject_source,object_source,measure",),
    "graph": (b"<?xml", b"{"),
    "review": (b"PK",),
    "report": (
        b"PK",
        b'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="generator" content="curriculum">',
    ),
    "versions": (
        b"PK",
        b"reference,subject_source",
        b'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="generator" content="curriculum">',
    ),
    "lineage": (b"PK", b"<?xml", b"{", b"direction,step", b"last_seen,text"),
}
# With the ending of a copy, most systems allow no more.
_LONGEST_NAME: Final = 200
_FILLED_IN: Final = {"link": "crosswalk", "report": "workbook", "review": "workbook"}


def content_to_fault(content: bytes, command: str) -> str:
    """Return why a file must not be replaced: another program wrote it, or a person worked on it.

    Parameters
    ----------
    content
        The bytes of the file.
    command
        The command that would replace it, such as ``link``.
    """
    if not content.startswith(_BEGINNINGS[command]):
        return f"a file that curriculum {command} has not written"
    if command in _FILLED_IN and is_reviewed(content):
        return f"a {_FILLED_IN[command]} that a person has worked on"
    return ""


def save_file(path: str | Path, data: bytes, command: str) -> None:
    """Write a file; a previous one with other content is kept as ``<name>.previous``.

    Raises
    ------
    UnwritableOutput
        If the file cannot be written, is a folder, or is not one that the command writes.
    """
    path = Path(path)
    if len(path.name.encode()) > _LONGEST_NAME:
        raise UnwritableOutput(
            "the name is too long", where=f"{path.name[:40]}…", expected=f"at most {_LONGEST_NAME} bytes"
        )
    replace_own_file(path, data, lambda content: content_to_fault(content, command))
