"""Change the rules of modules one at a time, and tell which changes no test notices.

    python benchmarks/mutants.py                                    every module below, by its own tests
    python benchmarks/mutants.py src/curriculum/remapping/fit.py    one of them
    python benchmarks/mutants.py MODULE... --tests tests/test_version_check.py ...
    python benchmarks/mutants.py --list MODULE...                   only show the changes

A mutant is a module with one change: a comparison, a number, a condition, an operator, an element, an
argument, a call or a statement. No file is written: each mutant is compiled in the memory of a process of its
own, in which pytest runs the tests until one fails. It survives if none does. Survivors that mean the same as
the original are listed with the reason in benchmarks/mutants.csv. The exit code is 1 if any other survives.

It needs `os.fork`, which Windows lacks. (mutmut changes no constants of modules, which is where the rules
are; cosmic-ray writes its mutants into the tree, and starts a new process for each.)
"""

from __future__ import annotations

import argparse
import ast
import csv
import importlib
import importlib.abc
import importlib.util
import json
import os
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import FrameType, ModuleType
from typing import NamedTuple

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
EQUIVALENT = Path(__file__).with_name("mutants.csv")
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
# The tests that hold each module.
HELD_BY = {
    "remapping/fit.py": ["test_version_check.py"],
    "composition.py": ["test_composition.py"],
    "agreement.py": ["test_composition.py"],
    "graph/lineage.py": ["test_lineage.py"],
    "graph/renumbering.py": ["test_lineage.py"],
    "lineages.py": ["test_lineage.py"],
    "impact.py": ["test_impact.py"],
    "groups.py": ["test_impact.py"],
    "remapping/coverage.py": ["test_coverage.py"],
    "remapping/matrix.py": ["test_evidence_rules.py"],
}
# What is imported before the tests are, so that no mutant pays for it.
WARM = (
    *("pytest", "_pytest.doctest", "_pytest.legacypath", "pandas", "pandera.pandas", "networkx", "numpy"),
    *(
        "hypothesis",
        "hypothesis.strategies",
        "tomllib",
        "_pytest.unraisableexception",
        "_pytest.threadexception",
    ),
    *("xlsxwriter", "rapidfuzz", "scipy.sparse", "scipy.optimize", "rich.console", "filelock", "openpyxl"),
)
_PYTEST = (
    *("-q", "-x", "--tb=no", "--no-header", "--import-mode=importlib", "-o", "addopts="),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *("-p", "no:cacheprovider", "-p", "no:logging", "-p", "no:faulthandler"),
)
_MOST_BYTES = 6 << 30
_SWAPPED_SIGNS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
_SWAPPED_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "search": "match"}
_TIDYING = frozenset(("casefold", "rstrip", "removeprefix", "drop_duplicates"))
_EMPTY = {"str": "''", "int": "0", "float": "0.0", "list": "[]", "dict": "{}", "set": "set()", "tuple": "()"}


class Mutant(NamedTuple):
    """One change: where it is, what stands there, what will, and how it is made in the tree."""

    line: int
    scope: str
    old: str
    new: str
    apply: Callable[[], None]

    @property
    def told(self) -> str:
        """Give the change as it is printed, and listed if it is equivalent."""
        return f"{self.scope}: {self.old} -> {self.new}"


# --- The changes --------------------------------------------------------------------------------------


def source_to_mutants(tree: ast.Module) -> list[Mutant]:
    """Give every change of a module, in the order of its lines."""
    found = [mutant for node, scope in _nodes(tree, "") for mutant in _node_to_mutants(node, scope)]
    ordered = sorted(found, key=lambda one: one.line)
    seen: Counter[str] = Counter()
    named = []
    for mutant in ordered:
        seen[mutant.told] += 1
        count = f" ({seen[mutant.told]})" if seen[mutant.told] > 1 else ""
        named.append(mutant._replace(new=f"{mutant.new}{count}"))
    return named


def _nodes(node: ast.AST, scope: str) -> Iterator[tuple[ast.AST, str]]:
    """Give the nodes of code that is run, with the function that they stand in; no types, no docstrings."""
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or name in {"annotation", "returns", "bases", "decorator_list"}:
                continue
            if _is_set_aside(child):
                continue
            inner = scope
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{scope}.{child.name}".lstrip(".")
            yield child, inner
            yield from _nodes(child, inner)


def _is_set_aside(node: ast.AST) -> bool:
    """Tell whether a node is no rule: imports, docstrings, names of types, `strict` of `zip`."""
    is_import = isinstance(node, ast.Import | ast.ImportFrom)
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_public = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    is_type = isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and not node.col_offset
    is_strict = isinstance(node, ast.keyword) and node.arg == "strict"
    return is_import or is_docstring or is_public or is_type or is_strict


