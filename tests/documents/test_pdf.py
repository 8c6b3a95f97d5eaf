"""PDFs: paragraphs, columns, tables, running heads, and what cannot be told."""

from __future__ import annotations

import subprocess

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from reportlab.pdfbase.pdfmetrics import stringWidth

from curriculum.documents import pdf_pages
from curriculum.documents.file_reading import bytes_to_document
from curriculum.documents.pdf_document import pdf_to_content
from curriculum.documents.table_cells import Content
from curriculum.errors import UnreadableFile, UnsupportedFormat
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables
from pdf_pages_made_up import HEIGHT, SIZE, drawn, flowing, lines_page, write

LONG = (
    "How beet is sown, thinned and lifted in heavy and in light soils, which weather is fit for each, "
    "and why the rows are kept clear of weeds until the leaves close over them."
)


def content_of(data) -> Content:
    return pdf_to_content(data, "beet.pdf")


def text_of(data):
    content = content_of(data)
    return [line for at, line in enumerate(content.lines, 1) if line and at not in content.furniture]


def remarks_of(data):
    return [(remark.rule, remark.severity) for remark in content_of(data).markup.remarks]


def tables_of(data):
    return parsed_to_tables([parse_document(bytes_to_document(data, "beet.pdf"))])


def wordings(data):
    frame = tables_of(data).statements
    return dict(zip(frame["code"], frame["text"], strict=True))


def test_wrapped_lines_are_one_paragraph_and_each_line_has_its_place():
    content = content_of(flowing("# Beet grower", f"K1: {LONG}", f"K2: {LONG}"))
    lines = [line for line in content.lines if line]
    assert lines == ["Beet grower", f"K1: {LONG}", f"K2: {LONG}"]
    assert [content.markup.places[at] for at, line in enumerate(content.lines) if line] == [
        (1, 1),
        (1, 2),
        (1, 4),
    ]
    assert content.headings == {1: 1}


def test_a_line_with_place_for_the_next_word_ends_its_paragraph():
    assert text_of(drawn(lines_page("Seed merchant", LONG[:70], "Pulls", LONG[:90]))) == [
        "Seed merchant",
        LONG[:70].strip(),
        "Pulls",
        LONG[:90].strip(),
    ]


def test_columns_are_read_one_after_the_other():
    left = [
        "K1: How beet is sown, thinned",
        "and lifted in heavy soils.",
        "K2: How weeds are told from",
        "young beet in the rows.",
    ]
    right = [
        "S1: Sow beet at a depth that",
        "fits the soil.",
        "S2: Lift beet without harm to",
        "their skins.",
    ]

    def draw(paper):
        write(paper, 60, 80, "Knowledge and skills of a beet grower, who grows beet for sugar and for cattle")
        write(paper, 60, 110, *left)
        write(paper, 320, 113, *right)

    assert text_of(drawn(draw))[1:] == [
        "K1: How beet is sown, thinned and lifted in heavy soils.",
        "K2: How weeds are told from young beet in the rows.",
        "S1: Sow beet at a depth that fits the soil.",
        "S2: Lift beet without harm to their skins.",
    ]


def test_headings_at_the_side_are_before_the_lists_beside_them():
    def draw(paper):
        write(paper, 60, 80, "Performance criteria", "You must be able to:")
        write(
            paper,
            220,
            80,
            "1  sow beet in rows that are straight and",
            "    evenly spaced",
            "2  thin the rows",
            "3  lift beet",
        )
        write(paper, 60, 160, "Knowledge and", "understanding")
        write(
            paper,
            220,
            160,
            "1  how beet is stored",
            "2  how weeds are told from beet",
            "3  which soils are fit",
        )

    assert text_of(drawn(draw)) == [
        "Performance criteria",
        "You must be able to:",
        "1 sow beet in rows that are straight and evenly spaced",
        "2 thin the rows",
        "3 lift beet",
        "Knowledge and understanding",
        "1 how beet is stored",
        "2 how weeds are told from beet",
        "3 which soils are fit",
    ]


