"""Keep results of long work in a folder of the user, outside of every project.

Every file of it can be deleted at any time: it is then made again. A file that is damaged, or that belongs to
another user, is ignored. The folder is that of the system for such files; the variable CURRICULUM_CACHE names
another one.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["VARIABLE", "Cache", "default_folder", "parts_to_key", "user_cache"]

# The variable that names another folder.
VARIABLE: Final = "CURRICULUM_CACHE"
_ENTRY: Final = ".entry"
_TEMPORARY: Final = ".aside"
# Bytes of all entries together.
_MOST_BYTES: Final = 64 * 1024 * 1024
_LENGTH_OF_SUM: Final = 64


def default_folder(variables: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder of the cache on this system.

    Examples
    --------
    >>> default_folder({"XDG_CACHE_HOME": "/var/me"}, "linux").as_posix()
    '/var/me/curriculum'
    """
    if variables.get(VARIABLE):
        return Path(variables[VARIABLE])
    if platform == "win32":
        base = variables.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "curriculum" / "cache"
    if platform == "darwin":
        return Path.home() / "Library" / "Caches" / "curriculum"
    base = variables.get("XDG_CACHE_HOME", "")
    # A relative path is not valid there.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "curriculum"


def parts_to_key(*parts: bytes) -> str:
    """Return the key of an entry: the SHA-256 of all that the entry depends on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return digest.hexdigest()


def user_cache() -> Cache | None:
    """Return the cache of the user; None if the system does not know where the user has a folder."""
    try:
        return Cache(default_folder())
    except RuntimeError:
        return None


@dataclass(frozen=True)
class Cache:
    """Entries by key, each a file in one folder.

    No method raises an error of the system: without its cache a command takes longer, and gives the same.
    """

    folder: Path
    most_bytes: int = _MOST_BYTES

    def read(self, key: str) -> bytes | None:
        """Return the entry with a key; None if there is none that can be used."""
        with suppress(OSError):
            with self._path(key).open("rb") as file:
                if not _is_ours(os.fstat(file.fileno())):
                    return None
                content = file.read()
            # The sum of the key and the data: an entry under another name is damaged too.
            data = content[_LENGTH_OF_SUM:]
            if content[:_LENGTH_OF_SUM] == _sum(key, data):
                return data
        return None

    def write(self, key: str, data: bytes) -> None:
        """Write an entry, and remove the oldest entries if there is too much in the folder."""
        if len(data) > self.most_bytes:
            return
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Only the owner can read and write the file that this makes.
            number, name = tempfile.mkstemp(suffix=_TEMPORARY, dir=self.folder)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(_sum(key, data) + data)
                Path(name).replace(self._path(key))
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
            self._remove_oldest()

    def clear(self) -> int:
        """Remove all entries; return how many there were. Other files in the folder stay."""
        count = 0
        with suppress(OSError):
            for path in sorted(self.folder.iterdir()):
                if path.suffix in (_ENTRY, _TEMPORARY):
                    path.unlink()
                    count += path.suffix == _ENTRY
            self.folder.rmdir()
        return count

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}{_ENTRY}"

    def _remove_oldest(self) -> None:
        found = [(path.stat(), path) for path in self.folder.iterdir() if path.suffix in (_ENTRY, _TEMPORARY)]
        total = sum(status.st_size for status, _ in found)
        for status, path in sorted(found, key=lambda entry: (entry[0].st_mtime_ns, entry[1].name)):
            if total <= self.most_bytes:
                break
            path.unlink(missing_ok=True)
            total -= status.st_size


def _sum(key: str, data: bytes) -> bytes:
    return parts_to_key(key.encode(), data).encode()


def _is_ours(status: os.stat_result) -> bool:
    """Return whether a file is a regular one that belongs to the user, where the system has users."""
    owner = getattr(os, "getuid", lambda: status.st_uid)()
    return stat.S_ISREG(status.st_mode) and status.st_uid == owner
