"""Notebooks were run, from top to bottom, and stay thin. What they show is compared by nbval."""

from __future__ import annotations

import ast
import copy
import doctest
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbval import kernel

from project_notebooks import FIGURES, FOLDER, NAMES, PATHS, START, faults_of_run, path_to_book, source_of

ROOT = Path(__file__).resolve().parents[1]
# The page to start with has no code.
WITH_CODE = [path for path in PATHS if path.stem != START]
EXAMPLE = PATHS[2]


def cells_of(path, kind):
    return [cell for cell in path_to_book(path)["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", WITH_CODE, ids=lambda path: path.stem)
def test_notebook_was_run_from_top_to_bottom(path):
    assert faults_of_run(path_to_book(path)) == []


def test_the_page_to_start_with_leads_to_every_notebook_and_to_files_that_exist():
    assert cells_of(PATHS[0], "code") == []
    text = "\n".join(source_of(cell) for cell in cells_of(PATHS[0], "markdown"))
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert {path.name for path in WITH_CODE} <= set(targets)
    assert not [target for target in targets if not (PATHS[0].parent / target).is_file()]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_notebook_is_thin(path):
    prose = cells_of(path, "markdown")
    code = cells_of(path, "code")
    assert len(prose) >= 0.4 * (len(prose) + len(code))
    for cell in code:
        text = source_of(cell)
        assert len([line for line in text.splitlines() if line.strip()]) <= 8
        nodes = list(ast.walk(ast.parse(text)))
        assert not [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.For | ast.While)]
        assert "re." not in text.replace("core.", "")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_imports_the_package_and_pandas_alone(path):
    trees = [ast.parse(source_of(cell)) for cell in cells_of(path, "code")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert not [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.name for node in imports for name in node.names} <= {"curriculum", "pandas"}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_table_stands_before_each_figure(path):
    code = cells_of(path, "code")
    for before, cell in pairwise(code):
        if any(FIGURES & set(output.get("data", {})) for output in cell["outputs"]):
            assert any("text/html" in output.get("data", {}) for output in before["outputs"])


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_notebook_carries_nothing_of_one_machine(path):
    book = path_to_book(path)
    # What else a run writes here, such as the version of Python, changes nothing.
    assert book["metadata"]["language_info"]["name"] == "python"
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert not re.search(r"/home/|/root/|/Users/|/tmp/|[A-Z]:\\\\", path.read_text(encoding="utf-8"))
    assert not any("metadata" in cell and cell["metadata"].get("execution") for cell in book["cells"])


@pytest.mark.skipif(os.name != "posix", reason="there are no such sockets")
def test_two_kernels_never_want_the_same_port():
    first, second = kernel.KernelManager(), kernel.KernelManager()
    assert first.transport == second.transport == "ipc"
    assert first.ip != second.ip


# --- Saved in JupyterLab --------------------------------------------------------------------------------


def lab_module(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "lab" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def form():
    """The module that JupyterLab calls when it saves."""
    return lab_module("notebook_form")


class Notary:
    """It keeps what it is asked to sign."""

    def __init__(self):
        self.signed = []

    def sign(self, book):
        self.signed.append(book)


def test_only_the_notebooks_of_the_project_are_trusted(tmp_path):
    trusted = lab_module("trusted_notebooks")
    assert trusted.NAMES == NAMES
    text = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})
    for name in (NAMES[0], "08_of_somebody_else", "mine"):
        (tmp_path / f"{name}.ipynb").write_text(text, encoding="utf-8")
    for name, broken in zip(NAMES[1:], ("", "[]", "{", '{"nbformat": 4}'), strict=False):
        (tmp_path / f"{name}.ipynb").write_text(broken, encoding="utf-8")
    notary = Notary()
    trusted.trust_notebooks(tmp_path, notary)
    assert json.loads(text) in notary.signed
    assert sum(book.get("cells") == [] for book in notary.signed) == 1


@pytest.fixture
def run_again():
    """A notebook as any JupyterLab saves it that has run all cells for the second time in one kernel."""
    book = copy.deepcopy(path_to_book(EXAMPLE))
    book["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    book["metadata"]["language_info"] |= {
        "version": "3.13.1",
        "file_extension": ".py",
        "mimetype": "text/x-python",
    }
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        cell["execution_count"] = len(code) + number
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = cell["execution_count"]
    return book


