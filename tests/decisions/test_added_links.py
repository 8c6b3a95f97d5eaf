"""A link that a reviewer adds, beside proposals that wait for a person."""

from __future__ import annotations

import pandas as pd
import pytest

import curriculum as cu

OLD = """Knowledge
K1: How eggs are graded by size and colour
K2: How hens are housed in winter
Skills
S1: Clean a hen house and its tools
S2: Collect eggs
"""
NEW = """Knowledge
K1: How eggs are graded by size
K2: How hens are housed
Skills
S1: Use digital tools to record the eggs of each house
S2: Collect eggs
"""


@pytest.fixture(name="crosswalk")
def two_versions(tmp_path):
    for name, text in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return cu.link(cu.read(tmp_path / "old.txt"), cu.read(tmp_path / "new.txt"))


def test_an_answer_is_no_merger_because_of_an_open_proposal(crosswalk):
    table = crosswalk.table
    assert table[(table.subject_id == "old:S1") & (table.band == "review")].object_id.tolist() == ["new:S1"]
    tracker = pd.DataFrame({"Learner": ["Ann"], "KSBs": ["K2"]})
    remapped = cu.remap(tracker, crosswalk, decisions={"K2": "S1"})
    (row,) = remapped.audit.to_dict("records")
    assert (row["outcome"], row["new_codes"]) == ("replaced", "S1")


def test_an_answer_on_an_unknown_code_merges_no_other_code(crosswalk):
    tracker = pd.DataFrame({"Learner": ["Ann", "Bea"], "KSBs": ["S2", "S12"]})
    remapped = cu.remap(tracker, crosswalk, decisions={"S12": "S2"})
    outcomes = dict(zip(remapped.audit["code"], remapped.audit["outcome"], strict=True))
    assert outcomes["S2"] == "unchanged"
    assert outcomes["S12"] == "replaced"


def test_two_added_links_to_one_statement_are_a_merger(crosswalk):
    tracker = pd.DataFrame({"Learner": ["Ann", "Bea"], "KSBs": ["K1", "K2"]})
    remapped = cu.remap(tracker, crosswalk, decisions={"K1": "S1", "K2": "S1"})
    assert remapped.audit["outcome"].tolist() == ["merged", "merged"]
