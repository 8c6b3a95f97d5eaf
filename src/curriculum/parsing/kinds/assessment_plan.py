"""An assessment plan by itself: methods, themes, grading descriptors and the table of KSBs."""

from __future__ import annotations

from typing import Final

from curriculum.parsing.block_rows import has_block, text_to_block_rows
from curriculum.parsing.document_kind import (
    KSB_FAMILIES,
    DocumentKind,
    DocumentText,
    RequiredSection,
    recognised_by,
)
from curriculum.parsing.headings import Role
from curriculum.parsing.rows import Rows
from curriculum.parsing.signs import CODE_LISTS, LABELLED_KSBS, heading_sign
from curriculum.parsing.standard_blocks import standard_to_facts

__all__ = ["KIND"]

_GRADING = heading_sign("grading tables", Role.GRADING, Role.THEME_MAPPING)
_MAPPING = heading_sign("a KSB mapping table", Role.KSB_MAPPING)


def _has_themes(text: DocumentText, rows: Rows) -> bool:
    has_table = has_block(text, Role.GRADING, Role.THEME_MAPPING, Role.KSB_MAPPING)
    return has_table and bool(rows.occurrences or rows.themes)


KIND: Final = DocumentKind(
    name="assessment plan",
    description="grading tables",
    recognise=recognised_by((_GRADING, _MAPPING), (CODE_LISTS, LABELLED_KSBS)),
    parse=text_to_block_rows,
    facts=lambda text, rows: standard_to_facts(text.lines, rows),
    required_sections=(RequiredSection("themes or a KSB mapping table", _has_themes),),
    code_families=KSB_FAMILIES,
    usual=("methods", "themes", "descriptors"),
)
