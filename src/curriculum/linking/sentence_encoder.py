"""Score statements by a sentence encoder: a model that the user has downloaded, run offline.

A sentence encoder turns a sentence into a vector, so that sentences of a similar meaning have similar vectors
(Reimers and Gurevych, 2019, arXiv:1908.10084). It is optional; docs/linking_measured.md names models.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.errors import CurriculumError, InvalidInput
from curriculum.files.cache import Cache, parts_to_key
from curriculum.files.encodings import open_regular
from curriculum.linking.confidence import ENCODER
from curriculum.linking.csls_scores import LEAST_BEST, Scorer
from curriculum.linking.encoder_settings import (
    ADVICE,
    ONNX_FILE,
    TOKENIZER_FILE,
    EncoderSettings,
    folder_to_settings,
)
from curriculum.linking.encoder_weights import file_to_weights
from curriculum.linking.letter_scores import Scores
from curriculum.linking.onnx_model import onnx_to_run
from curriculum.linking.transformer import Transformer
from curriculum.linking.word_vectors import vectors_to_cosines
from curriculum.model.text import text_to_key, text_to_shortened, text_to_squashed

__all__ = ["SentenceEncoder", "encoder_to_scorer", "folder_to_encoder"]

# The standard deviation of the scores over the pairs of two related documents, measured with two encoders.
_SPREAD: Final = 0.16
# Texts that every model must give different vectors, as loading tries; in lower case, as texts are compared.
_TRIALS: Final = ("plan and monitor the work of others", "the temperature of the room")
# The cosine of two vectors that count as the same.
_SAME: Final = 0.9999
# Bytes of a file that are read at a time.
_BLOCK: Final = 1 << 20
# Vectors are stored in single precision, the low byte first.
_STORED: Final = "<f4"
_BYTES: Final = 4
_FITTING: Final = "a tokenizer and weights that fit together"
# What onnxruntime puts before a cause.
_CODE: Final = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : (?:.*? Status Message: )?")
_NOT_RUN: Final = "the sentence encoder cannot be run"
_Vectors = NDArray[np.float32]
# From the numbers of the tokens of a text to a vector for each.
_Run = Callable[[Sequence[int]], _Vectors]
# Names of files, each with the SHA-256 of its content.
_Files = tuple[tuple[str, str], ...]


class _Model(NamedTuple):
    folder: Path
    tokenizer: Any
    run: _Run
    settings: EncoderSettings
    # The size of a vector; 0 before the trial.
    size: int = 0

    def text_to_vector(self, text: str) -> _Vectors:
        """Return the vector of a text; zeros for a text in which the tokenizer finds nothing."""
        tokens = self.tokenizer.encode(self.settings.prompt + text).ids
        if not tokens:
            return np.zeros(self.size, dtype=np.float32)
        vectors = self.run(tokens)
        vector: _Vectors = vectors[0] if self.settings.pooling == "cls" else vectors.mean(axis=0)
        if self.size and vector.shape != (self.size,):
            raise self.to_fault("vectors of one size", f"a size of {len(vector)} beside {self.size}")
        if not np.isfinite(vector).all():
            raise self.to_fault("vectors of numbers", "values that are not numbers")
        return vector

    def tried(self) -> _Model:
        """Return the model with the size of its vectors, after two texts have been tried."""
        vectors = [self.text_to_vector(text) for text in (*_TRIALS, _TRIALS[0])]
        sizes = {len(vector) for vector in vectors}
        if len(sizes) > 1 or 0 in sizes:
            raise self.to_fault("vectors of one size", f"the sizes {' and '.join(map(str, sorted(sizes)))}")
        if not np.allclose(vectors[0], vectors[2], rtol=1e-3, atol=1e-5):
            raise self.to_fault("one vector for one text", "another one each time")
        if _is_same(*vectors[:2]):
            raise self.to_fault("different vectors for different texts", "all texts have the same vector")
        return self._replace(size=len(vectors[0]))

    def to_fault(self, expected: str, found: str) -> InvalidInput:
        """Return the error for vectors that cannot be used."""
        where = self.folder.as_posix()
        return InvalidInput(_NOT_RUN, where=where, expected=expected, found=found, advice=ADVICE)


def _is_same(first: _Vectors, second: _Vectors) -> bool:
    """Return whether two vectors have the same direction, or one of them has none."""
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return lengths == 0 or float(first @ second) / lengths >= _SAME


@dataclass(frozen=True)
class SentenceEncoder:
    """A sentence encoder in a folder.

    Attributes
    ----------
    folder
        Its folder.
    files
        The files that its vectors depend on, each with the SHA-256 of its content.
    cache
        A cache for the vectors; None to keep none.
    """

    folder: Path
    files: _Files
    cache: Cache | None = None

    def texts_to_vectors(self, texts: Sequence[str]) -> _Vectors:
        """Return the vectors of texts: from the cache, if the same texts are there.

        Returns
        -------
        numpy.ndarray
            Shape (len(texts), size); zeros for an empty text.

        Raises
        ------
        CurriculumError
            If the model cannot be run.
        """
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        key = parts_to_key(b"sentence vectors", repr(self.files).encode(), *(text.encode() for text in texts))
        data = self.cache.read(key) if self.cache else None
        if data and len(data) % (_BYTES * len(texts)) == 0:
            return np.frombuffer(data, dtype=_STORED).reshape(len(texts), -1)
        vectors = self._encode(texts)
        if self.cache:
            self.cache.write(key, vectors.astype(_STORED).tobytes())
        return vectors

    def _encode(self, texts: Sequence[str]) -> _Vectors:
        # Here, so that the threads do not each read the model.
        _folder_to_model(self.folder, self.files)
        # Each text is encoded alone, so the number of threads does not change a vector.
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return np.array(list(threads.map(self._text_to_vector, texts)))

    def _text_to_vector(self, text: str) -> _Vectors:
        vector = _text_to_vector(self.folder, self.files, text or _TRIALS[0])
        return vector if text else np.zeros_like(vector)


# A document is linked to several others; each of its texts is encoded only once.
@lru_cache(maxsize=1 << 13)
def _text_to_vector(folder: Path, files: _Files, text: str) -> _Vectors:
    model = _folder_to_model(folder, files)
    with _refusing(folder, _FITTING):
        return model.text_to_vector(text)


def folder_to_encoder(folder: str | Path, cache: Cache | None = None) -> SentenceEncoder:
    """Return the sentence encoder of a folder, after its settings have been checked.

    Parameters
    ----------
    folder
        A folder in the layout of the library sentence-transformers: `config.json`, `tokenizer.json`, and
        `model.safetensors` (BERT and MPNet) or `onnx/model.onnx` (any architecture; needs onnxruntime).
    cache
        A cache for the vectors.

    Raises
    ------
    NotFound, InvalidInput, UnreadableFile
        If the folder has no model, or one that cannot be run. All faults are reported at once.
    """
    settings = folder_to_settings(folder)
    folder = Path(folder)
    names = set(settings.files)
    if settings.weights == ONNX_FILE:
        # A model in ONNX can have parts of any name beside it.
        paths = (folder / ONNX_FILE).parent.rglob("*")
        names |= {path.relative_to(folder).as_posix() for path in paths}
    files = tuple((name, _path_to_hash(folder / name)) for name in sorted(names) if (folder / name).is_file())
    return SentenceEncoder(folder, files, cache)


def _path_to_hash(path: Path) -> str:
    total = hashlib.sha256()
    with open_regular(path) as (file, _):
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def encoder_to_scorer(encoder: SentenceEncoder) -> Scorer:
    """Return the scorer of a sentence encoder; its weight is that of the other whole-text scorers."""
    # Not an inner function: crosswalks with their scorers can be pickled.
    return Scorer(ENCODER, partial(_texts_to_encoder_scores, encoder), 1.0, _SPREAD, LEAST_BEST)


def _texts_to_encoder_scores(encoder: SentenceEncoder, old: Sequence[str], new: Sequence[str]) -> Scores:
    """Return the cosines of the vectors of texts, minus the mean of each document."""
    if not old or not new:
        return np.zeros((len(old), len(new)))
    sides = [encoder.texts_to_vectors([text_to_key(text) for text in texts]) for texts in (old, new)]
    return vectors_to_cosines(*(vectors.astype(np.float64) for vectors in sides))


@lru_cache(maxsize=1)
def _folder_to_model(folder: Path, files: _Files) -> _Model:  # noqa: ARG001 (a key)
    """Read a model."""
    settings = folder_to_settings(folder)
    is_onnx = settings.weights == ONNX_FILE
    _check_packages(folder, "tokenizers", "onnxruntime" if is_onnx else "safetensors")
    path = folder / settings.weights
    with _refusing(path, "a model in ONNX" if is_onnx else "weights in the format safetensors"):
        run, longest = _onnx_to_run(path, settings) if is_onnx else _weights_to_run(path, settings)
    with _refusing(folder / TOKENIZER_FILE, "a tokenizer of the library tokenizers"):
        tokenizer = _read_tokenizer(folder / TOKENIZER_FILE, longest)
    with _refusing(folder, _FITTING):
        return _Model(folder, tokenizer, run, settings).tried()


@contextmanager
def _refusing(path: Path, expected: str) -> Iterator[None]:
    """Refuse a model whose files are damaged, or do not fit together."""
    try:
        # Weights that are too large would give vectors that are not numbers, after a warning for each step.
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            yield
    except CurriculumError:
        raise
    # Any kind: the libraries raise errors of their own.
    except Exception as fault:
        raise InvalidInput(
            _NOT_RUN,
            where=path.as_posix(),
            expected=expected,
            found=_fault_to_cause(fault, path),
            advice=ADVICE,
        ) from fault


def _fault_to_cause(fault: Exception, path: Path) -> str:
    """Return the cause of a fault of a library, without the paths and numbers that come before it."""
    if isinstance(fault, FloatingPointError):
        return "numbers that are too large"
    if isinstance(fault, IndexError):
        return "a token without a vector"
    if isinstance(fault, MemoryError):
        return "more than the memory holds"
    text = text_to_squashed(str(fault)).replace(f"{path.resolve()}", path.name).replace(f"{path}", path.name)
    return text_to_shortened(_CODE.sub("", text)) or "a fault that is not described"


def _check_packages(folder: Path, *names: str) -> None:
    """Refuse to run a model if a package that it needs is not installed."""
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise InvalidInput(
            "the sentence encoder needs a package that is not installed",
            where=folder.as_posix(),
            expected=" and ".join(missing),
            advice=f'Install it with: "{sys.executable}" -m pip install {" ".join(missing)}.',
        )


def _read_tokenizer(path: Path, longest: int) -> Any:
    # Imported here, because linking without an encoder does not need it.
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def _weights_to_run(path: Path, settings: EncoderSettings) -> tuple[_Run, int]:
    """Return a function that runs the weights of a file, and the most tokens of a text."""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        weights = file_to_weights(file, path.parent.as_posix(), settings.config)
    transformer = Transformer(weights, settings.config)
    return transformer.tokens_to_vectors, min(settings.longest, transformer.most_tokens)


def _onnx_to_run(path: Path, settings: EncoderSettings) -> tuple[_Run, int]:
    return onnx_to_run(path), settings.longest
