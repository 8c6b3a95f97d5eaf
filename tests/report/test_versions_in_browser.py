"""The page of versions in a browser, opened as a file: what to do comes first, and no network is used."""

from __future__ import annotations

import pytest

import curriculum as cu
import made_up_versions as made_up
from browser import WIDTHS, violations_of


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    found = cu.versions(made_up.write_feed(folder / "feed.json"))
    return found.save(folder / "versions.html").as_uri()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_a_page_with_long_texts_fits(browser, tmp_path, width, height):
    address = cu.Project("data").versions("ST0792").save(tmp_path / "versions.html").as_uri()
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth).length"
    assert page.evaluate(wide) == 0
    context.close()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_page(browser, address, width, height):
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(address)
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    headings = page.locator("h2").all_inner_texts()
    assert headings == [
        *("What to do", "The steps", "The versions in order", "All changes", "History of the codes")
    ]
    first = page.locator(".tasks").first
    assert first.inner_text().startswith("nothing to do: Only the maximum funding")
    assert page.locator("#steps tbody tr").count() == 4
    assert asked == [address]
    assert faults == []
    context.close()
