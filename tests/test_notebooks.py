"""Notebooks were run, from top to bottom, and stay thin. What they show is compared by nbval."""

from __future__ import annotations

import ast
import json
import os
import re
from itertools import pairwise
from pathlib import Path

import pytest
from nbval import kernel

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


def cells_of(path, kind):
    book = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in book["cells"] if cell["cell_type"] == kind]


def source_of(cell):
    return "".join(cell["source"])


def test_there_is_a_notebook():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_read_the_standards",
        "02_what_changed_between_versions",
        "03_duties_ksbs_and_themes",
        "04_how_good_are_the_links",
        "05_remap_a_tracker",
        "06_from_2017_to_2024",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_was_run_from_top_to_bottom(path):
    code = cells_of(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert outputs
    assert {output["output_type"] for output in outputs} <= {"execute_result", "display_data"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_the_package_and_pandas_alone(path):
    trees = [ast.parse(source_of(cell)) for cell in cells_of(path, "code")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import)]
    assert not [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.name for node in imports for name in node.names} <= {"curriculum", "pandas"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_table_stands_before_each_figure(path):
    code = cells_of(path, "code")
    for before, cell in pairwise(code):
        if any({"image/png", "image/svg+xml"} & set(output.get("data", {})) for output in cell["outputs"]):
            assert any("text/html" in output.get("data", {}) for output in before["outputs"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_carries_nothing_of_one_machine(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    assert book["metadata"]["language_info"] == {"name": "python"}
    assert book["metadata"]["kernelspec"]["name"] == "python3"
    assert not re.search(r"/home/|/root/|/Users/|/tmp/|[A-Z]:\\\\", path.read_text(encoding="utf-8"))
    assert not any("metadata" in cell and cell["metadata"].get("execution") for cell in book["cells"])


@pytest.mark.skipif(os.name != "posix", reason="there are no such sockets")
def test_two_kernels_never_want_the_same_port():
    first, second = kernel.KernelManager(), kernel.KernelManager()
    assert first.transport == second.transport == "ipc"
    assert first.ip != second.ip
