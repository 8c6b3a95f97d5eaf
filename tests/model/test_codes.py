"""The grammar of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.codes import (
    Label,
    code_to_sort_key,
    line_to_codes,
    line_to_label,
    text_to_trailing_code,
    word_to_code,
)
from curriculum.model.vocabulary import KIND_OF_LETTERS

CODES = st.builds(
    lambda letters, n: f"{letters}{n}", st.sampled_from(list(KIND_OF_LETTERS)), st.integers(1, 999)
)


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("K1 K2 K3 K9", ("K1", "K2", "K3", "K9")),
        ("K14, S14 , S17, B3", ("K14", "S14", "S17", "B3")),
        ("S8, S10, B1 ", ("S8", "S10", "B1")),
        ("K1/K2 & S3 and B1;", ("K1", "K2", "S3", "B1")),
        ("K01", ("K1",)),
        ("TK1 TS1 ESB1", ("TK1", "TS1", "ESB1")),
        ("K3: The role", ()),
        ("Back to K3", ()),
        ("", ()),
    ],
)
def test_lines_of_codes(line, codes):
    assert line_to_codes(line) == codes


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("K1: text", Label("K1", "text")),
        ("K1 : text", Label("K1", "text")),
        ("- **K1:** text", Label("K1", "text")),
        ("• S12 – text", Label("S12", "text")),
        ("K1. Text", Label("K1", "Text")),
        ("K1 Text of a statement", Label("K1", "Text of a statement")),
        ("K1 and K2 are assessed", None),
        ("K3", None),
        ("K14, S14 , S17, B3", None),
        ("K3 S2 S3", None),
        ("See K1: text", None),
        ("PK1: text", None),
    ],
)
def test_labels(line, label):
    assert line_to_label(line) == label


def test_a_long_line_that_is_no_list_is_told_at_once():
    line = " ".join(f"K{n}" for n in range(1, 400)) + " are assessed"
    assert line_to_codes(line) == ()
    assert line_to_codes(line.removesuffix(" are assessed"))[-1] == "K399"


def test_trailing_code():
    assert text_to_trailing_code("Plan (B). The rest (K6)") == Label("K6", "Plan (B). The rest")
    assert text_to_trailing_code("(Core) The role") is None


@given(st.lists(CODES, min_size=1, max_size=8), st.sampled_from([" ", ", ", " / ", "; "]))
def test_codes_that_are_written_are_read(codes, separator):
    assert line_to_codes(separator.join(codes)) == tuple(codes)


@given(st.lists(CODES, max_size=12))
def test_order_is_by_kind_then_number(codes):
    ordered = sorted(codes, key=code_to_sort_key)
    taken = [word_to_code(code) for code in ordered]
    assert [(list(KIND_OF_LETTERS).index(one.letters), one.number) for one in taken] == sorted(
        (list(KIND_OF_LETTERS).index(one.letters), one.number) for one in taken
    )


def test_a_link_is_no_label():
    assert line_to_label("[K1](https://example.org) the list of knowledge") is None