def _node_to_mutants(node: ast.AST, scope: str) -> Iterator[Mutant]:
    for change in (_signs, _numbers, _texts, _conditions, _parts, _calls, _results, _statements):
        for old, new, apply in change(node):
            line = getattr(node, "lineno", 0) or node.target.lineno  # type: ignore[attr-defined]
            yield Mutant(line, scope or "module", old, new, apply)


_Change = tuple[str, str, Callable[[], None]]


def _to(node: ast.AST, field: str, value: object, at: int | None = None) -> Callable[[], None]:
    """Give what sets a field of a node, or one element of it."""

    def apply() -> None:
        if at is None:
            setattr(node, field, value)
        else:
            getattr(node, field)[at] = value

    return apply


def _into(node: ast.AST, text: str) -> _Change:
    """Give the change of an expression into another, in place."""
    new = ast.parse(text, mode="eval").body

    def apply() -> None:
        place = {name: getattr(node, name) for name in node._attributes}
        node.__class__ = new.__class__  # type: ignore[assignment]
        node.__dict__.clear()
        node.__dict__.update({**new.__dict__, **place})

    return ast.unparse(node), ast.unparse(new), apply


def _changed(node: ast.AST, apply: Callable[[], None], undo: Callable[[], None]) -> _Change:
    """Tell what a change makes of a node by making it and taking it back."""
    old = ast.unparse(node)
    apply()
    new = ast.unparse(node)
    undo()
    return old, new, apply


def _signs(node: ast.AST) -> Iterator[_Change]:
    """Change comparisons, `and` and `or`, arithmetic."""
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            for other in _SWAPPED_SIGNS[type(sign)]:
                yield _changed(node, _to(node, "ops", other(), at), _to(node, "ops", sign, at))
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign):
        for other in _SWAPPED_SIGNS.get(type(node.op), ()):
            yield _changed(node, _to(node, "op", other()), _to(node, "op", node.op))
    elif isinstance(node, ast.UnaryOp):
        yield _into(node, ast.unparse(node.operand))


