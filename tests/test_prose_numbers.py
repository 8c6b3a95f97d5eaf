"""Numbers are read from sentences, and what only looks like a number is not."""

from __future__ import annotations

import pytest

from prose_numbers import text_to_numbers


def read(text):
    return [(number.written, round(number.value, 4)) for number in text_to_numbers(text, ["1.2", "2019"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are **295 statements** (22 criteria).", [("295", 295), ("22", 22)]),
        ("It has 1,234 rows and 0.976 of them, or 95%.", [("1,234", 1234), ("0.976", 0.976), ("95%", 0.95)]),
        ("Forty fewer, twenty-four more; twice.", [("Forty", 40), ("twenty-four", 24), ("twice", 2)]),
        ("At least 70 in 100 are kept, one in three is not.", [("70 in 100", 0.7), ("one in three", 0.3333)]),
        ("Half of them, and a fifth of those.", [("Half", 0.5), ("a fifth", 0.2)]),
        ("Two thirds are right; a third argument is not read.", [("Two thirds", 0.6667)]),
        ("More than half are missed.", [("More than half", 0.5)]),
        ("24 of 26 are right.", [("24", 24), ("26", 26)]),
        ("The current version 56, the old 96.", [("56", 56), ("96", 96)]),
        ("In version 1.2, 2 are new and 1.2 seconds pass.", [("2", 2)]),
        ("version 1.3, 2 of 5", [("2", 2), ("5", 5)]),
        ("The draft of 2019 has 96; that of 2018 is lost.", [("96", 96), ("2018", 2018)]),
        ("From 2 to 3\nin all.", [("2", 2), ("3", 3)]),
        ("There is one link, one of them new.", [("one", 1), ("one", 1)]),
    ],
)
def test_numbers_are_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# 4 · How good are the links?",
        "[2 · What changed](02_what_changed.ipynb)",
        "The new one, another one; (fewer have one), and a row without one.",
        "K20, D8, T5, M1 and F1 of ST0792",
        "`nos-2017`, draft-2019, st0792-1.2 and `df.head(8)`",
        "Notebook 2, notebooks 3 and 4, Duty 9, Duties 1, 9 and 10",
        "versions 1.0 and 1.1, version 1.0, 1.2 and the NOS of 2019",
        "1. The first, the second; once, both, none",
        "[a page](docs/page_2.md) and https://example.org/3",
        "```\n12\n```",
    ],
)
def test_names_are_not_numbers(text):
    assert read(text) == []


def test_a_number_names_its_sentence():
    (number,) = text_to_numbers("The first. **Ten codes** differ, in K1 too. The last.")
    assert number.sentence == "**Ten codes** differ, in K1 too."


@pytest.mark.parametrize(
    ("text", "value", "agrees"),
    [
        ("0.98", 0.978, True),
        ("0.98", 0.974, False),
        ("18", 17.967, True),
        ("18", 19, False),
        ("ten", 10.4, False),
        ("70 in 100", 0.7, True),
        ("70 in 100", 0.71, False),
        ("Half", 0.49, True),
        ("Half", 0.45, False),
        ("more than half", 0.6, True),
        ("fewer than half", 0.6, False),
        ("95%", 0.95, True),
    ],
)
def test_a_value_agrees_in_the_precision_that_is_written(text, value, agrees):
    (number,) = text_to_numbers(text)
    assert number.agrees(value) is agrees
