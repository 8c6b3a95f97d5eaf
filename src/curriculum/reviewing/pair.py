"""Two versions and their wordings; codes as people write them, held against these."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from curriculum import vocabulary as v
from curriculum.codes import word_to_code
from curriculum.notation import LIST, find_codes
from curriculum.tables import Tables

__all__ = ["Pair", "code_to_nearest", "tables_to_pair", "text_to_known_codes"]


class Pair(NamedTuple):
    """The two versions: their ids, and the wordings of their statements and duties by code."""

    old: str
    new: str
    wordings: Mapping[str, str]
    new_wordings: Mapping[str, str]

    def old_id(self, code: str) -> str:
        """Give the id of an old statement; without a code there is none."""
        return f"{self.old}:{code}" if code else v.NO_TERM_FOUND

    def new_id(self, code: str) -> str:
        """Give the id of a new statement; without a code there is none."""
        return f"{self.new}:{code}" if code else v.NO_TERM_FOUND


def tables_to_pair(tables: Tables, old: str, new: str) -> Pair:
    """Give two versions with the wordings of their statements and duties."""
    return Pair(old, new, _wordings(tables, old), _wordings(tables, new))


def _wordings(tables: Tables, document_id: str) -> dict[str, str]:
    frames = (tables.statements, tables.duties)
    own = (frame[frame[v.DOCUMENT_ID] == document_id] for frame in frames)
    return {code: text for frame in own for code, text in zip(frame[v.CODE], frame[v.TEXT], strict=True)}


def text_to_known_codes(text: str, known: Collection[str]) -> tuple[str, ...]:
    """Give the codes of a cell that must hold nothing else, each once; nothing if it holds more.

    Examples
    --------
    >>> text_to_known_codes("K4 & S7", ["K4", "S7"]), text_to_known_codes("K4, perhaps", ["K4"])
    (('K4', 'S7'), ())
    """
    found = find_codes(text, known=known)
    # Who writes "K4 or K5" has not decided.
    is_plain = all(one.form == LIST and one.is_sure for one in found) and " or " not in text.casefold()
    return tuple(dict.fromkeys(one.code for one in found)) if is_plain else ()


def code_to_nearest(code: str, known: Collection[str]) -> str:
    """Give the code of a version that is nearest to one that it lacks, or an empty string.

    Examples
    --------
    >>> code_to_nearest("K61", ["K1", "K42", "S40"])
    'K42'
    """
    own = word_to_code(code)
    parsed = {other: word_to_code(other) for other in known}
    same = {other: one for other, one in parsed.items() if one and own and one.letters == own.letters}
    if not own or not same:
        return ""
    return min(same, key=lambda other: (abs(same[other].number - own.number), same[other].number))
