"""Pages: templates escape what they show, and refuse to render without it."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

import curriculum.html
from curriculum.html.pages import Cell, render_page

HOSTILE = """<script>alert("1")</script>&amp;' {{ 7 * 7 }} {% raw %}"""
ESCAPED = b"&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;amp;&#39; {{ 7 * 7 }} {% raw %}"
TEMPLATES = Path(curriculum.html.__file__).with_name("templates")
EMPTY = {"groups": (), "statements": (), "lost": (), "learners": None, "counted": None, "is_pooled": False}


def coverage_of(text, **content):
    cell = Cell(text, text, text, (1, 0, 2), (text, ""))
    page = {"title": text, "about": [text], "sentences": [text], "legend": [cell], "what": text, **EMPTY}
    return render_page("coverage.html", **{**page, "versions": [(cell, cell, cell)], **content})


def test_every_text_is_escaped():
    page = coverage_of(HOSTILE)
    assert b"<script" not in page
    # The title twice, a line, a sentence, a caption and a heading; and four parts of each of four cells.
    assert page.count(ESCAPED) == 6 + 4 * 4
    assert b"49" not in page


def test_a_cell_without_parts_is_its_text_alone():
    page = coverage_of("x", versions=[(Cell("K1"), Cell(), Cell("a", notes=("", "b")))])
    assert b'<th scope="row" role="rowheader" class="short">K1</th><td role="cell" class="half"></td>' in page
    assert b">a<small>b</small></td>" in page


def test_a_bar_has_the_width_of_its_parts_and_none_of_nothing():
    page = coverage_of(
        "x", versions=[(Cell("K1", counts=(1, 0, 2)), Cell("K2", counts=(0, 0, 0)))], legend=()
    )
    assert page.count(b"<i ") == 2
    assert b'<i class="whole" style="width:33.3%"></i><i class="none" style="width:66.7%"></i>' in page


def test_a_table_without_rows_says_so():
    assert b"<h2>Before and now</h2>\n<p>None.</p>\n" in coverage_of("x", versions=[])


def test_a_missing_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="legend"):
        render_page("base.html", title="x", about=(), sentences=())


def test_templates_load_nothing_and_mark_no_text_as_safe():
    for path in TEMPLATES.glob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not [
            word for word in ("http:", "https:", "url(", "@import", "|safe", "| safe") if word in text
        ]


def test_the_same_content_gives_the_same_bytes():
    assert coverage_of("x") == coverage_of("x")
