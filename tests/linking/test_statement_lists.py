"""Lists of KSBs are compared in the order of their kinds, and kinds of other codes are inferred."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.linking.proposals import propose_links, statements_to_scored_pairs
from curriculum.linking.statement_lists import are_ksbs, kinds_to_inferred, kinds_to_order
from curriculum.model import vocabulary as v

K, S, B, X = "knowledge", "skill", "behaviour", "statement"
TK, TS, ESB = "technical knowledge", "technical skill", "employability skill or behaviour"


def test_lists_of_ksbs_have_all_their_kinds_from_ksbs():
    assert are_ksbs([K, S, B, TK, TS, ESB])
    assert not are_ksbs([K, S, X])
    assert not are_ksbs([K, "performance criterion"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How a forge is lit", K),
        ("how a forge is lit", K),
        ("Principles of shoeing", K),
        ("Understanding of welfare", K),
        ("The anatomy of the hoof", K),
        ("Shoe a horse", S),
        # The whole first word counts, and only the first.
        ("Theatre work with horses", S),
        ("Keys are kept safe", S),
        ("Explain how a forge is lit", S),
        ("", S),
    ],
)
def test_the_kind_of_another_code_follows_from_its_first_word(text, kind):
    assert kinds_to_inferred([S, X], ["Weld", text]) == (S, kind)


def test_kinds_are_inferred_only_where_half_of_a_list_are_ksbs():
    texts = ["Weld", "Cut", "How to weld", "Grind"]
    assert kinds_to_inferred([S, S, X, X], texts) == (S, S, K, S)
    assert kinds_to_inferred([S, X, X, X], texts) == (S, X, X, X)
    assert kinds_to_inferred([S, S, X, "performance criterion"], texts) == (S, S, K, "performance criterion")
    assert kinds_to_inferred([], []) == ()
    assert kinds_to_inferred([S, K], ["How to weld", "Weld"]) == (S, K)


def test_ksbs_are_put_into_the_order_knowledge_skills_behaviours():
    kinds = [ESB, S, B, K, TS, TK, S]
    assert kinds_to_order(kinds, kinds) == (3, 5, 1, 4, 6, 0, 2)


def test_inferred_kinds_come_last_within_their_kind():
    kinds = [X, S, K, X, K]
    assert kinds_to_order(kinds, (K, S, K, S, K)) == (2, 4, 0, 1, 3)


def test_a_list_with_other_kinds_keeps_its_order():
    for kinds in ([S, K, "performance criterion"], [S, X, K]):
        assert kinds_to_order(kinds, kinds) == (0, 1, 2)


def statements(source, rows):
    codes, kinds, texts = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            v.STATEMENT_ID: [f"{source}:{code}" for code in codes],
            v.DOCUMENT_ID: source,
            v.CODE: codes,
            v.KIND: kinds,
            v.TEXT: texts,
        }
    )


ROWS = [
    ("S1", S, "Trim the hoof of a horse"),
    ("K1", K, "How a forge is lit and kept"),
    ("F1", X, "The anatomy of the lower limb"),
    ("B1", B, "Work calmly around animals"),
    ("S2", S, "Choose nails for road work"),
]


def test_rows_stay_in_the_order_of_the_list_whatever_order_is_compared():
    other = statements("new", [("K9", K, "Bake a loaf of rye bread"), ("S9", S, "Ice a wedding cake")])
    links = propose_links(statements("old", ROWS), other)
    assert links[v.SUBJECT_ID].tolist()[:5] == ["old:S1", "old:K1", "old:F1", "old:B1", "old:S2"]
    assert links[v.OBJECT_ID].tolist()[5:] == ["new:K9", "new:S9"]


def test_the_order_of_the_kinds_in_a_list_makes_no_difference():
    sorted_rows = [ROWS[at] for at in (1, 2, 0, 4, 3)]
    new = statements("new", [(code, kind, f"{text} today") for code, kind, text in sorted_rows])
    first, second = (statements_to_scored_pairs(statements("old", rows), new) for rows in (ROWS, sorted_rows))
    assert first.old.ids == second.old.ids == ("old:K1", "old:F1", "old:S1", "old:S2", "old:B1")
    assert (first.csls == second.csls).all()


def test_an_inferred_kind_is_compared_but_the_row_names_the_kind_of_the_document():
    scored = statements_to_scored_pairs(statements("old", ROWS), statements("new", ROWS))
    assert scored.old.compared_kinds == (K, K, S, S, B)
    links = propose_links(statements("old", ROWS), statements("new", ROWS))
    assert links.set_index(v.SUBJECT_ID).loc["old:F1", v.SUBJECT_CATEGORY] == X
