"""Saved web pages and Word files to lines: what is shown, what Word counts, and what is refused."""

from __future__ import annotations

import hashlib
import html
import io
import sys
import zipfile
from collections import Counter

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.documents.document import Document, Registration
from curriculum.documents.file_reading import bytes_to_document, path_to_document
from curriculum.documents.web_page import MAX_DEPTH, MAX_PAGE_BYTES, page_to_content
from curriculum.documents.word_document import word_to_content
from curriculum.documents.word_numbering import count_to_text
from curriculum.errors import CurriculumError, UnreadableFile, UnsupportedFormat
from curriculum.model.codes import line_to_label
from curriculum.parsing.document_parser import parse_document

NAME = "st0792_v1-0_media_production_coordinator.txt"


# Pages.


def page(body: str) -> list[str]:
    return list(page_to_content(body.encode(), "k.html").lines)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>K1: a</p><p>K2: b</p>", ["K1: a", "", "K2: b"]),
        ("<div>a</div><div><div>b</div>c</div>", ["a", "b", "c"]),
        ("<h2>Skills</h2><div>S1: a</div>", ["Skills", "", "S1: a"]),
        ("<section>a</section>b", ["a", "", "b"]),
        ("a<br>b<br/><br>c<br>", ["a", "b", "", "c"]),
        ("<p>one\n   and\t <b>two</b>\r\nthree </p>", ["one and two three"]),
        ("<b>K</b><i>1</i>: a", ["K1: a"]),
        ("<ul><li>a<li>b</ul>", ["• a", "• b"]),
        ("<ul><li><p>K1: a</p></li><li><p>K2: b</p></li></ul>", ["• K1: a", "", "• K2: b"]),
        ("<ul><li></li><li>b</li></ul><p>c", ["• b", "", "c"]),
        ("<ul><li>a<ol><li>b<li>c</ol>d</li><li>e</ul>", ["• a", "1. b", "2. c", "d", "• e"]),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3. a", "7. b", "8. c"]),
        ("<ol start=3 reversed><li>a<li>b</ol>", ["3. a", "2. b"]),
        ("<ol type=a><li>a<li>b</ol><ol type=I><li>c", ["a. a", "b. b", "", "I. c"]),
        ("<ol start=x><li value=99999999999999999999>a</ol>", ["1. a"]),
        ("<li>no list", ["• no list"]),
        ("<table><tr><th>Theme<th>KSBs<tr><td>Role<td>K1 S2</table>", ["Theme", "KSBs", "Role", "K1 S2"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a", "", "b", "", "c"]),
        ("<dl><dt>Level<dd>4<dt>Route<dd>Media</dl>", ["Level", "4", "Route", "Media"]),
        ("<pre>\nK1: a\n  K2: b\n\n\nB1: c\n</pre>", ["K1: a", "  K2: b", "", "B1: c"]),
        ("<p>team&rsquo;s &amp; &#233;&#xe9; &lt;b&gt;", ["team’s & éé <b>"]),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", ["a", "", "b"]),
        ("<div>a</div><div>&nbsp;</div><div>b&nbsp;c</div>", ["a", "", "b\xa0c"]),
        ("<title>t</title><style>s</style><script>if (a<b) '<p>x'</script>a<!-- c -->b", ["ab"]),
        ("<template><p>x</template><noscript>x</noscript><textarea>x</textarea>a", ["a"]),
        ("<nav hidden><ul><li>x</ul></nav><p hidden>x<p>a<span hidden=''>x</span>b", ["ab"]),
        ("<div hidden=until-found>folded</div>", ["folded"]),
        ("<div hidden><div>x</div>x</div>a<br hidden>b", ["ab"]),
        ("<details><summary>More</summary>K1: a</details>", ["More", "K1: a"]),
        ("<![if !supportLists]>K1: <![endif]>a<o:p></o:p>", ["K1: a"]),
        ("<p>a</span></div></p>b", ["a", "", "b"]),
        ("<p>unclosed <b>text", ["unclosed text"]),
        ("<input value=x><img alt=x>a", ["a"]),
    ],
)
def test_page_to_lines(body, lines):
    assert page(body) == lines


K15 = "K15: the team’s café"


