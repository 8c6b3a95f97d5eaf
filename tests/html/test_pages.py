"""Pages: templates escape what they show, and refuse to render without it."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import jinja2
import pytest

import curriculum.html
from curriculum.html.cells import CODE, WORDING, Bar, Cell, Column, Details, Link, Run, Section, Table
from curriculum.html.pages import render_page, render_table

HOSTILE = """<script>alert("1")</script>&amp;' {{ 7 * 7 }} {% raw %}"""
ESCAPED = b"&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;amp;&#39; {{ 7 * 7 }} {% raw %}"
TEMPLATES = Path(curriculum.html.__file__).with_name("templates")


def page_of(text, *cells):
    cell = Cell(
        text,
        text,
        text,
        (1, 0, 2),
        (text, ""),
        bars=(Bar(text, 0.5),),
        links=(Link(text, text),),
        details=Details(text, (Bar(text, 1.5),), (text,)),
        anchor=text,
        sort=text,
    )
    row = cells or (cell, Cell(runs=(Run(text, "del"), Run(text, "ins"), Run(text))))
    table = Table(text, (Column(text, CODE), Column("x", WORDING)), [row])
    return render_page(
        "coverage.html",
        title=text,
        about=[text],
        sentences=[text],
        legend=[Cell(text)],
        parts=[Section("a", text, table, text)],
    )


def test_every_text_is_escaped():
    page = page_of(HOSTILE)
    assert page.count(b"<script") == 1
    # Title twice, line, sentence, legend; heading, text below it, caption; heading of column and cell.
    in_page = 10
    # Its text, code, mark, note, label of a bar, link twice, summary, its bar and its line, id, and sort.
    assert page.count(ESCAPED) == in_page + 12 + 3
    assert b"49" not in page


def test_a_cell_without_parts_is_its_text_alone():
    page = page_of("x", Cell("K1"), Cell("a", notes=("", "b")))
    assert b'<th scope="row" role="rowheader" class="code" data-heading="x">K1</th>' in page
    assert b'<td role="cell" class="wording" data-heading="x">a<small>b</small></td>' in page


def test_a_bar_has_the_width_of_its_parts_and_none_of_nothing():
    page = page_of("x", Cell("K1", counts=(1, 0, 2)), Cell("K2", counts=(0, 0, 0)))
    assert page.count(b"<i ") == 2
    assert b'<i class="whole" style="width:33.3%"></i><i class="none" style="width:66.7%"></i>' in page


@pytest.mark.parametrize(
    ("value", "width", "shown"), [(0.254, "25", "0.25"), (-0.2, "0", "-0.20"), (1.5, "100", "1.50")]
)
def test_a_bar_is_never_longer_than_its_box(value, width, shown):
    assert (Bar("words", value).width, Bar("words", value).shown) == (width, shown)


def test_words_that_differ_are_marked_by_elements():
    page = page_of("x", Cell(), Cell(runs=(Run("Lead", "del"), Run("the"), Run("work", "ins"))))
    assert b"<del>Lead</del> the <ins>work</ins></td>" in page


def test_a_table_without_rows_says_so():
    content = {"title": "x", "about": (), "sentences": (), "legend": ()}
    page = render_page("coverage.html", **content, parts=[Section("a", "Lost", Table("", (), []))])
    assert b"<h2>Lost</h2>\n<p>None.</p>\n" in page


def test_a_missing_value_is_an_error():
    with pytest.raises(jinja2.UndefinedError, match="legend"):
        render_page("base.html", title="x", about=(), sentences=())


def test_templates_load_nothing_and_mark_no_text_as_safe():
    for path in TEMPLATES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [
            word for word in ("http:", "https:", "url(", "@import", "|safe", "| safe") if word in text
        ]


def test_the_policy_names_the_only_script_by_its_hash():
    page = page_of("x").decode("utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )


def test_the_same_content_gives_the_same_bytes():
    assert page_of("x") == page_of("x")


def test_a_long_table_is_folded_into_a_box_that_keys_reach():
    columns = (Column("code", CODE, True),)
    short, long = (render_table(Table("", columns, [(Cell("K1"),)] * count)) for count in (20, 21))
    box = '<div class="scroll folded" tabindex="0" role="group" aria-label="Table">'
    assert box not in short
    assert box in long
    # Ten rows of three lines are long too.
    assert box in render_table(Table("", columns, [(Cell("x" * 100),)] * 10))
    assert box in render_table(Table("", columns, [(Cell(runs=[Run("x" * 50), Run("y" * 50, "ins")]),)] * 10))
    assert '<th scope="col" role="columnheader" class="code" data-filter>code</th>' in short
