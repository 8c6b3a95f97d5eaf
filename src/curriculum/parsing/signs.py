"""The signs by which a kind of document is recognised, and the lines that show them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from curriculum.documents.document import Document
from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import Block, Role, heading_to_role, lines_to_blocks
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_code, line_to_duty
from curriculum.parsing.lines import Line, lines_with_next, texts_to_lines

__all__ = [
    "CODE_LISTS",
    "DUTY_LINES",
    "KIND_HEADING",
    "LABELLED_KSBS",
    "DocumentText",
    "Sign",
    "heading_sign",
    "recognised_by",
]


class Sign(NamedTuple):
    """Something that a line of a document can show.

    Attributes
    ----------
    name
        What is shown, as a person would say it.
    is_shown
        Whether a line shows it; the second argument is the next line, or None.
    """

    name: str
    is_shown: Callable[[Line, Line | None], bool]


def heading_sign(name: str, *roles: Role) -> Sign:
    """Return the sign that a line is a heading of one of these roles."""
    return Sign(name, lambda line, _: heading_to_role(line.text) in roles)


def _is_label(line: Line, after: Line | None) -> bool:
    return line_to_label(line.text) is not None or is_bare_code(line, after)


DUTY_LINES = Sign("“Duty n”", lambda line, _: line_to_duty(line) is not None)
LABELLED_KSBS = Sign("labelled KSBs", _is_label)
CODE_LISTS = Sign("lists of codes", lambda line, _: bool(line_to_codes(line.text)))
KIND_HEADING = Sign("“Knowledge”", lambda line, _: text_to_title_key(line.text) in KIND_HEADINGS)


@dataclass(frozen=True)
class DocumentText:
    """The text of a document, as the kinds of document read it. Each part is made once, when it is needed.

    Attributes
    ----------
    document
        The document, with its lines as printed.
    lines
        Its lines without blank lines and what belongs to a web page only.
    blocks
        The lines, cut at the headings of standards and assessment plans.
    """

    document: Document

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines without blank lines and what belongs to a web page only."""
        return texts_to_lines(self.document.lines)[0]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The lines, cut at the headings of standards and assessment plans."""
        return lines_to_blocks(self.lines)

    @cached_property
    def _numbers(self) -> dict[Sign, tuple[int, ...]]:
        return {}

    def numbers(self, sign: Sign) -> tuple[int, ...]:
        """Return the numbers of the lines that show a sign."""
        if sign not in self._numbers:
            shown = (line.number for line, after in lines_with_next(self.lines) if sign.is_shown(line, after))
            self._numbers[sign] = tuple(shown)
        return self._numbers[sign]


def recognised_by(*groups: Sequence[Sign]) -> Callable[[DocumentText], str]:
    """Return a function that recognises a kind of document: one sign of each group must be shown.

    The function returns the evidence: the signs that are shown, with the numbers of their lines; or an
    empty text if a group has no sign that is shown.

    Examples
    --------
    >>> text = DocumentText(Document("k", ("K1: How structure affects production.",), "k.txt", "", "utf-8"))
    >>> recognised_by([LABELLED_KSBS])(text)
    'labelled KSBs (line 1)'
    """

    def recognise(text: DocumentText) -> str:
        if not all(any(text.numbers(sign) for sign in group) for group in groups):
            return ""
        shown = dict.fromkeys(sign for group in groups for sign in group if text.numbers(sign))
        return "; ".join(_sign_to_evidence(sign, text.numbers(sign)) for sign in shown)

    return recognise


def _sign_to_evidence(sign: Sign, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{sign.name} (line {numbers[0]})"
    return f"{sign.name} ({len(numbers)} times, first on line {numbers[0]})"
