"""Parse dates as English documents print them, in the same way in every locale."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["text_to_iso_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.? (\d{4})")
_NUMBERED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH = re.compile(r"([A-Za-z]{3,9}) (\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def _month(name: str) -> int:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def text_to_iso_date(text: str) -> str:
    """Return a printed date as ISO 8601, or an empty string if the text is not a date.

    A date of numbers only is read as day, month, year, as in English documents. A month without a day
    gives year and month.

    Examples
    --------
    >>> text_to_iso_date("24 August 2020"), text_to_iso_date("02/09/2024"), text_to_iso_date("Not set")
    ('2020-08-24', '2024-09-02', '')
    >>> text_to_iso_date("June 2012")
    '2012-06'
    """
    named, numbered, iso, monthly = (p.fullmatch(text.strip()) for p in (_NAMED, _NUMBERED, _ISO, _MONTH))
    if named:
        day, month, year = int(named[1]), _month(named[2]), int(named[3])
    elif numbered:
        day, month, year = int(numbered[1]), int(numbered[2]), int(numbered[3])
    elif monthly and _month(monthly[1]):
        return f"{monthly[2]}-{_month(monthly[1]):02d}"
    elif iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
