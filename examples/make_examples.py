#!/usr/bin/env python3
"""Write the example spreadsheets into the folder of this script: see README.md there.

They are like the files of a training provider, tagged with the KSB codes of ST0792 version 1.0. The same
bytes are written each time, except for `libreoffice.xlsx`, which LibreOffice makes if it is missing.

python examples/make_examples.py
"""

from __future__ import annotations

import csv
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, TypeAlias
from xml.sax.saxutils import escape

import contents
from vba_project import Module, make_vba_project
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import decisions_to_csv, pair_to_path

Row: TypeAlias = Sequence[object]

HERE = Path(__file__).resolve().parent
STATEMENTS = HERE.parent / "data" / "processed" / "statements.csv"
DOCUMENT = "st0792-1.0"
HEADER = {"bold": True, "bg_color": "#1F3864", "font_color": "white", "text_wrap": True, "valign": "vcenter"}
TITLE = {"bold": True, "font_size": 14}
CELL = {"align": "left", "valign": "top", "border": 1, "border_color": "#BFBFBF"}
DAY = {**CELL, "num_format": "dd/mm/yyyy"}
COLOURS = {"Green": "#C6EFCE", "Amber": "#FFEB9C", "Red": "#FFC7CE"}
MACRO = """\
Option Explicit

' Shows every row again when a filter hides some.
Public Sub ShowAllRows()
    If ActiveSheet.FilterMode Then ActiveSheet.ShowAllData
End Sub
"""
FODS = """\
<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"
  xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
  xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
  xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
  xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
  xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2">
<office:styles>
<style:style style:name="Default" style:family="table-cell"/>
</office:styles>
<office:automatic-styles>
<number:date-style style:name="UkDate"><number:day number:style="long"/><number:text>/</number:text>\
<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>\
</number:date-style>
<style:style style:name="Header" style:family="table-cell"><style:text-properties \
fo:font-weight="bold"/></style:style>
<style:style style:name="Day" style:family="table-cell" style:data-style-name="UkDate">\
<style:table-cell-properties style:text-align-source="fix"/>\
<style:paragraph-properties fo:text-align="start"/></style:style>
<style:style style:name="Wide" style:family="table-column"><style:table-column-properties \
style:column-width="5.8cm"/></style:style>
<style:style style:name="Narrow" style:family="table-column"><style:table-column-properties \
style:column-width="2.1cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Evidence">
<table:table-column table:style-name="Wide"/>
<table:table-column table:style-name="Narrow" table:number-columns-repeated="5"/>
{rows}
</table:table></office:spreadsheet></office:body>
</office:document>
"""


def read_statements() -> dict[str, str]:
    """Return the wording of each code of version 1.0, in the order of the standard."""
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["text"] for row in csv.DictReader(file) if row["document_id"] == DOCUMENT}


@contextmanager
def open_book(name: str, title: str) -> Iterator[Workbook]:
    """Open a new workbook whose author and dates are always the same."""
    with Workbook(HERE / name) as book:
        created = datetime(2023, 5, 1)
        book.set_properties({"title": title, "author": "Curriculum team", "created": created})
        yield book


