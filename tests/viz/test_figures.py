"""All figures, of standards of four sizes: nothing is cut, covered, too small or too faint."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache

import matplotlib as mpl
import pandas as pd
import pytest

import curriculum as cu
from curriculum.analysis.overview import tables_to_overview
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.viz.bar_figures import plot_statements_by_kind
from curriculum.viz.confidence_figures import plot_budget, plot_reliability, plot_scores
from curriculum.viz.figure_style import CHANGE_FILLS, INK, KIND_FILLS
from curriculum.viz.flow_figure import plot_flow
from curriculum.viz.lineage_figure import plot_lineage
from figure_checks import faults_of
from figure_standards import (
    SIZES,
    budget_of,
    crosswalk_of,
    lineage_of,
    pair_of,
    reliability_of,
    reworded_code,
    scores_of,
)

mpl.use("Agg")
NAMES = (
    *("overview", "duties", "themes", "coverage", "impact", "impact of themes", "flow", "lineage", "steps"),
    *("codes", "kinds", "flow of duties", "flow of themes"),
)
MOST_BYTES = 150_000


@cache
def picture_of(name, size):
    old, new = pair_of(size)
    crosswalk = crosswalk_of(size)
    makers = {
        "overview": lambda: plot_statements_by_kind(
            tables_to_overview(parsed_to_tables([old.parsed, new.parsed]))
        ),
        "duties": new.plot_duties,
        "themes": new.plot_themes,
        "coverage": lambda: cu.plot_coverage(
            cu.coverage(pd.DataFrame({"KSBs": ["K1, S1"]}), crosswalk), "theme"
        ),
        "impact": crosswalk.plot_impact,
        "impact of themes": lambda: crosswalk.plot_impact("theme"),
        "flow": crosswalk.plot,
        "lineage": lambda: plot_lineage(
            lineage_of(size), "Lineage", dict(zip(crosswalk.pair, ("2020-08-24", ""), strict=True))
        ),
        "steps": lambda: crosswalk.plot_why(reworded_code(size)),
        "codes": crosswalk.plot_flow,
        "kinds": lambda: crosswalk.plot_flow("kind"),
        "flow of duties": lambda: crosswalk.plot_flow("duty"),
        "flow of themes": lambda: crosswalk.plot_flow("theme"),
    }
    return makers[name]()


def is_printed(name, size):
    """Tell whether the real standards print what is drawn: their old version has no duties and no themes."""
    return not (size == 56 and name in ("flow of duties", "flow of themes")) and not (
        name == "steps" and not reworded_code(size)
    )


EVERY = [(name, size) for name in NAMES for size in SIZES]


def skip_unprinted(name, size):
    if not is_printed(name, size):
        pytest.skip("the standard does not print it")


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_nothing_is_cut_covered_small_or_faint(name, size):
    skip_unprinted(name, size)
    assert list(faults_of(picture_of(name, size).figure)) == []


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_the_svg_is_small_whole_and_named(name, size):
    skip_unprinted(name, size)
    picture = picture_of(name, size)
    svg = picture.svg()
    assert len(svg.encode()) <= MOST_BYTES
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{picture.title}. {picture.alt}"
    assert [child.text for child in list(root)[:2]] == [picture.title, picture.alt]
    assert "<metadata" not in svg
    assert "Matplotlib" not in svg


def test_the_reasons_to_leave_out_a_figure_are_few():
    left_out = [pair for pair in EVERY if not is_printed(*pair)]
    assert left_out == [("flow of duties", 56), ("flow of themes", 56)]


# --- Figures of an evaluation, which know no standard ---------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 5])
@pytest.mark.parametrize(
    ("plot", "made"), [(plot_scores, scores_of), (plot_reliability, reliability_of), (plot_budget, budget_of)]
)
def test_figures_of_an_evaluation_can_be_read(plot, made, count):
    picture = plot(made(count), "An evaluation of links")
    assert list(faults_of(picture.figure)) == []
    assert len(picture.svg()) < MOST_BYTES


@pytest.mark.parametrize("n_pairs", [1, 2, 3, 5])
def test_a_flow_over_many_versions_can_be_read(n_pairs):
    changes = {"identical": (3, 3), "reworded": (20, 20), "merged": (12, 6), "split": (1, 4)}
    changes |= {"no counterpart found": (34, 0), "withdrawn": (3, 0), "new": (0, 8)}
    rows = [
        (f"st0792-1.{at}", f"st0792-1.{at + 1}", *row)
        for at in range(n_pairs)
        for row in [(change, *counts) for change, counts in changes.items()]
    ]
    frame = pd.DataFrame(rows, columns=["subject_source", "object_source", "change", "n_old", "n_new"])
    assert list(faults_of(plot_flow(frame, "What became of the statements").figure)) == []


def test_a_long_title_has_as_many_lines_as_it_needs():
    title = "What version st0792-1.2 of a standard with a long name asks, against version st0792-1.0, " * 2
    picture = plot_budget(budget_of(1), title.strip())
    assert list(faults_of(picture.figure)) == []
    assert picture.title == title.strip()


# --- Faults that must be found --------------------------------------------------------------------


def figure_with(**changes):
    from matplotlib.figure import Figure

    figure = Figure(figsize=changes.pop("size", (6, 3)))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return figure, axes


@pytest.mark.parametrize(
    ("fault", "draw"),
    [
        ("cut off", lambda axes: axes.text(0.98, 0.5, "a long text")),
        ("too small", lambda axes: axes.text(0.5, 0.5, "small", fontsize=7)),
        ("too little contrast", lambda axes: axes.text(0.5, 0.5, "faint", color="#D55E00")),
        (
            "on a marker",
            lambda axes: (axes.text(0.5, 0.5, "text"), axes.plot([0.52], [0.52], "o", markersize=9)),
        ),
        ("a line through", lambda axes: (axes.text(0.5, 0.5, "text"), axes.plot([0, 1], [0.52, 0.52]))),
        ("on each other", lambda axes: (axes.text(0.5, 0.5, "one"), axes.text(0.51, 0.5, "two"))),
        (
            "a line through the box",
            lambda axes: (
                axes.add_patch(mpl.patches.Rectangle((0.2, 0.2), 0.3, 0.3, fill=False)),
                axes.plot([0, 1], [0.3, 0.3]),
            ),
        ),
    ],
)
def test_a_fault_of_each_kind_is_found(fault, draw):
    figure, axes = figure_with()
    draw(axes)
    assert any(found.startswith(fault) for found in faults_of(figure))


def test_a_figure_that_is_too_wide_is_found():
    figure, _ = figure_with(size=(14, 3))
    assert list(faults_of(figure)) == ["the figure is 1344 pixels wide"]


# --- Fills ----------------------------------------------------------------------------------------


def can_be_told_apart(one, other):
    from curriculum.model.palette import colours_to_contrast

    return one.hatch != other.hatch or colours_to_contrast(one.colour, other.colour) >= 1.5


def test_fills_beside_each_other_can_be_told_apart_in_grey():
    from itertools import combinations

    from curriculum.viz.bar_figures import _SORT_FILLS, _STATES

    sets = [CHANGE_FILLS, KIND_FILLS, _SORT_FILLS, {name: fill for name, (_, fill) in _STATES.items()}]
    alike = [
        (one, other)
        for fills in sets
        for one, other in combinations(fills, 2)
        if not can_be_told_apart(fills[one], fills[other])
    ]
    assert alike == []


def test_lines_and_marks_of_words_are_dark_enough():
    from curriculum.model import palette

    for colour in (palette.DELETED, palette.INSERTED, INK):
        assert palette.colours_to_contrast(colour, "#FFFFFF") >= 4.5
    for colour in (palette.BLUE, palette.VERMILION, palette.GREEN, palette.MAUVE):
        assert palette.colours_to_contrast(colour, "#FFFFFF") >= 3
