"""Pieces of words, and the vectors of pieces."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from curriculum.linking import word_vectors
from curriculum.linking.word_pieces import file_to_vectors, text_to_pieces, word_to_numbers

PIECES = {"▁": 9, "a": 10, "b": 11, "c": 12, "bc": 3, "ab": 4, "abc": 5, "▁a": 6, "<0xC3>": 1, "<0xA9>": 2}


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        # The piece with the lower number is joined first, so that "ab" is no part of it.
        ("abc", [9, 5]),
        ("bab", [9, 11, 4]),
        ("abab", [9, 4, 4]),
        ("cé", [9, 12, 1, 2]),
        ("", [9]),
    ],
)
def test_a_word_has_these_pieces(word, numbers):
    assert word_to_numbers(word, PIECES) == numbers


def test_pieces_are_read_from_the_vocabulary_of_a_tokenizer():
    model = {"type": "BPE", "vocab": PIECES, "merges": ["a b"]}
    assert text_to_pieces(json.dumps({"added_tokens": [], "model": model})) == PIECES


def test_vectors_are_read_from_behind_their_description(tmp_path):
    path = tmp_path / "vectors.safetensors"
    described = {"other": {"dtype": "F16", "shape": [1, 1], "data_offsets": [0, 2]}}
    described["wanted"] = {"dtype": "F16", "shape": [2, 2], "data_offsets": [2, 10]}
    header = json.dumps(described).encode()
    values = np.array([9, 1, 2, 3, 4], dtype="<f2").tobytes()
    path.write_bytes(len(header).to_bytes(8, "little") + header + values)
    with path.open("rb") as file:
        assert file_to_vectors(file, "wanted").tolist() == [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.skipif(not word_vectors.has_vectors(), reason="no word vectors here")
def test_pieces_and_vectors_are_those_of_the_libraries():
    tokenizers = pytest.importorskip("tokenizers")
    arrays = pytest.importorskip("safetensors.numpy")
    (weights, _, _), (config, _, _) = word_vectors.vectors_to_files()
    model = word_vectors._model()
    tokenizer = tokenizers.Tokenizer.from_file(config)
    chance = random.Random(5)
    words = [
        "".join(chance.choices("abcdeilnorst19é中+£\U0001f600", k=chance.randint(1, 14))) for _ in range(5000)
    ]
    found = [word_to_numbers(word, model.pieces) for word in words]
    assert found == [tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    assert np.array_equal(model.vectors, arrays.load_file(weights)["embedding.weight"])
