"""Read static word vectors, which show what words mean by the words around them, from an installed wheel.

The vectors are WordLlama's (D. Lee Miller, 2024, https://github.com/dleemiller/wordllama): 32,000 pieces
of words, 256 dimensions. They come in the wheel of that name, of which only the two files of data are read.
docs/linking_measured.md describes their licence, and where no wheel exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.model.text import text_to_key

__all__ = [
    "has_vectors",
    "texts_to_meaning_scores",
    "vectors_to_cosines",
    "vectors_to_files",
    "words_to_vectors",
]

_PACKAGE = "wordllama"
_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
_TENSOR = "embedding.weight"
_DECIMALS = 3
_FEW = 5
_NOISE = 1e-9

Vectors = NDArray[np.float64]


class _Model(NamedTuple):
    tokenizer: Any
    vectors: NDArray[np.float16]


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
    # Imported here, because reading standards does not need them.
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = _folder()
    if folder is None:
        raise ModuleNotFoundError(_PACKAGE)
    tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Model(tokenizer, load_file(folder / _WEIGHTS)[_TENSOR])


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
    model = _model()
    ids = model.tokenizer.encode(text, add_special_tokens=False).ids if text else []
    if not ids:
        return np.zeros(model.vectors.shape[1])
    mean: Vectors = model.vectors[ids].astype(np.float64).mean(axis=0)
    return mean


def _texts_to_vectors(texts: Sequence[str]) -> Vectors:
    """Return the vector of each text."""
    return np.array([_text_to_vector(text) for text in texts])


def words_to_vectors(words: Sequence[str]) -> Vectors:
    """Return a vector of length one for each word: its difference from the mean of these words.

    Returns
    -------
    numpy.ndarray
        Shape (len(words), 256).
    """
    if not words:
        return np.zeros((0, 0))
    vectors = _to_length_one(_texts_to_vectors(words))
    return _to_length_one(vectors - vectors.mean(axis=0))


def texts_to_meaning_scores(old: Sequence[str], new: Sequence[str]) -> Vectors:
    """Score every pair of an old and a new text by the mean vectors of their words.

    The mean of each document is subtracted first. It is what its texts share: the trade, and the style of its
    time.

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
    return vectors_to_cosines(*(_texts_to_vectors(texts) for texts in keys))


def vectors_to_cosines(old: Vectors, new: Vectors) -> Vectors:
    """Return the cosine of every pair of vectors, after the mean of each document is subtracted.

    Parameters
    ----------
    old, new
        The vectors of the texts of two documents; that of a text without words is zero.

    Returns
    -------
    numpy.ndarray
        Shape (len(old), len(new)): -1 to 1, with three decimals.

    Examples
    --------
    >>> vectors_to_cosines(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([[2.0, 0.0]])).round(2).tolist()
    [[0.99], [-0.16]]
    """
    first, second = (_without_mean(_to_length_one(vectors)) for vectors in (old, new))
    cosines: Vectors = (first @ second.T).round(_DECIMALS)
    return cosines


def _without_mean(vectors: Vectors) -> Vectors:
    # In a few texts the mean is mostly their subject, so it counts less.
    middle = vectors.mean(axis=0) * (len(vectors) / (len(vectors) + _FEW))
    return _to_length_one(np.where(vectors.any(axis=1, keepdims=True), vectors - middle, 0))
