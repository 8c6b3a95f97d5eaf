"""Read the files of Pyodide, Python for browsers, and check each against the lock."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from curriculum.errors import CurriculumError, NotFound, UnreadableFile, raise_faults

__all__ = ["folder_to_pyodide", "pyodide_lock"]

_LOCK: Final = "pyodide.json"
_FETCH: Final = "run.py page fetches it once; docs/page.md says how to do that by hand."


@cache
def pyodide_lock() -> dict[str, Any]:
    """Return the lock: the version of Pyodide, its address, and the hash of each file.

    Examples
    --------
    >>> pyodide_lock()["python"]
    '3.14'
    """
    lock: dict[str, Any] = json.loads((files("curriculum.page") / _LOCK).read_text(encoding="utf-8"))
    return lock


def folder_to_pyodide(folder: Path | None) -> dict[str, bytes]:
    """Read the files of Pyodide that a page needs.

    Parameters
    ----------
    folder
        The folder that they are in; None if it is not known.

    Returns
    -------
    dict of str to bytes
        The files by their names in the lock.

    Raises
    ------
    NotFound, UnreadableFile, Faults
        With each file that is missing, or whose content is not that of the lock.
    """
    lock = pyodide_lock()
    if folder is None:
        raise NotFound(
            "it is not known where Pyodide is",
            where="--pyodide",
            expected=f"a folder with the files of {lock['name']} {lock['version']}",
            advice=_FETCH,
        )
    found: dict[str, bytes] = {}
    faults: list[CurriculumError] = []
    for name, sha256 in lock["files"].items():
        try:
            found[name] = _checked_file(folder / name, sha256)
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return found


def _checked_file(path: Path, sha256: str) -> bytes:
    version = pyodide_lock()["version"]
    try:
        data = path.read_bytes()
    except OSError as fault:
        found = (fault.strerror or type(fault).__name__).lower()
        raise NotFound(
            "cannot be read",
            where=path.as_posix(),
            expected=f"this file of Pyodide {version}",
            found=found,
            advice=_FETCH,
        ) from fault
    digest = hashlib.sha256(data).hexdigest()
    if digest != sha256:
        raise UnreadableFile(
            f"not this file of Pyodide {version}",
            where=path.as_posix(),
            expected=f"sha256 {sha256}",
            found=digest,
            advice=f"Delete the folder {path.parent.as_posix()} and fetch it again. {_FETCH}",
        )
    return data
