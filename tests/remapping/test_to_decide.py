"""The sheet "To decide" on the screen of a laptop and on paper, and the plain words on it."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from curriculum.model.plain_words import RELATION_WORDS, relation_to_word, word_to_relation
from curriculum.model.version_pair import VersionPair
from curriculum.project import Project
from curriculum.remapping.user_crosswalk import tracker_to_links
from curriculum.review.answers import NOT_A_CODE
from curriculum.review.review_files import reviewed_to_workbook
from curriculum.review.review_rows import ReviewRow, row_to_mark
from curriculum.review.sheet_columns import ANSWER_MEANINGS, COLUMNS, DATE_FOR_ALL, REVIEWER_FOR_ALL
from curriculum.review.sheet_layout import NO_DEFAULT, tracker_to_sheet_layout
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.review.sheet_writer import FONT_SIZE, TITLE_SIZE, add_to_decide, rows_to_guide
from curriculum.spreadsheets.report_style import book_to_formats
from curriculum.spreadsheets.tracker_files import path_to_tracker

PAIR = ("st0792-1.0", "st0792-1.2")
SMALL = VersionPair("old", "new", {"K9": "Law", "K8": "Lore"}, {"K4": "Laws", "S1": "Obey the law"})
# A screen of 1366 x 768 pixels at 96 to the inch. With the ribbon, the formula bar, the tabs and the bar of
# Windows about 20 rows of 15 points stay in Excel; LibreOffice leaves 590 pixels.
EXCEL_HEIGHT, LIBREOFFICE_HEIGHT = 20 * 15.0, 590 * 0.75
# Across, less the numbers of the rows and the bar at the right.
EXCEL_WIDTH, LIBREOFFICE_WIDTH = 1300, 1285
BESIDE = ("old_code", "new_code", "old_wording", "new_wording", "proposed", "decision")


@pytest.fixture(scope="module")
def exported(raw):
    return reviewed_to_workbook(Project(raw, with_decisions=False).review(*PAIR))


def sheet_of(data):
    return openpyxl.load_workbook(io.BytesIO(data))["To decide"]


def rows_to_data(rows, lines=("To decide: old to new", "1 code waits.")):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("To decide")
        add_to_decide(sheet, lines, rows, SMALL, book_to_formats(book, FONT_SIZE, TITLE_SIZE))
    return buffer.getvalue()


def header_of(sheet):
    return next(cell.row for cell in sheet["A"] if str(cell.value).startswith("old code"))


def headers_of(sheet):
    return {str(cell.value).partition(" (")[0]: cell.column for cell in sheet[header_of(sheet)]}


def widths_of(sheet):
    """Give the width of each column in characters, with the margin of a cell in it; hidden ones have none."""
    widths = {}
    for column in sheet.column_dimensions.values():
        widths |= dict.fromkeys(range(column.min, column.max + 1), 0 if column.hidden else column.width)
    return widths


def height(sheet, first, last):
    return sum(sheet.row_dimensions[row].height or 15.0 for row in range(first, last + 1))


def test_five_rows_with_both_wordings_and_the_answer_fit_a_laptop(exported):
    sheet = sheet_of(exported)
    header = header_of(sheet)
    assert sheet.freeze_panes == f"C{header + 1}"
    assert height(sheet, 1, header + 5) <= EXCEL_HEIGHT
    tallest = max(height(sheet, row, row + 4) for row in range(header + 1, sheet.max_row - 3))
    assert height(sheet, 1, header) + tallest <= LIBREOFFICE_HEIGHT


def test_codes_wordings_and_the_answer_stand_within_the_width_of_a_laptop(exported):
    sheet = sheet_of(exported)
    columns = headers_of(sheet)
    assert [columns[COLUMNS[name].header] for name in BESIDE] == list(range(1, len(BESIDE) + 1))
    widths = [widths_of(sheet)[columns[COLUMNS[name].header]] for name in BESIDE]
    assert sum(round(width * 7) for width in widths) <= EXCEL_WIDTH
    # LibreOffice makes a character about 7.85 pixels wide.
    assert sum(width * 7.85 for width in widths) <= LIBREOFFICE_WIDTH


def test_the_rows_are_high_enough_for_what_stands_in_them(exported):
    """A character of Calibri of 10 points is at most 6 pixels wide on average, and a line 17 high."""
    sheet = sheet_of(exported)
    widths = widths_of(sheet)
    for row in sheet.iter_rows(min_row=header_of(sheet) + 1):
        for cell in row:
            if isinstance(cell.value, str) and widths[cell.column]:
                pixels = round(widths[cell.column] * 7) - 5
                lines = -(-len(cell.value) * 6 // pixels)
                assert lines * 17 <= height(sheet, cell.row, cell.row) / 0.75 + 4, cell.coordinate


def test_it_prints_on_a4_across_with_its_headers(exported):
    sheet = sheet_of(exported)
    header = header_of(sheet)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${header}:${header}"
    last = sheet.cell(header, headers_of(sheet)["reason"]).column_letter
    assert sheet.print_area == f"'To decide'!$A$1:${last}${sheet.max_row}"
    # Not smaller than 7 points: the width that is printed, on 277 mm.
    inches = (
        sum(width for at, width in widths_of(sheet).items() if at <= headers_of(sheet)["reason"]) * 7 / 96
    )
    assert FONT_SIZE * (277 / 25.4) / inches >= 7


def test_every_answer_that_the_sheet_offers_or_shows_is_explained():
    rows = [
        ReviewRow(choices=("accept", "reject", "K4")),
        ReviewRow(decision="add link", choices=("add link", "reject")),
        ReviewRow(decision="new"),
        ReviewRow(choices=("withdrawn", NOT_A_CODE)),
    ]
    for word in ("accept", "reject", "withdrawn", "add link", "new", NOT_A_CODE):
        assert f"{word} ({ANSWER_MEANINGS[word]})" in rows_to_guide(rows)
    assert "add link" not in rows_to_guide(rows[:1])
    sheet = sheet_of(rows_to_data(rows))
    assert any("add link (the two belong together)" in str(cell.value) for cell in sheet["A"])


def test_what_each_answer_means_is_explained_in_the_review(exported):
    about = openpyxl.load_workbook(io.BytesIO(exported))["Read me first"]
    names = {str(row[0].value).strip() for row in about.iter_rows()}
    assert set(ANSWER_MEANINGS) <= names


def test_no_term_of_the_data_stands_on_the_sheet(exported):
    for row in sheet_of(exported).iter_rows(values_only=True):
        # The last column is hidden: it is what the sheet remembers of its making.
        text = " ".join(str(value) for value in row[:-1])
        assert not [term for term in (*RELATION_WORDS, "runner-up", "band") if term in text]


@pytest.mark.parametrize("word", ["merged", "Merged", "broadMatch", "skos:broadMatch"])
def test_a_relation_is_read_by_its_word_and_by_its_term(tmp_path, word):
    mark = row_to_mark(("K9", "S1"), 5 * ("",), 5 * ("",))
    row = ReviewRow("K9", "Law", "S1", "Obey the law", "closeMatch", state="waits", as_exported=mark)
    path = tmp_path / "r.xlsx"
    path.write_bytes(rows_to_data([row]))
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    columns, at = headers_of(sheet), header_of(sheet) + 1
    assert sheet.cell(at, columns["proposed"]).value == "close"
    sheet.cell(at, columns["decision"]).value = "accept"
    sheet.cell(at, columns["relation"]).value = word
    book.save(path)
    (made,) = tracker_to_answers(path_to_tracker(path), SMALL).decisions
    assert (made.decision, made.predicate_id) == ("change relation", "skos:broadMatch")


def test_an_answer_that_was_given_is_shown_and_read_as_unchanged(tmp_path):
    cells = ("accept", "broadMatch", "AB", "", "2026-11-22")
    row = ReviewRow(
        "K9",
        "Law",
        "S1",
        "Obey the law",
        "closeMatch",
        decision="accept",
        relation="broadMatch",
        reviewer="AB",
        date="2026-11-22",
        state="decided",
        as_exported=row_to_mark(("K9", "S1"), cells, cells),
    )
    path = tmp_path / "r.xlsx"
    path.write_bytes(rows_to_data([row]))
    answers = tracker_to_answers(path_to_tracker(path), SMALL)
    assert (answers.decisions, answers.revised) == ((), ())


def test_a_workbook_in_the_former_order_with_terms_is_read(tmp_path):
    headers = (
        *("old code (old)", "old wording", "new code (new)", "new wording", "proposed", "confidence"),
        *(
            "evidence",
            "runner-up",
            "decision",
            "relation",
            "reviewer",
            "reason",
            "date",
            "state",
            "as exported",
        ),
    )
    mark = row_to_mark(("K9", "S1"), 5 * ("",), 5 * ("",))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "To decide"
    sheet["B1"], sheet["C1"] = REVIEWER_FOR_ALL, "AB"
    sheet["B2"], sheet["C2"] = DATE_FOR_ALL, "2026-11-22"
    rows = ("K9", "Law", "S1", "Obey the law", "broadMatch", 0.5, "", "", "accept", "broadMatch")
    for column, (header, value) in enumerate(zip(headers, (*rows, *4 * ("",), mark), strict=True), start=1):
        sheet.cell(4, column).value = header
        sheet.cell(5, column).value = value or None
    path = tmp_path / "r.xlsx"
    book.save(path)
    tracker = path_to_tracker(path)
    assert "runner_up" in tracker_to_sheet_layout(tracker, SMALL, NO_DEFAULT).columns
    (made,) = tracker_to_answers(tracker, SMALL, is_kept=True).decisions
    # The relation is the one that was proposed: nothing is changed.
    assert (made.decision, made.reviewer_label, made.review_date) == ("accept", "AB", "2026-11-22")


def test_who_and_when_are_read_from_where_the_sheet_asks(tmp_path):
    path = Path(tmp_path / "r.xlsx")
    path.write_bytes(rows_to_data([ReviewRow("K9", "Law")]))
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    for row in sheet.iter_rows(max_row=2):
        for cell in row:
            if cell.value in {REVIEWER_FOR_ALL, DATE_FOR_ALL}:
                value = "AB" if cell.value == REVIEWER_FOR_ALL else "2026-11-22"
                sheet.cell(cell.row, cell.column + 1).value = value
    book.save(path)
    assert tracker_to_sheet_layout(path_to_tracker(path), SMALL, NO_DEFAULT).default == ("AB", "2026-11-22")


def test_words_and_terms_of_relations_belong_together():
    for term, word in RELATION_WORDS.items():
        assert (relation_to_word(term), word_to_relation(word)) == (word, term)


def test_a_crosswalk_with_plain_words_is_read_as_one_with_terms(tmp_path):
    links = []
    for look, relation, kept in (("look needed", "merged", "no"), ("band", "broadMatch", "accept")):
        path = tmp_path / "x.csv"
        path.write_text(f"old,new,relation,{look}\nK9,S1,{relation},{kept}\n", encoding="utf-8")
        (row,) = tracker_to_links(path_to_tracker(path), SMALL)
        links.append((row["predicate_id"], row["band"]))
    assert links == 2 * [("skos:broadMatch", "accept")]
