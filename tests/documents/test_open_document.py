"""OpenDocument texts: what is shown of paragraphs, styles, lists, tables and frames; what is refused."""

from __future__ import annotations

import hashlib
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from curriculum.documents.file_reading import bytes_to_content, bytes_to_document
from curriculum.documents.open_document import open_document_to_content
from curriculum.errors import UnreadableFile, UnsupportedFormat
from curriculum.files.limits import raised_limits
from curriculum.parsing.document_parser import parse_document
from open_documents import (
    COVERED,
    SPACES,
    TYPE,
    cell,
    content,
    flat,
    h,
    items,
    level,
    list_style,
    odt,
    p,
    packed,
    row,
    span,
    style,
    styles_part,
    table,
)

BOLD, PLAIN = 'fo:font-weight="bold"', 'fo:font-weight="normal"'


def read(*blocks, **parts):
    return open_document_to_content(odt(*blocks, **parts), "plan.odt")


def lines(*blocks, **parts):
    return list(read(*blocks, **parts).lines)


def cells(*blocks, **parts):
    return [
        (cell.table, cell.row, cell.column, cell.n_rows, cell.n_columns, [line.text for line in cell.lines])
        for cell in read(*blocks, **parts).cells
    ]


def bold(*blocks, **parts):
    content = read(*blocks, **parts)
    return [content.lines[found.line - 1][found.start : found.end] for found in content.markup.bold]


def messages(*blocks, **parts):
    remarks = read(*blocks, **parts).markup.remarks
    return [(row.rule, row.line, row.severity, row.message) for row in remarks]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("K1:\n   How  hemp\tis <text:span>\n spun</text:span> ", "K1: How hemp is spun "),
        ("K1<text:tab/>Hemp<text:s/><text:s text:c='2'/>rope", "K1\tHemp   rope"),
        ("K1:<text:s text:c='999999999'/>a", "K1:" + " " * 100 + "a"),
        ("K1:<text:s text:c='x'/>a", "K1: a"),
        ("hem\u00adp \U0001f600", "hemp \U0001f600"),
        ("<text:a xlink:href='http://a.b'>K1</text:a>: Hemp", "K1: Hemp"),
        ("<text:bookmark-ref text:ref-name='x'>K1</text:bookmark-ref>: Hemp", "K1: Hemp"),
        ("Page <text:page-number>3</text:page-number>", "Page 3"),
        ("<text:variable-set text:display='none'>9</text:variable-set>K1: Hemp", "K1: Hemp"),
        (
            "<text:ruby><text:ruby-base>K1</text:ruby-base><text:ruby-text>k</text:ruby-text></text:ruby>",
            "K1",
        ),
        ("K1: <office:annotation><text:p>Really?</text:p></office:annotation>Hemp", "K1: Hemp"),
        ("K1: Hemp<text:note><text:note-citation>1</text:note-citation></text:note>", "K1: Hemp"),
        ("K1: H<text:change-start text:change-id='a'/>em<text:change-end text:change-id='a'/>p", "K1: Hemp"),
        ("K1: He<text:change text:change-id='d'/>mp", "K1: Hemp"),
        ("a <text:hidden-text text:is-hidden='true'>b</text:hidden-text>c", "a c"),
        ("a <text:hidden-text text:is-hidden='false'>b</text:hidden-text>c", "a bc"),
        ("a<text:soft-page-break/>b<!-- c -->d<?e f?>", "abd"),
        ("<text:meta>K1</text:meta>: <text:reference-mark-start text:name='x'/>Hemp", "K1: Hemp"),
        ("K1: <text:script>run()</text:script>Hemp", "K1: Hemp"),
        ("&lt;K1&gt; &amp; K2", "<K1> & K2"),
    ],
)
def test_what_is_shown_of_a_paragraph(text, shown):
    assert lines(p(text), p("end")) == [shown, "end"]


def test_a_line_break_ends_a_line_and_an_empty_paragraph_is_a_blank_line():
    assert lines(p("K1: a<text:line-break/>K2: b"), p(""), p("K3: c")) == ["K1: a", "K2: b", "", "K3: c"]


