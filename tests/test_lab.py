"""JupyterLab in a browser, as `run.py lab` starts it: each notebook is opened, run and saved, twice.

Without Chromium these tests are skipped; with the variable REQUIRE_BROWSER they fail.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from browser import WIDTHS, need_browser
from project_notebooks import FIGURES, NAMES, START, faults_of_run, outputs_of, path_to_book

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("data", "examples", "lab", "docs", "run.py", "README.md")
# Tests give commands to the page itself, where they can wait until it is done.
EXPOSED = ("--LabApp.expose_app_in_browser=True",)
ANY_LAB = ("-m", "jupyterlab", "--allow-root", "--port=0")
# What holds a figure on the page.
FIGURE_PARTS = ("jp-RenderedImage", "jp-RenderedSVG")
SECONDS = 120
SECONDS_TO_END = 30
# A notebook that someone has put beside those of the project, such as one of the web.
SHOWN = {"output_type": "display_data", "data": {"text/html": "<b>8</b>"}, "metadata": {}}
CELL = {"cell_type": "code", "id": "a", "metadata": {}, "source": "8", "execution_count": 1}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
NOT_OURS = {
    "cells": [{**CELL, "outputs": [SHOWN]}],
    "metadata": {"kernelspec": KERNEL},
    "nbformat": 4,
    "nbformat_minor": 5,
}

need_browser()


class Lab(NamedTuple):
    """A running JupyterLab: the copy of the project that it shows, its address, and what it has printed."""

    root: Path
    address: str
    token: str
    printed: list[str]


def copy_project(folder):
    folder.mkdir(exist_ok=True)
    for name in COPIED:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, folder / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        else:
            shutil.copyfile(path, folder / name)
    (folder / "notebooks").mkdir()
    for name in NAMES:
        shutil.copyfile(ROOT / "notebooks" / f"{name}.ipynb", folder / "notebooks" / f"{name}.ipynb")


def words_of(root):
    """Return the words with which the `run.py` of a project starts JupyterLab."""
    spec = importlib.util.spec_from_file_location("run_of_copy", root / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.LAB


def environment(folder):
    """Return an environment in which JupyterLab keeps its files in a folder."""
    own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    return {**os.environ, **own, "PYTHONPATH": str(ROOT / "src"), "IPYTHONDIR": str(folder / "ipython")}


@contextmanager
def running(words, root, home):
    """Run JupyterLab with these words and no browser of the user."""
    process = subprocess.Popen(
        [sys.executable, *words, "--ServerApp.browser=none-of-that-name", *EXPOSED],
        cwd=root,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines = iter(process.stdout.readline, "")
    printed, found = [], None
    while not found:
        line = next(lines, "")
        assert line, "".join(printed)
        printed.append(line)
        found = re.search(r"(http://127\.0\.0\.1:\d+)/\S*\?token=(\w+)", line)
    # Its output is read to the end, so that it never waits for a reader.
    reader = threading.Thread(target=printed.extend, args=(lines,))
    reader.start()
    try:
        yield Lab(root, found[1], found[2], printed)
    finally:
        process.terminate()
        try:
            process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            # A server that is ended while it starts sometimes waits for ever.
            process.kill()
            process.wait()
        reader.join()
        process.stdout.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    copy_project(root)
    (root / "notebooks" / "08_not_ours.ipynb").write_text(json.dumps(NOT_OURS), encoding="utf-8")
    with running([*words_of(root), "--port=0"], root, tmp_path_factory.mktemp("home")) as started:
        yield started


def open_page(browser, lab, path=""):
    """Open JupyterLab in the browser on a notebook, on a wide screen, and wait for its kernel."""
    width, height = WIDTHS[0]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(SECONDS * 1_000)
    page.goto(f"{lab.address}/{path}?token={lab.token}")
    page.wait_for_function("() => globalThis.jupyterapp?.shell.currentWidget?.sessionContext?.isReady")
    return page


@pytest.fixture(scope="module")
def page(lab, browser):
    return open_page(browser, lab)


def execute(page, command, **values):
    """Execute a command of JupyterLab, as its menus do, wait until it is done, and return its result."""
    return page.evaluate(
        """([name, values, limit]) => Promise.race([
            jupyterapp.commands.execute(name, values).then(result => result === true),
            new Promise((_, fail) => setTimeout(() => fail(new Error(`${name} takes too long`)), limit)),
        ])""",
        [command, values, SECONDS * 1_000],
    )


def open_notebook(page, path):
    """Open a notebook, wait for its kernel, and return whether its stored outputs are trusted."""
    execute(page, "docmanager:open", path=path)
    is_open = """path => {
        const widget = jupyterapp.shell.currentWidget;
        return widget?.context?.path === path && widget.context.isReady && widget.sessionContext.isReady;
    }"""
    page.wait_for_function(is_open, arg=path)
    are_trusted = "[...model.cells].every(cell => cell.type !== 'code' || cell.trusted)"
    return page.evaluate(
        f"() => {{const {{model}} = jupyterapp.shell.currentWidget.content; return {are_trusted}}}"
    )


def count_figures(path):
    """Return how many figures a notebook holds."""
    return sum(bool(FIGURES & set(output.get("data", {}))) for output in outputs_of(path_to_book(path)))


def shown_figures(page, count):
    """Return a picture of each figure of the notebook that is open, once there are as many as it holds."""
    shown = ", ".join(f".jp-NotebookPanel:not(.lm-mod-hidden) .{kind}" for kind in FIGURE_PARTS)
    page.wait_for_function(
        "([shown, n]) => document.querySelectorAll(shown).length === n", arg=[shown, count]
    )
    return [figure.screenshot() for figure in page.locator(shown).all()]


def is_drawn(picture):
    """Return whether a picture shows more than a surface of one colour."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        counts = sorted((count for count, _ in image.convert("L").getcolors()), reverse=True)
    return len(counts) > 20 and sum(counts[1:]) > 0.01 * sum(counts)


