"""Layouts that once lost or invented something: literal lines of a made-up beekeeper, literal rows."""

from __future__ import annotations

import io
import json

import docx
import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

KSBS = (
    "K1: How bees swarm.\nK2: The law on hives.\nK3: Ways to sell honey.\n"
    "S1: Light a smoker.\nS2: Move a hive.\nB1: Stays calm."
)
STATEMENTS = [tuple(line.split(": ")) for line in KSBS.splitlines()]


def parse(raw, name="bees.txt"):
    raw = raw.encode() if isinstance(raw, str) else raw
    return parse_document(bytes_to_document(raw, name))


def statements(one):
    return [(row.code, row.text) for row in one.statements]


def pairs(one):
    return [(row.duty, row.code) for row in one.rows.duty_ksbs]


def told(one, *severities):
    return [row.rule for row in one.findings if row.severity in severities]


def word(*tables, headings=()):
    """Give the bytes of a Word file with tables below headings."""
    document = docx.Document()
    for at, rows in enumerate(tables):
        if headings:
            document.add_heading(headings[at], 1)
        table = document.add_table(0, len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def refusal(raw, name="bees.txt"):
    with pytest.raises(CurriculumError) as caught:
        parse(raw, name)
    return str(caught.value)


def test_ticks_beside_a_statement_are_in_no_wording():
    rows = [
        ["KSB", "Statement", "Unit 1", "Unit 2"],
        ["K1", "How bees swarm", "x", ""],
        ["S1", "Light", "", "x"],
    ]
    one = parse(word(rows), "bees.docx")
    assert statements(one) == [("K1", "How bees swarm"), ("S1", "Light")]
    assert [(row.name, row.value) for row in one.rows.details] == [("K1: Unit 1", "x"), ("S1: Unit 2", "x")]


def test_codes_above_their_duty_are_paired_with_none():
    one = parse(
        "Occupation duties\n\nDuty\n\nKSBs\nK1 K2\n\nDuty 1 Keep bees\nS1\nB1\nK3\n\nDuty 2 Sell "
        "honey\nS2\n\n"
        f"KSBs\n\n{KSBS}\n"
    )
    assert statements(one) == STATEMENTS
    assert pairs(one) == []
    assert told(one, "error") == ["duty-codes-mixed"]


def test_a_list_below_the_last_duty_is_not_given_to_it():
    one = parse(f"Duty 1 Keep bees\n\nK1 K2\n\nS1\n\nDuty 2 Sell honey\n\nK2\n\nS1 S2\n\n{KSBS}\n")
    expected = [("D1", "K1"), ("D1", "K2"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1"), ("D2", "S2")]
    assert pairs(one) == expected
    assert statements(one) == STATEMENTS


def test_lists_of_codes_alone_are_no_statements():
    message = refusal(
        "## In the project\n\n**K1 (AK1), K2 (AK2)**\n**S1 (AS1)**\n\n## Notes\n\nBring gloves.\n", "bees.md"
    )
    assert "found a list of codes on 2 lines (first: line 3); but no KSB with its wording" in message


def test_a_table_of_duties_and_codes_alone_is_refused():
    message = refusal(
        "<html><body><table><tr><th>Index</th><th>Description</th><th>Knowledge</th></tr><tr><td>1</td>"
        "<td>Keep bees.</td><td>K1 K2</td></tr></table></body></html>",
        "bees.html",
    )
    assert "but no KSB with its wording" in message


def test_statements_one_behind_the_other_on_a_line_are_separated():
    one = parse(KSBS.replace("\n", " ") + "\n")
    assert statements(one) == STATEMENTS
    assert told(one, "note") == ["several-on-a-line"]


def test_markdown_duties_with_their_codes_above_the_list():
    one = parse(
        "# Beekeeper\n\n## Duties\n\n### Duty 1: Keep bees\n\nKSBs: K1, S1\n\n### Duty 2: Sell "
        "honey\n\nKSBs: K3, S2\n\n"
        "## Knowledge\n\n- **K1** How bees swarm.\n- **K3** Ways to sell.\n\n## Skills\n\n- **S1** "
        "Light.\n- **S2** Move.\n",
        "bees.md",
    )
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Keep bees"), ("D2", "Sell honey")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K3"), ("D2", "S2")]
    assert [code for code, _ in statements(one)] == ["K1", "K3", "S1", "S2"]


def test_markdown_tables_of_codes_and_wordings():
    table = "| KSB | Description |\n| --- | --- |\n"
    one = parse(
        f"# KSBs\n\n#### Knowledge\n\n{table}| **K1:** | How bees swarm. |\n| **K2:** | The law. |\n\n"
        f"#### Skills\n\n{table}| **S1:** | Light. |\n",
        "bees.md",
    )
    assert statements(one) == [("K1", "How bees swarm."), ("K2", "The law."), ("S1", "Light.")]
    assert one.findings == ()


def test_duties_with_codes_alone_are_refused_with_what_is_missing():
    message = refusal("DUTY\n\nKSBS\n\nDuty 1 Keep bees\n\nK1 K2\n\nDuty 2 Sell honey\n\nS1 S2\n")
    assert "found “Duty n” on 2 lines (first: line 5); a list of codes on 2 lines" in message
    assert "Add the KSBs with their wordings" in message


def test_an_official_record_has_its_codes_by_position():
    ids = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(5)]
    record = {
        **{"referenceNumber": "ST9901", "version": "1.0", "title": "Beekeeper", "level": 2, "options": []},
        "knowledges": [
            {"knowledgeId": ids[0], "detail": "How bees swarm."},
            {"knowledgeId": ids[1], "detail": "<p>Hives &amp; frames.</p>"},
        ],
        "skills": [{"skillId": ids[2], "detail": "Light a smoker."}],
        "behaviours": [],
        "duties": [
            {
                **{"dutyID": ids[4], "dutyDetail": "Keep bees", "isThisACoreDuty": 1, "mappedOptions": None},
                **{"mappedKnowledge": [ids[1]], "mappedSkills": [ids[2]], "mappedBehaviour": []},
            }
        ],
    }
    one = parse(json.dumps(record), "bees.json")
    assert statements(one) == [
        ("K1", "How bees swarm."),
        ("K2", "Hives & frames."),
        ("S1", "Light a smoker."),
    ]
    assert pairs(one) == [("D1", "K2"), ("D1", "S1")]
    assert (one.facts.reference, one.facts.version) == ("ST9901", "1.0")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (json.dumps([{"Code": code, "Description": text} for code, text in STATEMENTS]), "bees.json"),
        ("ID,Description\n" + "".join(f"{code},{text}\n" for code, text in STATEMENTS), "bees.csv"),
    ],
)
def test_lists_of_codes_and_descriptions(raw, name):
    assert statements(parse(raw, name)) == STATEMENTS


