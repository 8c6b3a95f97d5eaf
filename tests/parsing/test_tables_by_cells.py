"""Tables of statements and duties are read by their cells: no wording has a neighbour's cell in it."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document


def parse(data, name="mine.txt"):
    return parse_document(bytes_to_document(data if isinstance(data, bytes) else data.encode(), name))


def word(*parts):
    """Parse a Word file of paragraphs and tables; a table is a list of rows, None a cell without text."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for row, texts in enumerate(part):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text or ""
    stream = io.BytesIO()
    document.save(stream)
    return parse(stream.getvalue(), "mine.docx")


def page(body):
    return parse(f"<html><body>{body}</body></html>", "mine.html")


def html_table(rows):
    lines = ("".join(f"<td>{text or ''}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def texts(one):
    return {row.code: row.text for row in one.statements}


def pairs(one):
    return [(row.duty, row.code) for row in one.rows.duty_ksbs]


def further(one):
    return [(row.name, row.value) for row in one.rows.details if row.section == "further columns"]


def rules(one):
    return [row.rule for row in one.findings if row.rule != "reading"]


GRID = [
    ("KSB", "Statement", "Oven", "Shop"),
    ("K1", "How dough rises", "x", None),
    ("K2", "Kinds of flour", None, "Yes"),
    ("S1", "Shape a loaf", "x", "x"),
]


@pytest.mark.parametrize("read", [lambda: word(GRID), lambda: page(html_table(GRID))])
def test_ticks_are_columns_of_their_own(read):
    one = read()
    assert texts(one) == {"K1": "How dough rises", "K2": "Kinds of flour", "S1": "Shape a loaf"}
    assert further(one) == [("K1: Oven", "x"), ("K2: Shop", "Yes"), ("S1: Oven", "x"), ("S1: Shop", "x")]
    assert [row.message for row in one.findings if row.rule == "further-column"] == [
        "4 cells of the columns “Oven” and “Shop” are kept as details, and are in no wording"
    ]
    assert rules(one) == ["further-column"]


@pytest.mark.parametrize("form", ["\t".join, " | ".join, lambda row: f"| {' | '.join(row)} |"])
def test_the_same_grid_as_text(form):
    one = parse("\n".join(form([cell or "" for cell in row]) for row in GRID))
    assert texts(one) == {"K1": "How dough rises", "K2": "Kinds of flour", "S1": "Shape a loaf"}
    assert ("K2: Shop", "Yes") in further(one)


@pytest.mark.parametrize(
    "rows",
    [
        [("x", "K1", "How dough rises"), (None, "K2", "Kinds of flour")],
        [("How dough rises", "K1", "12"), ("Kinds of flour", "K2", "14")],
        [("K1", "12", "How dough rises"), ("K2", "14", "Kinds of flour")],
        [("K1", "Observation", "How dough rises"), ("K2", "Test", "Kinds of flour")],
        [
            ("Ref", "Evidence of unit 1", "Wording"),
            ("K1", "I did it all by myself, on a day in May", "How dough rises"),
            ("K2", "I did it all by myself, on a day in June", "Kinds of flour"),
        ],
        [("K1: How dough rises", "x", None), ("K2: Kinds of flour", None, "x")],
        [("**K1:**", "How dough rises", "x"), ("K2.", "Kinds of flour", "x")],
    ],
)
def test_the_wording_is_found_beside_other_columns(rows):
    for one in (word(rows), page(html_table(rows))):
        assert texts(one) == {"K1": "How dough rises", "K2": "Kinds of flour"}
        assert "unplaced-line" not in rules(one)


def test_two_tables_in_halves_and_a_header_on_each_page():
    head = ("Code", "Knowledge", "Code", "Skill")
    one = word([head, ("K1", "Flour", "S1", "Shape it"), head, ("K2", "Salt and yeast", None, None)])
    assert texts(one) == {"K1": "Flour", "K2": "Salt and yeast", "S1": "Shape it"}
    assert rules(one) == []


def test_paragraphs_and_lists_within_a_cell_are_one_wording():
    one = page(
        "<table><tr><td>K1</td><td><p>Kinds of flour:</p><ul><li>Rye</li><li>Spelt</li></ul></td><td>x</td>"
        "</tr>"
        "<tr><td>K2</td><td>Salt.<br>Yeast.</td><td></td></tr></table>"
    )
    assert texts(one) == {"K1": "Kinds of flour: • Rye • Spelt", "K2": "Salt. Yeast."}


def test_rows_between_that_name_the_kind_and_rows_that_go_on():
    one = word(
        [
            ("Knowledge", None, None),
            ("K1", "How dough rises and", "x"),
            (None, "falls again", None),
            ("Skills", None, None),
            ("S1", "Shape a loaf", None),
        ]
    )
    assert texts(one) == {"K1": "How dough rises and falls again", "S1": "Shape a loaf"}


def test_merged_codes_and_merged_further_cells():
    one = page(
        "<table><tr><th>Code<th>Text<th>Method</tr>"
        "<tr><td rowspan=2>K1<td>How dough rises<td rowspan=3>Test</tr><tr><td>and falls</tr>"
        "<tr><td>K2<td>Flour and salt</tr></table>"
    )
    assert texts(one) == {"K1": "How dough rises and falls", "K2": "Flour and salt"}
    assert further(one) == [("K1: Method", "Test"), ("K2: Method", "Test")]


def test_a_table_within_a_cell_that_only_places_it():
    one = page(
        "<table><tr><td>Menu<td><p>Baker</p><table><tr><td>K1<td>Flour and salt<td>x</table>"
        "<p>and more</p></table>"
    )
    assert texts(one) == {"K1": "Flour and salt"}
    assert further(one) == [("K1: column 3", "x")]


def test_a_code_without_wording_is_reported_and_takes_no_neighbour():
    one = word([("K1", "Flour and salt", "x"), ("K2", None, "x"), ("K3", "Yeast and heat", None)])
    assert texts(one) == {"K1": "Flour and salt", "K3": "Yeast and heat"}
    assert [row.message for row in one.findings if row.rule == "unplaced-line"] == [
        "not placed: “K2”",
        "not placed: “x”",
    ]


def test_a_matrix_of_codes_and_ticks_has_no_statement():
    with pytest.raises(CurriculumError, match="no KSB with its wording"):
        word([("KSB", "Unit 1", "Unit 2"), ("K1", "x", None), ("K2", None, "x")])


DUTIES = [
    ("Duty", "KSBs", "Method"),
    ("Duty 1 Bake bread", "K1", "Observation"),
    ("", "S1", "Observation"),
    ("Duty 2 Sell it", "K2 S1", "Interview"),
]
KSBS = ("Knowledge", "K1: Flour.", "K2: Prices.", "Skills", "S1: Knead.")


@pytest.mark.parametrize(
    "duties",
    [
        DUTIES,
        [("KSBs", "Duty"), ("K1, S1", "Duty 1: Bake bread"), ("K2, S1", "Duty 2: Sell it")],
        [
            ("Duty", "Description", "Knowledge", "Skills"),
            ("1", "Bake bread", "K1", "S1"),
            ("2", "Sell it", "2", "1"),
        ],
        [
            ("Duty", "Description", "KSBs"),
            ("Duty 1", "Bake bread", "K1, S1"),
            ("Duty 2", "Sell it", "K2, S1"),
        ],
        [("No", "Duty", "KSBs"), ("1", "Bake bread", "K1, S1"), ("2", "Sell it", "K2, S1")],
    ],
)
def test_duties_of_a_table_have_their_own_codes(duties):
    for one in (word(duties, *KSBS), page(html_table(duties) + "".join(f"<p>{text}</p>" for text in KSBS))):
        assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
        assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
        assert texts(one) == {"K1": "Flour.", "K2": "Prices.", "S1": "Knead."}
        assert set(rules(one)) <= {"further-column"}


def test_duties_without_numbers_are_numbered_and_said_to_be():
    one = word([("Duty", "KSBs"), ("Bake bread", "K1"), ("Sell it", "K2 S1")], *KSBS)
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert rules(one) == ["numbers-lost"]


def test_rows_of_weeks_are_no_duties():
    one = word([("Week", "Topic", "KSBs"), ("1", "Bake bread", "K1"), ("2", "Sell it", "K2")], *KSBS)
    assert one.duties == ()
    assert "not-in-a-table" in rules(one)


def test_duties_in_a_page_of_a_standard_keep_their_option():
    one = page(
        "<h2>Key information</h2><dl><dt>Reference<dd>ST9998<dt>Version<dd>1.1<dt>Level<dd>2</dl>"
        "<h2>Core occupation duties</h2><table><tr><th>Duty<th>KSBs<th>Hours</tr>"
        "<tr><td>Duty 1 Bake bread<td><p>K1</p><p>S1</p><td>10</tr></table>"
        "<h2>Option occupation duties</h2><h3>Pastry duties</h3>"
        "<table><tr><th>Duty<th>KSBs</tr><tr><td>Duty 2 Bake cake<td>S1</tr></table>"
        "<h2>KSBs</h2><h3>Knowledge</h3><p>K1: Flour.</p><h3>Skills</h3><p>S1: Knead.</p>"
    )
    assert one.recognition.kind == "occupational standard"
    assert (one.facts.reference, one.facts.version, one.facts.level) == ("ST9998", "1.1", "2")
    assert [(row.code, row.option) for row in one.duties] == [("D1", "core"), ("D2", "Pastry")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "S1")]
    assert further(one) == [("D1: Hours", "10")]


PLAN = (
    "<h2>Grading</h2><h3>Observation</h3><table>"
    "<tr><th>Theme<br>KSBs<th>Pass<br>Apprentices must demonstrate all"
    "<th>Distinction<br>Apprentices must demonstrate more</tr>"
    "<tr><td><b>Bread</b><br>K1 S1<td><p>Bakes a loaf.</p><p>S1</p><td><p>Improves a loaf.</p><p>S1</p></tr>"
    "<tr><td><b>Cake</b><br>K2<td>Bakes a cake. (K2)<td>No distinction grading criteria.</tr></table>"
    "<h2>Overall grading</h2><table><tr><th>Observation<th>Interview<th>Overall grading</tr>"
    "<tr><td>Fail<td>Any grade<td>Fail</tr><tr><td>Pass<td>Distinction<td>Merit</tr></table>"
    "<h2>KSB mapping table</h2><table><tr><th>Knowledge<th>Assessment methods</tr>"
    "<tr><td>K1: Core.<br>Flour and salt.<td>Observation</tr><tr><td>K2: Core.<br>Cake.<td>Interview</tr>"
    "<tr><th>Skills<th>Assessment methods</tr><tr><td>S1: Core.<br>Knead well.<td>Observation</tr></table>"
    "<h2>Mapping of KSBs to grade themes</h2><h3>Observation</h3><table>"
    "<tr><th>KSBS GROUPED BY THEME<th>Knowledge<th>Skills<th>Behaviour</tr>"
    "<tr><td>Bread<br>K1<br>S1<td>Flour and salt. (K1)<td>Knead well. (S1)<td>None</tr></table>"
)


def test_tables_of_a_plan_in_a_page():
    one = page(PLAN)
    assert [(row.grade, row.text, row.codes) for row in one.rows.descriptors] == [
        ("pass", "Bakes a loaf.", ("S1",)),
        ("distinction", "Improves a loaf.", ("S1",)),
        ("pass", "Bakes a cake.", ("K2",)),
    ]
    assert [(row.name, row.codes) for row in one.themes] == [("Bread", ("K1", "S1")), ("Cake", ("K2",))]
    assert [(row.grades, row.overall_grade) for row in one.rows.overall_grades] == [
        (("fail", "any grade"), "fail"),
        (("pass", "distinction"), "merit"),
    ]
    assert [(row.code, row.method) for row in one.rows.statement_methods] == [
        ("K1", "Observation"),
        ("K2", "Interview"),
        ("S1", "Observation"),
    ]
    assert texts(one) == {"K1": "Flour and salt.", "K2": "Cake.", "S1": "Knead well."}
    assert {row.severity for row in one.findings} <= {"error", "note"}
    assert [row.rule for row in one.findings if row.severity == "error"] == ["method-differs"]


def test_statements_beside_duties_are_read_with_their_duty():
    rows = [
        ("Duty", "KSB", "Statement"),
        ("Duty 1 Bake bread", "K1", "Flour and salt"),
        ("", "S1", "Knead it well"),
        ("Duty 2 Sell it", "K2", "Prices and tills"),
    ]
    one = word(rows)
    assert texts(one) == {"K1": "Flour and salt", "K2": "Prices and tills", "S1": "Knead it well"}
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert rules(one) == []


def test_further_columns_of_a_mapping_table_are_in_no_wording():
    one = page(
        "<h2>KSB mapping table</h2><table><tr><td>Knowledge<td>Assessment methods<td>Page<td>Covered</tr>"
        "<tr><td>K1: Core.<br>Flour and salt.<td>Observation<td>12<td>x</tr>"
        "<tr><td>K2: Core.<br>Cake.<td>Interview<td>14<td></tr></table>"
    )
    assert texts(one) == {"K1": "Flour and salt.", "K2": "Cake."}
    assert [(row.code, row.method) for row in one.rows.statement_methods] == [
        ("K1", "Observation"),
        ("K2", "Interview"),
    ]
    assert further(one) == [("K1: Page", "12"), ("K1: Covered", "x"), ("K2: Page", "14")]


def test_further_columns_of_a_grading_table_are_in_no_descriptor():
    one = page(
        "<h2>Grading</h2><h3>Interview</h3><table><tr><th>Theme<br>KSBs<th>Pass<th>Distinction<th>Page</tr>"
        "<tr><td>Bread<br>K1<td>Bakes a loaf. (K1)<td>Improves it. (K1)<td>12</tr>"
        "<tr><td>Cake<br>K2<td>Bakes a cake. (K2)<td><td>13</tr></table>"
        "<h2>KSBs</h2><p>K1: Flour.</p><p>K2: Sugar.</p>"
    )
    assert [(row.grade, row.text) for row in one.rows.descriptors] == [
        ("pass", "Bakes a loaf."),
        ("distinction", "Improves it."),
        ("pass", "Bakes a cake."),
    ]
    assert further(one) == [("Bread: Page", "12"), ("Cake: Page", "13")]
    assert [row.method for row in one.themes] == ["M1", "M1"]


def test_criteria_with_their_ksbs_are_no_statements():
    one = word(
        [("Code", "Criterion", "KSBs"), ("P1", "Bakes a loaf well", "K1"), ("P2", "Sells", "K2")], *KSBS
    )
    assert texts(one) == {"K1": "Flour.", "K2": "Prices.", "S1": "Knead."}
    assert "not-in-a-table" in rules(one)


def test_duties_with_codes_of_their_own():
    rows = [("Duty", "Description", "KSBs"), ("D1", "Bake bread", "K1 S1"), ("D2", "Sell it", "K2")]
    one = word(rows, *KSBS)
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]


