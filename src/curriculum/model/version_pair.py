"""Two versions and their wordings; codes as people write them, held against these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, find_codes

__all__ = ["VersionPair", "text_to_known_codes"]


class VersionPair(NamedTuple):
    """The two versions: ids, wordings of statements and duties by code, and the ids of their duties."""

    old: str
    new: str
    wordings: Mapping[str, str]
    new_wordings: Mapping[str, str]
    duties: frozenset[str] = frozenset()

    def old_id(self, code: str) -> str:
        """Return the id of an old statement; without a code there is none."""
        return f"{self.old}:{code}" if code else v.NO_TERM_FOUND

    def new_id(self, code: str) -> str:
        """Return the id of a new statement; without a code there is none."""
        return f"{self.new}:{code}" if code else v.NO_TERM_FOUND


def text_to_known_codes(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the codes of a cell that must hold nothing else, each once; nothing if it holds more.

    Examples
    --------
    >>> text_to_known_codes("K4 & S7", ["K4", "S7"]), text_to_known_codes("K4, perhaps", ["K4"])
    (('K4', 'S7'), ())
    """
    found = find_codes(text, known=known)
    # Who writes "K4 or K5" has not decided.
    is_plain = all(one.form == LIST and one.is_sure for one in found) and " or " not in text.casefold()
    return tuple(dict.fromkeys(one.code for one in found)) if is_plain else ()