@pytest.mark.parametrize(
    "data",
    [
        f"<p>{K15}".encode(),
        f"<p>{K15}".encode("utf-8-sig"),
        f"<p>{K15}".encode("utf-16"),
        b"\xfe\xff" + f"<p>{K15}".encode("utf-16-be"),
        f"<p>{K15}".encode("cp1252"),
        f'<meta charset="utf-8"><p>{K15}'.encode(),
        f"<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>{K15}".encode("cp1252"),
        f"<META CHARSET=windows-1250><p>{K15}".encode("cp1250"),
        f'<?xml version="1.0" encoding="windows-1252"?><html><p>{K15}</p></html>'.encode("cp1252"),
        f"<meta charset=no-such><p>{K15}".encode(),
        f"<meta charset=punycode><p>{K15}".encode(),
        f"<meta charset=utf-16><p>{K15}".encode(),
        f"<meta charset=utf-8><p>{K15}".encode("cp1252"),
    ],
)
def test_encodings_of_pages(data):
    assert page_to_content(data, "k.html").lines == (K15,)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", UnreadableFile, "k.html: holds no text; .* as a script fills them in"),
        (b" \n", UnreadableFile, "holds no text"),
        (b"<!-- x -->", UnreadableFile, "holds no text"),
        (
            b"<html><body><div id=root></div><script>go()</script></body></html>",
            UnreadableFile,
            "Some saved pages hold no text",
        ),
        (b"<p>&nbsp;</p>", UnreadableFile, "Some saved pages hold no text"),
        (b"K1: text", UnsupportedFormat, "not a web page; expected tags such as <p>; found none"),
        (b"<p>\x00", UnreadableFile, "cannot be decoded"),
        (b"<p>\x81", UnreadableFile, "cannot be decoded"),
        ("<p>a".encode("utf-16-le"), UnreadableFile, "cannot be decoded"),
        (b"\xff\xfe<", UnreadableFile, "cannot be decoded"),
        (b"<p>a<p>&#7;", UnreadableFile, r"k.html, line 3 of its text: .* U\+0007"),
        (
            b"<p>" + b"x" * MAX_PAGE_BYTES,
            UnreadableFile,
            "too large .* at most 20,000,000 bytes; found 20,000,003",
        ),
        (b"<p>" * 1_000_001 + b"x", UnreadableFile, "at most 1,000,000 tags; found 1,000,001"),
        (b"<div>" * 100_000 + b"x", UnreadableFile, "too deeply nested"),
        (b"<div>" * 100_000 + b"x" + b"</div>" * 100_000, UnreadableFile, "too deeply nested"),
        (b"<ul><li>" * 100_000 + b"x", UnreadableFile, "too deeply nested"),
    ],
)
def test_pages_that_are_refused(data, error, said):
    with pytest.raises(error, match=said):
        page_to_content(data, "k.html")


def test_a_page_as_deep_as_is_read():
    inner = MAX_DEPTH - 2
    assert page("<div>" * inner + "x" + "</div>" * inner) == ["x"]
    with pytest.raises(UnreadableFile, match="too deeply nested"):
        page("<div>" * (inner + 1) + "x")


@pytest.mark.parametrize(
    "data",
    [
        b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">x",
        b"<p>x" + b"</b>" * 200_000,
        b"<p>x<img src='data:" + b"A" * 12_000_000 + b"'>",
        b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><p>x',
    ],
)
def test_large_and_odd_pages_are_read_whole(data):
    assert page_to_content(data, "k.html").lines[-1].endswith("x")


def test_entities_of_a_page_are_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    body = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>a &x; b</p></html>'
    assert "secret" not in " ".join(page(body)).replace(secret.as_uri(), "")


@given(st.binary(max_size=80))
def test_any_bytes_are_a_page_or_refused(data):
    try:
        lines = page_to_content(b"<p>" + data, "k.html").lines
    except CurriculumError:
        return
    assert all("\n" not in line for line in lines)
    assert lines[0].strip()
    assert lines[-1].strip()


# Word files.


