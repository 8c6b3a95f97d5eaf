"""What runs in a browser needs the standard library and a few wheels in Python alone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from package_imports import NAMES, imported, imported_packages, nodes_that_run

# The modules that are free of pandas, numpy and scipy, with all that they import.
ENTRIES = (
    "decisions.applied_decisions",
    "decisions.validation",
    "crosswalk.bundle_decisions",
    "crosswalk.bundle_file",
    "library.kept_bundles",
    "linking.confidence",
    "linking.mapping_rows",
    "remapping.remap_files",
    "review.answer_decisions",
    "review.review_rows",
    "review.sheet_reader",
    "review.sheet_writer",
    "tables.schemas",
    "tables.plain_rows",
)
# Only what writes a file loads filelock. Rapidfuzz has files in Python for where compiled ones are missing.
WHEELS = {"filelock", "jinja2", "markupsafe", "rapidfuzz", "snowballstemmer", "xlsxwriter"}
# The compiled stemmer is tried first; snowballstemmer takes its place.
TRIED = {"Stemmer"}
KNOWN = {*sys.stdlib_module_names, *WHEELS, "curriculum"}


def closure_of(entry):
    """Return the modules that a module imports, at its top or in a function, and what these import."""
    found, waiting = set(), [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imported(NAMES[name], nodes_that_run)
    return found


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_core_imports_nothing_else(entry):
    closure = closure_of(entry)
    others = {name: set(imported_packages(NAMES[name], nodes_that_run)) - KNOWN - TRIED for name in closure}
    assert {name: packages for name, packages in others.items() if packages} == {}
    # The names of the package itself are found by their texts, so their imports cannot be followed.
    assert "__init__" not in closure


def test_imports_in_functions_count_and_those_for_types_do_not(tmp_path):
    module = tmp_path / "made_up.py"
    lines = ["if TYPE_CHECKING:", "    import pandas", "def read():", "    import numpy", "    return numpy"]
    module.write_text("\n".join(lines), encoding="utf-8")
    assert list(imported_packages(module, nodes_that_run)) == ["numpy"]
    assert set(imported_packages(module)) == {"numpy", "pandas"}


def test_the_core_loads_nothing_else():
    """The wheels are loaded too, and rapidfuzz as it is where it has no compiled files."""
    code = (
        "import importlib, sys; start = set(sys.modules);"
        "[importlib.import_module(f'curriculum.{name}') for name in sys.argv[1:]];"
        "new = {name: sys.modules[name] for name in set(sys.modules) - start};"
        # What rapidfuzz's own compiled files bring along has no file.
        "print(*{name.split('.')[0] for name, module in new.items() if getattr(module, '__file__', '')})"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *ENTRIES],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "RAPIDFUZZ_IMPLEMENTATION": "python"},
    )
    assert set(run.stdout.split()) - KNOWN == set()
