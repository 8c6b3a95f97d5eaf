"""Score statements by a sentence encoder: a model that the user has downloaded, run offline.

A sentence encoder turns a sentence into a vector, so that sentences of a similar meaning have similar vectors
(Reimers and Gurevych, 2019, arXiv:1908.10084). It is optional; docs/linking_measured.md names models.
"""

from __future__ import annotations

import os
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
from curriculum.linking.confidence import ENCODER
from curriculum.linking.csls_scores import LEAST_BEST, Scorer
from curriculum.linking.encoder_settings import (
    ENCODER_FILES,
    ONNX_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    EncoderSettings,
    folder_to_settings,
)
from curriculum.linking.letter_scores import Scores
from curriculum.linking.onnx_model import onnx_to_run
from curriculum.linking.transformer import ARCHITECTURES, Transformer
from curriculum.linking.word_vectors import vectors_to_cosines
from curriculum.model.text import text_to_key, text_to_shortened, text_to_squashed

__all__ = ["SentenceEncoder", "encoder_to_scorer", "folder_to_encoder"]

# The standard deviation of the scores over the pairs of two related documents, measured with two encoders.
_SPREAD: Final = 0.16
_TRIAL: Final = "Plan and monitor the work of others."
# Vectors are stored in single precision, the low byte first.
_STORED: Final = "<f4"
_BYTES: Final = 4
_Vectors = NDArray[np.float32]
# From the numbers of the tokens of a text to a vector for each.
_Run = Callable[[Sequence[int]], _Vectors]


class _Model(NamedTuple):
    tokenizer: Any
    run: _Run
    settings: EncoderSettings

    def text_to_vector(self, text: str) -> _Vectors:
        """Return the vector of a text."""
        tokens = self.tokenizer.encode(self.settings.prompt + text).ids
        vectors = self.run(tokens)
        vector: _Vectors = vectors[0] if self.settings.pooling == "cls" else vectors.mean(axis=0)
        return vector


@dataclass(frozen=True)
class SentenceEncoder:
    """A sentence encoder in a folder.

    Attributes
    ----------
    folder
        Its folder.
    files
        The files that its vectors depend on, each with its size and the time of its last change.
    cache
        A cache for the vectors; None to keep none.
    """

    folder: Path
    files: tuple[tuple[str, int, int], ...]
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
        vector = _text_to_vector(self.folder, self.files, text or _TRIAL)
        return vector if text else np.zeros_like(vector)


# A document is linked to several others; each of its texts is encoded only once.
@lru_cache(maxsize=1 << 13)
def _text_to_vector(folder: Path, files: tuple[tuple[str, int, int], ...], text: str) -> _Vectors:
    model = _folder_to_model(folder, files)
    with _refusing(folder):
        vector = model.text_to_vector(text)
        if vector.ndim != 1 or not np.isfinite(vector).all():
            raise ValueError("the vector of a text has values that are no numbers")
    return vector


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
    folder = Path(folder)
    folder_to_settings(folder)
    paths = [path for path in map(folder.joinpath, ENCODER_FILES) if path.is_file()]
    files = tuple(
        (path.relative_to(folder).as_posix(), path.stat().st_size, path.stat().st_mtime_ns) for path in paths
    )
    return SentenceEncoder(folder, files, cache)


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
def _folder_to_model(folder: Path, files: tuple[tuple[str, int, int], ...]) -> _Model:  # noqa: ARG001 (a key)
    """Read a model."""
    settings = folder_to_settings(folder)
    is_known = settings.config.get("model_type") in ARCHITECTURES
    if not (is_known and (folder / WEIGHTS_FILE).is_file()):
        _check_onnx(folder, str(settings.config.get("model_type")))
    _check_packages(folder, "tokenizers", "safetensors")
    with _refusing(folder):
        if is_known and (folder / WEIGHTS_FILE).is_file():
            run, longest = _weights_to_run(folder / WEIGHTS_FILE, settings)
        else:
            run, longest = onnx_to_run(folder / ONNX_FILE), settings.longest
        return _Model(_read_tokenizer(folder / TOKENIZER_FILE, longest), run, settings)


@contextmanager
def _refusing(folder: Path) -> Iterator[None]:
    """Refuse a model whose files are damaged, or do not fit together."""
    try:
        # Weights that are no numbers would give vectors that are none, after a warning for each step.
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            yield
    except CurriculumError:
        raise
    # Any kind: the libraries raise errors of their own.
    except Exception as fault:
        raise InvalidInput(
            "the sentence encoder cannot be run",
            where=folder.as_posix(),
            expected="a tokenizer and weights that fit the sizes of config.json",
            found=text_to_shortened(text_to_squashed(f"{type(fault).__name__}: {fault}")),
            advice="Download the folder of the model again, or choose another model "
            "(docs/linking_measured.md).",
        ) from fault


def _check_onnx(folder: Path, architecture: str) -> None:
    """Refuse a model that only onnxruntime can run, if it is not there."""
    if not (folder / ONNX_FILE).is_file():
        raise InvalidInput(
            "the architecture of the sentence encoder is not known",
            where=(folder / WEIGHTS_FILE).as_posix(),
            expected=f"{' or '.join(ARCHITECTURES)}, or the model as {ONNX_FILE}",
            found=architecture,
            advice=f"Download {ONNX_FILE} of the model too, or choose another model "
            "(docs/linking_measured.md).",
        )
    _check_packages(folder, "onnxruntime")


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
    from safetensors.numpy import load_file

    prefix = f"{settings.config['model_type']}."
    weights = {
        name.removeprefix(prefix): values.astype(np.float32, copy=False)
        for name, values in load_file(path).items()
        if values.dtype.kind == "f"
    }
    transformer = Transformer(weights, settings.config)
    return transformer.tokens_to_vectors, min(settings.longest, transformer.most_tokens)
