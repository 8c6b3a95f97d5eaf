"""Notebooks become pages that load nothing, and lead to each other."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from curriculum.cli.main import main
from curriculum.errors import InvalidInput, NotFound, UnreadableFile
from curriculum.html.notebook_book import notebooks_to_book
from curriculum.html.notebook_prose import prose_to_html
from project_notebooks import PATHS

PIXEL = "iVBORw0KGgo=\n"


def markdown(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(text, *outputs, count=1):
    return {
        "cell_type": "code",
        "metadata": {},
        "source": text,
        "execution_count": count,
        "outputs": list(outputs),
    }


def shown(**data):
    data = {name.replace("_", "/").replace("svg", "svg+xml"): text for name, text in data.items()}
    return {"output_type": "display_data", "data": data, "metadata": {}}


@pytest.fixture
def write(tmp_path):
    def write_one(name, *cells, **others):
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps({"nbformat": 4, "cells": cells, **others}), encoding="utf-8")
        return path

    return write_one


def page_of(path):
    return notebooks_to_book([path])[f"{path.stem}.html"].decode()


class Loads(HTMLParser):
    """What a page would load: every address in an attribute, but that of a link that a reader follows."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            is_link = tag == "a" and name == "href"
            is_name = name.startswith("xmlns")
            if (
                value
                and not is_link
                and not is_name
                and re.search(r"(?i)\b(?:https?|ftp|wss?|file):|^//", value)
            ):
                self.found.append((tag, name, value))
        if tag in ("link", "iframe", "object", "embed", "base", "form"):
            self.found.append((tag, "", ""))


@pytest.fixture(scope="module")
def book():
    return {name: page.decode() for name, page in notebooks_to_book(PATHS).items()}


def test_each_notebook_has_a_page_and_the_index_leads_to_all(book):
    names = [f"{path.stem}.html" for path in PATHS]
    assert list(book) == ["index.html", *names]
    assert re.findall(r'<li><a href="([^"]+)">', book["index.html"]) == names


def test_no_page_loads_anything(book):
    for page in book.values():
        assert Loads(page).found == []
        styles = "".join(re.findall(r"(?s)<style.*?</style>", page))
        assert "@import" not in styles
        assert not re.search(r"url\((?!#|data:)", styles)
        assert "default-src 'none'" in page


def test_the_check_of_loads_finds_what_loads():
    for bad in (
        '<script src="https://cdn.example/a.js"></script>',
        '<img src="//cdn.example/a.png">',
        '<link rel="stylesheet" href="a.css">',
    ):
        assert Loads(bad).found
    assert not Loads('<a href="https://example.org">out</a>').found


def test_every_page_has_a_title_a_language_and_a_link_to_its_content(book):
    titles = [re.search(r"<title>(.*)</title>", page)[1] for page in book.values()]
    assert len(set(titles)) == len(book)
    for page in book.values():
        assert '<html lang="en-GB">' in page
        assert '<a class="skip" href="#content">' in page
        assert '<main id="content"' in page
        assert page.count("<h1") == 1


def test_links_lead_to_pages_and_headings_that_exist(book):
    for name, page in book.items():
        for href in re.findall(r'<a (?:class="skip" )?href="([^"]+)"', page):
            target, _, anchor = href.partition("#")
            assert target.startswith("https://") or (target or name) in book
            assert not anchor or f'id="{anchor}"' in book[target or name]


