"""Where the files of Pyodide are, for the tests that run Python in a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from curriculum.page.pyodide_files import pyodide_lock

ROOT = Path(__file__).resolve().parents[1]


def fetched_pyodide() -> Path | None:
    """Return the folder; None where Pyodide was not fetched."""
    lock = pyodide_lock()
    named = os.environ.get("CURRICULUM_PYODIDE")
    folder = Path(named) if named else ROOT / ".venv" / f"{lock['name']}-{lock['version']}"
    return folder if all((folder / name).is_file() for name in lock["files"]) else None


def need_pyodide() -> Path:
    """Return the folder; skip the test where Pyodide was not fetched, unless a browser is required."""
    folder = fetched_pyodide()
    if folder is None:
        assert not os.environ.get("REQUIRE_BROWSER"), "Pyodide is missing: python3 run.py page fetches it"
        pytest.skip("Pyodide was not fetched: no Python is run in a browser")
    return folder
