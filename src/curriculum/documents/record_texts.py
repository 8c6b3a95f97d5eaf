"""The texts of a record: without the tags and the escaped signs of HTML, which can be escaped twice."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any, Final, NamedTuple

from curriculum.model.text import text_to_squashed

__all__ = ["PlainText", "name_to_words", "value_to_plain", "value_to_printed"]

# Elements within a line; all others begin and end a line.
_INLINE: Final = frozenset(("span", "strong", "em", "b", "i", "u", "a", "sup", "sub", "font", "o:p"))
_TAGS = (
    r"(?:p|br|ul|ol|li|div|span|strong|em|b|i|u|a|sup|sub|h[1-6]|table|tbody|thead|tr|td|th|font|hr"
    r"|o:p|blockquote|section)\b"
)
_OTHER_SIGN = re.compile(rf"<(?!/?{_TAGS}|!--)", re.IGNORECASE)
# A tag that a wording mentions ("tags such as <p>") is no markup: markup begins the text, or is closed.
_MARKUP = re.compile(rf"\A\s*<{_TAGS}|</{_TAGS}|<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MOST_TIMES = 4
_LINE_ENDS = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_+")


class PlainText(NamedTuple):
    """The paragraphs of a text, and whether it was escaped more than once."""

    paragraphs: tuple[str, ...]
    is_escaped_twice: bool = False

    @property
    def text(self) -> str:
        """The paragraphs in one line."""
        return " ".join(self.paragraphs)


def value_to_printed(value: Any) -> str:
    """Return a single value as text, without control characters; empty for nothing.

    Examples
    --------
    >>> value_to_printed(True), value_to_printed(None), value_to_printed(4)
    ('true', '', '4')
    """
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else _CONTROLS.sub(" ", str(value))


def value_to_plain(value: Any) -> PlainText:
    """Return the text of a text, a number, a truth value or None: tags and escaped signs of HTML are read.

    Examples
    --------
    >>> value_to_plain("<p>Rules of the site &amp; yard.</p>").paragraphs
    ('Rules of the site & yard.',)
    >>> value_to_plain("&lt;p&gt;Tools &amp;amp; parts&lt;/p&gt;")
    PlainText(paragraphs=('Tools & parts',), is_escaped_twice=True)
    >>> value_to_plain("Tags such as &lt;p&gt;").text
    'Tags such as <p>'
    """
    text = value_to_printed(value)
    if "<" not in text and "&" not in text:
        return PlainText(_paragraphs(text))
    times = 0
    while times < _MOST_TIMES:
        if _MARKUP.search(text):
            read = "\n".join(_markup_to_lines(text))
        elif _ESCAPED.search(text):
            read = _ESCAPED.sub(lambda sign: html.unescape(sign[0]), text)
        else:
            break
        times += 1
        if read == text:
            break
        text = read
    return PlainText(_paragraphs(text), times > 1)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(text_to_squashed, _LINE_ENDS.split(text))))


class _Markup(HTMLParser):
    """The lines of a text with tags: a line for each paragraph, item of a list, or cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.chunks: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line if the element is a block; an item of a list has a bullet."""
        del attrs
        self._end_line(tag)
        if tag == "li":
            self.chunks.append("• ")

    def handle_endtag(self, tag: str) -> None:
        """End a line if the element is a block."""
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        """Add text; line ends within it are white space."""
        self.chunks.append(_LINE_ENDS.sub(" ", data))

    def _end_line(self, tag: str) -> None:
        if tag not in _INLINE:
            self.chunks.append("\n")


def _markup_to_lines(text: str) -> list[str]:
    """Return the lines of a text with tags. A sign < that begins no tag of a text is kept."""
    reader = _Markup()
    reader.feed(_OTHER_SIGN.sub("&lt;", text))
    reader.close()
    lines = map(text_to_squashed, "".join(reader.chunks).split("\n"))
    return [line for line in lines if line.strip(" •")]


def name_to_words(name: str) -> str:
    """Return the words of the name of a field.

    Examples
    --------
    >>> name_to_words("typicalJobTitles"), name_to_words("Code")
    ('Typical job titles', 'Code')
    """
    words = text_to_squashed(_CAMEL.sub(" ", name)).split(" ")
    first, *others = words
    return " ".join([first[:1].upper() + first[1:], *(w if w.isupper() else w.lower() for w in others)])
