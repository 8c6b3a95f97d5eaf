"""Keep what a remap of two versions needs, so that the next remap reads and links nothing again.

Nothing here needs pandas: where a bundle was kept, a remap starts at once.
"""

from __future__ import annotations

import json
import os
import platform
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_file import bundle_to_bytes, bytes_to_bundle
from curriculum.errors import CurriculumError
from curriculum.files.cache import Cache, parts_to_key

__all__ = ["BundleSource", "keep_bundle", "kept_bundle", "source_to_key"]

_PACKAGE: Final = Path(__file__).resolve().parents[1]
# Above this size, to read all files again would take longer than a person waits.
_MOST_BYTES: Final = 200_000_000


@dataclass(frozen=True)
class BundleSource:
    """What a bundle is made from: every word and file that it depends on.

    Attributes
    ----------
    names
        The old and the new version: a registered id, or a path.
    raw
        The raw folder.
    kinds
        The names of the kinds that the two files are read as.
    decisions
        The folder of decisions that was named, if there is one.
    with_decisions
        Whether decisions are applied.
    with_links
        Whether the versions are linked.
    """

    names: tuple[str, str]
    raw: Path
    kinds: tuple[str, str] = ("", "")
    decisions: Path | None = None
    with_decisions: bool = True
    with_links: bool = True


def source_to_key(source: BundleSource) -> str:
    """Return the key of a bundle in a cache; empty if its files are too large, or cannot all be read."""
    words = (*source.names, *source.kinds, source.raw.as_posix(), str(source.decisions))
    flags = (source.with_decisions, source.with_links)
    parts = [json.dumps([words, flags]).encode(), _surroundings()]
    total = 0
    for path in _source_to_paths(source):
        try:
            data = path.read_bytes()
        except OSError:
            return ""
        total += len(data)
        if total > _MOST_BYTES:
            return ""
        parts += [path.as_posix().encode(), data]
    return parts_to_key(*parts)


def _source_to_paths(source: BundleSource) -> Iterator[Path]:
    """Yield every file that the bundle depends on."""
    for name in source.names:
        # What stands after the sign is a part of a file, or of its name.
        named = dict.fromkeys((Path(name), Path(name.rpartition("#")[0])))
        yield from (path for path in named if path.is_file())
    for folder in filter(None, (source.raw, source.decisions)):
        yield from sorted(path for path in _folder_to_paths(folder) if path.is_file())


def _folder_to_paths(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder and in its folders; also in those that links lead to, each once."""
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if os.path.realpath(f"{place}/{name}") not in seen]
        seen.update(os.path.realpath(f"{place}/{name}") for name in folders)
        yield from (Path(place, name) for name in names)


def _surroundings() -> bytes:
    """Return what a bundle depends on beside its files: the program, its packages and the system.

    The files of the program are told by size and time of change: to read all of them takes longer than to
    remap a small tracker.
    """
    sources = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for room in (_PACKAGE, *(path for path in _PACKAGE.rglob("*") if path.is_dir()))
        for entry in os.scandir(room)
        if entry.is_file() and not entry.name.endswith(".pyc")
    )
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    system = [platform.python_version(), platform.system(), platform.machine()]
    return json.dumps([sources, packages, system]).encode()


def kept_bundle(cache: Cache, key: str) -> Bundle | None:
    """Return the bundle that was kept; None if there is none that can be used."""
    data = cache.read(key) if key else None
    if data is None:
        return None
    try:
        return bytes_to_bundle(data, "the cache")
    except CurriculumError:
        return None


def keep_bundle(cache: Cache, key: str, bundle: Bundle) -> None:
    """Write a bundle to the cache, for the next remap of the same versions."""
    if key:
        cache.write(key, bundle_to_bytes(bundle))