def word_bytes(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(document) -> list[str]:
    return list(word_to_content(word_bytes(document), "k.docx").lines)


def repacked(data: bytes, replaced: dict[str, bytes], added: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, replaced.get(name, old.read(name)))
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def level(number: int, pattern: str, form: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def add_list(document, *levels: str) -> int:
    """Add a definition with these levels, and give its id, which is also that of its one number."""
    root = document.part.numbering_part.element
    key = 900 + len(root.findall(qn("w:abstractNum")))
    xml = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
    root.insert(0, parse_xml(xml))
    return add_number(document, key, key)


def add_number(document, key: int, shared: int, overrides: str = "") -> int:
    xml = f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{shared}"/>{overrides}</w:num>'
    document.part.numbering_part.element.append(parse_xml(xml))
    return key


def numbered(document, text: str, key: int, ilvl: int | None = 0):
    paragraph = document.add_paragraph(text)
    set_numbering(paragraph._p.get_or_add_pPr(), key, ilvl)
    return paragraph


def set_numbering(properties, key: int | None, ilvl: int | None) -> None:
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", ilvl), ("w:numId", key)):
        if value is not None:
            numbering.append(OxmlElement(tag, {qn("w:val"): str(value)}))
    properties.append(numbering)


def insert(paragraph, xml: str) -> None:
    for element in parse_xml(f"<w:x {nsdecls('w', 'r')}>{xml}</w:x>"):
        paragraph._p.append(element)


def test_paragraphs_and_cells_in_order():
    document = docx.Document()
    document.add_paragraph("K1: a")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Theme"
    table.cell(0, 1).text = "K1"
    table.cell(0, 1).add_paragraph("K2")
    inner = table.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "inner"
    document.add_paragraph("B1: the team’s\tcafé\nsecond line")
    # Word puts an empty paragraph behind a table within a cell.
    lines = ["K1: a", "", "Theme", "K1", "K2", "inner", "", "B1: the team’s\tcafé", "second line"]
    assert word(document) == lines


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (
            "<w:r><w:t>K1:</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:t>a</w:t></w:r>",
            "K1: a",
        ),
        ("<w:r><w:t>a\nb</w:t></w:r>", "a b"),
        ("<w:hyperlink r:id='rId99'><w:r><w:t>a</w:t></w:r></w:hyperlink>", "a"),
        ("<w:ins><w:r><w:t>a</w:t></w:r></w:ins><w:del><w:r><w:delText>b</w:delText></w:r></w:del>", "a"),
        ("<w:moveFrom><w:r><w:t>b</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>a</w:t></w:r></w:moveTo>", "a"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r><w:r><w:t>a</w:t></w:r>", "a"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>a</w:t></w:r>", "a"),
        ("<w:sdt><w:sdtContent><w:r><w:t>a</w:t></w:r></w:sdtContent></w:sdt>", "a"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
        ("<w:r><w:t>pre</w:t><w:noBreakHyphen/><w:t>production</w:t></w:r>", "pre-production"),
    ],
)
def test_text_of_a_paragraph(xml, text):
    document = docx.Document()
    insert(document.add_paragraph(), xml)
    assert word(document) == [text]


def test_a_text_box_stands_once_behind_its_paragraph():
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent>"
    mc = "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    insert(
        document.add_paragraph("before"),
        f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>, after</w:t></w:r>",
    )
    assert word(document) == ["before, after", "box"]


@pytest.mark.parametrize(
    ("levels", "label"),
    [
        (level(0, "K%1:"), "K2: "),
        (level(0, "K%1"), "K2: "),
        (level(0, "%1."), "2. "),
        (level(0, "(%1)", "lowerLetter"), "(b) "),
        (level(0, "%1.", "lowerRoman"), "ii. "),
        (level(0, "%1.", "upperRoman"), "II. "),
        (level(0, "%1", "decimalZero"), "02 "),
        (level(0, "\uf0b7", "bullet"), "• "),
        (level(0, "o", "bullet"), "• "),
        (level(0, "", "none"), ""),
        (level(0, "Note:", "none"), "Note: "),
        (level(0, "%1.", "chineseCounting"), ""),
        (level(0, "%1" * 60), ""),
        (level(0, "K%1:", more='<w:suff w:val="nothing"/>'), "K2:"),
        (level(0, "K%1: ", more='<w:suff w:val="nothing"/>'), "K2: "),
        (level(1, "%2."), ""),
    ],
)
def test_labels_that_word_counts(levels, label):
    document = docx.Document()
    key = add_list(document, levels)
    numbered(document, "a", key)
    numbered(document, "b", key)
    assert word(document)[1] == f"{label}b"


