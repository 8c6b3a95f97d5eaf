"""Lists in CSV and Excel files, under any names of columns and in the layouts that people use."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from curriculum.documents.delimited_tables import lines_to_delimited_cells
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

ROWS = [
    ("K1", "How hay is stored"),
    ("K2", "The hoof, and shoes"),
    ("S1", "Lead a horse"),
    ("B1", "Be kind"),
]
TYPES = {"K": "Knowledge", "S": "Skill", "B": "Behaviour"}


def parse(data, name="mine.csv", part=""):
    data = data if isinstance(data, bytes) else data.encode()
    return parse_document(bytes_to_document(data, name, record=part))


def statements(one):
    return [(row.code, row.text) for row in one.statements]


def severe(one):
    return [(row.line, row.rule) for row in one.findings if row.severity != "note"]


def table(header, separator=",", rows=ROWS):
    lines = [separator.join(header)] if header else []
    cells = ([f'"{cell}"' if separator in cell else cell for cell in row] for row in rows)
    return "\n".join([*lines, *map(separator.join, cells)]) + "\n"


typed = [(TYPES[code[0]], code[1:], text) for code, text in ROWS]


@pytest.mark.parametrize(
    "text",
    [
        table(["code", "text"]),
        table(["ID", "Description"]),
        table(["KSB_ID", "desc"], ";"),
        table(["KSB", "Statement"], "\t"),
        table(["Ref", "Wording"], "|"),
        table(["Item", "Statement text"]),
        table(["Competency", "Description"]),
        table(["KSB", "Knowledge skill or behaviour"]),
        table(["", ""]),
        table([]),
        "\ufeff" + table(["Code", "Text"]),
        table(["Code", "Text"]).encode("utf-16"),
        "sep=;\n" + table(["Code", "Text"], ";"),
        "Stable hand v1.0,\n,\n" + table(["Code", "Description"]),
        "Stable hand v1.0\n\n" + table(["KSB Ref", "Description"]),
        "KSB,KSB\n" + table(["Code", "Description"]),
        table(["code", "text"]).replace("S1", ",\n\nS1"),
        table(["code", "text"]).replace("S1", "Skills,\nS1"),
        "code,text\nKnowledge,\n" + table([]),
        table(["Type", "Number", "Description"], rows=typed),
        table(["Kind", "ID", "Statement"], "|", typed),
        table(["Item", "Competence statement"]),
        "Stable hand v1.0\n" + table([]),
        '"Stable hand",""\n"",""\n' + table(["Ref", "Full KSB text"]),
        "KSBs\n" + "".join(f"{code} - {text}\n" for code, text in ROWS),
        table(["Number", "KSB", "Description"], rows=[(n, kind, text) for kind, n, text in typed]),
        table(["Type", "No", "Text"], ";", [(code[0], f"{code[1:]}.0", text) for code, text in ROWS]),
        table(["KSB"], rows=[(f"{code}: {text}",) for code, text in ROWS]).replace('"The', "The"),
        "KSB\n" + "".join(f'"{code}: {text}"\n' for code, text in ROWS),
        "Code,Text,Code,Text,Code,Text\nK1,How hay is stored,S1,Lead a horse,B1,Be kind\n"
        'K2,"The hoof, and shoes",,,,\n',
        "K,Knowledge,S,Skills,B,Behaviours\nK1,How hay is stored,S1,Lead a horse,B1,Be kind\n"
        'K2,"The hoof, and shoes",,,,\n',
        'Knowledge,Skills,Behaviours\nK1: How hay is stored,S1: Lead a horse,B1: Be kind\n"K2: The hoof, and '
        'shoes",,\n',
        'code,text\nK1,"How hay\nis stored"\nK2,"The hoof,\nand shoes"\nS1,Lead a horse\nB1,Be kind\n',
        "Stable hand\n\nnumber,category,ksb description\n1,Knowledge,How hay is stored\n"
        '2,Knowledge,"The hoof, and shoes"\n1,Skills,Lead a horse\n1,Behaviours,Be kind\n',
        '"How hay\nis stored",K1\n"The hoof,\nand shoes",K2\nLead a horse,S1\nBe kind,B1\n',
    ],
)
def test_lists_in_usual_layouts_are_read_alike(text):
    one = parse(text)
    assert statements(one) == ROWS
    assert severe(one) == []


def test_lines_are_those_of_the_file():
    one = parse('Stable hand,\n\nItem,Statement\nK1,"How hay\nis stored"\n\nS1,Lead a horse\n')
    assert [(row.code, row.first_line, row.last_line) for row in one.statements] == [
        ("K1", 4, 5),
        ("S1", 7, 7),
    ]
    assert one.facts.title == "Stable hand"


def test_further_columns_are_details_in_any_layout():
    one = parse(
        "KSB,KSB,Assessment\nNumber,Statement,Method\nK1,How hay is stored,Test\nS1,Lead a horse,Log\n"
    )
    assert [(row.name, row.value) for row in one.rows.details] == [
        ("K1: Method", "Test"),
        ("S1: Method", "Log"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            table(["code", "text"]) + "Total,see below\n",
            "line 6: not the code of a statement; .*found Total,see",
        ),
        ("code,text\nK1,Hay, straw and feed\n", "line 2: more cells than columns"),
        ("KSB Number,Criteria\nK1,Hay\n", "name them code and text in the first line"),
        ("Type,Number,Text\nKnowledge,1,Hay\nValue,2,Care\n", "line 3: not the code of a statement"),
        ("K1,Hay, straw and feed\nK2,Hooves\n", "name them code and text in the first line"),
        ("K1,Hay, straw\nK2,Hooves, shoes\n", "name them code and text in the first line"),
        ("code,text,method\nK1,Hay, straw and feed\nK2,Hooves,Test\n", "line 2: more cells than columns"),
        (
            "Standard,Code,Text\nGroom,K1,Hay\nGroom,K2,Hooves\nRider,K1,Reins\nRider,K2,Bits\n",
            "mine.csv: holds several standards; .*the column “Standard” with “Groom” and “Rider”",
        ),
        (
            "Unit,Code,Text\n1,K1,Hay\n2,K2,Hooves\n3,K1,Reins\n",
            "line 4: K1 is in two rows with different wordings",
        ),
        ("KnowledgeId,Detail\na1b2,Hay\nc3d4,Hooves\n", "name them code and text in the first line"),
    ],
)
def test_what_is_not_plain_is_refused(text, message):
    with pytest.raises(CurriculumError, match=message):
        parse(text)


def test_a_list_with_commas_in_its_wordings_is_no_table_of_two_columns():
    one = parse("K1: Hay, straw\nK2: Hooves, shoes\nS1: Lead, ride\n")
    assert [text for _, text in statements(one)] == ["Hay, straw", "Hooves, shoes", "Lead, ride"]
    one = parse("K1: Hay, straw\nK2: Hooves\n")
    assert [text for _, text in statements(one)] == ["Hay, straw", "Hooves"]


@pytest.mark.parametrize("text", ['K1,"Hay\nK2,Hooves\n', "K1,Hay, straw\nK2,Hooves\nK3,Feed\n", ""])
def test_a_text_that_is_no_table_has_no_cells(text):
    assert lines_to_delimited_cells(text.split("\n")) == ()


def workbook(write):
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        write(book)
    return data.getvalue()


def sheets(**named):
    """Return a workbook with these sheets; one whose name ends in `_hidden` is hidden."""

    def write(book):
        for name, rows in named.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name.endswith("_hidden"):
                sheet.hide()

    return workbook(write)


LIST = [("Code", "Text"), *ROWS]
NOTES = [["How to use this book"], ["Fill in the other sheet."]]
MATRIX = [["Learner", "K1", "K2"], ["Ann Other", "x", ""]]


def test_the_only_sheet_with_a_list_is_read_and_the_others_are_named():
    one = parse(sheets(Notes=NOTES, KSBs=LIST, Matrix=MATRIX, Old_hidden=LIST), "mine.xlsx")
    assert statements(one) == ROWS
    assert [(row.severity, row.message) for row in one.findings if row.rule == "unread-value"] == [
        ("note", "sheets that are not read: “Notes”, “Matrix”, “Old_hidden” (hidden)")
    ]


def test_several_lists_are_refused_with_their_sheets_and_one_can_be_named():
    data = sheets(Core=LIST, Option=[("Code", "Text"), ("K3", "How saddles are kept")], Notes=NOTES)
    with pytest.raises(
        CurriculumError, match=r"of which 2 have a list.*mine\.xlsx#Core; found “Core”, “Option”"
    ):
        parse(data, "mine.xlsx")
    one = parse(data, "mine.xlsx", "option")
    assert statements(one) == [("K3", "How saddles are kept")]
    assert one.document.document_id == "option"
    with pytest.raises(
        CurriculumError, match=r"holds no sheet Other with text; .*found “Core”, “Option”, “Notes”"
    ):
        parse(data, "mine.xlsx", "Other")
    with pytest.raises(CurriculumError, match=r"of which none has a list of codes.*found “Notes”, “Matrix”"):
        parse(sheets(Notes=NOTES, Matrix=MATRIX), "mine.xlsx")


def test_struck_out_text_on_a_sheet_that_is_not_read_does_not_matter():
    def write(book):
        line = book.add_format({"font_strikeout": True})
        for at, row in enumerate(LIST):
            book.get_worksheet_by_name("KSBs") or book.add_worksheet("KSBs")
            book.get_worksheet_by_name("KSBs").write_row(at, 0, row)
        book.add_worksheet("Matrix").write_row(0, 0, MATRIX[0], line)

    assert statements(parse(workbook(write), "mine.xlsx")) == ROWS


def test_a_title_in_merged_cells_above_kinds_and_numbers_beside_hidden_rows():
    def write(book):
        sheet = book.add_worksheet("KSBs")
        sheet.merge_range("B1:D1", "Stable hand v1.0")
        for at, row in enumerate([("Type", "Number", "Text"), *typed]):
            sheet.write_row(at + 2, 1, row)
        sheet.set_row(4, None, None, {"hidden": True})

    one = parse(workbook(write), "mine.xlsx")
    assert statements(one) == ROWS
    assert (one.facts.title, one.facts.version) == ("Stable hand", "1.0")


def test_knowledge_skills_and_behaviours_side_by_side_on_a_sheet():
    pairs = [("Knowledge", "", "Skills", "", "Behaviours", ""), (*ROWS[0], *ROWS[2], *ROWS[3]), ROWS[1]]
    assert statements(parse(sheets(KSBs=pairs), "mine.xlsx")) == ROWS


def test_numbers_of_a_sheet_are_whole():
    numbers = [("Type", "Number", "Text"), *((kind, int(number), text) for kind, number, text in typed)]
    assert statements(parse(sheets(KSBs=numbers), "mine.xlsx")) == ROWS


# Lists within programs.

SOURCE = "Lists within the source of a program are not read"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('const ksbs = {\n  K1: "How hay is stored",\n  S1: "Lead a horse"\n};\n', "mine.js"),
        ("ksbs = {\n  K1: 'How hay is stored',\n  K2: 'Hooves',\n};\nmodule.exports = ksbs;\n", "mine.txt"),
        ("{\n  K1: `How hay is stored`,\n  S1: `Lead a horse`,\n}\n", "mine.txt"),
        ("KSBS = {\n    'K1': 'How hay is stored',\n}\n", "mine.txt"),
        ("ksbs = dict(\n    K1='How hay is stored',\n)\n", "mine.py"),
        ("enum Ksb {\n  K1 = 'How hay is stored',\n}\n", "mine.ts"),
        ("// KSBs\nimport { Ksb } from './types';\nexport const KSBS = [{ code: 'K1' }];\n", "mine.tsx"),
        ("'use client'\nexport const KSBS = [{ code: 'K1' }]\n", "mine.txt"),
        ("ksbs <- c(K1 = 'How hay is stored')\n", "mine.txt"),
        ("INSERT INTO ksb (code, text) VALUES\n('K1', 'How hay is stored');\n", "mine.txt"),
    ],
)
def test_lists_in_programs_are_refused_with_what_to_do(text, name):
    with pytest.raises(CurriculumError, match=SOURCE):
        parse(text, name)


def test_quotes_in_a_list_are_those_of_its_wordings():
    one = parse('K1: "Right first time", and why\nK2: “5S”, in short\nS1: "Lead" a horse\n', "mine.txt")
    assert [text for _, text in statements(one)] == [
        '"Right first time", and why',
        "“5S”, in short",
        '"Lead" a horse',
    ]
