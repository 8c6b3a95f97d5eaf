"""Notebooks in the form in which the project keeps them: a run with the same outputs changes no file."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, Final

__all__ = ["KERNEL", "save_as_kept", "to_kept_form"]

KERNEL: Final = {"display_name": "Python 3", "language": "python", "name": "python3"}
# What JupyterLab notes in a cell about one run or one screen.
_OF_ONE_RUN: Final = ("execution", "scrolled", "collapsed")


def save_as_kept(model: Mapping[str, Any], **_: object) -> None:
    """Change a notebook that JupyterLab is about to save to the form in which the project keeps it."""
    if model["type"] == "notebook" and model.get("content"):
        to_kept_form(model["content"])


def to_kept_form(book: dict[str, Any]) -> None:
    """Remove from a notebook what a run of it adds, and what says nothing about its result.

    Examples
    --------
    >>> cell = {"cell_type": "code", "execution_count": 7, "metadata": {"scrolled": True}, "outputs": [],
    ...         "source": "1 + 1"}
    >>> to_kept_form({"cells": [cell], "metadata": {}})
    >>> cell["execution_count"], cell["metadata"]
    (1, {})
    """
    metadata = book["metadata"]
    if metadata.get("kernelspec", {}).get("name") == KERNEL["name"]:
        metadata["kernelspec"] = dict(KERNEL)
        metadata["language_info"] = {"name": "python"}
    for cell in book["cells"]:
        for name in _OF_ONE_RUN:
            cell["metadata"].pop(name, None)
    _number_in_order([cell for cell in book["cells"] if cell["cell_type"] == "code"])


def _number_in_order(cells: list[dict[str, Any]]) -> None:
    """Give cells the numbers 1, 2, 3 ... if each was run after the cell before it; else change nothing."""
    cells = [cell for cell in cells if "".join(cell["source"]).strip()]
    counts = [cell["execution_count"] for cell in cells]
    if None in counts or any(before >= behind for before, behind in pairwise(counts)):
        return
    for number, cell in enumerate(cells, 1):
        cell["execution_count"] = number
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = number
