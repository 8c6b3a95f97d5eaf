"""A notebook on two documents of one's own: its text, and the parameters that are written into it."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any, Final, NamedTuple

__all__ = ["NotebookParameters", "parameters_to_notebook"]

_TEXT: Final = "own_standard_notebook.md"
# Cells of code stand in fences; all that stands between them is prose.
_FENCE: Final = re.compile(r"^```python\n([^`]*+)^```$", re.MULTILINE)
_KERNEL: Final = {"display_name": "Python 3", "language": "python", "name": "python3"}


class NotebookParameters(NamedTuple):
    """What a person fills in. Paths are those seen from the folder of the notebook.

    Attributes
    ----------
    old_file, new_file
        The paths of the two documents.
    old_title, new_title
        What they are called in tables and figures.
    project
        The path of the folder with the thesaurus and the decisions.
    folder
        The folder that the notebook writes its workbook to.
    """

    old_file: str
    new_file: str
    old_title: str
    new_title: str
    project: str
    folder: str


def parameters_to_notebook(parameters: NotebookParameters) -> bytes:
    """Return the notebook on two documents, filled in and not yet run.

    Examples
    --------
    >>> names = NotebookParameters("a.csv", "b.csv", "bakers-1", "bakers-2", "data", ".")
    >>> cells = json.loads(parameters_to_notebook(names))["cells"]
    >>> print(cells[1]["source"][2])
    old_file, old_title = "a.csv", "bakers-1"
    """
    parts = _FENCE.split((files("curriculum.library") / _TEXT).read_text(encoding="utf-8"))
    sources = [part.strip() for part in parts]
    # Prose and code take turns; prose is empty between two cells of code.
    kinds = ["code" if place % 2 else "markdown" for place in range(len(sources))]
    sources[1] = _filled_in(sources[1], parameters)
    filled = [(kind, source) for kind, source in zip(kinds, sources, strict=True) if source]
    cells = [_cell(number, kind, source) for number, (kind, source) in enumerate(filled)]
    book = {
        "cells": cells,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return f"{json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True)}\n".encode()


def _filled_in(source: str, parameters: NotebookParameters) -> str:
    """Return the cell of the parameters with their values as texts of Python."""
    values = parameters._asdict()
    return re.sub(r"\{(\w+)\}", lambda name: json.dumps(values[name[1]], ensure_ascii=False), source)


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    cell = {
        "cell_type": kind,
        "id": f"cell-{number:02}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
