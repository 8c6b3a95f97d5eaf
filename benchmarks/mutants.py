"""Change the rules of modules one at a time, and report the changes that no test notices.

    python benchmarks/mutants.py                                    every module below, by its tests
    python benchmarks/mutants.py src/curriculum/remapping/version_check.py    one of them
    python benchmarks/mutants.py MODULE... --tests tests/remapping/test_version_check.py ...
    python benchmarks/mutants.py MODULE --at 44 117                 only what is changed on these lines
    python benchmarks/mutants.py --list MODULE...                   only show the changes

A mutant is a module with one change: a comparison, a number, a condition, an operator, an element, an
argument, a call or a statement. No file is written: pytest collects the tests once; each mutant then has a
process of its own, in which the changed code takes the place of the module's, and the tests that enter the
changed function (all tests where a constant of the module changed) run until one fails, the quickest first.
It survives if none does. Survivors that mean the same as the original are listed with the reason in
benchmarks/mutants.csv. The exit code is 1 if any other survives. What a test module computes when it is
imported is computed by the original: tests must call the module within functions.

It needs `os.fork`, which Windows lacks. (mutmut changes no constants of modules, which is where the rules
are; cosmic-ray writes its mutants into the tree, and starts a new process for each.)
"""

from __future__ import annotations

import argparse
import ast
import csv
import importlib
import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType, FunctionType, ModuleType
from typing import Any, NamedTuple

import hypothesis
import pytest
from mutant_changes import Mutant, source_to_mutants

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
EQUIVALENT = Path(__file__).with_name("mutants.csv")
KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"
# The tests of each module.
TESTS_OF = {
    "remapping/version_check.py": ["remapping/test_version_check.py"],
    "crosswalk/composition.py": ["crosswalk/test_composition.py"],
    "crosswalk/agreement.py": ["crosswalk/test_composition.py"],
    "analysis/lineage.py": ["analysis/test_lineage.py"],
    "analysis/code_history.py": ["analysis/test_lineage.py"],
    "analysis/history.py": ["analysis/test_lineage.py"],
    "analysis/impact.py": ["analysis/test_impact.py"],
    "analysis/groups.py": ["analysis/test_impact.py"],
    "remapping/evidence_coverage.py": ["remapping/test_coverage.py"],
    "remapping/column_evidence.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
    "remapping/evidence_marks.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
    "remapping/matrix_evidence.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
    "remapping/counted_cells.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
    "remapping/evidence.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
    "remapping/evidence_headers.py": ["remapping/test_evidence_rules.py", "remapping/test_counting.py"],
}
_PYTEST = (
    *("-q", "-s", "-x", "--tb=no", "--no-header", "--import-mode=importlib", "-o", "addopts="),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider"),
)
_MOST_BYTES = 6 << 30
_FAILED, _BROKEN = 1, 99


class _Seen(NamedTuple):
    """What a test enters of a module, and how long it takes: the quickest tests run first."""

    entered: list[str]
    seconds: float


class _Run:
    """Takes the place of pytest's loop: runs the collected tests on each mutant of a module."""

    def __init__(self, path: Path, lines: Collection[int], known: Mapping[tuple[str, str], str]) -> None:
        self.path, self.lines, self.known = path, lines, known
        self.place = path.relative_to(ROOT).as_posix()
        self.module = importlib.import_module(".".join(path.relative_to(SRC).with_suffix("").parts))
        self.counts: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        seen, seconds = self._tests_to_seen(session)
        items = sorted(session.items, key=lambda item: seen[item.nodeid].seconds)
        tree = ast.parse(self.path.read_bytes())
        mutants = [
            mutant for mutant in source_to_mutants(tree) if not self.lines or mutant.line in self.lines
        ]
        for number, mutant in enumerate(mutants, start=1):
            if number % 25 == 0:
                print(f"{self.place}: {number} of {len(mutants)}", file=sys.stderr, flush=True)
            chosen = [item for item in items if mutant.scope in seen[item.nodeid].entered] or items
            self._count(mutant, _fork(partial(self._mutated, tree, mutant, session, chosen), seconds))
        return True

    def _mutated(
        self, tree: ast.Module, mutant: Mutant, session: pytest.Session, items: Sequence[pytest.Item]
    ) -> bool:
        mutant.apply()
        code = compile(ast.fix_missing_locations(tree), str(self.path), "exec")
        try:
            changed: dict[str, Any] = {"__name__": self.module.__name__, "__file__": str(self.path)}
            exec(code, changed)
            swap(self.module, changed)
        except Exception:
            return False
        return _passes(session, items)

    def _count(self, mutant: Mutant, outcome: str) -> None:
        """Count the outcome of a mutant, and print the mutant if no test failed."""
        self.counts[outcome] += 1
        reason = self.known.get((self.place, mutant.text), "")
        if outcome == SURVIVED and reason:
            self.counts["equivalent"] += 1
        elif outcome != KILLED:
            print(f"{self.place}:{mutant.line}: {outcome}: {mutant.text}", flush=True)
        elif reason:
            print(f"{self.place}:{mutant.line}: listed as equivalent, but killed: {mutant.text}", flush=True)

    def _tests_to_seen(self, session: pytest.Session) -> tuple[dict[str, _Seen], float]:
        """Run the tests without any change; return what each enters, and the time limit for a mutant."""
        before = os.times()
        with tempfile.TemporaryDirectory() as folder:
            notes = Path(folder) / "seen.json"

            def see() -> bool:
                seen = {item.nodeid: self._seen(session, item) for item in session.items}
                notes.write_text(json.dumps(seen), encoding="utf-8")
                return not session.testsfailed

            if not session.items or _fork(see, 600) != SURVIVED:
                sys.exit(f"{self.place}: its tests fail without any change, or there are none")
            seen = json.loads(notes.read_text(encoding="utf-8"))
        seconds = 10 + 10 * (os.times().children_user - before.children_user)
        return {name: _Seen(*values) for name, values in seen.items()}, seconds

    def _seen(self, session: pytest.Session, item: pytest.Item) -> _Seen:
        """Run a test, and return the functions of the module that it enters, and the time that it takes."""
        entered: set[str] = set()

        def note(frame: FrameType, *_: object) -> None:
            if frame.f_code.co_filename == self.module.__file__:
                entered.add(frame.f_code.co_qualname.partition(".<locals>")[0])

        began = time.process_time()
        sys.setprofile(note)
        _passes(session, [item])
        sys.setprofile(None)
        return _Seen(sorted(entered), time.process_time() - began)


