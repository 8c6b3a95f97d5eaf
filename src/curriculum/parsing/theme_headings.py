"""The headings of themes and of grades, as plans of other publishers and reformed plans print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label, text_to_ending_codes, word_to_code
from curriculum.model.text import text_to_title_key
from curriculum.model.vocabulary import GRADES
from curriculum.parsing.headings import heading_to_role
from curriculum.parsing.labelled import KIND_HEADINGS
from curriculum.parsing.lines import Line, is_list_item
from curriculum.parsing.method_cells import is_name_of_method

__all__ = [
    "GradeHeading",
    "ThemeHeading",
    "is_method_name",
    "is_no_criterion",
    "is_theme_column",
    "is_theme_name",
    "line_to_theme",
    "lines_to_theme",
    "text_to_continued",
    "text_to_grade",
    "text_to_method_name",
    "text_to_name_and_codes",
]

_MARKS = "*_` "
# “Theme 1: Tools”, “Grading theme: Tools”, “Assessment outcome 2 – Work safely”, “AO1: Work safely”.
_NUMBERS = r"\d{1,2}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten"
_THEME = re.compile(
    rf"(?:(?:(?:grading|grade|assessment) )?theme(?:\s(?P<theme>{_NUMBERS})\b)?"
    rf"|(?:(?:assessment|learning|performance|apprenticeship) )?outcome\s(?P<outcome>{_NUMBERS})\b"
    r"|AO\s?(?P<ao>\d{1,2})\b)"
    r"(?:(?P<sign>\s*+[:.–—-]++\s*+)|\s++|$)(?P<name>.*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})?[.)]?|[A-Z][.)])\s+(?=\S)")
_GRADES = rf"(?P<grade>{'|'.join(GRADES)})"
_PEOPLE = r"(?:the |an |each )?(?:apprentice|learner|candidate)s?"
_GRADE = re.compile(
    rf"(?:(?:criteria|descriptors?|requirements) (?:for|to achieve) (?:a |an |the )?)?{_GRADES}"
    r"(?: grade| grading| level)?"
    r"(?: criteria| criterion| descriptors?| standards?| requirements?| outcomes?)?"
    rf"(?: {_PEOPLE} (?:must|will|should|can|has to|have to)(?: .{{0,80}})?)?"
)
_TO_ACHIEVE = re.compile(
    rf"(?:in order )?to (?:achieve |gain |be awarded |get |receive )?(?:a |an |the )?{_GRADES}\b.{{0,120}}"
)
_INLINE = re.compile(
    rf"{_GRADES}(?: grading)?(?: criteria| criterion| descriptors?)?\s*+[:–-]\s++(?P<text>\S.*)",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"(?:there (?:is|are) )?no (?:{'|'.join(GRADES)})(?: grade| grading)?"
    r"(?: criteri(?:a|on)| descriptors?)?(?: for this theme| available)?|none|n a|not applicable|no criteria"
)
_LIST_OF_METHODS = re.compile(r"(?:\w+ )?methods\s?:", re.IGNORECASE)
_METHOD_NUMBER = re.compile(
    r"^(?:(?:(?:end[- ]point )?assessment|epa) )?(?:method|component)(?: \d{1,2}\s*[:.–—-]|\s?:)\s*(?=\S)",
    re.IGNORECASE,
)
_THEME_COLUMN = re.compile(
    r"(?:(?:grading|grade|assessment|ksb) )?themes?(?: and ksbs| ksbs)?|(?:assessment |learning )?outcomes?"
)
_CONTINUED = re.compile(
    r"(?P<name>.*\S)\s?(?:[(\[]\s?|[-–—,:]\s?)(?:continued|cont[’']?d|cont)\.{0,3}\s?[)\]]?", re.IGNORECASE
)
_LONGEST_NAME = 14
_CRITERION = re.compile(r"(?:AC|PC|DC|MC|[PMDF])\d{1,3}\b")


class ThemeHeading(NamedTuple):
    """The heading of a theme: its name, and the codes printed after it.

    If it is not named (“Theme 1”), its name is its number. The option is the one in brackets before its name.
    """

    name: str
    codes: tuple[str, ...]
    is_named: bool = True
    option: str = ""


class GradeHeading(NamedTuple):
    """The heading of the criteria of a grade, and the criterion on the same line; empty if there is none."""

    grade: str
    text: str


def text_to_continued(name: str) -> str:
    """Return the name of a theme that goes on from the page before; empty if nothing says that it does.

    Examples
    --------
    >>> text_to_continued("Work safely (continued)"), text_to_continued("Work safely")
    ('Work safely', '')
    """
    found = _CONTINUED.fullmatch(_plain(name))
    return _plain(found["name"]) if found else ""


def line_to_theme(line: Line) -> ThemeHeading | None:
    """Parse the heading of a theme that says so ("Theme 1", "Assessment outcome 2"); else return None.

    Examples
    --------
    >>> line_to_theme(Line(9, "Theme 1: Tools (K1, S2)"))
    ThemeHeading(name='Tools', codes=('K1', 'S2'), is_named=True, option='')
    >>> line_to_theme(Line(9, "Assessment outcome 2 – Work safely")).name
    'Work safely'
    >>> line_to_theme(Line(9, "Theme 1 is assessed by observation")) is None
    True
    """
    found = _THEME.fullmatch(_plain(line.text))
    if not found or not found[0][:1].isupper():
        return None
    number = found["theme"] or found["outcome"] or found["ao"] or ""
    name, codes = text_to_name_and_codes(_plain(found["name"]))
    is_sentence = not found["sign"] and (name[:1].islower() or name.endswith("."))
    if is_sentence or not (number or found["sign"]) or len(name.split()) > 2 * _LONGEST_NAME:
        return None
    printed = _plain(line.text[: len(line.text) - len(found["name"])] if found["name"] else line.text)
    return ThemeHeading(_plain(name) or printed.rstrip(":.–—- "), codes, is_named=bool(name))


def lines_to_theme(lines: Sequence[Line], at: int) -> ThemeHeading | None:
    """Parse a heading that is known as a theme by what is below it: its codes, and criteria of a grade.

    Parameters
    ----------
    lines
        The lines of the document.
    at
        The place of the heading among them.

    Examples
    --------
    >>> below = [Line(1, "1. Digital tools K1 S1"), Line(2, "Pass"), Line(3, "Uses a tool. (K1, S1)")]
    >>> lines_to_theme(below, 0)
    ThemeHeading(name='Digital tools', codes=('K1', 'S1'), is_named=True, option='')
    """
    line = lines[at]
    text = _plain(line.text)
    is_criterion = _CRITERION.match(text) is not None or text_to_grade(line.text) is not None
    is_other = line.cells or is_list_item(line) or line_to_codes(text) or is_criterion
    if is_other or not _is_title(text):
        return None
    number = _NUMBER.match(text)
    name, codes = text_to_name_and_codes(text[number.end() :] if number else text)
    # Criteria begin with the lowest grade: above “Distinction” a line with codes is the last for a pass.
    below = at + 1
    if text_to_title_key("".join(line.text for line in lines[below : below + 1])) in KIND_HEADINGS:
        below += 1
    first = below
    while below < len(lines) and line_to_codes(lines[below].text) and not lines[below].row:
        below += 1
    grade = text_to_grade(lines[below].text) if below < len(lines) else None
    is_above_grade = grade is not None and grade.grade in GRADES[:2]
    is_name = bool(name) and not name.endswith(".")
    if not is_above_grade or not (codes or below > first) or not is_name:
        return None
    return ThemeHeading(_plain(name), codes)


def text_to_grade(text: str) -> GradeHeading | None:
    """Parse the heading of the criteria of a grade; return None if it is none.

    Examples
    --------
    >>> text_to_grade("**Pass criteria:**")
    GradeHeading(grade='pass', text='')
    >>> text_to_grade("To achieve a distinction, apprentices must also:").grade
    'distinction'
    >>> text_to_grade("Pass: Describes how tools are chosen. (K1)").text
    'Describes how tools are chosen. (K1)'
    >>> text_to_grade("Pass the tool to a colleague.") is None
    True
    """
    plain, key = _plain(text), text_to_title_key(text)
    found = _GRADE.fullmatch(key) or (plain.endswith(":") and _TO_ACHIEVE.fullmatch(key)) or None
    if found:
        return GradeHeading(found["grade"], "")
    inline = _INLINE.fullmatch(plain)
    return GradeHeading(inline["grade"].casefold(), _plain(inline["text"])) if inline else None


def is_no_criterion(line: Line) -> bool:
    """Return whether a line says that there is no criterion.

    Examples
    --------
    >>> is_no_criterion(Line(9, "There are no distinction criteria.")), is_no_criterion(Line(9, "No tools."))
    (True, False)
    """
    return _NONE.fullmatch(text_to_title_key(line.text)) is not None or line.text.strip() in {"-", "–"}


def is_method_name(line: Line) -> bool:
    """Return whether a line alone is the name of an assessment method.

    Examples
    --------
    >>> is_method_name(Line(9, "Professional discussion underpinned by a portfolio of evidence"))
    True
    >>> is_method_name(Line(9, "Assessment methods: practical test; knowledge test"))
    False
    """
    text = _plain(line.text)
    is_named = _METHOD_NUMBER.match(text) is not None or is_name_of_method(text)
    is_list = ";" in text or _LIST_OF_METHODS.match(text) is not None
    return _is_title(text) and not line.cells and is_named and not is_list


def text_to_method_name(text: str) -> str:
    """Return the name of an assessment method without the words and the number before it.

    Examples
    --------
    >>> text_to_method_name("Assessment method 1: Observation with questions")
    'Observation with questions'
    >>> text_to_method_name("Assessment method: Visit to a farm")
    'Visit to a farm'
    """
    return _METHOD_NUMBER.sub("", _plain(text))


def is_theme_name(line: Line) -> bool:
    """Return whether a line below “Theme 1” can be its name.

    Examples
    --------
    >>> is_theme_name(Line(9, "Work safely")), is_theme_name(Line(9, "K1 S1")), is_theme_name(Line(9, "Pass"))
    (True, False, False)
    """
    text = _plain(line.text)
    has_codes = bool(line_to_codes(text)) or line_to_label(text) is not None
    return _is_title(text) and not line.cells and not is_list_item(line) and not has_codes


def is_theme_column(heading: str) -> bool:
    """Return whether the heading of a column announces themes, or outcomes.

    Examples
    --------
    >>> is_theme_column("Theme (KSBs)"), is_theme_column("KSBs")
    (True, False)
    """
    return _THEME_COLUMN.fullmatch(text_to_title_key(heading)) is not None


def _plain(text: str) -> str:
    return text.strip(_MARKS)


def _is_title(text: str) -> bool:
    """Return whether a text can be a heading that no list of headings knows."""
    key = text_to_title_key(text)
    return (
        0 < len(text.split()) <= _LONGEST_NAME
        and not text.endswith((".", ";", ","))
        and key not in KIND_HEADINGS
        and heading_to_role(text) is None
        and _GRADE.fullmatch(key) is None
    )


def text_to_name_and_codes(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name and the codes printed after it, in brackets or not.

    Examples
    --------
    >>> text_to_name_and_codes("Digital technologies K1 S1, B2")
    ('Digital technologies', ('K1', 'S1', 'B2'))
    >>> text_to_name_and_codes("Rules for K9 trainers")
    ('Rules for K9 trainers', ())
    """
    name, codes = text_to_ending_codes(text)
    if codes:
        return name.rstrip(" :–—-"), codes
    words = text.split()
    first = len(words)
    while first and word_to_code(words[first - 1].strip(",;&()")):
        first -= 1
    codes = line_to_codes(" ".join(words[first:]))
    return (" ".join(words[:first]).rstrip(" :–—-("), codes) if codes else (text.rstrip(" :"), ())
