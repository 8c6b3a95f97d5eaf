"""Write a folder of files and, last, a manifest with the hash of each file.

If a run is killed at any point, the folder holds the previous result, the new one, or a mixture that
the manifest shows.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from curriculum.errors import MixedFolder, NotFound, UnwritableOutput
from curriculum.files import atomic_write
from curriculum.files.csv_cells import rows_to_csv
from curriculum.files.locks import write_lock
from curriculum.model.text import text_to_quoted

__all__ = [
    "MANIFEST_NAME",
    "WriteResult",
    "check_folder",
    "is_mixed",
    "read_manifest",
    "refuse_edited",
    "write_folder",
]

MANIFEST_NAME = "MANIFEST.csv"
_LOCK = ".lock"
_HEADER = ("path", "sha256")


class WriteResult(NamedTuple):
    """The result of writing a folder.

    ``kept`` are the names of the copies of files that a person had changed. ``was_mixed`` is true if the
    folder held files of two runs. ``foreign`` are the lines of the old manifest that name files of other
    programs.
    """

    kept: tuple[str, ...]
    was_mixed: bool
    foreign: tuple[str, ...]


def _manifest(files: Mapping[str, bytes]) -> bytes:
    rows = [(name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(files)]
    return rows_to_csv([_HEADER, *rows]).encode()


def _manifest_lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield number, name and hash of each line of a manifest; nothing if there is no manifest.

    Raises
    ------
    MixedFolder
        If it is damaged.
    """
    if not path.exists():
        return
    try:
        if not atomic_write.is_regular(path):
            raise ValueError
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        if tuple(rows[0]) != _HEADER or any(len(row) != len(_HEADER) for row in rows):
            raise ValueError
    except (ValueError, IndexError, csv.Error) as fault:
        raise _mixed(path, "the two columns path and sha256", "something else") from fault
    yield from ((line, name, sha256) for line, (name, sha256) in enumerate(rows[1:], start=2))


def read_manifest(folder: Path, name: str = MANIFEST_NAME) -> dict[str, str]:
    """Return the hash of each file that a folder's manifest lists; empty if there is no manifest.

    Names that are not plain file names are left out, as any program can have written the manifest.

    Raises
    ------
    MixedFolder
        If the manifest itself is damaged.
    """
    return {
        name: sha256 for _, name, sha256 in _manifest_lines(folder / name) if atomic_write.is_plain_name(name)
    }


def _mixed(where: Path, expected: str, found: str) -> MixedFolder:
    return MixedFolder(
        f"not what {MANIFEST_NAME} lists (a run was interrupted or is not finished, or a file was edited)",
        where=where.as_posix(),
        expected=expected,
        found=found,
        advice="Run curriculum build again; delete a folder that another command wrote, and write it again.",
    )


def check_folder(folder: Path) -> dict[str, bytes]:
    """Read the files that the manifest of a folder lists, and check each against its hash.

    Returns
    -------
    dict of str to bytes
        The files that the manifest lists.

    Raises
    ------
    NotFound
        If the folder has no manifest.
    MixedFolder
        If a file is missing, or its hash is not that of the manifest.
    """
    manifest = read_manifest(folder)
    if not manifest:
        raise NotFound(
            f"holds no {MANIFEST_NAME}",
            where=folder.as_posix(),
            expected="a folder that curriculum has written",
            found="another folder, or none",
            advice="Run curriculum build first.",
        )
    files: dict[str, bytes] = {}
    for name, sha256 in manifest.items():
        try:
            if not atomic_write.is_regular(folder / name):
                raise FileNotFoundError
            files[name] = (folder / name).read_bytes()
        except OSError as fault:
            raise _mixed(folder / name, f"sha256 {sha256}", "no file that can be read") from fault
        found = hashlib.sha256(files[name]).hexdigest()
        if found != sha256:
            raise _mixed(folder / name, f"sha256 {sha256}", found)
    return files


def is_mixed(folder: Path) -> bool:
    """Return whether a folder has a manifest but not exactly the files that it lists.

    Examples
    --------
    >>> is_mixed(Path("data/processed"))
    False
    """
    try:
        check_folder(folder)
    except MixedFolder:
        return True
    except NotFound:
        return False
    return False


def refuse_edited(folder: Path, names: Iterable[str]) -> None:
    """Raise an error for a folder with changed files or files of another command, so that none is lost.

    Raises
    ------
    UnwritableOutput
        If the folder does not hold what its manifest lists, or the manifest lists files that are not
        among ``names``.
    """
    if is_mixed(folder):
        raise UnwritableOutput(
            "holds files that were changed since they were written",
            where=folder.as_posix(),
            expected=f"what {MANIFEST_NAME} lists",
            found="something else (edited by hand, or a run was interrupted)",
            advice="Choose another folder with -o, or delete this one if nothing in it is needed.",
        )
    others = sorted(read_manifest(folder).keys() - set(names))
    if others:
        raise UnwritableOutput(
            "holds what another command has written",
            where=folder.as_posix(),
            expected="an empty folder, or one that this command has written",
            found=", ".join(others),
            advice="Choose another folder with -o.",
        )


