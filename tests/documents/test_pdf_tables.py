"""Tables of PDFs: rows over pages, paragraphs in cells, lines around the headings alone, running feet."""

from __future__ import annotations

from collections import Counter

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth

from curriculum.documents import pdf_pages
from curriculum.documents.pdf_document import pdf_to_content
from curriculum.documents.pdf_furniture import pages_to_parts
from curriculum.documents.pdf_lines import words_to_pieces
from curriculum.documents.pdf_parts import Box, Word
from curriculum.errors import UnreadableFile
from curriculum.files import limits
from curriculum.files.limits import time_limit
from pdf_pages_made_up import HEIGHT, LEADING, SIZE, drawn

TOP = 60


def width_of(text):
    return stringWidth(text, "Helvetica", SIZE)


def table(xs, rows, *, lines="all", top=TOP, foot=""):
    """Give a function that draws a table: each row is a list of cells, each cell a list of lines."""

    def draw(paper):
        height = paper._pagesize[1]
        paper.setFont("Helvetica", SIZE)
        y = height - top
        edges = [y]
        for row in rows:
            for x, cell in zip(xs, row, strict=False):
                for at, line in enumerate(cell):
                    paper.drawString(x + 3, y - 11 - at * LEADING, line)
            y -= max(map(len, row)) * LEADING + 4
            edges.append(y)
        for edge in edges:
            paper.line(xs[0], edge, xs[-1], edge)
        end = edges[1] if lines == "heading" else edges[-1]
        for x in xs:
            paper.line(x, edges[0], x, end)
        paper.drawString(60, 30, foot)

    return draw


def edges_for(*longest):
    """Give the edges of columns in which these lines are full."""
    xs = [60.0]
    for line in longest:
        xs.append(xs[-1] + width_of(line) + 8)
    return xs


def content_of(*pages):
    return pdf_to_content(drawn(*pages), "oven.pdf")


def rows_of(content):
    return [
        (cell.row, cell.column, [line.text for line in cell.lines])
        for cell in content.cells
        if not all(line.number in content.furniture for line in cell.lines)
    ]


def doubts_of(content):
    return [remark.message for remark in content.markup.remarks if remark.rule == "uncertain-order"]


HEADING = [["Theme"], ["Pass"]]


def test_criteria_that_end_with_codes_are_parted_where_a_line_is_full():
    lines = ["Lights the oven with care (K1, S2)", "Rakes the ash before the bread is", "baked (K3)"]
    content = content_of(table(edges_for("Theme of ovens", lines[0]), [HEADING, [["Ovens"], lines]]))
    assert rows_of(content)[-1] == (2, 2, [lines[0], f"{lines[1]} {lines[2]}"])


def test_codes_in_brackets_on_a_line_of_their_own_belong_to_the_text_above():
    lines = ["Lights the oven so that it is hot", "(K1, S2)", "Rakes the ash (K3)"]
    content = content_of(table(edges_for("Theme of ovens", lines[0]), [HEADING, [["Ovens"], lines]]))
    assert rows_of(content)[-1] == (2, 2, [f"{lines[0]} {lines[1]}", lines[2]])


def test_the_rest_of_a_row_can_be_in_one_cell_alone():
    first = ["Lights the oven with the dry wood", "of the store and"]
    xs = edges_for("Theme of ovens", first[0])
    content = content_of(
        table(xs, [HEADING, [["Ovens", "K1 K2"], [first[0]]]]), table(xs, [[[], ["of the yard (K1)"]]])
    )
    assert rows_of(content)[-1] == (2, 2, [f"{first[0]} of the yard (K1)"])


def test_a_row_goes_on_with_the_codes_of_its_theme():
    line = "Lights the oven with the dry wood"
    xs = edges_for("Theme of ovens", line)
    content = content_of(
        table(xs, [HEADING, [["Care of ovens"], [line]]]),
        table(xs, [[["K1 K2 S1"], ["of the store (K1)"]], [["Sales", "K3"], ["Sells bread (K3)"]]]),
    )
    assert rows_of(content)[2:] == [
        (2, 1, ["Care of ovens", "K1 K2 S1"]),
        (2, 2, [f"{line} of the store (K1)"]),
        (3, 1, ["Sales", "K3"]),
        (3, 2, ["Sells bread (K3)"]),
    ]
    assert not doubts_of(content)


