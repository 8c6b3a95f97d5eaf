"""Follow the words of a file in the Rich Text Format: collect its paragraphs, tables and headers of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from curriculum.documents.rich_text_fields import code_to_sign, is_check_box, is_contents, is_counting
from curriculum.documents.rich_text_flow import RichTextFlow
from curriculum.documents.rich_text_fonts import (
    Font,
    group_to_fonts,
    group_to_text,
    page_to_encoding,
)
from curriculum.documents.rich_text_letters import Letters
from curriculum.documents.rich_text_lists import group_to_lists, group_to_overrides
from curriculum.documents.rich_text_state import OpenRow, State, StreamKind, Target
from curriculum.documents.rich_text_styles import group_to_styles
from curriculum.documents.rich_text_tokens import Group, Token, TokenKind, collect_group, skip_group
from curriculum.documents.rich_text_words import (
    CHANGES,
    HEADERS,
    LEFT_OUT,
    LOOKS,
    READ_WITH_STAR,
    SIGNS,
    WORDS,
)

__all__ = ["RichTextReader"]

_ANSI: Final = "cp1252"
_CHARACTER_SETS: Final = {"ansi": 1252, "mac": 10000, "pc": 437, "pca": 850}
_MOST_TABLES = 50


class RichTextReader:
    """What was read so far, and the state of the groups that are open.

    Parameters
    ----------
    text
        What collects the paragraphs.
    raw_encoding
        The encoding of letters beyond ASCII; empty for that of the file.
    """

    def __init__(self, text: RichTextFlow, raw_encoding: str = "") -> None:
        self.text = text
        self.is_cut_off = self.has_more = False
        self._encoding = _ANSI
        self._fonts: Mapping[int, Font] = {}
        self._default_font: int | None = None
        self._state = State()
        self._groups: list[tuple[State, Callable[[], None] | None]] = []
        self._fields: list[str] = []
        self._targets: list[Target] = []
        self._is_starred = False
        self._letters = Letters(raw_encoding)
        self._tokens: Iterator[Token] = iter(())
        self._steps = self._words_to_steps()

    def read(self, tokens: Iterator[Token]) -> None:
        """Read a file, until the end of its outermost group."""
        self._tokens = tokens
        for token in tokens:
            if token.kind in (TokenKind.TEXT, TokenKind.HEX):
                self._emit(self._letters.add(token, self._font()))
                self._is_starred = False
                continue
            self._emit(self._letters.take())
            if token.kind is TokenKind.OPEN:
                self._groups.append((self._state, None))
                self._letters.to_skip = 0
            elif token.kind is TokenKind.CLOSE:
                self._close_group()
                if not self._groups:
                    self.has_more = any(token.data.strip() for token in tokens)
                    break
            elif token.kind is TokenKind.SIGN:
                self._read_sign(token.name)
            else:
                self._read_word(token.name, token.number)
        self._end()

    def _end(self) -> None:
        self._emit(self._letters.take())
        self.is_cut_off = bool(self._groups)
        while self._groups:
            self._close_group()
        self.text.close(self._state)

    # Groups

    def _close_group(self) -> None:
        if not self._groups:
            return
        self._letters.to_skip, self._is_starred = 0, False
        saved, at_end = self._groups.pop()
        if at_end:
            at_end()
        self._state = saved

    def _at_end(self, step: Callable[[], None]) -> None:
        """Add what is done at the end of the innermost group."""
        if self._groups:
            self._groups[-1] = (self._groups[-1][0], step)

    def _leave_out(self) -> int:
        """Read to the end of the innermost group, and return how many paragraphs end in it."""
        if not self._groups:
            return 0
        found = skip_group(self._tokens)
        self._close_group()
        return found

    # Text

    def _font(self) -> Font:
        number = self._default_font if self._state.font is None else self._state.font
        font = self._fonts.get(-1 if number is None else number, Font("", ""))
        return font if font.encoding else font._replace(encoding=self._encoding)

    def _emit(self, text: str) -> None:
        if text:
            self.text.add(text, self._state)

    def _read_sign(self, sign: str) -> None:
        if sign in "\r\n":
            self._read_word("par", None)
        elif sign == "*":
            self._is_starred = True
        elif sign in SIGNS:
            self._add_letter(SIGNS[sign])

    def _add_letter(self, letter: str) -> None:
        """Add a letter that a word or a sign stands for, unless it stands for a number of Unicode."""
        if self._letters.to_skip:
            self._letters.to_skip -= 1
        else:
            self._emit(letter)

    # Words

    def _read_word(self, word: str, number: int | None) -> None:
        is_starred, self._is_starred = self._is_starred, False
        if word in WORDS:
            self._add_letter(WORDS[word])
            return
        self._letters.to_skip = 0
        if word in LEFT_OUT or (is_starred and word not in READ_WITH_STAR):
            self._leave_out()
        elif step := self._steps.get(word):
            step(number)

    def _words_to_steps(self) -> Mapping[str, Callable[[int | None], None]]:
        return {
            **{word: self._at_set(page) for word, page in _CHARACTER_SETS.items()},
            **dict.fromkeys(HEADERS, self._at_header),
            **{word: self._at_change(kind) for word, kind in CHANGES.items()},
            **dict.fromkeys(("listtext", "pntext"), self._at_label),
            **dict.fromkeys(("shptxt", "dptxbxtext"), self._at_box),
            **dict.fromkeys(("shpinst", "do"), self._at_shape),
            **{word: self._at_look(name) for word, name in LOOKS.items()},
            **dict.fromkeys(("mmath", "moMath", "moMathPara"), self._at_equation),
            **dict.fromkeys(("par", "sect"), self._at_paragraph_end),
            "ansicpg": self._at_code_page,
            "fonttbl": self._at_fonts,
            "stylesheet": self._at_styles,
            "listtable": self._at_lists,
            "listoverridetable": self._at_overrides,
            "pn": self._at_numbers,
            "footnote": self._at_footnote,
            "object": self._at_object,
            "field": self._at_field,
            "fldinst": self._at_field_code,
            "fldrslt": self._at_field_result,
            "upr": self._at_unicode_pair,
            "ud": self._at_unicode_text,
            "nesttableprops": self._at_nested_row,
            "deff": self._at_default_font,
            "f": lambda number: self._set(font=number),
            "uc": lambda number: self._set(n_fallback=max(number or 0, 0)),
            "u": self._at_unicode,
            "plain": lambda _: self._put(self._state.plain()),
            "pard": lambda _: self._put(self._state.new_paragraph()),
            "nosupersub": lambda _: self._set_look(is_raised=False),
            "sub": lambda _: self._set_look(is_raised=False),
            "cs": self._at_character_style,
            "s": lambda number: self._set(style=number or 0),
            "outlinelevel": lambda number: self._set(outline=(number or 0) + 1 if (number or 0) < 9 else 0),
            "ls": lambda number: self._set(list_number=number or 0),
            "ilvl": lambda number: self._set(level=max(number or 0, 0)),
            "intbl": lambda _: self._set(depth=max(self._state.depth, 1)),
            "itap": lambda number: self._set(depth=min(max(number or 0, 0), _MOST_TABLES)),
            "trowd": self._at_row_start,
            "trleft": lambda number: setattr(self._open_row(), "left", number or 0),
            "trhdr": lambda _: setattr(self._open_row(), "is_heading", True),
            "clvmrg": lambda _: self._open_row().mark(goes_on_above=True),
            "clmrg": lambda _: self._open_row().mark(goes_on_before=True),
            "cldel": lambda _: self._open_row().mark(is_deleted=True),
            "cellx": lambda number: self._open_row().add_edge(number or 0),
            "cell": lambda _: self.text.end_cell(self._state, 1),
            "nestcell": lambda _: self.text.end_cell(self._state, max(self._state.depth, 2)),
            "row": lambda _: self.text.end_row(self._state, 1),
            "nestrow": lambda _: self.text.end_row(self._state, max(self._state.depth, 2)),
        }

    def _put(self, state: State) -> None:
        self._state = state

    def _set(self, **values: Any) -> None:
        self._state = self._state._replace(**values)

    def _set_look(self, **values: bool) -> None:
        self._set(look=self._state.look._replace(**values))

    def _at_look(self, name: str) -> Callable[[int | None], None]:
        return lambda number: self._set_look(**{name: number != 0})

    def _at_change(self, kind: str) -> Callable[[int | None], None]:
        return lambda number: self._set(change=kind if number != 0 else "")

    def _at_set(self, page: int) -> Callable[[int | None], None]:
        return lambda _: self._at_code_page(page)

    def _at_code_page(self, number: int | None) -> None:
        self._encoding = page_to_encoding(number or 0) or self._encoding

    def _at_unicode(self, number: int | None) -> None:
        if number is not None:
            self._emit(self._letters.number(number, self._font(), self._state.n_fallback))

    def _at_character_style(self, number: int | None) -> None:
        is_bold = self.text.styles.is_bold_character(number or 0)
        if is_bold is not None:
            self._set_look(is_bold=is_bold)

    def _at_default_font(self, number: int | None) -> None:
        self._default_font = number

    # Groups that are read in one go

    def _collected(self) -> Group:
        found = collect_group(self._tokens) if self._groups else Group()
        self._close_group()
        return found

    def _at_fonts(self, _: int | None) -> None:
        self._fonts = group_to_fonts(self._collected(), self._encoding)

    def _at_styles(self, _: int | None) -> None:
        self.text.styles = group_to_styles(self._collected(), self._encoding)

    def _at_lists(self, _: int | None) -> None:
        self.text.lists.lists = group_to_lists(self._collected(), self._encoding)

    def _at_overrides(self, _: int | None) -> None:
        self.text.lists.overrides = group_to_overrides(self._collected(), self._encoding)

    def _at_numbers(self, _: int | None) -> None:
        words = self._collected().words()
        self.text.stream.has_numbers = "pnlvlblt" not in words

    def _at_footnote(self, _: int | None) -> None:
        self.text.unread.notes.append(self.text.flow.next_number)
        self._leave_out()

    def _at_equation(self, _: int | None) -> None:
        self.text.unread.embedded.append((self.text.flow.next_number, "an equation", "warning"))
        self._leave_out()

    def _at_object(self, _: int | None) -> None:
        self.text.unread.embedded.append((self.text.flow.next_number, "an embedded object", "warning"))

    # Fields

    def _at_field(self, _: int | None) -> None:
        self._fields.append("")
        n_pieces = len(self.text.stream.pieces)
        self._at_end(lambda: self._end_field(n_pieces))

    def _at_field_code(self, _: int | None) -> None:
        code = group_to_text(self._collected(), self._encoding, with_inner=True)
        if self._fields:
            self._fields[-1] = code
        if is_check_box(code):
            self.text.unread.embedded.append((self.text.flow.next_number, "a check box of a form", "warning"))
        if is_counting(code):
            self.text.unread.counting_fields.append(self.text.flow.next_number)

    def _at_field_result(self, _: int | None) -> None:
        if self._fields and is_contents(self._fields[-1]):
            self.text.unread.generated += max(self._leave_out(), 1)

    def _end_field(self, n_pieces: int) -> None:
        """End a field; one for a sign can have no result."""
        sign = code_to_sign(self._fields.pop())
        if sign and len(self.text.stream.pieces) == n_pieces:
            self._emit(sign)

    # Groups that change what their text is

    def _at_label(self, _: int | None) -> None:
        self._set(target=Target.LABEL)

    def _at_shape(self, _: int | None) -> None:
        self._set(target=Target.SHAPE)

    def _at_unicode_pair(self, _: int | None) -> None:
        self._targets.append(self._state.target)
        self._set(target=Target.SHAPE)
        self._at_end(lambda: self._targets.pop() and None)

    def _at_unicode_text(self, _: int | None) -> None:
        if self._targets:
            self._set(target=self._targets[-1])

    def _at_nested_row(self, _: int | None) -> None:
        self._set(is_nested_row=True)

    def _at_header(self, _: int | None) -> None:
        self._open_stream(StreamKind.HEADER)

    def _at_box(self, _: int | None) -> None:
        self._open_stream(StreamKind.BOX)

    def _open_stream(self, kind: StreamKind) -> None:
        if self._groups:
            self.text.open_stream(kind)
            self._state = State(n_fallback=self._state.n_fallback)
            self._at_end(lambda: self.text.close_stream(self._state))

    # Paragraphs, cells and rows

    def _at_paragraph_end(self, _: int | None) -> None:
        if self._state.change in ("deletion", "move"):
            # The next paragraph goes on with this one, and has its own label.
            self.text.stream.label.clear()
        else:
            self.text.end_paragraph(self._state)

    def _open_row(self) -> OpenRow:
        return self.text.nested_row if self._is_nested() else self.text.row

    def _is_nested(self) -> bool:
        return self._state.is_nested_row or self._state.depth > 1

    def _at_row_start(self, _: int | None) -> None:
        self.text.start_row(is_nested=self._is_nested())
