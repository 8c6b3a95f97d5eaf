"""An assessment plan in prose, whose KSBs have no codes: methods, marks for grades, and text.

Plans of 2014 to 2018 can be like this. Their KSBs are in the standard.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from curriculum.model.text import text_to_title_key
from curriculum.parsing.block_rows import text_to_block_rows
from curriculum.parsing.document_kind import KSB_FAMILIES, DocumentKind, DocumentText, RequiredSection
from curriculum.parsing.grade_boundaries import lines_to_boundaries
from curriculum.parsing.key_information import standard_to_facts
from curriculum.parsing.plan_blocks import prose_to_method_names
from curriculum.parsing.rows import Finding, Rows

__all__ = ["KIND"]

_TITLE = re.compile(
    r"(?:.* )?(?:assessment plan|end point assessment|apprenticeship assessment)(?: (?:for|of|st\d) ?.*)?"
)
# The title is among the first lines.
_FRONT = 15


def _recognise(text: DocumentText) -> str:
    """Return the evidence: the title of a plan, and methods with numbers, weights, or marks for grades."""
    titles = [line for line in text.lines[:_FRONT] if _TITLE.fullmatch(text_to_title_key(line.text))]
    names = [row.line for row in prose_to_method_names(text.blocks).method_names]
    marks = [row.first_line for row in lines_to_boundaries(text.lines).details]
    found = sorted([*names, *marks])
    if not titles or not found:
        return ""
    what = "assessment methods with their numbers" if names else "marks for grades, or weights of methods"
    return f"“{titles[0].text}” (line {titles[0].number}); {what} (first on line {found[0]})"


def _text_to_rows(text: DocumentText) -> Rows:
    """Parse a plan in prose, with the error that it has no KSB with a code."""
    rows = text_to_block_rows(text)
    message = (
        "no KSB with a code was found in this assessment plan: its methods, marks and text are read, and no "
        "statement. The KSBs are in the standard"
    )
    return replace(rows, findings=(*rows.findings, Finding("not-in-a-table", 0, "error", message)))


KIND: Final = DocumentKind(
    name="plan in prose",
    # As that of the kind “assessment plan”: a message names both as one.
    description="grading tables",
    recognise=_recognise,
    parse=_text_to_rows,
    facts=lambda text, rows: standard_to_facts(text.lines, rows),
    required_sections=(
        RequiredSection(
            "numbered methods, weights or marks for grades", lambda text, _: bool(_recognise(text))
        ),
    ),
    code_families=KSB_FAMILIES,
    usual=("methods",),
)
