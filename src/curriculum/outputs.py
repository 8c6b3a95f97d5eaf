"""Files are written aside and moved into place; a folder of them is sealed by a manifest, last.

After a kill at any point a folder holds the previous result, the new one, or a mixture that its
manifest gives away.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from pathlib import Path

from curriculum.errors import MissingDocument, MixedFolder, UnwritableOutput

__all__ = [
    "MANIFEST_NAME",
    "check_folder",
    "is_mixed",
    "keep_previous",
    "read_manifest",
    "refuse_edited",
    "write_file",
    "write_files",
    "write_folder",
]

MANIFEST_NAME = "MANIFEST.csv"
_ASIDE = ".aside"
_HEAD = ("path", "sha256")


def _replace(source: Path, target: Path) -> None:
    """Move a file into place; the one point at which anything that is seen from outside changes."""
    source.replace(target)


def _unwritable(where: Path, fault: OSError) -> UnwritableOutput:
    return UnwritableOutput(
        "cannot be written",
        where=where.as_posix(),
        found=(fault.strerror or type(fault).__name__).lower(),
        advice="If it is open in another program, such as Excel, close it there; or choose another place.",
    )


def write_file(path: Path, data: bytes) -> None:
    """Write one file: aside, in the same folder, then moved into place.

    Raises
    ------
    UnwritableOutput
        If it cannot be written; what stood there before is unharmed.
    """
    aside = path.with_name(f"{path.name}{_ASIDE}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(data)
            # On the disk before it has the name: a power cut must not leave an empty file.
            file.flush()
            os.fsync(file.fileno())
        _replace(aside, path)
    except OSError as fault:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise _unwritable(path, fault) from fault


def write_files(files: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """Write several files: all aside first, then moved into place one by one, the last one last.

    Parameters
    ----------
    files
        Bytes by path.

    Returns
    -------
    tuple of pathlib.Path
        Copies of what stood there before and was something else, ``<name>.previous``.

    Raises
    ------
    UnwritableOutput
        If one cannot be written; what stood there before is unharmed.
    """
    asides = {path: path.with_name(f"{path.name}{_ASIDE}") for path in files}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            asides[path].write_bytes(data)
        kept = tuple(copy for path, data in files.items() if (copy := keep_previous(path, data)))
        for path, aside in asides.items():
            _replace(aside, path)
    except OSError as fault:
        raise _unwritable(path, fault) from fault
    finally:
        for aside in asides.values():
            with suppress(OSError):
                aside.unlink(missing_ok=True)
    return kept


def _manifest(files: Mapping[str, bytes]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEAD)
    writer.writerows((name, hashlib.sha256(files[name]).hexdigest()) for name in sorted(files))
    return text.getvalue().encode()


def read_manifest(folder: Path, name: str = MANIFEST_NAME) -> dict[str, str]:
    """Give the hash of each file that a folder's manifest lists; empty if there is no manifest.

    Names that lead out of the folder are left out: a manifest can be anybody's.

    Raises
    ------
    MixedFolder
        If the manifest itself is damaged.
    """
    path = folder / name
    if not path.exists():
        return {}
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        if tuple(rows[0]) != _HEAD or any(len(row) != len(_HEAD) for row in rows):
            raise ValueError
        return {row[0]: row[1] for row in rows[1:] if Path(row[0]).name == row[0]}
    except (csv.Error, ValueError, IndexError) as fault:
        raise _mixed(path, "the two columns path and sha256", "something else") from fault


def _mixed(where: Path, expected: str, found: str) -> MixedFolder:
    return MixedFolder(
        f"not what {MANIFEST_NAME} lists (a run was cut off, or a file was changed by hand)",
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
    MissingDocument
        If the folder has no manifest.
    MixedFolder
        If a file is missing or not the one that was sealed.
    """
    manifest = read_manifest(folder)
    if not manifest:
        raise MissingDocument(
            f"holds no {MANIFEST_NAME}",
            where=folder.as_posix(),
            expected="a folder that curriculum has written",
            found="another folder, or none",
            advice="Run curriculum build first.",
        )
    files: dict[str, bytes] = {}
    for name, sha256 in manifest.items():
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as fault:
            raise _mixed(folder / name, f"sha256 {sha256}", "no file that can be read") from fault
        found = hashlib.sha256(files[name]).hexdigest()
        if found != sha256:
            raise _mixed(folder / name, f"sha256 {sha256}", found)
    return files


