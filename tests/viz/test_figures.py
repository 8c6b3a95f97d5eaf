"""Figures: they draw what their table holds, and nothing in them is cut or left to chance."""

from __future__ import annotations

import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

from curriculum.analysis.changes import crosswalk_to_changes
from curriculum.analysis.impact import crosswalk_to_impact
from curriculum.analysis.ksb_coverage import graph_to_theme_evidence
from curriculum.analysis.lineage import statement_to_lineage
from curriculum.analysis.overview import duties_to_matrix, tables_to_overview
from curriculum.analysis.standard_graph import tables_to_graph
from curriculum.crosswalk.linked_documents import link_pairs
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.evaluation.metrics import verdicts_to_budget, verdicts_to_reliability, verdicts_to_scores
from curriculum.project import Project
from curriculum.viz.confidence_figures import plot_budget, plot_reliability, plot_scores
from curriculum.viz.coverage_figure import plot_coverage
from curriculum.viz.figure_style import closed_on_error
from curriculum.viz.flow_figure import plot_flow
from curriculum.viz.lineage_figure import plot_impact, plot_lineage
from curriculum.viz.standard_figures import graph_to_positions, plot_graph_in_columns, plot_theme_evidence
from curriculum.viz.statement_figures import plot_duty_matrix, plot_statements_by_kind

mpl.use("Agg")


@pytest.fixture(scope="module")
def verdicts(raw):
    return Project(raw).evaluate().verdicts


@pytest.fixture(scope="module")
def figures(tables, scorers, verdicts):
    standard = tables_to_graph(tables, "st0792-1.2")
    pairs = [("draft-2019", "st0792-1.0"), ("st0792-1.0", "st0792-1.2")]
    scores = verdicts_to_scores(verdicts)
    return {
        "statements": plot_statements_by_kind(tables_to_overview(tables)),
        "matrix": plot_duty_matrix(duties_to_matrix(tables, "st0792-1.2"), "KSBs of duties"),
        "flow": plot_flow(crosswalk_to_changes(link_pairs(tables, pairs, scorers)), "Flow"),
        "columns": plot_graph_in_columns(standard, "Columns"),
        "draft": plot_graph_in_columns(tables_to_graph(tables, "draft-2019"), "Columns of the draft"),
        "evidence": plot_theme_evidence(graph_to_theme_evidence(standard), "Evidence"),
        "scores": plot_scores(scores, "Scores"),
        "budget": plot_budget(verdicts_to_budget(verdicts), "Budget"),
        "reliability": plot_reliability(verdicts_to_reliability(verdicts, (0.5, 0.8, 1)), "Confidence"),
        **over_versions(tables, link_pairs(tables, pairs, scorers)),
    }


def over_versions(tables, crosswalk):
    impact = crosswalk_to_impact(tables, select_pair(crosswalk, "st0792-1.0", "st0792-1.2"))
    duties = impact.groups[impact.groups["group"] == "duty"]
    lineages = {
        f"lineage of {name}": plot_lineage(statement_to_lineage(tables, crosswalk, name), "Lineage")
        for name in ("st0792-1.2:K20", "st0792-1.0:S6", "draft-2019:K5", "nos-2017:P1")
    }
    return {"impact": plot_impact(duties, "Impact"), **lineages}


NAMES = (
    *("statements", "matrix", "flow", "columns", "draft", "evidence", "scores", "budget", "reliability"),
    *("impact", "lineage of st0792-1.2:K20", "lineage of st0792-1.0:S6", "lineage of draft-2019:K5"),
    "lineage of nos-2017:P1",
)


def words_of(figure):
    """Give what is written in a figure; ticks beyond the ends of an axis are not drawn."""
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes for text in (*axes.texts, axes.title, axes._left_title)]
    for axes in figure.axes:
        for axis, bounds in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            at = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            texts += [label for place, label in at if min(bounds) <= place <= max(bounds)]
    return [text for text in texts if text.get_text().strip()]


@pytest.mark.parametrize("name", NAMES)
def test_no_writing_is_cut_off(figures, name):
    figure = figures[name]
    words = words_of(figure)
    width, height = figure.canvas.get_width_height()
    for text in words:
        box = text.get_window_extent()
        assert box.x0 >= -1, text.get_text()
        assert box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1, text.get_text()
        assert box.y1 <= height + 1, text.get_text()


def test_a_band_for_each_line_and_a_box_for_each_statement(figures):
    axes = figures["lineage of st0792-1.2:K20"].axes[0]
    boxes = [patch.get_bbox() for patch in axes.patches]
    assert len(boxes) == 7
    for number, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:number])


