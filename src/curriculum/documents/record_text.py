"""The text of a record while it is written: its lines, which of them are headings, and what is odd in it."""

from __future__ import annotations

from typing import Any

from curriculum.documents.record import RecordRemark
from curriculum.documents.record_texts import value_to_plain
from curriculum.model.text import text_to_shortened

__all__ = ["RecordText"]


class RecordText:
    """The lines of a record so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.markers: list[int] = []
        self.remarks: list[RecordRemark] = []

    def line(self, text: str) -> int:
        """Add a line, and return its number."""
        self.lines.append(text)
        return len(self.lines)

    def heading(self, text: str) -> None:
        """Add a heading, after a blank line."""
        if self.lines:
            self.lines.append("")
        self.markers.append(self.line(text))

    def paragraphs(self, value: Any, name: str) -> tuple[str, ...]:
        """Return the paragraphs of a value; that it was escaped twice is a remark about the next line."""
        plain = value_to_plain(value)
        if plain.is_escaped_twice:
            self.remark(
                "escaped-text",
                "note",
                f"{name} is HTML that was escaped as text; read as “{text_to_shortened(plain.text, 60)}”",
                len(self.lines) + 1,
            )
        return plain.paragraphs

    def plain(self, value: Any, name: str) -> str:
        """Return a value in one line; see `paragraphs`."""
        return " ".join(self.paragraphs(value, name))

    def remark(self, rule: str, severity: str, message: str, line: int = 0) -> None:
        """Add a remark."""
        self.remarks.append(RecordRemark(rule, severity, line, message))
