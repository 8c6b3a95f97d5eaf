"""Lists without codes in the layouts of standards from 2015: headings, tables, lead-ins, pages."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import UnsupportedFormat
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.kind_headings import text_to_letters


def parse(raw, name="mine.txt"):
    return parse_document(bytes_to_document(raw.encode(), name))


def statements(one):
    return [(row.code, row.text) for row in one.statements]


def told(one):
    return [(row.rule, row.severity, row.line) for row in one.findings if row.rule != "reading"]


ROPE = [("K1", "Hemp"), ("K2", "Knots"), ("S1", "Lay rope"), ("S2", "Coil rope"), ("B1", "Patience")]


@pytest.mark.parametrize(
    ("knowledge", "skills", "behaviours"),
    [
        ("Technical knowledge", "Core skills", "Behaviours"),
        ("Occupational knowledge and understanding", "Competencies", "Attitudes and behaviours"),
        ("Knowledge requirements", "Skill requirements", "Behavioural requirements"),
        ("KNOWLEDGE & UNDERSTANDING", "SKILLS:", "BEHAVIOURS"),
        (
            "Knowledge: the apprentice will know and understand",
            "Skills – the apprentice will be able to:",
            "Behaviours (what is expected)",
        ),
        (
            "Rope makers will have knowledge of:",
            "Rope makers must be able to:",
            "They will show the behaviours:",
        ),
        (
            "Knowledge\nThe apprentice will know:",
            "Skills\nThe apprentice will be able to:",
            "Behaviours\nThe apprentice must be:",
        ),
    ],
)
@pytest.mark.parametrize("sign", ["•", "-", "1.", "1", "(1)", "o"])
def test_headings_and_signs(knowledge, skills, behaviours, sign):
    second = sign.replace("1", "2")
    one = parse(
        f"Rope maker\n\nRequirements\n{knowledge}\n{sign} Hemp\n{second} Knots\n\n{skills}\n{sign} Lay rope\n"
        f"{second} Coil rope\n{behaviours}\n{sign} Patience\n"
    )
    assert statements(one) == ROPE
    assert one.facts.title == "Rope maker"
    assert [row[:2] for row in told(one)] == [("numbers-lost", "note")]


@pytest.mark.parametrize(
    "text", ["Knowledge of hay", "Skills and knowledge", "Behaviour of horses", "Skilled work"]
)
def test_what_is_no_heading_of_a_kind(text):
    assert text_to_letters(text) == ""


COLUMNS = "<tr><th>Skills</th><th>Knowledge</th></tr>"


def test_a_column_for_each_kind():
    page = (
        f"<html><body><h1>Rope maker</h1><table>{COLUMNS}<tr><td><ul><li>Lay rope</li><li>Coil rope</li></ul>"
        "</td><td><ul><li>Hemp</li><li>Knots, such as<ul><li>reef</li></ul></li></ul></td></tr>"
        "<tr><td>Splice rope</td><td>Strength</td></tr></table><h2>Behaviours</h2><ul><li>Patience</li></ul>"
        "</body></html>"
    )
    one = parse(page, "mine.html")
    assert statements(one) == [
        ("K1", "Hemp"),
        ("K2", "Knots, such as • reef"),
        ("K3", "Strength"),
        *(("S1", "Lay rope"), ("S2", "Coil rope"), ("S3", "Splice rope"), ("B1", "Patience")),
    ]
    assert [row[:2] for row in told(one)] == [("numbers-lost", "note")]


def test_three_columns_with_tabs():
    one = parse(
        "Knowledge\tSkills\tBehaviours\n• Hemp\t• Lay rope\t• Patience\n• Knots\t• Coil rope\t• Care\n"
    )
    assert statements(one) == [*ROPE, ("B2", "Care")]


@pytest.mark.parametrize("heading", ["Description", "What is required"])
def test_an_area_beside_each_wording_is_kept_and_in_no_wording(heading):
    def table(*rows):
        return "".join(f"<tr><td>{area}</td><td>{text}</td></tr>" for area, text in rows)

    head = f"<tr><th>Area</th><th>{heading}</th></tr>"
    knowledge = head + table(("Stuff", "Hemp"), ("Ties", "Knots"))
    skills = head + table(("Laying", "Lay rope"), ("Coiling", "Coil rope"))
    page = (
        f"<html><body><h1>Rope maker</h1><h2>Knowledge</h2><table>{knowledge}</table>"
        f"<h2>Skills</h2><table>{skills}</table><h2>Behaviours</h2><p><b>Patience:</b> waits</p>"
        "</body></html>"
    )
    one = parse(page, "mine.html")
    assert statements(one) == [*ROPE[:4], ("B1", "Patience: waits")]
    assert [(row.section, row.name, row.value) for row in one.rows.details] == [
        ("further columns", f"{code}: Area", area)
        for code, area in (("K1", "Stuff"), ("K2", "Ties"), ("S1", "Laying"), ("S2", "Coiling"))
    ]
    assert [row[:2] for row in told(one)] == [("further-column", "note"), ("numbers-lost", "note")]


def test_it_is_a_warning_if_no_heading_tells_which_column_has_the_wordings():
    one = parse(
        "Rope maker\nKnowledge\nStuff\tHemp\nTies\tKnots\nSkills\nLaying\tLay rope\nCoiling\tCoil rope\n"
    )
    assert statements(one) == ROPE[:4]
    assert [row[:2] for row in told(one)] == [("further-column", "warning"), ("numbers-lost", "note")]


def test_lead_ins_begin_items_and_wrapped_lines_go_on():
    one = parse(
        "Sail maker\nKnowledge\nCloth: The kinds of cloth, and how each\nstretches\nThread: Weights\n"
        "Skills\nSewing: Sew seams\n"
    )
    assert statements(one) == [
        ("K1", "Cloth: The kinds of cloth, and how each stretches"),
        ("K2", "Thread: Weights"),
        ("S1", "Sewing: Sew seams"),
    ]


def test_a_page_break_within_a_list():
    one = parse(
        "Candle maker\nKnowledge\n– Wax\n– Wicks, which are\nPage 1 of 3\nCandle maker\nmade of cotton\n"
        "Skills\n– Dip candles\nPage 2 of 3\nCandle maker\n– Cut wicks\n"
    )
    assert statements(one) == [
        ("K1", "Wax"),
        ("K2", "Wicks, which are made of cotton"),
        ("S1", "Dip candles"),
        ("S2", "Cut wicks"),
    ]
    assert "unplaced-line" not in [row[0] for row in told(one)]


@pytest.mark.parametrize(
    ("within", "severities"),
    [
        (": \n  – PVC\n  – SWA", ["note"]),
        (":\n– PVC\n– SWA", ["note"]),
        ("\n  – PVC\n  – SWA", ["note"]),
        ("\n– PVC\n– SWA", ["note", "warning", "warning"]),
    ],
)
def test_items_within_items(within, severities):
    one = parse(f"Knowledge\n• Kinds of cable{within}\n• Tools\nSkills\n• Pull cable\n")
    assert [(row.code, row.text.replace(":", "")) for row in one.statements] == [
        ("K1", "Kinds of cable – PVC – SWA"),
        ("K2", "Tools"),
        ("S1", "Pull cable"),
    ]
    assert sorted(row[1] for row in told(one)) == severities


def test_items_with_the_same_sign_below_an_item_that_announces_them_are_an_error():
    one = parse("Knowledge\n• Kinds of cable:\n• PVC\n• SWA\nSkills\n• Pull cable\n")
    assert ("numbers-lost", "error", 2) in told(one)


@pytest.mark.parametrize(
    "below",
    [
        "They will know hay, and how it is stored in the barn over the winter.",
        "Hay\nHooves\nHow hay is stored",
    ],
)
def test_sentences_and_bare_lines_are_refused_with_what_to_do(below):
    text = f"Stable hand\nKnowledge\n{below}\nSkills\n{below}\nBehaviours\nKind\n"
    with pytest.raises(UnsupportedFormat) as caught:
        parse(text)
    message = str(caught.value)
    assert "found the headings “Knowledge” (line 2), “Skills” (line" in message
    assert (
        "and no list of items below them. Sentences and lines without a sign are not read as KSBs" in message
    )
