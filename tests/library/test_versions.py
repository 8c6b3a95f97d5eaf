"""Five made-up versions of one standard, as records and texts: order, steps, what to do, history, files."""

from __future__ import annotations

import html
import io
import json
import zipfile

import openpyxl
import pytest

import curriculum as cu
import made_up_versions as made_up
from curriculum.cli.main import main
from curriculum.errors import (
    CurriculumError,
    Faults,
    InvalidInput,
    NotFound,
    UnreadableFile,
    UnsupportedFormat,
)
from figure_checks import faults_of
from made_up_standards import STANDARDS, to_page, to_record

IDS = [f"st9911-{version}" for version in made_up.ALL]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a feed of all versions, and a text of each."""
    path = tmp_path_factory.mktemp("versions")
    made_up.write_feed(path / "feed.json")
    for version in made_up.ALL:
        (path / f"v{version}.txt").write_text(made_up.text(version), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(folder):
    return cu.versions(folder / "feed.json")


def test_the_newest_first_in_a_feed_is_put_in_order(found):
    assert found.order["document_id"].tolist() == IDS
    assert found.order["place"].tolist() == [1, 2, 3, 4, 5]
    assert found.missing.empty


def test_the_word_and_the_counts_of_each_step(found):
    columns = ["change", "n_shared", "n_other", "n_without", "n_renumbered"]
    assert found.frame[columns].to_numpy().tolist() == [
        ["untouched", 16, 0, 0, 0],
        ["edited", 15, 8, 1, 8],
        ["edited", 15, 0, 0, 0],
        ["rewritten", 12, 11, 9, 2],
    ]
    columns = ["n_same", "n_reworded", "n_joined", "n_gone", "n_new"]
    assert found.frame[columns].to_numpy().tolist()[:3] == [
        [16, 0, 0, 0, 0],
        [15, 0, 0, 1, 0],
        [11, 4, 0, 0, 0],
    ]


def test_what_to_do(found):
    first, second, third = (found.to_do[found.to_do["object_source"] == name] for name in IDS[1:4])
    assert first["what_to_do"].tolist() == [
        "Only the maximum funding (9000 to 10000) and dates changed. Nothing to do for codes and materials."
    ]
    assert second["action"].tolist() == ["remap", "decide", "check"]
    assert third["what_to_do"].tolist() == ["4 statements were edited (K2, K3, S4, S5). Read them."]


def test_what_changed_is_listed_as_printed(found):
    changes = found.changes[found.changes["object_source"] == "st9911-2.0"]
    facts = changes[~changes["part"].isin(["statements", "duties"])]
    assert facts[["part", "old", "new", "change"]].to_numpy().tolist() == [
        ["title", "Fence and gate mender", "Boundary contractor", "changed"],
        ["level", "2", "3", "changed"],
        ["status", "Retired", "Approved for delivery", "changed"],
        ["duration", "18", "24", "changed"],
        ["dates", "2022-03-01T00:00:00", "2024-03-01T00:00:00", "changed"],
    ]


def test_the_history_over_all_versions(found):
    rows = found.history.set_index("text")
    assert rows.loc["Record hours, materials and mileage in the job sheet.", IDS].tolist() == [
        *("S7", "S7", "S1", "S1", "S3")
    ]
    dropped = rows.loc[made_up.DROPPED]
    assert dropped[["last_seen", *IDS]].tolist() == ["st9911-1.1", "K6", "K6", "", "", ""]


def test_a_gap_is_told_and_linked_over(tmp_path):
    found = cu.versions(made_up.write_feed(tmp_path / "gap.json", ("1.0", "1.2", "2.0")))
    assert found.missing[["version", "where"]].to_numpy().tolist() == [["1.1", "between 1.0 and 1.2"]]
    assert found.frame["versions_between"].tolist() == ["1.1", ""]
    assert "Version 1.1 is not here" in found.frame["what_to_do"][0]


def test_texts_in_any_order_give_the_same_steps(found, folder):
    texts = cu.versions([folder / f"v{version}.txt" for version in ("1.2", "2.0", "1.0", "1.3", "1.1")])
    assert texts.order["document_id"].tolist() == [f"v{version}" for version in made_up.ALL]
    counted = ["change", "n_shared", "n_other", "n_without", "n_same", "n_reworded"]
    assert texts.frame[counted].equals(found.frame[counted])
    (funding,) = texts.changes[texts.changes["part"] == "funding"].to_dict("records")
    assert (funding["old"], funding["new"]) == ("£9,000", "£10,000")


def test_a_page_and_a_record_are_compared_in_what_both_print(folder):
    found = cu.versions(folder / "feed.json#ST9911-1.0", folder / "v1.1.txt")
    rows = found.changes.set_index("name")
    assert rows.loc["Maximum funding", ["old", "new", "change"]].tolist() == ["9000", "£10,000", "changed"]
    assert rows.loc["Typical duration", ["old", "new", "change"]].tolist() == ["18", "", "not compared"]
    assert rows.loc["Typical duration", "note"] == "st9911-1.0 alone prints it"
    assert set(found.missing["version"]) == {"1.2", "1.3", "2.0"}


def test_the_same_version_twice(folder, tmp_path):
    found = cu.versions(folder / "feed.json#ST9911-1.0", folder / "v1.1.txt", folder / "feed.json#st9911-1.1")
    # A record and a text of one version print the same statements; the record has more facts.
    assert found.order[["document_id", "same_as"]].to_numpy().tolist() == [
        ["st9911-1.0", ""],
        ["st9911-1.1", ""],
        ["v1.1", "st9911-1.1"],
    ]
    assert len(found.frame) == 1
    other = made_up.record("1.1")
    other["knowledges"][0]["detail"] = "How to read the deeds of an estate."
    (tmp_path / "other.json").write_text(json.dumps(other), encoding="utf-8")
    twice = cu.versions(folder / "feed.json#ST9911-1.1", tmp_path / "other.json")
    assert twice.order["document_id"].tolist() == ["st9911-1.1", "st9911-1.1-2"]
    assert twice.order["note"][1] == "called st9911-1.1-2 here, as another document has the id st9911-1.1"
    assert twice.to_do["action"][0] == "check the files"


def test_a_page_and_a_record_with_one_skill_less(tmp_path):
    """Another occupation: S9 of 26 is dropped, so that 17 of the codes that stand in both name another."""
    standard = STANDARDS["three options"]
    (tmp_path / "old.html").write_bytes(to_page(standard).replace(b"1.2", b"1.1"))
    record = json.loads(to_record(standard))
    record["skills"].pop(8)
    kept = {skill["skillId"] for skill in record["skills"]}
    for duty in record["duties"]:
        duty["mappedSkills"] = [guid for guid in duty["mappedSkills"] if guid in kept]
    (tmp_path / "new.json").write_text(json.dumps(record), encoding="utf-8")
    found = cu.versions(tmp_path / "new.json", tmp_path / "old.html")
    assert found.frame[["n_shared", "n_other", "n_without", "n_renumbered"]].to_numpy().tolist() == [
        [61, 17, 1, 17]
    ]
    assert found.to_do["action"].tolist()[:3] == ["check the files", "remap", "decide"]
    assert found.frame["also_changed"].tolist() == [""]


def test_two_standards_are_two_chains(tmp_path):
    both = [
        made_up.record(version, reference) for version in ("1.1", "1.0") for reference in ("ST9911", "ST9912")
    ]
    path = tmp_path / "both.json"
    path.write_text(json.dumps(both), encoding="utf-8")
    found = cu.versions(path)
    assert found.frame[["reference", "subject_source", "object_source"]].to_numpy().tolist() == [
        ["ST9911", "st9911-1.0", "st9911-1.1"],
        ["ST9912", "st9912-1.0", "st9912-1.1"],
    ]
    assert str(found).startswith("2 standards; each is ordered and compared on its own.")
    assert set(cu.versions(f"{path}#st9912").order["reference"]) == {"ST9912"}
    assert len(found.history) == 32


def test_a_record_in_development_is_left_out_and_told(tmp_path):
    empty = made_up.record("2.1", status="In development", knowledges=[], skills=[], behaviours=[], duties=[])
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([made_up.record("2.0"), empty]), encoding="utf-8")
    found = cu.versions(path)
    assert found.order["version"].tolist() == ["2.0"]
    assert found.missing[["version", "where", "change_detail"]].to_numpy().tolist() == [
        ["2.1", "after 2.0", "the record holds no KSBs (status: In development)"]
    ]


def test_records_without_statements_alone_are_refused(tmp_path):
    empty = made_up.record("2.1", status="In development", knowledges=[], skills=[], behaviours=[], duties=[])
    (tmp_path / "feed.json").write_text(json.dumps([empty]), encoding="utf-8")
    with pytest.raises(UnreadableFile) as fault:
        cu.versions(tmp_path / "feed.json")
    assert "no version here holds KSBs" in str(fault.value)
    assert "feed.json#ST9911-2.1 (status: In development)" in str(fault.value)


def test_one_version_twice_in_a_file_with_another_status_is_no_copy(tmp_path, capsys):
    records = [made_up.record("1.0"), made_up.record("1.0", status="Withdrawn")]
    (tmp_path / "feed.json").write_text(json.dumps(records), encoding="utf-8")
    found = cu.versions(tmp_path / "feed.json")
    assert found.order["same_as"].tolist() == ["", ""]
    assert found.changes[["part", "old", "new"]].to_numpy().tolist() == [["status", "Retired", "Withdrawn"]]
    assert found.to_do["action"].tolist() == ["check the files", "check"]
    name = "st9911-1.0 → st9911-1.0-2"
    assert found.steps[0].name == name
    assert found.plot().alt.startswith("st9911-1.0 to st9911-1.0-2 (")
    assert main(["versions", str(tmp_path / "feed.json"), "--no-cache"]) == 0
    shown = capsys.readouterr().err
    assert f"  {name}: untouched" in shown
    assert " 1.0 → 1.0 " not in shown


def test_one_version_has_no_step(folder):
    found = cu.versions(folder / "v1.1.txt")
    assert found.frame.empty
    assert found.changes.empty
    assert found.history.empty
    assert found.order["reason"].tolist() == ["the only version"]
    with pytest.raises(NotFound, match="nothing to draw"):
        found.plot()


def test_a_text_that_contradicts_itself_is_told(tmp_path):
    for version in ("1.0", "1.1"):
        text = made_up.text(version).replace(
            "Occupation duties", "Core duties\nDuty 1 Put up walls\nOccupation duties"
        )
        (tmp_path / f"v{version}.txt").write_text(text, encoding="utf-8")
    found = cu.versions(tmp_path)
    assert "in its own text (see the command check)" in found.order["note"][0]


def test_reference_and_version_of_the_name_of_a_file_are_inferred(tmp_path):
    for version in ("1.2", "1.3"):
        lines = [f"{code}: {text}" for code, text in made_up.ksbs(version)]
        name = tmp_path / f"ST9911_v{version.replace('.', '-')}.txt"
        name.write_text("\n".join(["Knowledge", *lines, ""]), encoding="utf-8")
    found = cu.versions(tmp_path)
    assert found.order["version"].tolist() == ["1.2", "1.3"]
    assert found.order["is_inferred"].tolist() == [True, True]
    assert "the version 1.3 is from the name of the file" in found.order["note"][1]


def test_every_fault_of_every_file_is_told_at_once(folder, tmp_path):
    (tmp_path / "broken.json").write_text('[{"referenceNumber": ', encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Faults) as fault:
        cu.versions(folder / "v1.0.txt", tmp_path / "broken.json", tmp_path / "none.txt")
    assert len(fault.value.faults) == 2
    with pytest.raises(InvalidInput, match="no such order"):
        cu.versions(folder, order="newest")
    with pytest.raises(NotFound, match="no version is named"):
        cu.versions()
    with pytest.raises(CurriculumError, match="of another type"):
        cu.versions(5)
    with pytest.raises(NotFound, match="a folder without files"):
        cu.versions(empty)


def test_a_folder_with_other_files_is_refused_with_what_to_do(folder, tmp_path, capsys):
    for name in ("v1.0.txt", "v1.1.txt"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "notes.txt").write_text("Please save all files here.\n", encoding="utf-8")
    assert main(["versions", str(tmp_path)]) == 2
    shown = capsys.readouterr().err
    assert "notes.txt: no kind of document" in shown
    assert "name the files of the versions one by one" in shown


def test_too_many_records_are_refused(tmp_path):
    many = [made_up.record("1.0", f"ST{number:04}") for number in range(101)]
    (tmp_path / "feed.json").write_text(json.dumps(many), encoding="utf-8")
    with pytest.raises(InvalidInput) as fault:
        cu.versions(tmp_path / "feed.json")
    assert "feed.json#ST0116" in str(fault.value)


def test_registered_versions_of_a_reference():
    project = cu.Project("data")
    found = project.versions("ST0792")
    assert found.order["document_id"].tolist() == ["st0792-1.0", "st0792-1.2"]
    assert found.missing["version"].tolist() == ["1.1"]
    assert found.missing["change_detail"].tolist() == ["Standard and end-point assessment plan revised"]
    with pytest.raises(NotFound, match="no registered document has this reference"):
        project.versions("ST0001")


def test_a_decided_link_no_longer_waits(tmp_path):
    for version in ("1.1", "1.2"):
        rows = ["code,text", *(f'{code},"{text}"' for code, text in made_up.ksbs(version))]
        (tmp_path / f"st9911-{version}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    files = sorted(tmp_path.glob("*.csv"))
    before = cu.versions(*files)
    assert before.frame[["n_gone", "n_waiting"]].to_numpy().tolist() == [[1, 1]]
    decisions = tmp_path / "decisions"
    decisions.mkdir()
    (decisions / "mine.csv").write_text(
        "decision,subject_id,predicate_id,object_id,subject_label,object_label,subject_source,object_source,"
        "reviewer_label,review_date,comment\n"
        f'withdrawn,st9911-1.1:K6,,sssom:NoTermFound,"{made_up.DROPPED}",,st9911-1.1,st9911-1.2,AB,2026-11-22,\n',
        encoding="utf-8",
    )
    project = cu.Project(tmp_path, decisions)
    after = project.versions(*files)
    assert after.frame[["n_gone", "n_waiting"]].to_numpy().tolist() == [[1, 0]]
    assert "1 statement was withdrawn, as decided (K6)." in after.frame["what_to_do"][0]
    assert after.basis.endswith("1 decision was applied.")


# --- Files, figure and screen -----------------------------------------------------------------------------


def test_the_figure_has_no_faults(found):
    picture = found.plot()
    assert list(faults_of(picture.figure)) == []
    assert picture.alt.startswith("1.0 to 1.1 (approved 2020-03-01): 16 old (16 kept); ")
    assert picture.alt.endswith("15 old, 9 new (2 kept, 1 edited, 12 no counterpart, 9 new).")
    assert len(picture.table) == 4


def test_the_workbook(found, tmp_path):
    data = found.save(tmp_path / "v.xlsx").read_bytes()
    assert found.save(tmp_path / "w.xlsx").read_bytes() == data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["What to do", "Versions", "Steps", "Changes", "History"]
    assert [cell.value for cell in book["What to do"][6]] == [*("step", "action", "what to do")]
    assert book["Changes"].max_row == len(found.changes) + 1
    assert zipfile.is_zipfile(tmp_path / "v.xlsx")


def test_the_page_and_the_table(found, tmp_path):
    page = found.save(tmp_path / "v.html").read_text(encoding="utf-8")
    assert "<h3>1.2 → 1.3: edited</h3>" in page
    assert "4 statements were edited (K2, K3, S4, S5). Read them." in page
    # A code is never broken over lines; the name of a fact can be long, so that it may be.
    assert '<b class="code">S7 to S1</b>' in page
    assert '<b class="code">Maximum funding</b>' not in page
    assert 'src="' not in page
    table = found.save(tmp_path / "v.csv").read_text(encoding="utf-8")
    assert table.startswith("reference,subject_source,object_source,old_version_number,new_version_number,")
    with pytest.raises(UnsupportedFormat):
        found.save(tmp_path / "v.pdf")


def test_a_wording_with_markup_stays_text(tmp_path):
    records = [made_up.record(version) for version in ("1.0", "1.1")]
    records[1]["knowledges"][0]["detail"] = "Write <script>alert(1)</script> on signs, by hand."
    records[1]["title"] = "=1+1"
    (tmp_path / "feed.json").write_text(json.dumps(records), encoding="utf-8")
    found = cu.versions(tmp_path / "feed.json")
    page = found.save(tmp_path / "v.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    book = openpyxl.load_workbook(found.save(tmp_path / "v.xlsx"))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


def test_the_command(folder, tmp_path, capsys):
    out = tmp_path / "v.xlsx"
    assert main(["versions", str(folder / "feed.json"), "-o", str(out), "--no-cache"]) == 0
    shown = capsys.readouterr().err
    assert "remap: 8 of 15 codes now name another statement" in shown
    assert "5. st9911-2.0: 2.0 comes after 1.3" in shown
    assert out.exists()
    assert main(["versions", str(folder / "v1.0.txt"), "--no-cache"]) == 0
    assert "No standard has two versions here" in capsys.readouterr().err


def test_the_page_has_the_commands_of_each_step(folder, tmp_path, capsys):
    out = tmp_path / "v.html"
    feed = str(folder / "feed.json")
    assert main(["versions", feed, "-o", str(out), "--no-cache"]) == 0
    page = html.unescape(out.read_text(encoding="utf-8"))
    names = f'"{feed}#ST9911-1.1" "{feed}#ST9911-1.2"'
    assert f"curriculum report {names} -o report.st9911-1.1.st9911-1.2.html" in page
    assert f"curriculum review export {names} -o review.st9911-1.1.st9911-1.2.xlsx" in page
    remap = f'--from "{feed}#ST9911-1.1" --to "{feed}#ST9911-1.2" --dry-run'
    assert f'curriculum remap "my tracker.xlsx" {remap}' in page
    # The step from 1.2 to 1.3 asks for no remapping, and nothing waits.
    assert page.count("curriculum report") == 4
    assert page.count("curriculum remap") == page.count("curriculum review export") == 2
    assert f'--to "{feed}#ST9911-2.0" --dry-run' in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".pdf", ""])
def test_the_command_refuses_before_it_works(ending, folder, tmp_path, capsys):
    out = tmp_path / f"v{ending}"
    assert main(["versions", str(folder / "feed.json"), "-o", str(out)]) == 2
    assert not out.exists()
    assert "not a format of versions" in capsys.readouterr().err


def test_the_command_writes_over_nothing_of_a_person(folder, tmp_path, capsys):
    mine = tmp_path / "mine.csv"
    mine.write_text("code,text\n", encoding="utf-8")
    assert main(["versions", str(folder / "feed.json"), "-o", str(mine)]) == 2
    assert mine.read_text(encoding="utf-8") == "code,text\n"
    broken = tmp_path / "none.txt"
    assert main(["versions", str(folder / "feed.json"), str(broken), "-o", str(tmp_path / "v.csv")]) == 2
    assert not (tmp_path / "v.csv").exists()
    assert "none.txt" in capsys.readouterr().err