# Each cell has words of its own: w2x is a word of the second column.
CELLS = st.lists(
    st.sampled_from(["code", "words", "more words", "x", "", "Yes", "12", "Duty 1", "K1 S2", "and", "None"]),
    min_size=2,
    max_size=5,
)
SPANS = st.sampled_from(["", "", "", " rowspan=2", " colspan=2"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(CELLS, min_size=1, max_size=6),
    st.just([""] * 30) | st.lists(SPANS, min_size=30, max_size=30),
    st.booleans(),
)
def test_no_wording_has_words_of_two_columns(rows, spans, is_headed):
    body = "<tr><th>KSB<th>Statement<th>Unit 1</tr>" if is_headed else ""
    for at, row in enumerate(rows):
        made = (_made_cell(text, at, column, spans[at * 5 + column]) for column, text in enumerate(row))
        body += f"<tr>{''.join(made)}</tr>"
    try:
        one = page(f"<p>K90: Old bread.</p><table>{body}</table><p>K91: New bread.</p>")
    except CurriculumError:
        return
    for row in (*one.rows.occurrences, *one.rows.duties):
        columns = {word[1] for word in row.text.split() if word[0] == "w"}
        # A span moves the cells of the rows below to other columns.
        assert len(columns) <= 1 or any(spans)
    assert texts(one)["K90"] == "Old bread."
    assert texts(one)["K91"] == "New bread."


def test_a_wording_beside_another_code_is_not_added_to_it():
    one = page(
        "<p>K90: Old bread.</p><table><tr><td>K1<td>K2</tr><tr><td>K6<td>Rye bread at home</tr>"
        "<tr><td><td>Oats<td>K13<td>Cake for a feast</tr></table><p>K91: New bread.</p>"
    )
    assert texts(one)["K13"] == "Cake for a feast"
    assert ("K13: column 2", "Oats") in further(one)


def _made_cell(text, row, column, span):
    words = {
        "code": f"K{row * 5 + column + 1}",
        "words": f"w{column}a",
        "more words": f"W{row} w{column}b w{column}c",
    }
    return f"<td{span}>{words.get(text, text)}</td>"


def test_codes_of_another_table_are_not_those_of_the_last_duty():
    modules = [("Module", "KSBs"), ("Bread", "K1 S1"), ("Cake", "K2")]
    for one in (
        word(DUTIES, modules, *KSBS),
        page(f"{html_table(DUTIES)}{html_table(modules)}{''.join(f'<p>{text}</p>' for text in KSBS)}"),
        page(
            f"<h2>Occupation duties</h2>{html_table(DUTIES)}{html_table(modules)}<h2>KSBs</h2>"
            f"{''.join(f'<p>{text}</p>' for text in KSBS)}"
        ),
    ):
        assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
        assert "not-in-a-table" in rules(one)


def test_wordings_of_one_word_and_answers():
    assert texts(word([("K1", "Flour", "Yes"), ("K2", "Salt", "None")])) == {"K1": "Flour", "K2": "Salt"}
    with pytest.raises(CurriculumError, match="no KSB with its wording"):
        word([("KSB", "How you meet it"), ("K1", "I went to the mill"), ("K2", "I read a book")])


def test_a_markdown_table_with_an_empty_header():
    one = parse("## Knowledge\n\n| | |\n|---|---|\n| K1 | Flour |\n| K2 | Salt |\n")
    assert texts(one) == {"K1": "Flour", "K2": "Salt"}
    assert rules(one) == []


def test_codes_below_a_table_are_not_those_of_its_last_duty():
    one = word(DUTIES, "K1 S1", *KSBS)
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
    assert [row.message for row in one.findings if row.rule == "unplaced-line"] == ["not placed: “K1 S1”"]


NEW_AND_OLD = [("K1", "K2", "Kinds of flour"), ("K2", "K1", "How dough rises"), ("S1", "S1", "Shape a loaf")]


@pytest.mark.parametrize("heads", [("New", "Old"), ("Current KSB", "Former KSB"), ("Code", "Old code")])
def test_wordings_beside_new_and_old_codes_are_those_of_the_new(heads):
    for key in (0, 1):
        head = (*(heads if key == 0 else heads[::-1]), "Statement")
        rows = NEW_AND_OLD if key == 0 else [(old, new, text) for new, old, text in NEW_AND_OLD]
        one = parse("\n".join(map(",".join, [head, *rows])), "mine.csv")
        assert texts(one) == {"K1": "Kinds of flour", "K2": "How dough rises", "S1": "Shape a loaf"}
        assert further(one)[0] == (f"K1: {heads[1]}", "K2")


def test_two_columns_of_codes_whose_headings_do_not_tell_have_no_wordings():
    for head in ((None, None, None), ("v1.0", "v1.1", "Statement")):
        with pytest.raises(CurriculumError, match="no heading tells of which the wordings are"):
            word([head, *NEW_AND_OLD])
    one = word([("v1.0", "v1.1", "Statement"), *NEW_AND_OLD], "K9: Salt.")
    assert texts(one) == {"K9": "Salt."}
    assert (
        "error",
        "codes in “v1.0” and “v1.1”, and no heading tells of which the wordings are: no wording is read",
    ) in [(row.severity, row.message) for row in one.findings]


@pytest.mark.parametrize(
    ("head", "last"),
    [(("KSB", "Name", "Done", "How evidenced"), "How evidenced"), ((None,) * 4, "column 4")],
)
def test_without_a_heading_the_wordings_are_next_to_the_codes_with_a_warning(head, last):
    rows = [
        ("K1", "Kinds of flour", "Yes", "Quiz in week 3, passed at the second try"),
        ("S1", "Shape a loaf", "No", "A film of the learner at the table"),
    ]
    one = word([head, *rows])
    assert texts(one) == {"K1": "Kinds of flour", "S1": "Shape a loaf"}
    assert [row.message for row in one.findings if row.severity == "warning"] == [
        f"the wordings are read from “{head[1] or 'column 2'}” by its place, as no heading tells whether "
        f"they are there or in “{last}”"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("KSB", "Progress", "Next steps"), ("K1", "Well so far", "Read part 3"), ("S1", "Done", "None now")],
        [("KSB", "Week", "Session title"), ("K1", "1", "Welcome to all"), ("S1", "2", "Trip to the mill")],
        [("KSB", "Learner", "Status"), ("K1", "Ann Other", "Met"), ("S1", "Bo Other", "Not met")],
        [("KSB", "By", "Done"), ("K1", "Ann Other", "Yes"), ("S1", "Ann Other", "No")],
    ],
)
def test_a_tracker_has_no_wordings(rows):
    with pytest.raises(CurriculumError, match="no KSB with its wording"):
        word(rows)


