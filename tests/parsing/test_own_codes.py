"""A duty has only its own codes; nothing that looks like a row is prose; refusals say what is true."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

KSBS = "KSBs\nKnowledge\nK1: Flour.\nK2: Prices.\nSkills\nS1: Knead.\nS2: Sell.\nBehaviours\nB1: Care.\n"


def parse(text, name="mine.txt"):
    return parse_document(bytes_to_document(text.encode(), name))


def pairs(one):
    return [(row.duty, row.code) for row in one.rows.duty_ksbs]


def found(one, rule):
    return [(row.line, row.severity, row.message) for row in one.findings if row.rule == rule]


@pytest.mark.parametrize("heading", ["Occupation duties\n", ""])
def test_codes_above_a_duty_are_paired_with_none(heading):
    one = parse(f"{heading}K1 S1\nDuty 1 Bake bread\nB1\nK2\nDuty 2 Sell it\nS2\nB1\n{KSBS}")
    first = 2 if heading else 1
    assert pairs(one) == []
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert found(one, "duty-codes-mixed") == [
        (
            first,
            "error",
            "there are codes above the first duty, as in text copied from the table of a PDF: which codes "
            f"belong to which of D1 and D2 cannot be told. 6 codes on 5 lines (lines {first} to {first + 6}) "
            "are paired with no duty. Copy the duties from the web page or the Word file of the standard",
        )
    ]


def test_kinds_that_go_back_below_some_duties_are_paired_with_none():
    one = parse(f"Occupation duties\nDuty 1 Bake bread\nK1\nS1\nK2\nDuty 2 Sell it\nS2\nB1\n{KSBS}")
    assert pairs(one) == []
    assert [line for line, _, _ in found(one, "duty-codes-mixed")] == [3]
    assert found(one, "duty-codes-mixed")[0][2].startswith("below D1 the codes of one kind come after those")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Duty 1 Bake\nDuty 2 Sell\nK1 S1\nS2\n", "there are codes below D2 only, the last duty"),
        ("Duty 1 Bake\nK1\nB1\nB1\nDuty 2 Sell\nK2\n", "below D1 a code is printed twice"),
        ("Duty 1 Bake K1\nDuty 2 Sell K2 S2\nB1\n", "there are 3 codes within the wordings of duties"),
    ],
)
@pytest.mark.parametrize("heading", ["Occupation duties\n", ""])
def test_codes_whose_duty_cannot_be_told(body, reason, heading):
    one = parse(f"{heading}{body}{KSBS}")
    assert pairs(one) == []
    assert [message.partition(", as in text")[0] for _, _, message in found(one, "duty-codes-mixed")] == [
        reason
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Duty 1 Bake bread\nK1\nS1 B1\nDuty 2 Sell it\nK2\nS2\n",
        "Duty 1 Bake bread\nS1 B1\nK1\nDuty 2 Sell it\nS2\nK2\n",
        "Duty 1 Bake bread\nS1 K1 B1\nDuty 2 Sell it\nK2 S2\n",
        "Duty 1 Bake bread\nKSBs: K1, S1, B1\nDuty 2 Sell it. (K2, S2)\n",
        "### Duty 1: Bake bread\n\n**KSBs:** K1, S1, B1\n\n### Duty 2: Sell it\n\nK2 & S2\n",
    ],
)
def test_codes_below_their_duty_in_any_order_of_kinds_are_paired(body):
    one = parse(f"Occupation duties\n{body}{KSBS}")
    assert sorted(pairs(one)) == [("D1", "B1"), ("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S2")]
    assert not found(one, "duty-codes-mixed")


def test_codes_beside_a_duty_are_an_error():
    one = parse(f"Occupation duties\nDuty 1 Bake all K1 S1\nbread B1\nDuty 2 Sell it\nK2\n{KSBS}")
    assert pairs(one) == []
    assert [line for line, _, _ in found(one, "duty-codes-mixed")] == [5]
    assert [(line, severity) for line, severity, _ in found(one, "codes-in-wording")] == [(2, "error")]


LIST = "K1: Flour.\nK2: Prices.\nS1: Knead.\n"


@pytest.mark.parametrize("between", ["", "\n\n", "Knowledge and skills\n"])
def test_a_list_behind_the_duties_is_not_that_of_the_last(between):
    one = parse(f"Duty 1 Bake bread\nK1\nS1\nDuty 2 Sell it\nK2\n{between}{LIST}")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert [row.code for row in one.statements] == ["K1", "K2", "S1"]


def test_a_list_behind_duties_without_codes_is_that_of_none():
    one = parse(f"Duty 1 Bake bread\nDuty 2 Sell it\n{LIST}")
    assert pairs(one) == []
    assert [(line, severity) for line, severity, _ in found(one, "no-pairs")] == [(3, "warning")]


def test_ksbs_in_full_below_each_duty_are_its_own():
    one = parse("Duty 1 Bake bread\nK1: Flour.\nDuty 2 Sell it\nK2: Prices.\nK1: Flour.\n")
    assert pairs(one) == [("D1", "K1"), ("D2", "K2"), ("D2", "K1")]


# Labels on one line.


@pytest.mark.parametrize(
    "line",
    [
        "K1: Flour. K2: Salt; S1: Knead the dough. B1: Care.",
        "K1 Flour. K2 Salt; S1 Knead the dough. B1 Care.",
        "K1: Flour. K2:Salt; S1: Knead the dough. B1 Care.",
    ],
)
def test_labels_on_one_line_are_separated_and_said_to_be(line):
    one = parse(line)
    assert [(row.code, row.text) for row in one.statements] == [
        ("K1", "Flour."),
        ("K2", "Salt"),
        ("S1", "Knead the dough."),
        ("B1", "Care."),
    ]
    assert [message for _, _, message in found(one, "several-on-a-line")] == [
        "K1, K2, S1 and B1 are printed one behind the other; they are separated at their codes"
    ]


def test_a_label_that_does_not_follow_is_not_separated_and_is_an_error():
    one = parse("K1: Flour, as in K7: old flour.\nK2: Salt")
    assert one.statements[0].text == "Flour, as in K7: old flour."
    assert found(one, "codes-in-wording") == [
        (1, "error", "the wording of K1 has K7 in it: another statement may be part of it")
    ]


# What is no wording.


@pytest.mark.parametrize(
    ("wording", "what"),
    [
        ("x", "a tick"),
        ("Yes", "a tick"),
        ("N/A", "a word for nothing"),
        ("✓", "no text"),
        ("2", "a number"),
        ("p. 12 to 14", "a number"),
        ("Unit 3", "the name of a unit"),
        ("Observation", "the name of a method"),
        ("Professional discussion underpinned by a portfolio of evidence", "the name of a method"),
    ],
)
def test_what_is_no_wording_is_an_error(wording, what):
    one = parse(f"K1: Flour\nK2: {wording}")
    assert found(one, "no-wording") == [(2, "error", f"K2 has no wording: “{wording}” is {what}")]


@pytest.mark.parametrize("wording", ["Salt", "Observation skills", "Unit costs", "Project management", "5S"])
def test_short_wordings_are_wordings(wording):
    assert not found(parse(f"K1: Flour\nK2: {wording}"), "no-wording")


def test_a_list_of_codes_with_other_codes_is_no_statement():
    one = parse("K1: Flour\nK25 (SEK5), K26 (SEK6)\n**K2 (AK2), S1 (AS1)**")
    assert [row.code for row in one.statements] == ["K1"]
    assert [line for line, _, _ in found(one, "unplaced-line")] == [2, 3]


def test_the_footer_of_a_page_is_no_wording():
    one = parse(
        "K1: Flour\nK2: The kinds of salt for\nST9998/AP02 Page 3 of 8\n© Bakers 2021\n12\nbread.\nK3: Yeast"
    )
    assert [(row.code, row.text) for row in one.statements][1] == ("K2", "The kinds of salt for bread.")
    assert [(line, severity) for line, severity, _ in found(one, "page-footer")] == [
        (3, "note"),
        (4, "note"),
        (5, "note"),
    ]


# Nothing is lost in prose.


@pytest.mark.parametrize(
    ("prose", "looks"),
    [
        ("Assessment outcome 1: Bake\nAssessment outcome 2: Sell", "2 lines look like themes"),
        ("Theme 1: Bake", "1 line looks like themes"),
        ("Bakes a loaf. (K1, S1)", "1 line looks like grading criteria"),
        ("Pass criteria", "1 line looks like grading criteria"),
        ("K1, S1", "1 line looks like lists of codes"),
        ("KSBs: K1, S1", "1 line looks like lists of codes"),
    ],
)
@pytest.mark.parametrize("order", [lambda prose: f"{prose}\n\n{LIST}", lambda prose: f"{LIST}\n\n{prose}"])
def test_what_looks_like_a_row_and_is_in_no_table_is_an_error(prose, looks, order):
    one = parse(order(prose))
    assert [
        (severity, message.partition(" and ")[0]) for _, severity, message in found(one, "not-in-a-table")
    ] == [("error", looks)]


def test_prose_without_rows_has_no_such_finding():
    one = parse(f"Baker\n\nThe baker bakes. Outcomes are good. A pass is enough.\n\n{LIST}")
    assert not found(one, "not-in-a-table")


# Further columns of a CSV.


def test_further_columns_of_a_csv_are_details():
    one = parse("KSB_ID;Desc;Assessed by;Empty\nK1;Flour;Test;\nS1;Knead;Observation;\n")
    assert [(row.code, row.text) for row in one.statements] == [("K1", "Flour"), ("S1", "Knead")]
    assert [(row.section, row.name, row.value, row.first_line) for row in one.rows.details] == [
        ("further columns", "K1: Assessed by", "Test", 2),
        ("further columns", "S1: Assessed by", "Observation", 3),
    ]
    assert found(one, "further-column") == [
        (2, "note", "2 cells of the column “Assessed by” are kept as details, and are in no wording")
    ]


def test_a_column_of_other_ids_is_not_one_of_codes():
    one = parse("ID,Code,Text\n1,K1,Flour\n2,S1,Knead\n")
    assert [row.code for row in one.statements] == ["K1", "S1"]
    with pytest.raises(CurriculumError, match="name them code and text"):
        parse("ID,Text\n1,Flour\n2,Knead\n", "mine.csv")


# Messages.


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (
            "Duty 1 Bake bread\nK1 S1\nDuty 2 Sell it\nK2\n",
            "mine.txt",
            r"found “Duty n” on 2 lines \(first: line 1\); a list of codes on 2 lines \(first: line 2\); "
            r"but no KSB with its wording\. Add the KSBs with their wordings",
        ),
        ('[{"code": "K1"}]', "mine.json", r"found 1 value \(\$\[0\]\.code: K1\)\. Save the codes and their"),
        ("[{code: 'K1'}]", "mine.json", "If it is JSON, it is damaged: names and texts are in double quotes"),
        (
            "AK1: Flour\nAS1: Knead",
            "mine.txt",
            "Codes with letters before them are read if at least two of knowledge, skills and",
        ),
        ("export const list = [\n]", "mine.ts", "Lists within the source of a program are not read"),
        (
            "<html><body><h1>Baker</h1><p>This apprenticeship is in development.</p></body></html>",
            "mine.html",
            "in development: it holds no KSBs yet",
        ),
        ("<html><body><h1>Baker</h1></body></html>", "mine.html", "Open the page in a browser"),
        ("# Notes\n\nBring flour.", "mine.md", "KSBs are read if each begins with its code"),
    ],
)
def test_a_refusal_says_what_is_there_and_what_to_do(text, name, said):
    with pytest.raises(CurriculumError, match=said) as caught:
        parse(text, name)
    assert ("browser" in str(caught.value)) == ("browser" in said)


def test_duties_below_no_heading_are_not_said_to_be_none():
    text = "Key information\nReference: ST9998\nDuty 1 Bake bread\nEarly.\nEach day.\nWell.\nK1\n" + KSBS
    with pytest.raises(
        CurriculumError, match=r"found “Duty n” on 1 line \(first: line 3\), but below no head"
    ):
        parse(text)


def test_a_nos_unit_copied_from_a_pdf_with_its_headings_at_the_side():
    one = parse(
        "BAKE7\nBake a loaf\n\nPerformance      You must be able to:\ncriteria\n"
        "                 P1    weigh the flour and note what is\n                       missing\n"
        "                 P2    knead the dough\n\nBAKE7 Bake a loaf         1\nBAKE7\nBake a loaf\n\n"
        "Knowledge and    You need to know and understand:\nunderstanding\n"
        "                 K1    kinds of flour\n                 K2    how dough rises\n\n"
        "Developed by: Bakers\nVersion Number: 3\nDate Approved: May 2022\nSuite: Bakery\n"
    )
    assert one.recognition.kind == "NOS unit"
    assert [(row.code, row.text) for row in one.statements] == [
        ("P1", "weigh the flour and note what is missing"),
        ("P2", "knead the dough"),
        ("K1", "kinds of flour"),
        ("K2", "how dough rises"),
    ]
    assert (one.facts.title, one.facts.reference, one.facts.version) == ("Bake a loaf", "BAKE7", "3")
    assert [(row.name, row.value) for row in one.rows.details] == [
        ("Developed by", "Bakers"),
        ("Version Number", "3"),
        ("Date Approved", "May 2022"),
        ("Suite", "Bakery"),
    ]
    assert not one.findings


@pytest.mark.parametrize("word", ["KSBs", "KSBs:", "Knowledge, skills and behaviours"])
def test_a_heading_above_the_codes_of_a_duty_ends_no_duties(word):
    one = parse(f"Occupation duties\nDuty 1 Bake\n{word}\nK1 S1\nDuty 2 Sell\n{word}\nK2\n\n{KSBS}")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert [row.code for row in one.statements] == ["K1", "K2", "S1", "S2", "B1"]
    assert found(one, "unplaced-line") == []


def test_a_heading_above_codes_that_are_labels_begins_the_ksbs():
    one = parse("Occupation duties\nDuty 1 Bake\nK1 S1\nKSBs\nK1\nFlour.\nS1\nKnead.\n")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1")]
    assert [(row.code, row.text) for row in one.statements] == [("K1", "Flour."), ("S1", "Knead.")]


def test_duties_are_core_only_where_core_or_an_option_is_printed():
    body = "Duty 1 Bake\nK1 S1\nDuty 2 Sell\nK2\n"
    for heading, option in (("Occupation duties", ""), ("Core occupation duties", "core"), ("Duties", "")):
        assert [row.option for row in parse(f"{heading}\n{body}{KSBS}").duties] == [option, option]
    with_option = parse(f"Occupation duties\n{body}Option duties\nCakes duties\nDuty 3 Ice\nS2\n{KSBS}")
    assert [row.option for row in with_option.duties] == ["core", "core", "Cakes"]


def test_brackets_around_codes_on_several_lines():
    one = parse(f"Occupation duties\nDuty 1 Bake\n(K1\nS1)\nDuty 2 Sell\n(K2)\n{KSBS}")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]


def test_duties_written_as_d1_below_their_heading():
    one = parse(f"Duties\nD1: Bake bread\nK1 S1\nD2: Sell it\nK2\n{KSBS}")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]


FRONT = "Key information\nReference: ST9801\nVersion: 1.0\nLevel: 2\nDetails of the occupational standard\n"
LISTED = (
    KSBS.replace("KSBs\n", "").replace("Knowledge\n", "").replace("Skills\n", "").replace("Behaviours\n", "")
)


@pytest.mark.parametrize("heading", ["Annex A\n", "", "Knowledge statements\n"])
@pytest.mark.parametrize("duties", ["Occupation duties\n", ""])
def test_duties_and_ksbs_of_a_standard_below_no_known_heading(heading, duties):
    one = parse(f"{FRONT}{duties}Duty 1 Bake\nK1 S1\nDuty 2 Sell\nK2\n{heading}{LISTED}")
    assert one.recognition.kind == "occupational standard"
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert [row.code for row in one.statements] == ["K1", "K2", "S1", "S2", "B1"]


def test_a_table_of_ksbs_behind_the_duties_is_no_table_of_duties():
    one = parse("Occupation duties\nDuty 1 Bake\nK1 S1\nK1\tHow flour is kept.\nS1\tKnead it.\n")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake")]
    assert [(row.code, row.text) for row in one.statements] == [
        ("K1", "How flour is kept."),
        ("S1", "Knead it."),
    ]


def test_numbers_of_duties_alone_on_their_lines_and_duties_behind_the_ksbs():
    one = parse(f"{KSBS}\nDuty 1\nBake bread\nK1 S1\nDuty 2\nSell it\nK2\n")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert [row.code for row in one.statements] == ["K1", "K2", "S1", "S2", "B1"]


def test_rows_of_a_damaged_csv_are_no_ksb_listing_in_silence():
    one = parse("Code;Beschreibung\nK1;Wie man pflegt\nK2\nS1;Tut es;zu viel\n", "mine.csv")
    assert [(row.line, row.severity) for row in one.findings if row.rule == "no-wording"] == [(3, "error")]
    assert [(line, severity) for line, severity, _ in found(one, "not-in-a-table")] == [(2, "error")]