def test_the_nearest_style_says_what_is_bold():
    parts = {
        "styles": style("Strong", BOLD, "text") + style("Base", BOLD) + style("Child", "", parent="Base"),
        "automatic": style("P1", PLAIN, parent="Child")
        + style("T1", PLAIN, "text")
        + style("T2", BOLD, "text"),
    }
    assert bold(p("K1: a", "Child"), p("K2: b", "P1"), **parts) == ["K1: a"]
    assert bold(p(f"K1: {span('a', 'Strong')} b"), **parts) == ["a"]
    assert bold(p(f"K1: {span('a', 'T1')} b", "Base"), **parts) == ["K1:", "b"]
    assert bold(p(f"K1: {span('a' + span('b', 'T1'), 'T2')}"), **parts) == ["a"]


def test_the_default_style_can_be_bold():
    default = (
        f'<style:default-style style:family="paragraph"><style:text-properties {BOLD}/></style:default-style>'
    )
    parts = {"styles": default + style("Standard"), "automatic": style("T1", PLAIN, "text")}
    assert bold(p("K1: a", "Standard"), p("K2: b"), **parts) == ["K1: a", "K2: b"]
    assert bold(p(span("K1: a", "T1"), "Standard"), **parts) == []


def test_a_heading_is_bold_only_by_hand():
    parts = {
        "styles": style("Heading_20_2", BOLD, display_name="Heading 2"),
        "automatic": style("P1", BOLD, parent="Heading_20_2"),
    }
    found = read(h("Skills", 2, "Heading_20_2"), h("Duties", 2, "P1"), p("K1: a"), **parts)
    assert dict(found.headings) == {1: 2, 2: 2}
    assert [span.line for span in found.markup.bold] == [2]


def test_levels_of_headings():
    styles = style("Title") + style("Part", default_outline_level="3") + style("P1", parent="Part")
    found = read(
        p("Rope maker", "Title"), p("Duties", "P1"), h("Skills", 4), p("K1: a", "Missing"), styles=styles
    )
    assert dict(found.headings) == {1: 1, 2: 3, 3: 4}
    # Some programs leave the styles out that every program knows.
    assert dict(read(p("Rope maker", "Title"), p("Duties", "Heading_20_2"), p("a", "Body")).headings) == {
        1: 1,
        2: 2,
    }


def test_styles_that_are_their_own_parents_end():
    styles = style("A", parent="B") + style("B", parent="A") + style("C", family="text", parent="C")
    assert lines(p("a", "A"), p(span("b", "C")), styles=styles) == ["a", "b"]


def test_hidden_and_struck_text_is_told():
    parts = {
        "automatic": style("T1", 'text:display="none"', "text")
        + style("T2", 'style:text-line-through-style="solid"', "text")
        + style("T3", 'style:text-line-through-type="none"', "text")
    }
    blocks = [p(f"K1: a{span('old', 'T1')}"), p(f"K2: {span('b', 'T2')} {span('c', 'T3')}")]
    assert lines(*blocks, **parts) == ["K1: a", "K2: b c"]
    assert [row[:3] for row in messages(*blocks, **parts)] == [
        ("left-out", 1, "note"),
        ("struck-out", 2, "warning"),
    ]


def test_a_hidden_part_with_a_ksb_is_a_warning():
    section = "<text:section text:name='x' text:display='none'>{}</text:section>"
    hidden = section.format(p("Old wordings") + section.format(p("K7: Gone")) + table(row(cell("K8: Gone"))))
    blocks = [p("K1: a"), hidden, p("K2: b<text:hidden-paragraph text:is-hidden='true'/>"), p("K3: c")]
    assert lines(*blocks) == ["K1: a", "K3: c"]
    message = "4 hidden texts are left out, such as “K7: Gone”"
    assert messages(*blocks) == [("left-out", 2, "warning", message)]
    shown = (
        "<text:section text:display='condition' text:is-hidden='false'><text:p>K2: b</text:p></text:section>"
    )
    assert lines(p("K1: a"), shown) == ["K1: a", "K2: b"]


def test_tracked_changes_are_accepted():
    region = "<text:changed-region>{}</text:changed-region>".format
    deletion = f"<text:deletion>{p('K9: Gone')}</text:deletion>"
    regions = map(region, ("<text:insertion/>", deletion, "<text:format-change/>"))
    changes = f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"
    blocks = [changes, p("K1: a<text:change text:change-id='b'/>b")]
    assert lines(*blocks) == ["K1: ab"]
    message = "the file has 2 tracked changes (1 deletion, 1 insertion): it is read as if all were accepted"
    assert messages(*blocks) == [("tracked-changes", 0, "note", message)]


