"""Codes with letters before them (AK1) are read where a list of them is plain, and stay as printed."""

from __future__ import annotations

import csv

import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import UnsupportedFormat
from curriculum.parsing.document_parser import parse_document

LIST = "AK1: How hay is stored.\nAK2: The parts of the hoof.\nAS1: Lead a horse.\nAB1: Be kind to horses.\n"


def parse(text, name="mine.md"):
    return parse_document(bytes_to_document(text.encode(), name))


def statements(one):
    return [(row.code, row.text, row.first_line) for row in one.statements]


def test_a_list_of_such_codes_is_a_list_of_ksbs(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text(LIST, encoding="utf-8")
    rows = cu.read(path).statements[["statement_id", "kind", "text", "first_line"]]
    assert rows.to_numpy().tolist() == [
        ["mine:AK1", "knowledge", "How hay is stored.", 1],
        ["mine:AK2", "knowledge", "The parts of the hoof.", 2],
        ["mine:AS1", "skill", "Lead a horse.", 3],
        ["mine:AB1", "behaviour", "Be kind to horses.", 4],
    ]
    assert cu.read(path).findings.empty


@pytest.mark.parametrize(
    "text",
    [
        "- **AK1:** Hay\n- **AK2:** Hooves\n- **AS1:** Lead\n",
        "## AK1\nHay\n## AK2\nHooves\n## AS1\nLead\n",
        "| KSB | Text |\n| --- | --- |\n| AK1 | Hay |\n| AK2 | Hooves |\n| AS1 | Lead |\n",
        "AK1\tHay\nAK2\tHooves\nAS1\tLead\n",
        "(AK1) Hay\n[AK2] Hooves\n(AS1) Lead\n",
        "<html><body><table><tr><td>AK1</td><td>Hay</td></tr><tr><td>AK2</td><td>Hooves</td></tr>"
        "<tr><td>AS1</td><td>Lead</td></tr></table></body></html>",
    ],
)
def test_in_the_forms_of_other_lists(text):
    assert [row[:2] for row in statements(parse(text))] == [
        ("AK1", "Hay"),
        ("AK2", "Hooves"),
        ("AS1", "Lead"),
    ]


STANDARD = (
    "# Farrier\n\n## Duties\n\n### Duty 1: Shoe horses\nKSBs: K1, AK1, AS1\n\n### Duty 2: Run a forge\n"
    "AK2 AS2 AB1-AB2\n\n## KSBs\n\n### Knowledge\nK1: How shoes are forged.\nAK1: How hay is stored.\n"
    "AK2: The hoof, as in AK1 and K1.\n\n### Skills\nAS1: Lead a horse.\nAS2: Clean a stable.\nAS4: Ride.\n\n"
    "### Behaviours\nAB1: Be kind.\nAB2: Be brave.\n"
)


def test_both_lists_of_a_text_are_read_with_their_duties():
    one = parse(STANDARD)
    assert statements(one) == [
        ("K1", "How shoes are forged.", 14),
        ("AK1", "How hay is stored.", 15),
        ("AK2", "The hoof, as in AK1 and K1.", 16),
        ("AS1", "Lead a horse.", 19),
        ("AS2", "Clean a stable.", 20),
        ("AS4", "Ride.", 21),
        ("AB1", "Be kind.", 24),
        ("AB2", "Be brave.", 25),
    ]
    assert [(row.duty, row.code) for row in one.rows.duty_ksbs] == [
        *(("D1", code) for code in ("K1", "AK1", "AS1")),
        *(("D2", code) for code in ("AK2", "AS2", "AB1", "AB2")),
    ]
    assert [(row.rule, row.line, row.message) for row in one.findings] == [
        ("numbering-gap", 21, "AS3 is nowhere: the numbers go on to AS4")
    ]


def test_the_document_itself_is_as_printed():
    one = parse(STANDARD)
    shown = [line.lstrip("# ") for line in STANDARD.rstrip("\n").split("\n")]
    assert [line.removeprefix("• ") for line in one.document.lines] == [
        line.removeprefix("- ") for line in shown
    ]
    assert [line.text for line in one.lines][2:4] == ["Duty 1: Shoe horses", "KSBs: K1, AK1, AS1"]


def test_two_letters_before_codes_are_two_lists():
    text = LIST + LIST.replace("A", "CN", 1).replace("\nA", "\nCN")
    codes = [row.code for row in parse(text).statements]
    assert codes == ["AK1", "AK2", "CNK1", "CNK2", "AS1", "CNS1", "AB1", "CNB1"]


@pytest.mark.parametrize(
    "text",
    [
        "KS1: ages 5 to 7\nKS2: ages 7 to 11\nKS3: ages 11 to 14\n",
        "A4: paper\nA5: paper\nGCSE: a grade\n",
        "MK1: a vehicle\nMK2: a vehicle\nMK3: a vehicle\n",
        "AK1: Hay\nAS1: Lead\n",
        "AK2: Hay\nAK3: Hooves\nAS1: Lead\n",
        "AK01: Hay\nAK02: Hooves\nAS01: Lead\n",
        LIST + "Cut S355 steel.\n",
    ],
)
def test_other_letters_before_numbers_are_no_codes(text):
    with pytest.raises(UnsupportedFormat):
        parse(text)


def test_other_codes_beside_a_list_stay_as_they_are():
    one = parse("K1: The MK1 and the KS1.\nK2: Cars of the year 1965\nS1: Drive an MK2.\nMK1: a vehicle\n")
    assert [row[:2] for row in statements(one)][:2] == [
        ("K1", "The MK1 and the KS1."),
        ("K2", "Cars of the year 1965"),
    ]
    assert [(row.rule, row.line) for row in one.findings] == [("not-in-a-table", 4), ("unplaced-line", 4)]


def test_codes_in_a_wording_are_reported_as_printed():
    one = parse(LIST + "AS2: Ride. AK3: Hay again\n")
    assert [row.message for row in one.findings if row.severity == "error"] == [
        "the wording of AS2 has AK3 in it: another statement may be part of it"
    ]


def test_a_csv_is_read_as_before():
    one = parse("code,text\nAK1,Hay\nAK2,Hooves\nAS1,Lead\n", "mine.csv")
    assert (one.recognition.kind, [row.code for row in one.statements]) == (
        "code table",
        ["AK1", "AK2", "AS1"],
    )


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_trackers_with_such_codes_are_remapped(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text(LIST, encoding="utf-8")
    new = LIST.replace("AK1", "AK3").replace("AK2", "AK1").replace("AK3", "AK2")
    (tmp_path / "new.txt").write_text(new, encoding="utf-8")
    (tmp_path / "tracker.csv").write_text('evidence,codes\nlog,AK1\nphoto,"AK2, AS1"\n', encoding="utf-8")
    assert main(["remap", "tracker.csv", "--from", "old.txt", "--to", "new.txt", "-o", "out.csv"]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row["codes (new)"] for row in csv.DictReader(file)] == ["AK2", "AK1, AS1"]
