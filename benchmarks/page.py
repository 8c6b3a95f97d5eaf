"""Measure the page that remaps trackers: its size, its start, and the time from a file to its result.

    python3 run.py page BUNDLE -o site
    .venv/bin/python benchmarks/page.py site [ROUNDS]

The site is served from this computer to Chromium without a screen. A cold start has an empty browser; a warm
start is the second visit. A row of a tracker has a learner, a date, and five columns with two codes each; a
result is all that the page shows of it. Medians of the rounds are printed. Run it from the root of the
project.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright
from remap import write_tracker

ROUNDS = 3
SIZES = (1_000, 20_000)
MILLISECONDS = 600_000
SWITCHES = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
STARTED, KEPT = "#start:has-text('Ready.')", "#start:has-text('The next visit')"
RESULT = "#step-outcomes:not([hidden])"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def started(context: BrowserContext, address: str) -> tuple[Page, float]:
    """Open the page, and return it with the seconds until it can remap."""
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(STARTED)
    return page, time.perf_counter() - begin


def file_to_result(page: Page, tracker: Path) -> float:
    """Return the seconds from a file to its result."""
    begin = time.perf_counter()
    page.set_input_files("#file", tracker)
    page.wait_for_selector(RESULT)
    page.wait_for_selector("body[aria-busy=false]")
    return time.perf_counter() - begin


def one_round(browser: Any, address: str, trackers: dict[int, Path]) -> dict[str, float]:
    """Return the seconds of each part, measured once."""
    context = browser.new_context()
    page, cold = started(context, address)
    page.wait_for_selector(KEPT)
    # What Python has compiled for the next start is kept a little later.
    page.wait_for_timeout(20_000)
    page.close()
    page, warm = started(context, address)
    seconds = {"start, first visit": cold, "start, second visit": warm}
    for n_rows, tracker in trackers.items():
        seconds[f"file to result, {n_rows:,} rows"] = file_to_result(page, tracker)
    context.close()
    return seconds


def folder_to_sizes(site: Path) -> tuple[float, float]:
    """Return the megabytes of a site as it is, and as a server that compresses sends it."""
    files = [path.read_bytes() for path in sorted(site.iterdir())]
    return sum(map(len, files)) / 1e6, sum(len(gzip.compress(data)) for data in files) / 1e6


def main(site: Path, rounds: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, served(site) as address:
        trackers = {n_rows: Path(folder) / f"tracker_{n_rows}.xlsx" for n_rows in SIZES}
        for n_rows, tracker in trackers.items():
            write_tracker(tracker, n_rows)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        measured = [one_round(browser, address, trackers) for _ in range(rounds)]
        browser.close()
    plain, compressed = folder_to_sizes(site)
    print(f"size: {plain:.1f} MB, {compressed:.1f} MB compressed")
    for name in measured[0]:
        print(f"{name}: {statistics.median(one[name] for one in measured):.1f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)