def test_marks_of_footnotes_and_placeholders_are_left_out():
    automatic = style("T1", 'style:text-position="super 58%"', "text") + style(
        "T2", 'style:text-position="0% 100%"', "text"
    )
    blocks = [
        p(f"K1: Hemp.{span('2', 'T1')}"),
        p(f"K2: Rope.{span('2', 'T2')}"),
        p("<text:placeholder>&lt;Name&gt;</text:placeholder>"),
        p("<loext:content-control loext:showing-place-holder='true'>Click</loext:content-control>K3: a"),
    ]
    assert lines(*blocks, automatic=automatic) == ["K1: Hemp.", "K2: Rope.2", "", "K3: a"]
    assert [row[3] for row in messages(*blocks, automatic=automatic)] == [
        "2 times: empty content control: “<Name>” is left out",
        "1 mark of a footnote is left out of the wordings: their texts are not joined to them",
    ]


def test_signs_of_fonts_for_symbols():
    fonts = "<style:font-face style:name='W' svg:font-family='Wingdings'/>"
    automatic = style("T1", 'style:font-name="W"', "text") + style("T2", "fo:font-family='Symbol'", "text")
    blocks = [p(span("\uf0fc", "T1") + " K1 " + span("\uf0b7", "T2") + " \uf0fc")]
    assert lines(*blocks, automatic=automatic, fonts=fonts) == ["✓ K1 • \ufffd"]
    assert [row[:3] for row in messages(*blocks, automatic=automatic, fonts=fonts)] == [
        ("left-out", 1, "warning")
    ]


# Lists

K, S = list_style("K", level(1, "K%:"), level(2, "%)", "a")), list_style("S", level(1, "S%:"))
BULLETS = list_style("B", '<text:list-level-style-bullet text:level="1" text:bullet-char="–"/>')


def test_labels_of_lists_are_counted():
    assert lines(items("a", p("b") + p("more"), "c", name="K"), automatic=K) == [
        "K1: a",
        "K2: b",
        "more",
        "K3: c",
    ]
    assert lines(items("a", name="B"), items("b", name="Missing"), automatic=BULLETS) == ["• a", "b"]


def test_a_new_list_begins_anew_unless_it_says_that_it_goes_on():
    goes_on = 'text:continue-numbering="true"'
    assert lines(items("a", name="K"), items("b", name="K"), automatic=K) == ["K1: a", "K1: b"]
    assert lines(items("a", name="K"), p("x"), items("b", name="K", attributes=goes_on), automatic=K) == [
        "K1: a",
        "x",
        "K2: b",
    ]


def test_a_list_goes_on_with_the_one_that_it_names():
    blocks = [
        items("a", name="K", attributes='xml:id="one"'),
        items("b", name="S"),
        items("c", name="K", attributes='xml:id="two" text:continue-list="one"'),
        items("d", name="K", attributes='text:continue-list="two"'),
    ]
    assert lines(*blocks, automatic=K + S) == ["K1: a", "S1: b", "K2: c", "K3: d"]
    assert messages(*blocks, automatic=K + S) == []


def test_a_list_that_goes_on_over_another_is_doubtful():
    goes_on = 'text:continue-numbering="true"'
    blocks = [items("a", name="K"), items("b", name="S"), items("c", name="K", attributes=goes_on)]
    assert lines(*blocks, automatic=K + S) == ["K1: a", "S1: b", "K2: c"]
    assert [row[:3] for row in messages(*blocks, automatic=K + S)] == [("list-labels", 3, "warning")]


def test_a_list_that_names_one_that_is_not_there_is_doubtful():
    blocks = [items("a", name="K"), items("b", name="K", attributes='text:continue-list="gone"')]
    assert lines(*blocks, automatic=K) == ["K1: a", "K1: b"]
    assert [row[:3] for row in messages(*blocks, automatic=K)] == [("list-labels", 2, "warning")]


def test_a_list_without_its_style_is_told():
    assert lines(items("a", name="Gone")) == ["a"]
    message = "1 label of a list whose form is not known: left out"
    assert messages(items("a", name="Gone")) == [("left-out", 1, "warning", message)]


