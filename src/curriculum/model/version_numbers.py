"""Compare the numbers of versions: 1.9 is before 1.10, and between 1.0 and 1.2 there is 1.1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

__all__ = [
    "MOST_SKIPPED",
    "numbers_to_skipped",
    "text_to_reference_in_name",
    "text_to_version_in_name",
    "version_to_numbers",
]

_VERSION = re.compile(r"(?:version|ver|v)?[ .]?([0-9]{1,6}(?:\.[0-9]{1,6}){0,3})", re.IGNORECASE)
# In the name of a file: ST0792_v1-2, “ST0792 version 1.2”, v1.2. Two numbers, so that no year is read.
_STANDARD_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:ST|OCC|FA|AU)[0-9]{4}(?![0-9])", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?:(?:ST|OCC|FA|AU)[0-9]{4}[ _-]{0,3}(?:version|ver|v)?|(?<![a-z0-9])(?:version|ver|v))[ _.-]{0,2}"
    r"([0-9]{1,2})[._-]([0-9]{1,2})(?![0-9])",
    re.IGNORECASE,
)
# As many versions as are named between two others.
MOST_SKIPPED = 20


def version_to_numbers(text: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare it with others; empty if it is no version.

    Examples
    --------
    >>> version_to_numbers("1.9") < version_to_numbers("v1.10"), version_to_numbers("2")
    (True, (2, 0))
    >>> version_to_numbers("final"), version_to_numbers("")
    ((), ())
    """
    found = _VERSION.fullmatch(text.strip())
    if not found:
        return ()
    numbers = tuple(map(int, found[1].split(".")))
    return numbers if len(numbers) > 1 else (*numbers, 0)


def text_to_reference_in_name(text: str) -> str:
    """Return the reference of a standard in the name of a file, in capitals; empty if none or several.

    Examples
    --------
    >>> text_to_reference_in_name("st0792_v1-2.docx"), text_to_reference_in_name("ST0792 and ST0793.txt")
    ('ST0792', '')
    """
    found = {name.upper() for name in _STANDARD_NUMBER.findall(text)}
    return found.pop() if len(found) == 1 else ""


def text_to_version_in_name(text: str) -> str:
    """Return the version in the name of a file, behind a reference or the word for it; empty if none.

    Examples
    --------
    >>> text_to_version_in_name("ST0792_v1-2 final.docx"), text_to_version_in_name("ST0792 2024.docx")
    ('1.2', '')
    """
    found = _IN_NAME.search(text)
    return f"{int(found[1])}.{int(found[2])}" if found else ""


def numbers_to_skipped(versions: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each version that the numbers of others leave out, with the versions before and behind it.

    Between 1.3 and 2.0 none is left out, as nobody can tell what the last of a series was. No more than 20
    are named between two versions.

    Examples
    --------
    >>> list(numbers_to_skipped(["1.0", "1.2", "2.1"]))
    [('1.1', '1.0', '1.2'), ('2.0', '1.2', '2.1')]
    """
    numbered = {numbers: text for text in versions if len(numbers := version_to_numbers(text)) == 2}
    for old, new in pairwise(sorted(numbered)):
        first = old[1] + 1 if old[0] == new[0] else 0
        majors = [(major, 0) for major in range(old[0] + 1, new[0])]
        skipped = [*majors, *((new[0], minor) for minor in range(first, min(new[1], first + MOST_SKIPPED)))]
        for major, minor in skipped[:MOST_SKIPPED]:
            yield f"{major}.{minor}", numbered[old], numbered[new]
