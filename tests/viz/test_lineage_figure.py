"""The figure of a lineage, held as numbers: where boxes and lines stand, and what the legend shows."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

from curriculum import read_crosswalk, read_tables
from curriculum.analysis.impact import crosswalk_to_impact
from curriculum.analysis.lineage import BECAME, CAME_FROM, statement_to_lineage
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.model import vocabulary as v
from curriculum.viz.bar_figures import plot_impact
from curriculum.viz.lineage_figure import plot_lineage
from curriculum.viz.lineage_layout import BOX, lineage_to_layout

mpl.use("Agg")

PROCESSED = Path(__file__).resolve().parents[2] / "data" / "processed"
TABLES, CROSSWALK = read_tables(PROCESSED), read_crosswalk(PROCESSED)
# What a lineage reads of a crosswalk; the rest costs time.
LINKS = CROSSWALK[
    [
        *(v.SUBJECT_SOURCE, v.OBJECT_SOURCE, v.SUBJECT_ID, v.OBJECT_ID, v.SUBJECT_CATEGORY),
        *(v.OBJECT_CATEGORY, v.PREDICATE_ID, v.CONFIDENCE, v.CHANGE, v.BAND, v.STATUS),
    ]
]
NOISE = 1e-9
DATED = ["nos-2017", "nos-2019", "draft-2019", "st0792-1.0", "st0792-1.2"]


def rectangle(box):
    """Give left, right, top and bottom of a box."""
    left, top = box.column - BOX / 2, box.middle - box.height / 2
    return left, left + BOX, top, top + box.height


def crosses(start, stop, box):
    """Tell whether a line from one point to another runs through the inside of a box (Liang and Barsky)."""
    left, right, top, bottom = rectangle(box)
    first, last = 0.0, 1.0
    for at, way, low, high in (
        (start[0], stop[0] - start[0], left, right),
        (start[1], stop[1] - start[1], top, bottom),
    ):
        if way == 0:
            if not low < at < high:
                return False
            continue
        enter, leave = sorted(((low - at) / way, (high - at) / way))
        first, last = max(first, enter), min(last, leave)
    return last - first > NOISE


def faults(layout):
    """Give what is wrong with a layout: lines through boxes, boxes on each other, ends beside their boxes."""
    for link in layout.links:
        far, near = (layout.boxes[link.row[name]] for name in (v.STATEMENT_ID, "parent_id"))
        for point, box in ((link.points[0], far), (link.points[-1], near)):
            away = min(abs(point[0] - side) for side in rectangle(box)[:2]), abs(point[1] - box.middle)
            if max(away) > NOISE:
                yield "end", link
        for start, stop in pairwise(link.points):
            yield from (("line", name) for name, box in layout.boxes.items() if crosses(start, stop, box))
    for (name, one), (_, other) in combinations(layout.boxes.items(), 2):
        (left, right, top, bottom), far = rectangle(one), rectangle(other)
        if left < far[1] and far[0] < right and top < far[3] and far[2] < bottom:
            yield "box", name


@pytest.mark.parametrize("document", DATED)
def test_no_line_runs_behind_a_box_and_columns_stand_in_order(document):
    every = [*TABLES.statements[v.STATEMENT_ID], *TABLES.duties[v.DUTY_ID]]
    for statement in (one for one in every if one.startswith(f"{document}:")):
        lineage = statement_to_lineage(TABLES, LINKS, statement)
        layout = lineage_to_layout(lineage)
        shown = lineage[lineage[v.STATEMENT_ID] != v.NO_TERM_FOUND]
        assert list(layout.columns) == [one for one in DATED if one in set(shown[v.DOCUMENT_ID])], statement
        assert len(layout.boxes) == shown[v.STATEMENT_ID].nunique()
        assert len(layout.links) == len(shown) - 1
        assert not list(faults(layout)), statement


def test_a_line_that_runs_through_a_box_would_be_found():
    layout = lineage_to_layout(statement_to_lineage(TABLES, CROSSWALK, "st0792-1.2:K20"))
    straight = [
        link._replace(points=(link.points[0], link.points[-1]))
        if link.row[v.STATEMENT_ID] == "nos-2017:K6"
        else link
        for link in layout.links
    ]
    crossed = {
        name
        for start, stop in ((link.points[0], link.points[-1]) for link in straight)
        for name, box in layout.boxes.items()
        if crosses(start, stop, box)
    }
    assert crossed == {"st0792-1.0:K16"}
    assert len(next(link for link in layout.links if link.row[v.STATEMENT_ID] == "nos-2017:K6").points) == 6


# --- Made-up lineages -------------------------------------------------------------------------------------


def lineage_of(*rows, places):
    """Make a lineage of rows: direction, parent, statement."""
    names = ["direction", "parent_id", v.STATEMENT_ID]
    frame = pd.DataFrame([("statement", "", rows[0][1]), *rows], columns=names)
    documents = frame[v.STATEMENT_ID].str.partition(":")[0]
    return frame.assign(
        **{
            v.DOCUMENT_ID: documents,
            "place": documents.map(places),
            v.PREDICATE_ID: "skos:exactMatch",
            v.CONFIDENCE: 0.5,
            v.BAND: v.REVIEW,
            v.STATUS: v.PROPOSED,
            v.TEXT: "How to shoe a horse, " * 8,
        }
    )


PLACES = {"a": 1, "b": 2, "c": 3, "d": 4}
MADE_UP = {
    "leaps on both sides": lineage_of(
        (CAME_FROM, "c:K1", "b:K1"),
        (CAME_FROM, "b:K1", "a:K1"),
        (CAME_FROM, "c:K1", "b:K2"),
        (CAME_FROM, "c:K1", "a:K2"),
        (BECAME, "c:K1", "d:K1"),
        (BECAME, "c:K1", "d:K2"),
        places=PLACES,
    ),
    "two ways to one statement": lineage_of(
        (CAME_FROM, "d:K1", "c:K1"),
        (CAME_FROM, "c:K1", "a:K1"),
        (CAME_FROM, "d:K1", "b:K1"),
        (CAME_FROM, "b:K1", "a:K1"),
        (CAME_FROM, "d:K1", "a:K1"),
        places=PLACES,
    ),
    "versions linked in a circle": lineage_of(
        (CAME_FROM, "b:K1", "c:K1"),
        (CAME_FROM, "c:K1", "a:K1"),
        (BECAME, "b:K1", "c:K1"),
        (BECAME, "c:K1", "a:K2"),
        (BECAME, "b:K1", "d:K1"),
        (BECAME, "d:K1", "a:K1"),
        places=PLACES,
    ),
    "within one document": lineage_of((BECAME, "a:K1", "a:K2"), (BECAME, "a:K2", "a:K3"), places=PLACES),
    "alone": lineage_of((BECAME, "a:K1", v.NO_TERM_FOUND), places=PLACES),
}


@pytest.mark.parametrize("name", MADE_UP)
def test_made_up_lineages_are_drawn_without_a_crossing(name):
    layout = lineage_to_layout(MADE_UP[name])
    assert not list(faults(layout))
    assert list(layout.columns) == sorted(layout.columns)


# --- What is drawn ----------------------------------------------------------------------------------------


def legend_of(picture):
    return [text.get_text() for legend in picture.figure.legends for text in legend.get_texts()]


def test_the_legend_shows_what_is_drawn_and_nothing_else():
    lineage = statement_to_lineage(TABLES, CROSSWALK, "st0792-1.2:K20")
    settled = lineage.assign(**{v.STATUS: lineage[v.STATUS].where(lineage["step"] != 2, v.DECIDED)})
    result = {
        "needs no look, waits for review": lineage,
        "decided, waits for review": settled,
        "waits for review": lineage[lineage["step"] < 2],
        "": lineage.head(1),
    }
    for expected, given in result.items():
        assert ", ".join(legend_of(plot_lineage(given, "Lineage"))) == expected


def test_a_line_is_drawn_as_it_was_laid_out_and_writing_stays_in_its_box():
    lineage = statement_to_lineage(TABLES, CROSSWALK, "st0792-1.2:K20")
    figure, layout = plot_lineage(lineage, "Lineage").figure, lineage_to_layout(lineage)
    (axes,) = figure.axes
    drawn = [tuple(zip(*line.get_data(), strict=True)) for line in axes.lines]
    assert drawn == [link.points for link in layout.links]
    figure.draw_without_rendering()
    boxes = [patch.get_window_extent() for patch in axes.patches]
    for text in axes.texts:
        extent = text.get_window_extent()
        around = [box for box in boxes if box.contains(*extent.min) or box.contains(*extent.max)]
        assert all(box.contains(*extent.min) and box.contains(*extent.max) for box in around), text


def test_the_legend_of_an_impact_shows_the_sorts_that_occur():
    groups = crosswalk_to_impact(TABLES, select_pair(CROSSWALK, "st0792-1.0", "st0792-1.2")).groups
    duties = groups.query("group == 'duty'")
    assert legend_of(plot_impact(duties, "Impact")) == ["reworded", "merged or split", "new"]
    assert legend_of(plot_impact(duties.query("n_new == 0"), "Impact")) == [
        "reworded",
        "merged or split",
    ]
