"""A package a stage: imports point one way, modules stay small, and each name says one thing."""

from __future__ import annotations

import ast
import functools
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from package_imports import LEVEL, MODULES, NAMES, ROOMS, SRC, imported, imported_packages, imports, tree_of

TESTS = Path(__file__).resolve().parent
ROOT_MODULES = {"__init__", "__main__", "errors", "project"}
# What rooms need beside the standard library, as they are to run where there is nothing else.
BARE_ROOMS = {
    "model": {"rapidfuzz"},
    "errors": set(),
    "files": {"filelock"},
    "examples": set(),
    "spreadsheets": {"xlsxwriter"},
    "html": {"jinja2", "markdown_it", "markupsafe"},
}
LONGEST_CHAIN = 14
DRAWERS = {"utils", "util", "helpers", "common", "misc"}


def part_of(path):
    return path.relative_to(SRC).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_imports_point_one_way(path):
    own = part_of(path)
    assert own in LEVEL, f"{own} has no place in the pipeline"
    parts = {name.split(".")[0] for name in imported(path)} - {own, "__init__"}
    assert not [name for name in parts if LEVEL[name] >= LEVEL[own]]


def test_the_root_holds_four_files():
    assert {path.stem for path in SRC.glob("*.py")} == ROOT_MODULES


def test_a_name_of_a_module_is_unique():
    counts = Counter(path.stem for path in MODULES if path.stem != "__init__")
    # A module of `cli` has the name of its command.
    commands = {path.stem for path in SRC.glob("cli/*.py")}
    assert not {name for name, count in counts.items() if count > 1} - commands
    assert not {path.stem for path in MODULES if part_of(path) != "cli"} & set(ROOMS) - ROOT_MODULES


def test_an_init_holds_a_docstring_alone():
    for path in SRC.glob("*/__init__.py"):
        (only,) = tree_of(path).body
        assert isinstance(only, ast.Expr), path


@functools.cache
def chain_of(name):
    """Return the longest chain of imports that begins with a module."""
    return max(((name, *chain_of(one)) for one in imports().get(name, ())), key=len, default=(name,))


def test_chains_of_imports_are_short():
    longest = max(map(chain_of, NAMES), key=len)
    assert len(longest) <= LONGEST_CHAIN, " > ".join(longest)


@pytest.mark.parametrize("room", BARE_ROOMS)
def test_rooms_that_are_to_run_anywhere_need_the_standard_library(room):
    needed = set()
    for path in MODULES:
        if part_of(path) != room:
            continue
        needed.update(imported_packages(path))
    assert needed - set(sys.stdlib_module_names) - {"curriculum"} <= BARE_ROOMS[room]


def test_reading_our_tables_loads_no_parser():
    code = (
        "import sys, curriculum; curriculum.read_tables(sys.argv[1]);"
        "print(*sorted(name for name in sys.modules if name.startswith('curriculum.')))"
    )
    processed = TESTS.parent / "data" / "processed"
    run = subprocess.run(
        [sys.executable, "-c", code, str(processed)], capture_output=True, text=True, check=True
    )
    rooms = {name.split(".")[1] for name in run.stdout.split()}
    assert rooms == {"errors", "files", "model", "tables"}


def test_tests_mirror_the_rooms():
    assert {path.parent.name for path in TESTS.glob("*/test_*.py")} <= set(ROOMS)


def test_no_drawer_and_no_giant():
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES]
    assert max(sizes) <= 400
    assert not {path.stem for path in MODULES} & DRAWERS


def functions():
    for path in MODULES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def body_length(node):
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_functions_are_short():
    lengths = sorted(body_length(node) for _, node in functions())
    assert statistics.median(lengths) <= 9
    assert lengths[int(len(lengths) * 0.9)] <= 35


def test_public_functions_and_classes_are_documented_and_typed():
    bare = []
    for path in MODULES:
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                if "overload" in {getattr(name, "id", "") for name in node.decorator_list}:
                    continue
                if not ast.get_docstring(node):
                    bare.append(f"{path.stem}.{node.name} has no docstring")
                if isinstance(node, ast.FunctionDef) and node.returns is None:
                    bare.append(f"{path.stem}.{node.name} has no return type")
        if not ast.get_docstring(tree_of(path)):
            bare.append(f"{path.stem} has no docstring")
    assert not bare


def test_every_name_on_the_shelf_is_there():
    import curriculum

    assert len(curriculum.__all__) <= 25
    assert curriculum.__all__ == sorted(curriculum.__all__)
    for name in curriculum.__all__:
        assert getattr(curriculum, name).__doc__
    with pytest.raises(AttributeError):
        curriculum.nothing  # noqa: B018


def test_only_the_command_line_prints_or_exits():
    for path, node in ((one, node) for one in MODULES for node in ast.walk(tree_of(one))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"print", "exit"}
        ):
            assert part_of(path) == "cli"


def test_importing_the_package_loads_nothing_and_does_nothing():
    code = (
        "import sys; from curriculum.cli.main import make_parser; make_parser();"
        "print(sorted({'pandas', 'numpy', 'networkx', 'rapidfuzz', 'pandera', 'rich'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_no_code_reads_clock_network_or_chance():
    banned = {"random", "secrets", "time", "socket", "urllib", "http", "requests", "uuid"}
    # A limit of time refuses a file; it changes nothing that is read.
    limits = SRC / "files" / "limits.py"
    for path in [path for path in MODULES if path != limits]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Import):
                assert not {alias.name.split(".")[0] for alias in node.names} & banned
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] not in banned


def test_no_wording_of_the_five_documents_is_in_the_code(tables):
    code = "\n".join(without_docstrings(path) for path in MODULES)
    told = [text for text in tables.statements["text"] if len(text) > 40 and text in code]
    assert not told


def without_docstrings(path):
    """Return the code of a module; other tests read the docstrings of the same tree."""
    tree = tree_of(path)
    shown = [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    ]
    texts = [node.value for node in shown]
    for node in shown:
        node.value = ""
    code = ast.unparse(tree)
    for node, text in zip(shown, texts, strict=True):
        node.value = text
    return code
