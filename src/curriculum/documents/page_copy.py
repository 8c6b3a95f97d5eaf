"""Copy the text of a web page as lines, while its elements are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from curriculum.documents.markup import BoldSpan, Markup, pieces_to_bold
from curriculum.documents.note_marks import PageMarks, numbers_to_remarks
from curriculum.documents.page_furniture import (
    LONGEST_BUTTON,
    Element,
    Part,
    Region,
    Regions,
    element_to_part,
    is_code_alone,
    is_code_text,
    is_row_text,
    is_spoken,
)
from curriculum.documents.page_links import PageLinks
from curriculum.documents.page_lists import PageList, tag_to_list
from curriculum.documents.page_source import COPY_AS_TEXT
from curriculum.documents.page_state import BROKEN, LISTS, PARAGRAPHS, PageState
from curriculum.documents.page_styles import Emphasis
from curriculum.documents.page_tables import PageTables
from curriculum.errors import refuse_more
from curriculum.files.limits import check_time

__all__ = ["MAX_DEPTH", "PageCopy"]

# Pages have some tens of levels of elements; far more is a fault of the page, or an attack.
MAX_DEPTH = 1_000

_DROPPED = frozenset(
    (
        *("head", "title", "script", "style", "template", "noscript"),
        *("iframe", "object", "svg", "canvas", "audio", "video", "select", "datalist", "textarea"),
    )
)
# Fewer words in a button are a command: “View duty”.
_LEAST_WORDS = 3
_NO_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE)
_PANEL = re.compile(r"tabs?__panel|tab-?pane|tab-?content|accordion|collaps|expand", re.IGNORECASE)
_TAG_CLASS = re.compile(r"(?<!\S)(?:govuk-)?tag(?!\S)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
_LINE_END = re.compile(r"\r\n|\r|\n")


class _Aside(NamedTuple):
    """Words of the site within a line: those of a button, or for screen readers."""

    text: str
    part: Part


class PageCopy:
    """The lines so far. The parser calls `start`, `end`, `data` and `close`, whose names it sets."""

    def __init__(self, where: str) -> None:
        self.lines: list[str] = []
        self.cells = PageTables()
        self.regions = Regions()
        self.headings: dict[int, int] = {}
        # What looks like a row of a standard and is hidden.
        self.hidden: list[str] = []
        self.links = PageLinks()
        self.emphasis = Emphasis()
        self._marks = PageMarks()
        self._bold: list[BoldSpan] = []
        self._depths: list[tuple[int, int]] = []
        self._css: list[str] | None = None
        # The numbers of the pieces of the line that are bold.
        self._flags: set[int] = set()
        self._is_struck = False
        self._where = where
        self._states = [PageState(Region(None, False))]
        self._dropped_at = 0
        self._hidden_chunks: list[str] = []
        self._verbatim = 0
        self._lists: list[PageList] = []
        self._mark = ""
        self._chunks: list[str] = []
        self._is_gap = False
        # How many pieces with words the line has; and how many before the end of its last tag (a word in a
        # box), or -1.
        self._n_words = 0
        self._tag_end = -1
        self._tag_depth = 0
        self._is_label = False
        # How many pieces of text are before the end of an element within the line; -1 without one.
        self._element_end = -1
        # Whether another element has begun since then.
        self._is_box_open = False
        # The depth of the open element whose words are the site's, which they are, and those before it.
        self._aside_at = 0
        self._aside_part = Part.BUTTON
        self._aside_chunks: list[str] = []
        self._asides: list[_Aside] = []

    @property
    def _depth(self) -> int:
        return len(self._states) - 1

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        check_time()
        what, unit = "too deeply nested for a page of text", "elements within each other"
        refuse_more(what, self._where, self._depth + 1, MAX_DEPTH, unit, advice=COPY_AS_TEXT)
        # What the parser passes is slow to ask.
        element = Element(tag, dict(attributes) if len(attributes) else _NO_ATTRIBUTES)
        self.emphasis.start(tag, element.attributes)
        self._css = [] if tag == "style" else None
        if self._dropped_at:
            self._hidden_chunks.append("\n" if tag in BROKEN else "")
            self._states.append(self._states[-1])
            return
        if tag in _DROPPED or _is_hidden(element):
            self._dropped_at = self._depth + 1
            self._states.append(self._states[-1])
            return
        self._open(element)
        href = element.attributes.get("href", "") if tag == "a" else ""
        self._marks.start(tag, href, self._depth + 1, len(self._chunks))
        self._states.append(self._states[-1].within(element))

    def end(self, tag: str) -> None:
        """End an element."""
        if not self._dropped_at:
            self._leave_out(self._marks.end(self._depth, self._chunks, len(self.lines) + 1))
            self._close(tag)
        elif self._dropped_at == self._depth:
            self._dropped_at = 0
            if tag not in _DROPPED:
                hidden = (_SPACE.sub(" ", text).strip() for text in "".join(self._hidden_chunks).split("\n"))
                self.hidden += filter(is_row_text, hidden)
            self._hidden_chunks.clear()
        else:
            self._hidden_chunks.append("\n" if tag in BROKEN else "")
        if self._css is not None:
            self.emphasis.add_rules("".join(self._css))
            self._css = None
        self.emphasis.end()
        self.links.end(self._depth)
        if self._aside_at == self._depth:
            self._end_aside()
        if tag not in BROKEN and self._chunks:
            self._element_end, self._is_box_open = len(self._chunks), False
        if self._tag_depth == self._depth and self._depth:
            self._tag_depth, self._tag_end = 0, self._n_words
        if self._depth:
            self._states.pop()

    def _leave_out(self, number: int) -> None:
        """Remove the last pieces of the line."""
        if number:
            self._n_words -= sum(bool(piece.strip()) for piece in self._chunks[-number:])
            del self._chunks[-number:]
            self._flags = {flag for flag in self._flags if flag < len(self._chunks)}

    def data(self, text: str) -> None:
        """Add text; the parser can pass a text in several pieces."""
        if self._css is not None:
            self._css.append(text)
        if self._dropped_at:
            self._hidden_chunks.append(text.replace("\n", " "))
            return
        self.links.data(text)
        if self._aside_at:
            self._aside_chunks.append(text)
            return
        if self._is_between(text):
            self._chunks.append(" ")
        pieces = _LINE_END.split(text) if self._verbatim else [text]
        for position, piece in enumerate(pieces):
            if position:
                self._end_line()
            if self.emphasis.is_bold:
                self._flags.add(len(self._chunks))
            self._is_struck |= self.emphasis.is_struck and bool(piece.strip())
            self._chunks.append(piece)
            self._n_words += bool(piece.strip())

    def _is_between(self, text: str) -> bool:
        """Return whether a space is missing before a text: boxes beside each other have none in the source.

        That is so behind a code, and where a capital follows a small letter behind the end of an element.
        """
        if self._element_end != len(self._chunks) or not self._chunks:
            return False
        last = self._chunks[-1]
        is_new_box = last[-1:].islower() and text[:1].isupper() and self._is_box_open
        return is_new_box or (is_code_alone(last) and text[:1].isalpha())

    def close(self) -> None:
        """End the last line."""
        self._aside_at = 0
        self._flush()

    def _open(self, element: Element) -> None:
        tag, attributes = element
        if tag == "br":
            self._end_line()
        self._break(tag)
        self._is_box_open = tag == "span"
        if _is_tag(element):
            self._start_tag()
        if tag == "a":
            self.links.start(attributes, self._depth + 1)
        self._start_aside(element)
        self.cells.start(tag, attributes)
        self.regions.has_main |= tag == "main" or attributes.get("role", "") == "main"
        if tag in LISTS:
            self._lists.append(tag_to_list(tag, attributes))
        elif tag == "li":
            self._mark = self._lists[-1].mark(attributes.get("value")) if self._lists else "• "
        elif tag == "pre":
            self._verbatim += 1

    def _close(self, tag: str) -> None:
        if tag in LISTS and self._lists:
            self._flush()
            self._lists.pop()
        self._break(tag)
        self.cells.end(tag)
        if tag == "li":
            self._mark = ""  # of an item without text
        elif tag == "pre":
            self._verbatim -= 1

    def _break(self, tag: str) -> None:
        if tag in BROKEN:
            self._flush()
        # No blank line is between an item and the list in it.
        if tag in PARAGRAPHS and not (tag in LISTS and self._lists) and not self._aside_at:
            self._is_gap = True

    def _end_line(self) -> None:
        if not self._flush() and not self._aside_at:
            self._is_gap = True

    def _start_tag(self) -> None:
        """Begin a word in a box; each of several behind one another is a line, as each job title is.

        A box behind a heading, such as “Approved”, is no part of the heading.
        """
        is_behind_heading = self._states[-1].level > 0 and self._n_words > 0
        if self._tag_end == self._n_words or is_behind_heading:
            self._flush()
        self._is_label = is_behind_heading
        self._tag_depth = self._depth + 1

    def _start_aside(self, element: Element) -> None:
        """Begin words of the site within a line; those in blocks of their own are in a region."""
        if self._aside_at or element.tag in BROKEN:
            return
        state = self._states[-1]
        part = element_to_part(element, state.is_in_section, state.level > 0)
        part = part or (Part.SPOKEN if is_spoken(element) else None)
        if part:
            self._aside_at, self._aside_part = self._depth + 1, part

    def _end_aside(self) -> None:
        """End words of the site within a line; a code, or a long text, is no such words."""
        raw = "".join(self._aside_chunks)
        self._aside_chunks.clear()
        self._aside_at = 0
        text = _SPACE.sub(" ", raw).strip(" ")
        if is_code_text(text) or is_row_text(text) or len(text) > LONGEST_BUTTON:
            self._chunks.append(raw)
            self._n_words += 1
        elif any(map(str.isalnum, text)):
            self._asides.append(_Aside(text, self._aside_part))

    def _flush(self) -> bool:
        """End a line, and return whether it has text."""
        if self._aside_at:
            self._aside_chunks.append(" ")
            return False
        raw = "".join(self._chunks)
        text = raw.rstrip() if self._verbatim else _SPACE.sub(" ", raw).strip(" ")
        pieces = [(piece, at in self._flags) for at, piece in enumerate(self._chunks)]
        self._chunks.clear()
        self._flags.clear()
        self._n_words, self._tag_end, self._element_end = 0, -1, -1
        asides = self._asides
        self._asides = []
        if not text.strip():
            self._is_gap = self._is_gap or bool(text)  # a no-break space alone is a line
            shown = [aside for aside in asides if self._is_text(aside)]
            text = " ".join(aside.text for aside in shown)
            asides = [aside for aside in asides if aside not in shown]
        if text.strip():
            self._add(text, pieces)
        self._is_struck = False
        for aside in asides:
            self._add_aside(aside)
        self.links.end_line(len(self.lines))
        return bool(text.strip())

    def _is_text(self, aside: _Aside) -> bool:
        """Return whether words that are alone on their line are text of the page all the same.

        They are the name of a column, or of a part, that is shown to screen readers only; or the wording in
        a cell of a table that a button shows.
        """
        state = self._states[-1]
        is_wording = state.is_in_cell and len(aside.text.split()) >= _LEAST_WORDS
        return is_wording if aside.part is Part.BUTTON else aside.part is Part.SPOKEN and state.is_in_name

    def markup(self) -> Markup:
        """Return what the page says about its lines beside their words."""
        remarks = (*self.emphasis.remarks(), *numbers_to_remarks(self._marks.lines))
        return Markup(tuple(self._bold), depths=tuple(self._depths), remarks=remarks)

    def _add(self, text: str, pieces: Sequence[tuple[str, bool]]) -> None:
        state = self._states[-1]
        if not state.is_in_cell and not any(map(str.isalnum, text)):
            self._add_aside(_Aside(text, Part.SIGN))
            return
        if self._is_gap and self.lines:
            self.lines.append("")
        self.lines.append(self._mark + text)
        number = len(self.lines)
        self._bold += pieces_to_bold(pieces, self.lines[-1], number, len(self._mark))
        if self._is_struck:
            self.emphasis.struck.add(number)
        if self._mark and len(self._lists) > 1:
            self._depths.append((number, len(self._lists) - 1))
        self.cells.add_line(number)
        self.regions.of_line[number] = state.region
        if state.level and not self._is_label:
            self.headings[number] = state.level
        self._mark, self._is_gap, self._is_label = "", False, False

    def _add_aside(self, aside: _Aside) -> None:
        if self._is_gap and self.lines:
            self.lines.append("")
        self._is_gap = False
        self.lines.append(aside.text)
        region = self._states[-1].region
        self.regions.of_line[len(self.lines)] = Region(aside.part, region.is_main, region)


def _is_tag(element: Element) -> bool:
    return element.tag not in BROKEN and _TAG_CLASS.search(element.classes) is not None


def _is_hidden(element: Element) -> bool:
    """Return whether an element is hidden for good: a tab that is not open, or a folded section, is text.

    What is hidden "until found" is text of the page too: a search finds it and unfolds it.
    """
    is_unfolded = element.attributes.get("hidden", "until-found").casefold() == "until-found"
    if is_unfolded and not _NO_DISPLAY.search(element.attributes.get("style", "")):
        return False
    is_panel = element.attributes.get("role", "") in ("tabpanel", "region")
    return not (is_panel or _PANEL.search(element.attributes.get("class", "")))
