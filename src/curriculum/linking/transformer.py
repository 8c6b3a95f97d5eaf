"""Run the transformer of a sentence encoder with numpy: numbers of tokens in, a vector for each token out.

Two architectures are known, which most sentence encoders have: BERT (Devlin et al., 2019, arXiv:1810.04805;
MiniLM is one too) and MPNet (Song et al., 2020, arXiv:2004.09297). The names of the weights are those of the
library transformers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["ARCHITECTURES", "Architecture", "Transformer"]

_Vectors = NDArray[np.float32]
# Distances of tokens above this share one bucket (MPNet).
_FURTHEST: Final = 128


class Architecture(NamedTuple):
    """What differs between two architectures.

    Attributes
    ----------
    attention
        The names of the weights of a layer for queries, keys and values.
    output, norm
        The names of the weights of a layer for the output of attention, and for its norm.
    first_position
        The number of the position of the first token.
    has_types
        Whether there is a vector for the type of a token; all tokens of a text have the type 0.
    has_distances
        Whether attention depends on the distance of two tokens.
    """

    attention: tuple[str, str, str]
    output: str
    norm: str
    first_position: int
    has_types: bool
    has_distances: bool


ARCHITECTURES: Final[Mapping[str, Architecture]] = {
    "bert": Architecture(
        ("attention.self.query", "attention.self.key", "attention.self.value"),
        "attention.output.dense",
        "attention.output.LayerNorm",
        first_position=0,
        has_types=True,
        has_distances=False,
    ),
    "mpnet": Architecture(
        ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
        "attention.attn.o",
        "attention.LayerNorm",
        first_position=2,
        has_types=False,
        has_distances=True,
    ),
}


@dataclass(frozen=True)
class Transformer:
    """A transformer with its weights.

    Attributes
    ----------
    weights
        The weights by their names.
    config
        The sizes, as `config.json` has them: ``model_type``, ``num_hidden_layers``, ``num_attention_heads``,
        ``layer_norm_eps``, and for MPNet ``relative_attention_num_buckets``.
    """

    weights: Mapping[str, _Vectors]
    config: Mapping[str, Any]

    @cached_property
    def _architecture(self) -> Architecture:
        return ARCHITECTURES[self.config["model_type"]]

    @property
    def most_tokens(self) -> int:
        """The most tokens of a text: there is a vector for each position."""
        positions = self.weights["embeddings.position_embeddings.weight"]
        return len(positions) - self._architecture.first_position

    def tokens_to_vectors(self, tokens: Sequence[int]) -> _Vectors:
        """Return the vector of each token of one text.

        Parameters
        ----------
        tokens
            The numbers of the tokens, with those that open and close a text.

        Returns
        -------
        numpy.ndarray
            Shape (len(tokens), size).

        Raises
        ------
        KeyError, ValueError, IndexError, TypeError
            If the weights do not fit the sizes, or the tokens.
        """
        first = self._architecture.first_position
        vectors = self.weights["embeddings.word_embeddings.weight"][list(tokens)]
        vectors = vectors + self.weights["embeddings.position_embeddings.weight"][first : first + len(tokens)]
        if self._architecture.has_types:
            vectors = vectors + self.weights["embeddings.token_type_embeddings.weight"][0]
        vectors = self._norm("embeddings.LayerNorm", vectors)
        of_distances = self._of_distances(len(tokens))
        for number in range(self.config["num_hidden_layers"]):
            vectors = self._layer(f"encoder.layer.{number}.", vectors, of_distances)
        return vectors

    def _layer(self, name: str, vectors: _Vectors, of_distances: _Vectors) -> _Vectors:
        attended = self._linear(name + self._architecture.output, self._attend(name, vectors, of_distances))
        vectors = self._norm(name + self._architecture.norm, vectors + attended)
        inner = _gelu(self._linear(name + "intermediate.dense", vectors))
        return self._norm(name + "output.LayerNorm", vectors + self._linear(name + "output.dense", inner))

    def _attend(self, name: str, vectors: _Vectors, of_distances: _Vectors) -> _Vectors:
        queries, keys, values = (
            self._heads(self._linear(name + part, vectors)) for part in self._architecture.attention
        )
        scores = queries @ keys.transpose(0, 2, 1) / np.float32(np.sqrt(queries.shape[-1])) + of_distances
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        attended: _Vectors = (shares @ values).transpose(1, 0, 2).reshape(len(vectors), -1)
        return attended

    def _heads(self, vectors: _Vectors) -> _Vectors:
        n_heads = self.config["num_attention_heads"]
        heads: _Vectors = vectors.reshape(len(vectors), n_heads, -1).transpose(1, 0, 2)
        return heads

    def _linear(self, name: str, vectors: _Vectors) -> _Vectors:
        result: _Vectors = vectors @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, name: str, vectors: _Vectors) -> _Vectors:
        centred = vectors - vectors.mean(axis=-1, keepdims=True)
        spread = np.sqrt(
            (centred**2).mean(axis=-1, keepdims=True) + np.float32(self.config["layer_norm_eps"])
        )
        result: _Vectors = centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return result

    def _of_distances(self, count: int) -> _Vectors:
        """Return what the distance of two tokens adds to their score, for each head."""
        if not self._architecture.has_distances:
            return np.zeros(1, dtype=np.float32)
        places = np.arange(count)
        buckets = _distances_to_buckets(
            places[None, :] - places[:, None], self.config["relative_attention_num_buckets"]
        )
        of_heads: _Vectors = self.weights["encoder.relative_attention_bias.weight"][buckets].transpose(
            2, 0, 1
        )
        return of_heads


def _distances_to_buckets(distances: NDArray[np.int64], n_buckets: int) -> NDArray[np.int64]:
    """Return the bucket of each distance: the near ones exactly, the others on a logarithmic scale.

    The distances are those of the second token from the first. One half of the buckets is for tokens before
    it, the other for those after it (Raffel et al., 2020, arXiv:1910.10683).
    """
    of_side = n_buckets // 2
    n_exact = of_side // 2
    lengths = np.abs(distances)
    scale = np.log(np.maximum(lengths, 1) / n_exact) / np.log(_FURTHEST / n_exact)
    far = np.minimum(n_exact + (scale * (of_side - n_exact)).astype(np.int64), of_side - 1)
    buckets: NDArray[np.int64] = np.where(lengths < n_exact, lengths, far) + of_side * (distances > 0)
    return buckets


def _gelu(values: _Vectors) -> _Vectors:
    """Return the Gaussian error linear units of values (Hendrycks and Gimpel, 2016, arXiv:1606.08415)."""
    # Imported here, because only a sentence encoder needs it.
    from scipy.special import erf

    result: _Vectors = values * np.float32(0.5) * (1 + erf(values / np.float32(np.sqrt(2))))
    return result
