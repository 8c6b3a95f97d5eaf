"""The blocks of standards and assessment plans, each read by the parser of its role."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from curriculum.model.codes import line_to_codes, text_to_ending_codes
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import CORE
from curriculum.parsing.bold_meaning import lines_to_reform_line
from curriculum.parsing.document_kind import DocumentText
from curriculum.parsing.grade_lines import grade_lines_to_rows
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.key_information import key_information_to_rows, unheaded_facts_to_rows
from curriculum.parsing.listed_methods import listed_methods_to_rows
from curriculum.parsing.mapping_table import ksb_mapping_to_rows
from curriculum.parsing.methods_with_ksbs import codes_below_methods, method_block_to_rows
from curriculum.parsing.page_blocks import (
    links_to_rows,
    products_to_rows,
    prose_or_products_to_rows,
    versions_to_rows,
)
from curriculum.parsing.plan_blocks import (
    grading_to_rows,
    has_grading_tables,
    overall_grading_to_rows,
    prose_to_method_names,
    theme_mapping_to_rows,
)
from curriculum.parsing.prose import block_to_section, gateway_to_rows, job_titles_to_rows
from curriculum.parsing.rows import Finding, Rows, join_rows
from curriculum.parsing.standard_blocks import (
    duties_to_rows,
    employers_to_rows,
    ksbs_to_rows,
    licence_to_rows,
    version_log_to_rows,
)
from curriculum.parsing.theme_headings import text_to_grade
from curriculum.parsing.unnumbered_items import (
    lists_to_details,
    lists_to_findings,
    lists_to_occurrences,
    number_findings,
)
from curriculum.parsing.unnumbered_lists import lines_to_lists

__all__ = ["has_block", "text_to_block_rows"]


def _log_to_rows(block: Block) -> Rows:
    """Parse the version log, or a list of versions without dates, which is prose with its details."""
    rows = version_log_to_rows(block)
    is_list = not rows.version_log and bool(versions_to_rows([block]).details)
    return Rows(sections=block_to_section(block)) if is_list else rows


def _mapping_to_rows(block: Block) -> Rows:
    """Parse the mapping of KSBs to methods: a table, or lists below the names of methods."""
    rows = method_block_to_rows(block)
    return ksb_mapping_to_rows(block) if rows is None else rows


def _overall_to_rows(block: Block) -> Rows:
    """Parse the overall grades: a row on each line, or a cell on each line."""
    rows = overall_grading_to_rows(block)
    return rows if rows.overall_grades else grade_lines_to_rows(block) or rows


_PARSERS: Mapping[Role, Callable[[Block], Rows]] = {
    Role.PROSE: prose_or_products_to_rows,
    Role.KEY_INFORMATION: key_information_to_rows,
    Role.JOB_TITLES: job_titles_to_rows,
    Role.DUTY_LIST: duties_to_rows,
    Role.DUTY_KSBS: duties_to_rows,
    Role.KSBS: ksbs_to_rows,
    Role.GATEWAY: gateway_to_rows,
    Role.GRADING: grading_to_rows,
    Role.OVERALL_GRADING: _overall_to_rows,
    Role.KSB_MAPPING: _mapping_to_rows,
    Role.THEME_MAPPING: theme_mapping_to_rows,
    Role.EMPLOYERS: employers_to_rows,
    Role.PRODUCTS: products_to_rows,
    Role.VERSION_LOG: _log_to_rows,
    Role.LICENCE: licence_to_rows,
}
# Whether something was read of a block that must hold a table or a list.
_IS_FILLED: Mapping[Role, Callable[[Rows], bool]] = {
    Role.DUTY_LIST: lambda rows: bool(rows.duties),
    Role.DUTY_KSBS: lambda rows: bool(rows.duties),
    Role.KSBS: lambda rows: bool(rows.occurrences),
    Role.GRADING: lambda rows: bool(rows.themes),
    Role.OVERALL_GRADING: lambda rows: bool(rows.overall_grades or rows.sections),
    Role.KSB_MAPPING: lambda rows: bool(rows.statement_methods or rows.findings),
    Role.THEME_MAPPING: lambda rows: bool(rows.themes),
    Role.VERSION_LOG: lambda rows: bool(rows.version_log or rows.sections),
}

# A cell with more words holds a wording, and no grade and no marks.
_LONGEST_MARK = 5
_CORE_WORDS = frozenset((CORE, "option", "options"))


def text_to_block_rows(text: DocumentText) -> Rows:
    """Parse each block of a text, and report each block of a table in which nothing could be read."""
    parts = _without_lone_core([(block, _PARSERS[block.role](block)) for block in text.blocks])
    of_page = (
        unheaded_facts_to_rows(text.blocks),
        versions_to_rows(text.blocks),
        links_to_rows(text.document.links),
        codes_below_methods(text.lines),
        listed_methods_to_rows(text.blocks) if lines_to_reform_line(text.document.lines) else Rows(),
    )
    if not any(rows.occurrences for _, rows in parts):
        parts += _unnumbered(text.blocks)
    # A table of methods with the codes of their KSBs was read by its cells.
    is_mapped = bool(text.table_rows.statement_methods)
    needed = [part for part in parts if not (is_mapped and part[0].role is Role.KSB_MAPPING)]
    findings = Rows(findings=(*_empty_findings(needed), *_prose_findings(parts)))
    return join_rows([*(rows for _, rows in parts), prose_to_method_names(text.blocks), *of_page, findings])


def _unnumbered(blocks: Sequence[Block]) -> Iterator[tuple[Block, Rows]]:
    """Yield the KSBs of a text that prints them as lists without codes, numbered by their order."""
    ksbs = [block for block in blocks if block.role is Role.KSBS and block.heading]
    lines = [line for block in ksbs for line in (block.heading, *block.lines) if line]
    lists = lines_to_lists(lines)
    occurrences = tuple(lists_to_occurrences(lists, "KSBs"))
    details = lists_to_details(lists, occurrences)
    findings = (*number_findings(lists, occurrences), *lists_to_findings(lists, details))
    for block in ksbs:
        numbers = {line.number for line in block.lines}
        own_rows = tuple(row for row in occurrences if row.first_line in numbers)
        own_details = tuple(row for row in details if row.first_line in numbers)
        yield (
            block,
            Rows(details=own_details, occurrences=own_rows, findings=findings if block is ksbs[0] else ()),
        )


def _without_lone_core(parts: list[tuple[Block, Rows]]) -> list[tuple[Block, Rows]]:
    """Return the rows without the option `core` of duties, if neither core nor an option is printed."""
    options = {duty.option for _, rows in parts for duty in rows.duties} - {"", CORE}
    of_duties = [block for block, rows in parts if rows.duties]
    is_titled = any(_CORE_WORDS & set(text_to_title_key(block.title).split()) for block in of_duties)
    is_printed = any("(core)" in line.text.casefold() for block in of_duties for line in block.lines)
    if options or is_titled or is_printed:
        return parts
    return [
        (block, replace(rows, duties=tuple(duty._replace(option="") for duty in rows.duties)))
        for block, rows in parts
    ]


def has_block(text: DocumentText, *roles: Role) -> bool:
    """Return whether a text has a block of one of these roles."""
    return any(block.role in roles for block in text.blocks)


def _is_prose_on_grading(block: Block) -> bool:
    """Return whether a block on grading has text that names no KSB, so that nothing in it is of a theme."""
    texts = [line.text for line in block.lines]
    is_coded = any(line_to_codes(text) or text_to_ending_codes(text)[1] for text in texts)
    return block.role is Role.GRADING and bool(texts) and not is_coded and not has_grading_tables(block)


def _has_unread_table(block: Block) -> bool:
    """Return whether a block has a table with wordings; one of marks has none."""
    cells = [cell for line in block.lines if line.parts for cell in line.cells]
    return any(len(cell.split()) > _LONGEST_MARK for cell in cells)


def _prose_findings(parts: Sequence[tuple[Block, Rows]]) -> Iterator[Finding]:
    """Yield a finding on each block on grading that is prose; a warning if grades are headings in it."""
    for block, rows in parts:
        if block.heading and not rows.themes and _is_prose_on_grading(block):
            grades = [text_to_grade(line.text) is not None for line in block.lines]
            # A list of the grades that there are has no text between them.
            is_worded = any(grade and not after for grade, after in pairwise(grades))
            yield Finding(
                "empty-section",
                block.heading.number,
                "warning" if is_worded or _has_unread_table(block) else "note",
                f"“{block.heading.text}” has text that names no KSB: it is in the table sections, and no "
                "theme and no grading descriptor is read of it",
            )


def _empty_findings(parts: Sequence[tuple[Block, Rows]]) -> tuple[Finding, ...]:
    """Report each heading of a table below which no row could be read."""
    tables = [(block, rows) for block, rows in parts if block.heading and block.role in _IS_FILLED]
    tables = [(block, rows) for block, rows in tables if not _is_prose_on_grading(block)]
    filled = {block.heading for block, rows in tables if _IS_FILLED[block.role](rows)}
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
