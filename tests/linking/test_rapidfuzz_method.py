"""Links by one scorer of rapidfuzz alone."""

from __future__ import annotations

import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.errors import InvalidInput
from curriculum.linking.confidence import FITTED_RAPIDFUZZ
from curriculum.linking.proposals import statements_to_scored_pairs
from curriculum.linking.rapidfuzz_scores import rapidfuzz_scorers, texts_to_token_set_scores

OLD = """Knowledge
K1: How bees are kept over the winter
K2: The law on the labels of honey
Skills
S1: Inspect a hive for signs of disease
S2: Extract honey from the combs
"""
NEW = """Knowledge
K1: The law on labels of honey and wax
K2: How bees are kept healthy over the winter
Skills
S1: Extract and filter honey from the combs
S2: Inspect hives for signs of disease and pests
"""


@pytest.fixture(name="pair")
def two_versions(tmp_path):
    standards = []
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        standards.append(cu.read(tmp_path / f"{name}.txt"))
    return standards


def test_scores_are_those_of_rapidfuzz_on_the_words_without_editorial_marks():
    old, new = ["Know how to mend a hive.", "Bottle honey"], ["How to mend a hive", "Store wax"]
    assert texts_to_token_set_scores(old, new)[0, 0] == 1.0
    assert texts_to_token_set_scores(old, new).max(axis=1)[1] < 0.6
    assert texts_to_token_set_scores([], new).shape == (0, 2)


def test_links_of_two_versions_with_the_confidence_of_the_method(pair):
    crosswalk = cu.link(*pair, method="rapidfuzz")
    linked = crosswalk.table[crosswalk.table.object_id.str.startswith("new:")]
    found = dict(zip(linked.subject_id, linked.object_id, strict=True))
    assert found == {"old:K1": "new:K2", "old:K2": "new:K1", "old:S1": "new:S2", "old:S2": "new:S1"}
    assert crosswalk.basis.startswith("Linked by rapidfuzz alone")
    scored = statements_to_scored_pairs(pair[0].statements, pair[1].statements, rapidfuzz_scorers())
    assert scored.fit == FITTED_RAPIDFUZZ
    assert linked.confidence.max() <= FITTED_RAPIDFUZZ.highest


def test_no_column_of_the_other_scorers_is_filled(pair):
    table = cu.link(*pair, method="rapidfuzz").table
    assert table[["characters_score", "words_score", "meaning_score"]].isna().all().all()
    assert table.csls_score.notna().any()


def test_another_method_is_refused(pair):
    with pytest.raises(InvalidInput, match="expected default or rapidfuzz; found tfidf"):
        cu.link(*pair, method="tfidf")


def test_the_command_says_what_the_links_rest_on(pair, tmp_path, monkeypatch, capsys):
    assert len(pair) == 2
    monkeypatch.chdir(tmp_path)
    assert main(["link", "old.txt", "new.txt", "--method", "rapidfuzz", "-o", "c.csv"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "Linked by rapidfuzz alone: token_set_ratio" in said
    assert "thesaurus" not in said
