"""The labels of a NOS unit, each with a test for its value: who developed it, its version, its scope."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_title_key
from curriculum.parsing.lines import Line

__all__ = ["LABELS", "TITLES", "Label", "is_fact", "key_to_label", "line_to_label", "split_label"]

Form = Callable[[str], bool]


def _is_date(value: str) -> bool:
    return text_to_iso_date(value) != ""


def _is_soc_code(value: str) -> bool:
    return re.fullmatch(r"\d{3,4}(?:[/,; ]+\d{3,4})*", value) is not None


def _is_version_number(value: str) -> bool:
    return re.fullmatch(r"v?\d+(?:\.\d+)*", value, re.IGNORECASE) is not None


def _is_number_of_unit(value: str) -> bool:
    """Return whether a value can be the numbers of units: short words with a digit among them."""
    is_short = all(len(word) <= _LONGEST_WORD for word in value.split())
    return is_short and any(map(str.isdigit, value))


def _is_any(value: str) -> bool:
    return value != ""


_LONGEST_WORD = 20
_LONGEST_LABEL = 100
_MOST_LINES = 3
TITLES: Final = ("nos title", "unit title", "standard title", "title", "title of unit")
# Facts about a unit. If no value is printed below a label, the next line fails its test.
_FACTS: Final[dict[str, Form]] = {
    **dict.fromkeys(("developed by", "validity", "status", "originating organisation"), _is_any),
    **dict.fromkeys(("relevant occupations", "occupations", "suite", "suites", "keywords"), _is_any),
    **dict.fromkeys(("key words", "nos category", "business sectors suites", "sector", "ssc"), _is_any),
    **dict.fromkeys(TITLES, _is_any),
    **dict.fromkeys(("version number", "version", "version no", "level"), _is_version_number),
    **dict.fromkeys(("date approved", "approved on", "date of approval", "indicative review date"), _is_date),
    **dict.fromkeys(("review date", "date of last review", "next review date"), _is_date),
    **dict.fromkeys(
        ("original urn", "urn", "unit number", "unit reference", "unit code"), _is_number_of_unit
    ),
    **dict.fromkeys(("nos reference", "reference number", "reference"), _is_number_of_unit),
    **dict.fromkeys(("soc code", "soc codes"), _is_soc_code),
}
_SECTIONS: Final[dict[str, Form]] = dict.fromkeys(
    (
        *("scope performance", "scope knowledge", "scope", "range", "range statement", "range statements"),
        *("glossary", "glossary of terms", "definitions", "terminology", "key words and phrases"),
        *(
            "links to other nos",
            "links to other units",
            "links to other standards",
            "links",
            "external links",
        ),
        *("additional information", "additional guidance", "notes", "evidence requirements"),
        *("behaviours", "skills", "values", "core values", "values and behaviours", "specific skills"),
        *("generic skills", "attitudes and behaviours", "skills and behaviours", "attitudes"),
        *("behaviours which underpin effective performance", "links to the knowledge and skills framework"),
    ),
    _is_any,
)
LABELS: Final = {**_FACTS, **_SECTIONS}
_SCOPE = re.compile(
    r"scope(?: of)?(?: range)?(?: (?:range|relat(?:ed|ing) to|for|of|performance|knowledge|criteria|and|the"
    r"|understanding|statements?)){0,8}"
)
# These begin the labels at the end of a unit where only a space is between a label and its value.
_SURE: Final = ("developed by", "version number", "date approved", "indicative review date", "original urn")
# These have a number as their value, so that they can be one word.
_SHORT: Final = frozenset(("urn", "version", "level"))
_ONE_WORD: Final = frozenset(("validity", "status", "suite", "suites", "keywords"))
# Their values can begin in lower case.
_IN_LOWER_CASE: Final = frozenset(("keywords", "key words"))
_COLON = re.compile(r"(?P<name>[^:]{1,100}):\s+(?P<value>\S.*)")


class Label(NamedTuple):
    """A label: its key, how many lines it has, and the test for its value."""

    key: str
    n_lines: int
    form: Form

    @property
    def takes_any(self) -> bool:
        """Whether any text can be its value."""
        return self.form is _is_any


def is_fact(key: str) -> bool:
    """Return whether a label is that of a fact, and not that of a part such as the glossary."""
    return key in _FACTS or _key_to_form(key) is None


def _key_to_form(key: str) -> Form | None:
    return LABELS.get(key) or (_is_any if _SCOPE.fullmatch(key) else None)


def key_to_label(key: str) -> Label:
    """Return the label with these words; any value is one of a label that is not known."""
    return Label(key, 1, _key_to_form(key) or _is_any)


def line_to_label(line: Line, after: Sequence[Line]) -> Label | None:
    """Return the label that a line is, with the lines on which it goes on; None if it is none.

    Examples
    --------
    >>> found = line_to_label(Line(7, "Relevant"), [Line(8, "Occupations"), Line(9, "Bakers")])
    >>> (found.key, found.n_lines) if found else None
    ('relevant occupations', 2)
    """
    words, found = "", None
    for n, part in enumerate((line, *after[: _MOST_LINES - 1]), start=1):
        if len(part.text) > _LONGEST_LABEL:
            break
        words = f"{words} {text_to_title_key(part.text)}".strip()
        form = _key_to_form(words)
        found = Label(words, n, form) if form else found
    return found


def split_label(
    line: Line, *, is_below_label: bool, is_below_value: bool = False
) -> tuple[Line, Line] | None:
    """Return the label and the value of a line as two lines (“Status: Original”); None if it has no label.

    Parameters
    ----------
    line
        The line.
    is_below_label
        Whether it is below another label: then the sign between label and value can be missing.
    is_below_value
        Whether that label has its value already: then the label can be one word.

    Examples
    --------
    >>> name, value = split_label(Line(7, "Version Number 2"), is_below_label=False) or ("", "")
    >>> name.text, value.text
    ('Version Number', '2')
    """
    found = _COLON.fullmatch(line.text)
    if found:
        is_known = text_to_title_key(found["name"]) in _FACTS
        return (line._replace(text=found["name"]), line._replace(text=found["value"])) if is_known else None
    if not line.text[0].isupper():
        return None
    words = line.text.split()
    for n in range(min(4, len(words) - 1), 0, -1):
        name, value = " ".join(words[:n]), " ".join(words[n:])
        key = text_to_title_key(name)
        can_be_short = key in _SHORT or (is_below_value and key in _ONE_WORD)
        is_label = key in _SURE or (is_below_label and key in _FACTS and (n > 1 or can_be_short))
        if is_label and _FACTS[key](value) and (not value[0].islower() or key in _IN_LOWER_CASE):
            return line._replace(text=name), line._replace(text=value)
    return None
