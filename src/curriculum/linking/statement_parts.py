"""Divide long statements into their parts, which can each have a counterpart of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from curriculum.linking.letter_scores import Scores

__all__ = ["SidesWithParts", "texts_to_parts", "texts_to_sides", "with_parts"]

# Chosen on the six pairs of the fit (docs/linking_measured.md).
_LEAST_WORDS: Final = 18
_LEAST_PART: Final = 4
# In units of the CSLS score: a part is a weaker sign than the whole statement.
_BEHIND_WHOLE: Final = 0.5
_BOUNDARY: Final = re.compile(r"[.;:]\s+|\s[-–—]\s|\be\.g\.,?\s*|\bfor example,?\s*", re.IGNORECASE)


class SidesWithParts(NamedTuple):
    """The statements of two documents, and behind them the parts of the long ones.

    Attributes
    ----------
    old, new
        The texts: first those of the statements, then those of their parts.
    old_wholes, new_wholes
        For each part the position of its statement.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    old_wholes: tuple[int, ...]
    new_wholes: tuple[int, ...]


def texts_to_parts(texts: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return the parts of the long ones among texts, each with the position of its text.

    A text of 18 words and more is divided at the ends of sentences, semicolons, colons, dashes between
    spaces, and examples. Parts of fewer than four words are left out.

    Examples
    --------
    >>> text = "Plan the work of the team - agree dates with clients and suppliers; report on it each month."
    >>> [part for _, part in texts_to_parts([text])]
    ['Plan the work of the team', 'agree dates with clients and suppliers', 'report on it each month.']
    """
    found = []
    for position, text in enumerate(texts):
        if len(text.split()) >= _LEAST_WORDS:
            parts = [part.strip() for part in _BOUNDARY.split(text)]
            found += [(position, part) for part in parts if len(part.split()) >= _LEAST_PART and part != text]
    return tuple(found)


def texts_to_sides(old: Sequence[str], new: Sequence[str]) -> SidesWithParts:
    """Return the statements of two documents with the parts of the long ones."""
    of_old, of_new = texts_to_parts(old), texts_to_parts(new)
    return SidesWithParts(
        (*old, *(part for _, part in of_old)),
        (*new, *(part for _, part in of_new)),
        tuple(position for position, _ in of_old),
        tuple(position for position, _ in of_new),
    )


def with_parts(csls: Scores, sides: SidesWithParts) -> Scores:
    """Return the CSLS score of each pair of statements; a part can raise that of its statement.

    Parameters
    ----------
    csls
        The scores of all pairs of statements and parts, in the order of `SidesWithParts`.
    sides
        The statements with their parts.

    Returns
    -------
    numpy.ndarray
        The scores of the pairs of statements alone.

    Examples
    --------
    >>> sides = SidesWithParts(("a b", "a"), ("a",), (0,), ())
    >>> with_parts(np.array([[1.0], [4.0]]), sides).tolist()
    [[3.5]]
    """
    n_old, n_new = len(sides.old) - len(sides.old_wholes), len(sides.new) - len(sides.new_wholes)
    raised = csls[:n_old, :n_new].copy()
    np.maximum.at(raised, list(sides.old_wholes), csls[n_old:, :n_new] - _BEHIND_WHOLE)
    np.maximum.at(raised.T, list(sides.new_wholes), csls[:n_old, n_new:].T - _BEHIND_WHOLE)
    return raised
