"""Render made-up documents as PDFs in many layouts, read them, and count what is wrong in silence.

    python benchmarks/pdf_documents.py [-n 120] [--seed 1] [--producer NAME] [--kind NAME] [--keep DIR]

Each input is a standard, an assessment plan, a NOS unit or a handbook of a made-up occupation. LibreOffice
(from a Word file), Chromium (from a web page) or ReportLab make a PDF of it. The layout is chosen at random
from what people use: one or two columns, tables with lines, with horizontal lines only or without lines,
lists, cells that go on over pages, running heads and feet, fonts, sizes, justified text, words cut at line
ends, paper on its side. What is read is compared with what was written:

* `right`: all wordings, duties, pairs, criteria and codes of themes, and no finding of severity error;
* `told`: right or not, and a finding is an error;
* `refused`: no table was made;
* `silent`: something differs and no finding is an error, which is the worst fault there is.

Exit 1 if an input is wrong in silence. The same seed makes the same inputs. Producers that are not installed
are left out, and named.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables

OUTCOMES = ("right", "told", "refused", "silent")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
SOFFICE = shutil.which("soffice") or ""
TRADES = {
    "Hedge layer": ("hedge", "hedges", "stakes", "a billhook", "the field margin"),
    "Clock restorer": ("movement", "movements", "springs", "a staking set", "the workshop bench"),
    "Ferry deckhand": ("mooring", "moorings", "ropes", "a heaving line", "the car deck"),
    "Cheese grader": ("cheese", "cheeses", "rinds", "a cheese iron", "the ripening store"),
}
VERBS = (
    "inspect",
    "prepare",
    "repair",
    "record",
    "store",
    "label",
    "select",
    "measure",
    "move",
    "clean",
    "price",
    "test",
)
REASONS = (
    "so that the work is safe, legal and on time",
    "in line with organisational procedures, manufacturers' instructions and the Health and Safety at Work "
    "Act 1974",
    "and the effect that this has on customers, co-workers and the long-term condition of the site",
    "for example after heavy rain, frost or a change of supplier",
    "including self-assessment, record-keeping and follow-up work with other teams (internal and external)",
    "",
)


@dataclass
class Written:
    """What a document says: wordings by code, duties, pairs, criteria of themes."""

    title: str
    statements: dict[str, str] = field(default_factory=dict)
    duties: list[str] = field(default_factory=list)
    pairs: list[list[str]] = field(default_factory=list)
    themes: list[tuple[str, list[str], list[tuple[str, str, list[str]]]]] = field(default_factory=list)


def wording(trade: str, letter: str, number: int, chance: random.Random) -> str:
    """Return a made-up wording."""
    one, many, parts, tool, place = TRADES[trade]
    verb, other = chance.choice(VERBS), chance.choice(VERBS)
    reason = chance.choice(REASONS)
    start = {
        "K": f"How to {verb} {many} and {parts} of group {number} in {place}, and why {tool} is used to "
        f"{other} them",
        "S": f"{verb.capitalize()} {parts} of the {one} with {tool} and {other} what is left at {place} "
        f"{number}",
        "B": f"Takes responsibility for {many} in {place}, asks for help and is open to change {number}",
        "P": f"{verb} {parts} of the {one} with {tool} at {place} before you {other} them, case {number}",
    }[letter]
    text = f"{start} {reason}".strip()
    return text + chance.choice((".", ".", "")) if letter != "P" else text


def make_written(chance: random.Random) -> Written:
    """Return the content of a standard with its assessment plan."""
    trade = chance.choice(list(TRADES))
    written = Written(trade)
    counts = {"K": chance.randint(8, 24), "S": chance.randint(8, 20), "B": chance.randint(3, 5)}
    for letter, count in counts.items():
        for number in range(1, count + 1):
            written.statements[f"{letter}{number}"] = wording(trade, letter, number, chance)
    codes = list(written.statements)
    n_duties = chance.randint(5, 11)
    for at in range(n_duties):
        text = wording(trade, "S", at + 1, chance).rstrip(".").replace("Act 1974", "law")
        written.duties.append(text + ".")
        written.pairs.append(
            [code for place, code in enumerate(codes) if place % n_duties in (at, (at * 3) % 4)]
        )
    left = codes.copy()
    number = 0
    while left:
        number += 1
        size = chance.randint(2, 5)
        own, left = left[:size], left[size:]
        name = f"{chance.choice(VERBS).capitalize()}ing work {number}"
        criteria = [("pass", f"Explains how to {wording(trade, 'P', number, chance)}.", own)]
        if chance.random() < 0.5:
            criteria.append(
                ("distinction", f"Evaluates how to {wording(trade, 'P', number + 40, chance)}.", own[:1])
            )
        written.themes.append((name, own, criteria))
    return written


# Blocks: ("h1" | "h2" | "h3" | "p" | "li", text) or ("table", rows), ("rows", [(left, right)])
Block = tuple[str, Any]
KINDS = {"K": "Knowledge", "S": "Skills", "B": "Behaviours"}


def standard_blocks(written: Written, layout: dict[str, Any]) -> list[Block]:
    """Return a standard as blocks."""
    blocks: list[Block] = [("h1", f"{written.title} occupational standard"), ("h2", "Key information")]
    blocks += [("p", "Reference: ST9870"), ("p", "Version: 1.1"), ("p", "Level: 3")]
    blocks += [("h2", "Occupation summary"), ("p", PROSE.format(t=written.title.lower())), ("h2", "Duties")]
    if layout["duties"] == "table":
        rows = [["Duty", "KSBs"]]
        for at, (text, codes) in enumerate(zip(written.duties, written.pairs, strict=True), start=1):
            rows.append([f"Duty {at} {text}", " ".join(codes)])
        blocks.append(("table", rows))
    else:
        for at, (text, codes) in enumerate(zip(written.duties, written.pairs, strict=True), start=1):
            blocks += [("p", f"Duty {at} {text}"), ("p", " ".join(codes))]
    return [*blocks, *ksb_blocks(written, layout)]


PROSE = (
    "This occupation is found in small and large organisations across the country. The broad purpose of the "
    "occupation of a {t} is to look after what others rely on. In their daily work, an employee in this "
    "occupation interacts with customers, suppliers and their line manager."
)


def ksb_blocks(written: Written, layout: dict[str, Any]) -> list[Block]:
    """Return the KSBs as blocks."""
    blocks: list[Block] = [("h2", "KSBs")]
    for letter, name in KINDS.items():
        own = [(code, text) for code, text in written.statements.items() if code[0] == letter]
        blocks.append(("h3", name))
        if layout["ksbs"] == "table":
            blocks.append(("table", [["KSB", "Statement"], *([code, text] for code, text in own)]))
        elif layout["ksbs"] == "three columns":
            rows = [[code, text, ("Observation", "Interview")[at % 2]] for at, (code, text) in enumerate(own)]
            blocks.append(("table", [["KSB", "Statement", "Assessment method"], *rows]))
        else:
            blocks += [("p", f"{code}: {text}") for code, text in own]
    return blocks


def plan_blocks(written: Written, layout: dict[str, Any]) -> list[Block]:
    """Return an assessment plan as blocks."""
    blocks: list[Block] = [
        ("h1", f"{written.title}: end-point assessment plan"),
        ("h2", "Introduction and overview"),
    ]
    blocks += [("p", PROSE.format(t=written.title.lower())), ("h2", "Grading")]
    if layout["themes"] == "table":
        blocks.append(("h3", "Observation with questions"))
        rows = [["Theme\nKSBs", "Pass", "Distinction"]]
        for name, codes, criteria in written.themes:
            cells = {"pass": [], "distinction": []}
            for grade, text, named in criteria:
                cells[grade].append(f"{text} ({', '.join(named)})")
            last = "\n".join(cells["distinction"]) or "No distinction criteria"
            rows.append([f"{name}\n{' '.join(codes)}", "\n".join(cells["pass"]), last])
        blocks.append(("table", rows))
    else:
        for at, (name, codes, criteria) in enumerate(written.themes, start=1):
            blocks.append(("h3", f"Theme {at}: {name} ({', '.join(codes)})"))
            for grade in ("pass", "distinction"):
                listed = [row for row in criteria if row[0] == grade]
                if listed:
                    blocks.append(("p", grade.capitalize()))
                    blocks += [("li", f"{text} ({', '.join(named)})") for _, text, named in listed]
    return [*blocks, *ksb_blocks(written, layout)]


def handbook_blocks(written: Written, layout: dict[str, Any]) -> list[Block]:
    """Return a provider's handbook as blocks."""
    blocks: list[Block] = [("h1", f"{written.title} apprenticeship handbook"), ("h2", "Welcome")]
    blocks += [("p", PROSE.format(t=written.title.lower())) for _ in range(3)]
    blocks.append(("h2", "Programme"))
    rows = [["Week", "Topic", "Who"]]
    rows += [[str(week), PROSE[: 40 + 7 * week].strip(), "Tutor"] for week in range(1, 13)]
    blocks.append(("table", rows))
    return [*blocks, *ksb_blocks(written, layout)]


