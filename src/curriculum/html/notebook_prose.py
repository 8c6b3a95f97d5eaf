"""Turn the prose of a notebook into HTML; links to other notebooks lead to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from jinja2.filters import do_urlencode
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.token import Token
from markupsafe import Markup

__all__ = ["Heading", "prose_to_headings", "prose_to_html"]

_OUTSIDE: Final = ("https://", "http://", "mailto:", "#")
_NOTEBOOK: Final = ".ipynb"
# Marks of words that Markdown has no signs for; other HTML is shown as text.
_MARKS: Final = frozenset(
    f"<{end}{name}>" for name in ("ins", "del", "mark", "sub", "sup") for end in ("", "/")
)
_NUMBERED: Final = re.compile(r"\b([Nn]otebook )(\d+)\b")


class Heading(NamedTuple):
    """A heading: its level, its text, and the anchor that a link can name."""

    level: int
    text: str
    anchor: str


def prose_to_html(text: str, pages: Mapping[str, str]) -> Markup:
    r"""Return Markdown as HTML. HTML in it is shown as text, but for marks such as `<ins>`.

    Parameters
    ----------
    text
        The Markdown.
    pages
        The pages of the book, by the stem of their notebook. A link to another file that is not on the web
        becomes text, because that file is not part of the book; so does a picture.

    Examples
    --------
    >>> prose_to_html("See [how](04_links.ipynb#A), and notebook 4.", {"04_links": "04_links.html"})
    Markup('<p>See <a href="04_links.html#A">how</a>, and <a href="04_links.html">notebook 4</a>.</p>\n')
    >>> prose_to_html("A [file](a.md) is <b>not</b> there.", {})
    Markup('<p>A file is &lt;b&gt;not&lt;/b&gt; there.</p>\n')
    """
    parser = _parser()
    tokens = parser.parse(text)
    for token, anchor in zip(_headings(tokens), prose_to_headings(text), strict=True):
        token.attrSet("id", anchor.anchor)
    for token in tokens:
        if token.children:
            token.children = list(_linked(token.children, pages))
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def prose_to_headings(text: str) -> list[Heading]:
    r"""Return the headings of a text in Markdown, with the anchors that JupyterLab gives them.

    Examples
    --------
    >>> prose_to_headings("# 4 · Links\n\n## The `F1` score")
    [Heading(level=1, text='4 · Links', anchor='4-·-Links'),
    Heading(level=2, text='The F1 score', anchor='The-F1-score')]
    """
    tokens = _parser().parse(text)
    contents = [tokens[tokens.index(token) + 1] for token in _headings(tokens)]
    levels = [int(token.tag[1:]) for token in _headings(tokens)]
    texts = ["".join(child.content for child in content.children or ()) for content in contents]
    return [Heading(level, text, text.replace(" ", "-")) for level, text in zip(levels, texts, strict=True)]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.disable("html_block")


def _headings(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if token.type == "heading_open"]


def _linked(tokens: list[Token], pages: Mapping[str, str]) -> Iterator[Token]:
    """Yield the parts of a line with links that lead somewhere."""
    is_link = is_dropped = False
    for token in tokens:
        if token.type == "link_open":
            target = _to_target(str(token.attrs["href"]), pages)
            is_link, is_dropped = True, target is None
            token.attrs["href"] = target or ""
        if token.type in ("link_open", "link_close") and is_dropped:
            continue
        if token.type == "link_close":
            is_link = False
        if token.type == "image" or (token.type == "html_inline" and token.content not in _MARKS):
            yield _text(token.content)
        elif token.type == "text" and not is_link:
            yield from _numbers_linked(token.content, pages)
        else:
            yield token


def _to_target(href: str, pages: Mapping[str, str]) -> str | None:
    """Return where a link leads in the book; None if it leads to a file that is not there."""
    if href.startswith(_OUTSIDE):
        return href
    path, mark, anchor = href.partition("#")
    stem = normalizeLinkText(path.rpartition("/")[2]).removesuffix(_NOTEBOOK)
    return (
        f"{do_urlencode(pages[stem])}{mark}{anchor}" if path.endswith(_NOTEBOOK) and stem in pages else None
    )


def _numbers_linked(text: str, pages: Mapping[str, str]) -> Iterator[Token]:
    """Yield a text in which "notebook 4" leads to the notebook whose name begins with 04."""
    place = 0
    for match in _NUMBERED.finditer(text):
        page = next((page for stem, page in pages.items() if stem.startswith(f"{int(match[2]):02}_")), "")
        if page:
            yield _text(text[place : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": do_urlencode(page)})
            yield _text(match[0])
            yield Token("link_close", "a", -1)
            place = match.end()
    yield _text(text[place:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