@pytest.mark.parametrize(
    "rows",
    [
        [("KSB", "Duties"), ("K1: Kinds of flour", "D1"), ("S1: Shape a loaf", "D1, D2")],
        [("KSB", "Statement", "Duty"), ("K1", "Kinds of flour", "1"), ("S1", "Shape a loaf", "1, 2")],
    ],
)
def test_lists_of_duties_beside_statements_are_pairs_with_the_duties_of_the_document(rows):
    one = word(rows, "Duty 1 Bake bread", "Duty 2 Sell it")
    assert texts(one) == {"K1": "Kinds of flour", "S1": "Shape a loaf"}
    assert [row.text for row in one.duties] == ["Bake bread", "Sell it"]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "S1")]
    assert len(further(one)) == 2
    assert rules(one) == ["further-column"]


def test_duties_with_their_wordings_beside_statements_in_a_csv():
    one = parse(
        "Duty,KSB,Statement\nDuty 1 Bake,K1,Kinds of flour\nDuty 2 Sell,S1,Serve people\n", "mine.csv"
    )
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake"), ("D2", "Sell")]
    assert pairs(one) == [("D1", "K1"), ("D2", "S1")]
    assert further(one) == []
    assert rules(one) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0)])
def test_statements_belong_to_the_duty_of_their_row(order):
    rows = [
        ("Duty", "KSB", "Statement"),
        ("Duty 1 Bake bread", "K1", "Kinds of flour"),
        ("Duty 1 Bake bread", "S1", "Shape a loaf"),
        ("Duty 2 Sell it", "K2", "Prices and tills"),
        ("Duty 2 Sell it", "S1", "Shape a loaf"),
    ]
    one = word([tuple(row[at] for at in order) for row in rows])
    assert texts(one) == {"K1": "Kinds of flour", "K2": "Prices and tills", "S1": "Shape a loaf"}
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]


