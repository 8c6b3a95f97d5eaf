"""A folder of files is sealed by a manifest, which comes last.

After a kill at any point a folder holds the previous result, the new one, or a mixture that its
manifest gives away.
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
    """What writing a folder found there.

    ``kept`` are the names of the copies of files that a person had changed; ``was_mixed`` tells that it held
    files of two runs; ``foreign`` are the lines of the old manifest that name what is none of ours.
    """

    kept: tuple[str, ...]
    was_mixed: bool
    foreign: tuple[str, ...]


def _manifest(files: Mapping[str, bytes]) -> bytes:
    rows = [(name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(files)]
    return rows_to_csv([_HEADER, *rows]).encode()


def _manifest_lines(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of a manifest: number, name and hash; nothing if there is no manifest.

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

    Names that lead out of the folder, or to anything but a file, are left out: a manifest can be anybody's.

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
        f"not what {MANIFEST_NAME} lists (a run was cut off or is under way, or a file was changed by hand)",
        where=where.as_posix(),
        expected=expected,
        found=found,
        advice="Run curriculum build again; of a folder of your own, delete it and write it anew.",
    )


def check_folder(folder: Path) -> dict[str, bytes]:
    """Read the files of a sealed folder, each held against its hash.

    Returns
    -------
    dict of str to bytes
        The files that the manifest lists.

    Raises
    ------
    NotFound
        If the folder has no manifest.
    MixedFolder
        If a file is missing or not the one that was sealed.
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
    """Return whether a folder has a manifest and does not hold what it lists.

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
    """Refuse a folder whose files were changed since, or are another command's, so that none is lost.

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
            found="something else (edited by hand, or a run was cut off)",
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
    """Refuse to overwrite files that no earlier run has written."""
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
    """Read a manifest; one that is damaged lists nothing."""
    try:
        return read_manifest(folder, name)
    except MixedFolder:
        return {}


def _edited(
    folder: Path, files: Mapping[str, bytes], known: Mapping[str, str], pending: Mapping[str, Set[str]]
) -> list[str]:
    """Name the files that are neither as a run sealed them nor as they will be: a person's work."""
    held = {name: (folder / name).read_bytes() for name in known if atomic_write.is_regular(folder / name)}
    return [
        name
        for name, data in held.items()
        if hashlib.sha256(data).hexdigest() not in {known[name], *pending.get(name, ())}
        and data != files.get(name)
    ]


def _foreign(folder: Path, is_own: Callable[[str], bool]) -> tuple[str, ...]:
    """Tell of the lines of a manifest that name what no run has written."""
    try:
        lines = list(_manifest_lines(folder / MANIFEST_NAME))
    except MixedFolder:
        return ()
    return tuple(
        f"{MANIFEST_NAME}, line {line}: {text_to_quoted(name)}"
        for line, name, _ in lines
        if not (atomic_write.is_plain_name(name) and is_own(name))
    )


def _pending(folder: Path) -> dict[str, set[str]]:
    """Return the hashes that runs which were cut off or failed were about to seal, by name."""
    pending: dict[str, set[str]] = {}
    for path in atomic_write.find_temporary_files(folder / MANIFEST_NAME):
        for name, sha256 in _manifest_or_none(folder, path.name).items():
            pending.setdefault(name, set()).add(sha256)
    return pending


def _no_name(_: str) -> bool:
    return False


def write_folder(
    folder: Path, files: Mapping[str, bytes], is_own: Callable[[str], bool] = _no_name
) -> WriteResult:
    """Write a folder of files and seal it with a manifest, while nobody else writes there.

    All files are written aside first; then moved into place one by one; then files of the previous
    run that are no more are removed; the manifest comes last. A file that a person has changed since
    the previous run is kept beside, as ``<name>.edited``.

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    files
        Bytes by file name.
    is_own
        Tells of a name beyond those of ``files`` whether an earlier run can have written it; what a manifest
        lists beyond is neither removed nor copied.

    Returns
    -------
    WriteResult

    Raises
    ------
    UnwritableOutput
        If a file cannot be written, would overwrite one that is not curriculum's, or somebody else is
        writing there.
    """
    if folder.is_file():
        raise UnwritableOutput(
            "a file", where=folder.as_posix(), expected="a folder", advice="Name a folder to write to."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with write_lock(folder / _LOCK, folder):
            return _write_folder(folder, files, lambda name: name in files or is_own(name))
    except OSError as fault:
        raise atomic_write.unwritable(folder, fault) from fault


def _write_folder(folder: Path, files: Mapping[str, bytes], is_own: Callable[[str], bool]) -> WriteResult:
    listed, pending = _manifest_or_none(folder, MANIFEST_NAME), _pending(folder)
    known = {name: sha256 for name, sha256 in listed.items() if is_own(name)}
    foreign, was_mixed = _foreign(folder, is_own), is_mixed(folder)
    _refuse_strangers(folder, files, known.keys() | pending.keys())
    kept = [
        atomic_write.keep_previous(folder / name, files.get(name), "edited")
        for name in _edited(folder, files, known, pending)
    ]
    complete = {**files, MANIFEST_NAME: _manifest(files)}
    _move_in(folder, complete, known.keys() - files.keys())
    atomic_write.remove_temporary_files(folder / name for name in {*complete, *known})
    return WriteResult(tuple(copy.name for copy, _ in filter(None, kept)), was_mixed, foreign)


def _move_in(folder: Path, complete: Mapping[str, bytes], gone: Iterable[str]) -> None:
    """Put files in place and remove others, the manifest last; a failure leaves it aside, as a sign."""
    written: dict[str, Path] = {}
    has_begun = False
    try:
        for name, data in complete.items():
            written[name] = atomic_write.write_temporary(folder / name, data)
        for name, aside in written.items():
            if name != MANIFEST_NAME:
                has_begun = True
                atomic_write.replace_with(aside, folder / name)
        for name in gone:
            if atomic_write.is_regular(folder / name):
                atomic_write.remove_quietly(folder / name)
        atomic_write.sync_folder(folder)
        atomic_write.replace_with(written[MANIFEST_NAME], folder / MANIFEST_NAME)
        atomic_write.sync_folder(folder)
    finally:
        for name, aside in written.items():
            if name != MANIFEST_NAME or not has_begun:
                atomic_write.remove_quietly(aside)