def is_mixed(folder: Path) -> bool:
    """Tell whether a folder has a manifest and does not hold what it lists.

    Examples
    --------
    >>> is_mixed(Path("data/processed"))
    False
    """
    try:
        check_folder(folder)
    except MixedFolder:
        return True
    except MissingDocument:
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
    if folder.is_file():
        raise UnwritableOutput(
            "a file", where=folder.as_posix(), expected="a folder", advice="Name a folder to write to."
        )
    strangers = [name for name in files if name not in known and (folder / name).exists()]
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
    folder: Path, files: Mapping[str, bytes], known: Mapping[str, str], pending: Mapping[str, str]
) -> dict[str, bytes]:
    """Give the files that are neither as a run sealed them nor as they will be: a person's work."""
    held = {name: (folder / name).read_bytes() for name in known if (folder / name).is_file()}
    return {
        name: data
        for name, data in held.items()
        if hashlib.sha256(data).hexdigest() not in {known[name], pending.get(name)}
        and data != files.get(name)
    }


def _beside(folder: Path, name: str, mark: str = "edited") -> Path:
    """Give a name of its own to a copy of a file that a person may have changed."""
    path = Path(name)
    numbers = (f"{path.stem}.{mark}{n or ''}{path.suffix}" for n in range(1000))
    return next(folder / one for one in numbers if not (folder / one).exists())


def keep_previous(path: Path, data: bytes) -> Path | None:
    """Keep a copy of a file that is about to become another: a person may have worked on it.

    Returns
    -------
    pathlib.Path or None
        The copy, ``<name>.previous``; none if there is no file, or it holds these very bytes.

    Raises
    ------
    UnwritableOutput
        If the copy cannot be written.
    """
    if not path.is_file() or path.read_bytes() == data:
        return None
    copy = _beside(path.parent, path.name, "previous")
    write_file(copy, path.read_bytes())
    return copy


def write_folder(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write a folder of files and seal it with a manifest.

    All files are written aside first; then moved into place one by one; then files of the previous
    run that are no more are removed; the manifest comes last. A file that a person has changed since
    the previous run is kept beside, as ``<name>.edited``.

    Parameters
    ----------
    folder
        Where to; made if it is not there.
    files
        Bytes by file name.

    Returns
    -------
    tuple of str
        The names of the copies of changed files.

    Raises
    ------
    UnwritableOutput
        If a file cannot be written, or would overwrite one that is not curriculum's.
    """
    known = _manifest_or_none(folder, MANIFEST_NAME)
    # A run that was cut off or failed leaves the manifest that it was about to seal.
    pending = _manifest_or_none(folder, f"{MANIFEST_NAME}{_ASIDE}")
    _refuse_strangers(folder, files, known.keys() | pending.keys())
    complete = {**files, MANIFEST_NAME: _manifest(files)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = {_beside(folder, name): data for name, data in _edited(folder, files, known, pending).items()}
        for path, data in kept.items():
            path.write_bytes(data)
        for name, data in complete.items():
            (folder / f"{name}{_ASIDE}").write_bytes(data)
        for name in files:
            _replace(folder / f"{name}{_ASIDE}", folder / name)
        for name in known.keys() - files.keys():
            (folder / name).unlink(missing_ok=True)
        _replace(folder / f"{MANIFEST_NAME}{_ASIDE}", folder / MANIFEST_NAME)
    except OSError as fault:
        raise _unwritable(folder, fault) from fault
    finally:
        for name in {*files, *known}:
            with suppress(OSError):
                (folder / f"{name}{_ASIDE}").unlink(missing_ok=True)
    return tuple(path.name for path in kept)
