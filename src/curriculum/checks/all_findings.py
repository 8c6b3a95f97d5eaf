"""Collect the findings of a document: what is odd in it, by rule, with the line."""

from __future__ import annotations

from dataclasses import replace

from curriculum.checks.claims import claim_findings
from curriculum.checks.naming import naming_findings
from curriculum.checks.rules import RULES, Rule
from curriculum.checks.wording import wording_findings
from curriculum.parsing.page_places import findings_of_pages
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["RULES", "Rule", "parsed_to_checked", "parsed_to_findings"]

_CHECKS = (naming_findings, claim_findings, wording_findings)


def parsed_to_findings(parsed: ParsedDocument) -> tuple[Finding, ...]:
    """Return all findings of a document: those of parsing and those of every other rule.

    Parameters
    ----------
    parsed
        The document.

    Returns
    -------
    tuple of Finding
        Each once, in the order of the lines. `RULES` says what each rule looks for.
    """
    checked = (finding for check in _CHECKS for finding in check(parsed))
    found = {*parsed.findings, *findings_of_pages(checked, parsed.document.markup.places)}
    return tuple(sorted(found, key=lambda row: (row.line, row.rule, row.message)))


def parsed_to_checked(parsed: ParsedDocument) -> ParsedDocument:
    """Return a document with all of its findings, and not only with those of parsing."""
    return replace(parsed, findings=parsed_to_findings(parsed))
