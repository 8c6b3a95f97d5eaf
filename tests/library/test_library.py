"""The library as an analyst guesses it: read, link, look, save; remap a file or a DataFrame."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.errors import CurriculumError

BOLD = '<div style="white-space:pre-wrap"><strong>'
OLD = """code,text
K1,How to groom a horse with brushes and combs
K2,The parts of the hoof and the work of the farrier
K3,How hay is stored and kept dry in the barn
S1,Lead a horse safely on the road
"""
NEW = """code,text
K1,The parts of the hoof and the work of the farrier
K2,How to groom a horse with brushes and combs
K3,The signs of illness in a young horse
S1,Lead a horse safely on the road
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("old.csv").write_text(OLD, encoding="utf-8")
    Path("new.csv").write_text(NEW, encoding="utf-8")
    Path("tracker.csv").write_text('Week,KSBs\n1,K1\n2,"K2, S1"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def crosswalk(files):  # noqa: ARG001 (the files are in the current folder)
    return cu.link(cu.read("old.csv"), cu.read("new.csv"))


def test_two_files_to_a_workbook_in_three_lines(files):
    old, new = cu.read("old.csv"), cu.read("new.csv")
    crosswalk = cu.link(old, new)
    crosswalk.save("crosswalk.xlsx")
    assert openpyxl.load_workbook(files / "crosswalk.xlsx").sheetnames


def test_a_standard_shows_what_it_is(files):
    standard = cu.read(files / "old.csv")
    assert repr(standard).splitlines() == [
        "old",
        "code table; 4 statements (3 knowledge, 1 skill), 0 duties",
        "Findings: none",
    ]
    assert standard._repr_html_().startswith(
        '<div style="white-space:pre-wrap"><strong>old</strong><br>code table; 4 statements'
    )
    assert standard.statements["code"].tolist() == ["K1", "K2", "K3", "S1"]
    assert standard.graph().number_of_nodes() > 3


def test_a_crosswalk_shows_what_changed_and_what_it_is_based_on(crosswalk):
    lines = repr(crosswalk).splitlines()
    assert lines[0] == "old to new: 5 mappings"
    assert (
        lines[-1] == "Linked without a thesaurus and without decisions, as the documents are of no project."
    )
    found = dict(zip(crosswalk.table["subject_id"], crosswalk.table["object_id"], strict=True))
    assert (found["old:K1"], found["old:K2"], found["old:S1"]) == ("new:K2", "new:K1", "new:S1")


def test_candidates_are_in_order_and_include_what_is_not_proposed(crosswalk):
    candidates = crosswalk.candidates("K1")
    assert candidates["object_id"].tolist()[0] == "new:K2"
    assert candidates["rank"].tolist() == [1, 2, 3, 4]
    assert candidates["confidence"].between(0, 1).all()
    with pytest.raises(CurriculumError, match=r"“K9”: no such statement.*K1 to K3, S1\)"):
        crosswalk.candidates("K9")


def test_candidates_of_a_new_statement_are_old_ones(crosswalk):
    candidates = crosswalk.candidates("K2", of_new=True)
    assert candidates["subject_id"].tolist()[0] == "old:K1"
    pair = crosswalk.candidates("K1").set_index("object_id").loc["new:K2"]
    assert candidates.loc[0, "confidence"] == pair["confidence"]
    with pytest.raises(CurriculumError, match=r"“K9”: no such statement; expected a code of new"):
        crosswalk.candidates("K9", of_new=True)


def test_side_by_side_shows_the_statements_that_are_named(crosswalk):
    assert "K1" in str(crosswalk.side_by_side(["K1"]))
    with pytest.raises(CurriculumError, match=r"“K9”: no such statement.*K1 to K3, S1\)"):
        crosswalk.side_by_side(["K9"])


def test_a_crosswalk_is_inverted_and_composed(crosswalk):
    back = cu.invert(crosswalk)
    assert back.pair == ("new", "old")
    there_and_back = cu.compose(crosswalk, back)
    assert there_and_back.pair == ("old", "old")
    with pytest.raises(CurriculumError, match="has no candidates"):
        there_and_back.candidates("K1")


@pytest.mark.parametrize("name", ["c.xlsx", "c.csv", "c.tsv", "c.sssom.tsv", "c.json"])
def test_a_crosswalk_is_saved_in_each_format(crosswalk, files, name):
    assert crosswalk.save(name) == Path(name)
    assert (files / name).stat().st_size > 100
    with pytest.raises(CurriculumError, match="Choose another ending"):
        crosswalk.save("c.docx")


def test_a_spreadsheet_is_remapped_and_saved(crosswalk, files):
    job = cu.remap("tracker.csv", crosswalk)
    assert repr(job).splitlines()[:2] == ["tracker.csv: old to new", "3 codes: 1 unchanged, 2 replaced"]
    assert not (files / "tracker.new.csv").exists()
    assert job.save()[-1] == Path("tracker.new.csv")
    copy = pd.read_csv(files / "tracker.new.csv", dtype=str)
    assert copy["KSBs (new)"].tolist() == ["K2", "K1, S1"]


def test_a_copy_never_replaces_the_tracker_and_has_its_format(crosswalk, files):
    job = cu.remap("tracker.csv", crosswalk)
    before = (files / "tracker.csv").read_bytes()
    with pytest.raises(CurriculumError, match="the file that is to be remapped"):
        job.save("tracker.csv")
    with pytest.raises(CurriculumError, match="Choose another ending"):
        job.save("tracker.xlsx")
    job.save("new.tracker.csv")
    with pytest.raises(CurriculumError, match="has the codes of new already"):
        cu.remap("new.tracker.csv", crosswalk).save()
    assert (files / "tracker.csv").read_bytes() == before
    assert not (files / "tracker.xlsx").exists()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda _: cu.link("old.csv", cu.read("new.csv")), "expected a standard, such as cu.read returns"),
        (lambda _: cu.invert(cu.read("old.csv")), "expected a crosswalk"),
        (lambda x: cu.compose(x, None), "expected a crosswalk"),
        (lambda _: cu.remap(pd.DataFrame({"KSBs": ["K1"]}), None), "expected a crosswalk"),
        (
            lambda _: cu.remap(pd.DataFrame({"KSBs": ["K1"]}), pd.DataFrame({"a": [1]})),
            "has no column subject_source",
        ),
        (lambda x: cu.remap("tracker.csv", x, {"in_place": True}), "expected the options: cu.Options"),
        (lambda x: cu.remap("tracker.csv", x, cu.Options(columns="Nothere")), "no column headed Nothere"),
    ],
)
def test_what_is_given_by_mistake_is_named(crosswalk, call, message):
    with pytest.raises(CurriculumError, match=message):
        call(crosswalk)


