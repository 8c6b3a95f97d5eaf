"""Columns of duties beside KSBs, and rows of duties among the rows of KSBs, make duties and pairs."""

from __future__ import annotations

import csv
import io

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

HEAD = ("Code", "Text", "Duties")
KSBS = [("K1", "The rules of the yard"), ("K2", "How to store hay"), ("S1", "Lead a horse safely")]
DUTIES = ["Duty 1 Keep the yard clean", "Duty 2 Lead horses", "Duty 3 Feed the horses"]
ROWS = [("D1", "Keep the yard clean"), ("D2", "Lead horses"), ("D3", "Feed the horses")]


def to_csv(rows):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def parse(text, name):
    return parse_document(bytes_to_document(text.encode(), name))


def page(duties, rows):
    lines = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    text = "".join(f"<p>{duty}</p>" for duty in duties)
    return parse(f"<html><body>{text}<table>{lines}</table></body></html>", "mine.html")


def table(duties, cells, heading="Duties"):
    """Parse a CSV with rows of duties, and of KSBs with a cell that names duties."""
    ksbs = [(*row, cell) for row, cell in zip(KSBS, cells, strict=True)]
    return parse(to_csv([("Code", "Text", heading), *((*row, "") for row in duties), *ksbs]), "mine.csv")


def pairs(one):
    return sorted({(row.duty, row.code) for row in one.rows.duty_ksbs})


def found(one):
    return [(row.severity, row.rule, row.line, row.message) for row in one.findings if row.severity != "note"]


PAIRS = [("D1", "K1"), ("D1", "K2"), ("D1", "S1"), ("D2", "S1"), ("D3", "K1"), ("D3", "K2"), ("D3", "S1")]


@pytest.mark.parametrize(
    "cells", [("Duty 1, Duty 3", "D1 D3", "1-3"), ("1, 3", "Duties 1 and 3", "Duty 1 to Duty 3")]
)
def test_a_column_of_duties_beside_ksbs_makes_pairs_with_the_duties_of_the_document(cells):
    rows = [HEAD, *((*row, cell) for row, cell in zip(KSBS, cells, strict=True))]
    for one in (page(DUTIES, rows), table(ROWS, cells)):
        assert pairs(one) == PAIRS
        assert len(one.duties) == 3
        assert found(one) == []


def test_a_pair_has_the_lines_of_its_cell():
    one = page(DUTIES, [HEAD, ("K1", "The rules of the yard", "1"), ("S1", "Lead a horse safely", "2")])
    assert [(row.duty, row.code, row.first_line, row.last_line) for row in one.rows.duty_ksbs] == [
        ("D1", "K1", 12, 12),
        ("D2", "S1", 15, 15),
    ]
    assert [one.document.lines[line - 1] for line in (12, 15)] == ["1", "2"]


def test_duties_that_the_document_has_not_make_no_pairs():
    one = table(ROWS[:2], ("1", "2, 7", "D8"))
    assert pairs(one) == [("D1", "K1"), ("D2", "K2")]
    message = (
        "the column “Duties” beside KSBs names duties: D7 and D8 are no duties of the file. No pair is "
        "written for what is not told, and the cells are details"
    )
    assert found(one) == [("error", "not-in-a-table", 5, message)]


def test_without_duties_the_cells_stay_details_with_one_error():
    one = table([], ("Duty 1", "D2", "3"))
    assert (one.duties, pairs(one)) == ((), [])
    assert [(row.name, row.value) for row in one.rows.details] == [
        ("K1: Duties", "Duty 1"),
        ("K2: Duties", "D2"),
        ("S1: Duties", "3"),
    ]
    message = (
        "the column “Duties” beside KSBs names duties: the file has no duties with their wordings, so no "
        "pair is written. The cells are details"
    )
    assert found(one) == [("error", "not-in-a-table", 2, message)]


