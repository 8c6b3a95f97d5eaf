"""A Word file with what other programs must keep: labels of lists, bold text, merged cells, page headers."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'


def list_word():
    """Return a Word file whose codes are labels of a list."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Rope maker, version: 1.3"
    document.add_heading("Knowledge", 1)
    numbering = document.part.numbering_part.element
    levels = LEVEL.format(0, "decimal", "K%1:") + LEVEL.format(1, "lowerLetter", "%1.%2")
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))

    def item(text, level=0):
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
        return paragraph

    item("How hemp is spun")
    item("rye", 1)
    item("oats", 1)
    item("Ropes of old").runs[0].bold = True
    document.add_paragraph("between")
    item("How tar is kept")
    document.add_paragraph("tidy", style="List Bullet")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
    for row, column in ((0, 2), (1, 1), (1, 2), (2, 1), (2, 2)):
        table.cell(row, column).text = f"{row} {column}"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