def unit_blocks(written: Written, layout: dict[str, Any]) -> list[Block]:
    """Return a NOS unit as blocks: headings at the left, lists at the right."""
    mark = MARKS[layout["marks"]]
    criteria = [mark("P", at) + text for at, text in enumerate(nos_criteria(written), start=1)]
    known = [mark("K", at) + text for at, text in enumerate(nos_knowledge(written), start=1)]
    blocks: list[Block] = [("h1", f"Work with {TRADES[written.title][1]}")]
    overview = ("Overview", [PROSE.format(t=written.title.lower())])
    between = "\n\n" if layout["label space"] else "\n"
    lists = [
        (f"Performance criteria{between}You must be able to:", criteria),
        (f"Knowledge and understanding{between}You need to know and understand:", known),
    ]
    if layout["unit"] == "beside":
        blocks.append(("beside", [overview, *lists]))
    else:
        for name, lines in [overview, *lists]:
            first, *second = name.split("\n")
            blocks.append(("h2", first))
            blocks += [("p", line) for line in (*filter(None, second), *lines)]
    facts = [["Developed by", "Trade Skills"], ["Version Number", "2"], ["Date Approved", "1 March 2021"]]
    facts += [
        ["Indicative Review Date", "1 March 2026"],
        ["URN", "TSX14"],
        ["Originating Organisation", "Trade Skills"],
    ]
    if layout["unit"] != "beside":
        return [*blocks, ("h2", "Developed by"), ("p", "Trade Skills")]
    return [
        *blocks,
        ("beside", [(name, [value]) for name, value in facts]) if layout["facts"] else ("table", facts),
    ]


