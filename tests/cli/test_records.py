"""Records of one file in the commands: each is named after the sign #."""

from __future__ import annotations

import csv
import json

import pytest

from curriculum.cli.main import main


def record(version, wordings):
    knowledges = [{"knowledgeId": f"{version} {n}", "detail": text} for n, text in enumerate(wordings)]
    return {"referenceNumber": "ST9901", "version": version, "title": "Baker", "knowledges": knowledges}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    salt, flour = "Why salt slows the rise of dough.", "How flour is milled and stored in mills."
    feed = {"standards": [record("1.0", [flour, salt]), record("1.1", [salt, flour])]}
    (tmp_path / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("evidence,codes\nlog,K1\nphoto,K2\n", encoding="utf-8")
    return tmp_path


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_parse_and_check_name_a_record(folder):
    assert main(["parse", "feed.json#ST9901-1.1", "-o", "out"]) == 0
    rows = read(folder / "out" / "statements.csv")
    assert [(row["statement_id"], row["guid"]) for row in rows] == [
        ("st9901-1.1:K1", "1.1 0"),
        ("st9901-1.1:K2", "1.1 1"),
    ]
    assert read(folder / "out" / "documents.csv")[0]["source_path"] == "feed.json#ST9901-1.1"
    assert main(["check", "feed.json#ST9901-1.0"]) == 0


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_both_sides_of_a_link_and_of_a_remap_come_from_one_file(folder):
    pair = ["feed.json#ST9901-1.0", "feed.json#st9901-1.1"]
    assert main(["link", *pair, "-o", "crosswalk.csv"]) == 0
    links = [(row["subject_id"], row["object_id"]) for row in read(folder / "crosswalk.csv")]
    assert links == [("st9901-1.0:K1", "st9901-1.1:K2"), ("st9901-1.0:K2", "st9901-1.1:K1")]
    assert main(["remap", "tracker.csv", "--from", pair[0], "--to", pair[1], "-o", "new.csv"]) == 0
    assert [row["codes (st9901-1.1)"] for row in read(folder / "new.csv")] == ["K2", "K1"]


def test_a_file_with_several_records_is_refused_with_their_names(folder, capsys):
    assert main(["parse", "feed.json"]) == 2
    assert "found 2 records: ST9901-1.0, ST9901-1.1. Name the one to read." in capsys.readouterr().err
    assert folder.exists()
