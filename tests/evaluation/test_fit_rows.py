"""The rows that confidence is fitted to: their file, and what the fit makes of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.errors import CurriculumError, InvalidInput
from curriculum.evaluation.cross_validation import (
    fit_rows_to_fit,
    scored_pairs_to_links_rows,
    scored_pairs_to_unlinked_rows,
)
from curriculum.evaluation.fit_rows import (
    FIT_ROWS,
    LINK,
    NEW,
    UNLINKED,
    FitRow,
    fit_rows_to_csv,
    read_fit_rows,
)
from curriculum.evaluation.reference_links import other_fit_rows, reference_to_scored_pairs
from curriculum.linking.confidence import (
    DEFAULT,
    FITS,
    FITTED,
    FITTED_RAPIDFUZZ,
    FITTED_WITHOUT_VECTORS,
    RAPIDFUZZ,
    WITHOUT_VECTORS,
    scorers_to_name,
)
from curriculum.linking.csls_confidence import csls_to_confidence
from curriculum.linking.rapidfuzz_scores import rapidfuzz_scorers
from curriculum.project import Project

HEADER = "pair,scorers,case,score,size_penalty,is_contested,is_right\n"
ROWS = (
    FitRow("b -> c", DEFAULT, LINK, 2.5, 0.0, False, True),
    FitRow("a -> b", WITHOUT_VECTORS, UNLINKED, -0.25, 0.0, False, False),
    FitRow("a -> b", DEFAULT, LINK, -1.125, 0.75, True, False),
)
SORTED = (
    f"{HEADER}a -> b,default,link,-1.125,0.75,true,false\n"
    "a -> b,without vectors,unlinked,-0.25,0.0,false,false\nb -> c,default,link,2.5,0.0,false,true\n"
)


def write(folder, text):
    path = folder / "rows.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


# --- The file ----------------------------------------------------------------------------------------


def test_rows_are_written_sorted_and_read_again(tmp_path):
    assert fit_rows_to_csv(ROWS) == fit_rows_to_csv(reversed(ROWS)) == SORTED
    assert set(read_fit_rows(write(tmp_path, SORTED))) == set(ROWS)


def test_the_file_names_no_statement_and_has_scores_with_three_decimals(tmp_path):
    row = FitRow("a -> b", DEFAULT, LINK, 1.23456, 0.0, True, True, "a:K1")
    text = fit_rows_to_csv([row])
    assert "K1" not in text
    assert read_fit_rows(write(tmp_path, text)) == (row._replace(score=1.235, source=""),)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("a -> b,default,link,1,0,yes,true", "a -> b, default, link, 1, 0, yes, true"),
        ("a -> b,default,lnik,1,0,false,true", "lnik"),
        ("a -> b,default,link,one,0,false,true", "one"),
        ("a -> b,default,link,1,,false,true", "default, link, 1, , false"),
        ("a -> b,default,link,nan,0,false,true", "nan"),
        ("a -> b,default,link,1,inf,false,true", "inf"),
        ("a -> b,default,link,1,0,,true", "1, 0, , true"),
        ("a -> b,default,link,1,0,false,TRUE", "TRUE"),
        ("a -> b,default,link", "a -> b, default, link"),
    ],
)
def test_a_row_of_another_form_is_refused_with_its_line(tmp_path, row, found):
    path = write(tmp_path, f"{SORTED}{row}\n")
    with pytest.raises(InvalidInput) as fault:
        read_fit_rows(path)
    assert "rows.csv, line 5: no row of a fit; expected numbers, true or false" in str(fault.value)
    assert found in str(fault.value)


def test_all_faulty_rows_are_reported_at_once(tmp_path):
    path = write(tmp_path, f"{HEADER}a -> b,default,x,1,0,false,true\na -> b,default,link,x,0,false,true\n")
    with pytest.raises(CurriculumError, match=r"(?s)line 2: no row of a fit.*line 3: no row of a fit"):
        read_fit_rows(path)


def test_other_columns_are_refused(tmp_path):
    with pytest.raises(InvalidInput, match="line 1: wrong columns"):
        read_fit_rows(write(tmp_path, "pair,score\na,1\n"))


# --- The fit -----------------------------------------------------------------------------------------


def link(score, is_right, is_contested=False, size_penalty=0.0):
    return FitRow("a -> b", DEFAULT, LINK, score, size_penalty, is_contested, is_right)


MADE = tuple(
    link(score, is_right, is_contested)
    for is_contested in (False, True)
    for score in (-2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
    for is_right in ((True,) if score == 3 else (False,) if score == -2 else (True, False))
)


def test_a_higher_score_is_likelier_right_and_a_size_penalty_is_no_part_of_the_score():
    fit = fit_rows_to_fit(MADE)
    assert fit.slope > 0
    # Rows that a larger list pulled down say more for their score, so the intercept is higher.
    penalised = fit_rows_to_fit([row._replace(size_penalty=1.0) for row in MADE])
    assert penalised.intercept == pytest.approx(fit.intercept + 1.0, abs=0.002)
    assert penalised[1:3] == pytest.approx(fit[1:3], abs=0.002)


def test_the_ridge_counts_columns_in_units_of_their_spread():
    fit = fit_rows_to_fit(MADE)
    tenfold = fit_rows_to_fit([row._replace(score=10 * row.score) for row in MADE])
    assert tenfold.slope == pytest.approx(fit.slope / 10, abs=0.001)
    assert tenfold.intercept == pytest.approx(fit.intercept, abs=0.001)


def test_the_highest_confidence_follows_the_rule_of_succession():
    sure = [link(12.0, True)] * 18
    assert fit_rows_to_fit([*MADE, *sure]).highest == round(19 / 20, 3)


def test_rows_that_are_all_right_or_all_wrong_are_refused():
    for is_right in (True, False):
        with pytest.raises(InvalidInput, match="confidence cannot be fitted"):
            fit_rows_to_fit([link(score, is_right) for score in (1.0, 2.0)])


def unlinked(ratio, is_right):
    return FitRow("a -> b", DEFAULT, UNLINKED, ratio, 0.0, False, is_right)


def test_statements_without_a_link_are_fitted_by_their_ratio():
    cases = [(-2.0, True), (-2.0, True), (-2.0, False), (2.0, False), (2.0, False), (2.0, True)]
    fit = fit_rows_to_fit([*MADE, *(unlinked(*case) for case in cases)])
    assert fit.unlinked_slope < 0
    assert fit.unlinked_intercept == pytest.approx(0, abs=0.001)
    # Of three with none right, and none of anything: Laplace's rule gives one value for all ratios.
    none_right = fit_rows_to_fit([*MADE, *(unlinked(ratio, False) for ratio in (-2.0, 0.0, 2.0))])
    assert none_right[5:7] == (round(math.log(0.2 / 0.8), 3), 0.0)
    assert fit_rows_to_fit(MADE)[5:7] == (0.0, 0.0)


def test_a_new_statement_is_as_likely_new_as_those_of_the_fit():
    new = [
        FitRow("a -> b", DEFAULT, NEW, 0.0, 0.0, False, is_right) for is_right in (True, True, True, False)
    ]
    assert fit_rows_to_fit([*MADE, *new]).new == round(4 / 6, 3)
    assert fit_rows_to_fit(MADE).new == 0.5


# --- The rows of the project -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows(raw):
    return read_fit_rows(raw / FIT_ROWS)


def test_the_file_is_as_it_is_written(raw, rows):
    assert fit_rows_to_csv(rows) == (raw / FIT_ROWS).read_text(encoding="utf-8")


def test_the_linker_uses_the_fit_to_the_rows_of_the_file(rows):
    assert {row.scorers for row in rows} == FITS.keys()
    for name, used in FITS.items():
        assert fit_rows_to_fit([row for row in rows if row.scorers == name]) == used


@pytest.mark.vectors
def test_confidence_is_calibrated_on_the_rows(rows):
    links = [row for row in rows if row.scorers == DEFAULT and row.case == LINK]
    assert len({row.pair for row in links}) == 6
    assert {row.size_penalty for row in links} == {0}
    scores = np.array([row.score for row in links])
    confidence = csls_to_confidence(scores, np.array([row.is_contested for row in links]))
    is_right = np.array([row.is_right for row in links])
    for low, high in ((0.0, 0.1), (0.1, 0.25), (0.25, 0.6), (0.6, 0.95), (0.95, 1.0)):
        within = (low <= confidence) & (confidence < high)
        mean = confidence[within].mean()
        spread = math.sqrt(mean * (1 - mean) / within.sum())
        assert is_right[within].mean() == pytest.approx(mean, abs=2 * spread), (low, high)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        pytest.param(DEFAULT, FITTED, marks=pytest.mark.vectors),
        (WITHOUT_VECTORS, FITTED_WITHOUT_VECTORS),
        (RAPIDFUZZ, FITTED_RAPIDFUZZ),
    ],
)
def test_the_rows_of_the_pairs_of_the_project_are_those_of_now(raw, rows, name, fit):
    reference, tables = Project(raw).read_reference()
    plain = name == RAPIDFUZZ
    scorers = rapidfuzz_scorers() if plain else folder_to_scorers(raw, with_vectors=name == DEFAULT)
    scored = reference_to_scored_pairs(reference, tables, scorers)
    made = [row for of_pair in scored for row in scored_pairs_to_links_rows(of_pair, reference)]
    made += [row for of_pair in scored for row in scored_pairs_to_unlinked_rows(of_pair, reference, fit)]
    pairs = {row.pair for row in made}
    assert len(pairs) == 3
    kept = [row for row in rows if row.scorers == name and row.pair in pairs]
    assert fit_rows_to_csv(made) == fit_rows_to_csv(kept)


def test_other_rows_are_those_of_other_pairs_and_of_the_same_scorers(raw, tmp_path):
    reference, _ = Project(raw).read_reference()
    for with_vectors in (True, False):
        scorers = folder_to_scorers(raw, with_vectors=with_vectors)
        more = other_fit_rows(raw, reference, scorers)
        assert len({row.pair for row in more}) == 3
        assert {row.scorers for row in more} == {scorers_to_name(scorer.name for scorer in scorers)}
    assert other_fit_rows(tmp_path, reference, scorers) == ()
