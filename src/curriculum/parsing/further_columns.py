"""The columns of a table that are beside statements and duties: their cells are kept as details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.rows import Detail, Finding

__all__ = [
    "FURTHER_COLUMNS",
    "OPTION_COLUMN",
    "further_findings",
    "is_duty_heading",
    "is_duty_list",
    "is_option_column",
]

_DUTY_HEADING = re.compile(r"(?:core |option |occupation(?:al)? )*dut(?:y|ies)(?: .*)?")
# The heading of a column that is of one duty, as in a grid of duties and KSBs.
_ONE_DUTY = re.compile(r"(?:duty|d) ?\d")
_BETWEEN_DUTIES = re.compile(r"[\s,;&/–-]+")
_DUTY_NUMBER = re.compile(r"(?P<sign>d|duty)?\d{1,3}[.:]?")
_DUTY_WORDS = frozenset(("duty", "duties"))
_JOINING_WORDS = frozenset(("", "and", "to"))
# The section of their details.
FURTHER_COLUMNS = "further columns"
OPTION_COLUMN = re.compile(
    r"(?:core )?(?:and |or )?options?(?: (?:name|title))?|options? (?:and|or) core|pathway|specialism"
)
# A column without a heading is named by its place.
_UNNAMED = re.compile(r"column \d+")


def is_duty_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds duties; one duty as a heading does not.

    Examples
    --------
    >>> is_duty_heading("Duty"), is_duty_heading("Core duties"), is_duty_heading("Duty 1")
    (True, True, False)
    """
    key = text_to_title_key(text.replace("_", " "))
    return _DUTY_HEADING.fullmatch(key) is not None and not _ONE_DUTY.match(key)


def is_duty_list(text: str, are_numbers: bool = False) -> bool:
    """Return whether a text is a list of the codes of duties, without their wordings.

    Parameters
    ----------
    text
        The text of a cell.
    are_numbers
        Whether numbers alone are codes too, as below the heading “Duties”.

    Examples
    --------
    >>> is_duty_list("D1, D2"), is_duty_list("Duties 1 and 3"), is_duty_list("Duty 1 Mix"), is_duty_list("7")
    (True, True, False, False)
    """
    words = [word for word in _BETWEEN_DUTIES.split(text.casefold()) if word not in _JOINING_WORDS]
    numbers = [_DUTY_NUMBER.fullmatch(word) for word in words if word not in _DUTY_WORDS]
    is_named = len(numbers) < len(words) or any(found and found["sign"] for found in numbers)
    return bool(numbers) and all(numbers) and (are_numbers or is_named)


def is_option_column(heading: str) -> bool:
    """Return whether the heading of a column says that it holds the options of statements.

    Examples
    --------
    >>> is_option_column("Core or option"), is_option_column("Statement")
    (True, False)
    """
    return OPTION_COLUMN.fullmatch(text_to_title_key(heading)) is not None


def further_findings(details: Sequence[Detail]) -> Iterator[Finding]:
    """Yield a finding that names the further columns of a table; none if it has no cells in them.

    Parameters
    ----------
    details
        The cells, named by their statement or duty and their column: “K1: Unit 2”.

    Examples
    --------
    >>> print(*(row.message for row in further_findings([Detail("", "K1: Unit 2", "x", 4, 4)])))
    1 cell of the column “Unit 2” is kept as a detail, and is in no wording
    """
    if not details:
        return
    names = dict.fromkeys(detail.name.partition(": ")[2] for detail in details)
    unnamed = [name for name in names if _UNNAMED.fullmatch(name)]
    shown = [f"“{text_to_shortened(name, 40)}”" for name in names if name not in unnamed]
    named = [f"the column{'s' if len(shown) > 1 else ''} {names_to_phrase(shown)}"] if shown else []
    columns = names_to_phrase([*named, *unnamed])
    message = (
        f"1 cell of {columns} is kept as a detail, and is in no wording"
        if len(details) == 1
        else f"{len(details)} cells of {columns} are kept as details, and are in no wording"
    )
    yield Finding("further-column", min(detail.first_line for detail in details), "note", message)
