"""The elements of a part of a workbook: texts, parents and bytes, in little memory."""

from __future__ import annotations

import tracemalloc
from xml.parsers import expat

import pytest

from curriculum.files.office_package import UnusualPackage
from curriculum.spreadsheets.rich_text import item_with_replacements
from curriculum.spreadsheets.tracker import Replacement
from curriculum.spreadsheets.xml_elements import xml_elements


def test_each_element_has_its_bytes_and_its_parents():
    data = b"<x:a><x:b n='>'>one<c>two</c>&amp;</x:b><x:b/></x:a>"
    found = [
        (element.tag, element.parents, element.text, data[element.start : element.stop], element.content)
        for element in xml_elements(data)
    ]
    inner, both = b"<c>two</c>", b"one<c>two</c>&amp;"
    assert found == [
        ("c", ("a", "b"), "two", inner, b"two"),
        ("x:b", ("a",), "one&", b"<x:b n='>'>" + both + b"</x:b>", both),
        ("x:b", ("a",), "", b"<x:b/>", b""),
        ("x:a", (), "", data, data[5:-6]),
    ]
    assert [element.is_closed for element in xml_elements(data, "b")] == [False, True]


def test_text_belongs_to_the_nearest_element_that_is_asked_for():
    data = b"<v>a<f>b</f>c</v>"
    assert [element.text for element in xml_elements(data, "v")] == ["abc"]
    assert [element.text for element in xml_elements(data, "v", "f")] == ["b", "ac"]


def test_bytes_are_right_in_a_part_that_is_read_in_many_steps():
    rows = b"".join(b"<row r='%d'><c>%s</c></row>" % (row, b"\xc3\xa9" * 50) for row in range(1, 5_000))
    data = b"\xef\xbb\xbf<sheet>" + rows + b"</sheet>"
    for row, element in enumerate(xml_elements(data, "row"), start=1):
        assert data[element.start : element.inside] == b"<row r='%d'>" % row
        assert element.content == b"<c>" + b"\xc3\xa9" * 50 + b"</c>"
    assert row == 4_999


def test_elements_that_are_passed_take_no_memory():
    data = b"<sheet>" + b"<row><c>text</c></row>" * 20_000 + b"</sheet>"
    tracemalloc.start()
    n_cells = sum(1 for _ in xml_elements(data, "c", "row"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_cells == 40_000
    assert peak < 3_000_000


def test_elements_before_a_fault_are_yielded_and_a_declaration_is_refused():
    elements = xml_elements(b"<a><b/><c/></b>", "b", "c")
    assert [next(elements).name, next(elements).name] == ["b", "c"]
    with pytest.raises(expat.ExpatError):
        next(elements)
    with pytest.raises(UnusualPackage, match="a document type declaration"):
        next(xml_elements(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))


def test_a_text_with_an_empty_piece_is_rewritten_without_it():
    item = b"<r><t/></r><r><t>K1</t></r>"
    expected = '<r><t xml:space="preserve">K9</t></r>'
    assert item_with_replacements(item, [Replacement(0, 2, "K9")]) == expected
