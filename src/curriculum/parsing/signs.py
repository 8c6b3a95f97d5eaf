"""The signs by which several kinds of document are recognised."""

from __future__ import annotations

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.parsing.document_kind import Sign
from curriculum.parsing.headings import Role, heading_to_role
from curriculum.parsing.labelled import KIND_HEADINGS, is_bare_code, is_bare_duty, line_to_duty, opens_item
from curriculum.parsing.lines import Line

__all__ = ["CODE_LISTS", "DUTY_LINES", "KIND_HEADING", "LABELLED_KSBS", "heading_sign"]


def heading_sign(name: str, *roles: Role) -> Sign:
    """Return the sign that a line is a heading of one of these roles."""
    return Sign(name, lambda line, _: heading_to_role(line.text) in roles)


def _is_label(line: Line, after: Line | None) -> bool:
    return line_to_label(line.text) is not None or is_bare_code(line, after)


def _is_duty(line: Line, after: Line | None) -> bool:
    """Return whether a line begins a duty; the wording can be on the next line."""
    is_above_wording = is_bare_duty(line) and after is not None and not opens_item(after)
    return is_above_wording or line_to_duty(line) is not None


DUTY_LINES = Sign("“Duty n”", _is_duty)
LABELLED_KSBS = Sign("labelled KSBs", _is_label)
CODE_LISTS = Sign("lists of codes", lambda line, _: bool(line_to_codes(line.text)))
KIND_HEADING = Sign("“Knowledge”", lambda line, _: text_to_title_key(line.text) in KIND_HEADINGS)
