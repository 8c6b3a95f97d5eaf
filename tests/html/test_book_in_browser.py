"""The book of notebooks in a browser without a network: it shows everything, and asks for nothing."""

from __future__ import annotations

import pytest

from browser import WIDTHS, violations_of
from curriculum.html.notebook_book import notebooks_to_book
from project_notebooks import PATHS

# What each page shows: pictures and drawings with a size, and tables with rows.
SHOWN = """() => ({
  figures: [...document.querySelectorAll('.figure > img, .figure > svg')].map(one =>
    one.tagName == 'IMG' ? one.naturalWidth : one.getBoundingClientRect().width),
  tables: [...document.querySelectorAll('.wide table')].map(one => one.getBoundingClientRect().height),
  over: document.documentElement.scrollWidth - window.innerWidth,
})"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    for name, page in notebooks_to_book(PATHS).items():
        (folder / name).write_bytes(page)
    return sorted(folder.glob("*.html"))


@pytest.fixture(params=WIDTHS, ids=[str(width) for width, _ in WIDTHS])
def page(request, browser):
    """A page without a network that keeps what it asks for and what its console says."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    one = context.new_page()
    one.asked, one.said = [], []
    one.on("request", lambda request: one.asked.append(request.url))
    one.on("console", lambda message: one.said.append(message.text))
    yield one
    context.close()


def test_pages_show_their_figures_and_tables_and_ask_for_nothing(page, book):
    counts = {"figures": 0, "tables": 0}
    for path in book:
        page.goto(path.as_uri())
        shown = page.evaluate(SHOWN)
        assert min(shown["figures"], default=200) >= 200, path.name
        assert min(shown["tables"], default=40) >= 40, path.name
        assert shown["over"] <= 0, path.name
        counts = {name: count + len(shown[name]) for name, count in counts.items()}
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []
    assert page.said == []
    assert counts["figures"] >= 6
    assert counts["tables"] >= 30


def test_code_opens_and_the_next_page_is_a_click_away(page, book):
    page.goto(book[1].as_uri())
    first = page.locator("details.code").first
    assert not first.locator("pre").is_visible()
    first.locator("summary").click()
    assert first.locator("pre").is_visible()
    page.locator("a[rel=next]").click()
    assert page.url == book[2].as_uri()


def test_the_first_key_leads_to_the_link_that_skips(page, book):
    page.goto(book[0].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_axe_finds_nothing(page, book):
    for path in book:
        page.goto(path.as_uri())
        assert violations_of(page) == [], path.name
