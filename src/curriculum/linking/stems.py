"""Reduce words to their stems, so that a thesaurus treats "schedules" and "scheduling" as one verb."""

from __future__ import annotations

from functools import lru_cache

from curriculum.model.text import text_to_key

__all__ = ["text_to_stems", "word_to_stem"]


@lru_cache(maxsize=1 << 15)
def word_to_stem(word: str) -> str:
    """Return the stem of an English word (Porter, 2001: Snowball).

    Examples
    --------
    >>> word_to_stem("scheduling"), word_to_stem("schedules")
    ('schedul', 'schedul')
    """
    # Imported here, because only linking needs it. A new stemmer for each word: stemmers are not thread-safe.
    try:
        from Stemmer import Stemmer
    except ImportError:
        # A browser has no compiled stemmer. This one is made from the same rules.
        from snowballstemmer.english_stemmer import EnglishStemmer

        return str(EnglishStemmer().stemWord(word))
    return str(Stemmer("english", 0).stemWord(word))


@lru_cache(maxsize=1 << 14)
def text_to_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, without editorial marks.

    Examples
    --------
    >>> text_to_stems("Co-ordinate the visits.")
    ('coordin', 'the', 'visit')
    """
    return tuple(map(word_to_stem, text_to_key(text).split()))
