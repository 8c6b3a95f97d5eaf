"""An occupational standard: key information, duties with their KSBs, the KSBs, often an assessment plan."""

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
from curriculum.parsing.key_information import standard_to_facts
from curriculum.parsing.rows import Rows
from curriculum.parsing.signs import CODE_LISTS, KIND_HEADING, LABELLED_KSBS, heading_sign

__all__ = ["KIND"]

_KEY_INFORMATION = heading_sign("“Key information”", Role.KEY_INFORMATION)
_DUTY_KSBS = heading_sign("duties with lists of KSBs", Role.DUTY_KSBS)
_KSBS = heading_sign("“KSBs”", Role.KSBS)
_DUTIES = heading_sign("“Duties”", Role.DUTY_LIST, Role.DUTY_KSBS)
_as_page = recognised_by((_KEY_INFORMATION, _DUTY_KSBS), (_KEY_INFORMATION, _KSBS, CODE_LISTS))
_as_list = recognised_by((_DUTIES,), (CODE_LISTS,), (KIND_HEADING,), (LABELLED_KSBS,))


def _has_duties(text: DocumentText, rows: Rows) -> bool:
    """Return whether duties were read; a foundation apprenticeship has none."""
    is_foundation = any(row.code.startswith("T") for row in rows.occurrences)
    return is_foundation or (has_block(text, Role.DUTY_LIST, Role.DUTY_KSBS) and bool(rows.duties))


def _has_ksbs(text: DocumentText, rows: Rows) -> bool:
    """Return whether KSBs were read.

    A plan with duties can print them in the mapping table alone. A page with key information has a list too.
    """
    is_plan = has_block(text, Role.KSB_MAPPING) and not has_block(text, Role.KEY_INFORMATION)
    return (is_plan or has_block(text, Role.KSBS)) and bool(rows.occurrences)


KIND: Final = DocumentKind(
    name="occupational standard",
    description="duties with their KSBs",
    recognise=lambda text: _as_page(text) or _as_list(text),
    parse=text_to_block_rows,
    facts=lambda text, rows: standard_to_facts(text.lines, rows),
    required_sections=(
        RequiredSection("duties", _has_duties),
        RequiredSection("KSBs (K1: ...)", _has_ksbs),
    ),
    code_families=KSB_FAMILIES,
    usual=("duties", "pairs of a duty and a KSB"),
)
