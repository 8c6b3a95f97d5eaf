"""The transformer in numpy gives what the definition gives, word for word."""

import math

import numpy as np
import pytest

from curriculum.linking.transformer import ARCHITECTURES, Transformer, _distances_to_buckets, _gelu
from tiny_encoder import CONFIG, HEADS, LAYERS, SIZE, architecture_to_weights

pytestmark = pytest.mark.filterwarnings("error")
TOKENS = [1, 4, 5, 6, 2]


def norm(vector: list[float], name: str, weights: dict[str, np.ndarray]) -> list[float]:
    middle = sum(vector) / len(vector)
    spread = math.sqrt(sum((value - middle) ** 2 for value in vector) / len(vector) + 1e-12)
    return [
        (value - middle) / spread * float(scale) + float(bias)
        for value, scale, bias in zip(vector, weights[f"{name}.weight"], weights[f"{name}.bias"], strict=True)
    ]


def linear(vector: list[float], name: str, weights: dict[str, np.ndarray]) -> list[float]:
    return [
        sum(float(w) * value for w, value in zip(row, vector, strict=True)) + float(bias)
        for row, bias in zip(weights[f"{name}.weight"], weights[f"{name}.bias"], strict=True)
    ]


def add(one: list[float], other: list[float]) -> list[float]:
    return [a + b for a, b in zip(one, other, strict=True)]


def word_by_word(name: str, tokens: list[int]) -> list[list[float]]:
    """Run a transformer with lists and loops, as the papers define it."""
    weights, architecture = architecture_to_weights(name), ARCHITECTURES[name]
    vectors = []
    for place, token in enumerate(tokens):
        at = place + architecture.first_position
        vector = add(
            weights["embeddings.word_embeddings.weight"][token].tolist(),
            weights["embeddings.position_embeddings.weight"][at].tolist(),
        )
        if name == "bert":
            vector = add(vector, weights["embeddings.token_type_embeddings.weight"][0].tolist())
        vectors.append(norm(vector, "embeddings.LayerNorm", weights))
    width = SIZE // HEADS
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        parts = [
            [linear(vector, layer + part, weights) for vector in vectors] for part in architecture.attention
        ]
        queries, keys, values = parts
        attended = []
        for row in range(len(vectors)):
            joined: list[float] = []
            for head in range(HEADS):
                cut = slice(head * width, (head + 1) * width)
                scores = []
                for column in range(len(vectors)):
                    score = sum(
                        a * b for a, b in zip(queries[row][cut], keys[column][cut], strict=True)
                    ) / math.sqrt(width)
                    if name == "mpnet":
                        # Near tokens have a bucket each: 1, 2, ... before, 17, 18, ... after.
                        distance = column - row
                        bucket = abs(distance) + (16 if distance > 0 else 0)
                        score += float(weights["encoder.relative_attention_bias.weight"][bucket][head])
                    scores.append(math.exp(score))
                for at in range(cut.start, cut.stop):
                    joined.append(
                        sum(share * values[column][at] for column, share in enumerate(scores)) / sum(scores)
                    )
            attended.append(joined)
        after = [
            norm(
                add(vector, linear(joined, layer + architecture.output, weights)),
                layer + architecture.norm,
                weights,
            )
            for vector, joined in zip(vectors, attended, strict=True)
        ]
        vectors = []
        for vector in after:
            inner = [
                value * 0.5 * (1 + math.erf(value / math.sqrt(2)))
                for value in linear(vector, layer + "intermediate.dense", weights)
            ]
            out = linear(inner, layer + "output.dense", weights)
            vectors.append(norm(add(vector, out), layer + "output.LayerNorm", weights))
    return vectors


@pytest.mark.parametrize("name", ["bert", "mpnet"])
def test_vectors_are_those_of_the_definition(name):
    transformer = Transformer(architecture_to_weights(name), {"model_type": name, **CONFIG})
    found = transformer.tokens_to_vectors(TOKENS)
    assert found.shape == (len(TOKENS), SIZE)
    assert np.allclose(found, word_by_word(name, TOKENS), atol=1e-4)


def test_the_order_of_tokens_counts():
    transformer = Transformer(architecture_to_weights("bert"), {"model_type": "bert", **CONFIG})
    one, other = (transformer.tokens_to_vectors(tokens).mean(axis=0) for tokens in ([4, 5, 6], [6, 5, 4]))
    assert not np.allclose(one, other, atol=1e-3)


def test_the_most_tokens_follow_from_the_positions():
    # 40 positions; those of MPNet begin at 2.
    most = {
        name: Transformer(architecture_to_weights(name), {"model_type": name, **CONFIG}).most_tokens
        for name in ARCHITECTURES
    }
    assert most == {"bert": 40, "mpnet": 38}


@pytest.mark.parametrize(
    ("distance", "bucket"),
    [
        (0, 0),
        (-1, 1),
        (-7, 7),
        (-8, 8),
        (-16, 10),
        (-200, 15),
        (1, 17),
        (7, 23),
        (8, 24),
        (16, 26),
        (200, 31),
    ],
)
def test_buckets_of_distances(distance, bucket):
    assert _distances_to_buckets(np.array([distance]), 32).tolist() == [bucket]


def test_gelu():
    assert np.allclose(_gelu(np.array([-1.0, 0.0, 1.0], dtype=np.float32)), [-0.1587, 0, 0.8413], atol=1e-4)
