"""One record for each kind of document: how it is recognised, what is read of it, and what it must have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from curriculum.documents.document import Document
from curriculum.parsing.headings import Block, lines_to_blocks
from curriculum.parsing.lines import Line, lines_to_cells, lines_with_next, texts_to_lines
from curriculum.parsing.rows import Facts, PartStart, Rows

__all__ = [
    "KSB_FAMILIES",
    "CodeFamily",
    "DocumentKind",
    "DocumentText",
    "RequiredSection",
    "Sign",
    "numbers_to_evidence",
    "recognised_by",
]

_LETTERS = re.compile(r"[^\W\d_]*")


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


@dataclass(frozen=True)
class DocumentText:
    """The text of a document, as the kinds of document read it. Each part is made once, when it is needed.

    Attributes
    ----------
    document
        The document, with its lines as printed.
    read_lines
        Its lines, with its tables read by their cells; None for a text whose tables are not read.
    table_rows
        What was read of its tables beside the lines: details of further columns, headers, findings.
    lines
        Its lines without blank lines and what belongs to a web page only.
    blocks
        The lines, cut at the headings of standards and assessment plans.
    """

    document: Document
    read_lines: tuple[Line, ...] | None = None
    table_rows: Rows = field(default_factory=Rows)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines without blank lines and what belongs to a web page only."""
        return texts_to_lines(self.document.lines)[0] if self.read_lines is None else self.read_lines

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The lines, cut at the headings of standards and assessment plans."""
        return lines_to_blocks(self.lines)

    @cached_property
    def _numbers(self) -> dict[Sign, tuple[int, ...]]:
        return {}

    @cached_property
    def _lines_with_next(self) -> tuple[tuple[Line, Line | None], ...]:
        return tuple(lines_with_next(lines_to_cells(self.lines)))

    def numbers(self, sign: Sign) -> tuple[int, ...]:
        """Return the numbers of the lines that show a sign."""
        if sign not in self._numbers:
            shown = (line.number for line, after in self._lines_with_next if sign.is_shown(line, after))
            self._numbers[sign] = tuple(shown)
        return self._numbers[sign]


def recognised_by(*groups: Sequence[Sign]) -> Callable[[DocumentText], str]:
    """Return a function that recognises a kind of document: one sign of each group must be shown.

    The function returns the evidence: the signs that are shown, with the numbers of their lines; or an
    empty text if a group has no sign that is shown.

    Examples
    --------
    >>> from curriculum.parsing.signs import LABELLED_KSBS
    >>> text = DocumentText(Document("k", ("K1: How structure affects production.",), "k.txt", "", "utf-8"))
    >>> recognised_by([LABELLED_KSBS])(text)
    'labelled KSBs (line 1)'
    """

    def recognise(text: DocumentText) -> str:
        if not all(any(text.numbers(sign) for sign in group) for group in groups):
            return ""
        shown = dict.fromkeys(sign for group in groups for sign in group if text.numbers(sign))
        return "; ".join(numbers_to_evidence(sign.name, text.numbers(sign)) for sign in shown)

    return recognise


def numbers_to_evidence(name: str, numbers: Sequence[int]) -> str:
    """Return where something is shown, in words.

    Examples
    --------
    >>> numbers_to_evidence("labelled KSBs", [1]), numbers_to_evidence("labelled KSBs", [1, 4])
    ('labelled KSBs (line 1)', 'labelled KSBs (2 times, first on line 1)')
    """
    if len(numbers) == 1:
        return f"{name} (line {numbers[0]})"
    return f"{name} ({len(numbers)} times, first on line {numbers[0]})"


class RequiredSection(NamedTuple):
    """A section that each document of a kind must have.

    Attributes
    ----------
    name
        The section, as a message names it.
    is_read
        Whether something was read from it.
    """

    name: str
    is_read: Callable[[DocumentText, Rows], bool]


class CodeFamily(NamedTuple):
    """The codes with the same letters.

    Attributes
    ----------
    letters
        The letters before the number, such as ``K``.
    section
        The section that must have such codes, as a message names it; empty if a document can lack them.
    """

    letters: str
    section: str = ""


# The codes of knowledge, skills and behaviours; the longer letters are those of foundation apprenticeships.
KSB_FAMILIES = tuple(map(CodeFamily, ("K", "S", "B", "TK", "TS", "ESB")))


def _no_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return empty facts, for kinds that print no title, version or date."""
    del text, rows
    return Facts()


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document.

    Attributes
    ----------
    name
        As in the column ``kind`` of the table of documents.
    description
        What a document of this kind has, for the message on a text that is of no kind.
    recognise
        Returns the evidence that a text is of this kind; an empty text if it is not.
    parse
        Returns the rows of a text.
    facts
        Returns what a text prints about itself: title, version, dates.
    required_sections
        The sections that each document of the kind must have.
    code_families
        The letters of the codes of its statements; empty if its codes can be of any scheme.
    file_endings
        The endings of the files that can be of this kind; empty if any file can. The message on a text of no
        kind names this kind for such files only.
    usual
        What documents of the kind usually have, in the words of the summary of a parse: "duties", "themes".
    has_prose_lines
        Whether a line that is in no row is reported. False only for a table whose parser reports every row
        that it does not read.
    starts
        Returns where a second standard begins in a text, and each further one. Without it, one begins where
        the codes begin again with other wordings.
    """

    name: str
    description: str
    recognise: Callable[[DocumentText], str]
    parse: Callable[[DocumentText], Rows]
    facts: Callable[[DocumentText, Rows], Facts] = _no_facts
    required_sections: tuple[RequiredSection, ...] = ()
    code_families: tuple[CodeFamily, ...] = ()
    has_prose_lines: bool = True
    starts: Callable[[DocumentText], tuple[PartStart, ...]] | None = None
    file_endings: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()

    def missing_sections(self, text: DocumentText, rows: Rows) -> list[str]:
        """Return the names of the required sections of which nothing was read."""
        found = {_LETTERS.match(row.code)[0] for row in rows.occurrences}  # type: ignore[index]
        return [
            *(
                family.section
                for family in self.code_families
                if family.section and family.letters not in found
            ),
            *(section.name for section in self.required_sections if not section.is_read(text, rows)),
        ]
