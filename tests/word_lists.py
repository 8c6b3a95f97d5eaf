"""Word files with what other programs must keep: labels of lists, bold text, merged cells, page headers."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = nsdecls("w")


def level(number, form, pattern, start=1, style=""):
    """Return a level of a list; a style of paragraphs can have it."""
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{linked}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


class WordFile:
    """A Word file that is being written."""

    def __init__(self):
        self.document = docx.Document()
        self._numbering = self.document.part.numbering_part.element
        self._last = 500

    def add_list(self, *levels, shared=None, changed=""):
        """Add a list, or one that shares the levels of another; return its number."""
        self._last += 1
        if shared is None:
            shared = self._last
            many = '<w:multiLevelType w:val="multilevel"/>'
            self._numbering.insert(
                0,
                parse_xml(
                    f'<w:abstractNum {W} w:abstractNumId="{shared}">{many}{"".join(levels)}</w:abstractNum>'
                ),
            )
        self._numbering.append(
            parse_xml(
                f'<w:num {W} w:numId="{self._last}"><w:abstractNumId w:val="{shared}"/>{changed}</w:num>'
            )
        )
        return self._last

    def put(self, paragraph, number, depth=0):
        """Put a paragraph, or the paragraphs of a style, into a list."""
        properties = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph.get_or_add_pPr().append(parse_xml(properties))

    def item(self, text, number, depth=0):
        """Add a paragraph in a list."""
        paragraph = self.document.add_paragraph(text)
        self.put(paragraph._p, number, depth)
        return paragraph

    def to_bytes(self):
        """Return the file."""
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def list_word():
    """Return a Word file whose codes are labels of a list, with a table and the header of pages."""
    word = WordFile()
    word.document.sections[0].header.paragraphs[0].text = "Rope maker, version: 1.3"
    word.document.add_heading("Knowledge", 1)
    listed = word.add_list(level(0, "decimal", "K%1:"), level(1, "lowerLetter", "%1.%2"))
    word.item("How hemp is spun", listed)
    word.item("rye", listed, 1)
    word.item("oats", listed, 1)
    word.item("Ropes of old", listed).runs[0].bold = True
    word.document.add_paragraph("between")
    word.item("How tar is kept", listed)
    word.document.add_paragraph("tidy", style="List Bullet")
    table = word.document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
    for row, column in ((0, 2), (1, 1), (1, 2), (2, 1), (2, 2)):
        table.cell(row, column).text = f"{row} {column}"
    return word.to_bytes()


def three_lists():
    """Return three lists of KSBs that go on behind headings, notes and each other."""
    word = WordFile()
    lists = {letter: word.add_list(level(0, "decimal", f"{letter}%1:")) for letter in "KSB"}
    for title, letters in (("Knowledge", "KKxK"), ("Skills", "SS"), ("Behaviours", "B"), ("More", "KSKB")):
        word.document.add_heading(title, 1)
        for letter in letters:
            if letter == "x":
                word.document.add_paragraph("A note")
            else:
                word.item("wording", lists[letter])
    return word.to_bytes()


def cells_of_codes():
    """Return a table whose codes and numbers of duties are labels; those of the codes are all of a cell."""
    word = WordFile()
    duties, codes = (word.add_list(level(0, "decimal", pattern)) for pattern in ("Duty %1", "K%1"))
    table = word.document.add_table(0, 2)
    for text in ("dig", "sow", "reap"):
        first, second = table.add_row().cells
        first.text = text
        word.put(first.paragraphs[0]._p, duties)
        word.put(second.paragraphs[0]._p, codes)
    return word.to_bytes()


def restarted():
    """Return lists of one definition that start again, at 1 and at 7, and go on."""
    word = WordFile()
    first = word.add_list(level(0, "decimal", "S%1."))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    again, seventh = (word.add_list(shared=first, changed=start.format(number)) for number in (1, 7))
    for number in (first, first, again, again, seventh, seventh, first):
        word.item("wording", number)
    return word.to_bytes()


def styled():
    """Return headings and paragraphs whose styles are in lists."""
    word = WordFile()
    headings = word.add_list(
        level(0, "decimal", "%1.", style="Heading1"), level(1, "decimal", "%1.%2", style="Heading2")
    )
    for depth, name in enumerate(("Heading 1", "Heading 2")):
        word.put(word.document.styles[name].element, headings, depth)
    style = word.document.styles.add_style("KSB item", 1)
    word.put(style.element, word.add_list(level(0, "upperRoman", "%1)", start=3)))
    style.font.bold = True
    for text, number in (("Duties", 1), ("Core", 2), ("Options", 2), ("KSBs", 1)):
        word.document.add_heading(text, number)
        word.document.add_paragraph("wording", style="KSB item")
    return word.to_bytes()


LISTED = {
    "three_lists": three_lists,
    "cells_of_codes": cells_of_codes,
    "restarted": restarted,
    "styled": styled,
}
