"""The headline of two versions, on rows written by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.crosswalk.headline import Headline, crosswalk_to_headline

NONE = "sssom:NoTermFound"
LOST_OF_TEN = ("K8 broad K1", "K9 exact -", "K10 exact -")
LOST_OF_NINE = ("K7 broad K1", "K8 exact -", "K9 exact -")


def rows(text):
    """Return the rows of a crosswalk: an old code, a relation, a new code; `-` for none, D for a duty."""
    links = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(
        [
            (
                NONE if old == "-" else f"a:{old}",
                NONE if new == "-" else f"b:{new}",
                f"skos:{relation}Match",
                "duty" if "D" in old + new else "skill",
                "duty" if "D" in old + new else "skill",
            )
            for old, relation, new in links
        ],
        columns=["subject_id", "object_id", "predicate_id", "subject_category", "object_category"],
    )


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("K1 exact K1\nS1 exact S1", Headline(2, 0, 0, "untouched")),
        ("K1 exact K2\nK2 exact K1", Headline(2, 2, 0, "renumbered")),
        ("K1 exact K1\nK2 close K3\nK3 exact K2\nD1 broad D1", Headline(3, 2, 0, "edited")),
        # Seven in ten are kept, and K9 is merged: K1 to K7 count, not K8 to K10.
        (
            "\n".join([*(f"K{n} close K{n}" for n in range(1, 8)), *LOST_OF_TEN]),
            Headline(7, 0, 0, "edited"),
        ),
        (
            "\n".join([*(f"K{n} close K{n}" for n in range(1, 7)), *LOST_OF_NINE]),
            Headline(6, 0, 0, "rewritten"),
        ),
        # A code of both versions whose old statement has no counterpart is counted, and shown apart.
        ("K1 exact -\n- exact K1\nK2 exact K2", Headline(2, 1, 1, "rewritten")),
        ("K1 exact -\n- exact K1", Headline(1, 1, 1, "unrelated")),
        ("K1 related K1\nK2 narrow K2\nK2 narrow K3", Headline(2, 0, 0, "rewritten")),
    ],
)
def test_codes_are_counted_and_the_change_is_named(links, expected):
    assert crosswalk_to_headline(rows(links)) == expected


def test_fewer_than_three_in_a_hundred_links_are_unrelated():
    lines = [*(f"K{n} exact -" for n in range(1, 101)), *(f"- exact S{n}" for n in range(1, 98))]
    two = "\n".join([*lines, "K101 close S101", "K102 close S102"])
    three = "\n".join([*lines, "K101 close S101", "K102 close S102", "K103 close S103"])
    assert crosswalk_to_headline(rows(two)).change == "unrelated"
    assert crosswalk_to_headline(rows(three)).change == "rewritten"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            Headline(64, 17, 0, "edited"),
            "17 of 64 codes now name another statement. The new version is edited.",
        ),
        (
            Headline(1, 1, 0, "renumbered"),
            "1 of 1 code now names another statement. The new version is renumbered.",
        ),
        (
            Headline(56, 55, 25, "rewritten"),
            "55 of 56 codes now name another statement (of these, 25 without a counterpart found). "
            "The new version is rewritten.",
        ),
        (
            Headline(0, 0, 0, "unrelated"),
            "No code is printed in both versions. The new version is unrelated.",
        ),
    ],
)
def test_a_headline_is_a_sentence(headline, text):
    assert str(headline) == text
