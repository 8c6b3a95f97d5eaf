"""No pattern of the package takes time that grows with the square of a text: its steps are counted."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import curriculum
from package_imports import SRC, tree_of
from pattern_steps import FULLMATCH, MATCH, SEARCH, Counter, growth, pumps

SEARCHING = frozenset(("search", "sub", "subn", "finditer", "findall", "split"))
# More than some 2 says that a text twice as long takes more than twice the steps.
LINEAR = 2.6
# A number behind a code, whose noughts belong to it; and what is looked for in the first 4,096 bytes alone.
BOUNDED_BEFORE = {
    ("curriculum.model.code_lists", "_MORE_PARTS"),
    ("curriculum.documents.page_source", "_DECLARED"),
}


def patterns_in(held: object) -> Iterator[re.Pattern]:
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, dict):
        yield from patterns_in((*held.keys(), *held.values()))
    elif isinstance(held, tuple | list | set | frozenset):
        for one in held:
            yield from patterns_in(one)


def calls_in(tree: ast.AST) -> list[tuple[ast.Call, ast.Attribute]]:
    return [
        (node, node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def uses_in(calls: list[tuple[ast.Call, ast.Attribute]]) -> dict[str, set[str]]:
    """Give the methods that are called of each name."""
    found: dict[str, set[str]] = {}
    for _, called in calls:
        on = called.value
        name = on.id if isinstance(on, ast.Name) else getattr(on, "attr", "")
        found.setdefault(name, set()).add(called.attr)
    return found


def inline_patterns(calls: list[tuple[ast.Call, ast.Attribute]]) -> Iterator[tuple[str, str | bytes]]:
    """Give the patterns that are handed to a function of `re` within the code, and how they are used."""
    for node, called in calls:
        is_re = isinstance(called.value, ast.Name) and called.value.id == "re"
        if is_re and node.args and isinstance(node.args[0], ast.Constant):
            yield called.attr, node.args[0].value


def ways(used: set[str]) -> tuple[str, ...]:
    if not used or used & SEARCHING:
        return (SEARCH,)
    return tuple(how for how in (MATCH, FULLMATCH) if how in used) or (SEARCH,)


def every_pattern() -> dict[tuple[str, str], tuple[str | bytes, int, tuple[str, ...]]]:
    found = {}
    for info in pkgutil.walk_packages(curriculum.__path__, "curriculum."):
        if info.name == "curriculum.__main__":
            continue
        module = importlib.import_module(info.name)
        calls = calls_in(tree_of(Path(str(module.__file__))))
        used = uses_in(calls)
        for name, value in vars(module).items():
            for at, pattern in enumerate(patterns_in(value)):
                own = (info.name, name if not at else f"{name}[{at}]")
                found[own] = (pattern.pattern, pattern.flags, ways(used.get(name, set())))
        for at, (how, text) in enumerate(inline_patterns(calls)):
            if how != "compile":
                found[info.name, f"inline {at}"] = (text, 0, ways({how}))
    return found


PATTERNS = every_pattern()


def worst(pattern: str | bytes, flags: int, how: str) -> tuple[float, tuple[str, str, str]] | None:
    counter = Counter(pattern, flags)
    for shape in pumps(counter):
        found = growth(counter, shape, how)
        if found >= LINEAR:
            return found, shape
    return None


@pytest.mark.parametrize(
    "own", sorted(PATTERNS.keys() - BOUNDED_BEFORE), ids=lambda own: ".".join(own).removeprefix("curriculum.")
)
def test_steps_grow_with_the_length_of_the_text(own):
    pattern, flags, hows = PATTERNS[own]
    assert [worst(pattern, flags, how) for how in hows] == [None] * len(hows)


def test_every_pattern_of_the_package_is_looked_at():
    named = {(module, name) for module, name in PATTERNS if "inline" not in name}
    for path in sorted(SRC.rglob("*.py")):
        module = ".".join(("curriculum", *path.relative_to(SRC).with_suffix("").parts))
        for node in tree_of(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and "re.compile" in ast.unparse(node):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                assert (module, ast.unparse(target)) in named or "_FACTS" in ast.unparse(target)


@pytest.mark.parametrize(
    ("pattern", "how"),
    [
        (r"\s*x", SEARCH),
        (r'"[^"]*"|\[[^\]]*\]', SEARCH),
        (r"(a+)+b", MATCH),
        (r"\s*\s*x", FULLMATCH),
        (r"<si>.*?</si>", SEARCH),
        (r"[a-z]*[a-y]*1", FULLMATCH),
    ],
)
def test_the_counter_sees_quadratic_patterns(pattern, how):
    assert worst(pattern, 0, how)


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s*+x", r"\d{1,3}x", r"(?<!a)(?>a+)b|a{0,9}c", r'"[^"]*+"'])
def test_the_counter_passes_linear_patterns(pattern):
    assert worst(pattern, 0, SEARCH) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(a|ab)(c|bcd)(d*)", "xabcdd"),
        (r"(?i)\bK(\d+)(?!\d)", "see k12"),
        (r"(?P<q>['\"]).*?(?P=q)", "it 'is' so"),
        (r"(?<=v)\d++\.\d", "v1 v12.3"),
        (r"a*+a", "aaa"),
        (r"(?>a|ab)c", "abc ac"),
        (r"^(?:x|)+$", "xxx"),
        (r"[^\W\d_]{2,3}?", "1é_ab"),
    ],
)
def test_the_counter_matches_as_re_does(pattern, text):
    found = re.search(pattern, text)
    assert Counter(pattern).finds(text) == (found.span() if found else None)
