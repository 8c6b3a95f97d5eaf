"""Imports point down the pipeline; modules stay small; the public shelf is documented."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src" / "curriculum"
MODULES = sorted(SRC.rglob("*.py"))
# From the bottom to the top: a module imports only from rows below its own, or from its own package.
LAYERS = [
    ["vocabulary", "palette", "text", "dates", "plain_words", "typed_commands", "csv_cells"],
    ["errors"],
    ["known", "lookalikes", "remarks"],
    ["codes", "differences", "asides", "turns"],
    ["outputs", "file_sets"],
    ["notation"],
    ["sources"],
    ["trackers"],
    ["parsing"],
    ["checks"],
    ["schemas", "assembly", "checked_book"],
    ["tables"],
    ["linking", "moves"],
    ["decisions"],
    ["raw_folder"],
    ["crosswalk", "graph", "groups", "reference"],
    ["sssom", "workbook", "composition", "agreement"],
    ["formats"],
    ["report", "changes", "evaluate", "calibration", "sheets"],
    ["impact", "pipeline"],
    ["plots"],
    ["evaluation", "lineages"],
    ["reviewing"],
    ["remapping"],
    ["screen", "cli_parser"],
    ["screen_remap", "screen_review"],
    ["cli_outputs"],
    ["cli_review"],
    ["cli"],
    ["__init__", "__main__"],
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
DRAWERS = {"utils", "util", "helpers", "common", "misc"}


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def part_of(path):
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("curriculum"):
            module = node.module.split(".")
            names = module[1:2] or [alias.name for alias in node.names]
            yield from (name for name in names if name in LEVEL)
        if isinstance(node, ast.Import):
            yield from (
                alias.name.split(".")[1] for alias in node.names if alias.name.startswith("curriculum.")
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SRC).as_posix())
def test_imports_point_down(path):
    own = part_of(path)
    assert own in LEVEL, f"{own} has no place in the pipeline"
    higher = [name for name in imported(path) if LEVEL[name] >= LEVEL[own] and name != own]
    assert not higher


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
                if not ast.get_docstring(node):
                    bare.append(f"{path.stem}.{node.name} has no docstring")
                if isinstance(node, ast.FunctionDef) and node.returns is None:
                    bare.append(f"{path.stem}.{node.name} has no return type")
        if not ast.get_docstring(tree_of(path)):
            bare.append(f"{path.stem} has no docstring")
    assert not bare


def test_every_name_on_the_shelf_is_there():
    import curriculum

    assert len(curriculum.__all__) <= 21
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
        "import sys, curriculum, curriculum.cli; curriculum.cli.make_parser();"
        "print(sorted({'pandas', 'numpy', 'networkx', 'rapidfuzz', 'pandera', 'rich'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_no_code_reads_clock_network_or_chance():
    banned = {"random", "secrets", "time", "socket", "urllib", "http", "requests", "uuid"}
    for path in MODULES:
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
    tree = tree_of(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body[0].value.value = ""
    return ast.unparse(tree)
