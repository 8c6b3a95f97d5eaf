"""What two versions print is compared part by part; what only one prints is never shown as changed."""

from __future__ import annotations

import json

import pytest

import curriculum as cu
import made_up_versions as made_up
from pdf_pages_made_up import drawn, lines_page

PLAN = """Key information
Reference: ST9955
Version: {version}
Level: Level 3
Typical duration to gateway: {duration}
EQA provider: {eqa}
Maximum funding: {funding}
Date updated: {date}

Occupation duties
Duty 1 Make kites for customers
KSBs
K1 K2
S1 {pair}
Duty 2 Repair kites and lines
KSBs
K2
S2 B1

KSBs
Knowledge
K1: How silk and paper take dye in humid weather.
K2: Which knots hold under strong wind.
Skills
S1: Cut spars to length with a fine saw.
S2: Sew hems by hand and by machine.
Behaviours
B1: Take care with the wishes of customers.

Assessment plan
Delivery of the interview
The interview lasts {minutes} minutes, and takes place in a quiet room.
{more}
Assessment methods
Assessment method 1: Project with report
Assessment method 2: {method}
"""
FIRST = {
    "version": "1.0",
    "duration": "18 months",
    "eqa": "Ofqual",
    "funding": "£9,000",
    "date": "2 September 2023",
    "pair": "S2",
    "minutes": "60",
    "more": "",
    "method": "Interview",
}


def compared(folder, **new):
    """Give what changed from the first version to one with other values: part, name, old, new, change."""
    texts = {"a": FIRST, "b": {**FIRST, "version": "1.1", **new}}
    for name, values in texts.items():
        (folder / f"{name}.txt").write_text(PLAN.format(**values), encoding="utf-8")
    found = cu.versions(folder / "a.txt", folder / "b.txt")
    return found, [tuple(row) for row in found.changes[["part", "name", "old", "new", "change"]].to_numpy()]


def test_nothing_changed(tmp_path):
    found, changes = compared(tmp_path)
    assert changes == []
    assert found.to_do["what_to_do"].tolist() == ["Nothing changed in what both versions print."]


@pytest.mark.parametrize(
    "new",
    [
        {"funding": "9000"},
        {"funding": "£9,000.00"},
        {"duration": "18"},
        {"duration": "18 months (this does not include EPA period)"},
        {"date": "02/09/2023"},
    ],
    ids=str,
)
def test_the_same_value_in_another_form_is_no_change(new, tmp_path):
    assert compared(tmp_path, **new)[1] == []


