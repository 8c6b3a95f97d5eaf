"""The words of the code: docstrings open with a verb, and names say what they hold."""

from __future__ import annotations

import ast

import pytest

from package_imports import MODULES, SRC, tree_of

# Each can be the name of anything, so that it says nothing.
EMPTY_NAMES = {"one", "own", "told", "held", "said", "olds", "news", "whats"}
VERBS = {
    *(
        "Add",
        "Apply",
        "Ask",
        "Assign",
        "Begin",
        "Build",
        "Change",
        "Check",
        "Choose",
    ),
    *(
        "Close",
        "Collect",
        "Compare",
        "Complete",
        "Compose",
        "Copy",
        "Count",
        "Decide",
        "Decode",
    ),
    *(
        "Draw",
        "End",
        "Escape",
        "Fetch",
        "Find",
        "Finish",
        "Fit",
        "Ignore",
        "Infer",
    ),
    *(
        "Invert",
        "Join",
        "Link",
        "List",
        "Lock",
        "Log",
        "Mark",
        "Move",
        "Name",
        "Open",
    ),
    *(
        "Order",
        "Pack",
        "Parse",
        "Print",
        "Propose",
        "Raise",
        "Read",
        "Record",
        "Refuse",
    ),
    *(
        "Remap",
        "Remove",
        "Replace",
        "Report",
        "Restore",
        "Return",
        "Round",
        "Run",
        "Score",
    ),
    *(
        "Select",
        "Set",
        "Show",
        "Sort",
        "Split",
        "Swap",
        "Wait",
        "Write",
        "Yield",
    ),
}
PROPERTIES = {"property", "cached_property"}


def functions(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def is_property(node):
    names = [name.id for name in node.decorator_list if isinstance(name, ast.Name)]
    return bool(PROPERTIES & set(names))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_a_docstring_of_a_function_opens_with_a_verb(path):
    opened = {
        f"{node.name}, line {node.lineno}": (ast.get_docstring(node) or "Return").split()[0]
        for node in functions(path)
        if not is_property(node)
    }
    assert {name: word for name, word in opened.items() if word.strip(".,:") not in VERBS} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_names_say_what_they_hold(path):
    tree = tree_of(path)
    stored = {
        (node.id, node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    given = {(node.arg, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.arg)}
    assert not [f"{name}, line {line}" for name, line in stored | given if name in EMPTY_NAMES]


def test_no_function_has_ten_parameters():
    too_many = {
        f"{path.stem}.{node.name}": len(node.args.args) + len(node.args.kwonlyargs)
        for path in MODULES
        for node in functions(path)
    }
    assert {name: number for name, number in too_many.items() if number > 9} == {}