MARKS: dict[str, Callable[[str, int], str]] = {
    "number": lambda _letter, at: f"{at} ",
    "number with a dot": lambda _letter, at: f"{at}. ",
    "code": lambda letter, at: f"{letter}{at} ",
    "bullet": lambda _letter, _at: "\u2022 ",
}
# Drawn by itself, so that the other layouts of a seed stay as they are.
UNIT_LAYOUTS: dict[str, list[Any]] = {
    "unit": ["beside", "beside", "beside", "plain"],
    "marks": list(MARKS),
    "label space": [False, True],
    "facts": [False, True],
    "rules": [False, True],
    "label bold": [False, True],
    "label in middle": [False, False, False, True],
    "columns": [1],
}


def nos_criteria(written: Written) -> list[str]:
    return [wording(written.title, "P", at, random.Random(at)) for at in range(1, len(written.duties) + 4)]


def nos_knowledge(written: Written) -> list[str]:
    texts = [text for code, text in written.statements.items() if code[0] == "K"]
    return [text[0].lower() + text[1:].rstrip(".") for text in texts]


LAYOUTS: dict[str, list[Any]] = {
    "duties": ["table", "table", "list"],
    "ksbs": ["list", "list", "table", "three columns"],
    "themes": ["table", "table", "list"],
    "unit": ["beside", "plain"],
    "lines": ["all", "all", "across", "none"],
    "columns": [1, 1, 1, 2],
    "size": [9, 10, 11, 12],
    "font": ["Liberation Sans", "Liberation Serif", "DejaVu Sans"],
    "justified": [False, False, True],
    "hyphens": [False, False, False, True],
    "landscape": [False, False, False, True],
    "head": [True, False],
    "foot": ["", "page", "Page n of m", "name and page"],
    "space": [0, 4, 8],
    "header row": [True, False],
    "middle": [False, False, True],
}
MAKERS: dict[str, Callable[[Written, dict[str, Any]], list[Block]]] = {
    "standard": standard_blocks,
    "plan": plan_blocks,
    "unit": unit_blocks,
    "handbook": handbook_blocks,
}