DUTIES = [
    ["Duty", "KSBs"],
    ["Duty 1 Sow beet in straight rows.", "K1 K2\nS1"],
    ["Duty 2 Lift beet and store them.", "K2\nS2\nB1"],
]
KSBS = [
    ["KSB", "Statement", "Method"],
    ["K1", LONG, "Interview"],
    ["K2", "How beet is stored.", "Interview"],
    ["S1", "Sow beet.", "Observation"],
    ["S2", "Lift beet.", "Observation"],
    ["B1", "Is careful.", "Interview"],
]
ACROSS = [("LINEBELOW", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]


@pytest.mark.parametrize("look", [None, ACROSS])
def test_tables_with_lines_around_cells_or_between_rows(look):
    tables = tables_of(flowing("# Duties", DUTIES, "# KSBs", KSBS, look=look))
    assert dict(zip(tables.statements["code"], tables.statements["text"], strict=True)) == {
        "K1": LONG,
        "K2": "How beet is stored.",
        "S1": "Sow beet.",
        "S2": "Lift beet.",
        "B1": "Is careful.",
    }
    pairs = zip(tables.duty_ksbs["duty_id"], tables.duty_ksbs["statement_id"], strict=True)
    assert [(duty[5:], statement[5:]) for duty, statement in pairs] == [
        *(("D1", "K1"), ("D1", "K2"), ("D1", "S1")),
        *(("D2", "K2"), ("D2", "S2"), ("D2", "B1")),
    ]
    assert not (tables.findings["severity"] == "error").any()


def test_a_table_goes_on_over_pages_and_its_headings_are_printed_again():
    rows = [[f"K{at}", f"Way {at} of growing: {LONG}", "Interview"] for at in range(1, 31)]
    data = flowing("# KSBs", [KSBS[0], *rows], "The end of the list of beet.")
    content = content_of(data)
    assert {cell.table for cell in content.cells} == {1}
    assert list(content.furniture.values()).count("rows of headings that a table repeats on each page") == 9
    assert wordings(data) == {row[0]: row[1] for row in rows}


def test_running_heads_and_feet_are_furniture_and_in_no_wording():
    paragraphs = [f"K{at}: Way {at} of growing beet. {LONG}" for at in range(1, 41)]
    data = flowing("# KSBs", *paragraphs, head="Beet growers' college", foot="Page {n} of 9")
    content = content_of(data)
    texts = {content.lines[number - 1] for number in content.furniture}
    assert texts == {"Beet growers' college", "Page 1 of 9", "Page 2 of 9", "Page 3 of 9"}
    assert content.markup.page_heads == ("Beet growers' college",)
    assert wordings(data) == dict(text.split(": ", 1) for text in paragraphs)


def test_what_stands_alike_on_the_pages_but_is_a_row_is_no_furniture():
    pages = [lines_page("K1: Sow", f"S{at}: Lift", y=40) for at in (1, 2, 3)]
    assert content_of(drawn(*pages)).furniture == {}


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (
            ["self-assessment is good", "he writes his own plan and self-", "assessment of it"],
            "self-assessment of it",
        ),
        (["coordinators are good", "he writes what the other coordi-", "nators do"], "coordinators do"),
        (["all is good", "he writes about the sowing and pre-", "and post-harvest"], "pre- and post-harvest"),
    ],
)
def test_hyphens_at_line_ends_by_what_else_is_printed(lines, joined):
    read = text_of(drawn(lines_page(f"so {lines[0]}", *lines[1:])))
    assert read[-1].endswith(joined)


def test_a_hyphen_that_nothing_else_explains_is_told():
    data = drawn(lines_page("K1: How a grower keeps the rec-", "ords of beet"))
    assert remarks_of(data) == [("uncertain-text", "error")]


