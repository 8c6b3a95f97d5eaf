"""Keep the proposals of a pair of documents, so that they are made only once from the same statements."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import overload

import numpy as np
import pandas as pd
import rapidfuzz

from curriculum.files.cache import Cache, parts_to_key
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.link_frames import Proposed
from curriculum.linking.word_vectors import vectors_to_files
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import CANDIDATES, CROSSWALK
from curriculum.tables.typed_frames import columns_to_typed

__all__ = ["KeptScorers", "scorers_to_kept"]

# The parts of the package that proposals depend on, and the packages that are loaded only to make them.
_ROOMS = ("linking", "model", "tables")
_PACKAGES = ("onnxruntime", "pystemmer", "safetensors", "scipy", "snowballstemmer", "tokenizers", "wordllama")
_STATEMENT_COLUMNS = (v.DOCUMENT_ID, v.CODE, v.KIND, v.TEXT)


@dataclass(frozen=True)
class KeptScorers(Sequence[Scorer]):
    """The scorers of the linker, with a cache of the proposals that they lead to.

    Attributes
    ----------
    load
        A function that returns the scorers. It is called if a proposal is not in the cache.
    cache
        The cache.
    key
        A key for all that the scores depend on beside the statements.
    """

    load: Callable[[], tuple[Scorer, ...]]
    cache: Cache
    key: str

    @cached_property
    def _loaded(self) -> tuple[Scorer, ...]:
        return self.load()

    def __len__(self) -> int:
        return len(self._loaded)

    def __iter__(self) -> Iterator[Scorer]:
        return iter(self._loaded)

    @overload
    def __getitem__(self, position: int) -> Scorer: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[Scorer]: ...

    def __getitem__(self, position: int | slice) -> Scorer | Sequence[Scorer]:
        return self._loaded[position]

    def proposed(self, old: pd.DataFrame, new: pd.DataFrame, propose: Callable[[], Proposed]) -> Proposed:
        """Return the proposals of two documents from the cache; if they are not there, make and keep them."""
        key = parts_to_key(self.key.encode(), _frame_to_bytes(old), _frame_to_bytes(new))
        data = self.cache.read(key)
        if data is not None:
            kept = json.loads(data)
            return Proposed(*(columns_to_typed(name, kept[name]) for name in (CROSSWALK, CANDIDATES)))
        proposed = propose()
        columns = {
            table: {str(name): frame[name].tolist() for name in frame}
            for table, frame in zip((CROSSWALK, CANDIDATES), proposed, strict=True)
        }
        self.cache.write(key, json.dumps(columns, ensure_ascii=False).encode())
        return proposed


def scorers_to_kept(
    load: Callable[[], tuple[Scorer, ...]],
    thesaurus: bytes,
    cache: Cache,
    encoder: Sequence[tuple[str, str]] = (),
) -> KeptScorers:
    """Return scorers with a cache.

    Parameters
    ----------
    load
        A function that reads the thesaurus and returns the scorers.
    thesaurus
        The bytes of the file of the thesaurus; empty if there is none.
    cache
        The cache.
    encoder
        The files of a sentence encoder, each with the SHA-256 of its content.

    Raises
    ------
    CurriculumError
        If the thesaurus is faulty. A thesaurus that was read before without a fault is not read again.
    """
    key = parts_to_key(_surroundings(), thesaurus, repr(tuple(encoder)).encode())
    kept = KeptScorers(load, cache, key)
    if cache.read(key) is None:
        len(kept)
        cache.write(key, b"")
    return kept


def _frame_to_bytes(statements: pd.DataFrame) -> bytes:
    columns = [statements.iloc[:, 0], *(statements[name] for name in _STATEMENT_COLUMNS)]
    return json.dumps([column.tolist() for column in columns]).encode()


def _surroundings() -> bytes:
    """Return what scores depend on beside statements and thesaurus: the program, libraries, the system."""
    root = files("curriculum")
    sources = []
    for room in _ROOMS:
        for path in sorted(root.joinpath(room).iterdir(), key=lambda path: path.name):
            if path.is_file():
                sources.append(parts_to_key(room.encode(), path.name.encode(), path.read_bytes()))
    versions = [np.__version__, pd.__version__, rapidfuzz.__version__, *map(_version, _PACKAGES)]
    system = [platform.python_version(), platform.system(), platform.machine()]
    return json.dumps([sources, versions, system, vectors_to_files()]).encode()


def _version(package: str) -> str:
    # Imported here, because without the cache nothing needs it.
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
