"""The headings that standards and assessment plans use, with their synonyms, and the blocks they open.

Headings change with every reform of the templates (end-point assessment became apprenticeship
assessment), so each role is a set of synonyms and never one literal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import ANY_GRADE, GRADES
from curriculum.parsing.duty_options import DUTY_NUMBER
from curriculum.parsing.fact_names import is_fact_name
from curriculum.parsing.lines import Line, is_list_item

__all__ = ["Block", "Role", "heading_to_role", "is_prose_heading", "lines_to_blocks"]


class Role(Enum):
    """The role of a block in a document."""

    PROSE = "prose"
    KEY_INFORMATION = "key information"
    JOB_TITLES = "job titles"
    DUTY_LIST = "duties"
    DUTY_KSBS = "duties and KSBs"
    KSBS = "KSBs"
    GATEWAY = "gateway"
    GRADING = "grading"
    OVERALL_GRADING = "overall grading"
    KSB_MAPPING = "KSB mapping table"
    THEME_MAPPING = "KSBs by grade theme"
    EMPLOYERS = "employers"
    PRODUCTS = "products"
    VERSION_LOG = "version log"
    LICENCE = "licence"


_ASSESSMENT = r"(?:(?:epa|end point assessment|assessment|apprenticeship assessment|apprenticeship) )"
_ASSESSMENT_NAME = r"epa|end point assessment|apprenticeship(?: assessment)?|assessment"
_KSBS = r"(?:ksbs?|(?:the )?knowledge skills (?:and |& )?behaviours(?: ksbs)?)"
_LINKED = r"(?:approved|associated|linked|related)"
_SYNONYMS: tuple[tuple[Role, str], ...] = (
    (Role.KEY_INFORMATION, r"key information|key facts|key details|at a glance"),
    (Role.JOB_TITLES, r"typical job titles(?: include)?"),
    (Role.DUTY_LIST, r"duties|list of duties"),
    (
        Role.DUTY_KSBS,
        r"(?:core |option |options )?(?:occupation(?:al)? )?duties and ksbs"
        r"|(?:core |option )?occupation(?:al)? duties|core duties|option duties",
    ),
    (Role.KSBS, r"ksbs|knowledge skills and behaviours(?: ksbs)?"),
    (Role.GATEWAY, rf"{_ASSESSMENT}?gateway(?: requirements| to completion)?"),
    (
        Role.GRADING,
        rf"{_ASSESSMENT}?grading(?: (?:descriptors|criteria|requirements))?"
        rf"|(?:{_ASSESSMENT}?method )?grad(?:e|ing) (?:descriptors|criteria)"
        r"|grading (?:of|for) .{0,60}methods?",
    ),
    (
        Role.OVERALL_GRADING,
        rf"overall {_ASSESSMENT}?(?:grad(?:ing|es?)|outcome)(?: (?:of|for) (?:the )?(?:{_ASSESSMENT_NAME}))?"
        rf"|(?:grading|grade) (?:of|for) the (?:whole |overall )?(?:{_ASSESSMENT_NAME})(?: overall)?"
        r"|(?:combining|combination of|aggregation of|aggregating)(?: the)?(?: assessment)? grades"
        r"|how the overall grade is (?:decided|determined|calculated|awarded)",
    ),
    (
        Role.KSB_MAPPING,
        rf"{_KSBS} mapping(?: table| grid)?|mapping (?:of )?{_KSBS}"
        r"(?: (?:to|against) (?:the )?(?:assessment|epa)? ?(?:methods|components))?"
        rf"|(?:assessment methods? mapping|mapping (?:of|to) assessment methods)(?: to {_KSBS})?"
        rf"|{_KSBS} (?:mapped|by|assessed) (?:to |by |in )?(?:the |each )?(?:assessment )?methods?",
    ),
    (Role.THEME_MAPPING, rf"mapping of {_KSBS} to (?:grade|grading|assessment) themes|ksbs grouped by theme"),
    (Role.EMPLOYERS, r"employers involved in creating the standard.*"),
    (
        Role.PRODUCTS,
        rf"(?:(?:{_LINKED} )?(?:technical education )?(?:products|qualifications and apprenticeships"
        r"|apprenticeships and(?: technical)? qualifications)"
        rf"|{_LINKED} (?:apprenticeships?|(?:technical )?qualifications|t levels?|occupational standards?"
        r"|higher technical qualifications|occupations?))"
        r"(?: (?:associated with|linked to|for|based on) this occupation)?",
    ),
    (
        Role.VERSION_LOG,
        r"version (?:log|control|history)|change log"
        r"|(?:other |previous |all )?versions(?: of this (?:apprenticeship|occupation|standard))?",
    ),
    (Role.LICENCE, r"crown copyright .*"),
    (
        Role.PROSE,
        r"apprenticeship summary|details of the occupational standard|occupation summary"
        r"|overview(?: of the role)?|qualifications|professional recognition"
        rf"|{_ASSESSMENT}plan|introduction and overview|{_ASSESSMENT}?methods?"
        r"|re sits and re takes|roles and responsibilities|reasonable adjustments"
        r"|special considerations|internal quality assurance|value for money",
    ),
)
# One pattern with a group for each role, so that a line is compared with all headings at once.
_NUMBERED = re.compile(
    r"^(?:(?:annex|appendix|section|part) (?:\d{1,2}|[a-z])|\d{1,2}(?: \d{1,2}){0,2}) (?=\D)"
)
_HEADING = re.compile("|".join(f"(?P<{role.name}>{pattern})" for role, pattern in _SYNONYMS))
_GRADE = re.compile("|".join((ANY_GRADE, *GRADES)))
_GROUPED = re.compile(r"ksbs grouped by theme")
# In a table this is the header of a column.
_METHODS = re.compile(rf"{_ASSESSMENT}?methods?")
# Without a heading above all KSBs, the heading of the first kind begins them.
_KINDS = re.compile(r"knowledge|technical knowledge")
_LEVELLED_KINDS = re.compile(
    r"knowledge|skills|behaviours|technical knowledge|technical skills|employability skills and behaviours"
)
# Prose is placed under the part and the method above it; these headings belong to a method.
_PARTS = re.compile(
    rf"apprenticeship summary|details of the occupational standard|key information|{_ASSESSMENT}plan"
)
_METHOD_SECTIONS = frozenset(
    ("overview", "rationale", "delivery", "assessment location", "question and resource development")
)
_HEADING_WORDS = 10
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED_ITEM = re.compile(r"\d{1,2}[.)]\s")
_WORD = re.compile(r"[A-Za-z]{3,}")


class Block(NamedTuple):
    """A heading and the lines below it, up to the next heading.

    ``heading`` is None before the first heading. ``under`` names the part and the method of the block.
    """

    role: Role
    heading: Line | None
    under: str
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """The heading as printed; empty where there is none."""
        return self.heading.text if self.heading else ""


@lru_cache(maxsize=1 << 13)
def heading_to_role(text: str) -> Role | None:
    """Return the role of the block below a known heading, or None if the line is no known heading.

    Examples
    --------
    >>> heading_to_role("Mapping of KSBs to grade themes")
    <Role.THEME_MAPPING: 'KSBs by grade theme'>
    >>> heading_to_role("Gateway to completion"), heading_to_role("5.1 Gateway")
    (<Role.GATEWAY: 'gateway'>, <Role.GATEWAY: 'gateway'>)
    """
    key = _NUMBERED.sub("", text_to_title_key(text))
    found = _HEADING.fullmatch(key)
    return Role[found.lastgroup] if found and found.lastgroup else None


def is_prose_heading(line: Line) -> bool:
    """Return whether a line looks like a heading in prose: short, with a capital, without a full stop.

    Examples
    --------
    >>> is_prose_heading(Line(583, "Assessment location"))
    True
    >>> is_prose_heading(Line(486, "• confirm they are ready to take the EPA"))
    False
    """
    text = line.text
    return line.level > 0 or (
        not line.cells
        and len(text.split()) <= _HEADING_WORDS
        and text[0].isupper()
        and text[-1] not in ".:;,"
        and ": " not in text
        and not is_list_item(line)
        and _WORD.search(text) is not None
        and _YEAR.search(text) is None
    )


def _is_column_header(before: Line | None) -> bool:
    """Return whether the line before begins the header of a table, so that this line names a column."""
    return before is not None and text_to_title_key(before.text) in {"theme", "themes", "duty"}


def _is_above_codes(line: Line, after: Sequence[Line]) -> bool:
    """Return whether a line is “KSBs” above the codes of a duty, and no heading of the KSBs.

    A code alone above a wording is its label.
    """
    if text_to_title_key(line.text) not in _ABOVE_CODES or not after:
        return False
    codes = line_to_codes(after[0].text)
    then = after[1].text if len(after) > 1 else ""
    is_label = len(codes) == 1 and bool(then) and not line_to_codes(then) and not _DUTY.match(then)
    is_heading = heading_to_role(then) is not None or text_to_title_key(then) in _ABOVE_CODES
    return bool(codes) and (not is_label or is_heading)


def _begins_without_heading(lines: Sequence[Line], open_role: Role) -> Role | None:
    """Return the role of a list of KSBs, or of duties with their codes, that begins without a heading."""
    first = _text_to_ksb(lines[0].text) if open_role in _BEFORE_KSBS else ""
    if first and any(_text_to_ksb(line.text) not in ("", first) for line in lines[1:]):
        return Role.KSBS
    is_duty = open_role in _BEFORE_DUTIES and _DUTY.match(lines[0].text) is not None
    return Role.DUTY_KSBS if is_duty and any(line_to_codes(line.text) for line in lines[1:]) else None


def _text_to_ksb(text: str) -> str:
    label = line_to_label(text)
    return label.code if label and label.code.rstrip("0123456789") in _KSB_LETTERS else ""


class _Open(NamedTuple):
    """The block that is open: its role, its heading, and the lines below it."""

    role: Role
    heading: Line | None
    lines: list[Line]


class _Marked(NamedTuple):
    """The keys of the headings that a file marks as such."""

    keys: frozenset[str]

    def repeats(self, line: Line, key: str, role: Role | None) -> bool:
        """Return whether a line only repeats a marked heading, as the items of a list of contents do."""
        is_item = is_list_item(line) or _NUMBERED_ITEM.match(line.text) is not None
        return key in self.keys or (is_item and role is not None and bool(self.keys))


def _opens(
    line: Line, before: Line | None, after: Sequence[Line], opened: _Open, marked: _Marked
) -> Role | None:
    # A heading is alone on its line: a cell in the header of a table is no heading.
    known = None if _is_column_header(before) or line.cells else heading_to_role(line.text)
    key = text_to_title_key(line.text)
    if (
        (not line.level and marked.repeats(line, key, known))
        or (opened.role in _OF_DUTIES and _is_above_codes(line, after))
        or (known is Role.PROSE and opened.role in _STRUCTURED and _is_column(line, key, opened))
        # The header of each table within the mapping of KSBs to themes.
        or (known is Role.THEME_MAPPING is opened.role and _GROUPED.fullmatch(key))
        # The last column of a table of grades whose cells are lines of their own.
        or (known is Role.OVERALL_GRADING is opened.role and after and _GRADE.fullmatch(_key(after[0])))
    ):
        return None
    if known:
        return known
    is_kind = (_LEVELLED_KINDS if line.level else _KINDS).fullmatch(key) is not None
    if opened.role is not Role.KSBS and is_kind and not line.cells:
        is_list = opened.role not in _OF_THEMES or _begins_list(line, after, opened)
        return Role.KSBS if is_list else None
    if marked.keys:
        is_row = line_to_label(line.text) is not None or bool(line_to_codes(line.text))
        is_part = is_row or _is_part_of(line, key, after, opened)
        return Role.PROSE if line.level and not is_part else None
    is_list = opened.role in _STRUCTURED or (opened.role is Role.JOB_TITLES and _is_title(line, opened.lines))
    return Role.PROSE if not is_list and is_prose_heading(line) else None


def _key(line: Line) -> str:
    return text_to_title_key(line.text)


def _begins_list(line: Line, after: Sequence[Line], opened: _Open) -> bool:
    """Return whether “Knowledge” behind themes or grades begins a list, and is no header of their tables."""
    if opened.heading and 0 < line.level <= opened.heading.level:
        return True
    label = line_to_label(after[0].text) if after and after[0].row <= 0 else None
    return opened.role is Role.GRADING and label is not None


def _is_column(line: Line, key: str, opened: _Open) -> bool:
    """Return whether “Assessment methods” in a table or list is the heading of a column, and none of text."""
    level = opened.heading.level if opened.heading else 0
    return _METHODS.fullmatch(key) is not None and not 0 < line.level <= level


def _is_part_of(line: Line, key: str, after: Sequence[Line], opened: _Open) -> bool:
    """Return whether a marked heading is part of the list that is open: of a lower level, or that of a kind.

    Below grades and themes, names of methods are above tables, and can have the level of their heading.
    """
    if opened.role is Role.KEY_INFORMATION:
        return is_fact_name(line.text)
    if opened.role not in _STRUCTURED or not line.level:
        return False
    level = opened.heading.level if opened.heading else 0
    if opened.role in _OF_KSBS:
        return line.level > level > 0 or _OF_KIND.search(key) is not None
    is_above_table = any(below.cells or _TABLE.match(text_to_title_key(below.text)) for below in after)
    return line.level > level > 0 or (opened.role in _OF_THEMES and is_above_table)


def _is_title(line: Line, below: Sequence[Line]) -> bool:
    """Return whether a line is still one of the titles that a heading announces.

    The first line always is; the lines right below it are, as long as each line has one title.
    """
    return not below or (
        not line.gap
        and all(is_prose_heading(line_below) and not set(",;") & set(line_below.text) for line_below in below)
    )


_STRUCTURED = frozenset(
    (
        Role.DUTY_LIST,
        Role.DUTY_KSBS,
        Role.KSBS,
        Role.GRADING,
        Role.OVERALL_GRADING,
        Role.KSB_MAPPING,
        Role.THEME_MAPPING,
        Role.VERSION_LOG,
        Role.PRODUCTS,
    )
)


_OF_DUTIES = frozenset((Role.DUTY_LIST, Role.DUTY_KSBS))
_ABOVE_CODES = frozenset(
    ("ksbs", "ksb", "knowledge skills and behaviours", "knowledge", "skills", "behaviours")
)
# Duties, and a list of KSBs, can begin in these blocks without a heading.
_BEFORE_BOTH = frozenset((Role.PROSE, Role.JOB_TITLES, Role.KEY_INFORMATION))
_BEFORE_DUTIES = _BEFORE_BOTH | {Role.KSBS}
_BEFORE_KSBS = _BEFORE_BOTH | _OF_DUTIES
_KSB_LETTERS = frozenset(("K", "S", "B", "TK", "TS", "ESB"))
_DUTY = re.compile(rf"[*_]{{0,3}}{DUTY_NUMBER}", re.IGNORECASE)
# How many lines below a heading are looked at to find what it is above.
_LOOKED_AT = 3
_TABLE = re.compile(r"themes?\b|fail\b|pass\b|ksbs grouped|knowledge$|skills?$|assessment methods?$")
_OF_THEMES = frozenset((Role.GRADING, Role.KSB_MAPPING, Role.THEME_MAPPING))
_OF_KSBS = frozenset((Role.DUTY_LIST, Role.DUTY_KSBS, Role.KSBS, Role.VERSION_LOG, Role.PRODUCTS))
# Headings within lists of duties and of KSBs: those of a kind, of an option, of a version.
_OF_KIND = re.compile(r"\b(?:knowledge|skills?|behaviours?|ksbs?|dut(?:y|ies)|options?|core|version)\b")


def lines_to_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Split a document at its headings.

    A block with a table or a list is ended only by a known heading, as names of themes and methods look
    like headings. Prose is ended by any line that looks like a heading. If the file marks its headings, no
    other line is one, apart from known headings, and a list is ended by a heading of its level too.

    Parameters
    ----------
    lines
        The lines of the document.

    Returns
    -------
    tuple of Block
        Every line is in exactly one block, as its heading or below it.
    """
    opened = [_Open(Role.PROSE, None, [])]
    before: Line | None = None
    marked = _Marked(frozenset(text_to_title_key(line.text) for line in lines if line.level))
    for at, line in enumerate(lines):
        role = _opens(line, before, lines[at + 1 : at + 1 + _LOOKED_AT], opened[-1], marked)
        begun = _begins_without_heading(lines[at : at + 4], opened[-1].role)
        if begun:
            opened.append(_Open(begun, None, []))
            role = None
        if role is Role.LICENCE and opened[-1].role in _STRUCTURED:
            # At the end of a page, in a list that goes on below it.
            opened += [_Open(role, line, []), _Open(opened[-1].role, opened[-1].heading, [])]
        elif role:
            opened.append(_Open(role, line, []))
        else:
            opened[-1].lines.append(line)
        before = line
    return _placed(opened)


def _placed(opened: Sequence[_Open]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    part = method = ""
    for role, heading, below in opened:
        key = text_to_title_key(heading.text) if heading else ""
        if _PARTS.fullmatch(key):
            part, method = heading.text if heading else "", ""
            under = ""
        elif role is Role.PROSE and key in _METHOD_SECTIONS and method:
            under = f"{part} > {method}" if part else method
        else:
            under, method = part, heading.text if heading and role is Role.PROSE else ""
        if heading or below:
            blocks.append(Block(role, heading, under, tuple(below)))
    return tuple(blocks)