def _refuse_strangers(folder: Path, files: Mapping[str, bytes], known: Set[str]) -> None:
    """Raise an error if files would be overwritten that no earlier run has written."""
    strangers = [
        name for name in files if (name not in known and (folder / name).exists()) or (folder / name).is_dir()
    ]
    if strangers:
        raise UnwritableOutput(
            "holds files of the same names that curriculum has not written",
            where=folder.as_posix(),
            expected="an empty folder, or one with a manifest that lists them",
            found=", ".join(sorted(strangers)),
            advice="Choose another folder with -o, or delete these if nothing in them is needed.",
        )


def _manifest_or_none(folder: Path, name: str) -> dict[str, str]:
    """Read a manifest; a damaged one gives an empty dictionary."""
    try:
        return read_manifest(folder, name)
    except MixedFolder:
        return {}


def _edited(
    folder: Path, files: Mapping[str, bytes], known: Mapping[str, str], pending: Mapping[str, Set[str]]
) -> list[str]:
    """Return the names of files that a person has edited: neither the old content nor the new one."""
    contents = {
        name: (folder / name).read_bytes() for name in known if atomic_write.is_regular(folder / name)
    }
    return [
        name
        for name, data in contents.items()
        if hashlib.sha256(data).hexdigest() not in {known[name], *pending.get(name, ())}
        and data != files.get(name)
    ]


def _foreign(folder: Path, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the lines of a manifest that name files which no run has written."""
    try:
        lines = list(_manifest_lines(folder / MANIFEST_NAME))
    except MixedFolder:
        return ()
    return tuple(
        f"{MANIFEST_NAME}, line {line}: {text_to_quoted(name)}"
        for line, name, _ in lines
        if not (atomic_write.is_plain_name(name) and is_known(name))
    )


def _pending(folder: Path) -> dict[str, set[str]]:
    """Return the hashes that interrupted or failed runs were going to write, by name."""
    pending: dict[str, set[str]] = {}
    for path in atomic_write.find_temporary_files(folder / MANIFEST_NAME):
        for name, sha256 in _manifest_or_none(folder, path.name).items():
            pending.setdefault(name, set()).add(sha256)
    return pending


def _no_name(_: str) -> bool:
    return False


def write_folder(
    folder: Path, files: Mapping[str, bytes], is_known: Callable[[str], bool] = _no_name
) -> WriteResult:
    """Write a folder of files with a manifest, under a lock.

    First all files are written to temporary files. Then they are moved into place one by one, and files of
    the previous run that are not part of the new one are removed. The manifest is moved last. A file that a
    person has changed since the previous run is copied to ``<name>.edited``.

    Parameters
    ----------
    folder
        The folder to write to; it is made if it does not exist.
    files
        Bytes by file name.
    is_known
        Returns for a name that is not in ``files`` whether an earlier run can have written it. Other files of
        the manifest are neither removed nor copied.

    Returns
    -------
    WriteResult

    Raises
    ------
    UnwritableOutput
        If a file cannot be written, would overwrite a file of another program, or another process is
        writing there.
    """
    if folder.is_file():
        raise UnwritableOutput(
            "a file", where=folder.as_posix(), expected="a folder", advice="Name a folder to write to."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(folder / _LOCK, folder):
            return _write_folder(folder, files, lambda name: name in files or is_known(name))
    except OSError as fault:
        raise atomic_write.unwritable(folder, fault) from fault


def _write_folder(folder: Path, files: Mapping[str, bytes], is_known: Callable[[str], bool]) -> WriteResult:
    listed, pending = _manifest_or_none(folder, MANIFEST_NAME), _pending(folder)
    known = {name: sha256 for name, sha256 in listed.items() if is_known(name)}
    foreign, was_mixed = _foreign(folder, is_known), is_mixed(folder)
    _refuse_strangers(folder, files, known.keys() | pending.keys())
    kept = [
        atomic_write.keep_previous(folder / name, files.get(name), "edited")
        for name in _edited(folder, files, known, pending)
    ]
    complete = {**files, MANIFEST_NAME: _manifest(files)}
    _move_in(folder, complete, known.keys() - files.keys())
    atomic_write.remove_temporary_files(folder / name for name in {*complete, *known})
    return WriteResult(tuple(copy.name for copy, _ in filter(None, kept)), was_mixed, foreign)


def _move_in(folder: Path, complete: Mapping[str, bytes], removed: Iterable[str]) -> None:
    """Move files into place and remove others; the manifest last. A failure leaves its temporary file."""
    written: dict[str, Path] = {}
    has_begun = False
    try:
        for name, data in complete.items():
            written[name] = atomic_write.write_temporary(folder / name, data)
        for name, temporary in written.items():
            if name != MANIFEST_NAME:
                has_begun = True
                atomic_write.replace_with(temporary, folder / name)
        for name in removed:
            if atomic_write.is_regular(folder / name):
                atomic_write.remove_quietly(folder / name)
        atomic_write.sync_folder(folder)
        atomic_write.replace_with(written[MANIFEST_NAME], folder / MANIFEST_NAME)
        atomic_write.sync_folder(folder)
    finally:
        for name, temporary in written.items():
            if name != MANIFEST_NAME or not has_begun:
                atomic_write.remove_quietly(temporary)
