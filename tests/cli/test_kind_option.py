"""The kind of a document is named with --kind, or `kind` in Python, instead of being found."""

from __future__ import annotations

import csv

import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.errors import CurriculumError
from curriculum.parsing.document_kinds import document_kinds

LIST = "Baker\nK1: How flour is milled.\nK2: How dough rises.\nS1: Knead dough by hand.\n"
PLAN = (
    "Assessment plan\nKSB mapping table\nK1: Core.\nHow flour is milled.\nTest\n"
    "Duties\nDuty 1 Bake bread.\nK1\nKSBs\nKnowledge\nK1: How flour is milled.\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_named_kind_is_taken_and_the_evidence_says_so(folder, capsys):
    assert main(["parse", "plan.txt", "-o", "found"]) == 0
    assert read(folder / "found" / "documents.csv")[0]["kind"] == "occupational standard"
    assert main(["parse", "plan.txt", "--kind", "Assessment  Plan", "-o", "named"]) == 0
    row = read(folder / "named" / "documents.csv")[0]
    assert row["kind"] == "assessment plan"
    assert row["kind_evidence"].startswith(
        "named by --kind; its signs in the text: a KSB mapping table (line 2); lists of codes (line 8)"
    )
    assert "; from its content it would be read as occupational standard: “Duties”" in row["kind_evidence"]
    shown = " ".join(capsys.readouterr().err.split())
    assert "plan: assessment plan, named by --kind; its signs" in shown
    assert 'check plan.txt --kind "Assessment Plan"' in shown


def test_a_kind_whose_sections_are_not_there_is_refused(folder, capsys):
    assert main(["check", "list.txt", "--kind", "assessment plan"]) == 2
    assert "read as assessment plan, but a section is missing" in capsys.readouterr().err
    assert folder.exists()


@pytest.mark.parametrize("kind", [kind.name for kind in document_kinds() if kind.name != "KSB listing"])
def test_a_list_is_read_as_no_other_kind(folder, kind):
    with pytest.raises(CurriculumError, match="Name another kind, or none"):
        cu.read(folder / "list.txt", kind=kind)


def test_what_is_not_there_is_told_with_what_is(folder):
    with pytest.raises(CurriculumError) as caught:
        cu.read(folder / "list.txt", kind="code table")
    assert str(caught.value).endswith(
        "list.txt: read as code table, as named, but nothing of it is there; expected the columns code "
        "and text; found none of its signs is in the text; from its content it would be read as KSB "
        "listing: labelled KSBs (3 times, first on line 2). Name another kind, or none: the kind is then "
        "found from the content."
    )


def test_an_unknown_kind_is_refused_with_the_kinds(folder, capsys):
    assert main(["parse", "list.txt", "missing.txt", "--kind", "assesment plan"]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert (
        "assesment plan: no kind of document; expected one of official record, CASE framework, code table"
        in message
    )
    assert "Did you mean assessment plan?" in message
    with pytest.raises(CurriculumError, match="Choose one of these, or leave it out"):
        cu.read(folder / "list.txt", kind="spreadsheet of recipes")


def test_the_help_lists_the_kinds(capsys):
    pairs = (["remap"], ["review", "export"], ["review", "apply"], ["review", "progress"])
    for command in (["parse"], ["check"], ["graph"], ["link"], *pairs):
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        shown = capsys.readouterr().out
        assert all(f"\n  {kind.name}\n" in shown for kind in document_kinds())


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
@pytest.mark.usefixtures("folder")
def test_both_sides_of_a_link_can_be_of_a_named_kind():
    both = ["link", "list.txt", "plan.txt", "-o", "x.csv"]
    assert main([*both, "--kind", "KSB listing"]) == 0
    assert main([*both, "--new-kind", "assessment plan"]) == 0
    assert main([*both, "--kind", "assessment plan", "--old-kind", "KSB listing"]) == 0
    assert main([*both, "--old-kind", "assessment plan"]) == 2
    crosswalk = cu.Project().link("list.txt", "plan.txt", new_kind="assessment plan")
    assert crosswalk.tables.documents["kind"].tolist() == ["KSB listing", "assessment plan"]


def test_the_kind_of_a_registered_document_cannot_be_named():
    project = cu.example()
    with pytest.raises(CurriculumError, match=r"st9901-1\.0: a kind is named for a registered document"):
        project.read("st9901-1.0", kind="KSB listing")
    with pytest.raises(CurriculumError, match="a kind is named, but no file"):
        project.parse(kind="KSB listing")
    with pytest.raises(CurriculumError, match="is of another type"):
        project.read("st9901-1.0", kind=3)


def test_the_graph_of_a_file_of_a_named_kind(folder):
    assert main(["graph", "plan.txt", "--kind", "assessment plan", "-o", "named.json"]) == 0
    assert (folder / "named.json").exists()
    assert main(["graph", "list.txt", "--kind", "assessment plan", "-o", "other.json"]) == 2
    assert not (folder / "other.json").exists()


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_a_tracker_is_remapped_between_files_of_named_kinds(folder, capsys):
    (folder / "tracker.csv").write_text("Evidence,KSB\nA film,K1\nA talk,S1\n", encoding="utf-8")
    both = ["remap", "tracker.csv", "--from", "list.txt", "--to", "plan.txt", "--dry-run"]
    assert main([*both, "--new-kind", "assessment plan"]) in (0, 1)
    shown = capsys.readouterr().err
    assert '--new-kind "assessment plan"' in shown
    assert main([*both, "--kind", "assessment plan"]) == 2
    assert "list.txt: read as assessment plan, but a section is missing" in capsys.readouterr().err
    job = cu.Project().remap("tracker.csv", "list.txt", "plan.txt", kinds=("", "assessment plan"))
    assert job.job.remapped.pair.new == "plan"


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
@pytest.mark.usefixtures("folder")
def test_a_review_of_files_of_named_kinds_keeps_them_in_what_comes_next(capsys):
    both = ["list.txt", "plan.txt", "--old-kind", "KSB listing", "--new-kind", "assessment plan"]
    assert main(["review", "export", *both, "-o", "review.xlsx"]) == 0
    shown = " ".join(capsys.readouterr().err.split())
    assert (
        "review apply review.xlsx --from list.txt --to plan.txt --decisions my-decisions "
        '--old-kind "KSB listing" --new-kind "assessment plan"'
    ) in shown
    apply = ["review", "apply", "review.xlsx", "--from", *both[:1], "--to", *both[1:], "--dry-run"]
    assert main([*apply, "--decisions", "my-decisions"]) in (0, 1)
    assert main(["review", "progress", *both]) == 0
    assert main(["review", "progress", *both[:2], "--kind", "assessment plan"]) == 2
