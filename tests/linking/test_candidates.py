"""The likeliest counterparts of each statement."""

from __future__ import annotations

import io

import openpyxl
import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes
from curriculum.linking.candidates import propose, scored_pairs_to_candidates
from curriculum.linking.csls_scores import default_scorers
from curriculum.linking.proposals import statements_to_scored_pairs
from curriculum.model import vocabulary as v

OLD = """Knowledge
K1: How sheep are shorn without stress
K2: How wool is graded and stored
K3: The law on the transport of animals
Skills
S1: Trim the hooves of a sheep
S2: Drive a quad bike on a slope
"""
NEW = """Knowledge
K1: The law on animal transport
K2: How to shear sheep without stress to the animal
K3: How wool is graded and stored
Skills
S1: Trim the hooves of sheep and goats
S2: Record the medicines that are given
S3: Handle a ram safely
"""


@pytest.fixture(name="folder")
def folder_with_two_versions(tmp_path, monkeypatch):
    (tmp_path / "old.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(name="crosswalk")
def crosswalk_of_two_versions(folder):
    return cu.link(cu.read(folder / "old.txt"), cu.read(folder / "new.txt"))


def test_every_statement_of_both_versions_has_its_five_best(crosswalk):
    table = crosswalk.all_candidates
    assert table.groupby("subject_source", sort=False).size().to_dict() == {"old": 5 * 5, "new": 6 * 5}
    assert table["rank"].tolist() == [1, 2, 3, 4, 5] * 11
    first = table[table["rank"] == 1].set_index("subject_id")["object_id"].to_dict()
    assert {name: first[name] for name in ("old:K1", "old:K2", "old:K3", "old:S1")} == {
        "old:K1": "new:K2",
        "old:K2": "new:K3",
        "old:K3": "new:K1",
        "old:S1": "new:S1",
    }
    assert first["new:S1"] == "old:S1"


def test_the_same_words_come_first_and_the_others_by_their_score(crosswalk):
    rows = crosswalk.all_candidates[crosswalk.all_candidates.subject_id == "old:K2"]
    assert (rows.iloc[0].object_id, rows.iloc[0].confidence) == ("new:K3", 1.0)
    scores = rows.csls_score.tolist()[1:]
    assert scores == sorted(scores, reverse=True)


def test_what_is_proposed_is_marked_both_ways(crosswalk):
    table = crosswalk.all_candidates
    marked = {(row.subject_id, row.object_id) for row in table[table.is_proposed].itertuples()}
    linked = crosswalk.table[crosswalk.table.object_id.str.startswith("new:")]
    links = {
        (row.subject_id, row.object_id) for row in linked.itertuples() if row.subject_id != v.NO_TERM_FOUND
    }
    assert marked == links | {(new, old) for old, new in links}


def test_the_other_way_round_gives_the_other_half(folder):
    old, new = cu.read(folder / "old.txt"), cu.read(folder / "new.txt")
    there, back = cu.link(old, new).all_candidates, cu.link(new, old).all_candidates
    key = ["subject_id", "rank"]
    assert there.sort_values(key, ignore_index=True).equals(back.sort_values(key, ignore_index=True))


def test_the_table_and_the_list_of_one_statement_agree(crosswalk):
    of_one = crosswalk.candidates("S2")
    rows = crosswalk.all_candidates[crosswalk.all_candidates.subject_id == "old:S2"]
    assert of_one.object_id.tolist() == rows.object_id.tolist()
    assert of_one.confidence.tolist() == rows.confidence.tolist()


def test_fewer_statements_than_five_and_none_at_all(folder):
    old = cu.read(folder / "old.txt").statements
    new = cu.read(folder / "new.txt").statements
    scored = statements_to_scored_pairs(old.iloc[:2], new.iloc[:3], default_scorers())
    assert scored_pairs_to_candidates(scored)["rank"].tolist() == [1, 2, 3] * 2 + [1, 2] * 3
    assert propose(old.iloc[:0], new).candidates.empty


def test_a_composed_or_inverted_crosswalk_has_none(crosswalk):
    assert cu.invert(crosswalk).all_candidates is None


def test_the_workbook_has_two_sheets_of_candidates(crosswalk, tmp_path):
    book = openpyxl.load_workbook(crosswalk.save(tmp_path / "c.xlsx"))
    assert book.sheetnames == ["About", "Statements", "Candidates, old to new", "Candidates, new to old"]
    rows = [[cell.value for cell in row] for row in book["Candidates, old to new"].iter_rows(max_row=2)]
    assert rows[0] == ["code", "wording", "rank", "candidate", "its wording", "confidence", "proposed"]
    assert rows[1][:5] == [
        "K1",
        "How sheep are shorn without stress",
        1,
        "K2",
        "How to shear sheep without stress to the animal",
    ]
    assert rows[1][6] == "yes"


def test_a_workbook_without_candidates_has_no_such_sheet(crosswalk):
    book = openpyxl.load_workbook(io.BytesIO(crosswalk_to_bytes(crosswalk.table, "c.xlsx")))
    assert book.sheetnames == ["About", "Statements"]


def test_a_wording_that_looks_like_a_formula_stays_a_text(folder):
    (folder / "new.txt").write_text(NEW.replace("Handle a ram", "=HYPERLINK(1) a ram"), encoding="utf-8")
    assert main(["link", "old.txt", "new.txt", "-o", "c.xlsx"]) == 0
    sheet = openpyxl.load_workbook("c.xlsx")["Candidates, new to old"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_sheet_to_decide_offers_the_candidates(crosswalk, folder):
    project = cu.Project(folder)
    reviewed = project.review("old.txt", "new.txt")
    row = next(row for row in reviewed.rows if row.old_code == "S2")
    codes = crosswalk.candidates("S2").object_id.str.removeprefix("new:").tolist()
    offered = [choice for choice in row.choices if choice in codes]
    assert sorted(offered) == sorted(set(codes) - {row.new_code})
    assert row.runner_up.startswith(f"{offered[0]} (")


def test_two_standards_are_named_and_two_versions_are_not(folder, capsys):
    for name, reference in (("old", "ST0001"), ("new", "ST0002")):
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        (folder / f"{name}.txt").write_text(f"Shepherd\nReference: {reference}\n{text}", encoding="utf-8")
    assert main(["link", "old.txt", "new.txt", "-o", "c.csv"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "old is ST0001, and new is ST0002: two standards, not two versions of one." in said
    new = (folder / "new.txt").read_text(encoding="utf-8").replace("ST0002", "ST0001")
    (folder / "new.txt").write_text(new, encoding="utf-8")
    assert main(["link", "old.txt", "new.txt", "-o", "d.csv"]) == 0
    assert "two standards" not in capsys.readouterr().err