@pytest.mark.parametrize(
    ("new", "change"),
    [
        ({"funding": "£9,500"}, ("funding", "Maximum funding", "£9,000", "£9,500", "changed")),
        (
            {"duration": "24 months"},
            ("duration", "Typical duration to gateway", "18 months", "24 months", "changed"),
        ),
        ({"eqa": "OfS"}, ("EQA provider", "EQA provider", "Ofqual", "OfS", "changed")),
        ({"date": "1 May 2024"}, ("dates", "Date updated", "2 September 2023", "1 May 2024", "changed")),
        ({"pair": "B1"}, ("duty-KSB pairs", "D1 and S2", "D1 and S2", "", "removed")),
        ({"method": "Discussion"}, ("assessment methods", "Interview", "Interview", "", "removed")),
        (
            {"minutes": "90"},
            (
                *("text of the assessment plan", "Assessment plan > Delivery of the interview"),
                "The interview lasts 60 minutes, and takes place in a quiet room.",
                "The interview lasts 90 minutes, and takes place in a quiet room.",
                "changed",
            ),
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_change_is_found_and_shown_as_printed(new, change, tmp_path):
    found, changes = compared(tmp_path, **new)
    assert changes[0] == change
    assert "Nothing changed" not in found.frame["what_to_do"][0]


def test_a_changed_plan_text_alone_is_a_changed_plan(tmp_path):
    found, _ = compared(tmp_path, minutes="90")
    assert found.to_do["what_to_do"].tolist() == [
        "The assessment plan changed (text of the assessment plan: 1 changed). Check your assessment "
        "materials."
    ]


def test_a_passage_that_one_version_alone_prints_is_to_be_read(tmp_path):
    found, changes = compared(tmp_path, more="Venue of the assessment\nA room without a telephone is booked.")
    assert [change[0] for change in changes] == ["text of the assessment plan"]
    assert changes[0][4] == "not compared"
    assert found.to_do["what_to_do"][0] == (
        "Only one of the versions prints some text (“Venue of the assessment”). Read it."
    )


def test_passages_whose_headings_differ_in_capitals_alone_are_all_compared(tmp_path):
    more = "Venue\nA room in {place} is booked.\nDelivery of the task\nIt takes a day.\nVENUE\nIt is dry."
    for name, place in (("a", "town"), ("b", "a village")):
        values = {**FIRST, "more": more.format(place=place)}
        (tmp_path / f"{name}.txt").write_text(PLAN.format(**values), encoding="utf-8")
    changes = cu.versions(tmp_path / "a.txt", tmp_path / "b.txt", order="given").changes
    (row,) = changes[["name", "old", "new"]].to_numpy().tolist()
    assert row == [
        "Assessment plan > Venue",
        "A room in town is booked.\nIt is dry.",
        "A room in a village is booked.\nIt is dry.",
    ]


PLAN_ALONE = """End-point assessment plan for kite maker
ST9955
Version {version}

Assessment methods
Assessment method 1: Project with report
Assessment method 2: Interview

Project with report
Theme: Making kites
{codes}
Pass
Cuts spars and sews hems with care. (K1, S1)
Distinction
Sews hems that nobody can see. (S2)
"""


def test_plans_without_statements_are_compared(tmp_path):
    for name, version, codes in (("a", "1.0", "K1 S1 S2"), ("b", "1.1", "K1 S1 S3")):
        text = PLAN_ALONE.format(version=version, codes=codes)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = cu.versions(tmp_path)
    assert found.crosswalks == ()
    assert found.changes[["part", "name", "old", "new"]].to_numpy().tolist() == [
        ["assessment of KSBs", "Making kites", "K1, S1, S2", "K1, S1, S3"]
    ]
    assert found.to_do["what_to_do"].tolist() == [
        "The assessment plan changed (assessment of KSBs: 1 changed). Check your assessment materials.",
        "Codes are not compared, as not both versions print statements. Name files that hold them.",
    ]


def test_no_pair_of_descriptors_is_invented(tmp_path):
    """Two descriptors of one theme and grade changed: nobody can tell which became which."""
    wordings = {
        "a": ("Cuts spars with care. (K1)", "Sews hems by hand. (S2)"),
        "b": ("Shapes spars and tests them. (K1)", "Joins hems by machine. (S2)"),
    }
    for at, (name, lines) in enumerate(wordings.items()):
        text = PLAN_ALONE.format(version=f"1.{at}", codes="K1 S1 S2")
        text = text.replace("Cuts spars and sews hems with care. (K1, S1)", "\n".join(lines))
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = cu.versions(tmp_path)
    rows = found.changes[found.changes["part"] == "grading descriptors"]
    assert rows[["old", "new", "change"]].to_numpy().tolist() == [
        ["Cuts spars with care.", "", "removed"],
        ["Sews hems by hand.", "", "removed"],
        ["", "Shapes spars and tests them.", "added"],
        ["", "Joins hems by machine.", "added"],
    ]


def test_a_fact_that_nobody_knows_is_not_called_nothing_to_do(tmp_path):
    pair = ({"entryRequirements": "none"}, {"entryRequirements": "A driving licence"})
    change = ("other facts", "Entry requirements", "none", "A driving licence", "changed")
    assert records_compared(tmp_path, *pair) == [change]
    found = cu.versions(tmp_path / "feed.json")
    assert found.to_do["what_to_do"].tolist()[0] == (
        "The entry requirements (none to A driving licence) changed. Check whether this concerns you."
    )


def test_columns_beside_the_codes_are_compared_without_them(tmp_path):
    rows = {
        "a": "code,text,unit\nK1,Tie knots that hold,One\nK2,Dye silk in humid weather,Two\n",
        "b": "code,text,unit\nK1,Dye silk in humid weather,Two\nK2,Tie knots that hold,Three\n",
    }
    for name, text in rows.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = cu.versions(tmp_path / "a.csv", tmp_path / "b.csv", order="given")
    others = found.changes[found.changes["part"] != "statements"]
    assert others[["part", "name", "old", "new", "change"]].to_numpy().tolist() == [
        ["further columns", "unit", "One; Two", "Two; Three", "changed"]
    ]


# --- Records ----------------------------------------------------------------------------------------------


def records_compared(folder, old, new):
    path = folder / "feed.json"
    # Both have the statements and duties of 1.1.
    records = [
        made_up.record("1.1", **old),
        {**made_up.record("1.1", **new), "version": "1.2", "versionNumber": "1.2"},
    ]
    path.write_text(json.dumps(records), encoding="utf-8")
    found = cu.versions(path)
    changes = found.changes[found.changes["part"] != "dates"]
    return [tuple(row) for row in changes[["part", "name", "old", "new", "change"]].to_numpy()]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            {"maxFunding": None},
            {"maxFunding": 10000},
            ("funding", "Maximum funding", "", "10000", "not compared"),
        ),
        (
            {"eQAProvider": {"providerName": "Ofqual"}},
            {"eQAProvider": {"providerName": "OfS"}},
            ("EQA provider", "EQA provider", "Ofqual", "OfS", "changed"),
        ),
        (
            {"typicalJobTitles": ["Fencer", "Waller"]},
            {"typicalJobTitles": ["Waller", "Ditcher"]},
            ("job titles", "Typical job titles", "Fencer; Waller", "Waller; Ditcher", "changed"),
        ),
        (
            {"regulatedBody": "HSE"},
            {"regulatedBody": "None"},
            ("regulation", "Regulated body", "HSE", "None", "changed"),
        ),
        (
            {"options": [{"optionId": "o1", "title": "Walls"}]},
            {"options": [{"optionId": "o1", "title": "Stone walls"}]},
            ("options", "Walls", "Walls", "", "removed"),
        ),
        (
            {"options": [{"optionId": "o1", "title": "Walls"}]},
            {"options": []},
            ("options", "Walls", "Walls", "", "removed"),
        ),
        (
            {"overviewOfRole": "<p>They mend fences.</p>"},
            {"overviewOfRole": "<p>They mend fences and gates.</p>"},
            (
                *("other text", "Overview of role", "They mend fences.", "They mend fences and gates."),
                "changed",
            ),
        ),
        (
            {"latestStartDate": "2024-08-31"},
            {"latestStartDate": "2025-08-31"},
            ("start and end dates", "Latest start date", "2024-08-31", "2025-08-31", "changed"),
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_records(old, new, expected, tmp_path):
    assert expected in records_compared(tmp_path, old, new)


@pytest.mark.parametrize(
    "both",
    [
        ({"typicalJobTitles": ["Fencer", "Waller"]}, {"typicalJobTitles": ["Waller", "Fencer"]}),
        ({"overviewOfRole": "<p>They mend fences.</p>"}, {"overviewOfRole": "They mend fences"}),
        ({"candidateNotes": "x"}, {"candidateNotes": "X"}),
        ({"change": "Funding revised"}, {"change": "Title revised"}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_records_that_say_the_same(both, tmp_path):
    assert records_compared(tmp_path, *both) == []


def test_what_the_record_says_that_changed_is_the_log(tmp_path):
    path = tmp_path / "feed.json"
    records = [made_up.record("1.0"), made_up.record("1.1", change="Funding band revised")]
    path.write_text(json.dumps(records), encoding="utf-8")
    assert cu.versions(path).frame["log"].tolist() == ["Funding band revised"]


def test_the_lines_of_the_pages_of_a_pdf_are_no_change(tmp_path):
    for version, extra in (("1.0", ""), ("1.1", "It is quiet, and lit well enough to read a plan.")):
        lines = PLAN.format(**{**FIRST, "version": version, "more": extra}).splitlines()
        (tmp_path / f"v{version}.pdf").write_bytes(drawn(lines_page(*lines[:24]), lines_page(*lines[24:])))
    found = cu.versions(tmp_path / "v1.0.pdf", tmp_path / "v1.1.pdf")
    assert not [name for name in found.changes["name"] if name.startswith("page ")]


def test_a_raised_level_of_responsibility_is_told():
    project = cu.example()
    found = cu.versions(project.read("st9901-1.0"), project.read("st9901-1.1"))
    notes = found.changes.loc[found.changes["note"].str.contains("responsibility"), ["name", "note"]]
    assert notes.to_numpy().tolist() == [["S2", "level of responsibility raised: assist with -> carry out"]]
    assert (
        "The level of responsibility was raised in 1 statement (S2). Check the level of your teaching and "
        "assessment."
    ) in found.to_do["what_to_do"].tolist()


MARKS = """Assessment plan for Tuner
Assessment overview
Assessment method	Weighting
Knowledge test	{weight}%
Practical task	70%

Grading
Total mark	Grade
0-49%	Fail
50-{most}%	Pass

KSBs assessed by each assessment method
Knowledge test
K1 Pitch and temper.
Practical task
S1 Tune a string.
"""


def test_weights_and_marks_are_a_part_of_the_plan(tmp_path):
    for name, weight, most in (("ST9956_v1.0.txt", 30, 64), ("ST9956_v1.1.txt", 20, 69)):
        (tmp_path / name).write_text(MARKS.format(weight=weight, most=most), encoding="utf-8")
    found = cu.versions(tmp_path / "ST9956_v1.0.txt", tmp_path / "ST9956_v1.1.txt")
    changes = [tuple(row) for row in found.changes[["part", "name", "old", "new"]].to_numpy()]
    assert [row for row in changes if not row[0].startswith("text of")] == [
        ("overall grades", "Knowledge test", "30%", "20%"),
        ("overall grades", "pass: Total mark", "50-64%", "50-69%"),
    ]
    assert found.to_do["what_to_do"].tolist() == [
        "The assessment plan changed (overall grades: 2 changed; text of the assessment plan: 2 changed). "
        "Check your assessment materials."
    ]