def test_ligatures_bullets_and_marks_of_footnotes():
    def draw(paper):
        write(paper, 60, 80, "• K1: Soils and fields that are fit for beet.")
        write(paper, 61 + paper.stringWidth("• K1: Soils and fields that are fit for beet."), 76, "7", size=6)
        write(paper, 60, 110, "K2: Fields of 100 m")
        write(paper, 60.5 + paper.stringWidth("K2: Fields of 100 m", "Helvetica", 11), 106, "2", size=6)

    assert text_of(drawn(draw)) == ["• K1: Soils and fields that are fit for beet.", "K2: Fields of 100 m2"]


@pytest.mark.parametrize(
    ("font", "sign"),
    [("SymbolMT", "°"), ("ABCDEE+Symbol", "°"), ("Wingdings-Regular", "\ufffd"), ("CIDFont", "\uf0b0")],
)
def test_a_sign_of_a_font_for_symbols_is_read_by_its_font(font, sign, monkeypatch):
    look = [11, 400, 0, 0, 1, 0, 0, 0, 0, 1]
    answer = {
        "width": 595,
        "height": HEIGHT,
        "letters": [ord("8"), 60, 66, 80, 0, 0xF0B0, 66, 70, 80, 1, 0xF0B7, 90, 94, 80, 1],
        "unmapped": 0,
        "styles": [["Arial", *look], [font, *look]],
        **{name: [] for name in ("rules", "boxes", "images", "notes")},
        "crowded": False,
        "paths": 0,
    }
    whole = {"pages": [answer], "attachments": 0, "form": 0}
    monkeypatch.setattr(pdf_pages, "_ask", lambda *_: whole)
    assert text_of(b"") == [f"8{sign} •"]
    told = [text for _, text in messages_of(b"") if "1 sign of a font for symbols that is not known" in text]
    assert len(told) == (sign == "\ufffd")


def test_bold_text_is_marked_and_text_drawn_twice_is_read_once():
    def draw(paper):
        write(paper, 60, 80, "K1:", font="Helvetica")
        write(paper, 80, 80, "Soils that are fit.", font="Helvetica-Bold")
        write(paper, 60, 110, "K2: Seed.")
        write(paper, 60.3, 110, "K2: Seed.")

    content = content_of(drawn(draw))
    assert [line for line in content.lines if line] == ["K1: Soils that are fit.", "K2: Seed."]
    assert [span[1:] for span in content.markup.bold if span.line == 1] == [(4, 23)]


def hidden(how):
    def draw(paper):
        write(paper, 60, 80, "K1: Soils that are fit for beet.")
        if how == "white":
            paper.setFillColorRGB(1, 1, 1)
        if how == "turned":
            paper.translate(300, 300)
            paper.rotate(45)
        text = paper.beginText(60 if how != "outside" else -400, HEIGHT - 140)
        text.setTextRenderMode(3 if how == "invisible" else 0)
        text.textLine("K2: Secret wording")
        paper.drawText(text)
        if how == "covered":
            paper.rect(50, HEIGHT - 150, 300, 30, fill=1, stroke=0)

    return drawn(draw)


@pytest.mark.parametrize("how", ["white", "invisible", "outside", "turned", "covered"])
def test_text_that_is_not_seen_is_left_out_and_told(how):
    assert text_of(hidden(how)) == ["K1: Soils that are fit for beet."]
    assert remarks_of(hidden(how)) == [("left-out", "error")]


def test_white_text_on_a_dark_cell_is_read():
    def draw(paper):
        paper.rect(50, HEIGHT - 90, 300, 30, fill=1, stroke=0)
        paper.setFillColorRGB(1, 1, 1)
        write(paper, 60, 80, "K1: Soils that are fit for beet.")

    assert text_of(drawn(draw)) == ["K1: Soils that are fit for beet."]


