"""Parts of long statements have counterparts of their own, and a part counts less than the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from curriculum.linking.csls_scores import scores_to_csls
from curriculum.linking.proposals import propose_links, statements_to_scored_pairs
from curriculum.linking.statement_parts import SidesWithParts, texts_to_parts, texts_to_sides, with_parts
from curriculum.model import vocabulary as v

FIRST = "Groom the horse before the show"
# Six words before the dash, the dash, and so many after it that the text has 17 or 18.
REST_OF_17 = "plait the mane and polish the saddle of each rider"
REST_OF_18 = "plait the mane and polish the saddle of each young rider"


def parts(text):
    return [part for _, part in texts_to_parts([text])]


def test_a_statement_of_18_words_has_parts_and_one_of_17_has_none():
    shorter, longer = f"{FIRST} - {REST_OF_17}", f"{FIRST} - {REST_OF_18}"
    assert (len(shorter.split()), len(longer.split())) == (17, 18)
    assert parts(shorter) == []
    assert parts(longer) == [FIRST, REST_OF_18]


def test_a_part_has_four_words_or_more():
    rest = "plait the mane and polish the saddle and the bridle of each young rider of the club"
    assert parts(f"Groom the horse; {rest}") == [rest]
    assert parts(f"Groom the old horse; {rest}") == ["Groom the old horse", rest]


@pytest.mark.parametrize(
    ("boundary", "is_boundary"),
    [
        ("; ", True),
        (": ", True),
        (". ", True),
        (" - ", True),
        (" – ", True),
        (" — ", True),
        (" e.g. ", True),
        (" E.G., ", True),
        (" for example ", True),
        (" For example, ", True),
        (", ", False),
        (" and ", False),
        ("-", False),
        (" (", False),
    ],
)
def test_where_a_long_statement_is_divided(boundary, is_boundary):
    rest = "plait the mane and polish the saddle and the bridle of each young rider"
    assert parts(f"{FIRST}{boundary}{rest}") == ([FIRST, rest] if is_boundary else [])


def test_a_long_statement_without_a_boundary_has_no_part():
    assert parts(f"{FIRST} and {REST_OF_18}") == []
    # A full stop at its end does not make it a part of itself.
    assert parts(f"{FIRST} and {REST_OF_18}.") == []


def test_parts_stand_behind_the_statements_and_know_their_whole():
    long = f"{FIRST} - {REST_OF_18}"
    sides = texts_to_sides(["Feed the horse", long], [long, long, "Ride"])
    assert sides == SidesWithParts(
        ("Feed the horse", long, FIRST, REST_OF_18),
        (long, long, "Ride", FIRST, REST_OF_18, FIRST, REST_OF_18),
        (1, 1),
        (0, 0, 1, 1),
    )


def test_a_part_raises_the_score_of_its_statement_by_half_a_unit_less_and_never_lowers_it():
    sides = SidesWithParts(("a", "b", "b1", "b2"), ("x", "y", "y1"), (1, 1), (1,))
    csls = np.array(
        [
            [1.0, 1.0, 3.0],  # a: y1 raises a-y to 2.5
            [1.0, 2.0, 0.0],  # b
            [4.0, 2.4, 9.0],  # b1 raises b-x to 3.5, but b-y not (1.9); two parts are not compared
            [3.0, -5.0, 9.0],
        ]
    )
    kept = csls.copy()
    assert with_parts(csls, sides).tolist() == [[1.0, 2.5], [3.5, 2.0]]
    assert (csls == kept).all()


def test_without_parts_the_scores_stay():
    csls = np.array([[1.0, -2.0]])
    assert with_parts(csls, texts_to_sides(["a"], ["b", "c"])).tolist() == csls.tolist()
    assert with_parts(np.zeros((0, 2)), texts_to_sides([], ["b", "c"])).shape == (0, 2)


def test_parts_are_no_competitors_of_statements():
    scores = np.array([[0.9, 0.1, 0.8], [0.1, 0.2, 0.7], [0.6, 0.5, 0.4]])
    result = scores_to_csls(scores, 1.0, None, (2, 2))
    # The nearest neighbours are sought in the first two rows and columns, also for what is behind them.
    assert (result[:2, :2] == scores_to_csls(scores[:2, :2], 1.0)).all()
    assert result[2, 0] == round(2 * 0.6 - (0.6 + 0.5) / 2 - (0.9 + 0.1) / 2, 3)


def statements(source, texts):
    codes = [f"S{n}" for n in range(1, len(texts) + 1)]
    return pd.DataFrame(
        {
            v.STATEMENT_ID: [f"{source}:{code}" for code in codes],
            v.DOCUMENT_ID: source,
            v.CODE: codes,
            v.KIND: "skill",
            v.TEXT: texts,
        }
    )


LONG = (
    "Muck out each stable before the first ride of the day; measure the feed of every pony by its weight "
    "and by the work that it does"
)
OLD = statements("old", [LONG, "Fit a bridle", "Mend fences with wire"])
NEW = statements(
    "new",
    ["Muck out each stable", "Measure the feed of every pony", "Fit a bridle", "Mend fences with wire"],
)


def test_both_parts_of_a_long_statement_are_linked_in_either_direction():
    links = propose_links(OLD, NEW)
    assert links[links[v.SUBJECT_ID] == "old:S1"][v.OBJECT_ID].tolist() == ["new:S2", "new:S1"]
    back = propose_links(NEW, OLD)
    assert back[back[v.OBJECT_ID] == "old:S1"][v.SUBJECT_ID].tolist() == ["new:S1", "new:S2"]


def test_parts_have_no_scores_and_no_rows_of_their_own():
    scored = statements_to_scored_pairs(OLD, NEW)
    assert scored.csls.shape == scored.similarity.shape == (3, 4)
    assert {of_scorer.shape for of_scorer in scored.scores.values()} == {(3, 4)}
    assert len(propose_links(OLD, NEW)) == 4
