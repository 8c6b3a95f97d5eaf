"""Themes and outcomes with lists or tables of criteria, as providers and reformed plans print them."""

from __future__ import annotations

import io
import sys

import docx
import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables

KSBS = "KSBs\nKnowledge\nK1: Flour.\nK2: Prices.\nSkills\nS1: Knead.\nS2: Sell.\n"
BAKE = [
    ("Bake", "pass", "Explains flour.", ("K1",)),
    ("Bake", "pass", "Kneads.", ("S1",)),
    ("Bake", "distinction", "Compares two flours.", ("K1", "S1")),
]
SELL = [("Sell", "pass", "Sells bread.", ("S2",))]


def parse(text, name="mine.txt"):
    return parse_document(bytes_to_document(text.encode(), name))


def criteria(parsed):
    return [(row.theme, row.grade, row.text, row.codes) for row in parsed.rows.descriptors]


def themes(parsed):
    return [(row.name, row.codes) for row in parsed.themes]


def codes(parsed):
    return [row.code for row in parsed.statements]


def found(parsed, *rules):
    return [(row.rule, row.line, row.severity) for row in parsed.findings if row.rule in rules]


LISTS = {
    "an outcome with codes below it, criteria with codes in brackets": (
        "Assessment outcome 1: Bake\nK1 S1\nPass\nExplains flour. (K1)\nKneads. (S1)\n"
        "Distinction\nCompares two flours. (K1, S1)\n"
        "Assessment outcome 2: Sell\nK2 S2\nPass\nSells bread. (S2)\n"
    ),
    "codes in the heading, bullets": (
        "Theme 1 - Bake (K1, S1)\nPass criteria:\n• Explains flour. (K1)\n• Kneads. (S1)\n"
        "Distinction criteria:\n• Compares two flours. (K1 S1)\n"
        "Theme 2 - Sell (K2 S2)\nPass criteria:\n• Sells bread. (S2)\nThere are no distinction criteria.\n"
    ),
    "no word for a theme": (
        "1. Bake K1 S1\nPass\nExplains flour. (K1)\nKneads. (S1)\n"
        "Distinction\nCompares two flours. (K1, S1)\n"
        "2. Sell K2 S2\nPass\nSells bread. (S2)\nDistinction\nN/A\n"
    ),
    "codes before the criteria": (
        "AO1: Bake (K1, S1)\nTo pass, apprentices must:\nK1 Explains flour.\nS1: Kneads.\n"
        "To achieve a distinction, apprentices must also:\nK1, S1 Compares two flours.\n"
        "AO2: Sell (K2, S2)\nTo pass, apprentices must:\nS2 Sells bread.\n"
    ),
    "labels, wrapped lines, codes on the next line": (
        "Theme: Bake\nKSBs: K1, S1\nPass\nP1 Explains\nflour. (K1)\nP2 Kneads.\nS1\n"
        "Distinction\nD1 Compares two\nflours. (K1 S1)\n\n"
        "Theme: Sell\nKSBs: K2 S2\nPass\nP3 Sells bread. (S2)\n"
    ),
    "the grade and the criterion on a line": (
        "Grading theme 1: Bake K1 S1\nPass: Explains flour. (K1)\nPass: Kneads. (S1)\n"
        "Distinction: Compares two flours. (K1, S1)\nGrading theme 2: Sell K2, S2\nPass: Sells bread. (S2)\n"
    ),
    "kinds of codes before the criteria": (
        "Outcome 1: Bake\nKnowledge: K1\nSkills: S1\nPass descriptors\n1. Explains flour. (K1)\n"
        "2. Kneads. (S1)\nDistinction descriptors\n1. Compares two flours. (K1, S1)\n"
        "Outcome 2: Sell\nKnowledge\nK2\nSkills\nS2\nPass descriptors\n1. Sells bread. (S2)\n"
    ),
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("heading", ["", "Assessment plan for bakers\n\n", "Grading\n"])
def test_lists_of_criteria(text, heading):
    parsed = parse(f"{heading}{text}\n{KSBS}")
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("K2", "S2"))]
    assert criteria(parsed) == BAKE + SELL
    assert codes(parsed) == ["K1", "K2", "S1", "S2"]
    assert [row.text for row in parsed.statements] == ["Flour.", "Prices.", "Knead.", "Sell."]
    assert parsed.findings == ()
    assert parsed.recognition.kind == "assessment plan"


