"""Write several files that belong together; a journal lists them while they are moved into place.

A run that is interrupted before the first file is moved leaves the old files. A run that is interrupted
later leaves the journal: with it the next command moves the other files too, or reports what it found.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from curriculum.errors import MixedFolder, UnwritableOutput
from curriculum.files import atomic_write
from curriculum.files.locks import write_lock

__all__ = ["finish_sets", "refuse_mixed", "replace_file", "write_files"]

_JOURNAL: Final = "unfinished"
_LOCK: Final = "lock"
_LONGEST_JOURNAL: Final = 100_000


@dataclass(frozen=True)
class _Journal:
    """A set of files that are moved into place.

    ``temporary_files`` are the names of the temporary files, by name of the file. ``is_undone`` is true if
    the move was undone because a file could not be moved.
    """

    path: Path
    temporary_files: Mapping[str, str]
    hashes: Mapping[str, str]
    is_undone: bool = False

    def pending(self) -> list[str]:
        """Return the names of the files that are not yet moved into place."""
        return [
            name
            for name, temporary in self.temporary_files.items()
            if atomic_write.is_regular(self.path.with_name(temporary))
        ]

    @property
    def is_mixed(self) -> bool:
        """True if the files come from two runs."""
        return self.is_undone or 0 < len(self.pending()) < len(self.temporary_files)

    def to_bytes(self) -> bytes:
        """Return the journal as JSON."""
        fields = {
            "is_undone": self.is_undone,
            "asides": dict(self.temporary_files),
            "hashes": dict(self.hashes),
        }
        return json.dumps(fields, indent=1).encode()


def _path_to_journal(path: Path) -> _Journal | None:
    """Read a journal; None if there is none, or if another program wrote the file."""
    try:
        if not atomic_write.is_regular(path) or path.stat().st_size > _LONGEST_JOURNAL:
            return None
        fields = json.loads(path.read_bytes())
        journal = _Journal(path, dict(fields["asides"]), dict(fields["hashes"]), fields["is_undone"] is True)
        are_ours = all(
            atomic_write.is_file_name(name) and atomic_write.is_temporary_of(temporary, path.with_name(name))
            for name, temporary in journal.temporary_files.items()
        )
        return journal if are_ours and journal.temporary_files.keys() == journal.hashes.keys() else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _journals_of(path: Path) -> list[_Journal]:
    """Return the journals in the folder of a file that list the file."""
    names = atomic_write.folder_to_names(path.parent)
    found = [_path_to_journal(path.with_name(name)) for name in names if name.endswith(f".{_JOURNAL}")]
    return [journal for journal in found if journal and path.name in journal.temporary_files]


def refuse_mixed(path: Path) -> None:
    """Raise an error for a file of a set in which other files are from an earlier run.

    Raises
    ------
    MixedFolder
        If a journal in the folder of the file shows this.
    """
    for journal in _journals_of(path):
        if journal.is_mixed:
            raise MixedFolder(
                "one of several files that belong together, but they come from two runs (one was interrupted "
                "or is not finished)",
                where=path.as_posix(),
                expected=", ".join(journal.temporary_files),
                found=f"{', '.join(journal.pending()) or 'some'} of an earlier run",
                advice="Run the command that wrote them again: it moves the others into place. If they are "
                f"as you want them, delete {journal.path.name}.",
            )


def finish_sets(paths: Iterable[Path | None]) -> tuple[Path, ...]:
    """Finish the sets of files that an interrupted run has left.

    Parameters
    ----------
    paths
        Files that will be read or written.

    Returns
    -------
    tuple of pathlib.Path
        The files that were moved into place.

    Raises
    ------
    UnwritableOutput
        If a file cannot be moved into place.
    """
    placed: list[Path] = []
    for path in paths:
        for journal in _journals_of(path) if path else ():
            with write_lock(journal.path.with_suffix(f".{_LOCK}"), path or journal.path):
                placed += _finish(journal.path)
    return tuple(placed)


def _finish(journal_path: Path) -> list[Path]:
    """Move the files of a journal into place; keep a journal that cannot be finished."""
    journal = _path_to_journal(journal_path)
    if not journal or journal.is_undone:
        return []
    pending = {
        journal_path.with_name(name): journal_path.with_name(journal.temporary_files[name])
        for name in journal.pending()
    }
    try:
        contents = {path: temporary.read_bytes() for path, temporary in pending.items()}
        if any(
            hashlib.sha256(data).hexdigest() != journal.hashes[path.name] for path, data in contents.items()
        ):
            return []
        for path, temporary in pending.items():
            atomic_write.keep_previous(path, contents[path])
            atomic_write.replace_with(temporary, path)
        atomic_write.sync_folder(journal_path.parent)
        journal_path.unlink(missing_ok=True)
    except OSError as fault:
        raise atomic_write.unwritable(journal_path, fault) from fault
    return list(pending)


@dataclass
class _Placing:
    """The steps done so far for a set of files, so that they can be undone."""

    journal: Path
    temporary_files: dict[Path, Path] = field(default_factory=dict)
    before: dict[Path, tuple[bytes, int | None] | None] = field(default_factory=dict)
    copies: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    def listed(self, files: Mapping[Path, bytes], is_undone: bool = False) -> bytes:
        """Return the journal of the set."""
        hashes = {path.name: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        names = {path.name: temporary.name for path, temporary in self.temporary_files.items()}
        return _Journal(self.journal, names, hashes, is_undone).to_bytes()

    def undo(self, files: Mapping[Path, bytes]) -> None:
        """Restore the previous files; if that fails, the journal records it."""
        with suppress(OSError):
            if self.before:
                atomic_write.put_file(self.journal, self.listed(files, is_undone=True))
            for path, previous in self.before.items():
                if previous:
                    atomic_write.put_file(path, *previous)
                else:
                    path.unlink(missing_ok=True)
            for path in (*self.copies, *self.temporary_files.values()):
                atomic_write.remove_quietly(path)
            self.journal.unlink(missing_ok=True)


def write_files(files: Mapping[Path, bytes], like: Path | None = None) -> tuple[Path, ...]:
    """Write several files of one folder that belong together: all of them, or none.

    Parameters
    ----------
    files
        Bytes by path; the last one gives its name to the set.
    like
        The file that they were made from: the last file gets its permissions, and the others get no wider
        permissions than it has.

    Returns
    -------
    tuple of pathlib.Path
        Copies of the previous files with other content, ``<name>.previous``.

    Raises
    ------
    UnwritableOutput
        If a file cannot be written, or another process is writing; the previous files are unchanged.
    """
    if not files:
        return ()
    *_, out = files
    placing = _Placing(atomic_write.path_beside(out, _JOURNAL))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise atomic_write.unwritable(out, fault) from fault
    with write_lock(atomic_write.path_beside(out, _LOCK), out):
        _finish(placing.journal)
        atomic_write.remove_temporary_files([*files, placing.journal])
        _check_paths(files)
        try:
            _place(files, placing, atomic_write.path_to_mode(like) if like else None)
        except BaseException as fault:
            placing.undo(files)
            if isinstance(fault, OSError):
                raise atomic_write.unwritable(_blamed(fault, out), fault) from fault
            raise
    return tuple(placing.kept)


def _blamed(fault: OSError, out: Path) -> Path:
    """Return the file that could not be moved into place."""
    names = [name for name in (fault.filename2, fault.filename) if isinstance(name, str)]
    return Path(names[0]) if names and not names[0].endswith(f".{atomic_write.TEMPORARY}") else out


def _place(files: Mapping[Path, bytes], placing: _Placing, mode: int | None) -> None:
    *_, out = files
    private = 0o666 if mode is None else mode & 0o666 | stat.S_IRUSR | stat.S_IWUSR
    for path, data in files.items():
        permissions = mode if path == out else None
        placing.temporary_files[path] = atomic_write.write_temporary(path, data, permissions, private)
    atomic_write.put_file(placing.journal, placing.listed(files))
    for path, data in files.items():
        if copy := atomic_write.keep_previous(path, data):
            placing.kept.append(copy[0])
            placing.copies += [copy[0]] if copy[1] else []
    for path, temporary in placing.temporary_files.items():
        placing.before[path] = (
            (path.read_bytes(), atomic_write.path_to_mode(path)) if path.is_file() else None
        )
        atomic_write.replace_with(temporary, path)
    atomic_write.sync_folder(out.parent)
    placing.journal.unlink()
    atomic_write.sync_folder(out.parent)


def _check_paths(paths: Iterable[Path]) -> None:
    """Raise an error for paths to which no file can be written, before the first file is written.

    Raises
    ------
    UnwritableOutput
        If a path is a folder, or another program has the file open.
    """
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            raise UnwritableOutput("a folder", where=path.as_posix(), advice="Choose another name with -o.")
        # On Windows a file that is open in Excel cannot be written.
        if os.name == "nt" and path.is_file() and os.access(path, os.W_OK):
            try:
                with path.open("r+b"):
                    pass
            except OSError as fault:
                raise atomic_write.unwritable(path, fault) from fault


def replace_file(path: Path, data: bytes) -> Path | None:
    """Write one file under a lock, and keep a copy of the previous file next to it.

    Returns
    -------
    pathlib.Path or None
        The copy of the previous file, ``<name>.previous``; None if there was none, or it was the same.

    Raises
    ------
    UnwritableOutput
        If it cannot be written, or another process is writing it; the previous file is unchanged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise atomic_write.unwritable(path, fault) from fault
    with write_lock(atomic_write.path_beside(path, _LOCK), path):
        atomic_write.remove_temporary_files([path])
        _check_paths([path])
        kept = atomic_write.keep_previous(path, data)
        atomic_write.write_file(path, data)
    return kept[0] if kept else None