def test_starts_headers_and_styles_of_items():
    blocks = [
        items(
            f"<text:list-header>{p('Knowledge')}</text:list-header>",
            "a",
            f'<text:list-item text:start-value="7">{p("b")}</text:list-item>',
            f'<text:list-item text:style-override="S">{p("c")}</text:list-item>',
            name="K",
        )
    ]
    assert lines(*blocks, automatic=K + S) == ["Knowledge", "K1: a", "K7: b", "S8: c"]
    from_20 = list_style("K", level(1, "K%:", start=20))
    assert lines(items("a", "b", name="K"), automatic=from_20) == ["K20: a", "K21: b"]


def test_levels_of_lists():
    shown = list_style("L", level(1, "%."), level(2, "%.", text__display_levels=2), level(3, "(%)", "i"))
    inner = items("b", p("c") + items("d"))
    blocks = [items(p("a") + inner, "e", items("f"), name="L")]
    assert lines(*blocks, automatic=shown) == ["1. a", "1.1. b", "1.2. c", "(i) d", "2. e", "2.1. f"]
    assert read(*blocks, automatic=shown).markup.depths == ((2, 1), (3, 1), (4, 2), (6, 1))


def test_a_level_without_an_item_counts_as_one():
    shown = list_style("L", level(1, "%."), level(2, "%.", text__display_levels=2))
    assert lines(items(items("a"), "b", name="L"), automatic=shown) == ["1.1. a", "2. b"]


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        (level(1, "%.", "I"), ["I.", "II."]),
        (level(1, "%.", "a", start=26), ["z.", "aa."]),
        (level(1, "%.", "a", start=27, style__num_letter_sync="true"), ["aa.", "bb."]),
        (level(1, "%.", "A", start=27), ["AA.", "AB."]),
        (level(1, "K%", loext__num_format="01, 02, 03, ..."), ["K01:", "K02:"]),
        (level(1, "x%", style__num_list_format="K%1%:"), ["K1:", "K2:"]),
        (level(1, "x%", loext__num_list_format="S%1%."), ["S1.", "S2."]),
        (level(1, "Duty %", ""), ["Duty", "Duty"]),
    ],
)
def test_forms_of_numbers(written, labels):
    found = lines(items("a", "b", name="L"), automatic=list_style("L", written))
    assert found == [f"{label} {text}" for label, text in zip(labels, "ab", strict=True)]


def test_a_label_in_a_form_that_is_not_known_is_told():
    blocks, automatic = [items("a", name="L")], list_style("L", level(1, "K%:", "一, 二, 三, ..."))
    assert lines(*blocks, automatic=automatic) == ["a"]
    assert [row[:3] for row in messages(*blocks, automatic=automatic)] == [("left-out", 1, "warning")]


def test_the_style_of_a_paragraph_names_the_list_style():
    styles = style("Item", list_style_name="K") + K
    assert lines(items(p("a", "Item"), p("b", "Item")), styles=styles) == ["K1: a", "K2: b"]


def test_numbered_headings_and_numbered_paragraphs():
    outline = (
        f"<text:outline-style>{level(1, '%.')}{level(2, '%.', text__display_levels=2)}</text:outline-style>"
    )
    blocks = [
        h("Duties"),
        h("More", 2),
        "<text:h text:outline-level='1' text:is-list-header='true'>No</text:h>",
        h("Skills"),
        "<text:h text:outline-level='1' text:restart-numbering='true' text:start-value='5'>B</text:h>",
    ]
    assert lines(*blocks, styles=outline) == ["1. Duties", "1.1. More", "No", "2. Skills", "5. B"]
    tag = "text:numbered-paragraph"
    one = f"<{tag} text:list-id='q' text:style-name='K' text:level='{{}}'>{{}}</{tag}>"
    blocks = [one.format(1, p("a")), p("x"), one.format(1, p("b")), one.format(2, p("c"))]
    assert lines(*blocks, automatic=K) == ["K1: a", "x", "K2: b", "a) c"]


def test_the_label_that_a_program_saved_is_no_text():
    item = f"<text:list-item><text:number>K1:</text:number>{p('a')}</text:list-item>"
    assert lines(items(item, name="K"), automatic=K) == ["K1: a"]