# Word files, which LibreOffice renders


def to_word(blocks: list[Block], layout: dict[str, Any], name: str) -> bytes:
    """Return blocks as a Word file."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = layout["font"], Pt(layout["size"])
    style.paragraph_format.space_after = Pt(layout["space"])
    section = document.sections[0]
    if layout["landscape"]:
        section.page_width, section.page_height = section.page_height, section.page_width
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), str(layout["columns"]))
    columns.set(qn("w:space"), "500")
    if layout["hyphens"]:
        document.settings.element.insert(0, OxmlElement("w:autoHyphenation"))
    if layout["head"]:
        section.header.paragraphs[0].text = f"{name} | Trade Skills college"
    if layout["foot"]:
        _word_foot(section.footer.paragraphs[0], layout["foot"], name)

    for form, value in blocks:
        if form[0] == "h":
            document.add_heading(value, int(form[1]))
        elif form in {"li", "p"}:
            paragraph = document.add_paragraph(value, style="List Bullet" if form == "li" else None)
            if layout["justified"]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        else:
            _word_table(document, form, value, layout)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_table(document: Any, form: str, value: Any, layout: dict[str, Any]) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.oxml import OxmlElement

    rows = [[name, "\n".join(lines)] for name, lines in value] if form == "beside" else value
    table = document.add_table(0, len(rows[0]))
    if form == "table":
        _word_lines(table, layout["lines"])
    for at, row in enumerate(rows):
        added = table.add_row()
        if at == 0 and layout["header row"] and form == "table":
            added._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text in zip(added.cells, row, strict=True):
            first, *others = text.split("\n")
            cell.paragraphs[0].text = first
            for other in others:
                cell.add_paragraph(other)
        if form == "beside":
            added.cells[0].paragraphs[0].runs[0].bold = layout.get("label bold", False)
            if layout.get("label in middle"):
                added.cells[0].vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if form == "beside" and layout.get("rules"):
        _word_lines(table, "across")
    section = document.sections[0]
    usable = section.page_width - section.left_margin - section.right_margin
    usable = usable / layout["columns"] - (300_000 if layout["columns"] > 1 else 0)
    first_share = 0.3 if form == "beside" else 0.62 if rows[0][0] == "Duty" else 0.2
    shares = (first_share, 1 - first_share) if len(rows[0]) == 2 else (0.22, 0.48, 0.3)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int(usable * share)
        for cell in column.cells:
            cell.width = int(usable * share)


def _word_foot(paragraph: Any, form: str, name: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def number(field_name: str) -> None:
        xml = f'<w:fldSimple {nsdecls("w")} w:instr="{field_name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(xml))

    if form == "name and page":
        paragraph.add_run(f"TSX14 {name}\t\t")
    elif form == "Page n of m":
        paragraph.add_run("Page ")
    number("PAGE")
    if form == "Page n of m":
        paragraph.add_run(" of ")
        number("NUMPAGES")


def _word_lines(table: Any, lines: str) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    if lines == "all":
        table.style = "Table Grid"
    elif lines == "across":
        sides = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "bottom", "insideH"))
        table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


# Web pages, which Chromium prints


def _breaks(text: str) -> str:
    return "<br>".join(map(html.escape, text.split("\n")))


def _label_style(layout: dict[str, Any]) -> str:
    return " style='align-content:center'" if layout.get("label in middle") else ""


def to_page(blocks: list[Block], layout: dict[str, Any], name: str) -> bytes:
    """Return blocks as a web page."""
    border = {"all": "1px solid black", "across": "none", "none": "none"}[layout["lines"]]
    across = "1px solid #b1b4b6" if layout["lines"] == "across" else border
    style = (
        f"@page{{size:A4 {'landscape' if layout['landscape'] else 'portrait'};margin:2cm}}"
        f"body{{font:{layout['size']}pt '{layout['font']}';columns:{layout['columns']};column-gap:1cm;"
        f"text-align:{'justify' if layout['justified'] else 'left'};"
        f"hyphens:{'auto' if layout['hyphens'] else 'manual'}}}"
        f"p{{margin:0 0 {layout['space']}pt}}table{{border-collapse:collapse;width:100%}}"
        f".beside>div{{border-top:{'1px solid #666' if layout.get('rules') else 'none'};padding-top:3px}}"
        f"td,th{{border:{border};border-bottom:{across};border-top:{across};padding:4px;text-align:left;"
        f"vertical-align:{'middle' if layout['middle'] else 'top'}}}"
        ".beside{display:grid;grid-template-columns:32% 68%;column-gap:0}"
    )
    body = []
    for form, value in blocks:
        if form[0] in "hpl":
            tag = form
            body.append(f"<{tag}>{html.escape(value)}</{tag}>")
        elif form == "beside":
            parts = "".join(
                f"<div{_label_style(layout)}><b>{_breaks(left)}</b></div>"
                f"<div>{''.join(f'<p>{html.escape(line)}</p>' for line in lines)}</div>"
                for left, lines in value
            )
            body.append(f"<div class=beside>{parts}</div>")
        else:
            rows = []
            for at, row in enumerate(value):
                tag = "th" if at == 0 and layout["header row"] else "td"
                cells = "".join(f"<{tag}>{_breaks(cell)}</{tag}>" for cell in row)
                rows.append(f"<tr>{cells}</tr>")
            head = f"<thead>{rows[0]}</thead>" if layout["header row"] else rows[0]
            body.append(f"<table>{head}{''.join(rows[1:])}</table>")
    head = f"<meta charset=utf-8><title>{name}</title><style>{style}</style>"
    return f"<!DOCTYPE html><html lang=en>{head}{''.join(body)}".encode()


# ReportLab


def _table_look(form: str, layout: dict[str, Any]) -> list[tuple[Any, ...]]:
    from reportlab.lib import colors

    if form == "beside":
        look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
        if layout.get("rules"):
            look.append(("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.grey))
        if layout.get("label in middle"):
            look.append(("VALIGN", (0, 0), (0, -1), "MIDDLE"))
        return look
    look = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if layout["middle"] else "TOP")]
    if layout["lines"] == "all":
        look.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    elif layout["lines"] == "across":
        look.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey))
    return look


def to_reportlab(blocks: list[Block], layout: dict[str, Any], name: str) -> bytes:
    """Return blocks as a PDF that ReportLab makes."""
    from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, TableStyle

    font = {"Liberation Serif": "Times"}.get(layout["font"], "Helvetica")
    roman, bold = (f"{font}-Roman", f"{font}-Bold") if font == "Times" else (font, f"{font}-Bold")
    size = layout["size"]
    base = ParagraphStyle("p", fontName=roman, fontSize=size, leading=1.25 * size, spaceAfter=layout["space"])
    base.alignment = TA_JUSTIFY if layout["justified"] else TA_LEFT
    heads = {
        level: ParagraphStyle(
            f"h{level}",
            fontName=bold,
            fontSize=size + 10 - 3 * level,
            leading=1.3 * (size + 7),
            spaceBefore=8,
            spaceAfter=4,
        )
        for level in (1, 2, 3)
    }
    page = landscape(A4) if layout["landscape"] else A4
    margin, gap = 56, 24
    usable = page[0] - 2 * margin
    width = (usable - gap * (layout["columns"] - 1)) / layout["columns"]

    def cell(text: str) -> list[Any]:
        return [Paragraph(html.escape(line), base) for line in text.split("\n")]

    story: list[Any] = []
    for form, value in blocks:
        if form[0] == "h":
            story.append(Paragraph(html.escape(value), heads[int(form[1])]))
        elif form == "li":
            item = ParagraphStyle("li", parent=base, leftIndent=18, bulletIndent=4)
            story.append(Paragraph(html.escape(value), item, bulletText="\u2022"))
        elif form == "p":
            story.append(Paragraph(html.escape(value), base))
        else:
            rows = [[left, "\n".join(lines)] for left, lines in value] if form == "beside" else value
            shares = {2: (0.3, 0.7), 3: (0.25, 0.45, 0.3)}[len(rows[0])]
            if rows[0][0] == "Duty":
                shares = (0.62, 0.38)
            look = _table_look(form, layout)
            table = Table(
                [[cell(text) for text in row] for row in rows],
                colWidths=[share * width for share in shares],
                repeatRows=int(layout["header row"] and form == "table"),
                # With rows that are repeated it prints a row of headings that no row follows.
                splitInRow=int(form == "beside" or not layout["header row"]),
                style=TableStyle(look),
            )
            story.append(table)

    def decorate(canvas: Any, document: Any) -> None:
        canvas.setFont(roman, 8)
        if layout["head"]:
            canvas.drawString(margin, page[1] - 30, f"{name} | Trade Skills college")
        text = {
            "": "",
            "page": "{n}",
            "Page n of m": "Page {n} of 99",
            "name and page": f"TSX14 {name}   {{n}}",
        }
        canvas.drawString(margin, 28, text[layout["foot"]].format(n=document.page))

    stream = io.BytesIO()
    template = BaseDocTemplate(stream, pagesize=page, invariant=1)
    frames = [
        Frame(margin + at * (width + gap), 50, width, page[1] - 100, 0, 0, 0, 0)
        for at in range(layout["columns"])
    ]
    template.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    template.build(story)
    return stream.getvalue()


def render(jobs: list[tuple[int, str, bytes]], folder: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the PDF of each Word file and page."""
    words = [(number, data) for number, form, data in jobs if form == "LibreOffice"]
    for number, data in words:
        (folder / f"{number}.docx").write_bytes(data)
    if words:
        names = [str(folder / f"{number}.docx") for number, _ in words]
        command = [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", str(folder), *names], check=True, capture_output=True, timeout=600
        )
    yield from ((number, (folder / f"{number}.pdf").read_bytes()) for number, _ in words)
    pages = [(number, data) for number, form, data in jobs if form == "Chromium"]
    if pages:
        yield from _print_pages(pages)


