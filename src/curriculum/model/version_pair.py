"""Define a pair of versions with its wordings, and read the codes that people write for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, find_codes

__all__ = ["VersionPair", "text_to_known_codes"]


class VersionPair(NamedTuple):
    """Two versions: their ids, the wordings of statements and duties by code, and the ids of their duties."""

    old: str
    new: str
    wordings: Mapping[str, str]
    new_wordings: Mapping[str, str]
    duties: frozenset[str] = frozenset()

    def old_id(self, code: str) -> str:
        """Return the id of an old statement; without a code, `sssom:NoTermFound`."""
        return f"{self.old}:{code}" if code else v.NO_TERM_FOUND

    def new_id(self, code: str) -> str:
        """Return the id of a new statement; without a code, `sssom:NoTermFound`."""
        return f"{self.new}:{code}" if code else v.NO_TERM_FOUND


def text_to_known_codes(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the distinct codes of a cell that must hold nothing else; an empty tuple if it holds more.

    Examples
    --------
    >>> text_to_known_codes("K4 & S7", ["K4", "S7"]), text_to_known_codes("K4, perhaps", ["K4"])
    (('K4', 'S7'), ())
    """
    found = find_codes(text, known=known)
    # The author of "K4 or K5" has not decided.
    is_plain = all(code.form == LIST and code.is_sure for code in found) and " or " not in text.casefold()
    return tuple(dict.fromkeys(code.code for code in found)) if is_plain else ()