def test_a_code_is_set_off_by_a_colon_unless_the_text_brings_its_own():
    document = docx.Document()
    key = add_list(document, level(0, "K%1", more='<w:suff w:val="nothing"/>'))
    numbered(document, ": a", key)
    numbered(document, " – b", key)
    numbered(document, "c", key)
    lines = word(document)
    assert lines == ["K1: a", "K2 – b", "K3: c"]
    assert all(line_to_label(line) for line in lines)


def test_lower_levels_start_again_and_upper_numbers_stand_in_labels():
    document = docx.Document()
    never = '<w:lvlRestart w:val="0"/>'
    levels = [level(0, "%1."), level(1, "%1.%2", "lowerLetter"), level(2, "[%3]", more=never)]
    key = add_list(document, *levels)
    for ilvl in (0, 1, 1, 2, 0, 1, 2):
        numbered(document, "x", key, ilvl)
    assert word(document) == ["1. x", "1.a x", "1.b x", "[1] x", "2. x", "2.a x", "[2] x"]


def test_lists_have_counters_of_their_own_or_share_those_of_a_definition():
    document = docx.Document()
    first, other = add_list(document, level(0, "K%1:")), add_list(document, level(0, "S%1:"))
    same = add_number(document, 990, first)
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    anew = add_number(document, 991, first, anew)
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "B%1:")}</w:lvlOverride>'
    own = add_number(document, 992, other, own)
    for key in (first, other, first, same, anew, anew, own):
        numbered(document, "x", key)
    assert word(document) == ["K1: x", "S1: x", "K2: x", "K3: x", "K5: x", "K6: x", "B2: x"]


def test_numbering_by_style_direct_word_and_none():
    document = docx.Document()
    linked = '<w:pStyle w:val="Skill"/>'
    key = add_list(document, level(0, "K%1:"), level(1, "S%2:", more=linked))
    for name, base in (("Skill", "Normal"), ("Better", "Skill"), ("Knowledge", "Normal")):
        style = document.styles.add_style(name, 1)
        style.base_style = document.styles[base]
    set_numbering(document.styles["Skill"].element.get_or_add_pPr(), key, None)
    set_numbering(document.styles["Knowledge"].element.get_or_add_pPr(), key, 0)
    document.add_paragraph("a", "Knowledge")
    document.add_paragraph("b", "Skill")
    document.add_paragraph("c", "Better")
    set_numbering(document.add_paragraph("d", "Skill")._p.get_or_add_pPr(), 0, 0)
    set_numbering(document.add_paragraph("e", "Skill")._p.get_or_add_pPr(), None, 0)
    document.add_paragraph("f", "List Bullet")
    assert word(document) == ["K1: a", "S1: b", "S2: c", "d", "K2: e", "• f"]


def test_numbering_through_a_style_of_lists():
    document = docx.Document()
    key = add_list(document, level(0, "K%1:"))
    outer = add_list(document, '<w:numStyleLink w:val="KSBs"/>')
    style = document.styles.add_style("KSBs", 4)
    style.element.append(OxmlElement("w:pPr"))
    set_numbering(style.element.find(qn("w:pPr")), key, None)
    numbered(document, "a", outer)
    numbered(document, "b", key)
    assert word(document) == ["K1: a", "K2: b"]


def test_styles_that_are_based_on_each_other_end():
    document = docx.Document()
    one, two = document.styles.add_style("One", 1), document.styles.add_style("Two", 1)
    one.base_style, two.base_style = two, one
    document.add_paragraph("a", "One")
    assert word(document) == ["a"]


def test_empty_paragraphs_are_counted_and_deleted_ones_are_not():
    document = docx.Document()
    key = add_list(document, level(0, "K%1:"))
    numbered(document, "a", key)
    numbered(document, "", key)
    deleted = numbered(document, "", key)
    insert(deleted, "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>")
    deleted._p.pPr.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del/></w:rPr>"))
    numbered(document, "d", key)
    assert word(document) == ["K1: a", "", "K3: d"]


