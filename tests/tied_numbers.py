"""Compare the numbers in the prose of a notebook with what its code computes.

A Markdown cell lists in its metadata an expression for each number of its text (`numbers`, in order), and
statements that must hold (`facts`). They are evaluated with the names of the notebook after its last cell,
and with those that cells give to what several expressions need (`given`).
"""

from __future__ import annotations

import ast
import builtins
import json
import re
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import pandas as pd

from curriculum import read_tables
from prose_numbers import WrittenNumber, text_to_numbers

ROOT: Final = Path(__file__).resolve().parents[1]

# Marks a number that is a convention, such as the 100 of "at least 80 of 100"; the reason stands behind.
CONVENTION: Final = "convention: "
_SHORT: Final = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 90


def read_notebook(path: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook, the source of each as one text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def run_notebook(path: Path) -> dict[str, Any]:
    """Run the code cells from top to bottom, and return the names that they leave.

    The current folder must be that of the notebooks; nothing is shown.
    """
    names: dict[str, Any] = {}
    width = pd.get_option("display.max_colwidth")
    for number, cell in enumerate(read_notebook(path)):
        if cell["cell_type"] == "code":
            exec(compile(cell["source"], f"{path.name}, cell {number}", "exec"), names)
    pd.set_option("display.max_colwidth", width)
    return names


@cache
def label_texts() -> frozenset[str]:
    """Return the versions and the years that the documents print: these are names and not counts."""
    tables = read_tables(ROOT / "data" / "processed")
    cells = [*tables.documents.to_numpy().ravel(), *tables.version_log.to_numpy().ravel()]
    years = re.findall(r"\b20[12]\d\b", " ".join(str(cell) for cell in cells))
    return frozenset([*years, *tables.version_log["version"]])


def notebook_to_faults(path: Path) -> list[str]:
    """Return a line for each number or fact of the prose that does not hold, or that nothing is tied to.

    A notebook without numbers in its prose is not run.
    """
    prose = [pair for pair in enumerate(read_notebook(path)) if pair[1]["cell_type"] == "markdown"]
    if not any(cell["metadata"] or text_to_numbers(cell["source"], label_texts()) for _, cell in prose):
        return []
    names = run_notebook(path)
    for number, cell in prose:
        given = cell["metadata"].get("given", {})
        if taken := sorted(set(given) & set(names)):
            return [f"{path.name}, cell {number}: the notebook has the name {taken[0]} already"]
        names |= _given_values(given, names)
    return [
        f"{path.name}, cell {number}: {fault}"
        for number, cell in prose
        for fault in evaluate_all(cell["source"], cell["metadata"], names, label_texts())
    ]


def _given_values(given: Mapping[str, str], names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the names that a cell gives, whatever their order: JupyterLab sorts them."""
    needs = {name: _names_in(expression) & given.keys() - {name} for name, expression in given.items()}
    values: dict[str, Any] = {}
    for name in TopologicalSorter(needs).static_order():
        values[name] = eval(given[name], {**names, **values})
    return values


def _names_in(expression: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)}


def evaluate_all(
    text: str, metadata: Mapping[str, Any], names: Mapping[str, Any], labels: Iterable[str] = ()
) -> list[str]:
    """Return what does not hold in the text of a cell, given its metadata and the names of the notebook."""
    numbers = text_to_numbers(text, labels)
    faults = [*_number_faults(numbers, metadata.get("numbers", []), names)]
    return [*faults, *_fact_faults(metadata.get("facts", []), names)]


def _number_faults(
    numbers: list[WrittenNumber], expressions: list[str], names: Mapping[str, Any]
) -> Iterator[str]:
    for number, expression in zip_longest(numbers, expressions):
        if number is None:
            yield f"the expression {expression!r} belongs to no number; the text has {len(numbers)}"
            continue
        where = f"“{number.written}” in “{number.sentence}”"
        if expression is None:
            yield f"{where}: no expression; add it to the metadata `numbers` of the cell"
        elif expression.startswith(CONVENTION):
            continue
        elif not _reads_a_name(expression, names):
            yield f"{where}: {expression!r} names nothing of the notebook"
        else:
            value = _evaluate(expression, names)
            if not _is_number(value) or not number.agrees(float(value)):
                yield f"{where}: {expression} is {_SHORT.repr(value)}"


def _fact_faults(facts: list[str], names: Mapping[str, Any]) -> Iterator[str]:
    for fact in facts:
        if not _reads_a_name(fact, names):
            yield f"the fact {fact!r} names nothing of the notebook"
        elif str(value := _evaluate(fact, names)) != "True":
            yield f"the fact {fact} is {_SHORT.repr(value)}"


def _is_number(value: object) -> bool:
    return hasattr(value, "__float__") and not isinstance(value, bool | pd.Series)


def _evaluate(expression: str, names: Mapping[str, Any]) -> Any:
    """Return the value, or the error in its place, so that all faults are shown together."""
    try:
        return eval(expression, dict(names))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _reads_a_name(expression: str, names: Mapping[str, Any]) -> bool:
    """Tell whether an expression reads something that the notebook has made: a bare literal does not."""
    try:
        nodes = ast.walk(ast.parse(expression, mode="eval"))
    except SyntaxError:
        return True  # The error is shown when it is evaluated.
    read = {node.id for node in nodes if isinstance(node, ast.Name)}
    return any(name in names and not hasattr(builtins, name) for name in read)
