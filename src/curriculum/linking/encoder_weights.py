"""Read the weights of a sentence encoder from a file of safetensors, after they have been checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from curriculum.errors import InvalidInput, raise_faults
from curriculum.linking.encoder_settings import (
    ADVICE,
    CONFIG_FILE,
    LEAST_TOKENS,
    WEIGHTS_FILE,
    setting_to_fault,
)
from curriculum.linking.transformer import ARCHITECTURES, Architecture
from curriculum.model.text import text_to_shortened

__all__ = ["file_to_weights"]

_WORDS: Final = "embeddings.word_embeddings.weight"
_POSITIONS: Final = "embeddings.position_embeddings.weight"
_TYPES: Final = "embeddings.token_type_embeddings.weight"
_DISTANCES: Final = "encoder.relative_attention_bias.weight"
_FIRST_NORM: Final = "embeddings.LayerNorm"
_LAYER: Final = re.compile(r"encoder\.layer\.(\d+)\.")
# Rows and columns.
_TABLE: Final = 2
# As safetensors names them; numpy has no others that are fractions.
_NUMBER_TYPES: Final = ("F32", "F16", "F64")


class _Weight(NamedTuple):
    """What the header of a file of weights says about one of them.

    Attributes
    ----------
    shape
        Its shape.
    number_type
        The type of its numbers, as safetensors names it.
    """

    shape: tuple[int, ...]
    number_type: str


class _Needed(NamedTuple):
    """The shape that a weight must have; a table can have more rows."""

    shape: tuple[int, ...]
    is_table: bool = False


def file_to_weights(file: Any, where: str, config: Mapping[str, Any]) -> dict[str, NDArray[np.float32]]:
    """Read the weights that a transformer uses.

    Parameters
    ----------
    file
        An open file of safetensors.
    where
        The folder that it is in, for messages.
    config
        The sizes; see `Transformer`.

    Raises
    ------
    InvalidInput
        If weights are missing, or do not fit the sizes, or are not numbers. All faults are reported at once.
    """
    prefix = f"{config['model_type']}."
    names = {name.removeprefix(prefix): name for name in file.keys()}  # noqa: SIM118 (not a mapping)
    parts = {name: file.get_slice(stored) for name, stored in names.items()}
    heads = {name: _Weight(tuple(part.get_shape()), part.get_dtype()) for name, part in parts.items()}
    raise_faults(list(_weights_to_faults(where, heads, config)))
    # A number that is too large becomes infinite, and is refused below.
    with np.errstate(over="ignore", invalid="ignore"):
        weights = {
            name: file.get_tensor(names[name]).astype(np.float32, copy=False)
            for name in _weights_to_needed(heads, config)
        }
    odd = [name for name, values in weights.items() if not np.isfinite(values).all()]
    if odd:
        raise _weights_to_fault(where, "values that are not numbers", odd, "numbers", "NaN or infinity")
    return weights


def _weights_to_faults(
    where: str, weights: Mapping[str, _Weight], config: Mapping[str, Any]
) -> Iterator[InvalidInput]:
    """Yield the faults of the weights of a transformer: what is missing, or does not fit its sizes."""
    needed = _weights_to_needed(weights, config)
    yield from _sizes_to_faults(f"{where}/{CONFIG_FILE}", weights, config)
    missing = [name for name in needed if name not in weights]
    if missing:
        yield _weights_to_fault(where, "missing", missing, "all weights of the model", "none of this name")
        return
    others = [name for name in needed if weights[name].number_type not in _NUMBER_TYPES]
    if others:
        found = weights[others[0]].number_type
        yield _weights_to_fault(where, "numbers of a type that is not read", others, "F32, F16 or F64", found)
    odd = [name for name in needed if not _fits(weights[name].shape, needed[name])]
    if odd:
        found = " by ".join(map(str, weights[odd[0]].shape)) or "a single number"
        yield _weights_to_fault(
            where, "another shape than the sizes", odd, _needed_to_text(needed[odd[0]]), found
        )


def _weights_to_fault(where: str, what: str, names: Sequence[str], expected: str, found: str) -> InvalidInput:
    """Return one fault for all weights that have it; the first is named."""
    others = f" (and {len(names) - 1} more)" if len(names) > 1 else ""
    advice = "Get the model in float32, or choose another one (docs/linking_measured.md names some)."
    return InvalidInput(
        f"{what}: the weight {names[0]}{others}",
        where=f"{where}/{WEIGHTS_FILE}",
        expected=expected,
        found=text_to_shortened(found),
        advice=advice if "type" in what else ADVICE,
    )


def _sizes_to_faults(
    where: str, weights: Mapping[str, _Weight], config: Mapping[str, Any]
) -> Iterator[InvalidInput]:
    n_layers = _count_layers(weights)
    if config["num_hidden_layers"] != n_layers:
        expected = f"{n_layers}, as the weights have so many layers"
        yield setting_to_fault(where, "num_hidden_layers", expected, config["num_hidden_layers"])
    size = _weights_to_size(weights, config)
    if size % config["num_attention_heads"]:
        expected = f"a divisor of {size}, the size of a vector"
        yield setting_to_fault(where, "num_attention_heads", expected, config["num_attention_heads"])
    shape = weights[_DISTANCES].shape if _DISTANCES in weights else ()
    if ARCHITECTURES[config["model_type"]].has_distances and len(shape) == _TABLE:
        n_buckets = config["relative_attention_num_buckets"]
        if shape[0] != n_buckets:
            expected = f"{shape[0]}, as the weights have so many"
            yield setting_to_fault(where, "relative_attention_num_buckets", expected, n_buckets)


def _weights_to_needed(weights: Mapping[str, _Weight], config: Mapping[str, Any]) -> dict[str, _Needed]:
    """Return the shapes of the weights that a transformer uses, by their names.

    Parameters
    ----------
    weights, config
        See `_weights_to_faults`.
    """
    architecture = ARCHITECTURES[config["model_type"]]
    size = _weights_to_size(weights, config)
    inside = weights.get("encoder.layer.0.intermediate.dense.weight", _Weight((0,), "")).shape
    inner = config.get("intermediate_size", inside[0] if inside else 0)
    needed = {
        _WORDS: _Needed((1, size), is_table=True),
        _POSITIONS: _Needed((architecture.first_position + LEAST_TOKENS, size), is_table=True),
        **_norm_to_needed(_FIRST_NORM, size),
    }
    if architecture.has_types:
        needed[_TYPES] = _Needed((1, size), is_table=True)
    if architecture.has_distances:
        needed[_DISTANCES] = _Needed((1, config["num_attention_heads"]), is_table=True)
    for number in range(_count_layers(weights)):
        needed |= _layer_to_needed(f"encoder.layer.{number}.", architecture, size, inner)
    return needed


def _layer_to_needed(name: str, architecture: Architecture, size: int, inner: int) -> dict[str, _Needed]:
    linear = dict.fromkeys((*architecture.attention, architecture.output), (size, size))
    linear |= {"intermediate.dense": (inner, size), "output.dense": (size, inner)}
    needed = _norm_to_needed(name + architecture.norm, size) | _norm_to_needed(
        f"{name}output.LayerNorm", size
    )
    for part, shape in linear.items():
        needed |= {f"{name}{part}.weight": _Needed(shape), f"{name}{part}.bias": _Needed(shape[:1])}
    return needed


def _norm_to_needed(name: str, size: int) -> dict[str, _Needed]:
    return {f"{name}.weight": _Needed((size,)), f"{name}.bias": _Needed((size,))}


def _count_layers(weights: Mapping[str, _Weight]) -> int:
    return len({found[1] for found in map(_LAYER.match, weights) if found})


def _weights_to_size(weights: Mapping[str, _Weight], config: Mapping[str, Any]) -> int:
    """Return the size of a vector: as the settings say, or else the weights."""
    table, norm = (
        weights[name].shape if name in weights else () for name in (_WORDS, f"{_FIRST_NORM}.weight")
    )
    size: int = config.get("hidden_size", table[-1] if len(table) == _TABLE else sum(norm))
    return size


def _fits(shape: tuple[int, ...], needed: _Needed) -> bool:
    if not needed.is_table:
        return shape == needed.shape
    return len(shape) == _TABLE and shape[0] >= needed.shape[0] and shape[1] == needed.shape[1]


def _needed_to_text(needed: _Needed) -> str:
    return ("at least " if needed.is_table else "") + " by ".join(map(str, needed.shape))
