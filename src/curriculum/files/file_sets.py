"""Several files that belong together: a journal lists them while they take their places one by one.

A run that is cut off before the first file has its place leaves the old files; one that is cut off later
leaves the journal, by which the next command puts the others in place too, or says what it found.
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
    """A set of files that take their places.

    ``asides`` are the names under which they were written, by name; ``is_undone`` tells that some were taken
    back, as one could not be put in place.
    """

    path: Path
    asides: Mapping[str, str]
    hashes: Mapping[str, str]
    is_undone: bool = False

    def pending(self) -> list[str]:
        """Return the files that have not yet taken their places."""
        return [
            name for name, aside in self.asides.items() if atomic_write.is_regular(self.path.with_name(aside))
        ]

    @property
    def is_mixed(self) -> bool:
        """Whether files of two runs stand beside each other."""
        return self.is_undone or 0 < len(self.pending()) < len(self.asides)

    def to_bytes(self) -> bytes:
        """Return the journal as JSON."""
        held = {"is_undone": self.is_undone, "asides": dict(self.asides), "hashes": dict(self.hashes)}
        return json.dumps(held, indent=1).encode()


def _path_to_journal(path: Path) -> _Journal | None:
    """Read a journal; none if there is none, or it is not one of ours: a folder can be anybody's."""
    try:
        if not atomic_write.is_regular(path) or path.stat().st_size > _LONGEST_JOURNAL:
            return None
        held = json.loads(path.read_bytes())
        journal = _Journal(path, dict(held["asides"]), dict(held["hashes"]), held["is_undone"] is True)
        are_ours = all(
            atomic_write.is_file_name(name) and atomic_write.is_temporary_of(aside, path.with_name(name))
            for name, aside in journal.asides.items()
        )
        return journal if are_ours and journal.asides.keys() == journal.hashes.keys() else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _journals_of(path: Path) -> list[_Journal]:
    """Return the journals beside a file that list it."""
    names = atomic_write.folder_to_names(path.parent)
    found = [_path_to_journal(path.with_name(name)) for name in names if name.endswith(f".{_JOURNAL}")]
    return [one for one in found if one and path.name in one.asides]


def refuse_mixed(path: Path) -> None:
    """Refuse a file that was written with others of which some are of an earlier run.

    Raises
    ------
    MixedFolder
        If a journal beside the file says so.
    """
    for journal in _journals_of(path):
        if journal.is_mixed:
            raise MixedFolder(
                "one of several files that belong together, and they are of two runs (one was cut off, or is "
                "under way)",
                where=path.as_posix(),
                expected=", ".join(journal.asides),
                found=f"{', '.join(journal.pending()) or 'some'} of an earlier run",
                advice="Run the command again that wrote them: it puts the others in place. If they are as "
                f"you want them, delete {journal.path.name}.",
            )


def finish_sets(paths: Iterable[Path | None]) -> tuple[Path, ...]:
    """Put in place what a run that was cut off has left of the sets that files belong to.

    Parameters
    ----------
    paths
        Files that are about to be read or written.

    Returns
    -------
    tuple of pathlib.Path
        The files that now have their places.

    Raises
    ------
    UnwritableOutput
        If one cannot be put in place.
    """
    placed: list[Path] = []
    for path in paths:
        for journal in _journals_of(path) if path else ():
            with write_lock(journal.path.with_suffix(f".{_LOCK}"), path or journal.path):
                placed += _finish(journal.path)
    return tuple(placed)


def _finish(path: Path) -> list[Path]:
    """Put in place what a journal lists; one that cannot be finished stays, and says so."""
    journal = _path_to_journal(path)
    if not journal or journal.is_undone:
        return []
    pending = {path.with_name(name): path.with_name(journal.asides[name]) for name in journal.pending()}
    try:
        held = {place: aside.read_bytes() for place, aside in pending.items()}
        if any(hashlib.sha256(data).hexdigest() != journal.hashes[one.name] for one, data in held.items()):
            return []
        for place, aside in pending.items():
            atomic_write.keep_previous(place, held[place])
            atomic_write.replace_with(aside, place)
        atomic_write.sync_folder(path.parent)
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise atomic_write.unwritable(path, fault) from fault
    return list(pending)


