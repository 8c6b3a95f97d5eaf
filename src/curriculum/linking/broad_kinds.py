"""Compare the kinds of statements, for which standards use several names."""

from __future__ import annotations

from typing import Final

from curriculum.model import vocabulary as v

__all__ = ["is_between_knowing_and_doing", "kind_to_broad_kind"]

# Standards use several names for the same kind.
_BROAD_KINDS: Final = {
    v.KIND_OF_LETTERS["P"]: v.KIND_OF_LETTERS["S"],
    v.KIND_OF_LETTERS["TS"]: v.KIND_OF_LETTERS["S"],
    v.KIND_OF_LETTERS["TK"]: v.KIND_OF_LETTERS["K"],
    v.KIND_OF_LETTERS["ESB"]: v.KIND_OF_LETTERS["B"],
}


def kind_to_broad_kind(kind: str) -> str:
    """Return the broad kind of a kind: knowledge, behaviour, or skill, which includes performance criteria.

    Examples
    --------
    >>> kind_to_broad_kind("performance criterion")
    'skill'
    """
    return _BROAD_KINDS.get(kind, kind)


def is_between_knowing_and_doing(kind: str, other: str) -> bool:
    """Return whether one of two statements is knowledge, and the other a skill or a behaviour.

    To know is not to do, and the words can be the same: "Understand repair processes", "Repair processes".

    Examples
    --------
    >>> is_between_knowing_and_doing("technical knowledge", "skill")
    True
    """
    known = {kind_to_broad_kind(kind), kind_to_broad_kind(other)}
    knowledge, *doing = (v.KIND_OF_LETTERS[letter] for letter in "KSB")
    return knowledge in known and not known.isdisjoint(doing)
