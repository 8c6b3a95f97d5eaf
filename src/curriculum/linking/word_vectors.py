"""Read static word vectors, which show what words mean by the words around them, from an installed wheel.

The vectors are WordLlama's (D. Lee Miller, 2024, https://github.com/dleemiller/wordllama): 32,000 pieces
of words, 256 dimensions. They come in the wheel of that name, of which only the two files of data are read.
docs/linking_measured.md describes their licence, and where no wheel exists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.linking.word_pieces import file_to_vectors, text_to_pieces, word_to_numbers
from curriculum.model.text import text_to_key

__all__ = ["has_vectors", "texts_to_meaning_scores", "vectors_to_files", "words_to_vectors"]

_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_TENSOR = "embedding.weight"
_DECIMALS = 3
_FEW = 5
_NOISE = 1e-9

Vectors = NDArray[np.float64]


class _Model(NamedTuple):
    pieces: Mapping[str, int]
    vectors: NDArray[np.floating]


@lru_cache(maxsize=1)
def _folder() -> Path | None:
    spec = find_spec(_PACKAGE)
    folders = [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []
    return next(
        (folder for folder in folders if (folder / _WEIGHTS).is_file() and (folder / _TOKENIZER).is_file()),
        None,
    )


def has_vectors() -> bool:
    """Return whether word vectors are installed."""
    return _folder() is not None


def vectors_to_files() -> list[tuple[str, int, int]]:
    """Return the files of the word vectors, each with its size and the time of its last change."""
    folder = _folder()
    paths = [folder / _WEIGHTS, folder / _TOKENIZER] if folder else []
    return [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in paths]


@lru_cache(maxsize=1)
def _model() -> _Model:
    folder = _folder()
    if folder is None:
        raise ModuleNotFoundError(_PACKAGE)
    with (folder / _WEIGHTS).open("rb") as file:
        vectors = file_to_vectors(file, _TENSOR)
    return _Model(text_to_pieces((folder / _TOKENIZER).read_bytes().decode("utf-8")), vectors)


@lru_cache(maxsize=1 << 15)
def _word_to_numbers(word: str) -> Sequence[int]:
    return word_to_numbers(word, _model().pieces)


def _to_length_one(vectors: Vectors) -> Vectors:
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    # So short a vector is a rounding error of a zero vector.
    return np.where(lengths < _NOISE, 0, vectors / np.where(lengths < _NOISE, 1, lengths))


# A document is linked to several others; the cache looks up each of its texts and words only once.
@lru_cache(maxsize=1 << 13)
def _text_to_vector(text: str) -> Vectors:
    """Return the mean of the vectors of the pieces of a text; zero if it has none.

    It is computed in double precision, so that every processor gives the same three decimals.
    """
    vectors = _model().vectors
    numbers = [number for word in text.split() for number in _word_to_numbers(word)]
    if not numbers:
        return np.zeros(vectors.shape[1])
    mean: Vectors = np.add.reduce(vectors[numbers].astype(np.float64), axis=0) / len(numbers)
    return mean


def _texts_to_vectors(texts: Sequence[str]) -> Vectors:
    """Return the vector of each text, scaled to length one."""
    return _to_length_one(np.array([_text_to_vector(text) for text in texts]))


def words_to_vectors(words: Sequence[str]) -> Vectors:
    """Return a vector of length one for each word: its difference from the mean of these words.

    Returns
    -------
    numpy.ndarray
        Shape (len(words), 256).
    """
    if not words:
        return np.zeros((0, 0))
    vectors = _texts_to_vectors(words)
    return _to_length_one(vectors - vectors.mean(axis=0))


def texts_to_meaning_scores(old: Sequence[str], new: Sequence[str]) -> Vectors:
    """Score every pair of an old and a new text by the mean vectors of their words.

    The mean of both documents is subtracted first. It is what all texts share: the trade, and the style of
    standards.

    Parameters
    ----------
    old, new
        The wordings of the two documents.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)): cosines from -1 to 1 with three decimals; 0 for a text without a word.

    Examples
    --------
    >>> old, new = ["Hire a vehicle", "Agree a fee"], ["Rent a van", "Negotiate a price"]
    >>> scores = texts_to_meaning_scores(old, new)
    >>> bool(scores[0, 0] > scores[0, 1]), bool(scores[1, 1] > scores[1, 0])
    (True, True)
    """
    if not old or not new:
        return np.zeros((len(old), len(new)))
    keys = [[text_to_key(text) for text in texts] for texts in (old, new)]
    first, second = map(_texts_to_vectors, keys)
    # In a few texts the mean is mostly their subject, so it counts less.
    count = (len(old) + len(new)) / 2
    middle = (first.mean(axis=0) + second.mean(axis=0)) / 2 * (count / (count + _FEW))
    centred = [
        _to_length_one(np.where(vectors.any(axis=1, keepdims=True), vectors - middle, 0))
        for vectors in (first, second)
    ]
    cosines: Vectors = (centred[0] @ centred[1].T).round(_DECIMALS)
    return cosines
