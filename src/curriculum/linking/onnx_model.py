"""Run the transformer of a sentence encoder with onnxruntime, whatever its architecture is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from curriculum.errors import InvalidInput
from curriculum.linking.encoder_settings import ADVICE
from curriculum.model.text import text_to_shortened

__all__ = ["onnx_to_run"]

_Vectors = NDArray[np.float32]
_TOKENS, _MASK, _TYPES = "input_ids", "attention_mask", "token_type_ids"
_OUTPUTS = ("last_hidden_state", "token_embeddings")
_BATCH_TOKENS_SIZE = 3


def onnx_to_run(path: str | Path) -> Callable[[Sequence[int]], _Vectors]:
    """Return a function from the numbers of the tokens of a text to a vector for each.

    Parameters
    ----------
    path
        A model in ONNX with the inputs `input_ids`, `attention_mask` and `token_type_ids`, or some of them,
        and an output of the shape (texts, tokens, size). `input_ids` is needed.

    Raises
    ------
    InvalidInput
        If it has other inputs, or no such output.
    """
    # Imported here, because only a model in ONNX needs it.
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    settings = onnxruntime.SessionOptions()
    # One thread, so that the sums are the same on every machine of a kind.
    settings.intra_op_num_threads = 1
    settings.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    inputs = [given.name for given in session.get_inputs()]
    outputs = [given.name for given in session.get_outputs() if len(given.shape) == _BATCH_TOKENS_SIZE]
    has_inputs = _TOKENS in inputs and {*inputs} <= {_TOKENS, _MASK, _TYPES}
    if not (has_inputs and outputs):
        raise InvalidInput(
            "not the transformer of a sentence encoder",
            where=Path(path).as_posix(),
            expected=f"the inputs {_TOKENS}, {_MASK} and {_TYPES}, and a vector for each token",
            found=f"the inputs {text_to_shortened(', '.join(inputs)) or 'none'}, and {len(outputs)} outputs "
            "of vectors for tokens",
            advice="Get the model as one that gives a vector for each token (feature extraction).",
        )

    # With several outputs, that of the usual name; otherwise the first.
    output = next((name for name in outputs if name in _OUTPUTS), outputs[0])

    def run(tokens: Sequence[int]) -> _Vectors:
        ids = np.array([tokens], dtype=np.int64)
        known = {_TOKENS: ids, _MASK: np.ones_like(ids), _TYPES: np.zeros_like(ids)}
        (vectors,) = session.run([output], {name: known[name] for name in inputs})
        if vectors.dtype.kind != "f" or vectors.ndim != _BATCH_TOKENS_SIZE or vectors.shape[:2] != ids.shape:
            raise _not_vectors(path, f"1 by {len(tokens)} by the size", vectors)
        of_text: _Vectors = vectors[0].astype(np.float32, copy=False)
        return of_text

    return run


def _not_vectors(path: str | Path, expected: str, found: NDArray[Any]) -> InvalidInput:
    shape = " by ".join(map(str, found.shape)) or "a single value"
    return InvalidInput(
        "the model does not give a vector for each token",
        where=Path(path).as_posix(),
        expected=f"fractions, {expected}",
        found=f"{found.dtype if found.dtype.kind != 'O' else 'texts'}, {shape}",
        advice=ADVICE,
    )