def test_a_code_that_is_the_label_of_an_empty_cell():
    codes = list_style("C", level(1, "K%"))
    blocks = [
        table(
            row(cell(items("", name="C")), cell("Hemp")),
            row(cell(items("", name="C", attributes='text:continue-numbering="true"')), cell("Rope")),
        )
    ]
    assert [found[-1] for found in cells(*blocks, automatic=codes)] == [["K1"], ["Hemp"], ["K2"], ["Rope"]]


# Tables


def test_merged_cells():
    wide, tall = 'table:number-columns-spanned="2"', 'table:number-rows-spanned="2"'
    found = cells(
        table(
            row(cell("a", wide), COVERED, cell("b")),
            row(cell("c", tall), cell("d"), cell("e")),
            row(COVERED, cell("f"), cell("g")),
        )
    )
    assert found == [
        (1, 1, 1, 1, 2, ["a"]),
        (1, 1, 3, 1, 1, ["b"]),
        (1, 2, 1, 2, 1, ["c"]),
        (1, 2, 2, 1, 1, ["d"]),
        (1, 2, 3, 1, 1, ["e"]),
        (1, 3, 2, 1, 1, ["f"]),
        (1, 3, 3, 1, 1, ["g"]),
    ]


def test_repeated_rows_columns_and_covered_cells():
    empty = '<table:table-cell table:number-columns-repeated="3"/>'
    covered = '<table:covered-table-cell table:number-columns-repeated="2"/>'
    found = cells(
        table(
            row(cell("a", 'table:number-columns-spanned="3"'), covered, cell("b")),
            row(
                '<table:table-cell table:number-columns-repeated="4"/>',
                attributes='table:number-rows-repeated="900000"',
            ),
            row(empty, cell("c", 'table:number-columns-repeated="2"')),
            row(cell("d"), attributes='table:number-rows-repeated="2"'),
        )
    )
    assert found == [
        (1, 1, 1, 1, 3, ["a"]),
        (1, 1, 4, 1, 1, ["b"]),
        (1, 900_002, 4, 1, 1, ["c"]),
        (1, 900_002, 5, 1, 1, ["c"]),
        (1, 900_003, 1, 1, 1, ["d"]),
        (1, 900_004, 1, 1, 1, ["d"]),
    ]


def test_rows_of_headings_and_tables_within_cells():
    inner = table(row(cell("x")))
    headings = f"<table:table-header-rows>{row(cell('KSB'), cell('Text'))}</table:table-header-rows>"
    grouped = row(cell("K1"), cell(p("a") + inner + p("b")))
    found = read(table(headings, f"<table:table-row-group>{grouped}</table:table-row-group>"))
    assert [(one.table, one.is_heading, [line.text for line in one.lines]) for one in found.cells] == [
        (1, True, ["KSB"]),
        (1, True, ["Text"]),
        (1, False, ["K1"]),
        (1, False, ["a", "b"]),
        (2, False, ["x"]),
    ]


def test_text_of_a_covered_cell_is_told():
    covered = f"<table:covered-table-cell>{p('K9: Gone')}</table:covered-table-cell>"
    blocks = [table(row(cell("a", 'table:number-columns-spanned="2"'), covered))]
    assert lines(*blocks) == ["a"]
    assert [row[:3] for row in messages(*blocks)] == [("left-out", 1, "warning")]


def test_too_many_repeated_rows_are_refused():
    many = row(cell("K1: a"), attributes='table:number-rows-repeated="100000"')
    with pytest.raises(UnreadableFile, match="at most 1,000 times the same row; found 100,000"):
        read(table(many))
    nested = table(row(cell("a"), attributes='table:number-rows-repeated="900"'))
    with pytest.raises(UnreadableFile, match="at most 8,000 lines"):
        read(table(row(cell(nested), attributes='table:number-rows-repeated="900"')))


@pytest.mark.parametrize("block", ["{}", "<text:section text:display='none'>{}</text:section>"])
def test_repeated_cells_of_repeated_rows_do_not_fill_the_memory(block):
    many = cell(p("K1: a"), 'table:number-columns-repeated="1000"') * 20
    repeated = table(row(many, attributes='table:number-rows-repeated="50"'))
    data = odt(block.format(repeated))
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile, match="at most 8,000 lines"):
            open_document_to_content(data, "plan.odt")
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


