"""Codes as people write them, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.code_lists import find_codes


def codes(text: str, **options) -> list[str]:
    return [found.code for found in find_codes(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(K2, S3, S8, S9)", "K2 S3 S8 S9"),
        ("(K4 S6)", "K4 S6"),
        ("(K5,S2)", "K5 S2"),
        ("K3 B1 B2", "K3 B1 B2"),
        ("(S5, S12, S7, S12)", "S5 S12 S7 S12"),
        ("K1–K5", "K1 K2 K3 K4 K5"),
        ("K1-K4", "K1 K2 K3 K4"),
        ("K1 to K4", "K1 K2 K3 K4"),
        ("K2-5", "K2 K3 K4 K5"),
        ("(S2-S4, K7, K9)", "S2 S3 S4 K7 K9"),
        ("K1/K2", "K1 K2"),
        ("K1 & K2", "K1 K2"),
        ("K1 and K2; S3", "K1 K2 S3"),
        ("k 1", "K1"),
        ("K01", "K1"),
        ("K1.", "K1"),
        ("**K1**", "K1"),
        ("K1, 2 & 4", "K1 K2 K4"),
        ("S1, 3-5", "S1 S3 S4 S5"),
        ("[K1][S2]", "K1 S2"),
        ("K1(S2)", "K1 S2"),
        ("K1\nK2\n• S3", "K1 K2 S3"),
        ("K1K2S3", "K1 K2 S3"),
        ("KSBs: K1, S2", "K1 S2"),
        ("TK1 TS1 ESB1", "TK1 TS1 ESB1"),
        ("Duty 1", "D1"),
        ("D1", "D1"),
        ("Duties 1-3", "D1 D2 D3"),
        ("Knowledge 4", "K4"),
    ],
)
def test_a_cell_of_codes_alone(text, expected):
    found = find_codes(text)
    assert [one.code for one in found] == expected.split()
    assert all(one.form == "list" and one.is_sure for one in found)
    assert all(text[one.start : one.end] == one.written for one in found)


@pytest.mark.parametrize(
    ("text", "expected", "form"),
    [
        ("K1: How the industry works", "K1", "opening"),
        ("**K1:** How the industry works", "K1", "opening"),
        ("K1. How the industry works", "K1", "opening"),
        ("K1 - How the industry works", "K1", "opening"),
        ("K1, K2 (budgets)", "K1 K2", "opening"),
        ("Call sheets (K7, S9)", "K7 S9", "bracketed"),
        ("Networks and security K2 S4 B1", "K2 S4 B1", "ending"),
        ("Scripts and versions: K36/S32", "K36 S32", "ending"),
    ],
)
def test_codes_beside_words(text, expected, form):
    found = find_codes(text)
    assert [one.code for one in found] == expected.split()
    assert {one.form for one in found} == {form}
    assert all(one.is_sure for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Rushes are kept in the S3 bucket",
        "S3 bucket",
        "S3, S4 and S5 bucket",
        "Vitamin B12 and catering",
        "Room B12",
        "B1 1AA",
        "Unit base, Leeds S1 2HE",
        '=B1&"K1"',
        '=COUNTIF(A1:A9,"K1")',
        "2024-01-05",
        "S2 E5",
        "S2E5",
        "K7.1",
        "AK47",
        "P1, M1, D1",
        "K9-K2x",
        "https://example.org/K1",
        "K1_final.docx",
    ],
)
def test_false_friends_are_left_alone(text):
    assert find_codes(text) == ()
    assert find_codes(text, in_text=True) == ()


@pytest.mark.parametrize(
    "text", ["Call sheets (K7)", "Meeting at ten, K1", "K9-K2", "K3-S1", "K1 How it works"]
)
def test_what_may_be_something_else_is_not_sure(text):
    found = find_codes(text)
    assert found
    assert not any(one.is_sure for one in found)


def test_prose_is_read_only_when_asked():
    text = "Evidence for K1, K2 and S3 was good; see K7 too."
    assert codes(text) == []
    assert codes(text, in_text=True) == ["K1", "K2", "S3", "K7"]


def test_codes_of_other_schemes_are_found_where_they_are_known():
    assert codes("390A, 1.2.3", known={"390A", "1.2.3"}) == ["390A", "1.2.3"]
    assert codes("K0012", known={"K0012"}) == ["K0012"]
    assert codes("390A or so", known={"390A"}) == []


CODE = st.builds(lambda letters, number: f"{letters}{number}", st.sampled_from("KSB"), st.integers(1, 99))
SIGN = st.sampled_from([", ", " ", "; ", "/", " & ", " and ", "\n", ",", ") ("])


@given(st.lists(CODE, min_size=1, max_size=8), SIGN)
def test_a_list_is_read_as_it_was_written(written, sign):
    assert codes(sign.join(written)) == written


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault_and_places_are_true(text):
    for found in find_codes(text, in_text=True):
        assert text[found.start : found.end] == found.written


@pytest.mark.parametrize(
    "text", ["K1, " * 8000 + "x", "K1" + " " * 30_000 + "x", "(K1" * 9000, "K1-" * 9000, "K" + "0" * 30_000]
)
def test_a_cell_as_long_as_excel_allows_is_read_in_one_pass(text):
    # Backtracking over such a cell would take hours, not a moment: the suite's own time limit tells.
    assert len(find_codes(text, in_text=True)) <= 9000