def write_table(
    book: Workbook, sheet: Any, top: int, header: Row, rows: Iterable[Row], *, look: dict[str, Any] = HEADER
) -> int:
    """Write a header and rows below it from the row `top`; return the last row written."""
    plain, day = book.add_format({**CELL, "text_wrap": True}), book.add_format(DAY)
    sheet.write_row(top, 0, header, book.add_format(look))
    last = top
    for last, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            sheet.write(last, column, value, day if isinstance(value, date) else plain)
    return last


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Set the widths of the columns from the first on."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def set_heights(sheet: Any, top: int, rows: Iterable[Row], widths: Sequence[float]) -> None:
    """Set the heights of the rows from `top` on, for texts that wrap at these widths."""
    for row, cells in enumerate(rows, top):
        texts = zip(map(str, cells), widths, strict=False)
        n_lines = max(sum(len(part) // int(width) + 1 for part in text.split("\n")) for text, width in texts)
        sheet.set_row(row, 15 * n_lines)


def colour_cells(book: Workbook, sheet: Any, cells: str, colours: dict[str, str]) -> None:
    """Colour the cells by their contents."""
    for value, colour in colours.items():
        look = book.add_format({"bg_color": colour})
        sheet.conditional_format(
            cells, {"type": "cell", "criteria": "==", "value": f'"{value}"', "format": look}
        )


def set_print(sheet: Any, *, landscape: bool = True) -> None:
    """Print on A4, as wide as the page."""
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()


def scheme_of_work() -> None:
    """Write `scheme_of_work.xlsx`: sessions with codes in many notations, and holidays without any."""
    with open_book("scheme_of_work.xlsx", "Scheme of work 2022/23") as book:
        sheet = book.add_worksheet("Scheme of work")
        widths = [7, 8, 34, 38, 18, 26]
        set_widths(sheet, widths)
        centred = book.add_format({**TITLE, "align": "center", "valign": "vcenter"})
        sheet.merge_range("A1:F1", "Media Production Coordinator: scheme of work, autumn 2022", centred)
        sheet.set_row(0, 26)
        sheet.write("A2", "Group MPC-22A | Wednesdays, day release | Tutor: J. Okafor", book.add_format())
        bold = book.add_format({"bold": True})
        sheet.add_write_handler(str, partial(write_marked, bold=bold))
        header = ["Week", "Session", "Topic", "Activities", "KSBs", "Resources"]
        last = write_table(book, sheet, 3, header, contents.SESSIONS)
        set_heights(sheet, 4, contents.SESSIONS, widths)
        pause = book.add_format({**CELL, "italic": True, "bg_color": "#E7E6E6"})
        for row, cells in enumerate(contents.SESSIONS, 4):
            if len(cells) == 2:
                sheet.merge_range(row, 1, row, 5, cells[1], pause)
                sheet.set_row(row, 15)
            elif "&" in cells[4]:
                sheet.write_comment(row, 4, contents.SESSION_NOTE, {"author": "J. Okafor", "x_scale": 1.4})
        sheet.freeze_panes(4, 0)
        sheet.autofilter(3, 0, last, 5)
        sheet.repeat_rows(3)
        set_print(sheet)

        holidays = book.add_worksheet("Holidays")
        set_widths(holidays, [24, 14, 14])
        write_table(book, holidays, 0, ["Holiday", "From", "To"], contents.HOLIDAYS)


def write_marked(sheet: Any, row: int, column: int, text: str, look: Any, *, bold: Any) -> int | None:
    """Write a text with a part between `**` as rich text; write any other text plainly."""
    if "**" not in text:
        return None
    before, part, after = text.split("**")
    return int(sheet.write_rich_string(row, column, before, bold, part, after, look))


def evidence_log() -> None:
    """Write `evidence_log.xlsx`: evidence of learners on version 1.0 and on 1.2, with a list of statuses."""
    with open_book("evidence_log.xlsx", "Evidence log") as book:
        sheet, lookups = book.add_worksheet("Evidence log"), book.add_worksheet("Lookups")
        statuses = {"Met": "#C6EFCE", "Partly met": "#FFEB9C", "Referred": "#FFC7CE", "Submitted": "#DDEBF7"}
        starts = {**contents.LEARNERS, **contents.LATER_LEARNERS}
        rows = [
            (learner, "1.2" if learner in contents.LATER_LEARNERS else "1.0", starts[learner], *rest)
            for learner, *rest in contents.LOG
        ]
        columns = [
            "Learner",
            "Standard version",
            "Start date",
            "Evidence",
            "Date",
            "KSBs",
            "Assessor",
            "Status",
        ]
        last = write_table(book, sheet, 0, [*columns, "Days since start"], rows) + 1
        plain = book.add_format(CELL)
        for row, (learner, _, achieved, *_) in enumerate(contents.LOG, 2):
            days = (achieved - starts[learner]).days
            sheet.write_formula(f"I{row}", f"=E{row}-C{row}", plain, days)
        set_widths(sheet, [22, 11, 12, 38, 12, 24, 15, 12, 11])
        sheet.set_row(0, 30)
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": f"B2:B{last}"})
        source = f"=Lookups!$A$2:$A${len(statuses) + 1}"
        sheet.data_validation(f"H2:H{last}", {"validate": "list", "source": source})
        colour_cells(book, sheet, f"H2:H{last}", statuses)
        set_print(sheet)
        write_table(book, lookups, 0, ["Status"], [[status] for status in statuses])
        lookups.set_column("A:A", 14)


def matrix() -> None:
    """Write `matrix.xlsx`: learners by codes, the codes as column headers, marks of several kinds below."""
    with open_book("matrix.xlsx", "KSB matrix") as book:
        sheet = book.add_worksheet("Matrix")
        codes = list(read_statements())
        small = {**CELL, "font_size": 8, "align": "center"}
        mark, day = book.add_format(small), book.add_format({**small, "num_format": "d/m/yy"})
        total = book.add_format({**small, "bold": True, "top": 1})
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, len(codes) + 1, 6.5)
        sheet.write("A1", "KSB matrix, ST0792 version 1.0, all cohorts", book.add_format(TITLE))
        last = write_table(book, sheet, 1, ["Learner", "Start date", *codes], contents.LEARNERS.items())
        sheet.write_row(last + 1, 0, ["Total", None], book.add_format({"bold": True, "top": 1}))
        marks = [list(marks_of(place, len(codes))) for place in range(len(contents.LEARNERS))]
        for column, given in enumerate(zip(*marks, strict=True), 2):
            for row, value in enumerate(given, 2):
                sheet.write(row, column, value, day if isinstance(value, date) else mark)
            letters = xl_col_to_name(column)
            n_marks = len(given) - given.count(None)
            sheet.write_formula(last + 1, column, f"=COUNTA({letters}3:{letters}{last + 1})", total, n_marks)
        filled = {"type": "no_blanks", "format": book.add_format({"bg_color": COLOURS["Green"]})}
        sheet.conditional_format(2, 2, last, len(codes) + 1, filled)
        sheet.freeze_panes(2, 2)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(3, 1)
        sheet.repeat_columns(0, 1)


def marks_of(learner: int, n_codes: int) -> Iterator[str | date | None]:
    """Return the marks of a learner, in the style of each trainer: the later the start, the fewer."""
    chance = Random(learner)
    days = [date(2023, month, 3 + learner) for month in (2, 3, 5)]
    kinds: list[list[str] | list[date]] = [["x"], ["✓"], days, ["Yes"]]
    for _ in range(n_codes):
        draw = chance.random()
        kind = kinds[learner % len(kinds)] if draw > 0.1 else ["x"]
        yield kind[int(draw * 100) % len(kind)] if chance.random() < 0.95 - 0.11 * learner else None


def one_row_per_ksb() -> None:
    """Write `one_row_per_ksb.xlsx`: a table, code and wording in one cell, gaps without evidence."""
    with open_book("one_row_per_ksb.xlsx", "Portfolio index") as book:
        sheet = book.add_worksheet("Portfolio index")
        widths = [70, 34, 11, 15]
        set_widths(sheet, widths)
        name = "Tobias Adeyinka"
        start = f"{contents.LEARNERS[name]:%d/%m/%Y}"
        sheet.write("A1", "Portfolio index", book.add_format(TITLE))
        sheet.write("A2", f"Apprentice: {name}. Start: {start}. Standard: ST0792 version 1.0")
        rows = [(f"{code}: {text}", *filed_under(code)) for code, text in read_statements().items()]
        achieved = sum(row[1] is not None for row in rows)
        wrapped, header = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format(HEADER)
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        columns = [
            {"header": "KSB", "total_string": "Evidenced", "format": wrapped},
            {"header": "Evidence reference", "total_function": "count", "format": wrapped},
            {"header": "Page", "format": wrapped},
            {"header": "Date achieved", "format": day},
        ]
        look = {"name": "Portfolio", "style": "Table Style Medium 2", "total_row": True, "data": rows}
        columns = [{**column, "header_format": header} for column in columns]
        sheet.add_table(3, 0, len(rows) + 4, 3, {**look, "columns": columns})
        total = "=SUBTOTAL(103,Portfolio[Evidence reference])"
        sheet.write_formula(len(rows) + 4, 1, total, None, achieved)
        set_heights(sheet, 4, rows, widths)
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        set_print(sheet, landscape=False)


def filed_under(code: str) -> tuple[str | None, str | None, date | None]:
    """Return the evidence, the pages and the last date for a code; nothing for a gap."""
    found = [entry for entry in contents.INDEXED if code in entry[3].split()]
    if not found:
        return None, None, None
    names, pages, days, _ = zip(*found, strict=True)
    return "; ".join(names), ", ".join(pages), max(days)


def two_columns() -> None:
    """Write `two_columns.xlsx`: the kind of a KSB as a word in one column, its number in the next."""
    with open_book("two_columns.xlsx", "RAG ratings") as book:
        sheet = book.add_worksheet("RAG ratings")
        header = ["Learner", "Type", "Number", "Evidence", "Rating"]
        last = write_table(book, sheet, 0, header, contents.ASSESSMENTS) + 1
        set_widths(sheet, [22, 14, 10, 40, 10])
        colour_cells(book, sheet, f"E2:E{last}", COLOURS)
        sheet.autofilter(f"A1:E{last}")
        sheet.freeze_panes(1, 0)
        set_print(sheet, landscape=False)


def headings() -> None:
    """Write `headings.xlsx`: codes at the end of topic headings; rooms and duties that look like codes."""
    with open_book("headings.xlsx", "Delivery plan") as book:
        sheet = book.add_worksheet("Delivery plan")
        set_widths(sheet, [56, 8, 10, 10, 16])
        sheet.write("A1", "Delivery plan, spring term 2023", book.add_format(TITLE))
        row = write_table(book, sheet, 1, ["Topic and activity", "Hours", "Room", "Duty", "Tutor"], [])
        heading = {**CELL, "bold": True, "bg_color": "#D9E2F3"}
        for topic, activities in contents.BLOCKS.items():
            row = write_table(book, sheet, row + 1, [topic, "", "", "", ""], activities, look=heading)
        sheet.freeze_panes(2, 0)
        set_print(sheet, landscape=False)


def workbook_with_chart() -> None:
    """Write `workbook_with_chart.xlsx`: a dashboard over a hidden, filtered sheet with one code a cell."""
    with open_book("workbook_with_chart.xlsx", "Dashboard") as book:
        sheet, data = book.add_worksheet("Dashboard"), book.add_worksheet("Data")
        last = write_hidden(book, data) + 1
        book.define_name("KsbCodes", f"=Data!$B$2:$B${last}")
        book.define_name("Ratings", f"=Data!$E$2:$E${last}")
        codes = [code for _, code, *_ in contents.EVIDENCE_DATA]
        ratings = [rating for *_, rating in contents.EVIDENCE_DATA]
        header = book.add_format(HEADER)
        set_widths(sheet, [24, 10])
        sheet.set_row(0, 30)
        sheet.write("A1", "Evidence dashboard", book.add_format(TITLE))
        sheet.insert_image(
            "F1", "logo.png", {"image_data": BytesIO(make_logo()), "description": "College logo"}
        )
        sheet.write_row("A3", ["Rating", "Pieces"], header)
        write_counts(sheet, 4, COLOURS, "Ratings", ratings)
        sheet.write_row("A8", ["KSB", "Pieces"], header)
        write_counts(sheet, 9, contents.DASHBOARD_CODES, "KsbCodes", codes)
        sheet.write("A15", "Safety (K13 and S12)")
        safety = '=COUNTIF(KsbCodes,"K13")+COUNTIF(KsbCodes,"S12")'
        sheet.write_formula("B15", safety, None, codes.count("K13") + codes.count("S12"))
        sheet.write("A16", "All knowledge")
        knowledge = sum(code.startswith("K") for code in codes)
        sheet.write_formula("B16", f'=COUNTIF(Data!$B$2:$B${last},"K*")', None, knowledge)
        colour_cells(book, sheet, "A4:A6", COLOURS)
        sheet.insert_chart("D3", make_chart(book), {"description": "Pieces of evidence by rating"})
        set_print(sheet)


def write_counts(sheet: Any, row: int, values: Iterable[str], name: str, counted: Sequence[str]) -> None:
    """Write values from a row on, each with a formula that counts it under a defined name."""
    for place, value in enumerate(values, row):
        sheet.write(f"A{place}", value)
        sheet.write_formula(f"B{place}", f"=COUNTIF({name},A{place})", None, counted.count(value))


def make_chart(book: Workbook) -> Any:
    """Return the chart of the dashboard: a column for each rating."""
    chart = book.add_chart({"type": "column"})
    points = [{"fill": {"color": colour}} for colour in ("#70AD47", "#FFC000", "#C00000")]
    series = {"name": "Pieces", "categories": "=Dashboard!$A$4:$A$6", "values": "=Dashboard!$B$4:$B$6"}
    chart.add_series({**series, "points": points, "data_labels": {"value": True}})
    chart.set_title({"name": "Evidence by rating"})
    chart.set_legend({"none": True})
    return chart


def write_hidden(book: Workbook, data: Any) -> int:
    """Write the sheet that the dashboard counts: filtered to what is not green; return its last row."""
    header = ["Learner", "KSB", "Evidence", "Date", "Rating"]
    last = write_table(book, data, 0, header, contents.EVIDENCE_DATA)
    set_widths(data, [22, 8, 30, 12, 10])
    data.autofilter(0, 0, last, 4)
    data.filter_column_list("E", ["Amber", "Red"])
    for row, (*_, rating) in enumerate(contents.EVIDENCE_DATA, 1):
        if rating == "Green":
            data.set_row(row, None, None, {"hidden": True})
    look = {"author": "S. Marwood"}
    data.write_comment("B5", "Assessor wants a second piece for K13 before sign-off.", look)
    data.write_comment("E11", "Chased 09/05, employer to countersign.", look)
    link = book.add_format({**CELL, "font_color": "#0563C1", "underline": 1})
    data.write_url("C9", "https://example.org/evidence/freelancers", link, string="Freelancer database")
    data.insert_textbox("G2", "Filtered to Amber and Red. Clear the filter before you add rows.")
    data.hide()
    return last


def make_logo() -> bytes:
    """Return a small picture as PNG: a dark bar with a light square in it."""
    width, height = 96, 32
    dark, light = b"\x1f\x38\x64", b"\xff\xc0\x00"
    plain = b"\0" + dark * width
    marked = b"\0" + dark * 8 + light * 16 + dark * (width - 24)
    pixels = plain * 8 + marked * 16 + plain * 8
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(pixels)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def portfolio_csv() -> None:
    """Write `portfolio.csv` as Excel's "CSV UTF-8": a byte order mark, CRLF, quotes where needed."""
    with (HERE / "portfolio.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("Evidence", "KSBs", "Notes"), *contents.PORTFOLIO])


def portfolio_semicolon_csv() -> None:
    """Write `portfolio_semicolon.csv`: Windows-1252 with semicolons, as Excel does abroad."""
    with (HERE / "portfolio_semicolon.csv").open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([("Evidence", "KSBs", "Date", "Notes"), *contents.PORTFOLIO_NOTES])


def tracker_tsv() -> None:
    """Write `tracker.tsv` as Excel's "Unicode text": UTF-16, tabs, and quotes round texts with a comma."""
    rows = [("Learner", "Unit", "KSBs", "Status", "Comment"), *contents.TRACKER]
    lines = ("\t".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\r\n" for row in rows)
    (HERE / "tracker.tsv").write_bytes(b"\xff\xfe" + "".join(lines).encode("utf-16-le"))


def macros() -> None:
    """Write `macros.xlsm`: a log of hours with one harmless macro behind a button."""
    with open_book("macros.xlsm", "Off-the-job log") as book:
        project = make_vba_project(
            [Module("ThisWorkbook", ""), Module("Sheet1", ""), Module("Module1", MACRO)]
        )
        book.add_vba_project(BytesIO(project), True)
        book.set_vba_name("ThisWorkbook")
        sheet = book.add_worksheet("Hours")
        sheet.set_vba_name("Sheet1")
        header = ["Week ending", "Learner", "Task", "KSBs", "Hours"]
        last = write_table(book, sheet, 1, header, contents.OFF_THE_JOB) + 1
        sheet.write("A1", "Off-the-job training log, spring 2023", book.add_format(TITLE))
        sheet.set_row(0, 26)
        bold = book.add_format({"bold": True})
        sheet.write(last, 0, "Total", bold)
        sheet.write_formula(last, 4, f"=SUM(E3:E{last})", bold, sum(row[4] for row in contents.OFF_THE_JOB))
        set_widths(sheet, [14, 20, 36, 18, 8])
        sheet.autofilter(1, 0, last - 1, 4)
        sheet.freeze_panes(2, 0)
        sheet.insert_button(
            "G2", {"macro": "ShowAllRows", "caption": "Show all rows", "width": 110, "height": 28}
        )
        set_print(sheet)


def libreoffice() -> None:
    """Write `libreoffice.fods`, and convert it with LibreOffice to `libreoffice.xlsx` if that is missing."""
    source = HERE / "libreoffice.fods"
    source.write_text(make_fods(), encoding="utf-8", newline="\n")
    office = shutil.which("soffice")
    if office and not source.with_suffix(".xlsx").exists():
        command = [office, "--headless", "--convert-to", "xlsx", "--outdir", str(HERE), str(source)]
        subprocess.run(command, check=True, capture_output=True)


def make_fods() -> str:
    """Return a flat OpenDocument sheet: an evidence log with a column for each kind of code."""
    header = ["Evidence", "Date", "Knowledge", "Skills", "Behaviours", "Hours"]
    rows = ["".join(fods_cell(cell, "Header") for cell in header)]
    rows += ["".join(map(fods_cell, row)) for row in contents.DIARY]
    total = sum(row[5] for row in contents.DIARY)
    formula = f'table:formula="of:=SUM([.F2:.F{len(rows)}])" office:value-type="float" office:value="{total}"'
    gap = '<table:table-cell table:number-columns-repeated="4"/>'
    rows.append(f'{fods_cell("Total", "Header")}{gap}<table:table-cell table:style-name="Header" {formula}/>')
    return FODS.format(rows="\n".join(f"<table:table-row>{row}</table:table-row>" for row in rows))


def fods_cell(value: object, style: str = "Default") -> str:
    """Return a cell of text, a number or a date as OpenDocument; a doubtful code gets a note."""
    inside = ""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind, style = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"', "Day"
    elif isinstance(value, str):
        kind, inside = 'office:value-type="string"', f"<text:p>{escape(value)}</text:p>"
    else:
        kind = f'office:value-type="float" office:value="{value}"'
    if value in contents.DIARY_NOTES:
        note = escape(contents.DIARY_NOTES[value])
        inside = f"<office:annotation><text:p>{note}</text:p></office:annotation>{inside}"
    return f'<table:table-cell table:style-name="{style}" {kind}>{inside}</table:table-cell>'


def decisions() -> None:
    """Write decisions on what version 1.0 became in 1.2, as a reviewer might have made them."""
    old, new = "st0792-1.0", "st0792-1.2"
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        texts = {row["statement_id"]: row["text"] for row in csv.DictReader(file)}
    made = [
        (word, f"{old}:{old_code}", relation, f"{new}:{new_code}", comment)
        for word, old_code, relation, new_code, comment in contents.DECISIONS
    ]
    rows = [
        Decision(
            *(word, old_id, relation, new_id, texts[old_id], texts[new_id], old, new),
            *("example", "2026-11-22", comment),
        )
        for word, old_id, relation, new_id, comment in made
    ]
    path = pair_to_path(HERE / "decisions", old, new)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(decisions_to_csv(rows))


def main() -> None:
    """Write every file."""
    writers = [
        scheme_of_work,
        evidence_log,
        matrix,
        one_row_per_ksb,
        two_columns,
        headings,
        workbook_with_chart,
        portfolio_csv,
        portfolio_semicolon_csv,
        tracker_tsv,
        macros,
        libreoffice,
        decisions,
    ]
    for write in writers:
        write()


if __name__ == "__main__":
    main()