def test_a_composed_crosswalk_is_not_called_unrelated(raw):
    project = cu.Project(raw, with_decisions=False)
    first, second = project.link("draft-2019", "st0792-1.0"), project.link("st0792-1.0", "st0792-1.2")
    assert "share hardly anything" not in repr(cu.compose(first, second))


def test_documents_of_two_projects_are_linked_without_either(crosswalk, files, raw):
    mixed = cu.link(cu.Project(raw).read("nos-2017"), cu.read(files / "new.csv"))
    assert "not of one project" in repr(mixed)
    assert "of no project" in repr(crosswalk)


def test_a_frame_is_remapped_with_the_same_crosswalk(crosswalk):
    frame = pd.DataFrame({"Week": ["1", "2"], "KSBs": ["K1", "K2, S1"]})
    assert cu.remap(frame, crosswalk).frame["KSBs (new)"].tolist() == ["K2", "K1, S1"]


def test_a_file_needs_the_crosswalk_of_its_versions(crosswalk):
    with pytest.raises(CurriculumError, match="crosswalk that link returned"):
        cu.remap("tracker.csv", crosswalk.table)


def test_standards_of_a_project_are_linked_with_what_belongs_to_it(raw):
    project = cu.Project(raw.parent)
    assert project.raw == raw
    crosswalk = cu.link(project.read("nos-2017"), project.read("nos-2019"))
    assert repr(crosswalk).splitlines()[-1] == (
        "Linked with the thesaurus thesaurus.csv; no decision was applied."
    )
    pd.testing.assert_frame_equal(crosswalk.table, project.link("nos-2017", "nos-2019").table)


def test_the_command_says_that_there_is_no_thesaurus(files, capsys):
    assert main(["link", "old.csv", "new.csv", "-o", "c.csv"]) == 0
    assert (files / "c.csv").exists()
    assert "Linked without a thesaurus (there is no data/raw/thesaurus.csv)" in capsys.readouterr().err


def test_a_review_is_saved_as_a_workbook(raw, tmp_path):
    review = cu.Project(raw, with_decisions=False).review("nos-2017", "nos-2019")
    assert review.save(tmp_path / "review.xlsx").exists()
    with pytest.raises(CurriculumError, match="Choose another ending"):
        review.save(tmp_path / "review.csv")


def test_a_crosswalk_is_compared_with_a_reference(raw):
    crosswalk = cu.Project(raw, with_decisions=False).link("draft-2019", "st0792-1.0")
    evaluation = cu.evaluate(crosswalk, raw / "reference" / "crosswalk_dev.csv")
    assert len(evaluation.verdicts) > 20
    with pytest.raises(CurriculumError, match="has no row on this pair"):
        cu.evaluate(cu.invert(crosswalk), raw / "reference" / "crosswalk_dev.csv")
