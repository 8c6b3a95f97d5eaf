"""Codes of another scheme among those of KSBs."""

from __future__ import annotations

import pytest

import curriculum as cu
from curriculum.errors import CurriculumError

KSBS = "code,text\nK1,How wood is dried\nK2,Kinds of joint\nS1,Plane a board\nB1,Works with care\n"


def read(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return cu.read(path)


def test_three_codes_with_other_letters_are_statements_of_no_kind(tmp_path):
    rows = KSBS + "WP1,Choose timber\nWP2,The uses of glue\nWP3,Sand a table\n"
    standard = read(tmp_path, rows)
    table = standard.statements
    assert table[["code", "kind"]].values.tolist() == [
        ["K1", "knowledge"],
        ["K2", "knowledge"],
        ["S1", "skill"],
        ["B1", "behaviour"],
        ["WP1", "statement"],
        ["WP2", "statement"],
        ["WP3", "statement"],
    ]
    (note,) = standard.findings[standard.findings.rule == "other-codes"].message
    assert note.startswith("3 codes are of another scheme (such as WP1)")


def test_two_codes_with_other_letters_may_be_misspelt_and_are_refused(tmp_path):
    with pytest.raises(CurriculumError, match="line 6: not the code of a statement"):
        read(tmp_path, KSBS + "WP1,Choose timber\nWP2,The uses of glue\n")


def test_one_code_three_times_is_no_scheme(tmp_path):
    with pytest.raises(CurriculumError, match="not the code of a statement"):
        read(tmp_path, KSBS + "WP1,Choose timber\n" * 3)


def test_a_misspelt_code_beside_a_scheme_is_still_refused(tmp_path):
    rows = KSBS + "WP1,Choose timber\nWP2,Glue\nWP3,Sand a table\nSS9,Saw\n"
    with pytest.raises(CurriculumError, match="line 9: not the code of a statement"):
        read(tmp_path, rows)


def test_lists_with_other_codes_are_linked(tmp_path):
    for name in ("old", "new"):
        (tmp_path / f"{name}.csv").write_text(
            KSBS + "WP1,Choose timber\nWP2,How glue is used\nWP3,Sand a table\n", encoding="utf-8"
        )
    crosswalk = cu.link(cu.read(tmp_path / "old.csv"), cu.read(tmp_path / "new.csv"))
    assert set(crosswalk.table.predicate_id) == {"skos:exactMatch"}