@pytest.mark.parametrize("duties", [("D1", "D2"), ("Duty 1", "Duty 2"), ("1", "2")])
def test_numbers_beside_duties_are_codes_of_the_kind_of_their_heading(duties):
    rows = [
        ("Duty", "Description", "Knowledge", "Skills"),
        (duties[0], "Bake bread", "1", "1"),
        (duties[1], "Sell it", "1, 2", "-"),
    ]
    one = word(rows, *KSBS)
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Sell it")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K1"), ("D2", "K2")]


def test_codes_of_criteria_beside_statements_are_no_duties():
    one = word(
        [("KSB", "Statement", "Distinction"), ("K1", "Kinds of flour", "D1"), ("S1", "Shape it", "D2")]
    )
    assert further(one) == [("K1: Distinction", "D1"), ("S1: Distinction", "D2")]
    assert rules(one) == ["further-column"]


def test_a_column_without_a_heading_is_named_by_its_place():
    one = word("KSBs", [["K1", "How hay is stored.", "x"], ["K2", "How a hoof is trimmed.", "x"]])
    assert [row.message for row in one.findings if row.rule == "further-column"] == [
        "2 cells of column 3 are kept as details, and are in no wording"
    ]


@pytest.mark.parametrize(
    "heading", ["What the learner must know or do", "What the apprentice must know", "You should be able to"]
)
def test_a_heading_of_what_must_be_known_is_that_of_the_wordings(heading):
    rows = [["Ref", heading, "Unit"], ["K1", "How hay is stored.", "1"], ["S1", "Lead a horse.", "2"]]
    one = word("KSBs", rows)
    assert [(row.code, row.text) for row in one.statements] == [
        ("K1", "How hay is stored."),
        ("S1", "Lead a horse."),
    ]
    assert {row.severity for row in one.findings} == {"note"}
