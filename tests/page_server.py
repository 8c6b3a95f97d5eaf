"""The page that remaps trackers, on a server of this computer, and what a person does on it."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

# A computer that is busy with other tests starts Python slowly.
PATIENCE = 120_000
MOCK_PATIENCE = 15_000
READY = "#start:has-text('Ready.')"
REST = "body[aria-busy=false]"


def page_assets() -> dict[str, bytes]:
    """Give the files of the page itself."""
    folder = files("curriculum.page") / "assets"
    return {entry.name: entry.read_bytes() for entry in folder.iterdir()}


@contextmanager
def served(site: Mapping[str, bytes]) -> Iterator[str]:
    """Serve files and give their address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.partition("?")[0].lstrip("/") or "index.html"
            data = site.get(name)
            self.send_response(200 if data is not None else 404)
            self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def open_page(context, address, patience=PATIENCE):
    """Open the page and wait until it can read files; keep what it asks for and what its console says."""
    page = context.new_page()
    page.set_default_timeout(patience)
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda fault: page.said.append(str(fault)))
    page.goto(address)
    page.wait_for_selector(f"{READY}, #fault .box")
    assert page.inner_text("#fault") == ""
    return page


def choose(page, file):
    """Choose a file, and wait until it is read."""
    page.set_input_files("#file", file)
    page.wait_for_selector(REST)


def texts(page, selector):
    """Give the texts of elements."""
    return page.locator(selector).all_inner_texts()
