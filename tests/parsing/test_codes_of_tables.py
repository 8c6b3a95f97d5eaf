"""Codes of tables: parts of codes, codes in two columns, sums, pipes, and wordings beside criteria."""

from __future__ import annotations

import pytest
from tests.parsing.test_code_cells import errors, parse
from tests.parsing.test_tables_by_cells import html_table, page, pairs, texts, word

from curriculum.errors import CurriculumError


def markdown(*rows, above=""):
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    table = "\n".join(f"| {' | '.join(row)} |" for row in lines)
    return parse(f"# Potter\n\n{above}{table}\n", "mine.md")


@pytest.mark.parametrize("code", ["K-1", "K_1", "K.1", "k 1", "K1*", "k1)", "**K1**"])
def test_signs_in_a_code_of_a_table(code):
    expected = {"K1": "Kinds of clay", "K2": "How a kiln is fired"}
    rows = [(code, expected["K1"]), (code.replace("1", "2"), expected["K2"])]
    assert texts(markdown(("Code", "Statement"), *rows)) == expected
    assert texts(word([("Code", "Statement"), *rows])) == expected
    assert texts(parse("Code,Statement\n" + "\n".join(map(",".join, rows)), "mine.csv")) == expected


def test_parts_of_codes_are_no_larger_numbers():
    one = parse("Code,Statement\nK1.1,Kinds of clay\nK1.2,Where it is dug\nK2.1,Kilns\n", "mine.csv")
    assert list(texts(one)) == ["K1.1", "K1.2", "K2.1"]
    for code in ("K1.1", "K1 1"):
        with pytest.raises(CurriculumError):
            markdown(("Code", "Statement"), (code, "Kinds of clay"), (code.replace("K1", "K2"), "Kilns"))


def test_parts_of_codes_in_text_are_an_error():
    (message,) = errors(parse("Potter\n\nKSBs\nK1.1: Kinds of clay\nS1: Trim a pot\n"))
    assert message.startswith(
        "1 line looks like KSBs with a sign, a letter or a second number in their codes"
    )


def test_a_pipe_in_a_wording_is_an_error():
    one = markdown(("Code", "Statement"), ("K1", "Inlet | outlet of a kiln"), ("K2", "Kinds of clay"))
    assert [message[:62] for message in errors(one)] == [
        "this row has more cells than its header has columns, so that a"
    ]
    escaped = markdown(("Code", "Statement"), ("K1", r"Inlet \| outlet"), ("K2", "Kinds of clay"))
    assert texts(escaped)["K1"] == "Inlet | outlet"
    assert errors(escaped) == []


def test_a_mark_behind_a_wording_is_an_error():
    one = page(
        "<ul><li><b>K1</b> Kinds of clay. <i>Core</i></li><li><b>S1</b> Trim. <i>Option A</i></li></ul>"
    )
    assert [message.split(": ")[1] for message in errors(one)] == [
        "“Core” may be from other cells of a table",
        "“Option A” may be from other cells of a table",
    ]


KINDS = [
    ("Type", "Number", "Statement"),
    ("Knowledge", "1", "Clay"),
    ("", "2", "Kilns"),
    ("Skill", "1", "Trim"),
]


@pytest.mark.parametrize(
    "read",
    [
        lambda: markdown(*KINDS),
        lambda: word(KINDS),
        lambda: page(html_table(KINDS)),
        lambda: parse("\n".join(map(",".join, KINDS)), "mine.csv"),
    ],
)
def test_a_kind_and_a_number_in_two_columns_are_a_code(read):
    one = read()
    assert texts(one) == {"K1": "Clay", "K2": "Kilns", "S1": "Trim"}
    assert errors(one) == []


def test_numbers_below_the_heading_of_a_kind_are_codes():
    rows = [("No", "Statement"), ("1", "Kinds of clay"), ("2", "How a kiln is fired")]
    assert list(texts(word("Knowledge", rows, "Skills", rows))) == ["K1", "K2", "S1", "S2"]


def test_a_row_with_a_sum_is_no_statement():
    one = parse("Code,Statement,Hours\nK1,Kinds of clay,3\nS1,Trim,4\nTotal,,7\n", "mine.csv")
    assert texts(one) == {"K1": "Kinds of clay", "S1": "Trim"}


@pytest.mark.parametrize(
    "head",
    [("Ref", "Descriptor"), ("Criteria Ref", "Criteria", "Count"), ("Unit", "Criteria", "Title")],
)
def test_lists_of_ksbs_with_the_headings_of_criteria(head):
    rows = {
        2: [("K1", "Kinds of clay"), ("S1", "Trim a pot")],
        3: [("K1", "Kinds of clay", "1"), ("S1", "Trim a pot", "2")],
    }[len(head)]
    if head[0] == "Unit":
        rows = [("1", code, text) for code, text, _ in rows]
    assert texts(word([head, *rows])) == {"K1": "Kinds of clay", "S1": "Trim a pot"}


def test_wordings_beside_criteria_are_statements():
    one = markdown(
        ("KSB", "Statement", "Pass", "Distinction"),
        ("K1", "Kinds of clay", "Names two.", "Compares two."),
        ("S1", "Trim a pot", "Trims one.", "Trims ten."),
        above="Assessment plan\n\n",
    )
    assert texts(one) == {"K1": "Kinds of clay", "S1": "Trim a pot"}
    assert [row.text for row in one.rows.descriptors] == [
        "Names two.",
        "Compares two.",
        "Trims one.",
        "Trims ten.",
    ]
    assert [row.severity for row in one.findings if row.severity != "note"] == []


def test_ksbs_in_full_in_the_cell_of_a_theme():
    rows = [("Theme", "KSBs", "Pass"), ("Firing", "K1 Kinds of clay\nS1 Trim a pot", "Fires a pot.")]
    one = word("Potter", "Assessment plan", "Grading", rows)
    assert texts(one) == {"K1": "Kinds of clay", "S1": "Trim a pot"}
    assert one.themes[0].codes == ("K1", "S1")
    assert pairs(one) == []


HEADS = ("Code", "Statement", "Option", "Mandatory")
ROWS = [
    ("K1", "Kinds of clay", "Core", "Yes"),
    ("K2", "Glaze", "Studio", "No"),
    ("S1", "Trim", "Core.", "Yes"),
]


@pytest.mark.parametrize(
    "read",
    [lambda: word([HEADS, *ROWS]), lambda: parse("\n".join(map(",".join, [HEADS, *ROWS])), "mine.csv")],
)
def test_columns_that_give_the_option_and_what_is_mandatory(read):
    one = read()
    assert [(row.code, row.option, row.is_mandatory) for row in one.statements] == [
        ("K1", "core", True),
        ("K2", "Studio", False),
        ("S1", "core", True),
    ]


def test_a_column_that_gives_the_option_of_duties():
    rows = [("Duty", "Option", "KSBs"), ("Duty 1 Throw.", "Core", "K1"), ("Duty 2 Glaze.", "Studio", "K2")]
    one = word("Duties", rows, "KSBs", "K1: Clay.", "K2: Glaze.")
    assert [row.option for row in one.duties] == ["core", "Studio"]
    assert [row.option for row in one.statements] == ["core", "Studio"]


def test_ticks_below_option_are_no_titles():
    one = word([("Code", "Statement", "Option"), ("K1", "Kinds of clay", "Yes"), ("K2", "Glaze", "x")])
    assert [row.option for row in one.statements] == ["", ""]
