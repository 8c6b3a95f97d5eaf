"""The grammars on small texts of their own: other occupations, other prints, other faults."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.documents.document import Document
from curriculum.errors import CurriculumError, UnreadableFile, UnsupportedFormat
from curriculum.model.codes import code_to_sort_key
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.lines import texts_to_lines

NOS = """
Shoe a horse
Suite: Farriery
Date approved: 1st March 2021
Overview
This unit is about shoeing.
Performance criteria
You must be able to:
P1. choose a shoe
P2. fit the shoe
    to the hoof
P4. check the gait
Knowledge and understanding
You need to know and understand:
- how hooves grow
- the tools of
farriers
Note this well
Glossary
clinch: the bent end of a nail
Keywords
horses; shoes
"""


def texts(parsed):
    return {row.code: row.text for row in parsed.statements}


def findings(parsed, rule):
    return [(row.line, row.message) for row in parsed.findings if row.rule == rule]


def test_nos_unit_with_printed_codes_bullets_and_a_gap(read):
    one = read(NOS)
    assert one.recognition.kind == "NOS unit"
    assert texts(one) == {
        "P1": "choose a shoe",
        "P2": "fit the shoe to the hoof",
        "P4": "check the gait",
        "K1": "how hooves grow",
        "K2": "the tools of farriers",
    }
    assert one.facts.approved_date == "2021-03-01"
    assert findings(one, "unplaced-line") == [(17, "not placed: “Note this well”")]
    assert [(d.name, d.value) for d in one.rows.details] == [
        ("Suite", "Farriery"),
        ("Date approved", "1st March 2021"),
        ("Glossary", "clinch: the bent end of a nail"),
        ("Keywords", "horses; shoes"),
    ]
    assert (one.rows.sections[0].heading, one.rows.sections[0].is_inferred) == ("Overview", False)


def test_printed_codes_of_a_nos_unit_are_kept_in_any_order(read):
    parsed = read(
        "Groom a horse\nPerformance criteria\nP1 Brush the coat\nP3 Pick the hooves\nP2 Wash the tail\n"
        "Knowledge and understanding\nK1 Parts of the coat\nK2 Kinds of brushes\nK2 Kinds of soap\n"
    )
    assert texts(parsed)["P3"] == "Pick the hooves"
    assert [row.code for row in parsed.rows.occurrences] == ["P1", "P3", "P2", "K1", "K2", "K2"]
    assert findings(parsed, "numbers-lost") == []
    assert [line for line, _ in findings(parsed, "several-wordings")] == [8]


def test_nos_unit_without_its_knowledge_is_refused(read):
    with pytest.raises(UnreadableFile, match="knowledge and understanding"):
        read("Shoe a horse\n\nPerformance criteria\n\n1. choose a shoe\n\n2. fit it")


def test_a_wider_gap_inside_an_evenly_spaced_list_marks_what_was_cut(read):
    one = read(
        "Unit\n\nPerformance criteria\n\n1. choose a\n\nshoe\n\n1. fit the shoe in line with\n\n\n"
        "1. check the gait\n\nKnowledge and understanding\n\n1. hooves"
    )
    assert [row.code for row in one.statements if row.is_truncated] == ["P2"]


LISTING = """
Farrier standard
Overview
Farriers shoe horses.
Duties
Duty 1: shoe horses
K1: The hoof
- **S1:** Trim the hoof
and balance it
Duty 2 (Racing) shoe racehorses
K1: The hoof.
K2 – Plates
Something else here
Option B: Draught horses
Duty 3: shoe draught horses
K2: Plates and rims
K02: Plates
"""


def test_duty_listing_of_another_occupation(read):
    one = read(LISTING)
    assert one.recognition.kind == "duty listing"
    assert one.facts.title == "Farrier standard"
    assert [(d.code, d.option, d.text) for d in one.duties] == [
        ("D1", "core", "shoe horses"),
        ("D2", "Racing", "shoe racehorses"),
        ("D3", "Draught horses", "shoe draught horses"),
    ]
    assert texts(one) == {"K1": "The hoof", "K2": "Plates", "S1": "Trim the hoof and balance it"}
    assert {row.code: row.option for row in one.statements} == {
        "K1": "core",
        "K2": "Racing; Draught horses",
        "S1": "core",
    }
    assert findings(one, "unplaced-line") == [(12, "not placed: “Something else here”")]
    assert findings(one, "several-wordings") == [
        (11, "K2 is printed with 2 wordings: without them on lines 11 and 16; “and rims” on line 15")
    ]


def test_ksb_listing_in_markdown(read):
    one = read("# Farrier\n\n- **K1:** The hoof\n- **K2:** The shoe\n- **S1:** Trim it\n")
    assert texts(one) == {"K1": "The hoof", "K2": "The shoe", "S1": "Trim it"}


@pytest.mark.parametrize(
    "text",
    [
        "K1: The hoof\nK2: The shoe\nS1: Trim it",
        "K1. The hoof\nK2) The shoe\nS1 – Trim it",
        "K1 The hoof\nK2 The shoe\nS1 Trim it",
        "K1\tThe hoof\nK2\tThe shoe\nS1\tTrim it",
        "K1\nThe hoof\nK2\nThe shoe\nS1\nTrim it",
        "Knowledge\n•\tK1: The hoof\n•\tK2: The shoe\nSkills\n•\tS1: Trim it",
        "K01: The hoof\nK02: The\nshoe\nS01: Trim it",
    ],
)
def test_labels_as_people_and_programs_print_them(read, text):
    one = read(text)
    assert texts(one) == {"K1": "The hoof", "K2": "The shoe", "S1": "Trim it"}
    assert not one.findings


def test_foundation_codes_are_read(read):
    one = read("TK1: Tools\nTS1: Use tools\nESB1: Be on time")
    assert [row.code for row in one.statements] == ["TK1", "TS1", "ESB1"]


STANDARD = """
Key information
Reference: ST9999
Version: 1.10
Level: 3
Occupation duties
Duty KSBs
Duty 1 Shoe horses.
K1 S1
Duty 2 Run a forge.
K2
K9
KSBs
Knowledge
K1: The hoof.
K2: The forge.
Skills
S1: Trim the hoof.
Apprenticeship assessment plan
Assessment method 1 - practical test:
Assessment method 2 - interview:
Grading
Interview
Theme
KSBs
Pass
Distinction
Anatomy
K1 S1
Explains the hoof.
K1
Shows how to trim it.
S1
Weighs methods of trimming.
S1
Forge
K2
Explains the forge.
K2
No distinction grading criteria.
KSB mapping table
Knowledge Assessment methods
K1
The hoof.
Back to Grading
Interview
K2: Core.
The forge.
Practical test
Skill Assessment methods
S1
Trim the hooves.
Interview
"""


def test_standard_without_options_or_blank_lines(read):
    one = read(STANDARD)
    assert one.recognition.kind == "occupational standard"
    assert (one.facts.reference, one.facts.version) == ("ST9999", "1.10")
    assert [(m.code, m.name) for m in one.methods] == [("M1", "Practical test"), ("M2", "Interview")]
    assert [(t.name, t.option, t.method, t.codes) for t in one.themes] == [
        ("Anatomy", "", "M2", ("K1", "S1")),
        ("Forge", "", "M2", ("K2",)),
    ]
    assert [(d.theme, d.grade, d.codes) for d in one.rows.descriptors] == [
        ("Anatomy", "pass", ("K1",)),
        ("Anatomy", "pass", ("S1",)),
        ("Anatomy", "distinction", ("S1",)),
        ("Forge", "pass", ("K2",)),
    ]


def test_prints_that_disagree_are_found(read):
    one = read(STANDARD)
    assert findings(one, "undefined-code") == [(11, "duty 2 names K9, which is defined nowhere")]
    assert findings(one, "several-wordings") == [
        (17, "S1 is printed with 2 wordings: “hoof” on line 17; “hooves” on line 50")
    ]
    assert findings(one, "method-differs") == [
        (48, "K2 is assessed by M1 in the mapping table and by M2 in the theme “Forge” (line 35)")
    ]


BROWSER = """
Reference:\tST9999
Key information
Reference:\tST9999
Level:\t3
Occupation duties
Duty\tCriteria\tKSBs
Duty 1 Shoe horses.\tDone with care.\tK1 S1
Duty 2
Run a forge.
K2-K3
Duty 3 Keep books. (K3, S2)
KSBs
Knowledge
K1\tThe hoof, and the
Horse Welfare Act.
K2\tTypes of forge:
• gas
• coal
K3: Law
Skills
S1: Trim.
S2: Count.
Grading
Interview
Fail - does not meet the pass criteria
Theme\tKSBs\tPass\tMerit\tDistinction
Anatomy
K1 S1\tExplains the hoof. (K1)\tShows how to trim it. (S1)\tCompares ways of trimming. (S1)\tJudges them. (S1)
Overall grading
Interview\tOverall grading
Pass\tPass
KSB mapping table
Knowledge\tAssessment methods
K1: Core. The hoof, and the Horse Welfare Act.\tInterview
Version log
Version\tChange detail\tEarliest start date\tLatest start date\tLatest end date
1.0\tApproved for delivery\t01/08/2025\tNot set\tNot set
"""


def test_page_copied_from_a_browser_with_its_tables_in_tabs(read):
    one = read(BROWSER)
    assert (one.recognition.kind, one.facts.reference, one.facts.level) == (
        "occupational standard",
        "ST9999",
        "3",
    )
    assert [(d.code, d.text) for d in one.duties] == [
        ("D1", "Shoe horses."),
        ("D2", "Run a forge."),
        ("D3", "Keep books."),
    ]
    assert [(p.duty, p.code) for p in one.rows.duty_ksbs] == [
        ("D1", "K1"),
        ("D1", "S1"),
        ("D2", "K2"),
        ("D2", "K3"),
        ("D3", "K3"),
        ("D3", "S2"),
    ]
    assert texts(one)["K1"] == "The hoof, and the Horse Welfare Act."
    assert texts(one)["K2"] == "Types of forge: • gas • coal"
    assert [(d.grade, d.text) for d in one.rows.descriptors] == [
        ("pass", "Explains the hoof."),
        ("pass", "Shows how to trim it."),
        ("merit", "Compares ways of trimming."),
        ("distinction", "Judges them."),
    ]
    assert [m.name for m in one.methods] == ["Interview"]
    assert [(row.grades, row.overall_grade) for row in one.rows.overall_grades] == [(("pass",), "pass")]
    assert [row.version for row in one.rows.version_log] == ["1.0"]
    assert {row.code: row.option for row in one.statements}["K1"] == "core"


def test_a_cell_that_nothing_reads_is_reported(read):
    assert findings(read(BROWSER), "unplaced-line") == [(7, "not placed: the cell “Done with care.”")]


@pytest.mark.parametrize(
    "titles",
    [
        "Farrier\nHorse shoer",
        "• Farrier\n• Horse shoer",
        "Farrier, Horse shoer",
        "Farrier; Horse shoer\nNext heading",
    ],
)
def test_job_titles_as_a_list_or_in_a_line(read, titles):
    one = read(f"Key information\nLevel: 3\nTypical job titles include:\n{titles}\n\n" + BROWSER)
    assert [d.value for d in one.rows.details if d.section == "job titles"] == ["Farrier", "Horse shoer"]


def test_two_standards_in_one_file_are_refused(read):
    second = BROWSER.replace("ST9999", "ST8888")
    with pytest.raises(
        CurriculumError, match=r"more than one standard; .* ST9999 on line 3, ST8888 on line 41"
    ):
        read(BROWSER + second)


def test_foundation_apprenticeship_needs_no_duties(read):
    one = read(
        "Key information\nReference: FA0003\nTechnical knowledge\nTK1: Safety."
        "\nTechnical skills\nTS1: Use tools."
        "\nEmployability skills and behaviours\nESB1: Be on time."
    )
    assert texts(one) == {"TK1": "Safety.", "TS1": "Use tools.", "ESB1": "Be on time."}
    assert one.facts.reference == "FA0003"


@pytest.mark.parametrize("joint", ["\n", "\t", ": ", " "])
def test_nos_unit_with_its_codes_in_a_column(read, joint):
    one = read(
        "FARR12\nShoe a horse\nPerformance\ncriteria\nYou must be able to:\n"
        f"P1{joint}trim in line with\nCOSHH\n"
        f"P2{joint}fit the shoe\nKnowledge and understanding\nYou need to know and understand:\n"
        f"K1{joint}types of shoe:\n• front\n• hind\nK2{joint}nails\n"
        "Scope/range\nhorses\nDate approved\nJune 2010\nSuite\nFarriery"
    )
    assert texts(one) == {
        "P1": "trim in line with COSHH",
        "P2": "fit the shoe",
        "K1": "types of shoe: • front • hind",
        "K2": "nails",
    }
    assert (one.facts.title, one.facts.reference, one.facts.approved_date) == (
        "Shoe a horse",
        "FARR12",
        "2010-06",
    )
    assert [d.value for d in one.rows.details] == ["horses", "June 2010", "Farriery"]
    assert not one.findings


def test_a_ksb_of_two_options_keeps_both_rows(read):
    from curriculum.parsing.parsed_tables import parsed_to_tables

    one = read(
        "KSB mapping table\nKnowledge Assessment methods\nK1: Radio.\nHow to plan.\nInterview\n"
        "K1: Television.\nHow to plan.\nInterview"
    )
    frame = parsed_to_tables([one]).statement_methods
    assert frame["option"].tolist() == ["Radio", "Television"]
    assert [row.option for row in one.statements] == ["Radio; Television"]


def test_a_row_of_grades_that_does_not_fit_is_reported(read):
    from curriculum.parsing.parsed_tables import parsed_to_tables

    one = read(BROWSER.replace("Pass\tPass\n", "Pass\tPass\tPass\n"))
    assert [message for _, message in findings(one, "grades-differ")] == [
        "2 grades, and not as many methods; the row is in no table"
    ]
    assert parsed_to_tables([one]).overall_grades.empty


def test_wording_that_looks_like_a_menu_is_kept(read):
    one = read("K1: How to plan the\nprint production and finishing\nK2: The shoe")
    assert texts(one)["K1"] == "How to plan the print production and finishing"


def test_gaps_in_the_numbers_are_reported(read):
    one = read("K1: The hoof\nK4: The shoe\nS2: Trim")
    assert findings(one, "numbering-gap") == [
        (2, "K2, K3 are nowhere: the numbers go on to K4"),
        (3, "S1 is nowhere: the numbers go on to S2"),
    ]


def test_footer_within_a_list_does_not_end_it(read):
    one = read("K1: The hoof\nCrown copyright 2023. All rights reserved.\nPage 3 of 21\nK2: The shoe")
    assert list(texts(one)) == ["K1", "K2"]


@pytest.mark.parametrize(
    "text",
    [
        "code,text\nK1,The hoof\n",
        "sep=;\nKSB;Description;Notes\nk 1;The hoof;x\n",
        "\ntext\tcode\nThe hoof\tK1:\n",
        'code,text\nK01,"The\nhoof"\n',
    ],
)
def test_code_tables(read, text):
    assert texts(read(text)) == {"K1": "The hoof"}


def test_assessment_plan_alone(read, parsed):
    lines = parsed["st0792-1.2"].document.lines
    one = read("\n".join(lines[372:]))
    assert one.recognition.kind == "assessment plan"
    assert (len(one.statements), len(one.themes), len(one.methods)) == (56, 17, 2)
    assert not one.duties


def test_standard_alone(read, parsed):
    lines = parsed["st0792-1.2"].document.lines
    one = read("\n".join(lines[:372]))
    assert one.recognition.kind == "occupational standard"
    assert (len(one.statements), len(one.duties), len(one.themes)) == (56, 12, 0)
    assert {row.code: row.option for row in one.statements}["K17"] == "Production coordinator"
    assert one.is_option_inferred


@pytest.mark.parametrize(("first", "last", "missing"), [(247, 366, "KSBs"), (57, 245, "duties")])
def test_standard_with_a_section_lost_is_refused(read, parsed, first, last, missing):
    lines = [*parsed["st0792-1.2"].document.lines]
    with pytest.raises(UnreadableFile, match=f"expected {missing}"):
        read("\n".join([*lines[: first - 1], *lines[last:]]))


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (249, 366, "KSBs"),
        (692, 946, "Grading"),
        (1134, 1472, "KSB mapping table"),
        (1476, 1695, "Mapping of KSBs to grade themes"),
        (1701, 1704, "Version log"),
    ],
)
def test_table_of_a_plan_that_is_lost_is_an_error_that_throws_nothing_away(read, parsed, first, last, title):
    lines = [*parsed["st0792-1.2"].document.lines]
    one = read("\n".join([*lines[: first - 1], *lines[last:]]))
    assert len(one.statements) == 56
    assert [(row.severity, row.rule) for row in one.findings if f"“{title}”" in row.message] == [
        ("error", "empty-section")
    ]


def test_shell_of_a_saved_page_is_refused(read):
    with pytest.raises(UnreadableFile, match="KSBs"):
        read(
            "Key information\n1. Reference: ST0792\nOccupation duties\nDuty 1 Shoe horses.\nK1\nKSBs\nLoading"
        )


def test_prose_is_of_no_kind(read):
    with pytest.raises(UnsupportedFormat, match="KSBs are read if each begins with its code"):
        read("Dear all,\n\nplease find the standard attached.")


WORDS = st.sampled_from(
    [
        "K1: The hoof",
        "K1\tThe hoof\tlost cell",
        "Duty 3\tfit\tK2",
        "Duty\tKSBs",
        "Duty 4",
        "P1",
        "P1\tfit",
        "K2",
        "K1 S1",
        "Duty 1: shoe",
        "Duty 2 fit",
        "KSBs",
        "Grading",
        "Theme",
        "Pass",
        "None",
        "KSB mapping table",
        "Mapping of KSBs to grade themes",
        "KSBS GROUPED BY THEME",
        "(Core) The role",
        "",
        "Key information",
        "1. Level: 3",
        "Core occupation duties",
        "Version log",
        "1.0 New 01/01/2020 Not set Not set",
        "You must be able to:",
        "You need to know and understand:",
        "1. shoe",
        "• item",
        "Overall grading",
        "Fail Pass Fail",
        "Typical job titles include:",
        "text that goes on",
        "Ends here.",
        "Option 1: Racing",
        "The hoof (K1)",
        "Back to Grading",
        "Employers involved in creating the standard: A, B",
        "SOC Code",
        "code,text",
    ]
)


@given(st.lists(WORDS, min_size=1, max_size=40))
def test_any_text_is_read_with_every_line_accounted_for_or_refused(lines):
    document = Document("any", tuple(lines), "any.txt", "0" * 64, "utf-8")
    try:
        one = parse_document(document)
    except CurriculumError:
        return
    if one.recognition.kind == "code table":
        return
    placed = one.rows.numbers() | {row.line for row in one.findings if row.rule == "unplaced-line"}
    assert {line.number for line in texts_to_lines(document.lines)[0]} <= placed
    assert {row.code for row in one.statements} == {row.code for row in one.rows.occurrences}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("code,text\n390A,Trim hooves\n391,Forge shoes\n", ["390A", "391"]),
        (
            "Ref;Statement\n1.2.3;Trim hooves\nOV2-7;Forge shoes\nA.1;Drive a cart\n",
            ["1.2.3", "OV2-7", "A.1"],
        ),
        ("code,text\nA0001,Trim\nK0001,Forge\nT0001,Drive\n", ["A0001", "K0001", "T0001"]),
    ],
)
def test_codes_of_other_schemes_are_kept_as_printed(read, text, codes):
    assert [row.code for row in read(text).statements] == codes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,text\nK1,Trim\nKl2,Forge\nK3,Drive\n", "line 3: not the code of a statement"),
        ("code,text\n390A,Trim\nwith space,Forge\n391,Drive\n", "line 3: not the code of a statement"),
        (
            'code,text\n390A,"Trim\n391A,Forge"\n392A,Drive\n',
            "line 2: a wording that runs on into the next row",
        ),
        (
            "code,text\nK1,Trim\nK2,Forge\nK1,Drive\n",
            "line 4: K1 is in two rows with different wordings; expected .*line 2",
        ),
        ("code,text\n390A,Trim\n390A,Drive\n", "line 3: 390A is in two rows"),
        ("Item,What\nK1,Trim\n", r"none of them|unplaced|no kind"),
    ],
)
def test_lists_that_cannot_be_trusted_are_refused(read, text, message):
    with pytest.raises(CurriculumError, match=message):
        read(text)


def test_a_code_that_stands_twice_with_the_same_words_is_one_statement(read):
    one = read("code,text\nK1,Trim hooves\nK1,Trim hooves.\nK2,Forge\n")
    assert [(row.code, row.n_occurrences) for row in one.statements] == [("K1", 2), ("K2", 1)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        *(("k1: How hay is stored", "K1"), ("K 2: How hay is stored", "K2"), ("(S1) Lead a horse", "S1")),
        *(("[B1] Be kind", "B1"), ("- [ ] K3 How hay is stored", "K3"), ("* (tk4): The hoof", "TK4")),
        *(("**s 5.** Lead a horse", "S5"), ("ESB 2) Be kind", "ESB2")),
    ],
)
def test_labels_are_read_as_people_write_them(line, code, read):
    one = read(f"{line}\nK9: The law on carts")
    assert [row.code for row in one.statements] == sorted([code, "K9"], key=code_to_sort_key)
    assert not [row for row in one.findings if row.severity == "error"]


@pytest.mark.parametrize(
    "line",
    [
        "(K1, K2) are assessed together",
        *("k9 units search the yard", "K 2 and K 3 are assessed", "s1 lead a horse", "(K1) (K2)"),
    ],
)
def test_codes_in_a_text_are_no_labels(line, read):
    one = read(f"K7: The law on carts\n\nNotes\n\n{line}")
    assert [row.code for row in one.statements] == ["K7"]
