"""The findings of parsing: lines that are in no row, numbers that are missing, how a file was read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.documents.document import Document
from curriculum.documents.record import SHEET_WITH_DUTIES
from curriculum.model.codes import code_to_prefix, word_to_code
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.lines import Line
from curriculum.parsing.rows import Finding, Rows
from curriculum.parsing.statements import Statement

__all__ = [
    "gap_findings",
    "gap_to_message",
    "named_codes",
    "reading_findings",
    "unplaced_findings",
    "unread_findings",
]

_GAPS_SHOWN = 10
_UNREAD_SHOWN = 5
# Bullets, quotes, dashes and letters with accents in UTF-8, as they look when read as Windows-1252.
_GARBLED = re.compile(r"â€|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]")
# Quotation marks, dashes and bullets of Mac OS Roman, read as Windows-1252: “contractorÕs”, “ Ð ”.
_OF_MAC = re.compile(r"(?<=[a-z])[ÒÓÔÕ]|\s[ÐÑ]\s|^\s*+¥\s")


def unplaced_findings(lines: Sequence[Line], rows: Rows) -> tuple[Finding, ...]:
    """Report what is in no row: lines, and the cells of lines with tabs."""
    placed = rows.numbers()
    single = _rows_to_parts(lines)
    findings = [
        Finding("unplaced-line", line.number, "warning", f"not placed: “{text_to_shortened(line.text)}”")
        for line in single
        if line.number not in placed
    ]
    # A line read as structure, or as a row of grades, is read as a whole.
    whole = {*rows.markers, *(row.line for row in rows.overall_grades)}
    words = _words_by_line(rows, frozenset(line.number for line in single if line.cells))
    # The end of a wording behind a tab is lost; the cells of a table beside its wordings are kept as details.
    worded = {number for row in rows.occurrences for number in range(row.first_line, row.last_line + 1)}
    findings += [
        Finding(
            "unplaced-line",
            line.number,
            "error" if line.number in worded and not line.row else "warning",
            f"not placed: the cell “{text_to_shortened(cell)}”",
        )
        for line in single
        if line.number in placed and line.number not in whole
        for cell in line.cells
        if not set(text_to_title_key(cell).split()) <= words[line.number]
    ]
    return tuple(findings)


def _rows_to_parts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return each row of a table as the lines in its cells; one whose cells are on one line as it is."""
    return tuple(
        part
        for line in lines
        for part in (line.parts if len({part.number for part in line.parts}) > 1 else (line,))
    )


def _words_by_line(rows: Rows, numbers: frozenset[int]) -> dict[int, set[str]]:
    """Return all words of the rows that are on each of these lines."""
    words: dict[int, set[str]] = {number: set() for number in numbers}
    for row in rows.with_lines():
        spanned = numbers.intersection(range(row.first_line, row.last_line + 1))
        if spanned:
            texts = " ".join(
                value if isinstance(value, str) else " ".join(map(str, value))
                for value in row
                if isinstance(value, str | tuple)
            )
            for number in spanned:
                words[number] |= set(text_to_title_key(texts).split()) | {"duty", *_numbers_of(texts)}
    return words


def _numbers_of(text: str) -> list[str]:
    """Return the numbers of duties, which are printed "Duty 3" and coded D3."""
    return re.findall(r"\bD(\d+)\b", text)


