"""Run the notebooks of the project without a browser, and save them as `run.py lab` does.

python benchmarks/run_notebooks.py        all notebooks
python benchmarks/run_notebooks.py 02 07  those whose names begin so
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbconvert.preprocessors import ExecutePreprocessor

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "lab"), str(ROOT / "tests")]

from notebook_form import to_kept_form  # noqa: E402

from project_notebooks import PATHS  # noqa: E402


def run(path):
    book = nbformat.read(path, nbformat.NO_CONVERT)
    ExecutePreprocessor(kernel_name="python3").preprocess(book, {"metadata": {"path": str(path.parent)}})
    to_kept_form(book)
    path.write_text(f"{nbformat.writes(book)}\n", encoding="utf-8", newline="\n")


def main(beginnings):
    for path in PATHS:
        if path.name.startswith(tuple(beginnings or [""])):
            print(path.name)
            run(path)


if __name__ == "__main__":
    main(sys.argv[1:])
