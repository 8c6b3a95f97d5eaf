"""The checks of the notebooks see a change: of an output, a table, a figure, and a sentence.

The copies are the beginning of a notebook, with the outputs that are stored in it.
"""

from __future__ import annotations

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tied_numbers import notebook_to_faults

ROOT = Path(__file__).resolve().parents[1]
BOOK = json.loads((ROOT / "notebooks" / "03_duties_ksbs_and_themes.ipynb").read_text(encoding="utf-8"))


def first_with(*words: str) -> int:
    """Return the place of the first cell that contains one of these words."""
    cells = (json.dumps(cell, ensure_ascii=False) for cell in BOOK["cells"])
    return next(at for at, cell in enumerate(cells) if any(word in cell for word in words))


TEXT, TABLE, SENTENCE = first_with("text/plain"), first_with("</td>"), first_with("**Five duties")
FIGURE = first_with("image/svg+xml")


def name_of(place: int) -> str:
    """Return the name that nbval gives a cell: its number among those of code."""
    return f"Cell {sum(cell['cell_type'] == 'code' for cell in BOOK['cells'][:place])}"


def beginning(last: int) -> dict:
    """Return a copy of the notebook up to a cell."""
    return {**BOOK, "cells": copy.deepcopy(BOOK["cells"][: last + 1])}


def change(cell: dict, mimetype: str, number: str) -> None:
    """Write another number into the output of a cell; `number` is a pattern."""
    data = next(one["data"] for one in cell["outputs"] if mimetype in one["data"])
    text, n_changes = re.subn(number, "777", "".join(data[mimetype]), count=1)
    assert n_changes
    data[mimetype] = text.splitlines(keepends=True)


def with_sentence(old: str, new: str) -> dict:
    book = beginning(SENTENCE)
    text = "".join(book["cells"][SENTENCE]["source"])
    assert text.count(old) == 1
    book["cells"][SENTENCE]["source"] = text.replace(old, new)
    return book


def write_copy(folder: Path, name: str, book: dict) -> Path:
    path = folder / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def compare(folder: Path) -> dict[str, set[str]]:
    """Compare the copies with nbval; return for each the cells whose output is another one."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "src", ROOT / "tests"))),
    }
    (folder / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    # The plugin `conftest` is that of the root: it gives each kernel sockets of its own.
    options = ["-p", "conftest", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", "-q"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--junitxml=result.xml", "notebooks"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode in (0, 1), result.stdout + result.stderr
    found: dict[str, set[str]] = {path.stem: set() for path in folder.glob("notebooks/*.ipynb")}
    for case in ElementTree.parse(folder / "result.xml").iter("testcase"):
        if case.find("failure") is not None:
            found[re.search(r"(\w+)\.ipynb", case.attrib["classname"])[1]].add(case.attrib["name"])
    return found


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    return tmp_path


def test_a_changed_output_a_changed_table_and_a_changed_figure_are_seen(folder):
    last = max(TEXT, TABLE, FIGURE)
    write_copy(folder, "unchanged", beginning(last))
    book = beginning(last)
    change(book["cells"][TEXT], "text/plain", r"\d+(?= duties)")
    change(book["cells"][TABLE], "text/html", r"\d+(?=</td>)")
    place = r'(?<=\bx=")[\d.]+|(?<=translate\()[\d.]+|(?<=d="M )[\d.]+'
    change(book["cells"][FIGURE], "image/svg+xml", place)
    write_copy(folder, "changed", book)
    assert len({TEXT, TABLE, FIGURE}) == 3
    assert compare(folder) == {"unchanged": set(), "changed": set(map(name_of, (TEXT, TABLE, FIGURE)))}


@pytest.mark.parametrize(
    ("old", "new"),
    [("**Five duties", "**Six duties"), ("share all ten", "share all 11"), ("share all ten", "share all 10")],
    ids=["word", "numeral", "the same number"],
)
def test_a_changed_sentence_is_seen(old, new, folder, monkeypatch):
    path = write_copy(folder, "sentence", with_sentence(old, new))
    monkeypatch.chdir(path.parent)
    written = new.strip("*").split()[0 if "*" in new else -1]
    expected = [] if new.endswith("10") else [f"sentence.ipynb, cell {SENTENCE}: “{written}” in"]
    assert [fault[: len(start)] for fault, start in zip(notebook_to_faults(path), expected, strict=True)] == (
        expected
    )


def test_a_number_without_an_expression_is_seen(folder, monkeypatch):
    path = write_copy(folder, "sentence", with_sentence("nine themes each", "nine themes each, all 17"))
    monkeypatch.chdir(path.parent)
    assert [fault.rpartition(": ")[2] for fault in notebook_to_faults(path)] == [
        "no expression; add it to the metadata `numbers` of the cell"
    ]
