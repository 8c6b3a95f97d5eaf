"""Small PDFs for tests, written by ReportLab: words at places, lines, tables, and pages of paragraphs."""

from __future__ import annotations

import io

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

WIDTH, HEIGHT = A4
SIZE, LEADING = 11, 14


def drawn(*pages, size=A4, **settings):
    """Give a PDF whose pages are drawn by functions."""
    stream = io.BytesIO()
    paper = canvas.Canvas(stream, pagesize=size, invariant=1, **settings)
    for draw in pages:
        paper.setFont("Helvetica", SIZE)
        draw(paper)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def write(paper, x, y, *lines, font="Helvetica", size=SIZE):
    """Write lines below each other; y is from the top of the page."""
    paper.setFont(font, size)
    for at, line in enumerate(lines):
        paper.drawString(x, HEIGHT - y - at * LEADING, line)


def lines_page(*lines, x=60, y=80, **look):
    """Give a function that draws lines on a page."""
    return lambda paper: write(paper, x, y, *lines, **look)


def flowing(*parts, head="", foot="", look=None):
    """Give a PDF of paragraphs and tables; a list is a table, and a text that begins with # a heading."""
    base = ParagraphStyle("base", fontName="Helvetica", fontSize=SIZE, leading=LEADING, spaceAfter=6)
    heading = ParagraphStyle("heading", base, fontName="Helvetica-Bold", fontSize=16, leading=20)

    def cell(text):
        return [Paragraph(line, base) for line in text.split("\n")]

    story = []
    for part in parts:
        if isinstance(part, list):
            style = TableStyle(
                look or [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            )
            shares = {2: (0.6, 0.4), 3: (0.2, 0.5, 0.3)}[len(part[0])]
            widths = [share * 470 for share in shares]
            rows = [[cell(text) for text in row] for row in part]
            story.append(Table(rows, colWidths=widths, style=style, repeatRows=1))
        elif part.startswith("#"):
            story.append(Paragraph(part[1:].strip(), heading))
        else:
            story.append(Paragraph(part, base))

    def decorate(paper, document):
        write(paper, 60, 30, head, size=8)
        write(paper, 60, HEIGHT - 30, foot.format(n=document.page), size=8)

    stream = io.BytesIO()
    template = SimpleDocTemplate(stream, pagesize=A4, leftMargin=60, rightMargin=60, invariant=1)
    template.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return stream.getvalue()
