"""The numbers of a cell are compared with values, and what does not hold is told."""

from __future__ import annotations

import json

import pytest

from tied_numbers import evaluate_all, notebook_to_faults

NAMES = {"rows": [1, 2, 3]}


@pytest.mark.parametrize(
    ("metadata", "ends"),
    [
        ({"numbers": ["len(rows)"]}, []),
        ({"numbers": ["convention: three is usual"]}, []),
        ({"numbers": ["len(rows)"], "facts": ["1 in rows"]}, []),
        ({"numbers": ["len(rows) + 1"]}, ["len(rows) + 1 is 4"]),
        ({"numbers": ["3"]}, ["'3' names nothing of the notebook"]),
        ({"numbers": ["len([1, 2, 3])"]}, ["'len([1, 2, 3])' names nothing of the notebook"]),
        ({"numbers": ["rows[9]"]}, ["rows[9] is 'IndexError: list index out of range'"]),
        ({"numbers": ["rows["]}, ["rows[ is \"SyntaxError: '[' was never closed (<string>, line 1)\""]),
        ({"numbers": ["str(len(rows))"]}, ["str(len(rows)) is '3'"]),
        ({}, ["no expression; add it to the metadata `numbers` of the cell"]),
        (
            {"numbers": ["len(rows)", "rows[0]"]},
            ["the expression 'rows[0]' belongs to no number; the text has 1"],
        ),
        ({"numbers": ["len(rows)"], "facts": ["4 in rows"]}, ["the fact 4 in rows is False"]),
        ({"numbers": ["len(rows)"], "facts": ["rows"]}, ["the fact rows is [1, 2, 3]"]),
    ],
)
def test_a_cell_tells_what_does_not_hold(metadata, ends):
    faults = evaluate_all("There are three rows.", metadata, NAMES)
    assert [fault.removeprefix("“three” in “There are three rows.”: ") for fault in faults] == ends


def test_a_text_without_numbers_needs_nothing():
    assert evaluate_all("Nothing is counted here.", {}, {}) == []


@pytest.fixture
def write(tmp_path):
    def write_one(code, prose, **metadata):
        path = tmp_path / "one.ipynb"
        cells = [
            {"cell_type": "code", "source": code, "metadata": {}},
            {"cell_type": "markdown", "source": prose, "metadata": metadata},
        ]
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
        return path

    return write_one


def test_expressions_see_the_names_of_the_notebook_and_those_given(write):
    given = {"many": "rows * 2", "most": "many * 2"}
    assert (
        notebook_to_faults(write("rows = [1]", "There are four.", given=given, numbers=["len(most)"])) == []
    )
    assert notebook_to_faults(write("rows = [1]", "There are four.", numbers=["len(rows)"])) == [
        "one.ipynb, cell 1: “four” in “There are four.”: len(rows) is 1"
    ]


def test_a_name_of_the_notebook_is_not_given_again(write):
    path = write("rows = [1]", "There is one.", given={"rows": "[2]"}, numbers=["len(rows)"])
    assert notebook_to_faults(path) == ["one.ipynb, cell 1: the notebook has the name rows already"]


def test_a_notebook_without_numbers_is_not_run(write):
    assert notebook_to_faults(write("1 / 0", "Nothing is counted.")) == []
