"""An assessment plan by itself: methods, themes, grading descriptors and the table of KSBs."""

from __future__ import annotations

from typing import Final

from curriculum.model.vocabulary import ASSESSMENT_PLAN
from curriculum.parsing.block_rows import has_block, text_to_block_rows
from curriculum.parsing.bold_meaning import lines_to_reform_line
from curriculum.parsing.document_kind import (
    KSB_FAMILIES,
    DocumentKind,
    DocumentText,
    RequiredSection,
    recognised_by,
)
from curriculum.parsing.headings import Role
from curriculum.parsing.key_information import standard_to_facts
from curriculum.parsing.kinds.ksb_listing import KIND as KSB_LISTING
from curriculum.parsing.rows import Rows
from curriculum.parsing.signs import CODE_LISTS, DUTY_LINES, LABELLED_KSBS, heading_sign

__all__ = ["KIND"]

_GRADING = heading_sign("grading tables", Role.GRADING, Role.THEME_MAPPING)
_MAPPING = heading_sign("a KSB mapping table", Role.KSB_MAPPING)

_as_tables = recognised_by((_GRADING, _MAPPING), (CODE_LISTS, LABELLED_KSBS))


def _as_themes(text: DocumentText) -> str:
    """Return the evidence of a plan whose themes have lists of criteria; a text with duties is more."""
    themes, n_criteria = text.table_rows.themes, len(text.table_rows.descriptors)
    is_plan = bool(n_criteria) or (len(themes) > 1 and lines_to_reform_line(text.document.lines) > 0)
    if not is_plan or text.numbers(DUTY_LINES):
        return ""
    names = "1 theme" if len(themes) == 1 else f"{len(themes)} themes"
    criteria = "1 criterion" if n_criteria == 1 else f"{n_criteria or 'no'} criteria"
    return f"{names} with {criteria} (first on line {min(theme.first_line for theme in themes)})"


def _as_methods(text: DocumentText) -> str:
    """Return the evidence of a plan with a table of its methods and their KSBs."""
    rows = text.table_rows.statement_methods
    if not rows or text.numbers(DUTY_LINES):
        return ""
    return f"a table of assessment methods with their KSBs (line {min(row.first_line for row in rows)})"


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse an assessment plan; its KSBs can be listed below no heading."""
    rows = text_to_block_rows(text)
    is_listed = not rows.occurrences and bool(text.numbers(LABELLED_KSBS))
    return KSB_LISTING.parse(text) if is_listed and not _as_tables(text) else rows


def _has_themes(text: DocumentText, rows: Rows) -> bool:
    has_table = has_block(text, Role.GRADING, Role.THEME_MAPPING, Role.KSB_MAPPING)
    of_tables = text.table_rows.themes or text.table_rows.statement_methods
    return bool(of_tables) or (has_table and bool(rows.occurrences or rows.themes))


KIND: Final = DocumentKind(
    name=ASSESSMENT_PLAN,
    description="grading tables",
    recognise=lambda text: "; ".join(filter(None, (_as_tables(text), _as_themes(text), _as_methods(text)))),
    parse=_text_to_rows,
    facts=lambda text, rows: standard_to_facts(text.lines, rows),
    required_sections=(RequiredSection("themes or a KSB mapping table", _has_themes),),
    code_families=KSB_FAMILIES,
    usual=("methods", "themes", "descriptors"),
)
