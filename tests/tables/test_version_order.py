"""The order of versions: by their pairs, then by date, then by id."""

from __future__ import annotations

import pytest

from curriculum.tables.version_order import ids_in_order


@pytest.mark.parametrize(
    ("pairs", "dates", "order"),
    [
        # Pairs count before dates.
        ([("c", "a")], {"a": "2020-01-01", "b": "2021-01-01", "c": "2024-01-01"}, ["b", "c", "a"]),
        ([], {"a": "2024-01-01", "b": "2021-01-01", "c": "2020-01-01"}, ["c", "b", "a"]),
        # Documents without a date come last, by id.
        ([], {"b": "2021-01-01", "a": ""}, ["b", "a", "c"]),
        ([], {}, ["a", "b", "c"]),
        ([("c", "a")], {}, ["b", "c", "a"]),
        # A cycle has no order.
        ([("c", "a"), ("a", "c")], {"b": "2019-01-01"}, ["c", "b", "a"]),
    ],
)
def test_documents_are_ordered_by_pairs_then_dates_then_ids(pairs, dates, order):
    assert ids_in_order(["c", "b", "a"], pairs, dates) == order


def test_a_pair_may_name_a_document_that_is_not_listed():
    assert ids_in_order(["a"], [("b", "a"), ("b", "a")]) == ["b", "a"]