def test_text_printed_over_other_text_is_told():
    def draw(paper):
        write(paper, 200, 80, "Sow beet in rows")
        write(paper, 60, 80, "K1: Soils that are fit for the beet of farms")

    assert ("uncertain-text", "error") in remarks_of(drawn(draw))


def messages_of(pdf):
    return [(remark.severity, remark.message) for remark in content_of(pdf).markup.remarks]


def test_a_list_that_goes_on_over_the_table_below_it_is_told():
    def draw(paper):
        write(paper, 60, 80, "K1: Soils that are fit for beet.", "K2: Ways to thin the rows of beet.")
        write(paper, 60, 101, "Developed by", "Version Number")

    assert messages_of(drawn(draw)) == [
        (
            "error",
            "text that is printed over other text is on page 1, first “K2: Ways to thin the rows of beet.”",
        )
    ]


def test_lines_that_are_near_each_other_are_not_over_each_other():
    def draw(paper):
        for at, line in enumerate(("K1: Soils that are fit for beet", "and for swedes on hills."), start=8):
            write(paper, 60, at * SIZE * 0.95, line)
        # The raised text at the right is beside the line, not over it.
        write(paper, 300, 8 * SIZE * 0.95 + 7, "K2: Ways to thin rows.")

    assert remarks_of(drawn(draw)) == []


def test_a_label_that_touches_the_list_beside_it_is_told():
    def draw(paper):
        end = 60 + stringWidth("You need to know and", "Helvetica-Bold", SIZE) + 0.3
        write(paper, 60, 94, "You need to know and", "understand:", font="Helvetica-Bold")
        write(paper, end, 80, "K1 how to sow beet on", "customers' land and why", "it is thinned")

    (told,) = messages_of(drawn(draw))
    assert told[0] == "error"
    assert (
        "without a space to the text of another column is on page 1, first “You need to know andcus"
        in told[1]
    )


def test_a_word_of_which_a_part_is_bold_is_one_word():
    def draw(paper):
        end = 60 + stringWidth("K1: Beet that is ", "Helvetica", SIZE)
        write(paper, 60, 80, "K1: Beet that is ")
        write(paper, end, 80, "un", font="Helvetica-Bold")
        write(paper, end + stringWidth("un", "Helvetica-Bold", SIZE), 80, "fit for sale.")

    assert text_of(drawn(draw)) == ["K1: Beet that is unfit for sale."]
    assert remarks_of(drawn(draw)) == []


def scanned(paper):
    from reportlab.lib.utils import ImageReader

    pixel = ImageReader(__import__("PIL.Image", fromlist=["Image"]).new("L", (4, 4), 200))
    paper.drawImage(pixel, 0, 0, 595, HEIGHT)


def test_a_scan_is_refused_and_a_page_that_is_one_is_told():
    with pytest.raises(UnreadableFile, match=r"beet\.pdf: is a scan.*OCR"):
        content_of(drawn(scanned, scanned))
    remarks = content_of(drawn(lines_page("K1: Soils that are fit for beet."), scanned)).markup.remarks
    assert [(remark.severity, remark.message[:34]) for remark in remarks] == [
        ("error", "page 2 is a picture without text, "),
    ]


def test_a_scan_with_recognised_text_behind_it_is_refused():
    def draw(paper):
        scanned(paper)
        text = paper.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Kl: Soils that are f1t for beet.")
        paper.drawText(text)

    with pytest.raises(UnreadableFile, match=r"is a scan.*a program has recognised"):
        content_of(drawn(draw))


def test_an_order_that_cannot_be_told_is_told():
    duties = [f"Duty {at} Look after the beet of farm {at}" for at in range(1, 6)]

    def draw(paper):
        write(paper, 60, 80, *duties)
        for at in range(5):
            write(paper, 340, 85 + 17 * at, f"K{at + 1} S{at + 1}")

    assert ("uncertain-order", "error") in remarks_of(drawn(draw))
    tables = tables_of(
        drawn(
            draw,
            lines_page(*(f"{letter}{at}: Way {at} of {letter}" for letter in "KS" for at in range(1, 6))),
        )
    )
    assert tables.duty_ksbs.empty