def test_no_output_of_the_notebooks_is_lost(book):
    for path in PATHS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
        page = book[f"{path.stem}.html"]
        shown = [one["data"].keys() | set(re.findall("<svg", str(one["data"]))) for one in outputs]
        figures = sum(bool(kinds & {"image/png", "image/svg+xml", "<svg"}) for kinds in shown)
        assert len(re.findall('class="output', page)) == len(outputs)
        assert len(re.findall('class="output wide figure"', page)) == figures
        assert page.count('<details class="code">') == sum(cell["cell_type"] == "code" for cell in cells)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (shown(text_html="<table><tr><th></th></tr></table>", text_plain="x"), "<table><tr><td></td></tr>"),
        (shown(text_html="<figure><svg/></figure>"), 'tabindex="0"><figure><svg/></figure></div>'),
        (shown(text_html="<b>3</b>", text_plain="3"), '<div class="output"><b>3</b></div>'),
        (shown(image_svg="<svg></svg>", image_png=PIXEL), 'tabindex="0"><svg></svg></div>'),
        (
            shown(image_png=PIXEL, text_plain="x"),
            'src="data:image/png;base64,iVBORw0KGgo=" alt="Figure of cell 1, which has no text of its own"',
        ),
        (shown(text_plain="<3 rows>"), '<pre class="output">&lt;3 rows&gt;</pre>'),
        ({"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}, '<pre class="output">a\nb</pre>'),
        (
            {"output_type": "error", "ename": "KeyError", "evalue": "'K1'", "traceback": []},
            '<pre class="output">KeyError: &#39;K1&#39;</pre>',
        ),
    ],
    ids=["table", "drawing", "html", "svg", "png", "text", "printed", "error"],
)
def test_an_output_is_shown_in_its_richest_form(output, expected, write):
    assert expected in page_of(write("one", code("x", output)))


@pytest.mark.parametrize(
    "html",
    [
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<link rel=preconnect href=https://example.org>",
        "<div>left open",
        "</section>",
        "</div>a<div>",
        "<!-- left open <br>",
        "<style>b {}",
        "<textarea>",
        "<div/>",
        "<div></ div>",
        "<style></style x><meta http-equiv=refresh content=0><style></style>",
        "<script><!--<script></script>-->",
        "<plaintext>",
        "<![x",
    ],
)
@pytest.mark.parametrize("kind", ["text_html", "image_svg"])
def test_an_output_that_breaks_the_page_or_leaves_it_is_shown_as_text(html, kind, write):
    page = page_of(write("one", code("x", shown(**{kind: html, "text_plain": "3 < 4"}))))
    assert html not in page
    assert '<pre class="output">3 &lt; 4</pre>' in page
    page = page_of(write("two", code("x", shown(**{kind: html}))))
    assert "This output cannot be shown here. JupyterLab shows it." in page


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><th>a<td>b<br></table>",
        "<p>a<p>b",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><g/></svg>',
        "<style>b > i {}</style><!-- a --><b>c</b>",
        "<ul><li>a<li>b</ul><img alt='>'/>",
    ],
)
def test_an_output_that_fits_is_shown_as_it_is(html, write):
    assert html in page_of(write("one", code("x", shown(text_html=html, text_plain="3"))))


def test_a_page_has_the_script_of_its_tables_once_and_no_other(write, book):
    html = "<b>a</b><script>\nother()\n</script><SCRIPT type=x>other()</script><b>c</b>"
    assert '<div class="output"><b>a</b><b>c</b></div>' in page_of(
        write("one", code("x", shown(text_html=html)))
    )
    for page in book.values():
        assert page.lower().count("<script") == 1


def test_colours_of_a_terminal_and_half_characters_are_left_out(write):
    printed = {"output_type": "stream", "name": "stderr", "text": "\x1b[1;31mred\x1b[0m \ud800"}
    error = {"output_type": "error", "ename": "E", "evalue": "\x1b[1mK1\x1b[0m", "traceback": []}
    page = page_of(write("one", code("x", printed, error)))
    assert '<pre class="output">red \ufffd</pre>' in page
    assert '<pre class="output">E: K1</pre>' in page


