"""The pages for newcomers name files that exist; the picture of the packages shows the code as it is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from package_imports import LEVEL, ROOMS, imports
from project_notebooks import NAMES

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
RECORDS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHANGES = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
# A path from the root of the project: it begins with one of its folders.
PATH = re.compile(r"(?<![\w./-])(?:src|docs|tests|benchmarks|examples|notebooks|locks|data|\.ci)/[\w./*-]*\w")
# These are files that a reader is to write.
TO_WRITE = {"src/curriculum/parsing/kinds/qualification_unit.py"}


def names_of_pages():
    return [page.relative_to(ROOT).as_posix() for page in PAGES]


def heading_to_anchor(heading):
    """Return the anchor that a heading of a page gets."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")


@pytest.mark.parametrize("name", names_of_pages())
def test_anchors_that_a_page_links_to_exist(name):
    page = ROOT / name
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        text = (page.parent / target if target else page).read_text(encoding="utf-8")
        assert anchor in map(heading_to_anchor, re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def test_the_index_lists_every_page():
    text = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert not [name for name in sorted(pages) if f"]({name})" not in text]


def test_the_index_lists_every_notebook():
    text = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    notebooks = re.findall(r"^\| `(\d\d_\w+)` \|", text, re.MULTILINE)
    assert notebooks == list(NAMES)


def test_the_readme_is_two_screens_long():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 90


def test_the_citation_has_the_version_and_the_licence_of_the_package():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    values = dict(re.findall(r"^([\w-]+): (.+)$", text, re.MULTILINE))
    project = PYPROJECT["project"]
    assert (values["version"], values["license"]) == (project["version"], project["license"])
    assert values["cff-version"] == "1.2.0"
    assert project["description"] in text
    authors = re.findall(r"^  - name: (.+)$", text, re.MULTILINE)
    named = [author["name"] for author in project.get("authors", ())]
    assert authors == (named or ["The curriculum developers"])


@pytest.mark.parametrize("name", names_of_pages())
def test_paths_that_a_page_names_exist(name):
    named = set(PATH.findall((ROOT / name).read_text(encoding="utf-8"))) - TO_WRITE
    assert not [path for path in sorted(named) if not list(ROOT.glob(path))]


def test_contributing_has_the_packages_in_the_order_of_imports():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## Where things go")[1]
    listed = re.findall(r"^\| `(\w+)(?:\.py)?` \|", text.split("\n## ")[0], re.MULTILINE)
    assert listed == ROOMS[:-2]


def imports_of_packages():
    """Return the packages of the code in their order, and what each imports."""
    found = {room: set() for room in ROOMS[:-2]}
    for name, imported in imports().items():
        room = name.split(".")[0]
        if room in found:
            found[room] |= {module.split(".")[0] for module in imported} - {room}
    return [(room, sorted(packages, key=LEVEL.get)) for room, packages in found.items()]


def test_the_picture_of_the_packages_is_that_of_the_code():
    # If this fails: python benchmarks/architecture.py
    picture = ElementTree.parse(ROOT / "docs" / "architecture.svg").getroot()
    groups = picture.findall(".//{*}g[@class='package']")
    shown = [(group.get("data-name"), group.get("data-imports").split()) for group in groups]
    assert shown == imports_of_packages()
    # There is a dot for each import, and a box with the name.
    assert [len(group.findall("{*}circle")) for group in groups] == [len(packages) for _, packages in shown]
    assert [group.find("{*}text").text for group in groups] == [name for name, _ in shown]


def test_the_dots_of_the_picture_are_in_the_column_of_what_is_imported():
    picture = ElementTree.parse(ROOT / "docs" / "architecture.svg").getroot()
    groups = picture.findall(".//{*}g[@class='package']")
    boxes = {group.get("data-name"): group.find("{*}rect") for group in groups}
    for group in groups:
        row = float(boxes[group.get("data-name")].get("y"))
        for name, dot in zip(group.get("data-imports").split(), group.findall("{*}circle"), strict=True):
            left = float(boxes[name].get("x"))
            assert left < float(dot.get("cx")) < left + 33
            assert row < float(dot.get("cy")) < row + 33
            assert float(boxes[name].get("y")) < row


def test_the_table_of_the_packages_is_that_of_the_picture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", text, re.MULTILINE)
    shown = [(name, re.findall(r"`(\w+)`", imports)) for name, imports in rows]
    assert shown == imports_of_packages()


def test_the_changelog_has_releases_in_the_form_of_keep_a_changelog():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = PYPROJECT["project"]["version"]
    releases = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert releases[:2] == ["Unreleased", version]
    for release in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
        headings = re.findall(r"^### (.+)$", release, re.MULTILINE)
        assert headings == [heading for heading in CHANGES if heading in headings]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_record_of_a_decision_is_short_and_has_its_three_parts(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert 5 <= len(lines) <= 15
    assert lines[0].startswith(f"# {int(path.stem[:4])}. ")
    assert re.fullmatch(r"Date: \d{4}-\d\d-\d\d", lines[2])
    parts = [line.split(".**")[0] for line in lines if line.startswith("**")]
    assert parts == ["**Context", "**Decision", "**Consequence"]


def test_records_of_decisions_are_numbered_and_listed():
    assert [int(path.stem[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    text = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d+)\]\((.+)\) \| (.+) \| (.+) \|$", text, re.MULTILINE)
    assert [name for _, name, _, _ in rows] == [path.name for path in RECORDS]
    for number, name, title, day in rows:
        record = (ROOT / "docs" / "decisions" / name).read_text(encoding="utf-8")
        assert record.startswith(f"# {number}. {title}\n\nDate: {day}\n")


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_names_that_a_page_for_developers_has_are_in_the_code(name):
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = re.findall(r"`(_?[A-Za-z]+_\w+|[A-Z][a-z]\w+)`", (ROOT / name).read_text(encoding="utf-8"))
    assert named
    assert not [word for word in named if not re.search(rf"\b{word}\b", code)]
