"""What of a web page belongs to the site, line by line; its headings; attributes that are not closed."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.documents.page_source import close_attributes
from curriculum.documents.web_page import page_to_content
from curriculum.errors import UnreadableFile
from curriculum.files.file_signatures import is_page

ROW = "<p>K1: How hay is stored.</p>"


def lines(body):
    """Give the lines of the text, and those of the site."""
    content = page_to_content(f"<html><body>{body}</body></html>".encode(), "k.html")
    numbered = [(number, line) for number, line in enumerate(content.lines, start=1) if line]
    text = [line for number, line in numbered if number not in content.furniture]
    return text, {line: content.furniture[number] for number, line in numbered if number in content.furniture}


@pytest.mark.parametrize(
    ("body", "text", "furniture"),
    [
        ("<nav>a</nav><p>b", ["b"], {"a": "menus"}),
        ("<header>a</header><main>b</main><footer>c</footer>", ["b"], {"a": "header", "c": "footer"}),
        ("<main><header>a</header>b</main>", ["a", "b"], {}),
        ("<article>a<footer>b</footer></article>", ["a", "b"], {}),
        ("<div role=navigation>a</div><div role=banner>b</div>c", ["c"], {"a": "menus", "b": "header"}),
        ("<p>a</p><main>b b b b</main>", ["b b b b"], {"a": "outside"}),
        # A main part that is nearly empty, or that lacks a KSB, is not all of the text.
        (f"<p>{'a' * 50}</p><main>b</main>", ["a" * 50, "b"], {}),
        (f"{ROW}<main><p>S1: b</p></main>", ["K1: How hay is stored.", "S1: b"], {}),
        (f"{ROW}<main>{ROW}</main>", ["K1: How hay is stored."], {"K1: How hay is stored.": "outside"}),
        ("<p>Reference: ST9999</p><main><p>K1: b</p></main>", ["Reference: ST9999", "K1: b"], {}),
        ("<nav><p>K2: a</p></nav><main><p>K1: b</p></main>", ["K1: b"], {"K2: a": "menus"}),
        (f"<form>a{ROW}</form>", ["a", "K1: How hay is stored."], {}),
        ("<form>a</form>b", ["b"], {"a": "forms"}),
        (f"<header>{ROW}</header>", ["K1: How hay is stored."], {}),
        ("<dialog>a</dialog><div aria-modal=true>b</div>c", ["c"], {"a": "dialogues", "b": "dialogues"}),
        ('<div class="govuk-cookie-banner">a</div>b', ["b"], {"a": "forms"}),
        ('<div class="cookies-of-a-baker">a</div><p class="shared">b', ["b"], {"a": "forms"}),
        ('<div class="moj-sub-nav side-nav">a</div>b', ["b"], {"a": "menus"}),
        ("<p>a <button>Show</button> b", ["a b"], {"Show": "buttons"}),
        ("<p>a <button>K1</button> b", ["a K1 b"], {}),
        ("<h2><button>Knowledge</button></h2>", ["Knowledge"], {}),
        ("<button aria-expanded=false>Knowledge</button>", ["Knowledge"], {}),
        ("<table><tr><td>K1<td><button>How hay is stored</button></table>", ["K1", "How hay is stored"], {}),
        ("<table><tr><td>K1<td><button>Edit</button></table>", ["K1"], {"Edit": "buttons"}),
        (f"<button>{'word ' * 20}</button>", [("word " * 20).strip()], {}),
        ("<a>Change<span class='sr-only'> level</span></a>", ["Change"], {"level": "words"}),
        ("<p><span class='visually-hidden'>K1: </span>The hoof", ["K1: The hoof"], {}),
        ("<h2><span class='sr-only'>Duties</span></h2>", ["Duties"], {}),
        ("<h2 class='sr-only'>Duties</h2>", ["Duties"], {}),
        ("<p>×</p><table><tr><td>✓</table>a", ["✓", "a"], {"×": "signs"}),
        ("<h1>a</h1><nav>b</nav><main><p>K1: c</p></main>", ["a", "K1: c"], {"b": "menus"}),
    ],
)
def test_lines_of_the_text_and_of_the_site(body, text, furniture):
    found, of_site = lines(body)
    assert found == text
    assert set(of_site) == set(furniture)
    assert all(of_site[line].startswith(words) for line, words in furniture.items())


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("<h1>a</h1><h3>b</h3><p>c", {1: 1, 3: 3}),
        ("<div role=heading aria-level=4>a</div><p role=heading>b", {1: 4, 3: 2}),
        ("<h2>a <strong class='govuk-tag'>Approved</strong></h2>", {1: 2}),
        ("<h2><button>a</button></h2>", {1: 2}),
        ("<nav><h2>a</h2></nav><p>b", {}),
    ],
)
def test_levels_of_headings(body, headings):
    assert bytes_to_document(f"<html>{body}".encode(), "k.html").headings == headings


@pytest.mark.parametrize(
    ("body", "hidden"),
    [
        (f"<div hidden>{ROW}<p>a</p></div>b", ("K1: How hay is stored.",)),
        ("<p hidden>K1 <b>K2</b></p>b", ("K1 K2",)),
        ("<script>K1: x</script><style>K1: x</style>b", ()),
        (f"<div role=tabpanel hidden>{ROW}</div>", ()),
    ],
)
def test_rows_of_a_standard_that_are_hidden(body, hidden):
    assert page_to_content(f"<html>{body}".encode(), "k.html").hidden == hidden


@pytest.mark.parametrize(
    ("source", "closed", "number"),
    [
        ('<i t="a<b>K1</b></i><i c="d">K2</i>', '<i t="a"><b>K1</b></i><i c="d">K2</i>', 1),
        ('<i t="a<b>K1</b>">', '<i t="a<b>K1</b>">', 0),
        ('<i t="a < b" c="d">', '<i t="a < b" c="d">', 0),
        ('<i t="a=" c="d">x</i>', '<i t="a=" c="d">x</i>', 0),
    ],
)
def test_attributes_without_their_second_quotation_mark(source, closed, number):
    assert close_attributes(source) == (closed, number)


def test_boxes_beside_each_other_are_words_of_their_own():
    assert lines("<p><span>Knowledge</span><span>K1</span>") == (["Knowledge K1"], {})
    assert lines("<p><b>K1</b>The hoof") == (["K1 The hoof"], {})
    assert lines("<p><b>K</b>1: The <i>h</i>oof and the <b>S</b>hoe") == (["K1: The hoof and the Shoe"], {})


def test_tags_behind_each_other_are_lines():
    assert lines('<p><i class="tag">Groom</i> <i class="tag">Yard Hand</i>') == (["Groom", "Yard Hand"], {})
    assert lines('<p>Level <i class="tag">3</i>') == (["Level 3"], {})


def test_links_to_standards_have_the_number_of_their_line():
    body = (
        '<html><p>a</p><p>See <a href="/apprenticeships/st9999-v1-2">the latest</a></p>'
        '<p><a href="/occupations/OCC9999/">b</a> <a href="/news">c</a> '
        '<a href="mailto:?body=/apprenticeships/st9999">d</a></p>'
    )
    links = page_to_content(body.encode(), "k.html").links
    assert links == ((3, "the latest", "/apprenticeships/st9999-v1-2"), (5, "b", "/occupations/OCC9999/"))


def test_a_page_with_nothing_but_the_site_is_refused():
    with pytest.raises(UnreadableFile, match=r"nothing but the menus, .* of the site \(2 lines\)"):
        page_to_content(b"<html><nav>a</nav><footer>b</footer>", "k.html")


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b"<!-- saved from url=(0009)x -->\n<!DOCTYPE html>", True),
        (b"<main><p>K1: a</p></main>\n", True),
        (b"<div><ul><li>K1: a</ul></div>", True),
        (b"<h1 align=center>Farrier</h1>\n\n## Knowledge\n\n- K1: a </b>\n<br></p>", False),
        (b"<p>K1: a", False),
        (b"<K1> a </K1>", False),
        (b"<!-- a comment -->\n# Farrier", False),
    ],
)
def test_parts_of_pages_are_pages_and_markdown_is_none(data, is_one):
    assert is_page(data) is is_one
