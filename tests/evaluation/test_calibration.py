"""The calibration error and its floor on a few links, computed by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from curriculum.evaluation.calibration import (
    CALIBRATION_BOUNDS,
    confidence_to_error,
    confidence_to_floor,
    reworded_verdicts,
    verdicts_to_calibration,
)
from curriculum.model import vocabulary as v


@pytest.mark.parametrize(
    ("confidence", "is_right", "error"),
    [
        ([], [], 0.0),
        ([1.0], [True], 0.0),
        ([0.9], [False], 0.9),
        # One bin: 1.8 are expected, 1 is right.
        ([0.9, 0.9], [True, False], 0.4),
        # Two bins, whose errors do not cancel: 0.1 and 0.3 of 2 links.
        ([0.9, 0.3], [True, False], 0.2),
        # 0.2 is in the lower bin, alone: |0.2 - 1| and |0.3 - 0| of 2 links; together it would be 0.25.
        ([0.2, 0.3], [True, False], 0.55),
        ([0.21, 0.3], [True, False], 0.245),
    ],
)
def test_the_error_is_the_sum_of_the_gaps_of_the_bins(confidence, is_right, error):
    assert confidence_to_error(confidence, is_right) == error


@pytest.mark.parametrize(
    ("confidence", "floor"),
    [
        ([], 0.0),
        ([1.0, 0.0], 0.0),
        ([0.5], 0.5),
        # 0, 1 or 2 right ones with 1/4, 1/2, 1/4: half a link of two on average.
        ([0.5, 0.5], 0.25),
        # Of one link with 0.9: 0.1 x 0.9 + 0.9 x 0.1.
        ([0.9], 0.18),
        # Each in a bin of its own: (0.18 + 0.5) / 2.
        ([0.9, 0.5], 0.34),
    ],
)
def test_the_floor_is_the_mean_error_of_a_perfect_confidence(confidence, floor):
    assert confidence_to_floor(confidence) == floor


@pytest.mark.parametrize("bound", [0.2, 0.4, 0.6, 0.8])
def test_a_confidence_on_a_bound_is_in_the_lower_bin(bound):
    # In two bins |bound - 1| and |bound + 0.1 - 0| of two links; in one bin they would cancel out.
    assert confidence_to_error([bound, bound + 0.1], [True, False]) == 0.55
    assert confidence_to_error([bound + 0.01, bound + 0.1], [True, False]) < 0.5


def test_the_bins_have_equal_width():
    assert np.diff(CALIBRATION_BOUNDS) == pytest.approx([0.2] * 5)
    assert (CALIBRATION_BOUNDS[0], CALIBRATION_BOUNDS[-1]) == (0, 1)


def test_the_floor_is_the_mean_error_over_all_outcomes():
    confidence = np.array([0.15, 0.35, 0.65, 0.7, 0.75])
    mean = sum(
        float(np.where(right, confidence, 1 - confidence).prod()) * confidence_to_error(confidence, right)
        for right in itertools.product([True, False], repeat=5)
    )
    assert confidence_to_floor(confidence) == pytest.approx(mean, abs=0.001)


def test_the_floor_falls_with_the_number_of_links():
    floors = [confidence_to_floor([0.7] * size) for size in (4, 16, 64, 256)]
    assert floors == sorted(floors, reverse=True)
    assert floors[-1] < 0.03


def verdicts(*rows):
    frame = pd.DataFrame(rows, columns=[v.OBJECT_SOURCE, "verdict", v.CONFIDENCE])
    return frame.assign(**{v.SUBJECT_SOURCE: "a"})


def test_only_reworded_links_count_that_are_right_or_wrong():
    given = verdicts(
        ("c", "wrong", 0.6),
        ("b", "found", 1.0),
        ("b", "found", 0.9),
        ("b", "found", 0.9),
        ("b", "wrong", 0.9),
        ("b", "neutral", 0.9),
        ("b", "missed", 0.0),
        ("b", "no counterpart", 0.7),
        ("d", "found", 1.0),
    )
    assert reworded_verdicts(given)["verdict"].tolist() == ["wrong", "found", "found", "wrong"]
    # Of three links with 0.9: 0.729 x 0.3 + 0.243 x 0.7 + 0.027 x 1.7 + 0.001 x 2.7 is 0.4374 links.
    assert verdicts_to_calibration(given).to_numpy().tolist() == [
        ["a", "c", 1, 0.6, 0.48],
        ["a", "b", 3, 0.233, 0.146],
    ]


def test_without_a_reworded_link_there_is_no_error():
    assert verdicts_to_calibration(verdicts(("b", "found", 1.0), ("b", "missed", 0.0))).empty
    assert verdicts_to_calibration(verdicts()).columns.tolist() == [
        *("subject_source", "object_source", "links", "ECE", "floor"),
    ]
