"""A plotting call that is given the wrong thing says what it wants; nothing comes from inside matplotlib."""

from __future__ import annotations

import pandas as pd
import pytest

import curriculum as cu
from curriculum.errors import CurriculumError, InvalidInput, NotFound
from curriculum.viz.bar_figures import plot_coverage, plot_impact, plot_statements_by_kind
from curriculum.viz.confidence_figures import plot_budget, plot_reliability, plot_scores
from curriculum.viz.flow_figure import plot_flow
from curriculum.viz.lineage_figure import plot_lineage
from curriculum.viz.link_flow_figure import plot_link_flow
from curriculum.viz.matrix_figures import plot_duty_matrix, plot_theme_evidence
from curriculum.viz.why_figure import plot_steps
from figure_standards import ROOT, crosswalk_of, lineage_of, pair_of


@pytest.fixture(scope="module")
def project():
    return cu.Project(ROOT / "data")


@pytest.fixture(scope="module")
def evaluation(project):
    return project.evaluate()


@pytest.fixture(scope="module")
def composed():
    crosswalk = crosswalk_of(56)
    return cu.compose(crosswalk, cu.invert(crosswalk))


CALLS = {
    "a text as a further crosswalk": (
        lambda: crosswalk_of(9).plot("st0792-1.2"),
        r"'st0792-1.2': is of another type; expected a crosswalk, such as cu.link returns; found str",
    ),
    "a crosswalk that does not follow": (
        lambda: crosswalk_of(9).plot(crosswalk_of(56)),
        r"st0792-1.0 to st0792-1.2: crosswalks that do not follow each other; expected a crosswalk that "
        r"begins with st9809-1.1; found one that begins with st0792-1.0\. Give the crosswalks in the order",
    ),
    "an unknown way": (
        lambda: crosswalk_of(9).plot_flow("option"),
        r"“option”: no such way to draw a flow; expected one of code, kind, theme, duty",
    ),
    "a way of another type": (
        lambda: crosswalk_of(9).plot_flow(["code"]),
        r"expected a way to draw a flow, such as 'code'; found list",
    ),
    "a flow by what is not printed": (
        lambda: crosswalk_of(56).plot_flow("theme"),
        r"st0792-1.0 prints no theme with KSBs.*Draw the flow by code or by kind",
    ),
    "an unknown group": (
        lambda: crosswalk_of(9).plot_impact("dutys"),
        r"“dutys”: no such group.*Did you mean duty",
    ),
    "a group of another type": (
        lambda: crosswalk_of(9).plot_impact(3),
        r"expected the name of a group, such as 'duty'; found int",
    ),
    "the steps of an unknown code": (
        lambda: crosswalk_of(9).plot_why("K77"),
        r"“K77”: no such statement; expected a code of st9809-1.0",
    ),
    "the steps of equivalent statements": (
        lambda: crosswalk_of(9).plot_why(equivalent_code()),
        r"there are no steps to draw: the same words; expected a link that the linker has scored",
    ),
    "marks as a list": (
        lambda: pair_of(9)[1].graph_view(["K1"]),
        r"expected marks, such as \{'K9': 'new'\}; found list",
    ),
    "marks of an unknown code": (lambda: pair_of(9)[1].graph_view({"K77": "new"}), r"“K77”: no such code"),
    "a frame as a coverage": (
        lambda: cu.plot_coverage(pd.DataFrame()),
        r"is of another type; expected a coverage, such as cu.coverage returns; found DataFrame",
    ),
}


def equivalent_code():
    table = crosswalk_of(9).table
    exact = table[(table["change"].str.contains("identical")) & (table["subject_category"] != "duty")]
    return exact["subject_id"].iloc[0].partition(":")[2]


@pytest.mark.parametrize("name", CALLS)
def test_a_call_with_the_wrong_thing_says_what_it_wants(name):
    call, message = CALLS[name]
    with pytest.raises(CurriculumError, match=message):
        call()


@pytest.mark.parametrize("method", ["plot_duties", "plot_graph", "plot_themes", "graph_view"])
def test_a_standard_without_duties_and_themes_says_so(project, method):
    with pytest.raises(
        NotFound, match=r"nos-2017 prints no (duties|themes|duties and no themes), so that there is nothing"
    ):
        getattr(project.read("nos-2017"), method)()


