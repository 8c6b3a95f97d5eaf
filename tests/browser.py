"""A real browser for tests: Chromium without a screen, through Playwright.

Where there is none the tests are skipped; with the variable REQUIRE_BROWSER they fail.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
HAS_BROWSER = bool(BROWSER) and all(map(importlib.util.find_spec, ("playwright", "axe_playwright_python")))
WIDTHS = ((1440, 900), (390, 844))
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def need_browser() -> None:
    """Skip the test or the module where there is no browser; fail if one is required."""
    if not HAS_BROWSER:
        assert not os.environ.get("REQUIRE_BROWSER"), "Chromium or Playwright is missing"
        pytest.skip(
            "no Chromium or no Playwright here: nothing is tested in a browser", allow_module_level=True
        )


@contextmanager
def open_browser() -> Iterator:
    """Give a browser; skip the test where there is none, unless one is required."""
    need_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield chromium
        chromium.close()


def violations_of(page):
    """Give what axe-core says against a page: the rule, and the first element that breaks it."""
    from importlib.resources import files

    # By the protocol of the developer tools, as the policy of the page allows no other script.
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    run = "(rules) => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })"
    found = page.evaluate(run, list(_RULES))
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]