def gap_findings(statements: Sequence[Statement], prefixes: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Report the numbers that are missing between the first and the last of each kind.

    The first is 1. The knowledge of a NOS unit can also go on with the numbers of its performance criteria.

    Parameters
    ----------
    statements
        The statements of a document.
    prefixes
        The letters that are before some of its codes: A for AK1.
    """
    numbers: dict[str, dict[int, int]] = {}
    for row in statements:
        prefix = code_to_prefix(row.code, prefixes)
        code = word_to_code(row.code.removeprefix(prefix))
        if code:
            numbers.setdefault(f"{prefix}{code.letters}", {})[code.number] = row.first_line
    after_criteria = max(numbers.get("P", {0: 0})) + 1
    firsts = {
        letters: after_criteria if min(found) == after_criteria else 1 for letters, found in numbers.items()
    }
    return tuple(
        Finding("numbering-gap", found[max(found)], "warning", gap_to_message(letters, missing, max(found)))
        for letters, found in numbers.items()
        for missing in (sorted(set(range(firsts[letters], max(found))) - set(found)),)
        if missing
    )


def gap_to_message(letters: str, missing: Sequence[int], last: int) -> str:
    """Return which numbers are missing.

    Examples
    --------
    >>> gap_to_message("S", [23], 46)
    'S23 is nowhere: the numbers go on to S46'
    """
    shown = ", ".join(f"{letters}{number}" for number in missing[:_GAPS_SHOWN])
    more = f" and {len(missing) - _GAPS_SHOWN} more" if len(missing) > _GAPS_SHOWN else ""
    verb = "is" if len(missing) == 1 else "are"
    return f"{shown}{more} {verb} nowhere: the numbers go on to {letters}{last}"


def named_codes(rows: Rows) -> list[tuple[str, str, int]]:
    """Return each code that a duty, a theme, a descriptor or a method names, with its place and line."""
    return [
        *((pair.code, f"duty {pair.duty[1:]}", pair.first_line) for pair in rows.duty_ksbs),
        *((code, f"the theme “{row.name}”", row.first_line) for row in rows.themes for code in row.codes),
        *(
            (code, f"a descriptor of “{row.theme}”", row.last_line)
            for row in rows.descriptors
            for code in row.codes
        ),
        *(
            (row.code, f"the assessment method “{row.method}”", row.first_line)
            for row in rows.statement_methods
        ),
    ]


def reading_findings(document: Document) -> tuple[Finding, ...]:
    """Report how a file was read if it is not UTF-8, what its reader says, and whether that is doubtful."""
    remarks = tuple(Finding(*remark) for remark in document.markup.remarks)
    return (*remarks, *_encoding_findings(document))


def _encoding_findings(document: Document) -> tuple[Finding, ...]:
    garbled = [number for number, line in enumerate(document.lines, start=1) if _GARBLED.search(line)]
    shown = text_to_shortened(document.lines[garbled[0] - 1].strip()) if garbled else ""
    if document.encoding == "utf-8":
        return (_mistaken_finding(garbled, shown),) if garbled else ()
    of_mac = [number for number, line in enumerate(document.lines, start=1) if _OF_MAC.search(line)]
    if document.encoding == "windows-1252" and of_mac:
        message = (
            f"read as windows-1252, as it is not UTF-8; but line {of_mac[0]} is as if an old Mac wrote it: "
            f"“{text_to_shortened(document.lines[of_mac[0] - 1].strip())}”. Save the text again as UTF-8"
        )
        return (Finding("reading", of_mac[0], "error", message),)
    how = {
        "html": "read from a web page: line numbers are those of its text, not of the file",
        "docx": "read from a Word file: line numbers are those of its text, paragraph by paragraph",
        "odt": "read from an OpenDocument text: line numbers are those of its text, paragraph by paragraph",
        "rtf": "read from an RTF file: line numbers are those of its text, paragraph by paragraph",
        "pdf": "read from a PDF: line numbers are those of its text, paragraph by paragraph; messages name "
        "the page, and the line on it",
        "xlsx": "read from an Excel workbook: line numbers are those of its rows",
        "yaml": "read from YAML: line numbers are those of the file",
        "json": "read from JSON: line numbers are those of its text; details have the place in the data",
    }
    message = how.get(document.encoding, f"read as {document.encoding}, as it is not UTF-8")
    if not garbled:
        return (Finding("reading", 0, "note", message),)
    message = (
        f"{message}; but {len(garbled)} lines are UTF-8 all the same, such as “{shown}”: some bytes are "
        "damaged. Save the text again as UTF-8"
    )
    return (Finding("reading", garbled[0], "warning", message),)


def _mistaken_finding(garbled: Sequence[int], shown: str) -> Finding:
    """Return a warning on lines that another program has read in the wrong encoding."""
    n_lines = "1 line has" if len(garbled) == 1 else f"{len(garbled)} lines have"
    message = (
        f"{n_lines} letters that another program has mistaken, such as “{shown}”: the wordings have them as "
        "they are in the file. Save the text again from its source"
    )
    return Finding("reading", garbled[0], "warning", message)


def unread_findings(document: Document) -> tuple[Finding, ...]:
    """Report the values of a data file that are part of no record and no list of codes."""
    if not document.unread:
        return ()
    if document.encoding == "xlsx":
        names = ", ".join(row.value for row in document.unread)
        note = Finding("unread-value", 0, "note", f"sheets that are not read: {names}")
        with_duties = [row.value for row in document.unread if row.path == SHEET_WITH_DUTIES]
        return (note, _unread_duties(with_duties)) if with_duties else (note,)
    shown = "; ".join(
        f"{row.path}: “{text_to_shortened(row.value, 40)}”" for row in document.unread[:_UNREAD_SHOWN]
    )
    number = len(document.unread)
    more = f"; and {number - _UNREAD_SHOWN:,} more" if number > _UNREAD_SHOWN else ""
    values = "1 value of the file is" if number == 1 else f"{number:,} values of the file are"
    return (
        Finding(
            "unread-value",
            0,
            "note" if document.record or document.case else "warning",
            f"{values} in no record and no list of codes: {shown}{more}",
        ),
    )


def _unread_duties(sheets: Sequence[str]) -> Finding:
    names = f"the sheet{'s' if len(sheets) > 1 else ''} {names_to_phrase(sheets)}"
    message = (
        f"{names} with duties: not read, so that no duty and no pair is there. Save the duties and the KSBs "
        "together, as a Word file or a web page"
    )
    return Finding("left-out", 0, "error", message)
