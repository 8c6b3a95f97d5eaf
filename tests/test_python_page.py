"""docs/python.md: every line is run, in a folder of its own, and its output compared."""

from __future__ import annotations

import doctest
import importlib.util
from pathlib import Path

import matplotlib.pyplot as plt

PAGE = Path(__file__).resolve().parents[1] / "docs" / "python.md"


def test_every_line_of_the_page_runs_and_shows_what_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) > 20
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    report: list[str] = []
    results = doctest.DocTestRunner(verbose=False, optionflags=flags).run(test, out=report.append)
    plt.close("all")
    assert results.failed == 0, "".join(report)


def test_two_files_to_a_workbook_take_at_most_six_lines():
    text = PAGE.read_text(encoding="utf-8")
    section = text.partition("## Two files to a workbook")[2].partition("\n## ")[0]
    assert 0 < section.count(">>> ") <= 6


def test_the_page_of_names_is_written_from_the_code():
    path = PAGE.parents[1] / "benchmarks" / "api_page.py"
    spec = importlib.util.spec_from_file_location("api_page", path)
    api_page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(api_page)
    written = (PAGE.parent / "api.md").read_text(encoding="utf-8")
    assert written == api_page.page(), "run python benchmarks/api_page.py"
