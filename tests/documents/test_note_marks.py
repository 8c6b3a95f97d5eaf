"""Marks of footnotes, and parts of a page that its style hides."""

from __future__ import annotations

import io

import pytest

from curriculum.documents.web_page import page_to_content

docx = pytest.importorskip("docx")


def page(source):
    return [line for line in page_to_content(source.encode(), "hay.html").lines if line]


def test_what_a_style_hides_is_not_read():
    assert page("<p>K1: Hay.</p><p style='color:red; display: none'>K2: Straw.</p><p>S1: Stack.</p>") == [
        "K1: Hay.",
        "S1: Stack.",
    ]
    assert page("<div class='tab-pane' style='display:none'><p>K1: Hay.</p></div>") == ["K1: Hay."]


def test_marks_of_footnotes_in_a_page_are_left_out():
    source = (
        "<p>K1: Hay.<sup><a href='#n1'>1</a></sup></p><p>K2: Straw<a href='#n2'><sup>2</sup></a>.</p>"
        "<p>K3: 10 m<sup>2</sup>.</p>"
    )
    content = page_to_content(source.encode(), "hay.html")
    assert [line for line in content.lines if line] == ["K1: Hay.", "K2: Straw.", "K3: 10 m2."]
    assert [remark.rule for remark in content.markup.remarks] == ["left-out"]


def test_marks_of_footnotes_in_a_word_file_are_left_out():
    from curriculum.documents.word_document import word_to_content

    word = docx.Document()
    for before, behind in (("K1: Hay.", ""), ("K2: Straw", "."), ("K3: Fields in m", "")):
        paragraph = word.add_paragraph(before)
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run(behind)
    data = io.BytesIO()
    word.save(data)
    content = word_to_content(data.getvalue(), "hay.docx")
    assert [line for line in content.lines if line] == ["K1: Hay.", "K2: Straw.", "K3: Fields in m2"]