# Frames, indexes, headers


def test_frames_are_read_behind_their_paragraph():
    box = f"<draw:frame><draw:text-box>{p('K2: b')}{p('K3: c')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape><svg:title>Shape</svg:title>{p('K4: d')}</draw:custom-shape>"
    picture = "<draw:frame><draw:image xlink:href='a.png'/><svg:desc>A rope</svg:desc></draw:frame>"
    assert lines(p(f"K1: {box}a{picture}"), shape) == ["K1: a", "K2: b", "K3: c", "K4: d"]


def test_embedded_objects_and_linked_texts_are_told():
    chart = "<draw:frame><draw:object xlink:href='./Object 1'/><draw:image/></draw:frame>"
    linked = "<text:section><text:section-source xlink:href='other.odt'/></text:section>"
    assert messages(p(f"K1: a{chart}<draw:control/>"), linked) == [
        ("left-out", 1, "warning", "an embedded object is not read"),
        ("left-out", 1, "warning", "a control of a form is not read"),
        ("left-out", 1, "error", "a document that is linked into this one is not read"),
    ]


def test_a_table_of_contents_is_left_out_and_a_bibliography_is_read():
    contents = (
        "<text:table-of-content><text:table-of-content-source/><text:index-body>"
        f"<text:index-title>{p('Contents')}</text:index-title>{p('Duties<text:tab/>2')}</text:index-body>"
        "</text:table-of-content>"
    )
    books = f"<text:bibliography><text:index-body>{p('A book')}</text:index-body></text:bibliography>"
    assert lines(contents, p("K1: a"), books) == ["K1: a", "A book"]
    message = "a table of contents or an index is left out (2 lines)"
    assert messages(contents, p("K1: a")) == [("left-out", 0, "note", message)]


def test_the_facts_in_the_headers_of_pages():
    masters = (
        f"<style:master-page><style:header>{p('Rope maker, reference: ST9501, version: 1.3')}</style:header>"
        f"<style:header-left style:display='false'>{p('ST9502')}</style:header-left>"
        f"<style:header-first><text:tracked-changes>{p('ST9503')}</text:tracked-changes></style:header-first>"
        f"<style:footer>{p('Page 1')}</style:footer></style:master-page>"
    )
    data = odt(p("K1: Hemp fibres."), p("S1: Lay rope."), masters=masters)
    parsed = parse_document(bytes_to_document(data, "mine.odt"))
    assert parsed.document.markup.page_heads == ("Rope maker, reference: ST9501, version: 1.3",)
    assert (parsed.facts.title, parsed.facts.reference, parsed.facts.version) == (
        "Rope maker",
        "ST9501",
        "1.3",
    )
    assert [row.text for row in parsed.statements] == ["Hemp fibres.", "Lay rope."]
    assert ["OpenDocument" in row.message for row in parsed.findings if row.rule == "reading"] == [True]


def test_bold_says_what_must_be_assessed():
    automatic = style("P1", BOLD) + style("T1", BOLD, "text")
    blocks = [
        h("Knowledge"),
        p("Knowledge and skills in bold must be assessed."),
        p("K1: Hemp fibres.", "P1"),
        p(f"K2: {span('Kinds of tar.', 'T1')}"),
        p("K3: Old ropes."),
        p("S1: Lay rope."),
        p("B1: Calm."),
    ]
    parsed = parse_document(bytes_to_document(odt(*blocks, automatic=automatic), "mine.odt"))
    found = {row.code: row.is_mandatory for row in parsed.statements}
    assert found == {"K1": True, "K2": True, "K3": False, "S1": False, "B1": None}


# Kinds of files


@pytest.mark.parametrize("name", ["mine.odt", "mine.docx", "mine.txt", "mine"])
def test_the_content_says_what_a_file_is_and_not_its_name(name):
    for data in (
        odt(p("K1: a")),
        flat(p("K1: a")),
        odt(p("K1: a"), kind=f"{TYPE}-template"),
        odt(p("K1: a"), kind=""),
    ):
        found, form = bytes_to_content(data, name)
        assert (
            (found.lines, form) == (("K1: a",), "odt")
            or not data.startswith(b"PK")
            or b"mimetype" not in data
        )