def test_further_columns_of_a_list_are_kept_and_told():
    rows = "".join(f"{code},AM1,{text},Describes it ({code})\n" for code, text in STATEMENTS)
    one = parse(f"Code,Method,Description,Pass\n{rows}", "bees.csv")
    assert statements(one) == STATEMENTS
    assert told(one, "note") == ["further-column"]
    assert ("K2: Pass", "Describes it (K2)") in [(row.name, row.value) for row in one.rows.details]


DUTY_TABLE = (
    "<h2>Details of the occupational standard</h2><h3>Occupation "
    "duties</h3><table><tr><th>Duty</th><th>KSBs</th>"
    "</tr><tr><td>Duty 1 Keep "
    "bees</td><td><p>K1</p><p>S1</p></td></tr></table><h2>KSBs</h2><h3>Knowledge</h3>"
    "<p>K1: How bees swarm.</p><h3>Skills</h3><p>S1: Light a smoker.</p>"
)


def test_key_information_in_a_list_of_terms():
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{value}</dd></div>"
        for name, value in (("Reference", "ST9901"), ("Version", "1.1"), ("Level", "3"))
    )
    one = parse(
        f"<html><body><h1>Beekeeper</h1><h2>Key information</h2><dl>{rows}</dl>{DUTY_TABLE}</body></html>",
        "bees.html",
    )
    assert (one.facts.reference, one.facts.version, one.facts.level) == ("ST9901", "1.1", "3")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1")]


