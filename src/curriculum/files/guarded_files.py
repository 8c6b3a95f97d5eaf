"""Write over files that a program has written itself, and over no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from curriculum.errors import UnwritableOutput
from curriculum.files.file_sets import replace_file

__all__ = ["replace_own_file"]


def replace_own_file(path: Path, data: bytes, content_to_fault: Callable[[bytes], str]) -> None:
    """Write a file; a previous one with other content is kept as ``<name>.previous``.

    Parameters
    ----------
    path, data
        The file and its content.
    content_to_fault
        A function that returns why a file with this content must not be replaced; an empty text if it may.

    Raises
    ------
    UnwritableOutput
        If the file cannot be written, is a folder, or must not be replaced.
    """
    fault = "a folder" if path.is_dir() else ""
    if path.is_file():
        fault = content_to_fault(path.read_bytes())
    if fault:
        raise UnwritableOutput(
            fault,
            where=path.as_posix(),
            expected="a new file, or one as this program wrote it",
            advice="Choose another name.",
        )
    replace_file(path, data)