def test_ksbs_with_their_wordings_below_each_theme():
    parsed = parse(
        "Theme 1: Bake\nK1: Flour.\nS1: Knead for\nas long as needed.\nPass\nExplains flour. (K1)\n"
        "Theme 2: Sell\nK2: Prices.\nPass\nSells bread. (K2)\n"
    )
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("K2",))]
    assert [(row.code, row.text) for row in parsed.statements] == [
        ("K1", "Flour."),
        ("K2", "Prices."),
        ("S1", "Knead for as long as needed."),
    ]
    assert criteria(parsed) == [
        ("Bake", "pass", "Explains flour.", ("K1",)),
        ("Sell", "pass", "Sells bread.", ("K2",)),
    ]


TABLES = {
    "a table a theme": (
        "## Theme 1: Bake (K1, S1)\n\n| Ref | Criterion | KSB |\n|---|---|---|\n"
        "| P1 | Explains flour. | K1 |\n| P2 | Kneads. | S1 |\n| D1 | Compares two flours. | K1, S1 |\n\n"
        "## Theme 2: Sell (K2, S2)\n\n| Ref | Criterion | KSB |\n|---|---|---|\n"
        "| P3 | Sells bread. | S2 |\n\n"
    ),
    "a row a theme": (
        "| Theme | KSBs | Pass | Distinction |\n|---|---|---|---|\n"
        "| Bake | K1 S1 | Explains flour. (K1) | Compares two flours. (K1, S1) |\n"
        "| | | Kneads. (S1) | |\n| Sell | K2 S2 | Sells bread. (S2) | No distinction criteria |\n\n"
    ),
    "a column of grades": (
        "## Theme 1: Bake (K1, S1)\n\n| Grade | Criteria | KSBs |\n|---|---|---|\n"
        "| Pass | Explains flour. | K1 |\n| Pass | Kneads. | S1 |\n"
        "| Distinction | Compares two flours. | K1 S1 |\n\n"
        "## Theme 2: Sell (K2, S2)\n\n| Grade | Criteria | KSBs |\n|---|---|---|\n"
        "| Pass | Sells bread. | S2 |\n\n"
    ),
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("heading", ["", "# Grading\n\n"])
def test_tables_of_criteria(text, heading):
    parsed = parse(
        f"{heading}{text}# Knowledge\n\nK1: Flour.\nK2: Prices.\n\n# Skills\n\nS1: Knead.\nS2: Sell.\n",
        "m.md",
    )
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("K2", "S2"))]
    assert sorted(criteria(parsed)) == sorted(BAKE + SELL)
    assert codes(parsed) == ["K1", "K2", "S1", "S2"]
    assert found(parsed, "unplaced-line", "not-in-a-table", "undefined-code", "empty-section") == []


def test_a_cell_over_several_rows_keeps_its_column():
    parsed = parse(
        "<html><body><h2>Grading</h2><table><tr><th>Theme</th><th>KSBs</th><th>Pass</th>"
        "<th>Distinction</th></tr><tr><td rowspan=2>Bake</td><td rowspan=2>K1<br>S1</td>"
        "<td>Explains flour. (K1)</td><td rowspan=2>Compares two flours. (K1, S1)"
        "</td></tr><tr><td>Kneads. (S1)</td></tr></table>"
        "<h2>KSBs</h2><p>K1: Flour.</p><p>S1: Knead.</p></body></html>",
        "mine.html",
    )
    assert sorted(criteria(parsed)) == sorted(BAKE)
    assert themes(parsed) == [("Bake", ("K1", "S1"))]


def test_the_heading_above_a_table_is_taken_for_its_theme_and_codes_are_those_of_the_row():
    parsed = parse(
        "## Observation\n\n| KSBs | Pass | Distinction |\n|---|---|---|\n"
        f"| K1 S1 | Explains flour. | Compares flours. |\n| S2 | Sells bread. | |\n\n{KSBS}",
        "mine.md",
    )
    assert criteria(parsed) == [
        ("Observation", "pass", "Explains flour.", ("K1", "S1")),
        ("Observation", "distinction", "Compares flours.", ("K1", "S1")),
        ("Observation", "pass", "Sells bread.", ("S2",)),
    ]
    assert found(parsed, "theme-inferred") == [("theme-inferred", 1, "note")]


