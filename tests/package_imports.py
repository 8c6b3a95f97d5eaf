"""The modules of the package and what each imports, read once in a process."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

from curriculum.parsing.document_kinds import KIND_MODULES

SRC = Path(__file__).resolve().parents[1] / "src" / "curriculum"
MODULES = sorted(SRC.rglob("*.py"))
# In the order in which data flows: a module imports from its own room, and from rooms above it.
ROOMS = [
    "model",
    "errors",
    "files",
    # Not `example`: a room of that name would hide the function `curriculum.example`.
    "examples",
    "spreadsheets",
    "html",
    "tables",
    "documents",
    "parsing",
    "checks",
    "linking",
    "decisions",
    "crosswalk",
    "analysis",
    "evaluation",
    "review",
    "remapping",
    "report",
    "viz",
    "library",
    "project",
    "page",
    "cli",
    "__init__",
    "__main__",
]
LEVEL = {name: level for level, name in enumerate(ROOMS)}


@functools.cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path):
    name = ".".join(path.relative_to(SRC).with_suffix("").parts)
    return name.removesuffix(".__init__")


NAMES = {name_of(path): path for path in MODULES}


def nodes_that_run(tree):
    """Yield the nodes below a node, without those that are for the checker of types alone."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"):
            yield node
            yield from nodes_that_run(node)


def imported(path, nodes_of=ast.walk):
    """Yield the modules of the package that a module imports, at its top or in a function."""
    for node in nodes_of(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "curriculum":
            of = node.module.removeprefix("curriculum").removeprefix(".")
            for alias in node.names:
                inner = f"{of}.{alias.name}".removeprefix(".")
                yield inner if inner in NAMES else of or "__init__"
        if isinstance(node, ast.Import):
            yield from (
                alias.name.removeprefix("curriculum.")
                for alias in node.names
                if alias.name.startswith("curriculum.")
            )


def imported_packages(path, nodes_of=ast.walk):
    """Yield the names of the packages that a module imports, the standard library and its own among them."""
    for node in nodes_of(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@functools.cache
def imports():
    """Return the imports of each module: read by the worker that runs these tests, and not by each."""
    found = {name: set(imported(path)) - {name} for name, path in NAMES.items()}
    # These are imported by their names in a list.
    found["parsing.document_kinds"] |= {f"parsing.kinds.{name}" for name in KIND_MODULES}
    return found