def _print_pages(pages: list[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for number, data in pages:
            page.set_content(data.decode())
            yield number, page.pdf(prefer_css_page_size=True, tagged=True)
        browser.close()


# Comparing


def squashed(text: str) -> str:
    return " ".join(text.split())


def faults(kind: str, written: Written, data: bytes) -> tuple[str, list[str]]:
    """Return the outcome of reading a PDF, and what differs."""
    try:
        parsed = parse_document(bytes_to_document(data, "mine.pdf"))
    except CurriculumError as fault:
        return "refused", [str(fault)]
    found = list(_differences(kind, written, parsed))
    errors = [row.message for row in parsed.findings if row.severity == "error"]
    if errors:
        return "told", [*found, *(f"told: {message[:140]}" for message in errors[:4])]
    return ("silent" if found else "right"), found


def _differences(kind: str, written: Written, parsed: Any) -> Iterator[str]:
    statements = {row.code: row.text for row in parsed.statements}
    if kind == "unit":
        expected = {f"P{at}": text for at, text in enumerate(nos_criteria(written), start=1)}
        expected |= {f"K{at}": text for at, text in enumerate(nos_knowledge(written), start=1)}
    else:
        expected = written.statements
    for code in sorted({*expected, *statements}):
        if squashed(expected.get(code, "")) != statements.get(code, ""):
            yield f"{code}: {expected.get(code)!r} read as {statements.get(code)!r}"
    if kind == "standard":
        texts = [row.text for row in parsed.duties]
        yield from (
            f"duty {text!r} not read; {texts!r}" for text in written.duties if squashed(text) not in texts
        )
        pairs = set(_pairs(parsed))
        wanted = {(f"D{at}", code) for at, codes in enumerate(written.pairs, start=1) for code in codes}
        if pairs != wanted:
            yield f"pairs missing {sorted(wanted - pairs)[:6]}, extra {sorted(pairs - wanted)[:6]}"
    if kind == "plan":
        yield from _plan_differences(written, parsed)


def _bare(statement_id: str) -> str:
    return statement_id.rpartition(":")[2]


def _pairs(parsed: Any) -> Iterator[tuple[str, str]]:
    frame = parsed_to_tables([parsed]).duty_ksbs
    yield from zip(frame["duty_id"].map(_bare), frame["statement_id"].map(_bare), strict=True)


def _plan_differences(written: Written, parsed: Any) -> Iterator[str]:
    tables = parsed_to_tables([parsed])
    texts = set(zip(tables.descriptors["grade"], tables.descriptors["text"], strict=True))
    codes_of: dict[str, list[str]] = {}
    for theme, statement in zip(
        tables.theme_ksbs["theme_id"], tables.theme_ksbs["statement_id"], strict=True
    ):
        codes_of.setdefault(theme, []).append(_bare(statement))
    themes = [
        (name, codes_of.get(key, []))
        for key, name in zip(tables.themes["theme_id"], tables.themes["name"], strict=True)
    ]
    for name, codes, criteria in written.themes:
        found = [theme for theme in themes if name in theme[0]]
        if not found or sorted(found[0][1]) != sorted(codes):
            yield f"theme {name} {codes} read as {found}"
        for grade, text, _ in criteria:
            if (grade, squashed(text)) not in texts:
                near = [row for row in texts if row[1][:20] == text[:20]]
                yield f"{grade} {text!r} read as {near}"
    wanted = sum(len(criteria) for _, _, criteria in written.themes)
    if len(texts) != wanted:
        yield f"{len(texts)} criteria read, {wanted} written"


def make_inputs(options: argparse.Namespace) -> list[tuple[int, str, str, dict[str, Any], Written, bytes]]:
    """Return the inputs: number, kind, producer, layout, what is written, and the bytes of its source."""
    producers = [
        name
        for name, there in (("LibreOffice", SOFFICE), ("Chromium", CHROMIUM), ("ReportLab", "yes"))
        if there
    ]
    makers = {"LibreOffice": to_word, "Chromium": to_page, "ReportLab": to_reportlab}
    inputs = []
    for number in range(options.n):
        chance = random.Random(f"{options.seed} {number}")
        producer, kind = chance.choice(producers), chance.choice(list(MAKERS))
        layout = {name: chance.choice(values) for name, values in LAYOUTS.items()}
        written = make_written(chance)
        if kind == "unit":
            own = random.Random(f"{options.seed} {number} unit")
            layout |= {name: own.choice(values) for name, values in UNIT_LAYOUTS.items()}
        if options.producer and producer != options.producer:
            continue
        if options.kind and kind != options.kind:
            continue
        if options.number is not None and number != options.number:
            continue
        blocks = MAKERS[kind](written, layout)
        inputs.append(
            (number, kind, producer, layout, written, makers[producer](blocks, layout, written.title))
        )
    return inputs


def main() -> int:
    """Render and read the documents, and print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=120, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1, help="what the layouts are drawn by")
    parser.add_argument("--producer", choices=["LibreOffice", "Chromium", "ReportLab"], default="")
    parser.add_argument("--kind", choices=list(MAKERS), default="")
    parser.add_argument("--number", type=int, help="one input alone")
    parser.add_argument("--show", choices=OUTCOMES, action="append", default=[], help="name these inputs")
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs")
    options = parser.parse_args()
    for name, there in (("LibreOffice", SOFFICE), ("Chromium", CHROMIUM)):
        if not there:
            print(f"{name} is not installed: nothing is made with it", file=sys.stderr)
    inputs = make_inputs(options)
    with tempfile.TemporaryDirectory() as folder:
        jobs = [(number, producer, data) for number, _, producer, _, _, data in inputs]
        pdfs = dict(render(jobs, Path(folder)))
    counts: Counter[tuple[str, str]] = Counter()
    for number, kind, producer, layout, written, data in inputs:
        pdf = pdfs.get(number, data)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number}.pdf").write_bytes(pdf)
        outcome, differing = faults(kind, written, pdf)
        counts[kind, outcome] += 1
        counts[producer, outcome] += 1
        if outcome in options.show or (outcome == "silent" and not options.show):
            print(f"\n{number} {kind} by {producer}, {outcome}: {layout}")
            print("\n".join(f"    {line[:400]}" for line in differing[:6]), flush=True)
    for name in (*MAKERS, "LibreOffice", "Chromium", "ReportLab"):
        print(f"{name}: " + ", ".join(f"{counts[name, outcome]} {outcome}" for outcome in OUTCOMES))
    silent = sum(counts[kind, "silent"] for kind in MAKERS)
    print(f"{len(inputs)} inputs, {silent} wrong in silence")
    return int(silent > 0)


if __name__ == "__main__":
    sys.exit(main())
