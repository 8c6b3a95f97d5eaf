"""A figure shows itself as SVG: the same bytes everywhere, with its text, and saved without harm."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import matplotlib as mpl
import pandas as pd
import pytest

import curriculum as cu
from curriculum.errors import CurriculumError
from curriculum.viz.bar_figures import plot_statements_by_kind
from curriculum.viz.confidence_figures import plot_budget
from figure_standards import budget_of

mpl.use("Agg")
OVERVIEW = pd.DataFrame({"document_id": ["a & b", "c"], "knowledge": [4, 3], "skill": [2, 9]})
CODE = """
import sys, pandas as pd, matplotlib
from curriculum.viz.bar_figures import plot_statements_by_kind
overview = pd.DataFrame({"document_id": ["a & b", "c"], "knowledge": [4, 3], "skill": [2, 9]})
sys.stdout.write(plot_statements_by_kind(overview).svg())
"""


def test_a_notebook_gets_svg_and_text_and_nothing_else():
    picture = plot_statements_by_kind(OVERVIEW)
    shown = picture._repr_mimebundle_()
    assert list(shown) == ["image/svg+xml", "text/plain"]
    assert shown["image/svg+xml"] == picture.svg()
    assert (
        shown["text/plain"]
        == repr(picture)
        == (
            "Statements by kind in each document\n"
            "a & b: 6 (4 knowledge, 2 skill); c: 12 (3 knowledge, 9 skill)."
        )
    )
    assert not any(hasattr(picture, name) for name in ("_repr_png_", "_repr_html_", "_repr_svg_"))


def test_the_settings_of_a_user_change_no_byte(tmp_path):
    expected = plot_statements_by_kind(OVERVIEW).svg()
    settings = (
        "font.size: 30\nfont.sans-serif: Arial\naxes.facecolor: red\nsvg.fonttype: none\nfigure.dpi: 300\n"
    )
    (tmp_path / "matplotlibrc").write_text(settings, encoding="utf-8")
    surroundings = {**os.environ, "MPLCONFIGDIR": str(tmp_path), "MATPLOTLIBRC": str(tmp_path)}
    surroundings |= {"SOURCE_DATE_EPOCH": "1", "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, encoding="utf-8", check=True, env=surroundings
    )
    assert run.stdout == expected
    with mpl.rc_context({"font.size": 25, "lines.linewidth": 9, "svg.hashsalt": "mine"}):
        assert plot_statements_by_kind(OVERVIEW).svg() == expected


def test_a_figure_changes_no_setting_and_leaves_none_open():
    import matplotlib.pyplot as plt

    plt.close("all")
    before = dict(mpl.rcParams)
    plot_statements_by_kind(OVERVIEW).svg()
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


def test_coordinates_have_two_decimals_and_the_text_is_escaped():
    svg = plot_statements_by_kind(OVERVIEW).svg()
    assert not re.search(r' (?:d|x|y|width|height)="[^"]*\d\.\d{3}', svg)
    assert "<desc>a &amp; b: 6 (4 knowledge" in svg
    assert "<script" not in svg


def test_a_changed_number_changes_the_bytes():
    other = OVERVIEW.assign(skill=[2, 8])
    assert plot_statements_by_kind(other).svg() != plot_statements_by_kind(OVERVIEW).svg()


def test_two_figures_of_a_page_share_no_id_of_a_clipped_area():
    ids = [set(re.findall(r'clipPath id="(\w+)"', plot_budget(budget_of(1), name).svg())) for name in "ab"]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_a_figure_is_saved_as_svg_and_png_and_the_one_before_is_kept(tmp_path):
    picture = plot_statements_by_kind(OVERVIEW)
    assert picture.save(tmp_path / "a.svg").read_text(encoding="utf-8") == picture.svg()
    assert picture.save(str(tmp_path / "a.png")).read_bytes().startswith(b"\x89PNG")
    plot_statements_by_kind(OVERVIEW.head(1)).save(tmp_path / "a.svg")
    assert (tmp_path / "a.previous.svg").read_text(encoding="utf-8") == picture.svg()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.pdf", r"a\.pdf: not a format of figures; expected \.svg, \.png; found \.pdf"),
        ("a", "found no ending"),
        ("", "expected a path"),
        (None, "expected a path"),
        ("mine.svg", "a file that holds no such figure"),
        ("folder.svg", "a folder"),
    ],
)
def test_a_wrong_name_is_refused(tmp_path, monkeypatch, name, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.svg").write_text("my drawing", encoding="utf-8")
    (tmp_path / "folder.svg").mkdir()
    with pytest.raises(CurriculumError, match=message):
        plot_statements_by_kind(OVERVIEW).save(name)
    assert (tmp_path / "mine.svg").read_text(encoding="utf-8") == "my drawing"


def test_no_figure_holds_a_picture_of_pixels():
    standard = cu.Project("data").read("st0792-1.2")
    for picture in (standard.plot_themes(), standard.plot_duties(), cu.Project("data").plot_overview()):
        assert "<image" not in picture.svg()


def test_a_sign_that_the_font_does_not_have_is_no_warning():
    frame = pd.DataFrame({"document_id": ["標準"], "knowledge": [3]})
    assert plot_statements_by_kind(frame).svg()
