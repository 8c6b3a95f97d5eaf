"""Put the statements of a document into the order of their kinds, and infer the kinds of other codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from curriculum.model import vocabulary as v

__all__ = ["are_ksbs", "kinds_to_inferred", "kinds_to_order"]

_KNOWLEDGE, _SKILL, _BEHAVIOUR = (v.KIND_OF_LETTERS[letters] for letters in ("K", "S", "B"))
_ORDER: Final = {
    _KNOWLEDGE: 0,
    v.KIND_OF_LETTERS["TK"]: 0,
    _SKILL: 1,
    v.KIND_OF_LETTERS["TS"]: 1,
    _BEHAVIOUR: 2,
    v.KIND_OF_LETTERS["ESB"]: 2,
}
# The words that statements of knowledge begin with; skills begin with a verb.
_OF_KNOWLEDGE: Final = re.compile(
    r"(?:how|the|what|when|where|why|who|principles?|concepts?|types?|roles?|awareness|understand\w*|knowledge"
    r"|current|different|key)\b",
    re.IGNORECASE,
)


def are_ksbs(kinds: Sequence[str]) -> bool:
    """Return whether all kinds of a list are those of KSBs.

    Examples
    --------
    >>> are_ksbs(["knowledge", "skill"]), are_ksbs(["knowledge", "performance criterion"])
    (True, False)
    """
    return all(kind in _ORDER for kind in kinds)


def kinds_to_inferred(kinds: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of a list, in which those of codes of other schemes are inferred from the first word.

    They are inferred only in a list of which at least half are KSBs.

    Examples
    --------
    >>> kinds_to_inferred(["skill", "statement", "behaviour"], ["Code", "How teams work", "Honest"])
    ('skill', 'knowledge', 'behaviour')
    >>> kinds_to_inferred(["statement"], ["How teams work"])
    ('statement',)
    """
    known = sum(kind in _ORDER for kind in kinds)
    if known == len(kinds) or 2 * known < len(kinds):
        return tuple(kinds)
    return tuple(
        kind if kind != v.STATEMENT else _KNOWLEDGE if _OF_KNOWLEDGE.match(text) else _SKILL
        for kind, text in zip(kinds, texts, strict=True)
    )


def kinds_to_order(kinds: Sequence[str], inferred: Sequence[str]) -> tuple[int, ...]:
    """Return the positions of the statements of a list in the order knowledge, skills, behaviours.

    Within a kind the order of the list stays; inferred kinds come last. A list with statements of other kinds
    stays as it is.

    Examples
    --------
    >>> kinds_to_order(["skill", "knowledge", "skill"], ["skill", "knowledge", "skill"])
    (1, 0, 2)
    """
    positions = range(len(kinds))
    if not are_ksbs(inferred):
        return tuple(positions)
    return tuple(sorted(positions, key=lambda at: (_ORDER[inferred[at]], kinds[at] == v.STATEMENT)))
