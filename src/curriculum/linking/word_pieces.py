"""Split words into the pieces for which there are word vectors, and read these vectors.

The pieces are those of Llama 2, made by byte pair encoding (Sennrich et al., 2016, arXiv:1508.07909). A file
of the format of Hugging Face's `tokenizers` lists them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["read_pieces", "read_vectors", "word_to_numbers"]

# The sign before the first letter of a word.
_START = "\u2581"
_VOCABULARY = '"vocab"'
# Before the vectors is their description, and before it its length in bytes.
_LENGTH_BYTES = 8


@lru_cache(maxsize=1)
def read_pieces(path: Path) -> Mapping[str, int]:
    """Return the number of each piece; pieces with lower numbers are joined first.

    Only the vocabulary is read: it gives the order in which pieces are joined too.
    """
    text = path.read_bytes().decode("utf-8")
    numbers, _ = json.JSONDecoder().raw_decode(text, text.index("{", text.index(_VOCABULARY)))
    pieces: dict[str, int] = numbers
    return pieces


def word_to_numbers(word: str, pieces: Mapping[str, int]) -> list[int]:
    r"""Return the numbers of the pieces of a word: its letters, joined as long as there is a longer piece.

    A letter without a piece has one for each of its bytes.

    Examples
    --------
    >>> word_to_numbers("abé", {"\u2581": 5, "a": 6, "b": 7, "ab": 3, "<0xC3>": 1, "<0xA9>": 2})
    [5, 3, 1, 2]
    """
    parts = [_START, *word]
    while True:
        joined = [
            (pieces[first + second], place)
            for place, (first, second) in enumerate(pairwise(parts))
            if first + second in pieces
        ]
        if not joined:
            break
        _, place = min(joined)
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
    numbers: list[int] = []
    for part in parts:
        known = pieces.get(part)
        numbers += [pieces[f"<0x{byte:02X}>"] for byte in part.encode()] if known is None else [known]
    return numbers


def read_vectors(path: Path, name: str) -> NDArray[np.float16]:
    """Return the vectors in a file of the format `safetensors`, a row for each piece.

    Of the file only the rows that are used are read.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
        described = json.loads(file.read(length))[name]
    start, _ = described["data_offsets"]
    return np.memmap(
        path, "<f2", "r", offset=_LENGTH_BYTES + length + start, shape=tuple(described["shape"])
    ).view(np.ndarray)
