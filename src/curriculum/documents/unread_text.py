"""What a reader counts that is not shown or not read in a text."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["UnreadText"]


@dataclass
class UnreadText:
    """What is not shown or not read of a text; a number is that of a line.

    Attributes
    ----------
    placeholders
        The hints of empty content controls and fields.
    marks
        Marks of footnotes that are left out of wordings.
    embedded
        What is embedded, its line, and the severity of the remark about it.
    notes
        References to footnotes and endnotes.
    counting_fields
        Numbers that Word counts by a field.
    labels
        Labels of lists that are in a form of numbers that is not read.
    unknown_signs
        Signs of fonts that are not known.
    hidden
        Texts that the file says are hidden.
    generated
        Paragraphs of tables of contents and indexes.
    """

    placeholders: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    embedded: list[tuple[int, str, str]] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    counting_fields: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    unknown_signs: list[int] = field(default_factory=list)
    hidden: list[tuple[int, str]] = field(default_factory=list)
    generated: int = 0
