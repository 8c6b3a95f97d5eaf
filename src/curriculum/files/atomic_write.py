"""A file is written aside, onto the disk, read back, and only then takes its place."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from typing import Final

from curriculum.errors import UnwritableOutput

__all__ = [
    "find_temporary_files",
    "folder_to_names",
    "is_file_name",
    "is_plain_name",
    "is_regular",
    "is_temporary_of",
    "keep_previous",
    "path_beside",
    "path_to_mode",
    "put_file",
    "remove_quietly",
    "remove_temporary_files",
    "replace_with",
    "sync_folder",
    "unwritable",
    "write_file",
    "write_temporary",
]

_ASIDE: Final = "aside"
# What every user may do with a new file, less what the umask of the process takes.
_MOST: Final = 0o666
# A name takes up to 255 bytes; what is put around it needs some.
_LONGEST_NAME: Final = 200
_RANDOM_BYTES: Final = 8
_RANDOM: Final = r"[0-9a-f]{16}"
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)


def unwritable(where: Path, fault: OSError) -> UnwritableOutput:
    """Return the error of a file that the system does not let us write."""
    return UnwritableOutput(
        "cannot be written",
        where=where.as_posix(),
        found=(fault.strerror or type(fault).__name__).lower(),
        advice="If it is open in another program, such as Excel, close it there; or choose another place.",
    )


def is_plain_name(name: str) -> bool:
    r"""Return whether a name is one of a file in a folder, on any system: no path, no device, nothing hidden.

    Examples
    --------
    >>> [is_plain_name(name) for name in ("duties.csv", "..", "a/b", "C:x", "CON", "nul.csv", "a\\b", ".git")]
    [True, False, False, False, False, False, False, False]
    """
    return (
        is_file_name(name)
        and PureWindowsPath(name).name == name
        and name.isprintable()
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not any(sign in name for sign in '<>:"|?*')
        and not _DEVICE.fullmatch(name)
    )


def is_file_name(name: str) -> bool:
    r"""Return whether a name leads to a file of the very folder that it is looked up in.

    Examples
    --------
    >>> [is_file_name(name) for name in (".tracker.csv", "..", "a/b", "")]
    [True, False, False, False]
    """
    return Path(name).name == name and name not in {"", ".", ".."} and "\0" not in name


def is_regular(path: Path) -> bool:
    """Return whether a path is a file itself: no folder, no link to one, nothing special."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def path_to_mode(path: Path) -> int | None:
    """Return who may do what with a file; none if there is no such file."""
    return stat.S_IMODE(path.lstat().st_mode) & 0o777 if is_regular(path) else None


def _mark(path: Path) -> str:
    """Return what stands for a file in the names of those beside it; a name that is too long is hashed."""
    name = path.name
    return name if len(os.fsencode(name)) <= _LONGEST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()


def path_beside(path: Path, kind: str) -> Path:
    """Return the hidden file of a kind that belongs to a file.

    Examples
    --------
    >>> path_beside(Path("out/x.csv"), "lock").as_posix()
    'out/.x.csv.lock'
    """
    return path.with_name(f".{_mark(path)}.{kind}")


def is_temporary_of(name: str, path: Path) -> bool:
    """Return whether a name is one under which `write_temporary` writes a file."""
    return re.fullmatch(rf"\.{re.escape(_mark(path))}\.{_RANDOM}\.{_ASIDE}", name) is not None


