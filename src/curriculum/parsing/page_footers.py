"""Recognise the footer of a printed page by its words."""

from __future__ import annotations

import re

__all__ = ["is_footer_text", "is_reference_alone"]

_FOOTER = re.compile(
    r"(?:.{0,80}\s)?page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?(?:\s.{0,40})?|\d{1,3}"
    r"|\d{1,3} ?(?:\|(?: ?page)?|/ ?\d{1,3})|\| ?\d{1,3}|page ?\| ?\d{1,3}"
    r"|https?://\S{1,300} \d{1,3} ?/ ?\d{1,3}"
    r"|\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?:\s.{0,120})?"
    r"|(?:©\s?|\(c\) )?crown copyright.{0,120}|©.{0,120}",
    re.IGNORECASE,
)
# “Farrier ST0096/AP01 v1.1”: the reference of the document and its version, behind a title or alone.
_NUMBER_FOOTER = re.compile(
    r"(?:[A-Z].{0,60}\s)?(?:ST|FA|AU)\d{4}(?:\s?/\s?[A-Z]{0,2}\d{2})?,?\s"
    r"(?:[Vv]|[Vv]ersion\s?)\d{1,2}\.\d{1,2}(?:\s.{0,40})?"
)
# The reference alone can be the end of a sentence too: “... as in / ST0096/AP01 v1.1 / and in the law”.
_NUMBER_ALONE = re.compile(
    r"(?:ST|FA|AU)\d{4}(?:\s?/\s?[A-Z]{0,2}\d{2})?,?\s(?:[Vv]|[Vv]ersion\s?)\d{1,2}\.\d{1,2}"
)


def is_footer_text(text: str) -> bool:
    """Return whether a text is the footer of a page: its number, a reference, or who has the copyright.

    Examples
    --------
    >>> is_footer_text("12 | Page"), is_footer_text("Farrier ST0096/AP01 v1.1"), is_footer_text("Hay")
    (True, True, False)
    """
    return _FOOTER.fullmatch(text) is not None or _NUMBER_FOOTER.fullmatch(text) is not None


def is_reference_alone(text: str) -> bool:
    """Return whether a text is the reference of a plan and its version.

    Examples
    --------
    >>> is_reference_alone("ST0096/AP01 v1.1"), is_reference_alone("Farrier ST0096 v1.1")
    (True, False)
    """
    return _NUMBER_ALONE.fullmatch(text) is not None
