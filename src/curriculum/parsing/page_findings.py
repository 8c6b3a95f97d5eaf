"""The findings on the source of a web page: lines of the site, hidden texts, attributes without an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from curriculum.documents.document import Document
from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.standard_numbers import is_standard_number, text_to_standard_numbers
from curriculum.model.text import names_to_phrase, text_to_key, text_to_shortened
from curriculum.parsing.labelled import line_to_duty
from curriculum.parsing.lines import Line, text_to_line
from curriculum.parsing.rows import Duty, Finding
from curriculum.parsing.statements import Statement

__all__ = ["page_findings"]

_SHOWN = 5


def page_findings(
    document: Document, statements: Sequence[Statement], duties: Sequence[Duty], reference: str
) -> tuple[Finding, ...]:
    """Report what of a web page is not read as text of the standard.

    Parameters
    ----------
    document
        The document.
    statements, duties, reference
        What was read of it.

    Returns
    -------
    tuple of Finding
        A note with how many lines belong to the site; and what among them, or in hidden parts, looks like a
        KSB, a duty or a list of codes and is in no table: an error if its code is in none. A reference that
        is printed, and was not read as such.
    """
    known = {row.code: text_to_key(row.text) for row in statements}
    known |= {row.code: text_to_key(row.text) for row in duties}
    return (
        *_site_note(document),
        *_site_rows(document, known),
        *_repaired(document),
        *(() if is_standard_number(reference) else _references(document, reference)),
    )


def _references(document: Document, reference: str) -> Iterator[Finding]:
    """Report what looks like the reference of a page that was read without one."""
    if document.encoding != "html":
        return
    lines = [*enumerate(document.lines, start=1), *((0, text) for text in document.hidden)]
    printed = ((number, name) for number, line in lines for name in text_to_standard_numbers(line))
    for number, name in islice(printed, 1):
        shown = f"“{text_to_shortened(reference, 40)}”" if reference else "nothing"
        message = f"{shown} was read as the reference; {name} is printed in another way"
        yield Finding("no-reference", number, "warning", message)


def _site_note(document: Document) -> Iterator[Finding]:
    counts = Counter(document.furniture.values())
    if not counts:
        return
    parts = names_to_phrase([f"{number} of {words}" for words, number in counts.most_common()])
    lines = "1 line belongs" if counts.total() == 1 else f"{counts.total()} lines belong"
    owner = "pages" if document.encoding == "pdf" else "web site"
    message = f"{lines} to the {owner} and not to the standard: {parts}; none of it is read"
    yield Finding("site-text", 0, "note", message)


def _site_rows(document: Document, known: Mapping[str, str]) -> Iterator[Finding]:
    """Report what looks like a row of a table and is not read, one finding for each severity."""
    read = (text_to_line(number, document.lines[number - 1]) for number in document.furniture)
    lines = [line for line in read if line] + [Line(0, text) for text in document.hidden]
    found: dict[str, list[Line]] = {}
    for line in lines:
        severity = _line_to_severity(line, known)
        if severity:
            found.setdefault(severity, []).append(line)
    for severity, rows in found.items():
        places = names_to_phrase([f"line {row.number}" if row.number else "hidden" for row in rows[:_SHOWN]])
        more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
        look = "text looks" if len(rows) == 1 else "texts look"
        yield Finding(
            "site-text",
            rows[0].number,
            severity,
            f"{len(rows)} {look} like KSBs, duties or codes in parts of the page that are hidden or of the "
            f"site ({places}{more}), first “{text_to_shortened(rows[0].text, 60)}”: in no table",
        )


def _line_to_severity(line: Line, known: Mapping[str, str]) -> str:
    """Return how grave it is that a line is not read; empty if it is no row, or one that is read twice."""
    label, duty = line_to_label(line.text), line_to_duty(line)
    code, text = (label.code, label.text) if label else (duty.code, duty.text) if duty else ("", "")
    if code:
        if code not in known:
            return "error"
        return "" if known[code] == text_to_key(text) else "warning"
    codes = line_to_codes(line.text)
    return "warning" if codes else ""


def _repaired(document: Document) -> Iterator[Finding]:
    number = document.n_repaired
    if number:
        lack = "1 attribute lacks its" if number == 1 else f"{number} attributes lack their"
        yield Finding(
            "damaged-page",
            0,
            "warning",
            f"{lack} second quotation mark, so that a browser does not show the text behind it; the page is "
            "read as if the mark was before the next tag. Compare the codes of the duties with the page",
        )
