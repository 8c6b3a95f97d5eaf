"""Parse one document: recognise its kind, read its rows, and compare the occurrences of each statement."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.documents.document import Document
from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.files.limits import check_time, time_limit
from curriculum.model.text import names_to_phrase, text_to_title_key
from curriculum.parsing.code_cells import code_list_findings
from curriculum.parsing.code_prefixes import document_to_stand_ins, put_document, restored_document
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.document_kinds import document_kinds, text_to_kind
from curriculum.parsing.document_lines import document_to_text
from curriculum.parsing.document_parts import (
    Part,
    choose_part,
    document_to_part,
    several_standards_error,
    starts_to_parts,
)
from curriculum.parsing.doubtful_wordings import (
    codes_in_wording_findings,
    criteria_findings,
    learner_text_findings,
    several_on_line_findings,
    ticked_findings,
    unlikely_wording_findings,
    without_doubtful_pairs,
)
from curriculum.parsing.duties_behind import with_duties_behind
from curriculum.parsing.duty_columns import with_duty_columns
from curriculum.parsing.employer_verified import with_employer_verified
from curriculum.parsing.grade_boundaries import lines_to_boundaries
from curriculum.parsing.layout_in_wordings import footer_findings, gap_in_wording_findings
from curriculum.parsing.lines import Line
from curriculum.parsing.mandatory import rows_to_mandatory
from curriculum.parsing.method_columns import with_methods_of_columns
from curriculum.parsing.method_differences import method_findings
from curriculum.parsing.numbered_methods import with_numbered_methods
from curriculum.parsing.occurrences import (
    differing_wording_findings,
    duties_to_options,
    grade_findings,
    method_names_to_methods,
    occurrences_to_duties,
    occurrences_to_themes,
    undefined_code_findings,
    unworded_rows,
)
from curriculum.parsing.page_findings import page_findings
from curriculum.parsing.page_places import findings_with_places, places_to_details
from curriculum.parsing.parse_findings import (
    gap_findings,
    named_codes,
    reading_findings,
    unplaced_findings,
    unread_findings,
)
from curriculum.parsing.parse_result import ParsedDocument, Recognition
from curriculum.parsing.printed_facts import with_printed_facts
from curriculum.parsing.refusals import is_in_development, text_to_table_errors
from curriculum.parsing.rows import Duty, Finding, MethodName, Occurrence, PartStart, Rows, join_rows
from curriculum.parsing.several_standards import rows_to_starts
from curriculum.parsing.short_names import with_long_names
from curriculum.parsing.signs import DUTY_LINES
from curriculum.parsing.stated_columns import with_stated_mandatory, with_stated_options
from curriculum.parsing.statements import (
    Statement,
    mark_truncated,
    occurrences_to_statements,
    truncation_findings,
)
from curriculum.parsing.sunk_lines import sunk_findings
from curriculum.parsing.unread_kinds import unread_kind_findings

__all__ = ["parse_document"]

_WITHOUT_KIND = "Name another kind, or none: the kind is then found from the content."


def _two_documents(rows: Rows, where: str) -> list[CurriculumError]:
    """Return a fault for a text with several standards, as a code would name several statements."""
    references = {
        detail.value: detail.first_line
        for detail in rows.details
        if text_to_title_key(detail.name) == "reference" and detail.value
    }
    if len(references) < 2:
        return []
    return [
        InvalidInput(
            "holds more than one standard",
            where=where,
            expected="one reference",
            found=", ".join(f"{reference} on line {line}" for reference, line in references.items()),
            advice="Save each standard as a separate file.",
        )
    ]


def _missing_sections(kind: DocumentKind, text: DocumentText, rows: Rows) -> list[CurriculumError]:
    missing = kind.missing_sections(text, rows)
    if missing and not rows.occurrences and is_in_development(text):
        return [
            UnreadableFile(
                "is in development and holds no KSBs yet",
                where=text.document.source,
                expected=names_to_phrase(missing),
                found="none",
                advice="Save it again when the standard is published, or take the version before it.",
            )
        ]
    return [
        UnreadableFile(
            f"read as {kind.name}, but a section is missing",
            where=text.document.source,
            expected=name,
            found=_section_to_found(name, text, rows),
            advice=_WITHOUT_KIND if text.document.kind else _missing_advice(text),
        )
        for name in missing
    ]


def _nothing_read(kind: DocumentKind, text: DocumentText, recognition: Recognition) -> CurriculumError:
    """Return the error for a text of which nothing could be read as the kind that the user names."""
    return UnreadableFile(
        f"read as {kind.name}, as named, but nothing of it is there",
        where=text.document.source,
        expected=kind.description,
        found=recognition.evidence.partition("; ")[2],
        advice=_WITHOUT_KIND,
    )


def _section_to_found(name: str, text: DocumentText, rows: Rows) -> str:
    """Return what a text has of a section of which nothing was read."""
    found = _printed_duties(text) if name == "duties" else "none"
    of_lists = [f"line {row.line}: {row.message}" for row in rows.findings if row.severity == "error"]
    return "; ".join(filter(None, (found, text_to_table_errors(text), *of_lists)))


def _printed_duties(text: DocumentText) -> str:
    """Return how many duties are printed in a text in which no table of duties was found."""
    numbers = text.numbers(DUTY_LINES)
    if not numbers:
        return "none"
    lines = "1 line" if len(numbers) == 1 else f"{len(numbers)} lines"
    return f"“Duty n” on {lines} (first: line {numbers[0]}), but below no heading of duties"


def _missing_advice(text: DocumentText) -> str:
    if is_in_development(text):
        return "It says that it is in development: it does not hold all sections yet."
    advice = "If the text holds it, it is printed in a way that is not known here: please report it. "
    if text.document.encoding == "html":
        return f"{advice}Otherwise save the page again; it can lack text that a script adds later."
    return f"{advice}Otherwise copy the whole document again."


def _read(
    document: Document, kinds: Sequence[DocumentKind]
) -> tuple[DocumentText, DocumentKind, Recognition, Rows]:
    """Return the text of a document, its kind, the evidence for it, and its rows as they are read."""
    text = document_to_text(document)
    check_time()
    kind, recognition = text_to_kind(text, kinds)
    check_time()
    return text, kind, recognition, kind.parse(text)


def _starts(text: DocumentText, kind: DocumentKind, rows: Rows) -> tuple[PartStart, ...]:
    """Return where a second standard begins in a text, and each further one."""
    if kind.starts:
        return kind.starts(text)
    return rows_to_starts(text.lines, text.document.lines, rows) if kind.has_prose_lines else ()


def _parts(text: DocumentText, starts: Sequence[PartStart], rows: Rows) -> tuple[Part, ...]:
    lines = [*(row.first_line for row in rows.occurrences), *(row.first_line for row in rows.duties)]
    first = min(lines, default=1)
    return starts_to_parts(text, starts, first)


def _chosen_part(document: Document, kinds: Sequence[DocumentKind]) -> Document:
    """Return the one of several standards in a text that the document names."""
    text, kind, _, rows = _read(document, kinds)
    starts = _starts(text, kind, rows)
    parts = _parts(text, starts, rows)
    if starts and not parts:
        raise several_standards_error(document, starts, parts)
    return document_to_part(document, choose_part(parts, document))


def _with_options(
    statements: Sequence[Statement], duties: Sequence[Duty], rows: Rows
) -> tuple[tuple[Statement, ...], bool]:
    """Return the statements with their options, and whether these are inferred from the duties."""
    if any(row.option for row in statements):
        return tuple(statements), False
    codes: dict[str, list[str]] = {}
    for pair in rows.duty_ksbs:
        codes.setdefault(pair.duty, []).append(pair.code)
    options = duties_to_options(duties, codes)
    return tuple(row._replace(option=options.get(row.code, "")) for row in statements), bool(options)


def _text_findings(
    text: DocumentText, lines: Sequence[Line], rows: Rows, statements: Sequence[Statement]
) -> tuple[Finding, ...]:
    """Return the findings on the lines and the wordings of a document."""
    wordings: list[Occurrence | Duty] = [*rows.occurrences, *rows.duties]
    defined = frozenset(row.code for row in statements)
    return (
        *reading_findings(text.document),
        *unread_findings(text.document),
        *gap_findings(statements),
        *rows.findings,
        *unplaced_findings(lines, rows),
        *truncation_findings(rows.occurrences),
        *differing_wording_findings(rows.occurrences),
        *undefined_code_findings(named_codes(rows), statements),
        *codes_in_wording_findings(rows, defined),
        *several_on_line_findings(lines, rows.occurrences),
        *ticked_findings(rows.occurrences),
        *learner_text_findings(rows.occurrences),
        *criteria_findings(rows.descriptors, defined),
        *footer_findings(lines, wordings),
        *gap_in_wording_findings(text.document.lines, _without_markers(lines, rows), wordings),
        *sunk_findings(lines, rows),
        *code_list_findings(lines, rows),
        *unread_kind_findings(lines, rows),
    )


def _without_markers(lines: Sequence[Line], rows: Rows) -> tuple[Line, ...]:
    """Return the lines that were not read as structure: the others are in no wording."""
    markers = frozenset(rows.markers)
    return tuple(line for line in lines if line.number not in markers)


def _heading_names(rows: Rows) -> tuple[MethodName, ...]:
    return tuple(MethodName(row.heading, 0, row.first_line) for row in rows.sections if row.heading)


def parse_document(document: Document, kinds: Sequence[DocumentKind] | None = None) -> ParsedDocument:
    """Parse a document of any kind.

    Parameters
    ----------
    document
        The text.
    kinds
        The kinds of document to try, in this order; by default all that the package knows.

    Returns
    -------
    ParsedDocument
        Each line that is not blank is in a row, is read as structure, is known to belong to a web page
        only, or is reported in a finding `unplaced-line`.

    Raises
    ------
    UnsupportedFormat
        If the text is of no kind that can be read.
    UnreadableFile
        If it takes too long; see `curriculum.raised_limits`.
    NotFound
        If the user names a kind that there is not.
    InvalidInput, UnreadableFile, Faults
        If the text has several standards, or lacks a section that its kind must have.
    """
    with time_limit(document.source):
        return _parse_any(document, document_kinds() if kinds is None else kinds)


def _parse_any(document: Document, kinds: Sequence[DocumentKind]) -> ParsedDocument:
    """Parse a document of any kind, whatever letters are before its codes."""
    stand_ins = document_to_stand_ins(document)
    if stand_ins:
        plain = put_document(document, stand_ins)
        kind, _ = text_to_kind(document_to_text(plain), kinds)
        # A table of codes is read with codes of any scheme.
        if kind.has_prose_lines:
            return restored_document(_parse(plain, kinds), stand_ins)
    return _parse(document, kinds)


def _parse(document: Document, kinds: Sequence[DocumentKind]) -> ParsedDocument:
    """Parse a document whose codes have no further letters before them."""
    check_time()
    if document.part:
        return _parse(_chosen_part(document, kinds), kinds)
    text, kind, recognition, rows = _read(document, kinds)
    starts = _starts(text, kind, rows)
    if starts:
        raise several_standards_error(document, starts, _parts(text, starts, rows))
    missing = _missing_sections(kind, text, rows)
    if document.kind and not missing and not (rows.occurrences or rows.themes):
        missing = [_nothing_read(kind, text, recognition)]
    raise_faults([*_two_documents(rows, document.source), *missing])
    lines = text.lines if kind.has_prose_lines else ()
    if kind.has_prose_lines:
        rows = with_duties_behind(join_rows([rows, text.table_rows, lines_to_boundaries(lines)]))
    rows = with_stated_options(with_methods_of_columns(rows))
    rows = with_long_names(with_numbered_methods(with_employer_verified(rows, lines)), lines)
    facts = kind.facts(text, rows)
    if kind.has_prose_lines:
        facts = with_printed_facts(facts, lines, rows, document.markup.page_heads)
    rows = join_rows([rows, unworded_rows(rows)])

    rows = join_rows([rows.without_occurrences(), Rows(occurrences=mark_truncated(rows.occurrences))])
    if kind.has_prose_lines:
        rows = without_doubtful_pairs(rows, frozenset(row.code for row in rows.occurrences))
    check_time()
    rows = with_duty_columns(rows)
    duties, duty_findings = occurrences_to_duties(rows.duties, rows.duty_ksbs)
    methods, method_codes = method_names_to_methods(rows.method_names, _heading_names(rows))
    themes, theme_findings = occurrences_to_themes(rows.themes, method_codes)
    mandatory = with_stated_mandatory(rows_to_mandatory(document, rows), rows, document.lines)
    chosen = occurrences_to_statements(rows.occurrences, mandatory.by_code)
    statements, is_inferred = _with_options(chosen, duties, rows)
    check_time()
    findings = (
        *_text_findings(text, lines, rows, statements),
        *page_findings(document, statements, duties, facts.reference),
        *duty_findings,
        *mandatory.findings,
        *theme_findings,
        *method_findings(rows.statement_methods, themes, method_codes),
        *grade_findings(rows.overall_grades, methods),
        *unlikely_wording_findings(rows.occurrences, rows.duties, methods),
    )
    places = document.markup.places
    return ParsedDocument(
        document,
        recognition,
        lines,
        facts,
        join_rows([rows, Rows(details=places_to_details(places))]),
        statements,
        is_inferred,
        duties,
        methods,
        method_codes,
        themes,
        findings_with_places(
            sorted(set(findings), key=lambda row: (row.line, row.rule, row.message)), places
        ),
    )
