"""Python in a browser: the worker of a page gives what the command line gives, and asks for nothing else."""

from __future__ import annotations

import base64
import http.server
import io
import threading
import zipfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from browser import need_browser
from curriculum.cli.main import main
from pyodide_folder import need_pyodide

need_browser()

ROOT = Path(__file__).resolve().parents[2]
# The page itself is tested with all examples.
EXAMPLES = [ROOT / "examples" / name for name in ("portfolio.csv", "macros.xlsm")]
NAME = "st0792-1.0-to-st0792-1.2.bundle.json"
# In milliseconds: a slow computer compiles the program of Python for a minute.
PATIENCE = 300_000
# What the page itself does: start the worker, and ask it.
ASK = """
globalThis.heard = [];
globalThis.started = new Promise((resolve, reject) => {
  const worker = globalThis.startCurriculumWorker?.() ?? new Worker("worker.js");
  const waiting = new Map();
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = ({ data }) => {
    if (data.started) resolve(true);
    else if (data.failed) reject(new Error(data.failed));
    else if (data.progress) heard.push(data.progress);
    else waiting.get(data.id)(data);
  };
  globalThis.askWorker = (call, args, data) => new Promise((answer) => {
    const id = waiting.size + 1;
    waiting.set(id, answer);
    worker.postMessage({ id, call, args, data }, data ? [data] : []);
  });
});
globalThis.toText = (data) => {
  let text = "";
  const bytes = new Uint8Array(data);
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
};
"""
STARTED = "() => globalThis.started"
CALL = """async ([call, args, text]) => {
  const data = text && Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
  const answer = await askWorker(call, args, data || undefined);
  for (const file of [answer.result].flat()) {
    if (file?.data) file.data = toText(file.data);
  }
  return answer;
}"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """Serve a folder; give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with a bundle, a site, and the same as one file; the page has no scripts of its own."""
    folder = tmp_path_factory.mktemp("built")
    pyodide = str(need_pyodide())
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["bundle", "st0792-1.0", "st0792-1.2", "-o", str(folder / NAME)]) == 0
        words = ["page", str(folder / NAME), "--pyodide", pyodide, "-o"]
        assert main([*words, str(folder / "site")]) == 0
        assert main([*words, str(folder / "page.html"), "--single-file"]) == 0
    (folder / "site" / "blank.html").write_text(
        (folder / "site" / "index.html").read_text(encoding="utf-8").replace("<script src=", "<i data-was="),
        encoding="utf-8",
    )
    return folder


def ask(page, call, args, data=None):
    answer = page.evaluate(CALL, [call, args, data and base64.b64encode(data).decode()])
    for file in answer["result"] if isinstance(answer.get("result"), list) else []:
        if "data" in file:
            file["data"] = base64.b64decode(file["data"])
    return answer


def start(page, address):
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.evaluate(ASK)
    assert page.evaluate(STARTED) is True


def parts_of(data):
    """Give the parts of a workbook in their order, each with its content; of another file its bytes."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def test_the_worker_gives_what_the_command_line_gives(built, browser, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    context = browser.new_context()
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    with served(built / "site") as address:
        start(page, f"{address}blank.html")
        assert {url for url in asked if not url.startswith(address)} == set()
        assert page.evaluate("() => heard") == ["load Python", "start Python", "read the versions"]
        n_asked = len(asked)
        for path in EXAMPLES:
            Path(path.name).write_bytes(path.read_bytes())
            assert main(["remap", path.name, "--crosswalk", str(built / NAME), "--force"]) == 1
            assert "error" not in ask(page, "open", {"name": path.name}, path.read_bytes())
            args = {"bundle": NAME, "settings": {"force": True}, "answers": []}
            files = {file["name"]: file["data"] for file in ask(page, "files", args)["result"]}
            assert len(files) in {3, 4}
            assert {name: parts_of(Path(name).read_bytes()) for name in files} == {
                name: parts_of(data) for name, data in files.items()
            }
        # Nothing is asked for once the worker has started.
        assert asked[n_asked:] == []
    context.close()


def test_the_second_start_needs_no_network(built, browser):
    context = browser.new_context()
    page = context.new_page()
    with served(built / "site") as address:
        start(page, f"{address}blank.html")
        page.evaluate(
            """async () => {
              await navigator.serviceWorker.register("service-worker.js");
              await navigator.serviceWorker.ready;
            }"""
        )
        # What Python compiled is kept between the answers, a module at a time.
        page.wait_for_function(
            """async () => (await indexedDB.databases()).length && await new Promise((answer) => {
              const opening = indexedDB.open("curriculum-compiled", 1);
              opening.onsuccess = () => {
                const request = opening.result.transaction("zips").objectStore("zips").count();
                request.onsuccess = () => { opening.result.close(); answer(request.result === 1); };
              };
            })"""
        )
        page.close()
    second = context.new_page()
    start(second, f"{address}licences.txt")
    assert [row["old"] for row in ask(second, "bundles", {})["result"]] == ["st0792-1.0"]
    context.close()


def test_the_page_in_one_file_runs_python_from_a_folder(built, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # The scripts of the page would start a worker of their own.
    text = (built / "page.html").read_text(encoding="utf-8")
    begin = text.index("globalThis.startCurriculumWorker")
    end = text.index("</script>", begin) + len("</script>")
    (built / "blank.html").write_text(f"{text[:end]}</body></html>", encoding="utf-8")
    start(page, (built / "blank.html").as_uri())
    path = ROOT / "examples" / "portfolio.csv"
    assert ask(page, "open", {"name": path.name}, path.read_bytes())["result"]["form"] == "delimited"
    assert {url.partition(":")[0] for url in asked} == {"file", "blob"}
    context.close()


def test_a_missing_file_of_the_site_is_named(built, browser, tmp_path):
    for path in (built / "site").iterdir():
        if path.name != "packages.zip":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    page = browser.new_page()
    with served(tmp_path) as address:
        page.goto(f"{address}blank.html")
        page.evaluate(ASK)
        expected = (
            "packages.zip could not be loaded (the server says 404). Are all files of the page on the server?"
        )
        assert expected in page.evaluate("() => started.catch((fault) => fault.message)")
    page.close()
