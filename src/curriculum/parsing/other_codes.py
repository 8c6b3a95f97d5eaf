"""Codes of other schemes in a code table, alone or among those of KSBs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from curriculum.model.text import names_to_phrase
from curriculum.parsing.code_cells import text_to_lone_code
from curriculum.parsing.rows import Finding

__all__ = ["cells_to_families", "families_finding", "is_of_other_scheme", "read_code_of", "read_other_code"]

# A code of another scheme: 390A, A.1.2, OV2-7.
_OTHER_CODE: Final = re.compile(r"(?=[^\s]*\d)[\w.()/*-]{1,40}")
_LETTERED: Final = re.compile(r"(?P<letters>[A-Z]{1,4})0*[1-9]\d{0,2}")
# A misspelt code is alone; a scheme has several codes with the same letters.
_LEAST_OF_FAMILY: Final = 3


def read_other_code(cell: str) -> str:
    """Return a code of another scheme as it is printed; empty if the cell has none, as it has white space."""
    code = cell.strip()
    return code if _OTHER_CODE.fullmatch(code) else ""


def is_of_other_scheme(cells: Iterable[str]) -> bool:
    """Return whether most codes of a table are not those of KSBs, rather than a few of them misspelt."""
    codes = list(cells)
    ksbs = sum(bool(text_to_lone_code(code)) for code in codes)
    others = sum(bool(read_other_code(code)) and not text_to_lone_code(code) for code in codes)
    return others > ksbs


def cells_to_families(cells: Iterable[str]) -> dict[str, int]:
    """Return the letters of other schemes among codes of KSBs, each with the number of its codes.

    Examples
    --------
    >>> cells_to_families(["K1", "S1", "SE1", "SE2", "SE3", "KK4"])
    {'SE': 3}
    """
    others = [cell.strip() for cell in cells if not text_to_lone_code(cell)]
    found = (_LETTERED.fullmatch(code) for code in dict.fromkeys(others))
    counts = Counter(match["letters"] for match in found if match)
    return {letters: count for letters, count in counts.items() if count >= _LEAST_OF_FAMILY}


def read_code_of(families: Iterable[str], cell: str) -> str:
    """Return the code of a cell: that of a KSB, or one of the families of other codes; else an empty text."""
    code = text_to_lone_code(cell)
    match = _LETTERED.fullmatch(cell.strip())
    return code or (cell.strip() if match and match["letters"] in set(families) else "")


def families_finding(families: dict[str, int], line: int) -> Finding:
    """Return the note on codes of other schemes among those of KSBs."""
    total = sum(families.values())
    letters = names_to_phrase(f"{name}1" for name in families)
    message = (
        f"{total} codes are of another scheme (such as {letters}): their kind is not printed, and "
        "is inferred from their first word where versions are linked"
    )
    return Finding("other-codes", line, "note", message)