def test_which_of_several_criteria_in_a_cell_names_which_code_is_not_known():
    parsed = parse(
        "<html><body><h2>Theme 1: Bake</h2><table><tr><th>KSBs</th><th>Pass</th></tr><tr><td>K1 S1</td><td>"
        "<p>Explains flour.</p><p>Kneads.</p></td></tr></table><h2>KSBs</h2><p>K1: Flour.</p>"
        "<p>S1: Knead.</p></body></html>",
        "mine.html",
    )
    assert criteria(parsed) == [("Bake", "pass", "Explains flour.", ()), ("Bake", "pass", "Kneads.", ())]
    assert themes(parsed) == [("Bake", ("K1", "S1"))]
    assert found(parsed, "criterion-without-ksbs") == [("criterion-without-ksbs", 7, "note")]


def test_the_method_above_the_themes():
    parsed = parse(
        "Professional discussion\n\nTheme 1: Bake\nK1 S1\nPass\nExplains flour. (K1)\nKneads. (S1)\n"
        f"Distinction\nCompares two flours. (K1, S1)\n\nObservation\n\nTheme 2: Sell\nK2 S2\nPass\n"
        f"Sells bread. (S2)\n\n{KSBS}"
    )
    tables = parsed_to_tables((parsed,))
    assert tables.methods["name"].tolist() == ["Professional discussion", "Observation"]
    assert tables.themes[["name", "method_id"]].values.tolist() == [["Bake", "mine:M1"], ["Sell", "mine:M2"]]
    assert criteria(parsed) == BAKE + SELL


def test_a_theme_without_a_method_has_none_in_the_table_and_in_the_graph():
    parsed = parse(f"{LISTS['no word for a theme']}\n{KSBS}")
    tables = parsed_to_tables((parsed,))
    assert tables.themes["method_id"].tolist() == ["", ""]
    assert tables.descriptors["descriptor_id"].tolist() == [
        "mine:T1.P1",
        "mine:T1.P2",
        "mine:T1.D1",
        "mine:T2.P1",
    ]


def test_themes_of_a_standard_with_duties():
    parsed = parse(
        "Duties\nDuty 1 Bake bread\nK1 S1\nKSBs\nKnowledge\nK1: Flour.\nSkills\nS1: Knead.\n"
        "Theme 1: Bake\nPass\nExplains flour. (K1)\nKneads. (S1)\n"
    )
    assert parsed.recognition.kind == "occupational standard"
    assert [(row.duty, row.code) for row in parsed.rows.duty_ksbs] == [("D1", "K1"), ("D1", "S1")]
    assert criteria(parsed) == BAKE[:2]
    assert found(parsed, "theme-inferred") == [("theme-inferred", 9, "note")]


def test_labels_of_criteria_are_kept_as_details():
    parsed = parse(f"{LISTS['labels, wrapped lines, codes on the next line']}\n{KSBS}")
    assert [(row.name, row.value) for row in parsed.rows.details] == [
        ("Bake: P1", "Explains flour."),
        ("Bake: P2", "Kneads."),
        ("Bake: D1", "Compares two flours."),
        ("Sell: P3", "Sells bread."),
    ]


def test_two_themes_with_one_name_are_an_error():
    parsed = parse(f"Theme 4\nK1\nPass\nExplains flour. (K1)\nTheme 4\nS2\nPass\nSells bread. (S2)\n{KSBS}")
    assert found(parsed, "theme-repeated") == [("theme-repeated", 5, "error")]


def test_codes_within_a_sentence_belong_to_its_criterion():
    parsed = parse(f"Theme 1: Bake\nK1 S1\nPass\nKneads (S1) and explains flour (K1).\n{KSBS}")
    assert criteria(parsed) == [("Bake", "pass", "Kneads (S1) and explains flour", ("S1", "K1"))]
    assert found(parsed, "several-on-a-line") == []


def test_criteria_behind_each_other_on_a_line_are_an_error():
    parsed = parse(f"Theme 1: Bake\nK1 S1\nPass\nKneads. (S1) Explains flour. (K1)\n{KSBS}")
    assert found(parsed, "several-on-a-line") == [("several-on-a-line", 4, "error")]


@pytest.mark.parametrize(
    "text",
    [
        f"Theme 1: Bake\nTheme 2: Sell\n{KSBS}",
        f"Theme 1: Bake\nTheme 2: Sell\n{KSBS.replace('KSBs', '')}",
        f"Theme 1 is assessed by observation. Pass marks are given.\n{KSBS}",
        f"The pass criteria are below.\nPass\n{KSBS}",
    ],
)
def test_a_list_of_themes_alone_takes_no_ksbs(text):
    parsed = parse(text)
    assert themes(parsed) == [] == criteria(parsed)
    assert codes(parsed) == ["K1", "K2", "S1", "S2"]