def test_a_standard_with_duties_alone_has_a_graph(project):
    draft = project.read("draft-2019")
    assert "13 duties, 96 KSBs, 0 themes" in draft.plot_graph().alt
    with pytest.raises(NotFound, match="draft-2019 prints no themes"):
        draft.plot_themes()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: x.plot_impact(), "a composed crosswalk has no impact"),
        (lambda x: x.plot_flow("duty"), "a composed crosswalk has no flow by duty"),
        (lambda x: x.graph_view(), "a composed crosswalk has no duties and themes"),
        (lambda x: x.plot_why("K1"), "a composed crosswalk has no scores"),
    ],
)
def test_a_composed_crosswalk_says_what_it_lacks(composed, call, message):
    with pytest.raises(InvalidInput, match=f"{message}; expected a crosswalk that link made"):
        call(composed)


def test_a_composed_crosswalk_is_drawn_by_change_by_code_and_by_kind(composed):
    assert composed.plot().table.equals(composed.changes())
    assert composed.plot_flow().table.equals(composed.flow())
    assert composed.plot_flow("kind").alt


def test_an_inverted_crosswalk_has_the_same_steps():
    crosswalk = crosswalk_of(56)
    there, back = crosswalk.why("K9", "K6"), cu.invert(crosswalk).why("K6", "K9")
    assert back["confidence"].iloc[-1] == pytest.approx(there["confidence"].iloc[-1])


@pytest.mark.parametrize("bounds", [(), (0.5,), (1, 0.5), (0, 2), "01", (0, "1"), None, (0.5, 0.5, 1)])
def test_bounds_that_are_none_are_refused(evaluation, bounds):
    with pytest.raises(
        InvalidInput, match=r"no bounds of ranges of confidence; expected two or more ascending"
    ):
        evaluation.plot_reliability(bounds)


def test_bounds_without_a_link_say_that_there_is_nothing_to_draw(evaluation):
    with pytest.raises(NotFound, match="a frame without rows, so that there is nothing to draw"):
        evaluation.plot_reliability((0, 0.01))


def test_the_history_of_all_codes_has_no_figure(project):
    with pytest.raises(InvalidInput, match="the history of all codes has no figure"):
        project.lineage().plot()


NEEDED = {
    plot_statements_by_kind: "an overview, as tables_to_overview returns it",
    plot_coverage: "rows of one kind of group",
    plot_impact: "rows of one kind of group",
    plot_duty_matrix: "a matrix of duties and KSBs, as duties_to_matrix returns it",
    plot_theme_evidence: "as graph_to_theme_evidence returns it",
    plot_scores: "as verdicts_to_scores returns it",
    plot_reliability: "as verdicts_to_reliability returns it",
    plot_budget: "as verdicts_to_budget returns it",
    plot_flow: "as crosswalk_to_changes returns it",
    plot_link_flow: "a flow, as crosswalk_to_flow returns it",
    plot_lineage: "a lineage, as statement_to_lineage returns it",
    plot_steps: "steps, as crosswalk.why returns them",
}


@pytest.mark.parametrize("plot", NEEDED, ids=lambda plot: plot.__name__)
@pytest.mark.parametrize(
    "given",
    [None, "a frame", [1, 2], pd.Series([1]), pd.DataFrame({"no": ["such column"]}), pd.DataFrame()],
    ids=["nothing", "a text", "a list", "a series", "other columns", "an empty frame"],
)
def test_a_function_that_draws_says_which_frame_it_wants(plot, given):
    title = [] if plot is plot_statements_by_kind else ["Title"]
    with pytest.raises((InvalidInput, NotFound)) as raised:
        plot(given, *title)
    assert NEEDED[plot] in str(raised.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: plot_impact(crosswalk_of(9).impact().groups, "T", ["worse"]),
            r"no such sort; expected same, reworded",
        ),
        (
            lambda: plot_impact(crosswalk_of(9).impact().groups, None),
            r"None: no title; expected a text; found NoneType",
        ),
        (
            lambda: plot_lineage(lineage_of(9), "T", ["2020"]),
            r"no dates; expected a date for each id; found list",
        ),
        (
            lambda: plot_flow(crosswalk_of(9).changes().assign(change="gone"), "T"),
            r"no change; expected identical, reworded.*found gone",
        ),
    ],
)
def test_other_arguments_are_checked_too(call, message):
    with pytest.raises(InvalidInput, match=message):
        call()
