"""Scores of proposed links, counted by hand on small crosswalks; and those of the project's reference."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from curriculum.cli.main import main
from curriculum.errors import CurriculumError
from curriculum.evaluation.metrics import crosswalk_to_verdicts, verdicts_to_reliability, verdicts_to_scores
from curriculum.evaluation.reference import REFERENCE, Reference, read_reference
from curriculum.model import vocabulary as v
from curriculum.project import Project

HEADER = "source_document,source_code,target_document,target_code,relation,alt_relation,tier,primary_votes"
CLOSE, BROAD, EXACT, RELATED = v.CLOSE_MATCH, v.BROAD_MATCH, v.EXACT_MATCH, v.RELATED_MATCH


def said(old, new, tier, *relations):
    return Reference("a", "b", f"a:{old}", f"b:{new}" if new else "", relations, tier, 2)


def proposed(*rows):
    names = [v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID, v.CONFIDENCE, v.RUNNER_UP_ID]
    frame = pd.DataFrame(rows, columns=names)
    band = frame[v.CONFIDENCE].ge(0.8).map({True: v.ACCEPT, False: v.REVIEW})
    return frame.assign(**{v.SUBJECT_SOURCE: "a", v.OBJECT_SOURCE: "b", v.BAND: band})


# K1 is found with the right relation, K2 with another; K3 is linked to the wrong one and its own is missed;
# K4 has no counterpart and is linked all the same; K5 is neutral; K6 is missed but is the runner-up; K7 is
# not in the reference; K8 is merely related; K9 rightly has no link.
SAID = (
    said("K1", "K1", "core", EXACT, CLOSE),
    said("K2", "K2", "core", BROAD),
    said("K3", "K3", "core", CLOSE),
    said("K4", "", "none"),
    said("K5", "K5", "related", RELATED),
    said("K6", "K6", "core", CLOSE),
    said("K8", "K8", "core", CLOSE),
    said("K9", "", "none"),
)
PROPOSED = proposed(
    ("a:K1", CLOSE, "b:K1", 0.9, "b:K2"),
    ("a:K2", CLOSE, "b:K2", 0.8, "b:K1"),
    ("a:K3", CLOSE, "b:K4", 0.7, "b:K3"),
    ("a:K4", CLOSE, "b:K9", 0.6, "b:K3"),
    ("a:K5", CLOSE, "b:K5", 0.6, "b:K3"),
    ("a:K6", EXACT, v.NO_TERM_FOUND, 0.6, "b:K6"),
    ("a:K7", CLOSE, "b:K7", 0.6, "b:K6"),
    ("a:K8", RELATED, "b:K8", 0.6, ""),
    ("a:K9", EXACT, v.NO_TERM_FOUND, 0.6, "b:K6"),
    (v.NO_TERM_FOUND, EXACT, "b:K6", 0.6, "a:K6"),
)


def test_each_link_is_judged():
    verdicts = crosswalk_to_verdicts(PROPOSED, SAID)
    result = {
        (row.subject_id[2:], row.object_id[2:]): (row.verdict, row.is_relation_right, row.is_best)
        for row in verdicts.itertuples()
    }
    assert result == {
        ("K1", "K1"): ("found", True, True),
        ("K2", "K2"): ("found", False, True),
        ("K3", "K4"): ("wrong", False, True),
        ("K4", "K9"): ("wrong", False, True),
        ("K5", "K5"): ("neutral", False, True),
        ("K3", "K3"): ("missed", False, False),
        ("K6", "K6"): ("missed", False, True),
        ("K8", "K8"): ("missed", False, True),
        ("K6", "som:NoTermFound"): ("has a counterpart", False, False),
        ("K9", "som:NoTermFound"): ("no counterpart", False, False),
    }


def test_scores_are_counted_from_the_verdicts():
    scores = verdicts_to_scores(crosswalk_to_verdicts(PROPOSED, SAID)).set_index("measure")
    assert scores[["right", "of"]].to_numpy().tolist() == [[4, 5], [2, 4], [2, 5], [2, 7], [1, 2], [1, 2]]
    # F1 of precision 1/2 and recall 2/5 is 4/9; its interval is that of 2 of 7, carried over.
    assert scores["value"].tolist() == [0.8, 0.5, 0.4, 0.444, 0.5, 0.5]
    assert scores.loc["precision", ["low", "high"]].tolist() == [0.15, 0.85]
    assert scores.loc["F1", ["low", "high"]].tolist() == [0.152, 0.781]


def test_nothing_proposed_and_nothing_known():
    nothing = PROPOSED.iloc[:0]
    scores = verdicts_to_scores(crosswalk_to_verdicts(nothing, SAID)).set_index("measure")
    assert scores[["right", "of"]].T.to_dict("list") == {"hits@1": [0, 5], "recall": [0, 5], "F1": [0, 5]}
    assert crosswalk_to_verdicts(PROPOSED, ()).empty


def test_reliability_counts_links_by_confidence():
    result = verdicts_to_reliability(crosswalk_to_verdicts(PROPOSED, SAID), (0, 0.65, 0.75, 1))
    columns = ["from", "to", "links", "right", "share_right", "mean_confidence"]
    assert result[columns].to_numpy().tolist() == [
        [0, 0.65, 1, 0, 0, 0.6],
        [0.65, 0.75, 1, 0, 0, 0.7],
        [0.75, 1, 2, 2, 1, 0.85],
    ]


def test_links_beyond_the_bounds_are_left_out():
    result = verdicts_to_reliability(crosswalk_to_verdicts(PROPOSED, SAID), (0.65, 0.75, 0.85))
    assert result[["from", "links"]].to_numpy().tolist() == [[0.65, 1], [0.75, 1]]


def test_a_link_at_the_lowest_bound_is_in_the_first_bin():
    even = PROPOSED.assign(**{v.CONFIDENCE: 0.5})
    result = verdicts_to_reliability(crosswalk_to_verdicts(even, SAID), (0.5, 1))
    assert result[["links", "right"]].to_numpy().tolist() == [[4, 2]]


@pytest.mark.vectors
def test_the_reference_of_the_project_gives_these_scores(raw):
    scores = Project(raw).evaluate().scores()
    result = scores.groupby("subject_source")[["right", "of"]].agg(list).to_dict("index")
    assert result["draft-2019"] == {"right": [92, 92, 92, 92, 89, 2], "of": [93, 92, 94, 94, 92, 3]}
    assert result["st0792-1.0"] == {"right": [25, 24, 24, 24, 20, 13], "of": [28, 26, 28, 30, 24, 16]}
    assert result["nos-2019"] == {"right": [14, 9, 9, 9, 4, 4], "of": [23, 15, 23, 29, 9, 13]}


def test_the_reference_holds_as_many_core_links_as_it_says(raw):
    rows = read_reference(raw / REFERENCE)
    core = [(row.subject_source, row.object_source) for row in rows if row.tier == "core"]
    assert {pair: core.count(pair) for pair in core} == {
        ("draft-2019", "st0792-1.0"): 94,
        ("nos-2019", "st0792-1.2"): 23,
        ("st0792-1.0", "st0792-1.2"): 28,
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", r"line 1: wrong columns; expected source_document.*found a,b"),
        ("", "holds no text|wrong columns"),
        (f"{HEADER}\na,K1,b,K1,sameMatch,,core,2\n", "line 2: no relation; .*found sameMatch"),
        (f"{HEADER}\na,K1,b,K1,closeMatch,,sure,2\n", "line 2: no tier; .*found sure"),
        (f"{HEADER}\na,K1,b,,none,,core,2\n", "line 2: tier and target do not fit"),
        (f"{HEADER}\na,K1,b,K1,none,,none,2\n", "line 2: tier and target do not fit"),
        (f"{HEADER}\na,K1\n", "line 2: no tier"),
        (f"{HEADER}\n", "line 1: has no row"),
        (f"{HEADER}\na,K1,b,K1,,,core,2\n", "line 2: no relation; expected a value"),
        (f"{HEADER}\n,K1,b,K1,closeMatch,,core,2\n", "line 2: no source_document"),
        (f"{HEADER}\na,K1,b,K1,closeMatch,,core,two\n", "line 2: no number of votes"),
        (
            f"{HEADER}\n" + 2 * "a,K1,b,K1,closeMatch,,core,2\n",
            "line 3: a link that is there already.*line 2",
        ),
        (f"{HEADER}\na,K1,b,K1,closeMatch,{'x' * 140000},core,2\n", "no line of a CSV; .*field larger"),
    ],
)
def test_a_faulty_reference_is_refused_with_its_lines(tmp_path, text, message):
    path = tmp_path / "reference.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CurriculumError, match=message):
        read_reference(path)


def test_statements_that_are_nowhere_are_all_named(project, capsys):
    path = project / "mine.csv"
    path.write_text(
        f"{HEADER}\nst0792-1.0,K99,st0792-1.2,K1,closeMatch,,core,2\nst0792-1.0,K1,st0792-1.2,S99,closeMatch,,core,2\n"
    )
    assert main(["evaluate", "--reference", "mine.csv"]) == 2
    err = capsys.readouterr().err
    assert "line 2: no such statement" in err
    assert "found st0792-1.0:K99" in err
    assert "line 3: no such statement" in err
    assert main(["evaluate", "--reference", "none.csv"]) == 2


@pytest.mark.vectors
def test_evaluate_shows_counts_and_intervals(raw, capsys):
    assert main(["evaluate", "--raw", str(raw)]) == 0
    result = capsys.readouterr()
    assert result.out.splitlines()[0] == "subject_source,object_source,measure,right,of,value,low,high"
    assert re.search(r"st0792-1.0 -> st0792-1.2 +hits@1 +0.89 +25 of 28 +0.73 to 0.96", result.err)


def test_nothing_but_evaluation_reads_the_reference():
    source = Path(__file__).resolve().parents[2] / "src" / "curriculum"
    # `v.REFERENCE` is a column: the reference number of a standard.
    codes = {
        path.name: path.read_text(encoding="utf-8").replace("v.REFERENCE", "")
        for path in source.rglob("*.py")
    }
    readers = {name for name, code in codes.items() if "REFERENCE" in code}
    assert sorted(readers - {"vocabulary.py"}) == ["evaluate.py", "reference.py", "reference_links.py"]
