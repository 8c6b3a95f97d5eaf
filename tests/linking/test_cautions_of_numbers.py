"""Numbers, units and signs that differ are named, also where the words are the same."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.linking.cautions import texts_to_caution
from curriculum.linking.proposals import propose_links
from curriculum.model import vocabulary as v


@pytest.mark.parametrize(
    ("old", "new", "caution"),
    [
        ("Give .5 ml of it", "Give 5 ml of it", "number: 0.5 -> 5"),
        ("Give .5 ml of it", "Give 0.5 ml of it", ""),
        ("Store at - 18 °C", "Store at 18 °C", "number: -18 -> 18"),
        ("Store at \u201118 °C", "Store at 18 °C", "number: -18 -> 18"),
        ("Store at −18 °C", "Store at -18 °C", "sign: − -> "),
        ("Store at approx.-18 °C", "Store at approx. 18 °C", "number: -18 -> 18"),
        ("Keep the range:-20 °C", "Keep the range:20 °C", "number: -20 -> 20"),
        ("Give ~5 ml of it", "Give 5 ml of it", "sign: ~ -> "),
        ("Use 3/4 inch bolts", "Use 3-4 inch bolts", "number: 3/4 -> 3-4"),
        ("Dilute it 1:10", "Dilute it 1/10", "number: 1:10 -> 1/10"),
        ("Work 10 * 5 out", "Work 10 - 5 out", "number: 10*5 -> 10-5"),
        ("Keep records for 2015–16", "Keep records for 2015-16", ""),
        ("Order 1,000 parts", "Order 1000 parts", ""),
        ("Know COVID-19 rules", "Know COVID 19 rules", ""),
        ("Climb a 6' ladder", 'Climb a 6" ladder', "number: ' -> \""),
        ("Climb a 6′ ladder", "Climb a 6″ ladder", "number: 6′ -> 6″"),
        ("Use 'plan 3' at work", "Use plan 3 at work", ""),
        ("Use 1 MΩ", "Use 1 mΩ", "unit: MΩ -> mΩ"),
        ("Run 5 MW", "Run 5 mW", "unit: MW -> mW"),
        ("Run 5 kg", "Run 5 kg", ""),
        ("Order 5 Days before", "Order 5 days before", ""),
        ("Find O- blood for it", "Find O blood for it", "sign: O- -> "),
        ("Reach grade A* in it", "Reach grade A in it", "sign: A* -> "),
        ("Lose 5 ‰ of it", "Lose 5 of it", "number: 5‰ -> 5"),
        ("Pay ₹500 for it", "Pay ¥500 for it", "sign: ₹ -> ¥"),
        ("Show x ≠ y in it", "Show x y in it", "sign: ≠ -> "),
        ("■ Plan the work", "Plan the work", ""),
    ],
)
def test_a_number_a_unit_or_a_sign_that_differs(old, new, caution):
    assert texts_to_caution(old, new) == caution


def link(old: tuple[str, str], new: tuple[str, str]) -> pd.Series:
    """Link a statement to another; each is a kind and a wording."""
    frames = [
        pd.DataFrame(
            {
                v.STATEMENT_ID: [f"{name}:X1"],
                v.DOCUMENT_ID: [name],
                v.CODE: ["X1"],
                v.KIND: [kind],
                v.TEXT: [text],
            }
        )
        for name, (kind, text) in (("old", old), ("new", new))
    ]
    return propose_links(*frames).iloc[0]


def test_the_same_words_with_another_number_are_not_exact_and_need_a_look():
    row = link(("skill", "Store the milk at -18 C"), ("skill", "Store the milk at 18 C"))
    assert (row[v.PREDICATE_ID], row[v.BAND], row[v.CAUTION]) == (
        v.CLOSE_MATCH,
        v.REVIEW,
        "number: -18 -> 18",
    )


@pytest.mark.parametrize(
    ("old", "new", "band"),
    [
        ("knowledge", "knowledge", v.ACCEPT),
        ("skill", "knowledge", v.REVIEW),
        ("knowledge", "skill", v.REVIEW),
        ("technical knowledge", "performance criterion", v.REVIEW),
        ("knowledge", "behaviour", v.REVIEW),
        ("statement", "skill", v.ACCEPT),
    ],
)
def test_what_is_known_is_not_what_is_done(old, new, band):
    assert link((old, "Understand repair processes"), (new, "Repair processes"))[v.BAND] == band