def test_the_last_theme_ends_before_the_list_of_all_ksbs():
    parsed = parse("Theme 1: Bake (K1)\nTheme 2: Sell (K2)\nK1: Flour.\nK2: Prices.\nS1: Knead.\n")
    assert themes(parsed) == [("Bake", ("K1",)), ("Sell", ("K2",))]
    assert codes(parsed) == ["K1", "K2", "S1"]


def test_prose_after_the_criteria_is_no_criterion():
    parsed = parse(
        f"Theme 1: Bake\nK1 S1\nPass\nExplains flour. (K1)\nKneads. (S1)\n\nModeration\n\n"
        f"The centre moderates a sample of the work.\n\n{KSBS}"
    )
    assert criteria(parsed) == BAKE[:2]
    assert "The centre moderates" in " ".join(row.text for row in parsed.rows.sections)


def test_names_and_codes_of_themes_on_lines_of_their_own():
    parsed = parse(
        "Theme 1\nBake\nKSBs\nK1 S1\nPass\nExplains flour.\nK1\nKneads.\nS1\nDistinction\n"
        f"Compares two flours.\nK1 S1\n**Theme 2: Sell** K2 S2\nPass\n- Sells bread. - S2\n\n{KSBS}"
    )
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("K2", "S2"))]
    assert criteria(parsed) == BAKE + SELL


def test_the_last_criterion_for_a_pass_is_no_theme():
    parsed = parse(f"1. Bake\nPass\nTalks about flour (K1)\nDistinction\nCompares flours (K1, S1)\n{KSBS}")
    assert themes(parsed) == []
    assert [severity for _, _, severity in found(parsed, "not-in-a-table")] == ["error"]


