"""Say on which page of a file a line is: in the messages of findings, and in the details."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curriculum.documents.markup import Place
from curriculum.parsing.rows import Detail, Finding

__all__ = ["findings_of_pages", "findings_with_places", "places_to_details"]

PAGES = "pages"
# What is lost on a page shows only as a gap in the numbers, or as a wording that ends too early.
_SIGNS_OF_LOSS = frozenset(("numbering-gap", "truncated-statement"))


def findings_with_places(findings: Iterable[Finding], places: Sequence[Place]) -> tuple[Finding, ...]:
    """Return findings whose messages name the page, and the line on it, of a file that has pages.

    Parameters
    ----------
    findings
        The findings.
    places
        The place of each line; none if the file has no pages.

    Examples
    --------
    >>> found = findings_with_places([Finding("spacing", 1, "note", "odd space")], [Place(3, 12)])
    >>> found[0].message
    'odd space (page 3, line 12 of the page)'
    """
    return findings_of_pages((_with_place(row, places) for row in findings) if places else findings, places)


def findings_of_pages(findings: Iterable[Finding], places: Sequence[Place]) -> tuple[Finding, ...]:
    """Return findings in which signs of lost text are errors, if the file has pages: gaps, and cut wordings.

    The order of a page is inferred, so that what is nowhere may be text that was not read.

    Examples
    --------
    >>> gap = Finding("numbering-gap", 1, "warning", "D2 is nowhere: the numbers go on to D4")
    >>> findings_of_pages([gap], [Place(3, 12)])[0].severity, findings_of_pages([gap], ())[0].severity
    ('error', 'warning')
    """
    if not places:
        return tuple(findings)
    return tuple(row._replace(severity="error") if row.rule in _SIGNS_OF_LOSS else row for row in findings)


def _with_place(finding: Finding, places: Sequence[Place]) -> Finding:
    if not 0 < finding.line <= len(places):
        return finding
    page, line = places[finding.line - 1]
    return finding._replace(message=f"{finding.message} (page {page}, line {line} of the page)")


def places_to_details(places: Sequence[Place]) -> tuple[Detail, ...]:
    """Return a detail for each page of a file that has pages: which lines of the text are on it.

    Examples
    --------
    >>> places_to_details([Place(1, 1), Place(1, 3), Place(2, 1)])[0].value
    'lines 1 to 2'
    """
    numbers: dict[int, list[int]] = {}
    for number, place in enumerate(places, start=1):
        numbers.setdefault(place.page, []).append(number)
    return tuple(
        Detail(PAGES, f"page {page}", f"lines {min(of_page)} to {max(of_page)}", min(of_page), min(of_page))
        for page, of_page in sorted(numbers.items())
    )
