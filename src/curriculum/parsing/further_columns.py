"""The columns of a table that are beside statements and duties: their cells are kept as details."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.rows import Detail, Finding

__all__ = ["FURTHER_COLUMNS", "further_findings", "is_duty_heading", "is_duty_list"]

_DUTY_HEADING = re.compile(r"(?:core |option |occupation(?:al)? )*dut(?:y|ies)(?: .*)?")
_BETWEEN_DUTIES = re.compile(r"[\s,;&/–-]+")
_DUTY_NUMBER = re.compile(r"(?P<sign>d|duty)?\d{1,3}[.:]?")
_DUTY_WORDS = frozenset(("duty", "duties"))
_JOINING_WORDS = frozenset(("", "and", "to"))
# Codes of criteria for a distinction are D1, D2 too.
_CRITERIA_HEADING = re.compile(r"\b(?:distinctions?|criteria|criterion|grades?|grading)\b")
_DUTY_CODE = re.compile(r"D\d+")

# The section of their details.
FURTHER_COLUMNS = "further columns"
# A column without a heading is named by its place.
_UNNAMED = re.compile(r"column \d+")


def is_duty_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds duties.

    Examples
    --------
    >>> is_duty_heading("Duty"), is_duty_heading("Core duties"), is_duty_heading("KSBs")
    (True, True, False)
    """
    return _DUTY_HEADING.fullmatch(text_to_title_key(text.replace("_", " "))) is not None


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
    of_duties = [detail for detail in details if _names_duties(detail)]
    if of_duties:
        names = dict.fromkeys(detail.name.partition(": ")[2] for detail in of_duties)
        listed = names_to_phrase(f"“{name}”" for name in names)
        is_one = len(names) == 1
        subject = f"the column{'' if is_one else 's'} {listed} beside KSBs name{'s' if is_one else ''}"
        yield Finding(
            "not-in-a-table",
            of_duties[0].first_line,
            "error",
            f"{subject} duties: no duty and no pair is read from it",
        )


def _names_duties(detail: Detail) -> bool:
    """Return whether a cell beside a statement names duties, so that a pair of both is lost."""
    owner, _, column = detail.name.partition(": ")
    is_list = is_duty_list(detail.value) and not _CRITERIA_HEADING.search(text_to_title_key(column))
    return not _DUTY_CODE.fullmatch(owner) and (is_duty_heading(column) or is_list)