def test_findings_name_the_page():
    tables = tables_of(
        drawn(lines_page("K1: Soils.", "K2: Seed."), lines_page("K3: Rain", "K3: Other words"))
    )
    messages = tables.findings.loc[tables.findings["where"].str.contains("line"), "message"]
    assert len(messages)
    assert all(messages.str.contains(r"\(page 2, line \d of the page\)$"))
    pages = tables.details[tables.details["section"] == "pages"]
    assert list(pages["name"]) == ["page 1", "page 2"]


def test_passwords():
    with pytest.raises(UnreadableFile, match="protected by a password"):
        content_of(drawn(lines_page("K1: Soils."), encrypt="secret"))
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert text_of(drawn(lines_page("K1: Soils."), encrypt=StandardEncryption("", "owner", canPrint=0))) == [
        "K1: Soils."
    ]


@pytest.mark.parametrize(
    ("data", "words"), [(b"%PDF-1.7", "damaged or cut off"), (b"%PDF-1.7\n1 0 obj", "damaged or cut off")]
)
def test_damaged_files_are_refused(data, words):
    with pytest.raises(UnsupportedFormat, match=words):
        content_of(data)


def test_empty_pages_are_refused():
    with pytest.raises(UnreadableFile, match="holds no text"):
        content_of(drawn(lambda _: None))


def test_a_file_that_takes_too_long_or_ends_the_program_is_refused(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(pdf_pages, "_PROGRAM", slow)
    monkeypatch.setattr(pdf_pages, "MAX_SECONDS", 0.2)
    with pytest.raises(UnreadableFile, match="takes too long to read"):
        content_of(b"%PDF-1.7")
    crash = tmp_path / "crash.py"
    crash.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(pdf_pages, "_PROGRAM", crash)
    monkeypatch.setattr(pdf_pages, "MAX_SECONDS", 20)
    with pytest.raises(UnsupportedFormat, match="stops the program"):
        content_of(b"%PDF-1.7")


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 1)
    with pytest.raises(UnreadableFile, match=r"at most 1 pages.*--limits 2"):
        content_of(drawn(lines_page("K1: Soils."), lines_page("K2: Seed.")))


def test_where_no_second_process_can_be_started(monkeypatch):
    def refuse(*_, **__):
        raise OSError("no process")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(UnreadableFile, match="no second process can be started here"):
        content_of(b"%PDF-1.7")


def test_a_number_at_a_line_start_goes_on_with_the_list_of_the_page_before():
    first = ("11. sow the rows of beet so that", "they stand apart on the land")
    second = ("of the farm on all slopes of hill", "12. thin the rows of beet at once")
    pdf = drawn(lines_page("Performance criteria", *first), lines_page(*second))
    assert text_of(pdf)[-1] == "12. thin the rows of beet at once"


def rule_table(paper):
    write(paper, 70, 80, "Scope")
    write(paper, 200, 80, "Beet, swedes and the fields that are used for")
    write(paper, 70, 110, "Knowledge")
    write(paper, 200, 110, "K1 how to sow the rows of beet in land that is")
    write(paper, 200, 124, "in the care of all the people at work by the")
    for y in (66, 96, 130):
        paper.line(60, HEIGHT - y, 450, HEIGHT - y)


@pytest.mark.parametrize(("x", "n_told"), [(200, 1), (60, 0)])
def test_the_rest_of_a_cell_on_the_next_page_that_begins_with_a_capital_is_told(x, n_told):
    told = [text for _, text in messages_of(drawn(rule_table, lines_page("Works Act 1974", x=x)))]
    assert sum("whether “Works Act 1974” goes on with the table above" in text for text in told) == n_told
