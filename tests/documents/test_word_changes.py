"""Word files as they are shown with all tracked changes accepted; and which of their text is bold."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from curriculum.documents.word_document import word_to_content

RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
SPACES = (
    nsdecls("w")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def content(*blocks, styles=""):
    document = docx.Document()
    body = document.element.body
    for block in parse_xml(f"<w:body {SPACES}>{''.join(blocks)}</w:body>"):
        body.insert(len(body) - 1, block)
    for style in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    stream = io.BytesIO()
    document.save(stream)
    return word_to_content(stream.getvalue(), "plan.docx")


def lines(*blocks):
    return list(content(*blocks).lines)


def messages(*blocks):
    return [(row.rule, row.severity, row.message) for row in content(*blocks).markup.remarks]


A_RUN = run("a")
DELETED_END = "<w:rPr><w:del/></w:rPr>"


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        (
            [paragraph(run("K1: How "), f"<w:ins>{run('dough')}</w:ins>", f"<w:del>{run('yeast')}</w:del>")],
            ["K1: How dough"],
        ),
        (
            [paragraph(f"<w:moveFrom>{A_RUN}</w:moveFrom>"), paragraph(f"<w:moveTo>{A_RUN}</w:moveTo>")],
            ["", "a"],
        ),
        ([paragraph(run("K1: How "), properties=DELETED_END), paragraph(run("to"))], ["K1: How to"]),
        (
            [
                paragraph(run("a "), properties=DELETED_END),
                "<w:bookmarkStart w:id='1' w:name='x'/>",
                paragraph(run("b "), properties=DELETED_END),
                paragraph(run("c")),
            ],
            ["a b c"],
        ),
        ([paragraph(run("a"), properties=DELETED_END), f"<w:tbl>{row(cell('b'))}</w:tbl>"], ["a", "b"]),
        ([paragraph(properties="<w:rPr><w:moveFrom/></w:rPr>"), f"<w:tbl>{row(cell('b'))}</w:tbl>"], ["b"]),
        ([f"<w:tbl>{row(cell('a'))}{row(cell('b'), properties='<w:del/>')}</w:tbl>"], ["a"]),
        ([f"<w:tbl>{row(cell('a'), cell('b', '<w:cellDel/>'), cell('c'))}</w:tbl>"], ["a", "c"]),
        ([paragraph(run("a", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"))], ["a"]),
        ([paragraph(f"<w:smartTag>{run('K1')}</w:smartTag><w:customXml>{run('a')}</w:customXml>")], ["K1a"]),
        ([f"<w:sdt><w:sdtContent>{paragraph(run('K1: a'))}</w:sdtContent></w:sdt>"], ["K1: a"]),
        ([paragraph(f"<w:fldSimple w:instr=' REF k '>{run('K1')}</w:fldSimple>", run(": a"))], ["K1: a"]),
        ([paragraph("<w:r><w:footnoteReference w:id='2'/></w:r>", run("a"))], ["a"]),
        ([paragraph(run("area "), "<m:oMath><m:r><m:t>2a</m:t></m:r></m:oMath>")], ["area 2a"]),
        ([paragraph("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>")], ["✓"]),
        ([paragraph("<w:r><w:sym w:font='Odd' w:char='F0FC'/></w:r>")], ["\ufffd"]),
        (
            [paragraph(f"<mc:AlternateContent><mc:Fallback>{run('a')}</mc:Fallback></mc:AlternateContent>")],
            ["a"],
        ),
        (
            [
                paragraph(
                    f"<mc:AlternateContent><mc:Choice>{run('a')}</mc:Choice><mc:Choice>{run('a')}</mc:Choice>"
                    f"<mc:Fallback>{run('a')}</mc:Fallback></mc:AlternateContent>"
                )
            ],
            ["a"],
        ),
    ],
)  # fmt: skip
def test_tracked_changes_are_accepted_and_wrappers_read(blocks, shown):
    assert lines(*blocks, paragraph(run("end")))[: len(shown)] == shown


def test_hidden_text_is_told_and_more_gravely_if_it_is_a_ksb():
    hidden = run("old", "<w:vanish/>")
    assert lines(paragraph(run("K1: a"), hidden))[0] == "K1: a"
    note = ("left-out", "note", "1 hidden text is left out, such as “old”")
    assert messages(paragraph(run("K1: a"), hidden)) == [note]
    warning = ("left-out", "warning", "2 hidden texts are left out, such as “K2: Gone”")
    assert messages(paragraph(run("a"), hidden), paragraph(run("K2: Gone", "<w:vanish/>"))) == [warning]


def field_character(kind):
    return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"


def test_the_result_of_a_field_is_shown_and_not_its_code():
    code = "<w:r><w:instrText> IF </w:instrText></w:r>"
    inner = field_character("begin") + field_character("separate") + run("1") + field_character("end")
    outer = (
        field_character("begin")
        + code
        + inner
        + field_character("separate")
        + run("K1")
        + field_character("end")
    )
    assert lines(paragraph(outer, run(": a")))[0] == "K1: a"
    # A field without an end hides the rest of its paragraph alone.
    assert lines(paragraph(field_character("begin"), run("x")), paragraph(run("S1: b")))[:2] == ["", "S1: b"]


def test_a_row_below_a_deleted_merged_cell_does_not_belong_to_the_cell_above_it():
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        row(cell("Duty 1", begins), cell("K1")),
        row(cell("", goes_on), cell("K2")),
        row(cell("Duty 2", begins), cell("K3"), properties="<w:del/>"),
        row(cell("", goes_on), cell("K4")),
    )
    cells = content(f"<w:tbl>{''.join(table)}</w:tbl>").cells
    assert [(c.row, c.n_rows, c.column, c.lines[0].text) for c in cells] == [
        (1, 2, 1, "Duty 1"),
        (1, 1, 2, "K1"),
        (2, 1, 2, "K2"),
        (3, 1, 2, "K4"),
    ]


def test_a_label_is_counted_once_where_a_change_joins_paragraphs():
    joined = paragraph(run("K1: a"), properties=f"{DELETED_END}")
    assert lines(joined, paragraph(run(" b")), paragraph(run("K2: c")))[:2] == ["K1: a b", "K2: c"]


def test_the_number_of_tracked_changes_is_reported():
    changed = paragraph(f"<w:ins>{run('a')}</w:ins><w:ins>{run('b')}</w:ins><w:del>{run('c')}</w:del>")
    message = "the file has 3 tracked changes (1 deletion, 2 insertions): it is read as if all were accepted"
    assert messages(changed) == [("tracked-changes", "note", message)]
    assert messages(paragraph(run("a"))) == []


def test_what_is_not_read_of_a_file_is_named():
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    found = messages(
        paragraph(run("K1: a"), "<w:r><w:footnoteReference w:id='2'/></w:r>"),
        paragraph(run("K2: "), control.format(run("Click here"))),
        control.format(paragraph(run("Enter text"))),
        "<w:altChunk/>",
        paragraph("<w:subDoc/>", run("old ", "<w:strike/>"), run("new")),
        paragraph("<w:r><w:instrText> LISTNUM </w:instrText></w:r>"),
    )
    assert [(rule, severity) for rule, severity, _ in found] == [
        ("left-out", "error"),
        ("left-out", "note"),
        ("left-out", "error"),
        ("left-out", "note"),
        ("left-out", "warning"),
        ("struck-out", "warning"),
    ]
    assert found[0][2] == "a file that is embedded as a part of the text is not read"
    assert found[1][2] == "2 times: empty content control: “Click here” is left out"
    assert lines(control.format(paragraph(run("Enter text"))), paragraph(run("b")))[:2] == ["", "b"]


def style(kind, name, properties, base=""):
    based = f"<w:basedOn w:val='{base}'/>" if base else ""
    named = f"<w:name w:val='{name}'/>{based}<w:rPr>{properties}</w:rPr>"
    return f"<w:style w:type='{kind}' w:styleId='{name}'>{named}</w:style>"


STYLES = (
    style("character", "Firm", "<w:b/>")
    + style("character", "Firmer", "", "Firm")
    + style("paragraph", "Must", "<w:b w:val='1'/>")
    + style("paragraph", "May", "<w:b w:val='0'/>", "Must")
)


@pytest.mark.parametrize(
    ("block", "is_bold"),
    [
        (paragraph(run("a", "<w:b/>")), True),
        (paragraph(run("a", "<w:b w:val='0'/>")), False),
        (paragraph(run("a", "<w:bCs/>")), False),
        (paragraph(run("a", "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>")), False),
        (paragraph(run("a", "<w:rStyle w:val='Firmer'/>")), True),
        (paragraph(run("a"), properties="<w:pStyle w:val='Must'/>"), True),
        (paragraph(run("a"), properties="<w:pStyle w:val='May'/>"), False),
        # A style of the run switches that of the paragraph off; its own property does not.
        (paragraph(run("a", "<w:rStyle w:val='Firm'/>"), properties="<w:pStyle w:val='Must'/>"), False),
        (paragraph(run("a", "<w:b/>"), properties="<w:pStyle w:val='Must'/>"), True),
        (paragraph(run("a"), properties="<w:rPr><w:b/></w:rPr>"), False),
        (paragraph(run("a"), properties="<w:pStyle w:val='Heading1'/>"), False),
        (paragraph(run("a", "<w:b/>"), properties="<w:pStyle w:val='Heading1'/>"), True),
    ],
)  # fmt: skip
def test_bold_is_that_of_a_run_or_of_its_styles(block, is_bold):
    assert [tuple(span) for span in content(block, styles=STYLES).markup.bold] == [(1, 0, 1)] * is_bold


def test_the_place_of_bold_text_is_behind_its_label():
    document = docx.Document()
    document.add_paragraph(style="List Bullet").add_run("How").bold = True
    document.paragraphs[0].add_run(" dough\nrises ")
    document.paragraphs[0].add_run("fast").bold = True
    stream = io.BytesIO()
    document.save(stream)
    read = word_to_content(stream.getvalue(), "plan.docx")
    assert read.lines == ("• How dough", "rises fast")
    assert [tuple(span) for span in read.markup.bold] == [(1, 2, 5), (2, 6, 10)]
