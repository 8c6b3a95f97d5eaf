"""Lists without codes below the headings of kinds: numbered by order, and said so."""

from __future__ import annotations

import pytest

from curriculum.errors import UnsupportedFormat

LISTS = """
Stable hand

Knowledge
1. How hay is stored
2. The parts of the hoof
and the work of the farrier
Skills
• Lead a horse
• Clean a stable
Behaviours
- Be kind to horses
Entry requirements
"""


def test_items_are_numbered_by_their_order_and_a_note_says_so(read):
    one = read(LISTS)
    assert [(row.code, row.text, row.first_line, row.last_line) for row in one.statements] == [
        ("K1", "How hay is stored", 4, 4),
        ("K2", "The parts of the hoof and the work of the farrier", 5, 6),
        ("S1", "Lead a horse", 8, 8),
        ("S2", "Clean a stable", 9, 9),
        ("B1", "Be kind to horses", 11, 11),
    ]
    assert one.recognition == (
        "KSB listing without codes",
        "lists below the headings of kinds (lines 3, 7, 10)",
    )
    assert one.facts.title == "Stable hand"
    assert [(row.rule, row.severity, row.line, row.message) for row in one.findings] == [
        ("numbers-lost", "note", 4, "the 5 items print no codes: they are numbered by their order"),
        ("unplaced-line", "warning", 12, "not placed: “Entry requirements”"),
    ]


def test_a_second_list_of_a_kind_goes_on_counting(read):
    one = read("Knowledge\n• Hay\nSkills\n• Lead a horse\nTechnical knowledge\n• Hooves\n")
    assert [(row.code, row.text) for row in one.statements] == [
        ("K1", "Hay"),
        ("K2", "Hooves"),
        ("S1", "Lead a horse"),
    ]


def test_nothing_behind_the_end_of_a_list_is_an_item(read):
    one = read("Knowledge\n• Hay\nSkills\n• Lead a horse\nNext steps\n• Apply in spring\n")
    assert [row.text for row in one.statements] == ["Hay", "Lead a horse"]
    assert [row.line for row in one.findings if row.rule == "unplaced-line"] == [5, 6]


def test_printed_codes_are_never_replaced_by_the_order(read):
    one = read("Knowledge\n• K4: Hay\nSkills\n• S9: Lead a horse\n")
    assert [row.code for row in one.statements] == ["K4", "S9"]
    assert one.recognition.kind == "KSB listing"


@pytest.mark.parametrize(
    "text",
    [
        "Knowledge\n• Hay\n• Hooves\n",
        "Knowledge\nHay\nSkills\nLead a horse\n",
        "Knowledge\nSkills\nBehaviours\n",
    ],
)
def test_one_list_or_plain_lines_are_no_such_listing(text, read):
    with pytest.raises(UnsupportedFormat):
        read(text)


def test_codes_in_a_form_that_is_not_read_are_no_items_without_codes(read):
    one = read("Knowledge\n• K/1 Hay\n• K/2 Hooves\nSkills\n• S/1 Lead a horse\n• Clean a stable\n")
    (finding,) = [row for row in one.findings if row.rule == "numbers-lost"]
    assert (finding.severity, finding.line) == ("error", 2)
    assert finding.message.startswith(
        "3 of 4 items begin with what may be a code, such as K/1, and is not read"
    )


def test_a_few_items_that_begin_like_a_code_are_items(read):
    one = read("Knowledge\n• M3 bolts\n• Hay\nSkills\n• Lead a horse\n")
    assert [row.severity for row in one.findings if row.rule == "numbers-lost"] == ["note"]


def test_a_dot_between_the_letter_and_the_number_is_no_part_of_the_wording(read):
    one = read("Knowledge\n- **K.1** Hay\n- **K.3** Is it dry\nSkills\n- **S.1** Lead a horse\n")
    assert [(row.code, row.text) for row in one.statements] == [
        ("K1", "Hay"),
        ("K3", "Is it dry"),
        ("S1", "Lead a horse"),
    ]