def test_odd_numbers_in_a_definition_do_no_harm():
    document = docx.Document()
    huge = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="999999999"/></w:lvlOverride>'
    key = add_number(document, 990, add_list(document, level(0, "%1.", "upperRoman")), huge)
    numbered(document, "a", key)
    numbered(document, "b", key, 99)
    numbered(document, "c", 12345)
    document.add_paragraph("d")._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="x"/><w:numId w:val="{key}"/></w:numPr>')
    )
    assert word(document) == ["999999999. a", "b", "c", "1000000000. d"]
    assert count_to_text(5000, "lowerLetter") == "5000"


def plain_word() -> bytes:
    document = docx.Document()
    document.add_paragraph("K1: a")
    return word_bytes(document)


def test_macros_and_embedded_files_are_left_out():
    added = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0", "word/embeddings/x.docx": b"PK", "y.xml": b"<y/>"}
    assert word_to_content(repacked(plain_word(), {}, added), "k.docx").lines == ("K1: a",)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name in names:
            new.writestr(name, b"<x/>")
    return stream.getvalue()


BODY = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def with_body(xml: str, encoding: str = "utf-8") -> bytes:
    return repacked(plain_word(), {BODY: xml.encode(encoding)})


def relationship(target: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    ).encode()


def chained(length: int) -> bytes:
    parts = {}
    for number in range(length):
        parts[f"word/p{number}.xml"] = b"<x/>"
        parts[f"word/_rels/p{number}.xml.rels"] = relationship(f"p{number + 1}.xml")
    parts[f"word/p{length}.xml"] = b"<x/>"
    data = plain_word()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        rels = packed.read("word/_rels/document.xml.rels")
    first = relationship("p0.xml").split(b"<Relationship ")[1].replace(b"rId1", b"rId999")
    linked = rels.replace(b"</Relationships>", b"<Relationship " + first)
    return repacked(data, {"word/_rels/document.xml.rels": linked}, parts)


# Bytes that a zip cannot shrink much, so that the tags beside them stay within the ratio.
NOISE = hashlib.shake_256(b"").digest(100_000)
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
DAMAGED = plain_word()[:-500]


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", UnsupportedFormat, "k.docx: not a Word file; expected a Word Document .* found an empty file"),
        (b"K1: text", UnsupportedFormat, "found 8 bytes that are no zip file"),
        (b"%PDF-1.7", UnsupportedFormat, "found a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", UnsupportedFormat, "found an old or password-protected"),
        (b"{\\rtf1", UnsupportedFormat, "found a rich-text file"),
        (b"<html>", UnsupportedFormat, "found a web page"),
        (DAMAGED, UnsupportedFormat, "found a damaged zip file"),
        (zipped("a.txt", "b.txt"), UnsupportedFormat, "found a zip file of 2 other files"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), UnsupportedFormat, "found an Excel workbook"),
        (zipped("[Content_Types].xml", "ppt/x.xml"), UnsupportedFormat, "found a PowerPoint"),
        (zipped("mimetype", "content.xml"), UnsupportedFormat, "found an OpenDocument file"),
        (zipped("[Content_Types].xml", BODY), UnsupportedFormat, "cannot be opened as a Word file"),
        (zipped("[Content_Types].xml", "../x.xml"), UnsupportedFormat, "the path '../x.xml'"),
        (zipped("[Content_Types].xml", "/x.xml"), UnsupportedFormat, "the path '/x.xml'"),
        (zipped("[Content_Types].xml", "C:\\x.xml"), UnsupportedFormat, "the path 'C:"),
        (zipped("[Content_Types].xml", "word/a/../../../x"), UnsupportedFormat, "the path"),
        (
            repacked(plain_word(), {}, {"x.bin": bytes(100_000_000)}),
            UnreadableFile,
            "at most 100,000,000 bytes when",
        ),
        (
            repacked(plain_word(), {}, {"x.bin": bytes(90_000_000)}),
            UnreadableFile,
            "at most 200 times its size",
        ),
        (
            repacked(plain_word(), {}, {f"{number}.bin": b"" for number in range(5_001)}),
            UnreadableFile,
            "at most 5,000 files within it",
        ),
        (
            repacked(plain_word(), {}, {"x.xml": b"<a/>" * 2_000_001, "x.bin": NOISE}),
            UnreadableFile,
            "at most 2,000,000 tags and attributes",
        ),
        (
            with_body(f"{ENTITIES}<w:document {W}><w:body/></w:document>"),
            UnsupportedFormat,
            "a document type decl",
        ),
        (
            with_body(
                f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<w:document {W}><w:body/></w:document>',
                "utf-16",
            ),
            UnsupportedFormat,
            "a document type declaration in word/document.xml",
        ),
        (
            with_body(
                f'<?xml version="1.0" encoding="cp037"?>{ENTITIES}<w:document {W}><w:body/></w:document>',
                "cp037",
            ),
            UnsupportedFormat,
            "k.docx",
        ),
        (with_body("<w:document"), UnsupportedFormat, r"a damaged or unusual one \(XMLSyntaxError\)"),
        (with_body(f"<w:document {W}/>"), UnsupportedFormat, "a document without a body"),
        (with_body(f"<w:document {W}><w:body/></w:document>"), UnreadableFile, "holds no text"),
        (word_bytes(docx.Document()), UnreadableFile, "holds no text"),
        (
            with_body(f"<w:document {W}><w:body>{'<w:x>' * 100_000}"),
            UnsupportedFormat,
            r"a damaged or unusual one \(XMLSyntaxError\)",
        ),
        (chained(2_000), UnsupportedFormat, r"a damaged or unusual one \(RecursionError\)"),
    ],
)
def test_word_files_that_are_refused(data, error, said):
    with pytest.raises(error, match=said):
        word_to_content(data, "k.docx")