# --- The page that opens --------------------------------------------------------------------------------


def test_it_opens_on_the_page_to_start_with_without_news(lab, page):
    assert page.url == f"{lab.address}/lab/tree/notebooks/{START}.ipynb"
    page.wait_for_timeout(1_000)
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0


def test_names_of_files_are_shown_in_full(page):
    labels = page.locator(".jp-DirListing-itemText span")
    assert {f"{name}.ipynb" for name in NAMES} <= set(labels.all_inner_texts())
    cut = labels.evaluate_all("all => all.filter(one => one.offsetWidth > one.parentElement.clientWidth)")
    assert not cut


def test_its_links_open_notebooks_and_pages(page):
    notebook = page.locator(".jp-Notebook")
    notebook.get_by_role("link", name="made-up trackers").click()
    page.wait_for_selector(".jp-MarkdownViewer h1")
    assert page.locator(".jp-MarkdownViewer h1").first.inner_text() == "Example files"
    execute(page, "application:close")
    notebook.get_by_role("link", name="a portfolio").click()
    page.wait_for_selector(".jp-CSVViewer")
    assert page.locator(".jp-CSVViewer").count() == 1
    execute(page, "application:close")


def test_without_a_browser_and_as_root_it_says_so_in_a_line(lab):
    printed = "".join(lab.printed)
    assert "No web browser found" in printed
    assert "Work of your own belongs in my_work. To stop JupyterLab: Ctrl+C, twice.\n" in printed
    assert ("You are root" in printed) == (hasattr(os, "geteuid") and os.geteuid() == 0)
    assert "Traceback" not in printed
    assert len(printed.splitlines()) < 20


def test_if_its_port_is_taken_it_says_so_and_takes_another(lab, tmp_path):
    port = lab.address.rpartition(":")[2]
    with running([*words_of(lab.root), f"--port={port}"], lab.root, tmp_path) as other:
        assert f"The port {port} is already in use, trying another port." in "".join(other.printed)
        assert other.address != lab.address
        assert "Traceback" not in "".join(other.printed)


# --- The notebooks --------------------------------------------------------------------------------------


def test_a_notebook_beside_those_of_the_project_is_not_trusted(page):
    assert not open_notebook(page, "notebooks/08_not_ours.ipynb")
    # Its kernel has changed it, and JupyterLab would ask whether to save it.
    execute(page, "docmanager:save")
    execute(page, "application:close")


@pytest.mark.vectors
@pytest.mark.parametrize("name", NAMES[1:])
def test_a_notebook_that_is_run_and_saved_twice_stays_as_it_was(lab, page, name):
    path = lab.root / "notebooks" / f"{name}.ipynb"
    committed = path.read_bytes()
    for is_first in (True, False):
        assert open_notebook(page, f"notebooks/{name}.ipynb")
        assert execute(page, "notebook:run-all-cells")
        if is_first:
            assert all(map(is_drawn, shown_figures(page, count_figures(path))))
        execute(page, "docmanager:save")
        # The kernel goes on running, so that the second run counts on from the first.
        execute(page, "application:close")
    assert path.read_bytes() == committed


@pytest.mark.vectors
def test_a_notebook_that_any_jupyterlab_saves_passes_the_tests(browser, tmp_path):
    name = "05_remap_a_tracker"
    copy_project(tmp_path / "project")
    path = tmp_path / "project" / "notebooks" / f"{name}.ipynb"
    committed = path_to_book(path)
    with running([*ANY_LAB], tmp_path / "project", tmp_path / "home") as plain:
        page = open_page(browser, plain, f"lab/tree/notebooks/{name}.ipynb")
        for _ in range(2):
            assert execute(page, "notebook:run-all-cells")
        execute(page, "docmanager:save")
        page.close()
    saved = path_to_book(path)
    assert saved["metadata"] != committed["metadata"]
    assert faults_of_run(saved) == []
    data = [[output["data"] for output in outputs_of(book)] for book in (committed, saved)]
    assert data[0] == data[1]


def test_checkpoints_and_windows_are_kept_out_of_the_folders_of_the_project(lab):
    made = {path.relative_to(lab.root).parts[0] for path in lab.root.rglob("*checkpoint*") if path.is_file()}
    assert made == {"my_work", "lab"}
    assert not [path for path in lab.root.rglob(".ipynb_checkpoints") if "my_work" not in path.parts]


def test_a_picture_of_one_colour_is_not_drawn():
    from PIL import Image

    blank = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(blank, "png")
    assert not is_drawn(blank.getvalue())
