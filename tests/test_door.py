"""The pages for newcomers name files that exist; the picture of the packages shows the code as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
# A path from the root of the project: it begins with one of its folders.
PATH = re.compile(r"(?<![\w./-])(?:src|docs|tests|benchmarks|examples|notebooks|locks|data|\.ci)/[\w./*-]*\w")
# These are files that a reader is to write.
TO_WRITE = {"src/curriculum/parsing/kinds/qualification_unit.py"}


def names_of_pages():
    return [page.relative_to(ROOT).as_posix() for page in PAGES]


@pytest.mark.parametrize("name", names_of_pages())
def test_paths_that_a_page_names_exist(name):
    named = set(PATH.findall((ROOT / name).read_text(encoding="utf-8"))) - TO_WRITE
    assert not [path for path in sorted(named) if not list(ROOT.glob(path))]


def test_contributing_has_the_packages_in_the_order_of_imports():
    from test_architecture import ROOMS

    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Where things go")[1]
    listed = re.findall(r"^\| `(\w+)(?:\.py)?` \|", text.split("\n## ")[0], re.MULTILINE)
    assert listed == ROOMS[:-2]