@pytest.mark.parametrize("name", ["columns", "draft", "evidence", "matrix"])
def test_labels_do_not_lie_on_each_other(figures, name):
    figure = figures[name]
    boxes = [(text.get_text(), text.get_window_extent().shrunk(0.98, 0.9)) for text in words_of(figure)]
    laid = [
        (one, other)
        for number, (one, box) in enumerate(boxes)
        for other, beside in boxes[:number]
        if box.overlaps(beside)
    ]
    assert not laid


@pytest.mark.parametrize("name", NAMES)
def test_figures_have_a_title_and_are_closed(figures, name):
    import matplotlib.pyplot as plt

    figure = figures[name]
    assert any(axes.get_title(loc="left") for axes in figure.axes)
    assert not plt.fignum_exists(figure.number)


@pytest.mark.vectors
def test_flow_tells_the_numbers_of_its_table(figures):
    result = {text.get_text() for text in figures["flow"].axes[0].texts}
    assert {"draft-2019\n96", "st0792-1.0\n88", "st0792-1.2\n56"} <= result
    assert {"no counterpart found 34", "new 8", "identical 53"} <= result


def test_places_are_computed_and_never_shared(tables):
    standard = tables_to_graph(tables, "st0792-1.2")
    places = graph_to_positions(standard)
    assert len(places) == 12 + 56 + 17
    assert len(set(places.values())) == len(places)
    assert places == graph_to_positions(tables_to_graph(tables, "st0792-1.2"))
    # KSBs of the options stand below those of the core, as their duties do.
    height = {node.partition(":")[2]: down for node, (_, down) in places.items()}
    assert min(height["K1"], height["S9"]) > height["K17"] > height["K24"]


def test_the_same_table_gives_the_same_picture(tables):
    pictures = []
    for _ in range(2):
        buffer = io.BytesIO()
        figure = plot_graph_in_columns(tables_to_graph(tables, "st0792-1.2"), "Columns")
        figure.savefig(buffer, format="png", dpi=50)
        pictures.append(buffer.getvalue())
    assert pictures[0] == pictures[1]


def test_a_dollar_sign_in_a_document_is_no_mathematics(tables):
    graph = tables_to_graph(tables, "st0792-1.2")
    graph.nodes["st0792-1.2:D1"]["text"] = r"Pay $\bad$ money"
    figure = plot_graph_in_columns(graph, "Columns")
    figure.draw_without_rendering()
    assert any(r"\$\bad\$" in text.get_text() for text in figure.axes[0].texts)


# A matrix can have any columns.
NEED_COLUMNS = [
    *(plot_budget, plot_coverage, plot_flow, plot_graph_in_columns, plot_impact, plot_lineage),
    *(plot_reliability, plot_scores, plot_statements_by_kind, plot_theme_evidence),
]


@pytest.mark.parametrize("plot", NEED_COLUMNS, ids=lambda plot: plot.__name__)
def test_a_figure_that_fails_is_not_left_open(plot):
    plt.close("all")
    title = [] if plot is plot_statements_by_kind else ["title"]
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever the wrong input leads to)
        plot(pd.DataFrame({"no": ["such column"]}), *title)
    assert plt.get_fignums() == []


def test_a_figure_that_fails_after_it_was_opened_is_closed():
    def plot():
        plt.subplots()
        raise ValueError("no data")

    plt.close("all")
    with pytest.raises(ValueError, match="no data"):
        closed_on_error(plot)()
    assert plt.get_fignums() == []


@pytest.mark.parametrize("factor", [1, 10])
def test_a_flow_of_few_statements_fills_its_figure_and_its_legend_fits(factor):
    rows = {"identical": (3, 3), "reworded": (2, 2), "merged": (2, 1), "split": (1, 2)}
    rows |= {"no counterpart found": (1, 0), "withdrawn": (1, 0), "new": (0, 1)}
    changes = pd.DataFrame(
        [("a", "b", change, old * factor, new * factor) for change, (old, new) in rows.items()],
        columns=["subject_source", "object_source", "change", "n_old", "n_new"],
    )
    figure = plot_flow(changes, "Few statements")
    figure.draw_without_rendering()
    bottom, top = figure.axes[0].get_ylim()
    bar = max(patch.get_height() for patch in figure.axes[0].patches)
    assert bar / (top - bottom) > 0.75
    legend = figure.legends[0].get_window_extent()
    assert legend.x0 >= 0
    assert legend.x1 <= figure.bbox.x1