def test_the_footer_of_a_page_is_in_no_wording():
    one = parse(
        "K1: How bees swarm.\nK2: The law that applies to\nST9901/AP02  Page 3 of 8\nhives.\nS1: Light.\n"
    )
    assert statements(one) == [
        ("K1", "How bees swarm."),
        ("K2", "The law that applies to hives."),
        ("S1", "Light."),
    ]
    assert told(one, "note") == ["page-footer"]


def test_a_unit_in_the_columns_of_a_pdf():
    one = parse(
        "BEEAB02\nCatch a swarm\n\n\nPerformance      You must be able to:\ncriteria\n"
        "                 P1    find the cluster and note how high it\n                       hangs\n"
        "                 P2    choose a box\n\nBEEAB02 Catch a swarm                            1\nBEEAB02\n"
        "Catch a swarm\n\nKnowledge and    You need to know and understand:\nunderstanding\n"
        "                 K1    why bees swarm\n                 K2    the kinds of box\n\n"
        "Developed by: Bee Skills\nVersion Number: 2\nDate Approved: March 2021\nOriginal URN: BEEAB02\n"
    )
    assert statements(one) == [
        ("P1", "find the cluster and note how high it hangs"),
        ("P2", "choose a box"),
        ("K1", "why bees swarm"),
        ("K2", "the kinds of box"),
    ]
    assert one.findings == ()
    assert [(row.name, row.value) for row in one.rows.details] == [
        ("Developed by", "Bee Skills"),
        ("Version Number", "2"),
        ("Date Approved", "March 2021"),
        ("Original URN", "BEEAB02"),
    ]


def test_codes_with_the_same_letter_before_them():
    raw = "".join(f"A{code}: {text}\n" for code, text in STATEMENTS)
    assert statements(parse(raw)) == [(f"A{code}", text) for code, text in STATEMENTS]


def test_the_tables_of_grades_of_a_page():
    one = parse(
        f"<html><body><h2>Key information</h2><ol><li>Reference: ST9901</li></ol>{DUTY_TABLE}"
        "<h2>End-point assessment "
        "plan</h2><h2>Grading</h2><h3>Interview</h3><table><tr><th>Theme<br>KSBs</th>"
        "<th>Pass<br>Apprentices must demonstrate all of the pass "
        "descriptors</th><th>Distinction<br>Apprentices "
        "must demonstrate all of the pass descriptors and all of the distinction "
        "descriptors</th></tr><tr><td>"
        "<strong>Swarms</strong><br>K1 S1</td><td><p>Catches a swarm.</p><p>K1, S1</p></td><td><p>No "
        "distinction "
        "grading criteria.</p></td></tr></table><h2>Overall EPA grading</h2><table><tr><th>Interview</th>"
        "<th>Practical test</th><th>Overall Grading</th></tr><tr><td>Fail</td><td>Any "
        "grade</td><td>Fail</td></tr>"
        "<tr><td>Pass</td><td>Pass</td><td>Pass</td></tr></table></body></html>",
        "bees.html",
    )
    assert [(row.grades, row.overall_grade) for row in one.rows.overall_grades] == [
        (("fail", "any grade"), "fail"),
        (("pass", "pass"), "pass"),
    ]
    assert [(row.theme, row.text, row.codes) for row in one.rows.descriptors] == [
        ("Swarms", "Catches a swarm.", ("K1", "S1"))
    ]
    assert told(one, "error") == []


def test_a_third_column_of_duties_is_in_no_wording_and_no_pair():
    duties = [
        ["Duty", "KSBs", "Method"],
        ["Duty 1 Keep bees", "K1 S1", "Interview"],
        ["Duty 2 Sell", "K2 S1", "Test"],
    ]
    ksbs = [
        ["KSB", "Statement", "Method"],
        ["K1", "How bees swarm.", "Interview"],
        ["K2", "The law.", "Test"],
    ]
    ksbs.append(["S1", "Light a smoker.", "Observation"])
    one = parse(word(duties, ksbs, headings=["Duties", "KSBs"]), "bees.docx")
    assert statements(one) == [("K1", "How bees swarm."), ("K2", "The law."), ("S1", "Light a smoker.")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
