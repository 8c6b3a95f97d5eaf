"""Check ids against the ids that exist, and name the one that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby

from curriculum.errors import CurriculumError, NotFound, raise_faults

__all__ = ["check_known", "codes_to_runs", "name_to_nearest"]

_CODE = re.compile(r"([^\W\d_]+)([0-9]{1,9})", re.ASCII)
_MOST_NAMED = 20


def check_known(
    asked: Iterable[object],
    known: Collection[str],
    what: str = "document",
    error: type[CurriculumError] = NotFound,
    expected: str = "",
) -> None:
    """Refuse ids that do not exist; all of them are named at once.

    Parameters
    ----------
    asked
        The ids to check.
    known
        The ids that exist.
    what
        What the ids name.
    error
        The error to raise.
    expected
        What was expected; by default the ids that exist.

    Raises
    ------
    CurriculumError
        One for each id, with the ids that exist and the one that was probably meant.

    Examples
    --------
    >>> check_known(["st0792-1.2"], ["st0792-1.0", "st0792-1.2"])
    >>> check_known(["ST0792-1.2 "], ["st0792-1.0", "st0792-1.2"])
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: “ST0792-1.2 ”: no such document; expected one of st0792-1.0, \
st0792-1.2. Did you mean st0792-1.2?
    """
    raise_faults(
        [
            error(
                f"no such {what}",
                where=_shown(name),
                expected=expected or (f"one of {_listed(known)}" if known else f"a {what}; there is none"),
                advice=_advice(name, known),
            )
            for name in dict.fromkeys(asked)
            if name not in known
        ]
    )


def name_to_nearest(asked_name: object, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the ids that a person may have meant, the most similar first.

    Capitals and white space around a name make no difference.

    Examples
    --------
    >>> name_to_nearest("ST0792-1.2 ", ["st0792-1.0", "st0792-1.2"])
    ['st0792-1.2']
    >>> name_to_nearest("st0792-1.1", ["draft-2019", "st0792-1.0"])
    ['st0792-1.0']
    """
    folded = {name.strip().casefold(): name for name in known}
    asked = str(asked_name).strip().casefold()
    if asked in folded:
        return [folded[asked]]
    return [folded[key] for key in get_close_matches(asked, folded, n=count)]


def codes_to_runs(codes: Iterable[str]) -> str:
    """Return codes in short form: consecutive codes by their first and last.

    Examples
    --------
    >>> codes_to_runs(["K1", "K2", "K3", "K5", "S1", "1.2.3"])
    'K1 to K3, K5, S1, 1.2.3'
    """
    return _listed([run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in _runs(codes)])


def _runs(codes: Iterable[str]) -> Iterator[list[str]]:
    """Yield runs of consecutive codes: the same letters, with numbers that go up by one."""
    parts = [(code, _CODE.fullmatch(code)) for code in codes]
    keyed = [
        (code, (found[1], int(found[2]) - place) if found else (code, place))
        for place, (code, found) in enumerate(parts)
    ]
    for _, group in groupby(keyed, key=lambda pair: pair[1]):
        yield [code for code, _ in group]


def _listed(names: Collection[str]) -> str:
    shown = ", ".join(list(names)[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _shown(name: object) -> str:
    """Return a name in quotes, so that white space around it can be seen."""
    return f"“{name}”" if isinstance(name, str) and name.isprintable() else repr(name)


def _advice(name: object, known: Iterable[str]) -> str:
    near = name_to_nearest(name, known)
    return f"Did you mean {' or '.join(near)}?" if near else "Check the spelling."
