"""Write figures to files, and never over a file that is no figure."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from curriculum.errors import InvalidInput, unknown_ending
from curriculum.files.guarded_files import replace_own_file

__all__ = ["PAGE_HEAD", "check_drawing_path", "write_drawing"]

# How a page of a graph begins; no other page begins so.
PAGE_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="en-GB">\n<meta charset="utf-8">\n'
    '<meta name="generator" content="curriculum graph">\n'
)
# How the files begin that a figure writes.
_BEGINNINGS: Final = {".svg": b"<svg", ".png": b"\x89PNG", ".html": PAGE_HEAD.encode()}


def check_drawing_path(path: str | Path, endings: Collection[str]) -> Path:
    """Return a path of a drawing whose ending is one of several.

    Raises
    ------
    InvalidInput
        If it is no path.
    UnsupportedFormat
        If the ending is another one.
    """
    if not isinstance(path, str | Path) or not str(path):
        raise InvalidInput("no path", where=repr(path)[:60], expected="a path, such as 'figure.svg'")
    path = Path(path)
    if path.suffix.lower() not in endings:
        raise unknown_ending("figures", path.name, tuple(endings))
    return path


def write_drawing(path: str | Path, data: bytes) -> Path:
    """Write a drawing and return its path; a file that is no such drawing is not replaced.

    Raises
    ------
    UnwritableOutput
        If the file cannot be written, is a folder, or is no such drawing.
    """
    path = Path(path)
    beginning = _BEGINNINGS[path.suffix.lower()]
    fault = "a file that holds no such figure"
    replace_own_file(path, data, lambda content: "" if content.startswith(beginning) else fault)
    return path