@dataclass
class _Placing:
    """What was done of a set so far, so that it can be undone."""

    journal: Path
    asides: dict[Path, Path] = field(default_factory=dict)
    before: dict[Path, tuple[bytes, int | None] | None] = field(default_factory=dict)
    copies: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)

    def listed(self, files: Mapping[Path, bytes], is_undone: bool = False) -> bytes:
        """Return the journal of the set."""
        hashes = {path.name: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        names = {path.name: aside.name for path, aside in self.asides.items()}
        return _Journal(self.journal, names, hashes, is_undone).to_bytes()

    def undo(self, files: Mapping[Path, bytes]) -> None:
        """Let what stood there stand there again; if that fails, the journal says that it did."""
        with suppress(OSError):
            if self.before:
                atomic_write.put_file(self.journal, self.listed(files, is_undone=True))
            for path, held in self.before.items():
                if held:
                    atomic_write.put_file(path, *held)
                else:
                    path.unlink(missing_ok=True)
            for path in (*self.copies, *self.asides.values()):
                atomic_write.remove_quietly(path)
            self.journal.unlink(missing_ok=True)


def write_files(files: Mapping[Path, bytes], like: Path | None = None) -> tuple[Path, ...]:
    """Write several files of one folder that belong together: all of them, or none.

    Parameters
    ----------
    files
        Bytes by path; the last one gives its name to the set.
    like
        The file that they were made from: the last one has its permissions, and the others are open to nobody
        to whom it is closed.

    Returns
    -------
    tuple of pathlib.Path
        Copies of what stood there before and was something else, ``<name>.previous``.

    Raises
    ------
    UnwritableOutput
        If one cannot be written, or somebody else is writing them; what stood there before is unharmed.
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
        _refuse_taken(files)
        try:
            _place(files, placing, atomic_write.path_to_mode(like) if like else None)
        except BaseException as fault:
            placing.undo(files)
            if isinstance(fault, OSError):
                raise atomic_write.unwritable(_blamed(fault, out), fault) from fault
            raise
    return tuple(placing.kept)


def _blamed(fault: OSError, out: Path) -> Path:
    """Return the file that could not be put in place."""
    names = [name for name in (fault.filename2, fault.filename) if isinstance(name, str)]
    return Path(names[0]) if names and not names[0].endswith(".aside") else out


def _place(files: Mapping[Path, bytes], placing: _Placing, mode: int | None) -> None:
    *_, out = files
    private = 0o666 if mode is None else mode & 0o666 | stat.S_IRUSR | stat.S_IWUSR
    for path, data in files.items():
        own = mode if path == out else None
        placing.asides[path] = atomic_write.write_temporary(path, data, own, private)
    atomic_write.put_file(placing.journal, placing.listed(files))
    for path, data in files.items():
        if copy := atomic_write.keep_previous(path, data):
            placing.kept.append(copy[0])
            placing.copies += [copy[0]] if copy[1] else []
    for path, aside in placing.asides.items():
        placing.before[path] = (
            (path.read_bytes(), atomic_write.path_to_mode(path)) if path.is_file() else None
        )
        atomic_write.replace_with(aside, path)
    atomic_write.sync_folder(out.parent)
    placing.journal.unlink()
    atomic_write.sync_folder(out.parent)


def _refuse_taken(paths: Iterable[Path]) -> None:
    """Refuse places where no file can be put, before the first one is.

    Raises
    ------
    UnwritableOutput
        If a folder stands there, or another program has the file open.
    """
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            raise UnwritableOutput("a folder", where=path.as_posix(), advice="Choose another name with -o.")
        # Excel lets nobody else write to a file that it has open; elsewhere that is no hindrance.
        if os.name == "nt" and path.is_file() and os.access(path, os.W_OK):
            try:
                with path.open("r+b"):
                    pass
            except OSError as fault:
                raise atomic_write.unwritable(path, fault) from fault


def replace_file(path: Path, data: bytes) -> Path | None:
    """Write one file, while nobody else writes it; what stood there before is kept beside.

    Returns
    -------
    pathlib.Path or None
        The copy of what stood there, ``<name>.previous``; none if nothing did, or the same.

    Raises
    ------
    UnwritableOutput
        If it cannot be written, or somebody else is writing it; what stood there before is unharmed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise atomic_write.unwritable(path, fault) from fault
    with write_lock(atomic_write.path_beside(path, _LOCK), path):
        atomic_write.remove_temporary_files([path])
        _refuse_taken([path])
        kept = atomic_write.keep_previous(path, data)
        atomic_write.write_file(path, data)
    return kept[0] if kept else None