def _numbers(node: ast.AST) -> Iterator[_Change]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield _into(node, str(not node.value))
    elif isinstance(node.value, int):
        for number in dict.fromkeys((node.value + 1, node.value - 1, node.value // 2)):
            if number != node.value:
                yield _into(node, repr(number))
    elif isinstance(node.value, float):
        for number in (node.value + 1, node.value - 1, *(node.value * by for by in (0.5, 0.99, 1.01))):
            if number != node.value:
                yield _into(node, repr(round(number, 6)))


def _texts(node: ast.AST) -> Iterator[_Change]:
    """Empty a text; take an alternative from a pattern."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value):
        return
    yield _into(node, "''")
    words = re.split(r"(?<=\|)|(?=[()])|(?<=\()", node.value)
    for at, word in enumerate(words):
        rest = "".join((*words[:at], *words[at + 1 :]))
        is_alternative = "|" in node.value and word.rstrip("|") not in {"", "(", ")"} and "(?" not in word
        if is_alternative and (word.endswith("|") or words[at - 1].endswith("|")):
            yield _into(node, repr(re.sub(r"\|(?=\)|$)", "", rest)))


def _conditions(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            constant = ast.copy_location(ast.Constant(value), node.test)
            told = f"if {ast.unparse(node.test)}"
            yield told, f"if {value}", _to(node, "test", constant)
    elif isinstance(node, ast.comprehension):
        for at, test in enumerate(node.ifs):
            constant = ast.copy_location(ast.Constant(True), test)
            yield f"if {ast.unparse(test)}", "if True", _to(node, "ifs", constant, at)


def _parts(node: ast.AST) -> Iterator[_Change]:
    """Leave out an element, an operand, an argument."""
    fields = {
        ast.BoolOp: ("values", 2),
        ast.Tuple: ("elts", 1),
        ast.List: ("elts", 1),
        ast.Set: ("elts", 2),
        ast.Dict: ("keys", 1),
        ast.Call: ("keywords", 1),
    }
    name, least = fields.get(type(node), ("", 0))
    if not name or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    own = getattr(node, name)
    for at in range(len(own) if len(own) >= least else 0):
        if isinstance(own[at], ast.keyword) and _is_set_aside(own[at]):
            continue
        less = [*own[:at], *own[at + 1 :]]
        if isinstance(node, ast.Dict):
            values = [*node.values[:at], *node.values[at + 1 :]]
            yield _changed(node, _both(node, less, values), _both(node, node.keys, node.values))
        else:
            yield _changed(node, _to(node, name, less), _to(node, name, own))


def _both(node: ast.Dict, keys: object, values: object) -> Callable[[], None]:
    def apply() -> None:
        node.keys, node.values = keys, values  # type: ignore[assignment]

    return apply


def _calls(node: ast.AST) -> Iterator[_Change]:
    """Turn a function into its opposite; leave out an order, or a method without arguments."""
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in _SWAPPED_NAMES:
        yield _changed(
            node,
            _to(node.func, "id", _SWAPPED_NAMES[node.func.id]),
            _to(node.func, "id", node.func.id),
        )
    if isinstance(node.func, ast.Name) and node.func.id in {"sorted", "reversed", "round"}:
        yield _into(
            node,
            f"list({ast.unparse(node.args[0])})" if node.func.id != "round" else ast.unparse(node.args[0]),
        )
    if isinstance(node.func, ast.Attribute) and not node.keywords:
        is_bare = not node.args and node.func.attr not in {"items", "values"}
        if is_bare or node.func.attr in _TIDYING:
            yield _into(node, ast.unparse(node.func.value))


def _results(node: ast.AST) -> Iterator[_Change]:
    """Give nothing instead of what a function gives."""
    if not isinstance(node, ast.FunctionDef):
        return
    kind = ast.unparse(node.returns).split("[")[0] if node.returns else ""
    new = ast.parse(_EMPTY.get(kind, "None"), mode="eval").body
    for one in ast.walk(node):
        if isinstance(one, ast.Return) and one.value and ast.unparse(one.value) != ast.unparse(new):
            value = ast.copy_location(new, one)
            yield f"return {ast.unparse(one.value)}", f"return {ast.unparse(new)}", _to(one, "value", value)


def _statements(node: ast.AST) -> Iterator[_Change]:
    """Leave out a statement that does something."""
    for name in ("body", "orelse"):
        body = getattr(node, name, None)
        for at, one in enumerate(body if isinstance(body, list) else []):
            is_kept = isinstance(one, ast.Assign) and isinstance(
                one.targets[0], ast.Subscript | ast.Attribute
            )
            kinds = ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete
            if not _is_set_aside(one) and (is_kept or isinstance(one, kinds)):
                yield ast.unparse(one), "pass", _to(node, name, ast.copy_location(ast.Pass(), one), at)


# --- The runs -----------------------------------------------------------------------------------------


class _Held(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a tree in memory instead of its file."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path, self.tree = name, path, ast.parse(path.read_bytes())
        self.dependents = frozenset((name,))

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(self.name, self.path, loader=self)

    def create_module(self, _: ModuleSpec) -> ModuleType | None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        code = compile(ast.fix_missing_locations(self.tree), str(self.path), "exec")
        exec(code, module.__dict__)


class _Seeing:
    """Notes which functions of a module each test enters, and keeps the notes in a file."""

    def __init__(self, held: _Held, notes: Path) -> None:
        self.place, self.notes = str(held.path), notes
        self.seen: dict[str, list[str]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        entered: set[str] = set()

        def note(frame: FrameType, *_: object) -> None:
            if frame.f_code.co_filename == self.place:
                entered.add(frame.f_code.co_qualname.partition(".<locals>")[0])

        sys.setprofile(note)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            self.seen[item.nodeid] = sorted(entered)

    def pytest_sessionfinish(self) -> None:
        self.notes.write_text(json.dumps(self.seen), encoding="utf-8")


class _Choosing:
    """Runs only some of the tests."""

    def __init__(self, ids: Collection[str]) -> None:
        self.ids = ids

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self.ids]


def _run(held: _Held, tests: Sequence[str], mutant: Mutant | None, plugin: object, seconds: float) -> None:
    """Run the tests on a mutant, as the last thing that this process does."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2) if mutant else ():
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    if mutant:
        mutant.apply()
    for name in held.dependents:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, held)
    hypothesis.settings.register_profile("same", derandomize=True, database=None)
    hypothesis.settings.load_profile("same")
    code = pytest.main([*_PYTEST, *tests], plugins=[plugin])
    sys.stdout.flush()
    os._exit(int(code))


def _dependents(name: str) -> frozenset[str]:
    """Give the modules of the package that a module is imported by, in however many steps, and itself."""
    imports = {
        one: _imported(Path(module.__file__))
        for one, module in sys.modules.items()
        if one.split(".")[0] == "curriculum" and getattr(module, "__file__", None)
    }
    found = {name}
    while more := {one for one, own in imports.items() if one not in found and own & found}:
        found |= more
    return frozenset(found)


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
    return names


def _warm_up(tests: Sequence[str], name: str) -> None:
    """Import what the tests need, so that only the mutant and what rests on it is imported anew."""
    for one in (*WARM, name):
        try:
            importlib.import_module(one)
        except ImportError:
            continue
    for test in (str(ROOT / "tests" / "conftest.py"), *tests):
        for one in sorted(_imported(Path(test))):
            if one.startswith("curriculum"):
                try:
                    importlib.import_module(one)
                except ImportError:
                    continue


def _wait(pid: int, seconds: float) -> str:
    """Wait for the run on a mutant, and tell how it ended."""
    end = time.monotonic() + 20 * seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    if os.WIFSIGNALED(status):
        return TIMED_OUT if os.WTERMSIG(status) in {signal.SIGKILL, signal.SIGXCPU} else KILLED
    return KILLED if os.WEXITSTATUS(status) else SURVIVED


def _fork(held: _Held, tests: Sequence[str], mutant: Mutant | None, plugin: object, seconds: float) -> str:
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        try:
            _run(held, tests, mutant, plugin, seconds)
        finally:
            os._exit(99)
    return _wait(pid, seconds)


def _tests_to_seen(held: _Held, tests: Sequence[str]) -> tuple[dict[str, list[str]], float]:
    """Run the tests without any change: give the functions that each enters, and the most time to allow."""
    before = os.times()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "seen.json"
        if _fork(held, tests, None, _Seeing(held, notes), 600) != SURVIVED:
            sys.exit(f"{', '.join(tests)}: the tests fail without any change, or there are none")
        seen = json.loads(notes.read_text(encoding="utf-8"))
    return seen, 10 + 10 * (os.times().children_user - before.children_user)


def module_to_counts(path: Path, tests: Sequence[str], known: dict[tuple[str, str], str]) -> Counter[str]:
    """Run the tests on every mutant of a module, print those that survive, and count."""
    name = ".".join(path.relative_to(SRC).with_suffix("").parts)
    held = _Held(name, path)
    _warm_up(tests, name)
    held.dependents = _dependents(name)
    seen, seconds = _tests_to_seen(held, tests)
    counts: Counter[str] = Counter()
    place = path.relative_to(ROOT).as_posix()
    mutants = source_to_mutants(held.tree)
    for number, mutant in enumerate(mutants, start=1):
        if number % 25 == 0:
            print(f"{place}: {number} of {len(mutants)}", file=sys.stderr, flush=True)
        chosen = {test for test, own in seen.items() if mutant.scope in own} or set(seen)
        told = _fork(held, tests, mutant, _Choosing(chosen), seconds)
        counts[told] += 1
        reason = known.get((place, mutant.told), "")
        if told == SURVIVED and reason:
            counts["equivalent"] += 1
        elif told != KILLED:
            print(f"{place}:{mutant.line}: {told}: {mutant.told}", flush=True)
        elif reason:
            print(f"{place}:{mutant.line}: listed as equivalent, but killed: {mutant.told}", flush=True)
    return counts


def read_equivalent() -> dict[tuple[str, str], str]:
    """Read the mutants that mean the same as the original, and why."""
    if not EQUIVALENT.exists():
        return {}
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["mutant"]): row["reason"] for row in csv.DictReader(file)}


