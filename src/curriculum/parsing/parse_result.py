"""The result of parsing a document: its kind with the evidence for it, its rows and its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curriculum.documents.document import Document
from curriculum.parsing.lines import Line
from curriculum.parsing.occurrences import (
    MergedTheme,
)
from curriculum.parsing.rows import Duty, Facts, Finding, Method, Rows
from curriculum.parsing.statements import (
    Statement,
)

__all__ = ["ParsedDocument", "Recognition"]


class Recognition(NamedTuple):
    """A kind of document, and the evidence for it in the text."""

    kind: str
    evidence: str


@dataclass(frozen=True)
class ParsedDocument:
    """All that was read from one document.

    Attributes
    ----------
    document
        The text itself.
    recognition
        Its kind, and the evidence for it.
    lines
        Its lines as they were parsed; empty for a CSV.
    facts
        Its title, version, level and dates as printed.
    rows
        Every row as read, with its lines; occurrences that are cut short are marked.
    statements, duties, methods, themes
        Each once, after its occurrences were compared.
    is_option_inferred
        Whether the options of statements are inferred from duties.
    method_codes
        The code of a method for the key of each of its names.
    findings
        The findings, in the order of the lines.
    code_prefixes
        The letters that are before some of its codes, if it has any such list: A for AK1.
    """

    document: Document
    recognition: Recognition
    lines: tuple[Line, ...]
    facts: Facts
    rows: Rows
    statements: tuple[Statement, ...]
    is_option_inferred: bool
    duties: tuple[Duty, ...]
    methods: tuple[Method, ...]
    method_codes: Mapping[tuple[str, ...], str]
    themes: tuple[MergedTheme, ...]
    findings: tuple[Finding, ...]
    code_prefixes: tuple[str, ...] = ()
