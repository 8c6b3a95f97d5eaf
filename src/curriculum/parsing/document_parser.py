"""One document from lines to rows: recognise its kind, read it, hold its prints against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from curriculum.documents.document import Document
from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import (
    ASSESSMENT_PLAN,
    CODE_TABLE,
    DUTY_LISTING,
    KSB_LISTING,
    NOS_UNIT,
    OCCUPATIONAL_STANDARD,
)
from curriculum.parsing.assessment_plan import (
    grading_to_rows,
    ksb_mapping_to_rows,
    overall_grading_to_rows,
    prose_to_method_names,
    theme_mapping_to_rows,
)
from curriculum.parsing.code_table import code_table_to_rows, lines_to_head
from curriculum.parsing.duty_listing import duty_listing_to_facts, duty_listing_to_rows
from curriculum.parsing.headings import Block, Role, lines_to_blocks
from curriculum.parsing.ksb_listing import ksb_listing_to_facts, ksb_listing_to_rows
from curriculum.parsing.lines import Line, document_to_lines
from curriculum.parsing.nos import nos_to_facts, nos_to_rows
from curriculum.parsing.occupational_standard import (
    duties_to_rows,
    employers_to_rows,
    key_information_to_rows,
    ksbs_to_rows,
    licence_to_rows,
    standard_to_facts,
    version_log_to_rows,
)
from curriculum.parsing.occurrences import (
    differing_wording_findings,
    duties_to_options,
    grade_findings,
    method_findings,
    method_names_to_methods,
    occurrences_to_duties,
    occurrences_to_themes,
    undefined_code_findings,
)
from curriculum.parsing.parse_findings import gap_findings, named_codes, reading_findings, unplaced_findings
from curriculum.parsing.parse_result import ParsedDocument, Recognition
from curriculum.parsing.prose import gateway_to_rows, job_titles_to_rows, prose_to_rows
from curriculum.parsing.recognition import lines_to_kind
from curriculum.parsing.rows import Duty, Facts, Finding, MethodName, Rows, join_rows
from curriculum.parsing.statements import (
    Statement,
    mark_truncated,
    occurrences_to_statements,
    truncation_findings,
)

__all__ = ["parse_document"]

_BLOCK_PARSERS: Mapping[Role, Callable[[Block], Rows]] = {
    Role.PROSE: prose_to_rows,
    Role.KEY_INFORMATION: key_information_to_rows,
    Role.JOB_TITLES: job_titles_to_rows,
    Role.DUTY_LIST: duties_to_rows,
    Role.DUTY_KSBS: duties_to_rows,
    Role.KSBS: ksbs_to_rows,
    Role.GATEWAY: gateway_to_rows,
    Role.GRADING: grading_to_rows,
    Role.OVERALL_GRADING: overall_grading_to_rows,
    Role.KSB_MAPPING: ksb_mapping_to_rows,
    Role.THEME_MAPPING: theme_mapping_to_rows,
    Role.EMPLOYERS: employers_to_rows,
    Role.VERSION_LOG: version_log_to_rows,
    Role.LICENCE: licence_to_rows,
}


_Parts = tuple[tuple[Block, Rows], ...]


def _lines_to_parts(lines: Sequence[Line]) -> _Parts:
    """Cut a standard or a plan into blocks, each with the rows that were read of it."""
    return tuple((block, _BLOCK_PARSERS[block.role](block)) for block in lines_to_blocks(lines))


def _parts_to_rows(parts: _Parts) -> Rows:
    return join_rows([*(rows for _, rows in parts), prose_to_method_names([block for block, _ in parts])])


_PARSERS: Mapping[str, Callable[[Sequence[Line]], Rows]] = {
    NOS_UNIT: nos_to_rows,
    DUTY_LISTING: duty_listing_to_rows,
    KSB_LISTING: ksb_listing_to_rows,
}
_FACTS: Mapping[str, Callable[[Sequence[Line], Rows], Facts]] = {
    NOS_UNIT: nos_to_facts,
    DUTY_LISTING: duty_listing_to_facts,
    KSB_LISTING: ksb_listing_to_facts,
    OCCUPATIONAL_STANDARD: standard_to_facts,
    ASSESSMENT_PLAN: standard_to_facts,
}


def _has(letter: str) -> Callable[[Rows], bool]:
    return lambda rows: any(row.code.startswith(letter) for row in rows.occurrences)


# What a text of each kind must hold: the section, and how to tell that something was read of it.
_REQUIRED: Mapping[str, tuple[tuple[str, Callable[[Rows], bool]], ...]] = {
    NOS_UNIT: (
        ("performance criteria (“You must be able to”)", _has("P")),
        ("knowledge and understanding (“You need to know and understand”)", _has("K")),
    ),
    DUTY_LISTING: (("KSBs below the duties", lambda rows: bool(rows.duty_ksbs)),),
}
# And of the kinds that are cut into blocks: the section, the blocks that can hold it, and the same.
_REQUIRED_ROLES: Mapping[str, tuple[tuple[str, frozenset[Role], Callable[[Rows], bool]], ...]] = {
    OCCUPATIONAL_STANDARD: (
        (
            "duties",
            frozenset((Role.DUTY_LIST, Role.DUTY_KSBS)),
            lambda rows: bool(rows.duties),
        ),
        ("KSBs (K1: ...)", frozenset((Role.KSBS,)), lambda rows: bool(rows.occurrences)),
    ),
    ASSESSMENT_PLAN: (
        (
            "themes or a KSB mapping table",
            frozenset((Role.GRADING, Role.THEME_MAPPING, Role.KSB_MAPPING)),
            lambda rows: bool(rows.occurrences or rows.themes),
        ),
    ),
}
_FILLED: Mapping[Role, Callable[[Rows], bool]] = {
    Role.DUTY_LIST: lambda rows: bool(rows.duties),
    Role.DUTY_KSBS: lambda rows: bool(rows.duties),
    Role.KSBS: lambda rows: bool(rows.occurrences),
    Role.GRADING: lambda rows: bool(rows.themes),
    Role.OVERALL_GRADING: lambda rows: bool(rows.overall_grades or rows.sections),
    Role.KSB_MAPPING: lambda rows: bool(rows.statement_methods),
    Role.THEME_MAPPING: lambda rows: bool(rows.themes),
    Role.VERSION_LOG: lambda rows: bool(rows.version_log),
}


def _absent_sections(kind: str, rows: Rows, parts: _Parts) -> list[str]:
    """Name the sections that a text of the kind must have and this one lacks."""
    present = {block.role for block, _ in parts}
    is_foundation = any(row.code.startswith("T") for row in rows.occurrences)
    return [
        name
        for name, roles, is_read in _REQUIRED_ROLES.get(kind, ())
        # A foundation apprenticeship has no duties.
        if not (roles & present and is_read(rows)) and not (name == "duties" and is_foundation)
    ]


def _empty_findings(parts: _Parts) -> tuple[Finding, ...]:
    """Report each heading of a table below which no row could be read."""
    tables = [(block, rows) for block, rows in parts if block.heading and block.role in _FILLED]
    filled = {block.heading for block, rows in tables if _FILLED[block.role](rows)}
    empty = dict.fromkeys(block.heading for block, _ in tables if block.heading not in filled)
    return tuple(
        Finding(
            "empty-section",
            heading.number,
            "error",
            f"nothing could be read below “{heading.text}”: the text may be cut, or printed in a way that "
            "is not known here",
        )
        for heading in empty
        if heading
    )


def _two_documents(rows: Rows, where: str) -> list[CurriculumError]:
    """Refuse a text that holds several standards: their codes would run into each other."""
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
            advice="Give each standard a file of its own.",
        )
    ]


def _missing(kind: str, rows: Rows, parts: _Parts, where: str) -> list[CurriculumError]:
    absent = [name for name, is_there in _REQUIRED.get(kind, ()) if not is_there(rows)]
    absent += _absent_sections(kind, rows, parts)
    return [
        UnreadableFile(
            f"read as {kind}, but a section is missing",
            where=where,
            expected=name,
            found="none",
            advice="If the text holds it, it is printed in a way that is not known here: please report it. "
            "Otherwise copy the whole document again; a saved page can lack what is filled in on screen.",
        )
        for name in absent
    ]


def _with_options(
    statements: Sequence[Statement], duties: Sequence[Duty], rows: Rows
) -> tuple[tuple[Statement, ...], bool]:
    """Return the statements an option from the duties if the document prints none with them."""
    if any(row.option for row in statements):
        return tuple(statements), False
    codes: dict[str, list[str]] = {}
    for pair in rows.duty_ksbs:
        codes.setdefault(pair.duty, []).append(pair.code)
    options = duties_to_options(duties, codes)
    return tuple(row._replace(option=options.get(row.code, "")) for row in statements), bool(options)


def _headings(rows: Rows) -> tuple[MethodName, ...]:
    return tuple(MethodName(row.heading, 0, row.first_line) for row in rows.sections if row.heading)


def _read(document: Document) -> tuple[Recognition, tuple[Line, ...], _Parts, Rows, Facts]:
    """Read a document as the kind that it is: its lines, its parts if its kind is cut into any, its rows."""
    head = lines_to_head(document.lines)
    if head:
        recognition = Recognition(CODE_TABLE, f"the columns code and text (line {head})")
        return recognition, (), (), code_table_to_rows(document.lines, document.source), Facts()
    lines, _ = document_to_lines(document)
    recognition = lines_to_kind(lines, document.source)
    kind = recognition.kind
    parts = _lines_to_parts(lines) if kind in _REQUIRED_ROLES else ()
    rows = _parts_to_rows(parts) if kind in _REQUIRED_ROLES else _PARSERS[kind](lines)
    return recognition, lines, parts, rows, _FACTS[kind](lines, rows)


def parse_document(document: Document) -> ParsedDocument:
    """Read a document of any kind.

    Parameters
    ----------
    document
        The text.

    Returns
    -------
    ParsedDocument
        Every non-blank line is behind a row, read as structure, page furniture, or reported in a
        finding `unplaced-line`.

    Raises
    ------
    UnsupportedFormat
        If the text is of no kind that can be read.
    UnreadableFile, Faults
        If a section is missing that its kind must have.
    """
    recognition, lines, parts, rows, facts = _read(document)
    kind = recognition.kind
    raise_faults([*_two_documents(rows, document.source), *_missing(kind, rows, parts, document.source)])

    rows = join_rows([rows.without_occurrences(), Rows(occurrences=mark_truncated(rows.occurrences))])
    duties, duty_findings = occurrences_to_duties(rows.duties)
    methods, method_codes = method_names_to_methods(rows.method_names, _headings(rows))
    themes, theme_findings = occurrences_to_themes(rows.themes, method_codes)
    statements, is_inferred = _with_options(occurrences_to_statements(rows.occurrences), duties, rows)
    findings = (
        *reading_findings(document),
        *_empty_findings(parts),
        *gap_findings(statements),
        *rows.findings,
        *unplaced_findings(lines, rows),
        *truncation_findings(rows.occurrences),
        *differing_wording_findings(rows.occurrences),
        *duty_findings,
        *theme_findings,
        *method_findings(rows.statement_methods, themes, method_codes),
        *grade_findings(rows.overall_grades, methods),
        *undefined_code_findings(named_codes(rows), statements),
    )
    return ParsedDocument(
        document,
        recognition,
        lines,
        facts,
        rows,
        statements,
        is_inferred,
        duties,
        methods,
        method_codes,
        themes,
        tuple(sorted(set(findings), key=lambda row: (row.line, row.rule, row.message))),
    )