def test_a_code_at_the_head_of_a_page_is_a_row_of_its_own():
    line = "how ovens are lit with the dry wood"
    xs = edges_for("Code of it", line)
    content = content_of(
        table(xs, [[["Code"], ["Text"]], [["K1"], [line]]]), table(xs, [[["K2"], ["how bread is sold"]]])
    )
    assert rows_of(content)[2:] == [
        (2, 1, ["K1"]),
        (2, 2, [line]),
        (3, 1, ["K2"]),
        (3, 2, ["how bread is sold"]),
    ]


def test_a_bracket_that_the_next_page_closes_belongs_to_its_row():
    line = "Lights the oven with the wood (S19,"
    xs = edges_for("Theme of ovens", line)
    content = content_of(
        table(xs, [HEADING, [["Ovens"], [line]]]), table(xs, [[[], ["S24)", "Rakes the ash (K3)"]]])
    )
    assert rows_of(content)[-1] == (2, 2, [f"{line} S24)", "Rakes the ash (K3)"])


def test_a_row_of_headings_that_may_go_on_over_the_page_is_told():
    xs = edges_for("Theme of ovens", "Lights the oven with the dry wood")
    content = content_of(
        table(xs, [HEADING]), table(xs, [[["KSBs"], ["All of these"]], [["Ovens", "K1"], ["Lights it (K1)"]]])
    )
    assert len(doubts_of(content)) == 1
    content = content_of(table(xs, [HEADING]), table(xs, [[["Ovens", "K1"], ["Lights it (K1)"]]]))
    assert not doubts_of(content)


def test_headings_that_a_later_part_of_a_table_repeats_are_left_out():
    xs = edges_for("Knowledge of ovens and of bread", "Methods of it")
    content = content_of(
        table(xs, [[["Knowledge"], ["Methods"]], [["K1: Ovens"], ["Test"]]]),
        table(xs, [[["Skills"], ["Methods"]], [["S1: Light ovens"], ["Test"]]]),
        table(xs, [[["Skills"], ["Methods"]], [["S2: Rake ash"], ["Test"]]]),
    )
    assert [row[2] for row in rows_of(content) if row[1] == 1] == [
        ["Knowledge"],
        ["K1: Ovens"],
        ["Skills"],
        ["S1: Light ovens"],
        ["S2: Rake ash"],
    ]


def test_a_table_with_lines_around_its_headings_alone():
    xs = [60.0, 200.0, 400.0]
    rows = [
        HEADING,
        [["Ovens", "K1"], ["Lights the oven (K1)", "Rakes the ash (K1)"]],
        [["Sales"], ["Sells (K2)"]],
    ]
    content = content_of(table(xs, rows, lines="heading"))
    assert rows_of(content) == [
        (1, 1, ["Theme"]),
        (1, 2, ["Pass"]),
        (2, 1, ["Ovens", "K1"]),
        (2, 2, ["Lights the oven (K1)", "Rakes the ash (K1)"]),
        (3, 1, ["Sales"]),
        (3, 2, ["Sells (K2)"]),
    ]


def test_a_text_over_all_columns_below_the_headings_stays_whole():
    xs = [60.0, 120.0, 400.0]
    rows = [HEADING, [["All of these are seen in one day of work"], []], [["Sales"], ["Sells (K2)"]]]
    content = content_of(table(xs, rows, lines="heading"))
    assert "All of these are seen in one day of work" in content.lines


def test_a_table_with_lines_of_dots():
    def draw(paper):
        for y in (100, 130, 160):
            for at in range(120):
                paper.rect(60 + 2 * at, HEIGHT - y, 0.5, 0.5, stroke=0, fill=1)
        for x in (60, 140, 300):
            for at in range(30):
                paper.rect(x, HEIGHT - 160 + 2 * at, 0.5, 0.5, stroke=0, fill=1)
        for x, y, text in ((63, 112, "Theme"), (143, 112, "Pass"), (63, 142, "Ovens"), (143, 142, "Lights")):
            paper.drawString(x, HEIGHT - y, text)

    assert [(row, column) for row, column, _ in rows_of(content_of(draw))] == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_a_table_of_very_many_cells_is_not_searched_for_each_word():
    xs = [60.0 + 12 * at for at in range(41)]
    rows = [[["o"]] * 40 for _ in range(40)]
    counted = Counter()

    def count(box, x, y, holds=Box.holds):
        counted["looks"] += 1
        return holds(box, x, y)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Box, "holds", count)
        content = content_of(table(xs, rows, top=20))
    assert len(content.cells) == 1600
    # Each word with each cell is 2.5 million and more.
    assert counted["looks"] < 100_000


