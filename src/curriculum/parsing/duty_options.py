"""The number and the option of a duty.

The option is before its number, in brackets behind its wording, in a heading above it, or within its wording.
"""

from __future__ import annotations

import re
from typing import Final

from curriculum.model.text import text_to_squashed, text_to_title_key
from curriculum.model.vocabulary import CORE

__all__ = [
    "DUTY_NUMBER",
    "duty_number_to_code",
    "split_option",
    "text_to_named_option",
    "text_to_option",
    "text_to_option_heading",
]

_NUMBER_WORDS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
# “Duty 7”, “Core duty 7”, “Option 2 duty no. 7”, “Duty #7”, “Duty Seven”; for patterns that ignore capitals.
DUTY_NUMBER: Final = (
    r"(?:(?P<part>core|option(?: (?:\d{1,2}|[A-Z]))?) )?"
    rf"Duty (?:(?:no\.?|number) |# ?)?(?P<number>0*[1-9]\d{{0,4}}(?![^\W_])"
    rf"|(?:{'|'.join(_NUMBER_WORDS)})\b(?!-))"
)
_HEADING = re.compile(r"Option(?: (?:\d+|[A-Z]))?\s*[:–-]\s*(?P<title>\S.*)", re.IGNORECASE)
# “Apply plaster (option: solid).”
_BEHIND = re.compile(
    r"[(\[]\s?option(?: (?:\d{1,2}|[A-Z]))?\s?[:–-]\s?(?P<option>[^()\[\]]{1,80})[)\]](?P<stop>\.?)$",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b[Oo]ptions? \d{1,2}\b|\b[Oo]ption [A-Z]\b|\b[Oo]ptions?:|[(\[][^()\[\]]{1,60} options?(?: only)?[)\]]"
)


def duty_number_to_code(number: str) -> str:
    """Return the code of a duty from its number, in digits or in words.

    Examples
    --------
    >>> duty_number_to_code("07"), duty_number_to_code("Seven")
    ('D7', 'D7')
    """
    word = number.casefold()
    return f"D{_NUMBER_WORDS.index(word) + 1 if word in _NUMBER_WORDS else int(number)}"


def text_to_option(text: str) -> str:
    """Return an option as tables hold it: `core`, or its title as printed.

    Examples
    --------
    >>> text_to_option("Core."), text_to_option("Production coordinator.")
    ('core', 'Production coordinator')
    """
    title = text_to_squashed(text).rstrip(".")
    return CORE if text_to_title_key(title) == CORE else title


def text_to_option_heading(text: str) -> str:
    """Return the option that a heading between duties names; an empty string if it names none.

    Examples
    --------
    >>> text_to_option_heading("Option 2: Dairy"), text_to_option_heading("Option: Beef")
    ('Dairy', 'Beef')
    >>> text_to_option_heading("Options")
    ''
    """
    found = _HEADING.fullmatch(text)
    return found["title"] if found else ""


def split_option(text: str) -> tuple[str, str]:
    """Split the wording of a duty and the option in brackets behind it; the option is empty without one.

    Examples
    --------
    >>> split_option("Milk cows (option: dairy)."), split_option("Milk cows (by hand).")
    (('Milk cows.', 'dairy'), ('Milk cows (by hand).', ''))
    """
    found = _BEHIND.search(text)
    before = text[: found.start()].rstrip() if found else ""
    return (before + found["stop"], text_to_option(found["option"])) if found and before else (text, "")


def text_to_named_option(text: str) -> str:
    """Return the words by which the wording of a duty names an option; an empty string if it names none.

    Examples
    --------
    >>> text_to_named_option("Milk cows. Option 1 only."), text_to_named_option("Offer options to clients")
    ('Option 1', '')
    """
    found = _INSIDE.search(text)
    return found[0] if found else ""
