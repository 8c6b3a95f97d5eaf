"""Run the transformer of a sentence encoder with onnxruntime, whatever its architecture is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from curriculum.errors import InvalidInput

__all__ = ["onnx_to_run"]

_Vectors = NDArray[np.float32]
_TOKENS, _MASK, _TYPES = "input_ids", "attention_mask", "token_type_ids"
_BATCH_TOKENS_SIZE = 3


def onnx_to_run(path: str | Path) -> Callable[[Sequence[int]], _Vectors]:
    """Return a function from the numbers of the tokens of a text to a vector for each.

    Parameters
    ----------
    path
        A model in ONNX with the inputs `input_ids`, `attention_mask` and `token_type_ids`, or some of them,
        and an output of the shape (texts, tokens, size).

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
    unknown = sorted(set(inputs) - {_TOKENS, _MASK, _TYPES})
    if unknown or not outputs:
        raise InvalidInput(
            "not the transformer of a sentence encoder",
            where=Path(path).as_posix(),
            expected=f"the inputs {_TOKENS}, {_MASK} and {_TYPES}, and a vector for each token",
            found=f"the inputs {', '.join(inputs)}, and {len(outputs)} outputs of vectors for tokens",
        )

    def run(tokens: Sequence[int]) -> _Vectors:
        ids = np.array([tokens], dtype=np.int64)
        known = {_TOKENS: ids, _MASK: np.ones_like(ids), _TYPES: np.zeros_like(ids)}
        (vectors,) = session.run(outputs[:1], {name: known[name] for name in inputs})
        of_text: _Vectors = np.asarray(vectors[0], dtype=np.float32)
        return of_text

    return run
