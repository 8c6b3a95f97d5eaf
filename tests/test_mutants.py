"""The changes that the mutants are made of: literal source in, literal changes out."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[1] / "benchmarks" / "mutant_changes.py"


@pytest.fixture(scope="module")
def source_to_mutants():
    spec = importlib.util.spec_from_file_location("mutant_changes", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules["mutant_changes"] = module
    spec.loader.exec_module(module)
    yield module.source_to_mutants
    del sys.modules["mutant_changes"]


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a == b", ["a == b -> a != b"]),
        ("a in b", ["a in b -> a not in b"]),
        ("a and b", ["a and b -> a or b", "a and b -> b", "a and b -> a"]),
        ("not a", ["not a -> a"]),
        ("a + b", ["a + b -> a - b"]),
        ("x = 3", ["3 -> 4", "3 -> 2", "3 -> 1"]),
        ("x = 0.8", ["0.8 -> 1.8", "0.8 -> -0.2", "0.8 -> 0.4", "0.8 -> 0.792", "0.8 -> 0.808"]),
        ("x = True", ["True -> False"]),
        ("x = 'a'", ["'a' -> ''"]),
        (
            "x = '(?:a|b|c)d'",
            ["'(?:a|b|c)d' -> ''", *(f"'(?:a|b|c)d' -> '(?:{one})d'" for one in ("b|c", "a|c", "a|b"))],
        ),
        ("a if b else c", ["if b -> if True", "if b -> if False"]),
        ("[a for a in b if c]", ["if c -> if True"]),
        ("x = {a, b}", ["{a, b} -> {b}", "{a, b} -> {a}"]),
        ("x = {a: b}", ["{a: b} -> {}"]),
        ("f(a, key=b)", ["f(a, key=b) -> f(a)"]),
        ("any(a)", ["any(a) -> all(a)"]),
        ("sorted(a)", ["sorted(a) -> list(a)"]),
        ("round(a)", ["round(a) -> a"]),
        ("a.strip()", ["a.strip() -> a"]),
        ("def f() -> str:\n    return a", ["return a -> return ''"]),
        ("def f() -> list[str]:\n    return a", ["return a -> return []"]),
        ("def f():\n    g(a)", ["g(a) -> pass"]),
        ("for a in b:\n    continue", ["continue -> pass"]),
        # What is no rule is left as it is.
        ("import a", []),
        ("'''A docstring.'''", []),
        ("__all__ = ['a']", []),
        ("Row = dict[str, int]", []),
        ("x: Literal['a'] = b", []),
        ("zip(a, b, strict=True)", []),
    ],
)
def test_the_changes_of_a_source(source, changes, source_to_mutants):
    mutants = source_to_mutants(ast.parse(source))
    told = [f"{one.old} -> {one.new}" for one in mutants]
    # An expression that stands alone is a statement, which can be left out too.
    assert [
        one for one in told if not (one.endswith("-> pass") and "def" not in source and "for" not in source)
    ] == (changes)


def test_a_change_is_made_only_when_it_is_applied_and_each_is_told_apart(source_to_mutants):
    source = "def f(a):\n    return a[0] + a[0] < 2"
    tree = ast.parse(source)
    mutants = source_to_mutants(tree)
    assert ast.unparse(tree) == source
    told = [one.text for one in mutants]
    assert len(set(told)) == len(told)
    assert "f: 0 -> 1" in told
    second = next(one for one in mutants if one.text == "f: 0 -> 1 (2)")
    second.apply()
    assert ast.unparse(tree) == "def f(a):\n    return a[0] + a[1] < 2"
    assert (second.line, second.scope) == (2, "f")


@pytest.mark.parametrize(
    "path", ["crosswalk/composition.py", "remapping/version_check.py", "analysis/lineage.py"]
)
def test_every_change_of_a_module_compiles_and_differs(path, source_to_mutants):
    source = (PATH.parents[1] / "src" / "curriculum" / path).read_text(encoding="utf-8")
    whole = ast.unparse(ast.parse(source))
    n_mutants = len(source_to_mutants(ast.parse(source)))
    for number in range(0, n_mutants, 50):
        tree = ast.parse(source)
        source_to_mutants(tree)[number].apply()
        assert ast.unparse(tree) != whole
        compile(ast.fix_missing_locations(tree), path, "exec")
