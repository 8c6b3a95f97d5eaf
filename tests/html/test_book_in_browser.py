"""The book of notebooks in a browser without a network: it shows everything, and asks for nothing."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from curriculum.html.notebook_book import notebooks_to_book

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
WIDTHS = (1440, 390)
# What each page shows: pictures and drawings with a size, and tables with rows.
SHOWN = """() => ({
  figures: [...document.querySelectorAll('.figure > img, .figure > svg')].map(one =>
    one.tagName == 'IMG' ? one.naturalWidth : one.getBoundingClientRect().width),
  tables: [...document.querySelectorAll('.wide table')].map(one => one.getBoundingClientRect().height),
  over: document.documentElement.scrollWidth - window.innerWidth,
})"""
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"


def needs(what):
    """Skip without it, or fail where it is required."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set, and there is no {what}")
    pytest.skip(f"there is no {what}")


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM or not find_spec("playwright"):
        needs("Chromium" if find_spec("playwright") else "Playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    for name, page in notebooks_to_book(sorted((ROOT / "notebooks").glob("*.ipynb"))).items():
        (folder / name).write_bytes(page)
    return sorted(folder.glob("*.html"))


@pytest.fixture(params=WIDTHS)
def page(request, browser):
    """A page without a network that keeps what it asks for and what its console says."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)
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
    page.goto(book[0].as_uri())
    first = page.locator("details").first
    assert not first.locator("pre").is_visible()
    first.locator("summary").click()
    assert first.locator("pre").is_visible()
    page.locator("a[rel=next]").click()
    assert page.url == book[1].as_uri()


def test_the_first_key_leads_to_the_link_that_skips(page, book):
    page.goto(book[0].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_axe_finds_nothing(page, book):
    if not find_spec("axe_playwright_python"):
        needs("axe")
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for path in book:
        page.goto(path.as_uri())
        page.evaluate(axe)
        found = page.evaluate(f"() => axe.run(document, {{runOnly: {RULES}}})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path.name