def word(*parts):
    """Parse a Word file of headings ("# text"), paragraphs and tables; a row with one cell is merged."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part.removeprefix("# "), style="Heading 2" if part[:2] == "# " else None)
            continue
        table = document.add_table(0, max(map(len, part)))
        for row in part:
            cells = table.add_row().cells
            if len(row) == 1:
                cells[0].merge(cells[-1]).text = row[0]
            for cell, text in zip(cells, row if len(row) > 1 else (), strict=False):
                cell.text, *more = text.split("\n")
                for line in more:
                    cell.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return parse_document(bytes_to_document(stream.getvalue(), "mine.docx"))


MAPPING = [
    ["KSB", "Statement", "Assessment method"],
    ["K1", "Flour.", "Observation"],
    ["S1", "Knead.", "Observation"],
    ["S2", "Sell.", "Interview"],
]


def test_a_plan_with_a_table_of_grades_for_each_method():
    parsed = word(
        "# Assessment method 1: Observation",
        "The apprentice is observed.",
        "# Grading descriptors",
        [["KSBs", "Fail", "Pass", "Distinction"], ["K1\nS1", "Does not bake.", "Bakes.", "Bakes well."]],
        "# Assessment method 2: Interview",
        "# Grading descriptors",
        [
            ["KSBs", "Fail", "Pass", "Distinction"],
            ["S2", "Sells nothing.", "Sells.", "No distinction criteria"],
        ],
        "# Annex 1: Mapping of KSBs",
        MAPPING,
    )
    assert themes(parsed) == [("Observation", ("K1", "S1")), ("Interview", ("S2",))]
    assert [row.method for row in parsed.themes] == ["M1", "M2"]
    assert criteria(parsed) == [
        ("Observation", "fail", "Does not bake.", ("K1", "S1")),
        ("Observation", "pass", "Bakes.", ("K1", "S1")),
        ("Observation", "distinction", "Bakes well.", ("K1", "S1")),
        ("Interview", "fail", "Sells nothing.", ("S2",)),
        ("Interview", "pass", "Sells.", ("S2",)),
    ]
    assert [(row.code, row.method) for row in parsed.rows.statement_methods] == [
        ("K1", "Observation"),
        ("S1", "Observation"),
        ("S2", "Interview"),
    ]
    assert {row.severity for row in parsed.findings} == {"note"}


def test_a_title_in_a_table_above_its_header_and_codes_behind_the_theme():
    parsed = word(
        "# Grading criteria",
        [
            ["Observation"],
            ["Theme", "KSB", "Pass", "Distinction"],
            ["Bake", "K1, S1", "Explains flour. (K1)\nKneads. (S1)", "Compares two flours. (K1, S1)"],
            ["Sell (S2)", "", "Sells bread. (S2)", ""],
        ],
        "# Annex A: Mapping of KSBs",
        MAPPING,
    )
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("S2",))]
    assert criteria(parsed) == BAKE + SELL
    assert codes(parsed) == ["K1", "S1", "S2"]


def test_tables_of_criteria_without_a_header_below_the_name_of_a_grade():
    parsed = word(
        "# Theme 1: Bake",
        "Knowledge",
        [["Ref", "KSB statement", "Criteria"], ["K1", "Flour.", "P1"], ["S1", "Knead.", "P2, D1"]],
        "Pass",
        [["P1", "Explains flour. (K1)"], ["P2", "Kneads. (S1)"]],
        "Distinction",
        [["D1", "Compares two flours. (K1, S1)"]],
    )
    assert criteria(parsed) == BAKE
    assert themes(parsed) == [("Bake", ("K1", "S1"))]
    assert codes(parsed) == ["K1", "S1"]


@pytest.mark.parametrize("number", ["", "4 ", "4. ", "4.1 ", "Annex 2: ", "Section B - "])
def test_headings_with_numbers(number):
    parsed = parse(f"{number}Duties\nDuty 1 Bake\nK1 S1\n{number}KSBs\nK1: Flour.\nS1: Knead.\n")
    assert [(row.duty, row.code) for row in parsed.rows.duty_ksbs] == [("D1", "K1"), ("D1", "S1")]
    assert codes(parsed) == ["K1", "S1"]


@pytest.mark.parametrize("body", ["Does a thing\n", "and a thing\n", "A name K1\nPass\n", "K1 K2\n"])
def test_the_work_grows_with_the_length_of_a_text(body):
    def calls(number):
        text = f"Theme 1: Bake\nPass\nDoes\n{body * number}(K1)\n{KSBS}"
        document = bytes_to_document(text.encode(), "mine.txt")
        counted = 0

        def count(_, event, __):
            nonlocal counted
            counted += event == "call"

        sys.setprofile(count)
        try:
            parse_document(document)
        finally:
            sys.setprofile(None)
        return counted

    assert calls(400) < 2.6 * calls(200)


def test_a_paragraph_of_codes_between_a_theme_and_its_table():
    parsed = word(
        "Baker: our plan",
        "# Theme 1: Bake",
        "KSBs assessed: K1, S1",
        [["KSBs", "Pass", "Distinction"], ["K1", "Explains flour.", ""], ["S1", "Kneads.", "Kneads well."]],
        "# KSBs",
        "K1: Flour.",
        "S1: Knead.",
    )
    assert themes(parsed) == [("Bake", ("K1", "S1"))]
    assert criteria(parsed) == [
        ("Bake", "pass", "Explains flour.", ("K1",)),
        ("Bake", "pass", "Kneads.", ("S1",)),
        ("Bake", "distinction", "Kneads well.", ("S1",)),
    ]


def test_a_plan_without_wordings_keeps_its_codes_as_details():
    parsed = parse("Theme 1: Bake (K1, S1)\nPass\nExplains flour. (K1)\nKneads. (S1)\n")
    assert [(row.section, row.name, row.value) for row in parsed.rows.details] == [
        ("KSBs without wordings", "Bake", "K1, S1"),
        ("KSBs without wordings", "Bake: Explains flour.", "K1"),
        ("KSBs without wordings", "Bake: Kneads.", "S1"),
    ]
    assert [(row.rule, row.severity) for row in parsed.findings] == [("undefined-code", "warning")]


PLAN = "Assessment plan\nTheme 1: Bake (K1, S1)\n{}Theme 2: Sell (S2)\nPass: Sells bread. (S2)\n" + KSBS


@pytest.mark.parametrize(
    "lists",
    [
        "Pass: Explains flour. (K1)\nPass: Kneads. (S1)\nDistinction: Compares two flours. (K1, S1)\n",
        "Pass\nExplains flour. (K1)\nKneads.\nS1\nDistinction\nCompares two flours (K1, S1)\n",
        "Pass\nExplains flour (K1)\nKneads (S1)\nDistinction\nCompares two\nflours (K1, S1)\n",
        "The assessor watches the work (S1)\nPass\nExplains flour (K1)\nKneads (S1)\n"
        "Distinction\nCompares two flours (K1, S1)\n",
        "Pass\nExplains flour (K1)\nKneads (S1)\nNote: see the handbook.\n"
        "Distinction\nCompares two flours (K1, S1)\n",
    ],
)
def test_a_line_with_codes_above_a_grade_is_no_theme_where_themes_say_that_they_are(lists):
    parsed = parse(PLAN.format(lists))
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("S2",))]
    assert [(*row[:2], row[2].rstrip("."), row[3]) for row in criteria(parsed)] == [
        (*row[:2], row[2].rstrip("."), row[3]) for row in BAKE + SELL
    ]


def test_a_lower_grade_behind_a_higher_one_begins_no_theme():
    parsed = parse(PLAN.format("Distinction\nCompares (K1)\nPass\nExplains (K1)\nKneads (S1)\n"))
    assert themes(parsed) == [("Bake", ("K1", "S1")), ("Sell", ("S2",))]
    assert [row[1:3] for row in criteria(parsed)][:3] == [
        ("distinction", "Compares"),
        ("pass", "Explains"),
        ("pass", "Kneads"),
    ]


def test_a_wrapped_criterion_that_is_not_the_first():
    parsed = parse(PLAN.format("Pass\nExplains (K1)\nKneads as set out\nin the recipe (S1)\n"))
    assert criteria(parsed)[:2] == [
        ("Bake", "pass", "Explains", ("K1",)),
        ("Bake", "pass", "Kneads as set out in the recipe", ("S1",)),
    ]


def test_the_beginning_of_a_criterion_is_kept_and_an_error():
    parsed = parse(PLAN.format("Pass\nThe apprentice must:\nBakes two of:\n• rolls (S1)\n• cakes (K1)\n"))
    assert criteria(parsed)[:3] == [
        ("Bake", "pass", "Bakes two of:", ()),
        ("Bake", "pass", "rolls", ("S1",)),
        ("Bake", "pass", "cakes", ("K1",)),
    ]
    assert found(parsed, "criterion-stem") == [("criterion-stem", 5, "error")]


def test_codes_of_a_theme_in_the_second_row_of_its_table():
    parsed = parse(
        "Theme\tPass\tDistinction\nBake\tExplains flour. (K1)\tCompares two flours. (K1, S1)\n"
        f"K1 S1\tKneads. (S1)\t\n\n{KSBS}"
    )
    assert themes(parsed) == [("Bake", ("K1", "S1"))]
    assert sorted(criteria(parsed)) == sorted(BAKE)


def test_a_criterion_that_goes_on_in_the_next_row():
    parsed = word(
        "# Grading",
        [["Theme", "Pass"], ["Bake (K1)", "Explains types of flour"], ["", "and kneads. (K1)"]],
        "# KSBs",
        "K1: Flour.",
        "S1: Knead.",
    )
    assert criteria(parsed) == [("Bake", "pass", "Explains types of flour and kneads.", ("K1",))]


def test_where_a_list_without_codes_ends_is_not_known():
    parsed = parse(PLAN.format("Pass\nExplains flour\nKneads dough\nBakes bread for the market\n"))
    assert found(parsed, "criterion-without-ksbs") == [("criterion-without-ksbs", 4, "warning")]


def test_performance_descriptors_between_two_outcomes_are_those_of_the_first():
    text = (
        "Apprenticeship assessment plan\nKnowledge\nK1: Flour.\nK2: Prices.\n"
        "Assessment outcome 1: Bake\nK1\nPerformance descriptors\nPass\nExplains flour.\n"
        "Assessment outcome 2: Sell\nK2\nPass\nExplains prices. (K2)\n"
    )
    assert criteria(parse(text)) == [
        ("Bake", "pass", "Explains flour.", ()),
        ("Sell", "pass", "Explains prices.", ("K2",)),
    ]


def test_outcomes_below_the_gateway_are_read_and_a_list_of_methods_is_no_method():
    parsed = parse(
        "Assessment plan\nGateway to completion\nThe apprentice must have English at level 2.\n"
        "Assessment methods: practical test; knowledge test\n"
        "Assessment outcome 1: Bake\nK1 S1\nPass: Explains flour. (K1)\nPass: Kneads. (S1)\n"
        "Distinction: Compares two flours. (K1, S1)\nAssessment outcome 2: Sell\nS2\n"
        "Pass: Sells bread. (S2)\n" + KSBS
    )
    assert criteria(parsed) == [*BAKE, *SELL]
    assert not parsed.methods
