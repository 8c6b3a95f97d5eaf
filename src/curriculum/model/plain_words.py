"""Translate terms of the data to plain words, for screens and sheets; tables keep the terms."""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    "RELATION_MEANINGS",
    "RELATION_WORDS",
    "REVIEW_WORDS",
    "relation_to_word",
    "text_to_plain_words",
    "word_to_relation",
]

_PREFIX: Final = "skos:"
# Whether a row needs review, by its band.
REVIEW_WORDS: Final = {"accept": "no", "review": "yes"}
# The plain word for each SKOS term.
RELATION_WORDS: Final = {
    "exactMatch": "same",
    "closeMatch": "close",
    "broadMatch": "merged",
    "narrowMatch": "split",
    "relatedMatch": "related",
}
RELATION_MEANINGS: Final = {
    "same": "the new one says the same",
    "close": "the new one takes the place of the old one",
    "merged": "the old one went into the new one, which says more",
    "split": "the new one is a part of the old one",
    "related": "neither takes the other's place",
}
_TERM: Final = re.compile(rf"\b(?:{_PREFIX})?({'|'.join(RELATION_WORDS)})\b")
_TERMS: Final = {
    **{word: term for term, word in RELATION_WORDS.items()},
    **{term.casefold(): term for term in RELATION_WORDS},
}


def relation_to_word(relation: str) -> str:
    """Return the plain word for a relation; any other text is returned unchanged.

    Examples
    --------
    >>> relation_to_word("skos:broadMatch"), relation_to_word("closeMatch"), relation_to_word("withdrawn")
    ('merged', 'close', 'withdrawn')
    """
    return RELATION_WORDS.get(relation.removeprefix(_PREFIX), relation)


def word_to_relation(text: str) -> str:
    """Return the SKOS term, without its prefix, for a plain word or a term; any other text unchanged.

    Examples
    --------
    >>> word_to_relation("Merged"), word_to_relation("skos:closematch"), word_to_relation("perhaps")
    ('broadMatch', 'closeMatch', 'perhaps')
    """
    return _TERMS.get(text.strip().casefold().removeprefix(_PREFIX), text)


def text_to_plain_words(text: str) -> str:
    """Return a text in which plain words replace the SKOS terms.

    Examples
    --------
    >>> text_to_plain_words("st0792-1.0:K25  closeMatch 0.98  reworded")
    'st0792-1.0:K25  close 0.98  reworded'
    """
    return _TERM.sub(lambda found: RELATION_WORDS[found[1]], text)