def _passes(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """Run tests until one fails, and return whether none did."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return False
    return True


def swap(module: ModuleType, changed: Mapping[str, Any]) -> None:
    """Replace the code and constants of a module by the changed ones."""
    for name, value in changed.items():
        original = getattr(module, name, None)
        if name.startswith("__") or original is value:
            continue
        if isinstance(original, FunctionType) and isinstance(value, FunctionType):
            _swap_function(original, value)
        elif isinstance(original, type) and isinstance(value, type):
            for inner, method in vars(value).items():
                # The defaults of a named tuple are those of its __new__, which a class keeps as static.
                first, second = (getattr(f, "__func__", f) for f in (vars(original).get(inner), method))
                if isinstance(first, FunctionType) and isinstance(second, FunctionType):
                    _swap_function(first, second)
        else:
            setattr(module, name, value)


def _swap_function(original: FunctionType, other: FunctionType) -> None:
    if not other.__code__.co_freevars:
        original.__code__, original.__defaults__, original.__kwdefaults__ = (
            other.__code__,
            other.__defaults__,
            other.__kwdefaults__,
        )


def _fork(run: Callable[[], bool], seconds: float) -> str:
    """Run a function in a separate process without any output, and return the outcome."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return _wait(pid, seconds)
    import resource

    code = _BROKEN
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
        code = 0 if run() else _FAILED
    finally:
        os._exit(code)


def _wait(pid: int, seconds: float) -> str:
    end = time.monotonic() + 20 * seconds
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    if os.WIFSIGNALED(status):
        return TIMED_OUT if os.WTERMSIG(status) in {signal.SIGKILL, signal.SIGXCPU} else KILLED
    if os.WEXITSTATUS(status) == _BROKEN:
        raise RuntimeError("a change that cannot be compiled or run")
    return KILLED if os.WEXITSTATUS(status) else SURVIVED


def module_to_counts(
    path: Path, tests: Sequence[str], lines: Collection[int], known: Mapping[tuple[str, str], str]
) -> Counter[str]:
    """Run the tests on every mutant of a module, print those that survive, and count."""
    run = _Run(path, lines, known)
    pytest.main([*_PYTEST, *tests], plugins=[run])
    return run.counts


def read_equivalent() -> dict[tuple[str, str], str]:
    """Read the mutants that mean the same as the original, and why."""
    if not EQUIVALENT.exists():
        return {}
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["mutant"]): row["reason"] for row in csv.DictReader(file)}


def _modules(words: Iterable[str]) -> list[Path]:
    return [Path(word).resolve() for word in words] or [SRC / "curriculum" / name for name in TESTS_OF]


def main() -> int:
    """Run the mutants of the modules on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--tests", nargs="+", default=[])
    parser.add_argument("--at", nargs="+", type=int, default=[])
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    if asked.list:
        for path in _modules(asked.modules):
            for mutant in source_to_mutants(ast.parse(path.read_bytes())):
                print(f"{path.name}:{mutant.line}: {mutant.text}")
        return 0
    if not hasattr(os, "fork"):
        sys.exit("This needs os.fork, which Windows lacks: run it on Linux, macOS or WSL.")
    sys.path.insert(0, str(SRC))
    os.chdir(ROOT)
    hypothesis.settings.register_profile("same", derandomize=True, database=None)
    hypothesis.settings.load_profile("same")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    known, total = read_equivalent(), {}
    for path in _modules(asked.modules):
        names = TESTS_OF.get(path.relative_to(SRC / "curriculum").as_posix(), [])
        tests = asked.tests or [f"tests/{name}" for name in names]
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
