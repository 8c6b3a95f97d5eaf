"""The steps of a confidence add up to the confidence of the crosswalk, for every link."""

from __future__ import annotations

import numpy as np
import pytest

import curriculum as cu
from curriculum.errors import CurriculumError
from curriculum.linking.confidence_steps import fact_to_steps
from curriculum.model import vocabulary as v
from figure_standards import ROOT, crosswalk_of

EXAMPLE = ("st9901-1.0", "st9901-1.1")


def code_of(statement_id):
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.partition(":")[2]


def statement_rows(crosswalk):
    table = crosswalk.table
    return table[(table[v.SUBJECT_CATEGORY] != v.DUTY) & (table[v.OBJECT_CATEGORY] != v.DUTY)].to_dict(
        "records"
    )


@pytest.fixture(scope="module")
def crosswalks():
    project = cu.Project(ROOT / "data")
    examples = cu.example()
    return {
        "st0792": crosswalk_of(56),
        "rapidfuzz": cu.link(project.read("st0792-1.0"), project.read("st0792-1.2"), method="rapidfuzz"),
        "nos": cu.link(project.read("nos-2019"), project.read("st0792-1.2")),
        "example": cu.link(*map(examples.read, EXAMPLE)),
        "150": crosswalk_of(150),
    }


@pytest.mark.parametrize("name", ["st0792", "rapidfuzz", "nos", "example", "150"])
def test_the_steps_add_up_to_the_confidence_of_every_row(crosswalks, name):
    crosswalk = crosswalks[name]
    rows = statement_rows(crosswalk)
    assert rows
    n_summed = 0
    for row in rows:
        old, new = code_of(row[v.SUBJECT_ID]), code_of(row[v.OBJECT_ID])
        steps = crosswalk.why(old, new) if old else crosswalk.why(new, of_new=True)
        if row[v.STATUS] != v.PROPOSED:
            assert steps["step"].tolist() == [row[v.STATUS]]
            continue
        confidence = steps["confidence"].iloc[-1]
        assert round(confidence, 3) == row[v.CONFIDENCE], (old, new)
        if len(steps) > 1:
            n_summed += 1
            assert 1 / (1 + np.exp(-steps["adds"].sum())) == pytest.approx(confidence, abs=1e-12)
            assert steps["adds"].cumsum().tolist() == pytest.approx(steps["log_odds"].tolist())
    assert n_summed or name == "150"


def test_the_score_of_each_scorer_is_that_of_the_crosswalk(crosswalks):
    crosswalk = crosswalks["st0792"]
    for row in statement_rows(crosswalk):
        if v.NO_TERM_FOUND in (row[v.SUBJECT_ID], row[v.OBJECT_ID]):
            continue
        steps = crosswalk.why(code_of(row[v.SUBJECT_ID]), code_of(row[v.OBJECT_ID])).set_index("step")
        if len(steps) > 1:
            assert steps.loc["characters", "score"] == row[v.CHARACTERS_SCORE]
            assert steps.loc["words", "score"] == row[v.WORDS_SCORE]


@pytest.mark.vectors
def test_bonuses_and_the_csls_score_explain_each_other(crosswalks):
    crosswalk = crosswalks["st0792"]
    weights = {"characters": 1, "words": 1, "clauses": 0.5, "meaning": 1, "clause meaning": 0.5}
    n_parts = 0
    for row in statement_rows(crosswalk):
        steps = crosswalk.why(
            code_of(row[v.SUBJECT_ID]) or code_of(row[v.OBJECT_ID]), of_new=not code_of(row[v.SUBJECT_ID])
        )
        if "words" not in set(steps["step"]) or row["csls_score"] != row["csls_score"]:
            continue
        csls = steps.set_index("step")["csls_score"].dropna()
        mean = sum(weights[name] * csls[name] for name in weights) / 4
        rest = csls.drop(list(weights)).sum()
        n_parts += "a part of a long statement is more alike" in csls
        assert csls.get("a part of a long statement is more alike", 1) > 0
        if code_of(row[v.OBJECT_ID]) in steps.attrs["what"]:
            assert mean + rest == pytest.approx(row[v.CSLS_SCORE], abs=0.0011)
    assert n_parts


def test_a_contested_link_says_so_and_has_a_lower_confidence(crosswalks):
    crosswalk = crosswalks["st0792"]
    steps = crosswalk.why("K17", "K15")
    other = crosswalk.why("K17", "K20")
    names = ["a better counterpart of one of the two" in frame["step"].tolist() for frame in (steps, other)]
    assert sorted(names) == [False, True]


def test_a_pair_that_is_not_linked_is_explained_too(crosswalks):
    steps = crosswalks["st0792"].why("K1", "B4")
    assert steps.attrs["what"] == "st0792-1.0:K1 to st0792-1.2:B4"
    assert steps["confidence"].iloc[-1] < 0.3
    assert crosswalks["st0792"].why("B4", "K1", of_new=True).equals(steps)


def test_statements_without_a_link_and_facts_say_what_they_are(crosswalks):
    crosswalk = crosswalks["st0792"]
    assert crosswalk.why("K1")["step"].tolist()[1] == "34 old and 8 new statements are without a link"
    assert crosswalk.why("K1").attrs["what"] == "st0792-1.0:K1 without a counterpart"
    assert crosswalk.why("K1", of_new=True)["step"].tolist() == [
        "every new statement without a link in the fit"
    ]
    assert fact_to_steps("decided", 0.5)["confidence"].tolist() == [0.5]
    assert crosswalks["example"].why("K1")["step"].tolist() == ["the same words"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda x: x.why("K99"), r"“K99”: no such statement; expected a code of st0792-1\.0"),
        (lambda x: x.why("K1", "K99"), r"“K99”: no such statement; expected a code of st0792-1\.2"),
        (lambda x: x.why("K99", of_new=True), r"expected a code of st0792-1\.2"),
        (lambda x: x.why(9), r"9: is of another type; expected a code, such as 'K9'; found int"),
        (lambda x: x.why("D1"), "“D1”: no such statement"),
        (lambda x: cu.compose(x, cu.invert(x)).why("K1"), "a composed crosswalk has no scores"),
    ],
)
def test_what_has_no_steps_is_refused(crosswalks, ask, message):
    with pytest.raises(CurriculumError, match=message):
        ask(crosswalks["st0792"])


def test_a_decided_link_says_that_a_reviewer_decided_it(crosswalks):
    from dataclasses import replace

    crosswalk = crosswalks["st0792"]
    row = next(
        row for row in statement_rows(crosswalk) if row[v.BAND] == v.REVIEW and code_of(row[v.OBJECT_ID])
    )
    code = code_of(row[v.SUBJECT_ID])
    decided = crosswalk.table.assign(
        **{
            v.STATUS: crosswalk.table[v.STATUS].where(
                crosswalk.table[v.SUBJECT_ID] != row[v.SUBJECT_ID], v.DECIDED
            )
        }
    )
    changed = replace(crosswalk, table=decided)
    assert changed.why(code)["step"].tolist() == ["decided by a reviewer"]
    with pytest.raises(CurriculumError, match=r"there are no steps to draw: decided by a reviewer"):
        changed.plot_why(code)
