"""Every number in the prose of a notebook is what its code computes (CONTRIBUTING.md says how to tie one)."""

from __future__ import annotations

import pytest

from project_notebooks import PATHS
from tied_numbers import CONVENTION, notebook_to_faults, read_notebook

# The scores of the linker hold only with word vectors.
WITH_SCORES = [path for path in PATHS if ".evaluate(" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, marks=[pytest.mark.vectors] if path in WITH_SCORES else [], id=path.stem)
        for path in PATHS
    ],
)
def test_every_number_in_prose_is_computed(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    assert notebook_to_faults(path) == []


def test_few_numbers_are_conventions():
    cells = [cell for path in PATHS for cell in read_notebook(path)]
    expressions = [one for cell in cells for one in cell["metadata"].get("numbers", [])]
    assert sum(one.startswith(CONVENTION) for one in expressions) <= 10