def test_a_name_that_stands_twice_is_refused():
    stream = io.BytesIO(plain_word())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(stream, "a") as packed:
        packed.writestr(BODY, b"<x/>")
    with pytest.raises(UnsupportedFormat, match="holds one name twice"):
        word_to_content(stream.getvalue(), "k.docx")


def test_a_size_that_the_package_understates_is_refused():
    data = with_body(f"<w:document {W}><w:body>{'<w:p/>' * 9_000}</w:body></w:document>")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo(BODY).file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(UnsupportedFormat, match=r"BadZipFile"):
        word_to_content(lying, "k.docx")


def test_a_document_with_macros_or_a_template_is_named():
    data = plain_word()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        types = packed.read("[Content_Types].xml")
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert main in types
    types = types.replace(main, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    with pytest.raises(UnsupportedFormat, match="found a template or a document with macros"):
        word_to_content(repacked(data, {"[Content_Types].xml": types}), "k.docx")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_word_file_with_one_byte_changed_is_read_or_refused(place, change):
    data = bytearray(SMALL)
    data[place % len(data)] ^= change
    try:
        lines = word_to_content(bytes(data), "k.docx").lines
    except CurriculumError:
        return
    assert all("\n" not in line for line in lines)


SMALL = plain_word()


# Without the extra.


@pytest.mark.parametrize(
    ("module", "package", "name", "data"),
    [
        ("lxml", "lxml", "k.html", b"<html><body><p>a"),
        ("docx", "python-docx", "k.docx", plain_word()),
        ("yaml", "pyyaml", "k.yaml", b"- code: K1\n  text: Hay.\n- code: K2\n  text: Straw.\n"),
        ("markdown_it", "markdown-it-py", "k.md", b"# Hay\n\n- **K1:** Hay.\n- **K2:** Straw.\n"),
        ("ijson", "ijson", "k.json", b'{"K1": "Hay."}'),
    ],
)
def test_a_missing_package_is_named_with_its_command(module, package, name, data, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UnsupportedFormat, match=rf"Install it with: python -m pip install {package}\."):
        bytes_to_document(data, name)


def test_a_code_that_word_counts_alone_in_a_cell_is_the_text_of_the_cell():
    document = docx.Document()
    key = add_list(document, level(0, "K%1"))
    table = document.add_table(2, 2)
    for row, text in zip(table.rows, ("Flour and salt", "Yeast"), strict=True):
        set_numbering(row.cells[0].paragraphs[0]._p.get_or_add_pPr(), key, 0)
        row.cells[1].text = text
    assert word(document) == ["K1", "Flour and salt", "K2", "Yeast"]


# From end to end.


def counted(lines: tuple[str, ...]) -> Counter[str]:
    registration = Registration("mine", "mine", "0" * 64)
    document = Document("mine", lines, "mine", "0" * 64, "utf-8", registration)
    return Counter(row.code[0] for row in parse_document(document).statements)


@pytest.fixture
def printed(raw) -> list[str]:
    return [line for line in (raw / NAME).read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture
def expected(parsed):
    one = next(one for one in parsed.values() if one.document.source.endswith(NAME))
    return {row.code: row.text for row in one.statements}


def read_back(lines: tuple[str, ...]) -> dict[str, str]:
    registration = Registration("mine", "mine", "0" * 64)
    document = Document("mine", lines, "mine", "0" * 64, "utf-8", registration)
    return {row.code: row.text for row in parse_document(document).statements}


ALL = {"K": 42, "S": 40, "B": 6}


@pytest.mark.parametrize("tag", ["li", "p", "div", "td"])
def test_a_page_of_a_standard(printed, expected, tag):
    open_, close = {"li": ("<ul>", "</ul>"), "td": ("<table><tr>", "</table>")}.get(tag, ("", ""))
    items = []
    for line in printed[2:]:
        text, link, rest = line.partition(" Back to Duty")
        items.append(f"<{tag}>{html.escape(text)} <a href='#d'>{link.strip()}</a>{rest}</{tag}>")
    body = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{printed[1]}</title></head><body>"
        f"<header><p>{printed[0]}</p></header><main><h1>{printed[1]}</h1>{open_}{''.join(items)}{close}"
        "</main><script>K43: x</script></body></html>"
    )
    lines = page_to_content(body.encode(), "mine.html").lines
    assert counted(lines) == ALL
    assert read_back(lines) == expected


def test_a_word_file_of_a_standard(printed, expected):
    document = docx.Document()
    for line in printed:
        document.add_paragraph(line)
    lines = word_to_content(word_bytes(document), "mine.docx").lines
    assert lines == tuple(printed)
    assert counted(lines) == ALL
    assert read_back(lines) == expected


@pytest.mark.parametrize("pattern", ["{}%1:", "{}%1"])
@pytest.mark.parametrize("is_by_style", [False, True])
def test_a_word_file_whose_labels_word_counts(printed, expected, pattern, is_by_style):
    document = docx.Document()
    keys = {letter: add_list(document, level(0, pattern.format(letter))) for letter in "KSB"}
    for letter, key in keys.items():
        properties = document.styles.add_style(f"KSB {letter}", 1).element.get_or_add_pPr()
        set_numbering(properties, key, None)
    for line in printed:
        label = line_to_label(line)
        if not label:
            document.add_paragraph(line)
        elif is_by_style:
            document.add_paragraph(label.text, f"KSB {label.code[0]}")
        else:
            numbered(document, label.text, keys[label.code[0]])
    lines = word_to_content(word_bytes(document), "mine.docx").lines
    assert not any(paragraph.text.startswith("K1") for paragraph in document.paragraphs)
    assert counted(lines) == ALL
    assert read_back(lines) == expected


LOG_PAGE = """
<h2>Key information</h2><p>Reference: ST9999</p><p>Version: 1.1</p>
<h2>Occupation duties</h2><p>Duty KSBs</p><p>Duty 1 Shoe horses.</p><p>K1</p>
<h2>KSBs</h2><h3>Knowledge</h3><p>K1: The hoof.</p>
<h2>Version log</h2>
<table><tr><th>Version</th><th>Change detail</th><th>Earliest start date</th><th>Latest start date</th>
<th>Latest end date</th></tr>
<tr><td>1.1</td><td>Standard revised</td><td>01/08/2024</td><td>Not set</td><td>Not set</td></tr>
<tr><td>1.0</td><td>Approved for delivery</td><td>06/07/2018</td><td>31/07/2024</td><td>Not set</td></tr>
</table>
"""


def test_version_log_whose_cells_stand_on_lines_of_their_own(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><html><body>{LOG_PAGE}</body></html>", encoding="utf-8")
    one = parse_document(path_to_document(path))
    assert [row[:5] for row in one.rows.version_log] == [
        ("1.1", "Standard revised", "2024-08-01", "Not set", "Not set"),
        ("1.0", "Approved for delivery", "2018-07-06", "2024-07-31", "Not set"),
    ]
    assert [row.rule for row in one.findings] == ["reading"]