def write_temporary(path: Path, data: bytes, mode: int | None = None, most: int = _MOST) -> Path:
    """Write a file beside the place that it will take, and read it back.

    The name is a new one that nobody can guess, and no link is followed.

    Parameters
    ----------
    path
        The place that it will take.
    data
        What it is to hold.
    mode
        Who may do what with it; by default as with the file that stands there, else as the umask says.
    most
        What the umask takes from.

    Returns
    -------
    pathlib.Path
        The file, with every byte on the disk.

    Raises
    ------
    OSError
        If it cannot be written, or does not hold what was written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path_to_mode(path)
    mode = before & (most | 0o111) if mode is None and before is not None else mode
    aside, number = _opened(path, most if mode is None else stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            # On the disk before it has the name: a power cut must not leave an empty file.
            os.fsync(file.fileno())
        _refuse_other(aside, data)
        if mode is not None and not hasattr(os, "fchmod"):
            aside.chmod(mode)
    except BaseException:
        remove_quietly(aside)
        raise
    return aside


def _opened(path: Path, mode: int) -> tuple[Path, int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_BINARY", "O_CLOEXEC", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    while True:
        # The name decides nothing about what is written.
        aside = path_beside(path, f"{os.urandom(_RANDOM_BYTES).hex()}.{_ASIDE}")
        with suppress(FileExistsError):
            return aside, os.open(aside, flags, mode)


def _refuse_other(aside: Path, data: bytes) -> None:
    """Hold what the disk gives back against what was written."""
    with aside.open("rb") as file:
        held = memoryview(data)
        step = 1 << 20
        pieces = (held[at : at + step] for at in range(0, len(held), step))
        is_same = all(file.read(step) == piece for piece in pieces) and not file.read(1)
    if not is_same:
        raise OSError(errno.EIO, "not what was written: the disk gave back something else")


def replace_with(aside: Path, path: Path) -> None:
    """Move a file into its place; the one point at which anything that is seen from outside changes."""
    try:
        aside.replace(path)
    except PermissionError:
        # Windows moves nothing over a file that is read-only, as the copy of a read-only file is.
        if os.name != "nt" or not is_regular(path):
            raise
        path.chmod(stat.S_IREAD | stat.S_IWRITE)
        aside.replace(path)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk, on systems that can be asked to."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def remove_quietly(path: Path) -> None:
    """Remove a file, if there is one and it can be removed."""
    with suppress(OSError):
        if os.name == "nt" and is_regular(path):
            path.chmod(stat.S_IREAD | stat.S_IWRITE)
        path.unlink(missing_ok=True)


def find_temporary_files(path: Path) -> list[Path]:
    """Return what runs that were cut off have left beside a file, in the order of the names."""
    return [path.with_name(name) for name in folder_to_names(path.parent) if is_temporary_of(name, path)]


def remove_temporary_files(paths: Iterable[Path]) -> None:
    """Remove what runs that were cut off have left; only who writes alone may."""
    for path in paths:
        for aside in find_temporary_files(path):
            remove_quietly(aside)


def folder_to_names(folder: Path) -> list[str]:
    """Name what lies in a folder, in their order; nothing if it cannot be opened."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write one file: aside, in the same folder, then moved into place.

    Parameters
    ----------
    path
        Where to.
    data
        What it is to hold.
    mode
        Who may do what with it; by default as with the file that stands there, else as the umask says.

    Raises
    ------
    UnwritableOutput
        If it cannot be written; what stood there before is unharmed.
    """
    try:
        put_file(path, data, mode)
    except OSError as fault:
        raise unwritable(path, fault) from fault


def put_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Do what `write_file` does, and let the error of the system through."""
    aside = write_temporary(path, data, mode)
    try:
        replace_with(aside, path)
        sync_folder(path.parent)
    finally:
        remove_quietly(aside)


def keep_previous(path: Path, data: bytes | None = None, mark: str = "previous") -> tuple[Path, bool] | None:
    """Keep a copy of a file that is about to become another: a person may have worked on it.

    Parameters
    ----------
    path
        The file.
    data
        What it is to become; none if it goes.
    mark
        What stands in the name of the copy.

    Returns
    -------
    tuple of pathlib.Path and bool, or None
        The copy, ``<name>.previous``, and whether it is new: one that holds the same already is not made
        again. None if there is no file, or it holds these very bytes.

    Raises
    ------
    UnwritableOutput
        If the copy cannot be written.
    """
    if not path.is_file():
        return None
    held = path.read_bytes()
    if held == data:
        return None
    names = set(folder_to_names(path.parent))
    number = 0
    while (name := f"{path.stem}.{mark}{number or ''}{path.suffix}") in names:
        copy = path.with_name(name)
        if is_regular(copy) and copy.stat().st_size == len(held) and copy.read_bytes() == held:
            return copy, False
        number += 1
    copy = path.with_name(name)
    remove_temporary_files([copy])
    write_file(copy, held, path_to_mode(path))
    return copy, True