def test_a_flat_file_has_its_styles():
    data = flat(items("a", "b", name="K"), p("c", "P1"), automatic=K + style("P1", BOLD))
    found = open_document_to_content(data, "mine.fodt")
    assert found.lines == ("K1: a", "K2: b", "c")
    assert [span.line for span in found.markup.bold] == [3]


def body_of(name, inner=""):
    body = f"<office:body><office:{name}>{inner}</office:{name}></office:body>"
    return f"<office:document-content {SPACES}>{body}</office:document-content>"


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
ENCRYPTED = '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
NOISE = hashlib.shake_256(b"").digest(100_000)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (
            packed({"content.xml": body_of("spreadsheet")}, TYPE.replace("text", "spreadsheet")),
            UnsupportedFormat,
            "found an OpenDocument spreadsheet. Open it in LibreOffice Calc or Excel and save it as Excel",
        ),
        (
            packed({"content.xml": body_of("spreadsheet")}, ""),
            UnsupportedFormat,
            "found an OpenDocument spreadsheet",
        ),
        (
            packed({"content.xml": body_of("presentation")}, TYPE.replace("text", "presentation-template")),
            UnsupportedFormat,
            "found an OpenDocument presentation. Open it in LibreOffice, copy its text",
        ),
        (
            packed({"content.xml": "<x/>"}, "application/vnd.sun.xml.writer"),
            UnsupportedFormat,
            "vnd.sun.xml.writer",
        ),
        (
            packed({"META-INF/manifest.xml": "<x/>"}, "application/epub+zip"),
            UnsupportedFormat,
            r"a package of the type 'application/epub\+zip'",
        ),
        (packed({"META-INF/manifest.xml": "<x/>"}), UnsupportedFormat, "a package without content.xml"),
        (flat(kind=TYPE.replace("text", "spreadsheet")), UnsupportedFormat, "an OpenDocument spreadsheet"),
        (
            packed({"content.xml": b"\x00\x01", "META-INF/manifest.xml": ENCRYPTED}),
            UnsupportedFormat,
            "protected by a password; .* Open it in LibreOffice with its password",
        ),
        (
            packed({"encrypted-package": b"\x00", "META-INF/manifest.xml": ENCRYPTED}),
            UnsupportedFormat,
            "protected by a password",
        ),
        (packed({"content.xml": content(p(""))}), UnreadableFile, "holds no text"),
        (packed({"content.xml": body_of("text")[:-20]}), UnsupportedFormat, "a damaged or unusual one"),
        (packed({"content.xml": f"<office:x {SPACES}/>"}), UnsupportedFormat, "a document without a text"),
        (
            packed({"content.xml": ENTITIES + body_of("text")}),
            UnsupportedFormat,
            "a document type declaration",
        ),
        (
            flat(p("a")).replace(b"<office:document ", ENTITIES.encode() + b"<office:document "),
            UnsupportedFormat,
            "declaration",
        ),
        (odt("<text:section>" * 300 + "</text:section>" * 300), UnsupportedFormat, "damaged or unusual"),
        (
            packed({"content.xml": content(p("a")), "x.bin": bytes(100_000_001)}),
            UnreadableFile,
            "at most 100,000,000 bytes when",
        ),
        (
            packed({"content.xml": content("<text:p/>" * 2_000_001 + p("a")), "x.bin": NOISE}),
            UnreadableFile,
            "tags and attributes",
        ),
        (odt(p("a")).replace(b"mimetype", b"../etype"), UnsupportedFormat, "the path '../etype'"),
    ],
)
def test_files_that_are_refused(data, error, said):
    with pytest.raises(error, match=said):
        bytes_to_content(data, "mine.odt")


def test_a_file_that_is_cut_off_is_refused():
    data = odt(p("K1: a"))
    with pytest.raises(UnsupportedFormat, match="damaged zip file"):
        bytes_to_content(data[:-40], "mine.odt")


def test_the_limits_can_be_raised():
    many = row(cell("a"), attributes='table:number-rows-repeated="1500"')
    with raised_limits(2):
        assert len(read(table(many)).lines) == 1500


def test_styles_that_are_missing_do_no_harm():
    with zipfile.ZipFile(BytesIO(odt(p("a")))) as package:
        text = package.read("content.xml")
    assert open_document_to_content(packed({"content.xml": text}), "k").lines == ("a",)
    assert styles_part()
