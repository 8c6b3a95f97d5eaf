"""The bounds of a sentence encoder: the length of a text, the size of a file, and near and far tokens."""

from __future__ import annotations

import json

import numpy as np
import pytest

from curriculum.errors import CurriculumError
from curriculum.linking.csls_scores import scorers_to_csls
from curriculum.linking.encoder_settings import folder_to_settings
from curriculum.linking.sentence_encoder import encoder_to_scorer, folder_to_encoder
from curriculum.linking.transformer import _distances_to_buckets
from tiny_encoder import write_encoder


@pytest.fixture(name="folder")
def folder_with_encoder(tmp_path):
    return write_encoder(tmp_path / "tiny")


@pytest.mark.parametrize(
    ("settings", "longest"),
    [({"max_seq_length": given}, min(given, 512)) for given in (8, 511, 512, 513, 10**12)] + [({}, 512)],
)
def test_a_text_has_at_most_512_tokens(folder, settings, longest):
    (folder / "sentence_bert_config.json").write_text(json.dumps(settings), encoding="utf-8")
    assert folder_to_settings(folder).longest == longest


@pytest.mark.parametrize("given", [7, 0, -1, None, "9", 16.0, True, [16]])
def test_a_length_is_a_whole_number_from_8_on(folder, given):
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": given}), encoding="utf-8")
    with pytest.raises(CurriculumError, match=r"max_seq_length is not .* expected a whole number from 8 on"):
        folder_to_settings(folder)


def test_settings_have_at_most_a_million_bytes(folder):
    path = folder / "config.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.ljust(1_000_000), encoding="utf-8")
    assert folder_to_settings(folder).pooling == "mean"
    path.write_text(text.ljust(1_000_001), encoding="utf-8")
    with pytest.raises(CurriculumError, match="too large"):
        folder_to_settings(folder)


@pytest.mark.parametrize(("score", "csls"), [(0.19, -0.125), (0.2, 0.0), (0.21, 0.0), (0.36, 0.0)])
def test_a_mean_of_neighbours_below_one_fifth_counts_as_one_fifth_for_an_encoder(folder, score, csls):
    # 0.02 too little, in units of 0.16.
    scorer = encoder_to_scorer(folder_to_encoder(folder))
    assert scorers_to_csls([scorer], {"encoder": np.array([[score]])}).tolist() == [[csls]]


def test_an_encoder_counts_as_much_as_a_scorer_of_whole_texts(folder):
    scorer = encoder_to_scorer(folder_to_encoder(folder))
    other = scorer._replace(name="other", weight=1.0)
    scores = {"encoder": np.array([[0.12]]), "other": np.array([[0.2]])}
    assert scorers_to_csls([scorer, other], scores).tolist() == [[-0.5]]


@pytest.mark.parametrize(
    ("distance", "bucket"), [(-7, 7), (-8, 8), (-11, 8), (-12, 9), (-90, 14), (-91, 15), (-127, 15), (91, 31)]
)
def test_distances_above_90_share_the_last_bucket(distance, bucket):
    assert _distances_to_buckets(np.array([distance]), 32).tolist() == [bucket]


class MadeCache:
    """A cache that has the same bytes for any key."""

    def __init__(self, content):
        self.content = content

    def read(self, _):
        return self.content

    def write(self, *_):
        pass


@pytest.mark.parametrize(("n_bytes", "n_numbers"), [(11, 8), (12, 3), (13, 8), (14, 8), (15, 8), (16, 4)])
def test_vectors_from_the_cache_have_four_bytes_for_each_number(folder, n_bytes, n_numbers):
    # Other bytes are damaged: the text is encoded again, to eight numbers.
    encoder = folder_to_encoder(folder, MadeCache(bytes(n_bytes)))
    assert encoder.texts_to_vectors(["plan"]).shape == (1, n_numbers)