def code_of(book):
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def saved(form, book):
    """Return the text of a notebook as the server of JupyterLab writes it, with the form of the project."""
    form.save_as_kept({"type": "notebook", "content": book})
    return nbformat.writes(nbformat.from_dict(book)) + "\n"


def test_the_example_of_the_form_holds(form):
    assert doctest.testmod(form) == (0, 3)


def test_a_notebook_that_was_run_in_any_jupyterlab_passes(run_again):
    assert faults_of_run(run_again) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_notebook_has_the_form_in_which_it_is_saved(form, path):
    assert saved(form, path_to_book(path)) == path.read_text(encoding="utf-8")


def test_saving_brings_a_notebook_back_to_its_form(form, run_again):
    code_of(run_again)[1]["metadata"] |= {"scrolled": True, "execution": {"iopub.execute_input": "10:00"}}
    assert saved(form, run_again) == EXAMPLE.read_text(encoding="utf-8")


def clear(book):
    for cell in code_of(book):
        cell |= {"execution_count": None, "outputs": []}


def add_a_cell(book):
    book["cells"].append({**code_of(book)[0], "id": "added", "execution_count": None, "outputs": []})


def run_the_first_cell_last(book):
    code_of(book)[0]["execution_count"] = 1_000


def fail(book):
    code_of(book)[2]["outputs"] = [{"output_type": "error", "ename": "E", "evalue": "", "traceback": []}]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (clear, "a cell was not run"),
        (add_a_cell, "a cell was not run"),
        (run_the_first_cell_last, "the cells were run in another order"),
        (fail, "a cell failed"),
    ],
)
def test_saving_hides_no_fault(form, run_again, change, fault):
    change(run_again)
    assert fault in faults_of_run(run_again)
    saved(form, run_again)
    assert fault in faults_of_run(run_again)


def test_a_cell_without_code_need_not_be_run(form, run_again):
    add_a_cell(run_again)
    code_of(run_again)[-1]["source"] = ["\n"]
    saved(form, run_again)
    assert faults_of_run(run_again) == []
    assert code_of(run_again)[0]["execution_count"] == 1


def test_a_notebook_of_another_language_keeps_its_kernel(form):
    metadata = {"kernelspec": {"name": "ir", "display_name": "R"}, "language_info": {"name": "R"}}
    book = {"cells": [], "metadata": copy.deepcopy(metadata), "nbformat": 4, "nbformat_minor": 5}
    saved(form, book)
    assert book["metadata"] == metadata


# --- Notebooks of one's own -----------------------------------------------------------------------------


def test_notebooks_of_ones_own_are_not_tested(tmp_path):
    modules = ("project_notebooks", "test_notebook_numbers", "tied_numbers", "prose_numbers")
    files = (*(f"tests/{name}.py" for name in modules), *(f"notebooks/{path.name}" for path in PATHS))
    for name in ("conftest.py", "pyproject.toml", *files):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "my_work").mkdir()
    shutil.copyfile(EXAMPLE, tmp_path / "notebooks" / "02_mine-Copy1.ipynb")
    shutil.copyfile(EXAMPLE, tmp_path / "my_work" / "mine.ipynb")
    (tmp_path / "my_work" / "test_mine.py").write_text(
        "def test_mine():\n    assert False\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "--collect-only", "-n", "0", "notebooks", "tests", "my_work"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "05_remap_a_tracker" in run.stdout
    assert "02_mine-Copy1.ipynb in notebooks is not of the project: it is not tested" in run.stdout
    assert "[05_remap_a_tracker]" in run.stdout
    assert "[02_mine-Copy1]" not in run.stdout
    assert "test_mine" not in run.stdout
    assert "IPyNbFile my_work" not in run.stdout
    assert "/mine.ipynb" not in run.stdout


@pytest.mark.skipif(os.name != "posix", reason="kernels are started as usual there")
def test_a_notebook_that_is_tested_writes_to_no_folder_of_people():
    manager = kernel.KernelManager()
    manager.start_kernel(cwd=str(FOLDER))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    code = "import os; print(os.path.realpath('../my_work'), os.path.isdir('../data/raw'))"
    shown = []
    client.execute_interactive(code, output_hook=lambda found: shown.append(found["content"].get("text", "")))
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    folder, is_found = "".join(shown).split()
    assert is_found == "True"
    assert Path(folder).parent != FOLDER.parent
