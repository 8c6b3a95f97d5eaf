"""The headers of a sheet: which column has a header, and which kind a header names ("Ks", "Skills (S)")."""

from __future__ import annotations

import re
from typing import Final

from curriculum.model.text import text_to_squashed
from curriculum.spreadsheets.tracker import Sheet, letters_to_column

__all__ = [
    "header_to_column",
    "header_to_letters",
    "headers_to_columns",
    "name_to_columns",
    "name_to_letters",
    "names_codes",
    "names_remarks",
    "names_something_else",
]

_CODE_HEADER: Final = re.compile(
    r"\b(?:ksbs?|knowledge|skills?|behaviou?rs?|criteri(?:a|on)|codes?|mapp(?:ed|ing)|dut(?:y|ies)|outcomes?|"
    r"standards?|statements?|k|s|b)\b",
    re.IGNORECASE,
)
_FALSE_FRIEND_HEADER: Final = re.compile(
    r"\b(?:rooms?|post ?codes?|buckets?|seats?|bays?|lockers?|locations?|venues?|studios?|grades?|desks?|"
    r"cells?|vitamins?|sessions?|scenes?|takes?|shots?|blocks?|weeks?|days?|address|bus|drive|shelf|slots?|phone|e-?mail|version|episodes?|series|semester|size)\b",
    re.IGNORECASE,
)
# A column of remarks, in which a code at the end of a text is talked about: "ask Ann about K2".
_REMARK_HEADER: Final = re.compile(
    r"\b(?:notes?|comments?|remarks?|feedback|observations?|reflections?|actions?|next steps?)\b",
    re.IGNORECASE,
)
_LETTERS: Final = {
    **dict.fromkeys(("k", "ks", "knowledge"), "K"),
    **dict.fromkeys(("s", "ss", "skill", "skills"), "S"),
    **dict.fromkeys(("b", "bs", "behaviour", "behaviours", "behavior", "behaviors"), "B"),
    **dict.fromkeys(("d", "ds", "duty", "duties"), "D"),
    **dict.fromkeys(("tk", "tks"), "TK"),
    "ts": "TS",
    **dict.fromkeys(("esb", "esbs"), "ESB"),
    "p": "P",
}
_PHRASES: Final = {
    "performance criterion": "P",
    "performance criteria": "P",
    "technical knowledge": "TK",
    "technical skills": "TS",
    "employability skills and behaviours": "ESB",
}
# Words in a header that do not change the kind that it names.
_BESIDE: Final = frozenset(
    [
        *("ksb", "ksbs", "statement", "statements", "criteria", "criterion", "code", "codes", "no", "nos"),
        *("number", "numbers", "num", "nr", "ref", "refs", "reference", "references", "covered", "mapped"),
        *("mapping", "addressed", "linked", "links", "hit", "met", "evidenced", "the", "of", "and"),
    ]
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 40


def header_to_letters(header: str) -> str:
    """Return the letters of the kind that a header names; empty if it names none, or several.

    Examples
    --------
    >>> header_to_letters("Knowledge (K)"), header_to_letters("Skills covered"), header_to_letters("KSBs")
    ('K', 'S', '')
    >>> header_to_letters("Knowledge score")
    ''
    """
    if len(header) > _LONGEST or any(map(str.isdigit, header)):
        return ""
    words = [word.casefold() for word in _WORD.findall(header)]
    phrase = _PHRASES.get(" ".join(words))
    if phrase:
        return phrase
    kinds = {_LETTERS[word] for word in words if word in _LETTERS}
    is_plain = all(word in _LETTERS or word in _BESIDE for word in words)
    return kinds.pop() if len(kinds) == 1 and is_plain else ""


def name_to_letters(text: str) -> str:
    """Return the letters of a text that is only the name of a kind, as above a block of its codes.

    Examples
    --------
    >>> name_to_letters("Knowledge"), name_to_letters("All knowledge")
    ('K', '')
    """
    if len(text) > _LONGEST or any(map(str.isdigit, text)):
        return ""
    words = [word.casefold() for word in _WORD.findall(text)]
    return _PHRASES.get(" ".join(words), "") or (_LETTERS.get(words[0], "") if len(words) == 1 else "")


def header_to_column(sheet: Sheet, header_row: int, name: str) -> int:
    """Return the column with a header, 0 if there is none; case and spaces do not matter."""
    return next(iter(headers_to_columns(sheet, header_row, name)), 0)


def headers_to_columns(sheet: Sheet, header_row: int, name: str) -> tuple[int, ...]:
    """Return the columns with a header; case and spaces do not matter."""
    wanted = text_to_squashed(name).casefold()
    headers = sheet.rows.get(header_row, {})
    return tuple(at for at, cell in headers.items() if text_to_squashed(cell.text).casefold() == wanted)


def name_to_columns(sheet: Sheet, header_row: int, name: str) -> tuple[int, ...]:
    """Return the columns that a name means: all with that header, or else the column with those letters."""
    column = letters_to_column(name.strip().upper())
    lettered = (column,) if 0 < column <= sheet.last_column else ()
    return headers_to_columns(sheet, header_row, name) or lettered


def names_codes(header: str) -> bool:
    """Return whether a header is evidence for codes below it: "KSBs", "Mapping", "Ks"."""
    return bool(_CODE_HEADER.search(header) or header_to_letters(header))


def names_something_else(header: str) -> bool:
    """Return whether values below a header only look like codes: "Room", "Post code"."""
    return bool(_FALSE_FRIEND_HEADER.search(header)) and not names_codes(header)


def names_remarks(header: str) -> bool:
    """Return whether a header names remarks: "Notes", "Assessor comments"."""
    return bool(_REMARK_HEADER.search(header)) and not names_codes(header)
