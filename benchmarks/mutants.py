"""Change the rules of modules one at a time, and tell which changes no test notices.

    python benchmarks/mutants.py                                    every module below, by its own tests
    python benchmarks/mutants.py src/curriculum/remapping/fit.py    one of them
    python benchmarks/mutants.py MODULE... --tests tests/test_version_check.py ...
    python benchmarks/mutants.py MODULE --at 44 117                 only what is changed on these lines
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
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FrameType, ModuleType

import hypothesis
import pytest
from mutant_changes import Mutant, source_to_mutants

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
}
# What is imported before the tests are, so that no mutant pays for it.
WARM = (
    *("_pytest.doctest", "_pytest.legacypath", "_pytest.unraisableexception", "_pytest.threadexception"),
    *("pandas", "pandera.pandas", "numpy", "networkx", "scipy.sparse", "scipy.optimize", "rapidfuzz"),
    *("hypothesis.strategies", "tomllib", "xlsxwriter", "openpyxl", "rich.console", "filelock"),
)
_PYTEST = (
    *("-q", "-x", "--tb=no", "--no-header", "--import-mode=importlib", "-o", "addopts="),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *("-p", "no:cacheprovider", "-p", "no:logging", "-p", "no:faulthandler"),
)
_MOST_BYTES = 6 << 30
_BROKEN = 99


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
        exec(self.compiled(), module.__dict__)

    def compiled(self) -> CodeType:
        """Give the module as it can be run; a change that cannot be is a fault of this program."""
        return compile(ast.fix_missing_locations(self.tree), str(self.path), "exec")


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
    import resource

    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2) if mutant else ():
        os.dup2(quiet, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    if mutant:
        mutant.apply()
        held.compiled()
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
        if one.split(".")[0] == "curriculum" and module.__file__
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
    if os.WEXITSTATUS(status) == _BROKEN:
        raise RuntimeError("a change that cannot be compiled or run")
    return KILLED if os.WEXITSTATUS(status) else SURVIVED


def _fork(held: _Held, tests: Sequence[str], mutant: Mutant | None, plugin: object, seconds: float) -> str:
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        try:
            _run(held, tests, mutant, plugin, seconds)
        finally:
            os._exit(_BROKEN)
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


def module_to_counts(
    path: Path, tests: Sequence[str], lines: Collection[int], known: dict[tuple[str, str], str]
) -> Counter[str]:
    """Run the tests on every mutant of a module, print those that survive, and count."""
    name = ".".join(path.relative_to(SRC).with_suffix("").parts)
    held = _Held(name, path)
    _warm_up(tests, name)
    held.dependents = _dependents(name)
    seen, seconds = _tests_to_seen(held, tests)
    counts: Counter[str] = Counter()
    place = path.relative_to(ROOT).as_posix()
    mutants = [one for one in source_to_mutants(held.tree) if not lines or one.line in lines]
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
    parser.add_argument("--at", nargs="+", type=int, default=[])
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        for path in _modules(asked.modules):
            for mutant in source_to_mutants(ast.parse(path.read_bytes())):
                print(f"{path.name}:{mutant.line}: {mutant.told}")
        return 0
    if not hasattr(os, "fork"):
        sys.exit("This needs os.fork, which Windows lacks: run it on Linux, macOS or WSL.")
    sys.path.insert(0, str(SRC))
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    known, total = read_equivalent(), {}
    for path in _modules(asked.modules):
        own = HELD_BY.get(path.relative_to(SRC / "curriculum").as_posix(), [])
        tests = asked.tests or [f"tests/{name}" for name in own]
        total[path.relative_to(ROOT).as_posix()] = module_to_counts(path, tests, asked.at, known)
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
