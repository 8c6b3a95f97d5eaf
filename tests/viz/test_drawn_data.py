"""What is drawn is what the table behind a figure holds: lengths, places, ribbons and labels."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from curriculum.analysis.impact import SORTS
from curriculum.model import vocabulary as v
from curriculum.tables.version_order import documents_to_dates
from curriculum.viz.bar_figures import plot_coverage, plot_impact, plot_statements_by_kind
from curriculum.viz.confidence_figures import plot_budget, plot_reliability, plot_scores
from curriculum.viz.figure_style import CHANGE_FILLS, KIND_FILLS
from curriculum.viz.flow_figure import plot_flow
from curriculum.viz.lineage_figure import plot_lineage
from curriculum.viz.link_flow_figure import plot_link_flow
from curriculum.viz.matrix_figures import plot_duty_matrix, plot_theme_evidence
from curriculum.viz.why_figure import plot_steps
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


def bars_of(axes):
    """Give the bars of each colour: the left end, the length and the row of each."""
    found = {}
    for patch in axes.patches:
        row = round(patch.get_y() + patch.get_height() / 2)
        place = (round(patch.get_x(), 6), round(patch.get_width(), 6), row)
        found.setdefault((to_hex(patch.get_facecolor()).upper(), patch.get_hatch() or ""), []).append(place)
    return found


def words_of(axes):
    return [text.get_text() for text in axes.texts]


GROUPS = pd.DataFrame(
    {
        **{"code": ["D1", "D2", "D3"], "name": ["Hoist $5 flags", "Moor boats", "Do nothing"]},
        **{"n_same": [2, 0, 0], "n_reworded": [3, 400, 0], "n_joined": [0, 1, 0], "n_new": [1, 2, 0]},
        **{"n_covered": [2, 0, 0], "n_in_part": [0, 3, 0], "n_not_covered": [4, 40, 0]},
    }
)


def test_bars_of_an_impact_have_the_lengths_of_the_table():
    picture = plot_impact(GROUPS, "Impact")
    (axes,) = picture.figure.axes
    fills = [CHANGE_FILLS[name] for name in ("identical", "reworded", "merged", "new")]
    assert bars_of(axes) == {
        fills[0]: [(0, 2, 0), (0, 0, 1), (0, 0, 2)],
        fills[1]: [(2, 3, 0), (0, 400, 1), (0, 0, 2)],
        fills[2]: [(5, 0, 0), (400, 1, 1), (0, 0, 2)],
        fills[3]: [(5, 1, 0), (401, 2, 1), (0, 0, 2)],
    }
    # The bar of one statement among 403 has no room for its number; the total is beside each bar.
    assert [word for word in words_of(axes) if word] == ["400", "6", "403", "0"]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        r"D1 Hoist \$5 flags",
        "D2 Moor boats",
        "D3 Do nothing",
    ]
    assert picture.alt == (
        "D1 Hoist $5 flags: 6 (2 same, 3 reworded, 1 new); "
        "D2 Moor boats: 403 (400 reworded, 1 merged or split, 2 new); D3 Do nothing: 0."
    )
    assert picture.table is GROUPS


def test_bars_of_a_coverage_have_the_lengths_of_the_table():
    picture = plot_coverage(GROUPS, "Coverage")
    lengths = [[length for _, length, _ in bars] for bars in bars_of(picture.figure.axes[0]).values()]
    assert lengths == [[2, 0, 0], [0, 3, 0], [4, 40, 0]]
    assert picture.alt.startswith(
        "D1 Hoist $5 flags: 6 (2 covered, 4 not covered); D2 Moor boats: 43 (3 in part"
    )


def test_bars_of_an_overview_have_the_colour_of_their_kind():
    overview = pd.DataFrame(
        {"document_id": ["a", "b"], "knowledge": [4, 0], "skill": [2, 9], "duties": [1, 1]}
    )
    picture = plot_statements_by_kind(overview)
    assert bars_of(picture.figure.axes[0]) == {
        KIND_FILLS["knowledge"]: [(0, 4, 0), (0, 0, 1)],
        KIND_FILLS["skill"]: [(4, 2, 0), (0, 9, 1)],
    }
    assert picture.alt == "a: 6 (4 knowledge, 2 skill); b: 9 (9 skill)."


@pytest.mark.parametrize("size", SIZES)
def test_a_mark_stands_for_each_ksb_that_a_duty_names(size):
    standard = pair_of(size)[1]
    matrix = standard.duty_matrix()
    picture = plot_duty_matrix(matrix, "Duties")
    drawn = []
    for axes in picture.figure.axes:
        codes = [label.get_text() for label in axes.get_xticklabels()]
        duties = [label.get_text().partition(" ")[0] for label in axes.get_yticklabels()]
        for marks in axes.collections:
            drawn += [(duties[int(down)], codes[int(across)]) for across, down in marks.get_offsets()]
    named = [(duty, code) for duty in matrix.index for code in matrix.columns if matrix.loc[duty, code]]
    assert sorted(drawn) == sorted(named)
    assert f"name {len(matrix.columns)} KSBs {len(named)} times" in picture.alt


@pytest.mark.parametrize("size", SIZES)
def test_a_square_with_a_number_stands_for_each_theme_and_duty(size):
    evidence = pair_of(size)[1].theme_evidence()
    figure = plot_theme_evidence(evidence, "Evidence").figure
    (axes,) = figure.axes
    duties = [label.get_text() for label in axes.get_xticklabels()]
    themes = [label.get_text().rpartition(" ")[2] for label in axes.get_yticklabels()]
    (squares,) = axes.collections
    drawn = [
        (themes[int(down)], duties[int(across)], int(text), to_hex(colour))
        for (across, down), text, colour in zip(
            squares.get_offsets(), words_of(axes), squares.get_facecolor(), strict=True
        )
    ]
    shades = mpl.colormaps["Blues"]
    wanted = ["theme", "duty", "n_shared", "share_of_theme"]
    assert drawn == [
        (theme, duty, count, to_hex(shades(share)))
        for theme, duty, count, share in evidence[wanted].to_numpy()
    ]
    legend = {
        text.get_text(): to_hex(sample.get_facecolor())
        for sample, text in zip(figure.legends[0].get_patches(), figure.legends[0].get_texts(), strict=True)
    }
    names = {0.25: "25%", 0.5: "50%", 0.75: "75%", 1.0: "100% of the KSBs of the theme"}
    assert legend == {name: to_hex(shades(share)) for share, name in names.items()}


def test_scores_stand_where_the_table_says():
    scores = scores_of(2)
    (axes,) = plot_scores(scores, "Scores").figure.axes
    points = [list(line.get_xdata()) for line in axes.lines]
    of_pairs = [rows for _, rows in scores.groupby(["subject_source", "object_source"], sort=False)]
    assert points == [rows["value"].tolist() for rows in of_pairs]
    lines = [[(left, right) for (left, _), (right, _) in one.get_segments()] for one in axes.collections]
    assert lines == [list(zip(rows["low"], rows["high"], strict=True)) for rows in of_pairs]
    assert words_of(axes) == [f"{value:.2f}" for rows in of_pairs for value in rows["value"]]


def test_reliability_shows_both_shares_of_each_bin():
    reliability = reliability_of(3)
    picture = plot_reliability(reliability, "Reliability")
    (axes,) = picture.figure.axes
    assert [list(line.get_xdata()) for line in axes.lines] == [
        reliability["share_right"].tolist(),
        reliability["mean_confidence"].tolist(),
    ]
    assert words_of(axes) == ["9 of 11", "10 of 12", "11 of 13"]
    assert picture.alt.startswith(
        "Confidence 0 to 0.333333: 9 of 11 links are right (0.82; mean confidence 0.31)"
    )


def test_a_budget_is_drawn_step_by_step():
    budget = budget_of(2)
    (axes,) = plot_budget(budget, "Budget").figure.axes
    of_pairs = [rows for _, rows in budget.groupby(["subject_source", "object_source"], sort=False)]
    drawn = [(line.get_xdata().tolist(), line.get_ydata().tolist()) for line in axes.lines]
    expected = [
        (rows["share"].tolist(), rows[name].tolist()) for rows in of_pairs for name in ("F1_random", "F1")
    ]
    assert drawn == expected


CHANGES = pd.DataFrame(
    [
        ("a", "b", "reworded", 30, 30),
        ("a", "b", "merged", 18, 9),
        ("a", "b", "no counterpart found", 20, 0),
        ("a", "b", "new", 0, 11),
        ("b", "c", "identical", 50, 50),
    ],
    columns=["subject_source", "object_source", "change", "n_old", "n_new"],
)


def test_bars_and_ribbons_of_a_flow_have_the_heights_of_the_table():
    picture = plot_flow(CHANGES, "Flow")
    (axes,) = picture.figure.axes
    assert [round(patch.get_height(), 6) for patch in axes.patches] == [68, 50, 50, 50]
    ends = {}
    for ribbon in axes.collections:
        points = ribbon.get_paths()[0].vertices
        colour = to_hex(ribbon.get_facecolor()[0]).upper()
        ends[colour] = [
            round(np.ptp(points[np.isclose(points[:, 0], edge), 1]), 6)
            for edge in (points[:, 0].min(), points[:, 0].max())
        ]
    heights = {"reworded": [30, 30], "merged": [18, 9], "no counterpart found": [20, 20], "new": [11, 11]}
    heights["identical"] = [50, 50]
    assert ends == {CHANGE_FILLS[name].colour: both for name, both in heights.items()}
    assert {
        "reworded 30",
        "merged 18 into 9",
        "no counterpart found 20",
        "new 11",
        "a\n68",
        "b\n50",
        "c\n50",
    } == {*words_of(axes)} - {"identical 50"}
    assert picture.alt == (
        "a (68 statements) to b (50): reworded 30, merged 18 into 9, no counterpart found 20, new 11. "
        "b (50 statements) to c (50): identical 50."
    )


def test_a_ribbon_without_room_for_its_text_is_named_below():
    small = CHANGES.replace({"n_old": {18: 1}, "n_new": {9: 1}})
    (axes,) = plot_flow(small, "Flow").figure.axes
    assert "also merged 1" in words_of(axes)


FLOW = pd.DataFrame(
    [
        ("K1", "K2", "reworded", 1, 0, "K1", "K2"),
        ("K2", "K3", "merged", 2, 1, "K2", "K3"),
        ("K3", "K3", "merged", 1, 0, "K3", "K3"),
        ("K4", "", "no counterpart found", 1, 1, "K4", ""),
        ("", "K1", "new", 1, 1, "", "K1"),
    ],
    columns=["old", "new", "change", "n_links", "n_waiting", "old_codes", "new_codes"],
)


def test_ribbons_between_codes_begin_and_end_at_their_codes():
    picture = plot_link_flow(FLOW, "Flow", ("a", "b"))
    (axes,) = picture.figure.axes
    texts = {text.get_text(): text.get_position() for text in axes.texts}
    assert set(texts) == {"K1", "K2", "K3", "K4", "a", "b"}
    bars = [patch for patch in axes.patches if patch.get_zorder() == 3]
    ribbons = [patch for patch in axes.patches if patch.get_zorder() == 1]
    assert len(bars) == 4 + 3
    tops = {(side, round(bar.get_y(), 6)): bar for bar in bars for side in [bar.get_x() < 3]}
    assert len(tops) == 7
    of_colour = {}
    for ribbon in ribbons:
        points = ribbon.get_path().vertices
        thickness = [round(float(points[at + 1][1] - points[at][1]), 4) for at in (3,)]
        of_colour.setdefault(to_hex(ribbon.get_facecolor()).upper(), []).extend(thickness)
    assert set(of_colour) == {CHANGE_FILLS[name].colour for name in FLOW["change"]}
    # K3 has three links, and two of them come from K2.
    merged = sorted(of_colour[CHANGE_FILLS["merged"].colour])
    assert merged[1] == pytest.approx(2 * merged[0], abs=1e-3)
    assert picture.alt == (
        "4 links between 3 old and 2 new groups, 1 of them wait for review. Links: K1 to K2, K2 to K3 (2), "
        "K3 to K3. Without a counterpart: K4. New: K1."
    )


@pytest.mark.parametrize("size", SIZES)
def test_each_code_of_both_versions_is_written_once(size):
    crosswalk = crosswalk_of(size)
    (axes,) = crosswalk.plot_flow().figure.axes
    for standard, side in zip(pair_of(size), ("right", "left"), strict=True):
        written = [
            text.get_text() for text in axes.texts if text.get_ha() == side and ":" not in text.get_text()
        ]
        assert [word for word in written if "-" not in word] == standard.statements["code"].tolist()


def test_names_of_groups_stand_beside_their_codes():
    names = ({"K1": "Knots and all other things that sailors have to know"}, {"K2": "Ropes"})
    words = words_of(plot_link_flow(FLOW, "Flow", ("a", "b"), names).figure.axes[0])
    assert "K1 Knots and all other things that …" in words
    assert "K2 Ropes" in words


@pytest.mark.parametrize("size", SIZES)
def test_each_step_is_a_bar_from_the_odds_before_it_to_those_after_it(size):
    crosswalk = crosswalk_of(size)
    picture = crosswalk.plot_why(reworded_code(size))
    steps = picture.table
    (axes,) = picture.figure.axes
    ends = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in axes.patches]
    starts = [0, *steps["log_odds"][:-1]]
    for (low, high), start, after in zip(ends, starts, steps["log_odds"], strict=True):
        assert sorted((low, high)) == pytest.approx(sorted((start, after)))
    words = words_of(axes)[2:]
    assert words[::2] == [f"{adds:+.2f}" for adds in steps["adds"]]
    assert words[1::2] == [f"{confidence:.3f}" for confidence in steps["confidence"]]


def test_a_step_that_makes_a_link_less_likely_is_hatched():
    steps = pd.DataFrame(
        [("start", np.nan, np.nan, -0.3, -0.3, 0.43), ("words", 0.4, 1.0, 1.3, 1.0, 0.73)],
        columns=["step", "score", "csls_score", "adds", "log_odds", "confidence"],
    )
    picture = plot_steps(steps, "Steps")
    (axes,) = picture.figure.axes
    assert [bool(patch.get_hatch()) for patch in axes.patches] == [True, False]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["start", "words 0.40"]
    assert picture.alt == "Log odds: start -0.30, words +1.30. Confidence: 0.730."


def test_a_lineage_has_the_dates_of_its_documents_below_their_names():
    crosswalk = crosswalk_of(56)
    (axes,) = plot_lineage(lineage_of(56), "Lineage", documents_to_dates(crosswalk.tables)).figure.axes
    assert {"no date printed", "approved 2020-08-24\nupdated 2024-09-02"} <= {*words_of(axes)}
    without = words_of(plot_lineage(lineage_of(56), "Lineage").figure.axes[0])
    assert not [word for word in without if "date" in word]


def test_the_sorts_of_an_impact_are_those_of_the_table():
    assert SORTS == ("same", "reworded", "merged or split", "new")
    assert tuple(KIND_FILLS) == v.STATEMENT_KINDS