@pytest.mark.parametrize("cell", ["All", "D3 to D1", "D1 - D2 - D3", "1 or so"])
def test_a_cell_that_is_no_list_of_duties_is_an_error(cell):
    one = table(ROWS, ("1", "-", cell))
    assert pairs(one) == [("D1", "K1")]
    ((severity, rule, line, message),) = found(one)
    assert (severity, rule, line) == ("error", "not-in-a-table", 7)
    assert f"“{cell}” (line 7) is no list of them" in message


def test_a_column_for_each_duty_with_ticks():
    rows = [("Code", "Text", "Duty 1", "Duty 2"), *((*row, "", "") for row in ROWS[:2])]
    one = parse(to_csv([*rows, (*KSBS[0], "x", "no"), (*KSBS[2], "Yes", "✓")]), "mine.csv")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "S1")]
    assert found(one) == []


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (("Code", "Text", "KSBs"), ("D1", "D2")),
        (("Duty", "Description", "KSBs"), ("Duty 1", "Duty 2")),
        (("Duty", "Duty description", "KSBs"), ("1", "2")),
    ],
)
def test_rows_of_duties_and_of_ksbs_in_a_csv(head, names):
    duties = [(names[0], "Keep the yard clean", "K1 S1"), (names[1], "Lead horses", "S1, K2")]
    one = parse(to_csv([head, *duties, *((*row, "") for row in KSBS)]), "mine.csv")
    assert [(row.code, row.text, row.first_line) for row in one.duties] == [
        ("D1", "Keep the yard clean", 2),
        ("D2", "Lead horses", 3),
    ]
    assert {row.code: row.text for row in one.statements} == dict(KSBS)
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
    assert found(one) == []


def test_a_second_header_and_numbers_below_the_names_of_kinds():
    rows = [("Duty", "Description", "Knowledge", "Skills"), ("1", "Keep the yard clean", "1, 2", "-")]
    one = parse(to_csv([*rows, ("Code", "Text", "", ""), *((*row, "", "") for row in KSBS)]), "mine.csv")
    assert pairs(one) == [("D1", "K1"), ("D1", "K2")]
    assert {row.code: row.text for row in one.statements} == dict(KSBS)
    assert one.rows.details == ()


def test_types_and_numbers_in_two_columns():
    rows = [("Type", "Number", "Description", "KSBs"), ("Duty", "1", "Lead horses", "K1")]
    one = parse(to_csv([*rows, ("Knowledge", "1", "The rules", ""), ("Skill", "1", "Lead", "")]), "mine.csv")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Lead horses")]
    assert pairs(one) == [("D1", "K1")]


def test_a_table_of_duties_without_ksbs_is_refused():
    text = to_csv([("Duty", "Description", "KSBs"), ("D1", "Lead horses", "K1"), ("D2", "Feed", "S1")])
    with pytest.raises(CurriculumError) as raised:
        parse(text, "mine.csv")
    assert str(raised.value) == (
        "mine.csv: holds duties and no KSBs; expected the KSBs with their wordings too, in rows with the "
        "same columns; found 2 duties, the first on line 2. Add the KSBs below the duties, or take the whole "
        "standard."
    )


def test_codes_in_the_cell_of_a_duty_that_are_no_list_are_an_error():
    rows = [("Code", "Text", "KSBs"), ("D1", "Lead horses", "K1 and the rest"), ("K1", "The rules", "")]
    one = parse(to_csv(rows), "mine.csv")
    message = "D1 has codes in “KSBs” that are no list, and no pair is written from them: “K1 and the rest”"
    assert ("error", "not-in-a-table", 2, message) in found(one)


def test_codes_of_other_schemes_and_of_criteria_are_no_duties():
    scheme = [(f"{letter}1", f"The task {letter}") for letter in "ABCDE"]
    assert parse(to_csv([("Code", "Text"), *scheme]), "mine.csv").duties == ()
    criteria = [("Code", "Text"), ("P1", "Explains the rules"), ("D1", "Improves the rules")]
    with pytest.raises(CurriculumError, match="line 3: not the code of a statement"):
        parse(to_csv(criteria), "mine.csv")