def _modules(words: Iterable[str]) -> list[Path]:
    return [Path(word).resolve() for word in words] or [SRC / "curriculum" / name for name in HELD_BY]


def main() -> int:
    """Run the mutants of the modules that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--tests", nargs="+", default=[])
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        for path in _modules(asked.modules):
            for mutant in source_to_mutants(ast.parse(path.read_bytes())):
                print(f"{path.name}:{mutant.line}: {mutant.told}")
        return 0
    sys.path.insert(0, str(SRC))
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    known, total = read_equivalent(), {}
    for path in _modules(asked.modules):
        own = HELD_BY.get(path.relative_to(SRC / "curriculum").as_posix(), [])
        tests = asked.tests or [f"tests/{name}" for name in own]
        total[path.relative_to(ROOT).as_posix()] = module_to_counts(path, tests, known)
    print(f"\n{'module':45}{'mutants':>9}{KILLED:>9}{TIMED_OUT:>11}{SURVIVED:>10}{'equivalent':>12}")
    for name, counts in total.items():
        mutants = counts[KILLED] + counts[SURVIVED] + counts[TIMED_OUT]
        print(
            f"{name:45}{mutants:>9}{counts[KILLED]:>9}{counts[TIMED_OUT]:>11}{counts[SURVIVED]:>10}"
            f"{counts['equivalent']:>12}"
        )
    return int(any(counts[SURVIVED] > counts["equivalent"] for counts in total.values()))


if __name__ == "__main__":
    sys.exit(main())
