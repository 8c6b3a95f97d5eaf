"""Write files atomically: to a temporary file, read back from the disk, then moved into place."""

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
    "TEMPORARY",
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

TEMPORARY: Final = "aside"
# The permissions of a new file, before the umask of the process.
_DEFAULT_MODE: Final = 0o666
# A name has up to 255 bytes; the marks around it need some of them.
_LONGEST_NAME: Final = 200
_RANDOM_BYTES: Final = 8
_RANDOM: Final = r"[0-9a-f]{16}"
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)


def unwritable(where: Path, fault: OSError) -> UnwritableOutput:
    """Return the error for a file that the system does not allow to be written."""
    return UnwritableOutput(
        "cannot be written",
        where=where.as_posix(),
        found=(fault.strerror or type(fault).__name__).lower(),
        advice="If it is open in another program, such as Excel, close it there; or choose another place.",
    )


def is_plain_name(name: str) -> bool:
    r"""Return whether a name is a plain file name on any system: no path, no device, not hidden.

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
    r"""Return whether a name is that of a file directly in a folder, and not a path.

    Examples
    --------
    >>> [is_file_name(name) for name in (".tracker.csv", "..", "a/b", "")]
    [True, False, False, False]
    """
    return Path(name).name == name and name not in {"", ".", ".."} and "\0" not in name


def is_regular(path: Path) -> bool:
    """Return whether a path is a regular file: not a folder, a link or a device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def path_to_mode(path: Path) -> int | None:
    """Return the permissions of a file; None if there is no such file."""
    return stat.S_IMODE(path.lstat().st_mode) & 0o777 if is_regular(path) else None


def _path_to_mark(path: Path) -> str:
    """Return the part that names a file in the names of its hidden files; a long name is hashed."""
    name = path.name
    return name if len(os.fsencode(name)) <= _LONGEST_NAME else hashlib.sha256(os.fsencode(name)).hexdigest()


def path_beside(path: Path, kind: str) -> Path:
    """Return the path of the hidden file of a kind that belongs to a file.

    Examples
    --------
    >>> path_beside(Path("out/x.csv"), "lock").as_posix()
    'out/.x.csv.lock'
    """
    return path.with_name(f".{_path_to_mark(path)}.{kind}")


def is_temporary_of(name: str, path: Path) -> bool:
    """Return whether a name is that of a temporary file that `write_temporary` writes for a path."""
    return re.fullmatch(rf"\.{re.escape(_path_to_mark(path))}\.{_RANDOM}\.{TEMPORARY}", name) is not None


def write_temporary(path: Path, data: bytes, mode: int | None = None, most: int = _DEFAULT_MODE) -> Path:
    """Write a temporary file next to a path, and read it back.

    The name is random, so that no other program can guess it, and no link is followed.

    Parameters
    ----------
    path
        The path that the file will get.
    data
        Its content.
    mode
        Its permissions; by default those of the existing file, else those of the umask.
    most
        The permissions before the umask.

    Returns
    -------
    pathlib.Path
        The temporary file, with every byte on the disk.

    Raises
    ------
    OSError
        If it cannot be written, or is read back with other content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path_to_mode(path)
    mode = before & (most | 0o111) if mode is None and before is not None else mode
    temporary, number = _opened(path, most if mode is None else stat.S_IRUSR | stat.S_IWUSR)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            # On the disk before it gets its name: a power cut must not leave an empty file.
            os.fsync(file.fileno())
        _check_read_back(temporary, data)
        if mode is not None and not hasattr(os, "fchmod"):
            temporary.chmod(mode)
    except BaseException:
        remove_quietly(temporary)
        raise
    return temporary


def _opened(path: Path, mode: int) -> tuple[Path, int]:
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    for name in ("O_NOFOLLOW", "O_BINARY", "O_CLOEXEC", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    while True:
        # The random name has no effect on the content.
        temporary = path_beside(path, f"{os.urandom(_RANDOM_BYTES).hex()}.{TEMPORARY}")
        with suppress(FileExistsError):
            return temporary, os.open(temporary, flags, mode)


def _check_read_back(temporary: Path, data: bytes) -> None:
    """Check that the file on the disk has the bytes that were written."""
    with temporary.open("rb") as file:
        written = memoryview(data)
        step = 1 << 20
        pieces = (written[at : at + step] for at in range(0, len(written), step))
        is_same = all(file.read(step) == piece for piece in pieces) and not file.read(1)
    if not is_same:
        raise OSError(errno.EIO, "not what was written: the disk gave back something else")


def replace_with(temporary: Path, path: Path) -> None:
    """Move a temporary file to its path: only at this point does the visible file change."""
    try:
        temporary.replace(path)
    except PermissionError:
        # Windows does not replace a read-only file.
        if os.name != "nt" or not is_regular(path):
            raise
        path.chmod(stat.S_IREAD | stat.S_IWRITE)
        temporary.replace(path)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk, on systems that support it."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def remove_quietly(path: Path) -> None:
    """Remove a file, if it exists and can be removed."""
    with suppress(OSError):
        if os.name == "nt" and is_regular(path):
            path.chmod(stat.S_IREAD | stat.S_IWRITE)
        path.unlink(missing_ok=True)


def find_temporary_files(path: Path) -> list[Path]:
    """Return the temporary files that interrupted runs have left next to a file, in order of name."""
    return [path.with_name(name) for name in folder_to_names(path.parent) if is_temporary_of(name, path)]


def remove_temporary_files(paths: Iterable[Path]) -> None:
    """Remove the temporary files of interrupted runs; the caller must hold the lock."""
    for path in paths:
        for temporary in find_temporary_files(path):
            remove_quietly(temporary)


def folder_to_names(folder: Path) -> list[str]:
    """Return the sorted names in a folder; an empty list if it cannot be opened."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write one file atomically: a temporary file in the same folder is moved into place.

    Parameters
    ----------
    path
        The file to write.
    data
        Its content.
    mode
        Its permissions; by default those of the existing file, else those of the umask.

    Raises
    ------
    UnwritableOutput
        If it cannot be written; the previous file is unchanged.
    """
    try:
        put_file(path, data, mode)
    except OSError as fault:
        raise unwritable(path, fault) from fault


def put_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write one file like `write_file`, but raise the error of the system."""
    temporary = write_temporary(path, data, mode)
    try:
        replace_with(temporary, path)
        sync_folder(path.parent)
    finally:
        remove_quietly(temporary)


def keep_previous(path: Path, data: bytes | None = None, mark: str = "previous") -> tuple[Path, bool] | None:
    """Copy a file before it is replaced, as a person may have worked on it.

    Parameters
    ----------
    path
        The file.
    data
        Its new content; None if the file is to be removed.
    mark
        The mark in the name of the copy.

    Returns
    -------
    tuple of pathlib.Path and bool, or None
        The copy, ``<name>.previous``, and whether it is new: an existing copy with the same content is not
        made again. None if there is no file, or its content is the new content already.

    Raises
    ------
    UnwritableOutput
        If the copy cannot be written.
    """
    if not path.is_file():
        return None
    old_data = path.read_bytes()
    if old_data == data:
        return None
    names = set(folder_to_names(path.parent))
    number = 0
    while (name := f"{path.stem}.{mark}{number or ''}{path.suffix}") in names:
        copy = path.with_name(name)
        if is_regular(copy) and copy.stat().st_size == len(old_data) and copy.read_bytes() == old_data:
            return copy, False
        number += 1
    copy = path.with_name(name)
    remove_temporary_files([copy])
    write_file(copy, old_data, path_to_mode(path))
    return copy, True
