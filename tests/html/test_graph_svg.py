"""The drawing of a graph: its links, its marks, its legend, and its rules."""

from __future__ import annotations

import re

import pytest

from curriculum.html.graph_plan import GraphDrawing, GraphEdge, GraphNode
from curriculum.html.graph_style import MARKS, STROKES, graph_to_rules
from curriculum.html.graph_svg import drawing_to_html, drawing_to_svg
from curriculum.model.palette import colours_to_contrast

DUTY = GraphNode("a:D1", "D1", "left", 0, 0, "duty, core", "Hoist <flags>", href="#a:D1")
KSB = GraphNode("a:K1", "K1", "middle", 0, 0, "knowledge", "Knots", mark="new")
OTHER = GraphNode("a:S1", "S1", "middle", 1, 0, "skill", "Tie knots", mark="of my own")
THEME = GraphNode("a:T1", "T1", "right", 0, 0, "theme", "Ropes")
EDGES = [GraphEdge("a:D1", "a:K1"), GraphEdge("a:D1", "a:S1", 1), GraphEdge("a:T1", "a:K1")]
DRAWING = GraphDrawing(
    "Graph", "One duty.", [DUTY, KSB, OTHER, THEME], EDGES, ["duties", "K", "S", "themes"], ["core", "Boats"]
)


def test_a_node_with_an_address_is_a_link_and_any_other_can_be_focused():
    page = drawing_to_html(DRAWING, "g")
    assert '<a id="g-0" class="n g-0 g-1 g-2" aria-labelledby="g-0t" href="#a:D1">' in page
    assert '<g id="g-1" class="n g-1 g-0 g-3" aria-labelledby="g-1t" role="img" tabindex="0">' in page


def test_a_mark_has_a_sign_a_colour_and_its_word_in_the_legend():
    picture = drawing_to_svg(DRAWING)
    assert ">K1+</text>" in picture
    assert ">S1•</text>" in picture
    for mark, sign in (("new", "+"), ("of my own", "•")):
        assert re.search(rf'font-size="11">{re.escape(sign)}</text><text [^>]*>{mark}</text>', picture)
    assert f'fill="{MARKS["new"][1]}"' in picture
    assert "K1: knowledge; new." in drawing_to_html(DRAWING, "g")


def test_each_option_has_a_stroke_of_its_own_and_a_line_in_the_legend():
    picture = drawing_to_svg(DRAWING)
    assert picture.count(f'stroke="{STROKES[1][0]}"') == 2
    assert picture.count('stroke-dasharray="6 3"') == 2
    assert ">core</text>" in picture
    assert ">Boats</text>" in picture
    assert ">core</text>" not in drawing_to_svg(DRAWING._replace(styles=["core"]))


def test_two_graphs_of_a_page_share_no_id_and_no_rule():
    one, other = (drawing_to_html(DRAWING, prefix) for prefix in ("one", "other"))
    ids = [set(re.findall(r' id="([^"]+)"', page)) for page in (one, other)]
    assert not ids[0] & ids[1]
    selectors = re.search(r"<style>(.*)</style>", one, re.DOTALL)[1].replace("@media print{", "")
    assert all(rule.startswith("#one") for rule in selectors.splitlines())


def test_a_graph_without_duties_or_themes_has_no_heading_for_them():
    alone = GraphDrawing("Graph", "One KSB.", [KSB], [], ["", "K", ""])
    assert "duties" not in drawing_to_svg(alone)
    # The ground, the box of the KSB, and that of its mark in the legend.
    assert drawing_to_svg(alone).count("<rect") == 3


@pytest.mark.parametrize("name", MARKS)
def test_signs_of_marks_differ_and_strokes_can_be_seen(name):
    assert [sign for sign, _ in MARKS.values()].count(MARKS[name][0]) == 1
    assert all(colours_to_contrast(colour, "#FFFFFF") >= 3 for colour, _ in STROKES)
    assert len({dashes for _, dashes in STROKES}) == len(STROKES)


def test_the_focus_can_be_seen_and_the_wording_of_other_nodes_is_hidden():
    rules = graph_to_rules("g", ["g-0", "g-1"]).splitlines()
    assert "#g .n:focus-visible rect{stroke:#000;stroke-width:3}" in rules
    assert "#g .t{display:none}" in rules
    assert "#g:has(#g-1:is(:hover,:focus-visible)) #g-1t{display:inline}" in rules
