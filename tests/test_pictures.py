"""The pictures of the documentation show what the package returns today, and can be read by everybody."""

from __future__ import annotations

import csv
import importlib
import re
import sys
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from curriculum.cli.main import main
from curriculum.model.palette import colours_to_contrast

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BENCHMARKS = ROOT / "benchmarks"
SCRIPTS = ("svg_table", "pictures")
# Drawn as tables, as graphs, and by matplotlib.
TABLES = ("published_texts.svg", "crosswalk.svg", "worklist.svg", "remapped_tracker.svg")
GRAPHS = ("graph.svg", "graph_of_the_example.svg")
FIGURES = ("duties.svg", "steps_of_a_confidence.svg")
NAMES = (*TABLES, *GRAPHS, *FIGURES)
VECTORS = pytest.mark.vectors
# The others need links.
FROM_A_TEXT = ("published_texts.svg", *GRAPHS)
LOCKED = (ROOT / "locks" / "development.txt").read_text(encoding="utf-8")
# GitHub shows a picture of the front page at about this width.
SHOWN_WIDTH = 830
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


@pytest.fixture(scope="module")
def scripts():
    sys.path.insert(0, str(BENCHMARKS))
    yield {name: importlib.import_module(name) for name in SCRIPTS}
    sys.path.remove(str(BENCHMARKS))
    for name in SCRIPTS:
        del sys.modules[name]


def read(name):
    return ElementTree.parse(DOCS / name).getroot()


def test_each_picture_is_tested(scripts):
    assert set(scripts["pictures"].PICTURES) == set(NAMES)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in FROM_A_TEXT else VECTORS) for name in NAMES]
)
def test_a_picture_shows_what_the_package_returns(name, scripts):
    # If this fails: python benchmarks/pictures.py
    if name in FIGURES and f"\nmatplotlib=={version('matplotlib')}" not in LOCKED:
        pytest.skip("another matplotlib than the locked one may draw in another way")
    drawn = scripts["pictures"].PICTURES[name]()
    assert drawn.encode() == (DOCS / name).read_bytes()


@VECTORS
def test_the_tracker_of_the_picture_is_what_the_command_writes(scripts, tmp_path):
    versions = ["--from", "st0792-1.0", "--to", "st0792-1.2", "--raw", str(ROOT / "data" / "raw")]
    copy = tmp_path / "copy.csv"
    assert main(["remap", str(ROOT / "examples" / "portfolio.csv"), *versions, "--out", str(copy)]) == 1
    rows = list(csv.reader(copy.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert scripts["pictures"].remapped_rows() == rows


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_has_a_title_and_says_what_is_to_be_seen(name):
    picture = read(name)
    assert picture.get("role") == "img"
    assert len(picture.find("{*}title").text) > 20
    assert len(picture.find("{*}desc").text) > 60


def boxes(picture):
    """Return the left, top, right and bottom edge of each line of text, and its words."""
    for text in picture.findall(".//{*}text"):
        x, y = float(text.get("x")), float(text.get("y"))
        size, width = float(text.get("font-size")), float(text.get("textLength"))
        yield (x, y - 0.75 * size, x + width, y + 0.2 * size), "".join(text.itertext())


@pytest.mark.parametrize("name", TABLES)
def test_texts_of_a_table_do_not_overlap(name):
    picture = read(name)
    width = float(picture.get("width"))
    found = list(boxes(picture))
    assert len(found) > 20
    assert [words for box, words in found if box[0] < 0 or box[2] > width] == []
    overlapping = [
        (words, others)
        for (box, words), (other, others) in combinations(found, 2)
        if box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
    ]
    assert overlapping == []


def sizes(picture):
    """Return the sizes of its texts in its own units; matplotlib draws letters with a scale."""
    usual = picture.get("font-size")
    found = {float(text.get("font-size") or usual) for text in picture.findall(".//{*}text")}
    scaled = re.findall(r"scale\((0\.\d+) -", " ".join(part.get("transform", "") for part in picture.iter()))
    return found | {100 * float(scale) for scale in scaled}


@pytest.mark.parametrize("name", NAMES)
def test_texts_of_a_picture_are_large_enough_on_a_page(name):
    picture = read(name)
    width = float(picture.get("viewBox").split()[2])
    assert min(sizes(picture)) * SHOWN_WIDTH / width >= (10 if name in FIGURES else 11)


@pytest.mark.parametrize("name", TABLES)
def test_texts_of_a_table_have_contrast_on_each_of_its_backgrounds(name):
    picture = read(name)
    texts = [*picture.findall(".//{*}text"), *picture.findall(".//{*}tspan")]
    inks = {text.get("fill") for text in texts}
    backgrounds = {
        "#ffffff",
        *(path.get("fill") for path in picture.findall("{*}path") if "Z" in path.get("d")),
    }
    backgrounds -= {ring.get("stroke") for ring in picture.findall("{*}circle")}
    for ink in inks:
        for paper in backgrounds:
            assert colours_to_contrast(ink, paper) >= 4.5, (ink, paper)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_white_on_a_dark_page(name):
    picture = read(name)
    first = next(part for part in picture.iter() if part.tag.endswith(("}rect", "}path")))
    assert "#ffffff" in f"{first.get('fill')} {first.get('style')}".lower()


def test_words_that_differ_are_marked_not_by_their_colour_alone():
    marked = read("crosswalk.svg").findall(".//{*}tspan")
    lines = {(span.get("fill"), span.get("text-decoration")) for span in marked}
    assert len(lines) == len({colour for colour, _ in lines}) == 2
    assert {line for _, line in lines} == {"line-through", "underline"}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_on_a_page_with_words_that_tell_what_is_to_be_seen(name):
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    alts = [alt for text in texts for alt in re.findall(rf"!\[([^\]]*)\]\([^)]*\b{re.escape(name)}\)", text)]
    assert alts
    assert set(alts) == {read(name).find("{*}desc").text}


def test_long_texts_end_with_a_sign_and_marks_stay_on_their_words(scripts):
    svg_table, run = scripts["svg_table"], scripts["svg_table"].Run
    lines = svg_table.runs_to_lines([run("Lead the", "del"), run("liaison with owners of rights")], 100, 2)
    assert lines == [[("Lead the ", "del"), ("liaison", "")], [("with owners of …", "")]]
