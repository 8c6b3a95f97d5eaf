"""Texts are escaped as the standard library escapes them."""

from __future__ import annotations

from itertools import product
from xml.sax.saxutils import escape, quoteattr

from curriculum.spreadsheets.xml_text import text_to_attribute, text_to_content


def test_texts_are_escaped_as_in_the_standard_library():
    for signs in product("a\"'&<>\n\r\t;", repeat=4):
        text = "".join(signs)
        assert text_to_content(text) == escape(text)
        assert text_to_attribute(text) == quoteattr(text)
