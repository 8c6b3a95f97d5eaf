"""Files in the Rich Text Format: letters, looks, lists, tables, boxes and changes; what is refused."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_content, bytes_to_document
from curriculum.documents.rich_text_events import RowEnd, RowShape
from curriculum.documents.rich_text_file import rich_text_to_content
from curriculum.documents.rich_text_tables import TableFlow
from curriculum.documents.text_flow import TextFlow
from curriculum.errors import UnreadableFile, UnsupportedFormat
from curriculum.parsing.document_parser import parse_document
from rich_text_files import FONTS, LISTS, STYLES, item, row, rtf


def read(body, **parts):
    return rich_text_to_content(rtf(body, **parts), "plan.rtf")


def lines(body, **parts):
    return list(read(body, **parts).lines)


def cells(body, **parts):
    return [
        (cell.table, cell.row, cell.column, cell.n_rows, cell.n_columns, [line.text for line in cell.lines])
        for cell in read(body, **parts).cells
    ]


def bold(body, **parts):
    content = read(body, **parts)
    return [content.lines[found.line - 1][found.start : found.end] for found in content.markup.bold]


def messages(body, **parts):
    return [(row.rule, row.line, row.severity, row.message) for row in read(body, **parts).markup.remarks]


def told(body, **parts):
    return [row[:3] for row in messages(body, **parts)]


# Letters


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"K1: caf\'e9", "K1: café"),
        ("K1: café – “a”", "K1: café – “a”"),
        (r"K1: \u8211\'96 a", "K1: – a"),
        (r"K1: \u8211? a", "K1: – a"),
        (r"K1: \u8211 ? a", "K1: – a"),
        (r"\uc0 K1: \u8211  a", "K1: – a"),
        (r"\uc2 K1: \u8211\'a1\'aaa", "K1: –a"),
        (r"{\uc0\u8211 }\u8211?a", "––a"),
        (r"K1: \u8211\endash a", "K1: –a"),
        (r"K1: \u8211\tab a", "K1: –a"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"\u-10179?x", "x"),
        (r"x\u-8704?", "x\ufffd"),
        (r"a\emdash b\endash c\bullet d\lquote e\rquote f\ldblquote g\rdblquote", "a—b–c•d‘e’f“g”"),
        (r"K1:\~hemp\_rope\-s a\emspace b\enspace c", "K1:\xa0hemp-ropes a b c"),
        (r"\{K1\} \\ a", "{K1} \\ a"),
        (r"K1\tab Hemp" + "\t" + "rope", "K1\tHemp\trope"),
        ("K1: He\r\nmp\nrope", "K1: Hemprope"),
        (r"\f1\'fc\f0  K1", "✓ K1"),
        (r"{\f1 \u-3844?\f2\'b7}", "✓•"),
        (r"{\f1\u252?}", "✓"),
        (r"{\f5\'41}", "\ufffd"),
        (r"\f3\'83\'8b\'83\'8dA", "ルロA"),
        (r"\f3\'83\'5c\'83A", "ソア"),
        (r"\f4\'cf\'f0", "Пр"),
        (r"\f6\'e8", "č"),
        (r"\f99\'e9", "é"),
        (r"{\upr{K1 e}{\*\ud{K1 \u275?}}}: a", "K1 ē: a"),
        (r"K1{\*\unknown hidden}{\*\bkmkstart x}: a{\xe{\v index}}{\pict\wmetafile8 0102}", "K1: a"),
        (r'K1{\field{\*\fldinst HYPERLINK "http://a.b"}{\fldrslt : a}}', "K1: a"),
        (r'{\field{\*\fldinst{SYMBOL 252 \\f "Wingdings"}}{\fldrslt}} K1', "✓ K1"),
        (r'{\field{\*\fldinst{SYMBOL 252 \\f "Wingdings"}}{\fldrslt\f1\'fc}} K1', "✓ K1"),
        (r"{\field{\*\fldinst SYMBOL 252 \\f Wingdings \\s 12}{\fldrslt}} K1", "✓ K1"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 3}}", "3"),
        (r"K1: a{\*\footnote note}{\footnote\pard other\par}b", "K1: ab"),
        (r"K1: {\*\annotation\pard Really?\par}a{\*\atnid x}", "K1: a"),
        ("K1: \\bin6 }{\\parHemp", "K1: Hemp"),
        (r"K1: \'01a\'0b", "K1: a"),
        (r"\rtlch\fcs1 \ab \ltrch\fcs0 \lang1033 K1", "K1"),
    ],
)
def test_letters(text, shown):
    assert lines(text + r"\par end") == [shown, "end"]


@pytest.mark.parametrize(
    ("start", "byte", "letter"),
    [
        (r"{\rtf1\mac", r"\'8e", "é"),
        (r"{\rtf1\pc", r"\'82", "é"),
        (r"{\rtf1\ansi\ansicpg1251", r"\'cf", "П"),
        (r"{\rtf1\ansi\ansicpg4711", r"\'e9", "é"),
        (r"{\rtf1", r"\'e9", "é"),
        (r"{\rtf1\ansi\ansicpg932", r"\'83\'8b", "ル"),
    ],
)
def test_code_pages(start, byte, letter):
    assert lines(f"K1: {byte}", head="", start=start) == [f"K1: {letter}"]


def test_a_file_of_word():
    run = r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1 \hich\af31506\dbch\af31505\loch\f31506 %s}"
    pard = (
        r"\pard\plain \ltrpar%s\rtlch\fcs1 \af0\afs22\alang1025 \ltrch\fcs0 \f31506\fs22\lang2057\langfe1033 "
    )
    label = (
        r"{\listtext\pard\plain\ltrpar \rtlch\fcs1 \af0 \ltrch\fcs0 \b\f31506\insrsid1 "
        r"\hich\af31506\dbch\af31505\loch\f31506 K%d:\tab}"
    )
    listed = r"\s17\ql \fi-360\li720{\*\pn\pnlvlbody\pndec }\ls1\adjustright\rin0\lin720\itap0 "
    shape = r"\trowd \irow0\irowband0\ltrrow\ts15\trgaph108\trleft-108\trbrdrt\brdrs\brdrw10 \trftsWidth1 "
    shape += (
        r"\clvertalt\clbrdrt\brdrs\brdrw10 \cltxlrtb\clftsWidth3\clwWidth4508 \cellx4400\clvertalt \cellx8908"
    )
    cell = pard % r"\ql \li0\ri0\widctlpar\intbl\wrapdefault\faauto\adjustright\rin0\lin0 "
    head = (
        r"{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times New Roman;}"
        r"{\flominor\f31506\fbidi \fswiss\fcharset0\fprq2{\*\panose 020f0502}Calibri;}}{\*\rsidtbl \rsid1}"
        r"{\stylesheet{\ql \snext0 Normal;}{\s17\ql \sbasedon0 \snext17 \slink18 List Paragraph;}}"
        + LISTS
        + r"{\*\themedata 504b0304}{\*\latentstyles\lsdstimax376{\lsdlockedexcept Normal;}}"
    )
    body = (
        r"{\*\ftnsep \ltrpar \pard\plain {\chftnsep \par }}{\*\pnseclvl1\pnucrm\pnstart1{\pntxta .}}"
        + r"{\headerr \ltrpar \pard\plain {\insrsid1 Rope maker}{\par }}"
        + (label % 1)
        + (pard % listed)
        + (run % r"How hemp \u8211\'96 is {\*\bkmkstart _Toc1}spun\par ")
        + (label % 2)
        + (
            run
            % r"{\*\atrfstart 1}Tar{\*\atrfend 1}{\*\atnid J}\chatn {\*\annotation{\*\atnref 1}{ Hm }}\par "
        )
        + r"\pard \ltrpar"
        + shape
        + cell
        + (run % r"S1\cell Spin\cell ")
        + r"\pard \ltrpar\ql \li0\widctlpar\intbl "
        + (run % (shape + r"\row "))
        + (pard % "")
        + (
            run
            % r"{\field\flddirty{\*\fldinst {\fcs1 REF x }{\*\datafield 08}}{\fldrslt B1}}\sectd : Calm\par "
        )
        + r"{\*\datastore 0105}"
    )
    found = read(body, head=head)
    assert found.lines == ("K1: How hemp – is spun", "K2: Tar", "S1", "Spin", "B1: Calm")
    assert found.markup.remarks == ()
    assert found.markup.page_heads == ("Rope maker",)
    assert cells(body, head=head) == [(1, 1, 1, 1, 1, ["S1"]), (1, 1, 2, 1, 1, ["Spin"])]


def test_a_file_of_textedit():
    data = (
        "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2868\n\\cocoatextscaling0\\cocoaplatform0"
        "{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fnil\\fcharset2 Wingdings;}\n"
        "{\\colortbl;\\red255\\green255\\blue255;}\n{\\*\\expandedcolortbl;;}\n"
        "{\\*\\listtable{\\list\\listtemplateid1\\listhybrid{\\listlevel\\levelnfc0\\levelnfcn0"
        "\\levelfollow0\\levelstartat1{\\*\\levelmarker K\\{decimal\\}:}{\\leveltext\\leveltemplateid1"
        "\\'03K\\'00:;}{\\levelnumbers\\'02;}\\fi-360}{\\listname ;}\\listid1}}\n"
        "{\\*\\listoverridetable{\\listoverride\\listid1\\listoverridecount0\\ls1}}\n"
        "\\pard\\tx560\\pardirnatural\n\n\\f0\\b\\fs28 \\cf0 Knowledge\n\\f0\\b0\\fs24 \\\n"
        "\\pard\\tx220\\li720\n\\ls1\\ilvl0\\cf0 {\\listtext\tK1:\t}hemp \\uc0\\u8211  tar\\\n"
        "{\\listtext\tK2:\t}rope\\uc0\\u8232 of old\\\n\\pard\\tx560\n\\cf0 end {\\f1 \\'fc}\\\n"
        "\\itap1\\trowd \\taflags1 \\trgaph108\\trleft-108 \\clvertalc \\cellx4320\\clvertalc \\cellx8640\n"
        "\\pard\\intbl\\itap1\\pardeftab720\\cf0 S1\\cell \n\\pard\\intbl\\itap1 Spin\\cell \\lastrow\\row}"
    )
    found = rich_text_to_content(data.encode(), "k")
    assert found.lines == ("Knowledge", "K1: hemp – tar", "K2: rope", "of old", "end ✓", "S1", "Spin")
    assert found.markup.remarks == ()
    assert [(cell.row, cell.column, cell.lines[0].text) for cell in found.cells] == [
        (1, 1, "S1"),
        (1, 2, "Spin"),
    ]


def test_letters_in_utf_8_are_read_as_such():
    data = "{\\rtf1\\ansi\\ansicpg1252 K1: café – “a” \\'e9}".encode()
    assert rich_text_to_content(data, "k").lines == ("K1: café – “a” é",)


def test_what_is_before_the_first_group_is_no_text():
    for before in (b"\xef\xbb\xbf", b"\r\n \n"):
        found, form = bytes_to_content(before + rtf("K1: a"), "mine.rtf")
        assert (found.lines, form) == (("K1: a",), "rtf")


def test_paragraphs_and_line_breaks():
    assert lines("K1: a\\par\\par\nK2: b\\line K3: c\\\nK4: d\\\r\nK5: e\\sect K6: f") == [
        "K1: a",
        "",
        "K2: b",
        "K3: c",
        "K4: d",
        "K5: e",
        "K6: f",
    ]


# Looks


def test_bold():
    head = FONTS + STYLES
    assert bold(r"K1: {\b a}b\par\b K2: c\b0 d\par\b e\plain f", head=head) == ["a", "K2: c", "e"]
    assert bold(r"K1: {\cs10 a} {\cs11 b}{\cs99 c}\par", head=head) == ["a b"]
    assert bold(r"\pard\plain\s3\b K1: a\par\pard\plain K2: b", head=head) == ["K1: a"]


def test_headings_are_not_bold_by_their_style():
    body = (
        r"\pard\plain\s1\b Skills\par\pard\plain\s2\b Part\par"
        r"\pard\plain\outlinelevel1\b Duties\par\pard\plain K1: a"
    )
    found = read(body, head=FONTS + STYLES)
    assert dict(found.headings) == {1: 1, 2: 1, 3: 2}
    assert [span.line for span in found.markup.bold] == [3]


def test_hidden_struck_and_raised_text_is_told():
    assert lines(r"K1: a{\v  old}\par K2: {\strike b}\par K3: c.{\super 2}\par S1: m{\super 2}") == [
        "K1: a",
        "K2: b",
        "K3: c.",
        "S1: m2",
    ]
    assert told(r"K1: a{\v K7: Gone}\par K2: {\striked1 b\striked0 c}\par K3: c.{\super 2}") == [
        ("left-out", 3, "note"),
        ("left-out", 1, "warning"),
        ("struck-out", 2, "warning"),
    ]


def test_tracked_changes_are_accepted():
    body = r"K1: {\revised\revauth1 new}{\deleted old}\par K2: a{\deleted\par }b\par {\mvf c\par}K3: d"
    assert lines(body) == ["K1: new", "K2: ab", "K3: d"]
    message = (
        "the file has 3 tracked changes (1 deletion, 1 insertion, 1 move): it is read as if all were accepted"
    )
    assert messages(body) == [("tracked-changes", 0, "note", message)]


# Lists

TABLES = FONTS + LISTS


def test_labels_that_the_file_has():
    body = item("a", saved="K1:") + item("b", saved="K2:") + item("c", level=1, saved="2.a)")
    assert lines(body, head=TABLES) == ["K1: a", "K2: b", "2.a) c"]
    assert told(body, head=TABLES) == []
    assert read(body, head=TABLES).markup.depths == ((3, 1),)
    # Without a table of lists they are read too.
    assert lines(item("a", saved="S7")) == ["S7: a"]


def test_labels_that_are_counted():
    body = item("a") + item("b", level=1) + item("c", level=1) + item("") + item("d") + item("e", 3)
    assert lines(body, head=TABLES) == ["K1: a", "1.a) b", "1.b) c", "", "K3: d", "K20: e"]
    assert lines(item("a", 2) + item("b", 99), head=TABLES) == ["• a", "b"]
    assert lines(item("a", 2, saved=r"\f2\'b7") + item("b", saved=r"\'b7"), head=FONTS) == ["• a", "• b"]


def test_labels_that_differ_are_told():
    body = item("a", saved="K1:") + item("b", saved="K5:")
    assert lines(body, head=TABLES) == ["K1: a", "K5: b"]
    assert told(body, head=TABLES) == [("list-labels", 2, "warning")]
    # A deleted item no longer counts.
    gone = r"\pard\plain{\listtext K2:\tab}\ls1{\deleted gone\par}"
    body = item("a", saved="K1:") + gone + item("c", saved="K3:")
    assert lines(body, head=TABLES) == ["K1: a", "K2: c"]
    assert [row[0] for row in told(body, head=TABLES)] == ["tracked-changes", "list-labels"]


def test_an_item_whose_text_alone_is_deleted_still_counts_and_is_told():
    gone = r"\pard\plain{\listtext K2:\tab}\ls1{\deleted gone}\par "
    body = item("a", saved="K1:") + gone + item("c", saved="K3:")
    assert lines(body, head=TABLES) == ["K1: a", "", "K3: c"]
    assert ("list-labels", 2, "warning") in told(body, head=TABLES)


def test_labels_that_differ_in_their_marks_are_those_of_the_file():
    assert lines(item("a", saved="K1."), head=TABLES) == ["K1. a"]
    assert told(item("a", saved="K1."), head=TABLES) == []


def test_an_item_without_the_label_that_others_have_is_told():
    body = item("a", saved="K1:") + item("b")
    assert lines(body, head=TABLES) == ["K1: a", "K2: b"]
    assert told(body, head=TABLES) == [("list-labels", 2, "warning")]


def test_labels_of_unknown_forms_are_told():
    assert lines(item("a", 99), head=TABLES) == ["a"]
    assert told(item("a", 99), head=TABLES) == [("left-out", 1, "warning")]
    assert lines(item("a", 4), head=TABLES) == ["a"]
    assert told(item("a", 4), head=TABLES) == [("left-out", 1, "warning")]
    old = r"\pard{\*\pn\pnlvlbody\pndec{\pntxtb K}{\pntxta :}}a\par"
    assert told(old) == [("left-out", 1, "warning")]


def test_labels_of_wordpad_and_textedit():
    wordpad = (
        r"\pard{\pntext\f2\'B7\tab}{\*\pn\pnlvlblt\pnf2\pnindent0{\pntxtb\'B7}}\fi-360 a\par"
        r"{\pntext\f2\'B7\tab}b\par{\pntext\f0 K3:\tab}c\par"
    )
    assert lines(wordpad) == ["• a", "• b", "K3: c"]
    textedit = "\\pard\\tx220\\ls1\\ilvl0\\cf0 {\\listtext\tK1:\t}a\\\n{\\listtext\tK2:\t}b\\\n\\pard c"
    assert lines(textedit) == ["K1: a", "K2: b", "c"]


# Tables


def test_cells_and_their_columns():
    body = (
        row("KSB", "Text", edges=(1000, 5000), head=r"\trhdr")
        + row("K1", "a\\par b", edges=(1020, 5000), before=False)
        + row("all", edges=(5000,))
        + r"\pard after\par "
        + row("x", edges=(700,))
    )
    assert cells(body) == [
        (1, 1, 1, 1, 1, ["KSB"]),
        (1, 1, 2, 1, 1, ["Text"]),
        (1, 2, 1, 1, 1, ["K1"]),
        (1, 2, 2, 1, 1, ["a", "b"]),
        (1, 3, 1, 1, 2, ["all"]),
        (2, 1, 1, 1, 1, ["x"]),
    ]
    assert [cell.is_heading for cell in read(body).cells] == [True, True, False, False, False, False]


def test_merged_cells():
    body = (
        row("Duty 1", "K1", "x", edges=(1000, 2000, 3000), flags=(r"\clvmgf", "", r"\clmgf"))
        + row("", "K2", "y", edges=(1000, 2000, 3000), flags=(r"\clvmrg",))
        + row("Duty 2", "K3", "", edges=(1000, 2000, 3000), flags=("", r"\clmgf", r"\clmrg"))
        + row("Duty 3", "gone", "K4", edges=(1000, 2000, 3000), flags=("", r"\cldel"))
    )
    assert cells(body) == [
        (1, 1, 1, 2, 1, ["Duty 1"]),
        (1, 1, 2, 1, 1, ["K1"]),
        (1, 1, 3, 1, 1, ["x"]),
        (1, 2, 2, 1, 1, ["K2"]),
        (1, 2, 3, 1, 1, ["y"]),
        (1, 3, 1, 1, 1, ["Duty 2"]),
        (1, 3, 2, 1, 2, ["K3"]),
        (1, 4, 1, 1, 1, ["Duty 3"]),
        (1, 4, 3, 1, 1, ["K4"]),
    ]


def test_a_row_that_begins_at_a_later_column():
    body = row("a", "b", edges=(1000, 2000)) + r"\trowd\trleft1000\cellx2000\pard\intbl c\cell\row "
    assert cells(body)[-1] == (1, 2, 2, 1, 1, ["c"])


def test_tables_within_cells():
    inner = (
        r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
        r"{\nonesttables\par}\pard\intbl\itap2 z\nestcell{\*\nesttableprops\trowd\cellx900\nestrow}"
    )
    outer = r"\trowd\cellx1000\cellx2000\pard\intbl K1\cell\pard\intbl a\par"
    body = rf"{outer}{inner}\pard\intbl b\cell\row\pard end"
    assert cells(body) == [
        (1, 1, 1, 1, 1, ["K1"]),
        (1, 1, 2, 1, 1, ["a", "b"]),
        (2, 1, 1, 1, 1, ["x"]),
        (2, 1, 2, 1, 1, ["y"]),
        (2, 2, 1, 1, 2, ["z"]),
    ]


def test_cells_without_edges_without_intbl_and_with_paragraph_ends():
    assert cells(r"\trowd\pard\intbl a\cell b\cell\row") == [(1, 1, 1, 1, 1, ["a"]), (1, 1, 2, 1, 1, ["b"])]
    assert cells(r"\trowd\cellx9\cellx900\pard a\par b\cell c\cell\row\pard d")[0][-1] == ["a", "b"]
    pandoc = (
        r"{\trowd\cellx4320\cellx8640\intbl{{{\pard\intbl K1\par}\cell}{{\pard\intbl a\par}\cell}}\intbl\row}"
    )
    assert lines(pandoc) == ["K1", "a"]
    assert cells(pandoc) == [(1, 1, 1, 1, 1, ["K1"]), (1, 1, 2, 1, 1, ["a"])]


def test_the_description_of_a_row_without_cells_makes_no_table():
    body = r"\trowd\cellx900\pard\intbl K1\cell\row\trowd\cellx900\pard K2: a\par\pard K3: b\par"
    assert lines(body) == ["K1", "K2: a", "K3: b"]
    assert cells(body) == [(1, 1, 1, 1, 1, ["K1"])]


def test_a_table_at_the_end_without_the_end_of_its_row():
    assert cells(r"\trowd\cellx900\cellx1800\pard\intbl K1\cell a")[-1] == (1, 1, 2, 1, 1, ["a"])


# Boxes, fields, headers


def test_text_boxes_are_read_behind_their_paragraph():
    box = (
        r"{\shp{\*\shpinst\shpleft10{\sp{\sn wzName}{\sv Box}}{\shptxt\pard K2: b\par K3: c\par}}"
        r"{\shprslt{\*\do\dptxbx{\dptxbxtext K2: b\par}}}}"
    )
    assert lines(rf"K1: {box}a\par K4: d") == ["K1: a", "K2: b", "K3: c", "K4: d"]
    assert lines(r"K1: {\*\do\dobxpage{\dptxbxtext\pard K2: b}}a") == ["K1: a", "K2: b"]


def test_what_is_not_read_is_told():
    body = (
        r"K1: a{\object\objemb{\*\objclass Word.Document}{\*\objdata 0102}{\result {\pict 00}}}\par "
        r"K2: {\mmath{\*\moMath x}}b\par{\field{\*\fldinst LISTNUM}{\fldrslt}} c{\super\chftn}{\footnote n}"
    )
    assert told(body) == [
        ("left-out", 1, "warning"),
        ("left-out", 2, "warning"),
        ("left-out", 3, "note"),
        ("left-out", 3, "warning"),
    ]


def test_a_check_box_is_told():
    body = r"K1: a {\field{\*\fldinst FORMCHECKBOX {\*\formfield\fftype1\ffres1}}{\fldrslt}}"
    assert messages(body) == [("left-out", 1, "warning", "a check box of a form is not read")]


def test_a_table_of_contents_is_left_out():
    body = r'{\field{\*\fldinst TOC \\o "1-3"}{\fldrslt Duties\tab 2\par Skills\tab 3\par}}\pard K1: a'
    assert lines(body) == ["K1: a"]
    message = "a table of contents or an index is left out (2 lines)"
    assert messages(body) == [("left-out", 0, "note", message)]


def test_the_facts_in_the_headers_of_pages():
    body = (
        r"{\header\pard Rope maker, reference: ST9501, version: 1.3\par}"
        r"{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}K1: Hemp fibres.\par S1: Lay rope."
    )
    parsed = parse_document(bytes_to_document(rtf(body), "mine.rtf"))
    assert parsed.document.markup.page_heads == ("Rope maker, reference: ST9501, version: 1.3",)
    facts = parsed.facts
    assert (facts.title, facts.reference, facts.version) == ("Rope maker", "ST9501", "1.3")
    assert [row.text for row in parsed.statements] == ["Hemp fibres.", "Lay rope."]
    assert ["RTF" in row.message for row in parsed.findings if row.rule == "reading"] == [True]


def test_bold_says_what_must_be_assessed():
    body = (
        r"Knowledge and skills in bold must be assessed.\par "
        r"{\b K1: Hemp fibres.\par}K2: {\b Kinds of tar.}\par "
        r"K3: Old ropes.\par S1: Lay rope.\par B1: Calm."
    )
    parsed = parse_document(bytes_to_document(rtf(body), "mine.rtf"))
    found = {row.code: row.is_mandatory for row in parsed.statements}
    assert found == {"K1": True, "K2": True, "K3": False, "S1": False, "B1": None}


# Kinds of files


@pytest.mark.parametrize("name", ["mine.rtf", "mine.doc", "mine.docx", "mine.txt", "mine"])
def test_the_content_says_what_a_file_is_and_not_its_name(name):
    found, form = bytes_to_content(rtf("K1: a"), name)
    assert (found.lines, form) == (("K1: a",), "rtf")


def test_a_file_that_is_cut_off_is_told():
    assert told(r"K1: a{\b b")[0] == ("left-out", 1, "error")
    data = rtf(r"K1: a\par K2: b") + b"\x00\r\n"
    assert rich_text_to_content(data, "k").markup.remarks == ()
    found = rich_text_to_content(data + b"{\\par K3: c", "k")
    assert found.lines == ("K1: a", "K2: b")
    assert [row[:3] for row in found.markup.remarks] == [("left-out", 2, "error")]


def test_a_file_with_too_many_words_is_refused(monkeypatch):
    monkeypatch.setattr("curriculum.documents.rich_text_splitter._MOST_TOKENS", 1_000)
    with pytest.raises(UnreadableFile, match="at most 1,000 words, signs and groups"):
        read("K1: a" + r"\b" * 1_001)


def test_tables_within_tables_do_not_fill_the_memory():
    with pytest.raises(UnreadableFile, match="at most 8,000 lines; found 8,001"):
        read(r"\itap50 a\par\itap0 a\par " * 4_001)
    flow = TextFlow()
    TableFlow(flow).add(RowEnd(50, RowShape()))
    assert flow.tables == []


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (rtf(""), UnreadableFile, "holds no text"),
        (rtf(r"{\pict 00}"), UnreadableFile, "holds no text"),
        (rtf("{" * 1_001 + "a" + "}" * 1_001), UnsupportedFormat, "groups nested more than 1,000 deep"),
        (rtf(r"K1: a\bin99999 b"), UnsupportedFormat, "embedded bytes that go on behind its end"),
        (rtf("a" * 200_001), UnreadableFile, "at most 200,000 characters in a line"),
        (rtf(r"a\par " * 8_001), UnreadableFile, "at most 8,000 lines"),
    ],
)
def test_files_that_are_refused(data, error, said):
    with pytest.raises(error, match=said):
        bytes_to_content(data, "mine.rtf")


@pytest.mark.parametrize(
    "body",
    [
        r"K1: a}}}}",
        r"K1: a\par\cell\row\nestcell\nestrow\cell",
        r"K1: a\trowd\cellx-5\cellx-9\intbl b\cell c\cell d\cell\row",
        r"K1: a\itap99999999 b\par c\itap-5 d\par",
        r"K1: a\u99999999999 b\uc-5\u8211 c\u d",
        r"K1: a\fonttbl\stylesheet\listtable\field\fldrslt\shptxt\header\upr\ud\pn",
        r"K1: a{\fldinst TOC}{\fldrslt b}",
        r"K1: a{\shptxt b{\shptxt c\cell\row}\trowd}",
        r"K1: a{\header b{\header c\cell\row}}",
        r"K1: a\ls99999999999\ilvl-4\ilvl99 b\par",
        r"K1: a\'zz\'e\' b\\'",
        "K1: a\\",
    ],
)
def test_odd_files_do_no_harm(body):
    assert lines(body)[0].startswith("K1: a")
