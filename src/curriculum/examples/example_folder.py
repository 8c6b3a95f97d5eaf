"""The folder of the example: two versions of a made-up standard, and a tracker."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from curriculum.errors import UnwritableOutput
from curriculum.files.atomic_write import unwritable, write_file

__all__ = [
    "EXAMPLE_PAIR",
    "EXAMPLE_RAW",
    "EXAMPLE_TRACKER",
    "copy_example",
    "example_folder",
    "refuse_example_folder",
]

# The ids of the old and the new version.
EXAMPLE_PAIR: Final = ("st9901-1.0", "st9901-1.1")
# Paths in the folder: the raw folder, and the tracker, whose codes are those of the old version.
EXAMPLE_RAW: Final = "data/raw"
EXAMPLE_TRACKER: Final = "tracker.csv"
_FOLDER: Final = "lighthouse_keeper"


def example_folder() -> Path:
    """Return the folder of the example, for reading.

    The files are those of the installed package; use `copy_example` to edit them or to store decisions. If
    the package is imported from a zip file, the folder is a temporary copy. It is removed when the program
    ends.

    Returns
    -------
    pathlib.Path
        The raw folder in it is `EXAMPLE_RAW`, and the tracker `EXAMPLE_TRACKER`.

    Examples
    --------
    >>> from curriculum.project import Project
    >>> Project(example_folder() / EXAMPLE_RAW).tables().documents["document_id"].tolist()
    ['st9901-1.0', 'st9901-1.1']
    """
    root = _packaged_folder()
    return root if isinstance(root, Path) else _temporary_copy()


def copy_example(folder: str | Path) -> Path:
    """Write a copy of the example into a folder. The commands that are run in it find its raw folder.

    Parameters
    ----------
    folder
        The folder to write; it is created if it does not exist. Other files in it are left as they are.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    UnwritableOutput
        If the folder has a file of the same name with other content, or cannot be written. A file that
        differs is found before anything is written.
    """
    folder = Path(folder)
    contents = {folder / name: data for name, data in _packaged_files(_packaged_folder())}
    try:
        changed = [path for path, data in contents.items() if _has_other_content(path, data)]
        for path in () if changed else contents:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    if changed:
        raise UnwritableOutput(
            "has files of the same names with other content",
            where=folder.as_posix(),
            expected="a new or an empty folder",
            found=", ".join(path.relative_to(folder).as_posix() for path in changed),
            advice="Choose another folder.",
        )
    for path, data in contents.items():
        write_file(path, data)
    return folder


def refuse_example_folder(folder: str | Path) -> None:
    """Refuse to store decisions in the example that comes with the package.

    Raises
    ------
    UnwritableOutput
        If the folder is in the example.
    """
    folder = Path(folder)
    if folder.resolve().is_relative_to(example_folder().resolve()):
        raise UnwritableOutput(
            "the example that comes with the package",
            where=folder.as_posix(),
            expected="a folder of your own",
            advice="Work on a copy: cu.Project(cu.copy_example('my_folder')).",
        )


def _packaged_folder() -> Traversable:
    return files("curriculum.examples") / _FOLDER


def _packaged_files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield the path and the content of each file of a folder and of the folders in it."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _packaged_files(item, f"{prefix}{item.name}/")
        elif not item.name.startswith("."):
            yield prefix + item.name, item.read_bytes()


def _has_other_content(path: Path, data: bytes) -> bool:
    return path.exists() and (not path.is_file() or path.read_bytes() != data)


@functools.cache
def _temporary_copy() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="curriculum-example-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return copy_example(folder)