SENTENCES = ["Lights the oven in the bakery yard.", "Rakes the ash.", "Sells bread.", "Sweeps the yard."]


def test_sentences_are_parted_where_a_line_is_full_if_the_others_of_the_table_are():
    xs = edges_for("Theme of ovens", SENTENCES[0])
    content = content_of(table(xs, [HEADING, [["Ovens"], SENTENCES]]))
    assert rows_of(content)[-1] == (2, 2, SENTENCES)
    assert not doubts_of(content)


def test_a_sentence_that_may_be_of_the_paragraph_above_is_told():
    lines = [SENTENCES[0], "Rakes ash. Sells it.", "Sweeps the bakery floor.", "Bakes bread."]
    xs = edges_for("Theme of ovens", lines[0])
    content = content_of(table(xs, [HEADING, [["Ovens"], lines]]))
    assert rows_of(content)[-1] == (2, 2, [f"{lines[0]} {lines[1]}", *lines[2:]])
    assert ["“Rakes ash. Sells" in doubt for doubt in doubts_of(content)] == [True]


def test_paragraphs_without_a_full_stop_are_parted_at_a_word_that_others_begin_with():
    lines = ["Lights the oven in the bakery yard", "Rakes the ash", "Rakes coal", "Sells it"]
    xs = edges_for("Theme of ovens", lines[0])
    content = content_of(table(xs, [HEADING, [["Ovens"], lines]]))
    assert rows_of(content)[-1] == (2, 2, lines)


def test_a_name_at_the_head_of_a_line_goes_on_with_the_line_above():
    lines = ["Lights the oven as the rules of the", "Guild say", "Rakes the ash", "Sells bread"]
    xs = edges_for("Theme of ovens", lines[0])
    content = content_of(table(xs, [HEADING, [["Ovens"], lines]]))
    assert rows_of(content)[-1] == (2, 2, [f"{lines[0]} {lines[1]}", *lines[2:]])
    assert not doubts_of(content)


