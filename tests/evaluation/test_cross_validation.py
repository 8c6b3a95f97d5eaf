"""Confidence is fitted to the reference, and judged by fits that have not seen what they judge."""

from __future__ import annotations

import shutil

import numpy as np
import pytest

from curriculum.cli.main import main
from curriculum.errors import InvalidInput
from curriculum.evaluation.cross_validation import FOLDS, cross_validated_links, scored_pairs_to_fit
from curriculum.evaluation.fit_rows import FIT_ROWS
from curriculum.evaluation.metrics import (
    crosswalk_to_verdicts,
    verdicts_to_bands,
    verdicts_to_budget,
    verdicts_to_scores,
)
from curriculum.evaluation.reference import REFERENCE
from curriculum.evaluation.reference_links import other_fit_rows, reference_to_scored_pairs
from curriculum.linking.confidence import FITTED
from curriculum.linking.proposals import scored_pairs_to_links
from curriculum.model import vocabulary as v
from curriculum.project import Project


@pytest.fixture(scope="module")
def reference_and_scores(raw):
    project = Project(raw)
    reference, tables = project.read_reference()
    return reference, reference_to_scored_pairs(reference, tables, project.scorers())


@pytest.fixture(scope="module")
def more(raw, reference_and_scores):
    return other_fit_rows(raw, reference_and_scores[0], Project(raw).scorers())


@pytest.fixture(scope="module")
def verdicts(reference_and_scores, more):
    reference, scored = reference_and_scores
    return crosswalk_to_verdicts(cross_validated_links(scored, reference, more), reference)


@pytest.mark.vectors
def test_the_rows_of_other_pairs_and_the_reference_give_the_values_that_the_linker_uses(
    reference_and_scores, more
):
    reference, scored = reference_and_scores
    assert scored_pairs_to_fit(scored, reference, more=more)[:5] == FITTED[:5]
    # The rows of statements without a link follow from a first fit, here to the rows of links of now.
    np.testing.assert_allclose(scored_pairs_to_fit(scored, reference, more=more), FITTED, atol=0.002)
    assert scored_pairs_to_fit(scored, reference) != FITTED


def test_a_fold_changes_the_fit_and_each_statement_is_judged_once(reference_and_scores, verdicts):
    reference, scored = reference_and_scores
    sources = sorted({row.subject_id for row in reference})
    without = scored_pairs_to_fit(scored, reference, without=frozenset(sources[::FOLDS]))
    assert without != scored_pairs_to_fit(scored, reference)
    judged = verdicts[verdicts["verdict"] != "missed"].drop_duplicates([v.SUBJECT_ID, v.OBJECT_SOURCE])
    assert sorted(judged[v.SUBJECT_ID]) == sources


@pytest.mark.vectors
def test_what_is_reached_on_statements_that_the_fit_has_not_seen(verdicts):
    scores = verdicts_to_scores(verdicts).set_index([v.SUBJECT_SOURCE, "measure"])["right"]
    assert scores.xs("hits@1", level="measure").tolist() == [92, 25, 14]
    assert scores.xs("F1", level="measure").tolist() == [92, 24, 9]


@pytest.mark.vectors
def test_no_accepted_link_of_the_reference_is_wrong(verdicts):
    bands = verdicts_to_bands(verdicts).set_index([v.SUBJECT_SOURCE, "of"])
    assert bands["wrong"].sum() == 0
    assert bands.loc[("st0792-1.0", "all"), ["linked", "accepted"]].tolist() == [28, 16]


def test_settling_the_least_sure_first_ends_at_no_fault_and_beats_chance(verdicts):
    for _, own in verdicts_to_budget(verdicts).groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE]):
        assert own["F1"].is_monotonic_increasing
        assert own[["share", "F1", "F1_random"]].iloc[-1].tolist() == [1, 1, 1]
        assert own["F1"].mean() > own["F1_random"].mean()


def test_a_statement_that_nothing_is_said_of_counts_in_the_budget(reference_and_scores):
    reference, scored = reference_and_scores
    links = scored_pairs_to_links(scored[0])
    verdicts = crosswalk_to_verdicts(links.iloc[30:], reference)
    scores = verdicts_to_scores(verdicts).set_index("measure")["value"]
    assert verdicts_to_budget(verdicts)["F1"].iloc[0] == scores["F1"].iloc[0]


def test_a_document_that_is_the_old_side_of_two_pairs_is_judged_once_in_each(reference_and_scores):
    reference, scored = reference_and_scores
    twice = [*scored, scored[1]._replace(new=scored[1].new._replace(source="other"))]
    more = [row._replace(object_source="other") for row in reference if row.subject_source == "st0792-1.0"]
    links = cross_validated_links(twice, [*reference, *more])
    own = links[links[v.SUBJECT_SOURCE] == "st0792-1.0"]
    assert not own.duplicated([v.SUBJECT_ID, v.OBJECT_SOURCE, v.OBJECT_ID]).any()
    assert own.groupby(v.SUBJECT_ID)[v.OBJECT_SOURCE].nunique().eq(2).all()


def test_too_small_a_reference_is_refused(reference_and_scores, raw, tmp_path, capsys):
    reference, scored = reference_and_scores
    with pytest.raises(InvalidInput, match="found 0 of 0 that they link"):
        scored_pairs_to_fit(scored, reference[:2])
    small = tmp_path / "small.csv"
    lines = (raw / REFERENCE).read_text("utf-8").splitlines()
    small.write_text("\n".join(lines[:3]), encoding="utf-8")
    words = ["evaluate", "--raw", str(raw), "--reference", str(small)]
    # The rows of other pairs are enough for a fit.
    assert main([*words, "--cross-validate"]) == 0
    without = tmp_path / "raw"
    shutil.copytree(raw, without)
    (without / FIT_ROWS).unlink()
    words[2] = str(without)
    assert main([*words, "--cross-validate"]) == 2
    assert "evaluate without --cross-validate" in capsys.readouterr().err
    assert main(words) == 0
