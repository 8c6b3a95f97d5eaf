"""Split words into the pieces for which there are word vectors, and read these vectors.

The pieces are those of Llama 2, made by byte pair encoding (Sennrich et al., 2016, arXiv:1508.07909). A file
of the format of Hugging Face's `tokenizers` lists them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from itertools import pairwise
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["file_to_vectors", "text_to_pieces", "word_to_numbers"]

# The sign before the first letter of a word.
_START = "\u2581"
_VOCABULARY = '"vocab"'
# Above the number of every piece.
_NO_PIECE = sys.maxsize
# Before the vectors is their description, and before it its length in bytes.
_LENGTH_BYTES = 8
_TYPES: Final = {"F16": "<f2", "F32": "<f4"}


def text_to_pieces(text: str) -> Mapping[str, int]:
    """Return the number of each piece from the text of a tokenizer; those of low numbers are joined first.

    Only the vocabulary is read: it gives the order in which pieces are joined too.

    Examples
    --------
    >>> text_to_pieces('{"model": {"vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}')
    {'a': 0, 'b': 1, 'ab': 2}
    """
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
    # The number of the piece that each part and the one after it are together.
    joined = [pieces.get(first + second, _NO_PIECE) for first, second in pairwise(parts)]
    while joined and (least := min(joined)) != _NO_PIECE:
        place = joined.index(least)
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
        del joined[place]
        for at in range(max(place - 1, 0), min(place + 1, len(joined))):
            joined[at] = pieces.get(parts[at] + parts[at + 1], _NO_PIECE)
    numbers: list[int] = []
    for part in parts:
        known = pieces.get(part)
        numbers += [pieces[f"<0x{byte:02X}>"] for byte in part.encode()] if known is None else [known]
    return numbers


def file_to_vectors(file: BinaryIO, name: str) -> NDArray[np.floating]:
    """Return the vectors in a file of the format `safetensors`, a row for each piece.

    Of the file only the rows that are used are read.
    """
    length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
    described = json.loads(file.read(length))[name]
    shape, start = tuple(described["shape"]), _LENGTH_BYTES + length + described["data_offsets"][0]
    return np.memmap(file, _TYPES[described["dtype"]], "r", offset=start, shape=shape).view(np.ndarray)
