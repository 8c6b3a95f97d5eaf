"""The graph of duties, KSBs and themes, of standards of four sizes: nothing is cut; it answers by CSS."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from curriculum.analysis.standard_graph import tables_to_graph
from curriculum.errors import UnwritableOutput
from curriculum.html.graph_style import MARKS as SIGNS
from curriculum.model.palette import colours_to_contrast
from figure_standards import SIZES, crosswalk_of, pair_of

NUMBER = r"-?\d+(?:\.\d+)?"
MARKS = {"K1": "new", "S1": "merged", "B1": "of my own", "D1": "reworded", "T1": "identical"}


@cache
def view_of(size):
    return pair_of(size)[1].graph_view(MARKS)


def svg_of(size):
    """Return the picture without its names of spaces."""
    return ET.fromstring(view_of(size).svg().replace('xmlns="http://www.w3.org/2000/svg" ', ""))


def width_of(text, size, is_bold):
    weight = FontProperties(family="DejaVu Sans", size=size, weight="bold" if is_bold else "normal")
    return text_to_path.get_text_width_height_descent(text, weight, ismath=False)[0]


def texts_of(element):
    """Yield the box of each line of text: left, top, right, bottom, its words and its size."""
    for text in element.iter("text"):
        size, is_bold = float(text.get("font-size", 12)), text.get("font-weight") == "bold"
        for line in [*text.iter("tspan")] or [text]:
            width = width_of(line.text, size, is_bold)
            shift = {"middle": width / 2, "end": width}.get(text.get("text-anchor"), 0)
            x, y = float(line.get("x")) - shift, float(line.get("y"))
            yield x, y - 0.73 * size, x + width, y + 0.12 * size, line.text, size


def boxes_of(root):
    rects = [rect for rect in root.iter("rect") if rect.get("x")]
    return [tuple(float(rect.get(name)) for name in ("x", "y", "width", "height")) for rect in rects]


def curve(points, share):
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = points
    rest = 1 - share
    parts = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
    return (
        sum(part * x for part, x in zip(parts, (x1, x2, x3, x4), strict=True)),
        sum(part * y for part, y in zip(parts, (y1, y2, y3, y4), strict=True)),
    )


def points_of(path):
    """Yield points along a path of M, C and H."""
    at = (0.0, 0.0)
    for letter, given in re.findall(rf"([MCH])((?:{NUMBER} ?)+)", path):
        values = [float(value) for value in given.split()]
        if letter == "M":
            at = (values[0], values[1])
        elif letter == "H":
            yield from ((at[0] + (values[0] - at[0]) * step / 40, at[1]) for step in range(41))
            at = (values[0], at[1])
        else:
            ends = [at, *zip(values[::2], values[1::2], strict=True)]
            yield from (curve(ends, step / 30) for step in range(31))
            at = ends[-1]


@pytest.mark.parametrize("size", SIZES)
def test_texts_stay_in_their_boxes_and_cover_no_other(size):
    root = svg_of(size)
    width, height = float(root.get("width")), float(root.get("height"))
    texts = list(texts_of(root))
    assert all(min(x0, y0) >= 0 and x1 <= width and y1 <= height for x0, y0, x1, y1, *_ in texts)
    assert min(text[5] for text in texts) >= 10
    covering = [
        (one[4], other[4])
        for one, other in combinations(texts, 2)
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]
    assert covering == []
    for group in root.iter("g"):
        rects = group.findall("rect")
        if len(rects) == 1:
            x, y, wide, high = (float(rects[0].get(name)) for name in ("x", "y", "width", "height"))
            for x0, y0, x1, y1, word, _ in texts_of(group):
                assert x <= x0, word
                assert x1 <= x + wide, word
                assert y - 1 <= y0, word
                assert y1 <= y + high + 1, word


@pytest.mark.parametrize("size", SIZES)
def test_no_box_covers_another_and_no_line_runs_through_a_box(size):
    root = svg_of(size)
    boxes = boxes_of(root)
    for (x, y, wide, high), (other_x, other_y, other_wide, other_high) in combinations(boxes, 2):
        assert (
            x + wide <= other_x
            or other_x + other_wide <= x
            or y + high <= other_y
            or other_y + other_high <= y
        )
    for line in root.find("g").findall("path"):
        for across, down in points_of(line.get("d")):
            inside = [
                box
                for box in boxes
                if box[0] + 1 < across < box[0] + box[2] - 1 and box[1] + 0.5 < down < box[1] + box[3] - 0.5
            ]
            assert not inside, line.get("d")


@pytest.mark.parametrize("size", SIZES)
def test_each_pair_of_the_tables_is_a_line_and_each_row_a_box(size):
    tables = pair_of(size)[1].tables
    drawing = view_of(size).drawing
    assert len(drawing.nodes) == len(tables.statements) + len(tables.duties) + len(tables.themes)
    pairs = {(edge.start, edge.end) for edge in drawing.edges}
    expected = [
        *zip(tables.duty_ksbs["duty_id"], tables.duty_ksbs["statement_id"], strict=True),
        *zip(tables.theme_ksbs["theme_id"], tables.theme_ksbs["statement_id"], strict=True),
    ]
    assert pairs == set(expected)
    root = svg_of(size)
    assert len(root.find("g").findall("path")) == len(pairs)
    codes = {
        re.sub(r"[=≈&÷+•]$", "", text.text or "")
        for group in root.findall("g")
        for text in group.findall("text")
    }
    assert codes - {""} == {node.code for node in drawing.nodes}


@pytest.mark.parametrize("size", SIZES)
def test_a_line_leads_from_the_edge_of_a_box_to_the_edge_of_another(size):
    boxes = boxes_of(svg_of(size))
    edges = {(round(x + wide, 1), round(y + high / 2, 1)) for x, y, wide, high in boxes}
    starts = {(round(x, 1), round(y + high / 2, 1)) for x, y, wide, high in boxes}
    near = lambda point, others: any(abs(point[0] - x) < 0.11 and abs(point[1] - y) < 0.11 for x, y in others)  # noqa: E731
    for line in svg_of(size).find("g").findall("path"):
        points = list(points_of(line.get("d")))
        assert near(points[0], edges)
        assert near(points[-1], starts)


def test_the_contrast_of_each_text_with_its_box_is_enough():
    for group in svg_of(56).iter("g"):
        rects = group.findall("rect")
        if len(rects) == 1:
            for text in group.findall("text"):
                assert colours_to_contrast(text.get("fill"), rects[0].get("fill")) >= 4.5


@pytest.mark.parametrize("size", SIZES)
def test_a_page_names_each_node_and_has_a_rule_for_it(size):
    view = view_of(size)
    page = view.html()
    assert len(page.encode()) < 300_000
    assert page == pair_of(size)[1].graph_view(MARKS).html()
    nodes = re.findall(
        r'<g id="([\w-]+)" class="n ([^"]*)" aria-labelledby="([\w-]+)" role="img" tabindex="0">', page
    )
    assert len(nodes) == len(view.drawing.nodes)
    for number, classes, label in nodes:
        assert f'<text id="{label}" class="t">' in page
        assert number in classes.split()
        assert f"#{view.prefix}:has(#{number}:is(:hover,:focus-visible)) .{number}" in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert all(one.startswith(view.prefix) for one in ids)
    assert "tabindex" in page
    assert not re.search(r'tabindex="[1-9]', page)
    # Nothing is loaded, and there is no script.
    assert not re.search(r"<script|<img|@import|url\(|https?://(?!www\.w3\.org/2000/svg)", page)


def test_neighbours_have_the_class_of_a_node():
    view = view_of(9)
    page = view.html()
    numbers = {node.key: f"{view.prefix}-{at}" for at, node in enumerate(view.drawing.nodes)}
    classes = {
        number: set(given.split())
        for number, given in re.findall(r'<g id="([\w-]+)" class="n ([^"]*)"', page)
    }
    for key, number in numbers.items():
        near = {number} | {
            numbers[other]
            for edge in view.drawing.edges
            if key in (edge.start, edge.end)
            for other in (edge.start, edge.end)
        }
        assert classes[number] == near


def test_a_node_is_named_with_its_facts_its_mark_and_its_full_wording():
    page = pair_of(56)[1].graph_view({"K20": "merged"}).html()
    number = re.search(r'id="([\w-]+)t" class="t"><tspan[^>]*>K20: ', page)[1]
    words = " ".join(
        re.findall(r"<tspan[^>]*>([^<]*)</tspan>", page.split(f'id="{number}t"')[1].split("</text>")[0])
    )
    assert words == (
        "K20: knowledge, Production coordinator; 2 duties: D9, D10; 1 theme: T16; merged. The processes "
        "required to obtain the necessary legal rights to the copyright. Where to obtain advice and "
        "information for different types of copyrighted materials."
    )


def test_texts_of_a_document_are_escaped():
    from curriculum.analysis.graph_positions import graph_to_drawing
    from curriculum.html.graph_svg import drawing_to_html, drawing_to_svg

    graph = tables_to_graph(pair_of(9)[1].tables, "st9809-1.1")
    for data in graph.nodes.values():
        for name in ("text", "name", "option"):
            if name in data:
                data[name] = '<script>alert("1")</script> & more'
    drawing = graph_to_drawing(graph, "<b>Title</b>", {"K1": "<i>"}, {"K2": 'x" onclick="y'})
    for text in (drawing_to_html(drawing, "g"), drawing_to_svg(drawing)):
        ET.fromstring(text.replace("<style>", "<style><![CDATA[").replace("</style>", "]]></style>"))
        assert "<script" not in text
        assert "<b>" not in text
        assert "onclick=" not in text.replace("onclick=&quot;", "")


def test_the_picture_and_the_view_show_themselves():
    standard = pair_of(9)[1]
    picture, view = standard.plot_graph(), standard.graph_view()
    assert list(picture._repr_mimebundle_()) == ["image/svg+xml", "text/plain"]
    assert list(view._repr_mimebundle_()) == ["text/html", "text/plain"]
    assert (
        repr(picture)
        == repr(view)
        == (
            "Duties, KSBs and themes of st9809-1.1\n3 duties, 9 KSBs, 2 themes. Duties name KSBs 12 times, "
            "themes 9 times. Each KSB is named by a duty. Each is in a theme."
        )
    )


@pytest.mark.parametrize("size", SIZES)
def test_the_graph_of_a_crosswalk_has_a_sign_for_what_became_of_each_ksb_and_duty(size):
    crosswalk = crosswalk_of(size)
    view = crosswalk.graph_view()
    changes = crosswalk.by_new_statement().set_index("code")["change"].to_dict()
    marks = {node.code: node.mark for node in view.drawing.nodes if node.zone == "middle"}
    assert marks == changes
    duties = {node.code for node in view.drawing.nodes if node.mark and node.zone == "left"}
    rows = crosswalk.table[crosswalk.table["object_category"] == "duty"]
    assert duties == {name.partition(":")[2] for name in rows["object_id"]}
    assert not [node for node in view.drawing.nodes if node.mark and node.zone == "right"]
    assert set(changes.values()) <= set(SIGNS)
    counts = Counter(node.mark for node in view.drawing.nodes if node.mark)
    assert all(f"{count} {change}" in view.alt.partition("Marked: ")[2] for change, count in counts.items())


def test_they_are_saved_as_svg_and_as_a_page(tmp_path):
    view = view_of(9)
    assert view.save(tmp_path / "graph.svg").read_text(encoding="utf-8") == view.svg()
    page = view.save(tmp_path / "graph.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>\n<html lang=")
    assert view.html() in page
    assert view.save(tmp_path / "graph.html").read_text(encoding="utf-8") == page


def test_a_page_that_is_no_graph_is_not_replaced(tmp_path):
    path = tmp_path / "graph.html"
    path.write_text('<!DOCTYPE html>\n<html lang="en">\n<title>Mine</title>', encoding="utf-8")
    with pytest.raises(UnwritableOutput, match=r"graph\.html: a file that holds no such figure"):
        view_of(9).save(path)
    report = crosswalk_of(9).report(tmp_path / "report.html").read_bytes()
    with pytest.raises(UnwritableOutput, match="a file that holds no such figure"):
        view_of(9).save(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == report
