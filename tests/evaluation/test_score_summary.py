"""The scores of each pair in one row: literal verdicts in, numbers counted by hand out."""

from __future__ import annotations

import pandas as pd

from curriculum.evaluation.score_summary import verdicts_to_summary
from curriculum.model import vocabulary as v

NOTHING = v.NO_TERM_FOUND
ROWS = [
    ("a", "b", "a:K1", "b:K1", "found", 1.0, v.ACCEPT, True),
    ("a", "b", "a:K2", "b:K2", "found", 0.96, v.ACCEPT, True),
    ("a", "b", "a:K3", "b:K9", "wrong", 0.95, v.ACCEPT, True),
    ("a", "b", "a:K3", "b:K3", "missed", 0.0, "", False),
    ("a", "b", "a:K4", "b:K4", "found", 0.6, v.REVIEW, True),
    # A neutral link counts among the accepted statements, and is neither right nor wrong.
    ("a", "b", "a:K5", "b:K5", "neutral", 0.97, v.ACCEPT, True),
    # Without a link, so without precision and without a band.
    ("b", "c", "b:K1", "c:K1", "missed", 0.0, "", True),
    ("b", "c", "b:K1", NOTHING, "has a counterpart", 0.7, v.REVIEW, False),
]
NAMES = [
    v.SUBJECT_SOURCE,
    v.OBJECT_SOURCE,
    v.SUBJECT_ID,
    v.OBJECT_ID,
    "verdict",
    v.CONFIDENCE,
    v.BAND,
    "is_best",
]


def test_each_pair_has_its_scores_and_its_accepted_links_in_a_row():
    summary = verdicts_to_summary(pd.DataFrame(ROWS, columns=NAMES).assign(is_relation_right=True))
    names = ["subject_source", "object_source", "hits@1", "precision", "recall", "F1"]
    assert summary.columns.tolist() == [*names, "accepted", "accepted_wrong"]
    assert summary.astype(object).fillna("-").to_numpy().tolist() == [
        ["a", "b", 0.75, 0.75, 0.75, 0.75, 4, 1],
        ["b", "c", 1.0, "-", 0.0, 0.0, 0, 0],
    ]
