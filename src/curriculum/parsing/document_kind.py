"""One record for each kind of document: how it is recognised, what is read of it, and what it must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from curriculum.parsing.rows import Facts, Rows
from curriculum.parsing.signs import DocumentText

__all__ = ["KSB_FAMILIES", "CodeFamily", "DocumentKind", "RequiredSection"]


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
    has_prose_lines
        Whether each line is read by itself, so that a line in no row is reported. A table has none.
    """

    name: str
    description: str
    recognise: Callable[[DocumentText], str]
    parse: Callable[[DocumentText], Rows]
    facts: Callable[[DocumentText, Rows], Facts] = _no_facts
    required_sections: tuple[RequiredSection, ...] = ()
    code_families: tuple[CodeFamily, ...] = ()
    has_prose_lines: bool = True

    def missing_sections(self, text: DocumentText, rows: Rows) -> list[str]:
        """Return the names of the required sections of which nothing was read."""
        found = {row.code.rstrip("0123456789") for row in rows.occurrences}
        return [
            *(
                family.section
                for family in self.code_families
                if family.section and family.letters not in found
            ),
            *(section.name for section in self.required_sections if not section.is_read(text, rows)),
        ]
