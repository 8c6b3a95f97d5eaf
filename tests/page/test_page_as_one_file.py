"""The page as one file, opened by a double click: it does the same, and its licences are in it."""

from __future__ import annotations

from pathlib import Path

from curriculum.page.single_file import site_to_single_file
from page_mock import mock_worker
from page_server import MOCK_PATIENCE, choose, open_page, page_assets

TRACKER = {"name": "tracker.csv", "mimeType": "text/csv", "buffer": b"Learner,Codes\nAnn,K1\n"}


def test_the_page_works_as_one_file(browser, tmp_path):
    site = {**page_assets(), "worker.js": mock_worker(), "licences.txt": b"Made up."}
    (tmp_path / "page.html").write_bytes(site_to_single_file(site))
    context = browser.new_context(accept_downloads=True, offline=True)
    page = open_page(context, (tmp_path / "page.html").as_uri(), MOCK_PATIENCE)
    choose(page, TRACKER)
    assert page.inner_text("#headline") == "2 of the 4 codes in this file now mean something else."
    assert page.inner_text("#start") == "Ready."
    with page.expect_download() as saved:
        page.click("#licences")
    assert Path(saved.value.path()).read_bytes() == b"Made up."
    assert [url for url in page.asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()