def test_feet_of_pages_that_lie_on_their_side_are_feet():
    def page(number, size):
        def draw(paper):
            paper.setPageSize(size)
            paper.setFont("Helvetica", SIZE)
            for at in range(int(size[1] - 140) // LEADING):
                paper.drawString(
                    60, size[1] - 60 - at * LEADING, "abcdef"[number - 1] * 9 + f" of ovens {at}"
                )
            paper.drawString(60, 40, f"ST9100/AP01 © Crown copyright Page {number} of")
            paper.drawString(60, 26, "6")

        return draw

    sizes = [A4, A4, A4, landscape(A4), landscape(A4), landscape(A4)]
    content = content_of(*(page(number, size) for number, size in enumerate(sizes, start=1)))
    feet = [content.lines[at - 1] for at in sorted(content.furniture)]
    assert feet == [
        line for number in range(1, 7) for line in (f"ST9100/AP01 © Crown copyright Page {number} of", "6")
    ]


def test_the_search_for_running_heads_has_a_limit_of_time(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", -1)
    pieces = words_to_pieces([Word("ovens", 60, 90, 40, SIZE, is_bold=False)])
    with time_limit("oven.pdf"), pytest.raises(UnreadableFile, match="takes too long"):
        pages_to_parts([(HEIGHT, pieces)] * 3, [frozenset()] * 3, SIZE)


def test_a_word_that_ends_several_pages_by_chance_is_no_foot():
    def page(number):
        def draw(paper):
            paper.setFont("Helvetica", SIZE)
            last = "ovens" if number % 3 == 0 else f"bread {'abcdefghi'[number]}"
            paper.drawString(60, 60, f"{'abcdefghi'[number] * 9} of")
            paper.drawString(60, 46, last)

        return draw

    assert not content_of(*map(page, range(9))).furniture
    # Also where the other pages have nothing at its place.
    assert not content_of(*(page(number) for number in (0, 3, 6))).furniture


def test_forms_within_forms_are_drawn_to_a_limit(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MAX_RULES", 20)

    def page(paper):
        paper.beginForm("f0")
        for _ in range(10):
            paper.line(0, 0, 9, 9)
        paper.endForm()
        for level in range(1, 5):
            paper.beginForm(f"f{level}")
            for _ in range(10):
                paper.doForm(f"f{level - 1}")
            paper.endForm()
        paper.drawString(60, 700, "K1: How ovens are lit.")
        paper.doForm("f4")

    content = content_of(page)
    assert "K1: How ovens are lit." in content.lines
    assert any("so many lines" in remark.message for remark in content.markup.remarks)


def ruled(rows, xs=(60, 200, 420), end=530, top=TOP):
    """Give a function that draws rows with a line below each; a row is a list of cells of lines."""

    def draw(paper):
        paper.setFont("Helvetica", SIZE)
        y = HEIGHT - top
        for row in rows:
            for x, cell in zip(xs, row, strict=True):
                for at, line in enumerate(cell):
                    paper.drawString(x, y - 11 - at * LEADING, line)
            y -= max(map(len, row)) * LEADING + 6
            paper.line(xs[0], y, end, y)

    return draw


def test_the_number_of_a_long_name_is_no_column():
    names = ["Rake 1", "Sell 2", "Bake 3", "Clean 4", "Measuring ovens 5"]
    rows = [[[name], [f"Says why {name[:4].lower()} is done"], ["None"]] for name in names]
    content = content_of(ruled([[["Theme"], ["Pass"], ["Distinction"]], *rows]))
    assert (6, 1, ["Measuring ovens 5"]) in rows_of(content)
    assert {column for _, column, _ in rows_of(content)} == {1, 2, 3}


def test_a_column_with_space_before_it_is_one_though_one_row_fills_it():
    rows = [[["Rake ash"], [""], ["None"]] for _ in range(4)]
    content = content_of(ruled([*rows[:2], [["Rake ash"], ["Often"], ["None"]], *rows[2:]]))
    assert not any("ash Often" in line for line in content.lines)


def test_rows_below_a_repeated_heading_that_are_not_read_are_told():
    heading = [["KSB"], ["Statement"], ["Method"]]
    rows = [[[f"K{at}"], ["How ovens are lit and", "how they are raked"], ["Interview"]] for at in (1, 2, 3)]
    content = content_of(ruled([heading, *rows]), ruled([heading, [["B1"], rows[0][1], ["Interview"]]]))
    assert any("goes on below “KSB Statement Method”" in doubt for doubt in doubts_of(content))


def test_one_line_that_begins_before_its_column_is_told():
    left = [f"asks for help with oven {at}" for at in range(12)]
    right = [f"rakes the ash of oven {at}" for at in range(12)]

    def page(paper):
        for at, (first, second) in enumerate(zip(left, right, strict=True)):
            paper.drawString(60, HEIGHT - TOP - at * LEADING, first)
            y = HEIGHT - TOP - 5 - at * LEADING
            paper.drawString(290 if at == 6 else 320, y, f"B3 {second}" if at == 6 else second)

    doubts = doubts_of(content_of(page))
    assert any("B3 rakes the ash of oven 6” and the lines around it" in doubt for doubt in doubts)


def torn_of(*lines):
    xs = edges_for(lines[0], "Lights the oven with care at dawn")
    content = content_of(table(xs, [HEADING, [list(lines), ["Lights the oven with care at dawn"]]]))
    return [
        (remark.severity, remark.message.partition("”")[0])
        for remark in content.markup.remarks
        if remark.rule == "uncertain-text"
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Inspectin", "g ovens"], [("error", "“Inspectin g")]),
        # Only a part of the long word has place behind a short one.
        (["of some org", "anisational"], [("error", "“org anisational")]),
        (["Inspecting", "with care"], [("warning", "“Inspecting with")]),
        # A column is often as wide as its longest word.
        (["Assessment", "method"], [("warning", "“Assessment method")]),
    ],
)
def test_a_word_that_a_narrow_cell_cuts_without_a_hyphen_is_told(lines, expected):
    assert torn_of(*lines) == expected