def test_pairs_that_only_one_side_names_are_a_warning():
    rows = [("Code", "Text", "KSBs", "Duties"), ("D1", "Lead horses", "K1", "")]
    one = parse(to_csv([*rows, ("K1", "The rules", "", "1"), ("S1", "Lead", "", "1")]), "mine.csv")
    assert pairs(one) == [("D1", "K1"), ("D1", "S1")]
    message = "D1 with S1: such pairs are in the lists of the duties or beside the KSBs, not in both"
    assert ("warning", "pairs-differ", 3, message) in found(one)


def test_a_table_of_one_ksb_below_the_duties_of_a_standard():
    text = (
        "# Groom\n\n## Duties\n\n| Duty | KSBs |\n|--|--|\n| Duty 1 Lead horses | K1 |\n\n"
        "## Knowledge\n\n| Code | Text | Duties |\n|--|--|--|\n| K1 | The rules | 1 |\n"
    )
    one = parse(text, "mine.md")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Lead horses")]
    assert {row.code: row.text for row in one.statements} == {"K1": "The rules"}
    assert found(one) == []


KSB_LINES = "\n\nK1: The rules\n\nK2: Types of hay\n\nS1: Lead horses\n"


@pytest.mark.parametrize("name", ["Theme", "Module", "Area"])
@pytest.mark.parametrize("duties", [("D1", "D2"), ("Duty 1", "Duty 2")])
def test_the_duties_of_themes_and_modules_are_no_duties(name, duties):
    head = f"| {name} | KSBs | Duties |\n|--|--|--|\n"
    rows = f"| Tools | K1 K2 | {duties[0]} |\n| Yard | S1 | {duties[1]} |"
    one = parse(head + rows + KSB_LINES, "mine.md")
    assert (one.duties, pairs(one)) == ((), [])
    message = "“Duties” names duties of what is to its left: no duty and no pair is read from it"
    assert ("error", "not-in-a-table", 3, message) in found(one)


def test_duties_to_the_left_of_ksbs_are_theirs_where_a_cell_names_several():
    rows = "| Duty | Code | Text |\n|--|--|--|\n| 1, 2 | K1 | The rules |\n| 2 | S1 | Lead horses |"
    one = parse(f"{rows}\n\nDuty 1 Keep the yard\n\nDuty 2 Feed the horses\n", "mine.md")
    assert {row.code: row.text for row in one.statements} == {"K1": "The rules", "S1": "Lead horses"}
    assert pairs(one) == [("D1", "K1"), ("D2", "K1"), ("D2", "S1")]


def test_text_behind_a_table_of_methods_is_no_part_of_its_last_row():
    rows = "| KSB | Wording | Method |\n|--|--|--|\n| K1 | The rules | Test |\n| K2 | Types of hay | Test |"
    one = parse(f"# Plan\n\n## KSB mapping table\n\n{rows}\n\nSome words more\n", "mine.md")
    assert {row.code: row.text for row in one.statements} == {"K1": "The rules", "K2": "Types of hay"}
    assert ("warning", "unplaced-line", 10, "not placed: “Some words more”") in found(one)


@pytest.mark.parametrize("behind", ["Duty 1 Keep the yard", "Some words more"])
def test_text_behind_such_a_table_without_cells(behind):
    rows = "K1: Core.\nThe rules\nTest\nK2: Core.\nTypes of hay\nTest\n"
    one = parse(f"Plan\n\nKSB mapping table\n\n{rows}\n{behind}\n", "mine.txt")
    assert {row.code: row.text for row in one.statements} == {"K1": "The rules", "K2": "Types of hay"}
    assert [row.name for row in one.methods] == ["Test"]
    assert ("warning", "unplaced-line", 12, f"not placed: “{behind}”") in found(one)