def test_links_to_pages_with_signs_in_their_names_lead_there(write):
    paths = [
        write("a? #1 100%41", markdown("# A\n\n[b](b%20%C3%A9%20(1).ipynb)")),
        write("b é (1)", markdown("# B")),
    ]
    book = {name: page.decode() for name, page in notebooks_to_book(paths).items()}
    assert list(book) == ["index.html", "a? #1 100%41.html", "b é (1).html"]
    assert 'href="a%3F%20%231%20100%2541.html"' in book["index.html"]
    assert '<a href="b%20%C3%A9%20%281%29.html">b</a>' in book["a? #1 100%41.html"]
    assert 'href="a%3F%20%231%20100%2541.html" rel="prev"' in book["b é (1).html"]


def test_code_is_folded_and_escaped(write):
    page = page_of(write("one", code('a < "b"', count=7)))
    assert "<summary>Code of cell 7</summary><pre><code>a &lt; &#34;b&#34;</code></pre></details>" in page


def test_a_notebook_without_a_title_has_its_name(write):
    path = write("mine", markdown("Only a text."), code("1", count=None))
    assert "<title>mine · curriculum</title>" in page_of(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](two.ipynb)", '<a href="two.html">a</a>'),
        ("[a](../notebooks/two.ipynb#B-c)", '<a href="two.html#B-c">a</a>'),
        ("[a](other.ipynb) b", "a b"),
        ("[a](../docs/remap.md)", "a"),
        ("[a](https://example.org/x)", '<a href="https://example.org/x">a</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("Notebook 3 and `notebook 3`", '<a href="03_c.html">Notebook 3</a> and <code>notebook 3</code>'),
        ("notebook 9", "notebook 9"),
        ("[notebook 3](two.ipynb)", '<a href="two.html">notebook 3</a>'),
        ("![a duty](d.png)", "a duty"),
        ("<script>1</script>", "&lt;script&gt;1&lt;/script&gt;"),
        ("~~old~~ <ins>new</ins>", "<s>old</s> <ins>new</ins>"),
        ("<ins onclick=alert(1)>new", "&lt;ins onclick=alert(1)&gt;new"),
    ],
)
def test_links_lead_into_the_book_or_are_text(text, expected):
    html = prose_to_html(f"x {text}", {"two": "two.html", "03_c": "03_c.html"})
    assert html == f"<p>x {expected}</p>\n"


def test_a_block_of_html_is_shown_as_text():
    html = prose_to_html("<div>\n<script>alert(1)</script>\n</div>\n\n<!-- x -->", {})
    assert "<div" not in html
    assert "<script" not in html
    assert "<!--" not in html


def test_equal_names_are_refused(write, tmp_path):
    (tmp_path / "other").mkdir()
    one, two = write("one", markdown("# A")), write("other/one", markdown("# B"))
    with pytest.raises(InvalidInput, match=r"one\.html"):
        notebooks_to_book([one, two])
    with pytest.raises(InvalidInput, match=r"index\.html"):
        notebooks_to_book([write("index", markdown("# A"))])


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4}', "\xff", "[" * 100_000]
)
def test_what_is_no_notebook_is_refused(text, tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UnreadableFile, match="not a notebook"):
        notebooks_to_book([path])
    with pytest.raises(NotFound):
        notebooks_to_book([tmp_path / "b.ipynb"])


def test_the_command_writes_the_notebooks_of_a_folder_with_the_same_bytes_twice(write, tmp_path, capsys):
    for name in ("b", "a"):
        write(name, markdown(f"# {name}"), code("1", shown(text_plain="1")))
    out = tmp_path / "book"
    words = ["book", str(tmp_path), "-o", str(out)]
    assert main(words) == 0
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert main(words) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    assert {name for name in first if name.endswith(".html")} == {"index.html", "a.html", "b.html"}
    said = " ".join(capsys.readouterr().err.split())
    assert f"3 pages written to {out.as_posix()}" in said


def test_the_command_says_where_it_found_no_notebook(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["book"]) == 2
    assert "notebooks: no notebooks; expected a folder with notebooks (.ipynb)" in capsys.readouterr().err
