"""What the tests of the page share: the page before a worker with made-up results."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from page_server import MOCK_PATIENCE, open_page, page_assets, served


@pytest.fixture
def open_mock(browser):
    """Give a function that opens the page with a worker of the tests; `script` runs before the page does."""
    with ExitStack() as opened:

        def open_with(worker, script="", address="", **options):
            site = {**page_assets(), "worker.js": worker, "service-worker.js": b""}
            address = address or opened.enter_context(served(site))
            context = browser.new_context(viewport={"width": 1366, "height": 768}, **options)
            opened.callback(context.close)
            if script:
                context.add_init_script(script)
                page = context.new_page()
                page.set_default_timeout(MOCK_PATIENCE)
                page.goto(address)
                return page
            return open_page(context, address, MOCK_PATIENCE)

        yield open_with
