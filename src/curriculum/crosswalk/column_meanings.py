"""Say what the columns of a crosswalk mean, for the people who read it as a workbook or as a page."""

from __future__ import annotations

from typing import Final

from curriculum.model.plain_words import RELATION_MEANINGS, RELATION_WORDS

__all__ = ["COLUMN_MEANINGS"]

# The headings, each with its meaning.
COLUMN_MEANINGS: Final = (
    (
        "relation",
        " ".join(f"{word}: {RELATION_MEANINGS[word]} ({term})." for term, word in RELATION_WORDS.items())
        + " The term of the data files is in brackets.",
    ),
    (
        "no code",
        "Without a link: no counterpart found, withdrawn (a reviewer says so), or new (no old code).",
    ),
    (
        "confidence",
        "0 to 1: how likely the link is right; for a statement without a link, how likely it has no "
        "counterpart. Look at the lowest first.",
    ),
    (
        "look needed",
        "no: a reviewer decided; or the same words, apart from small differences, once in both versions; or "
        "a confidence of at least 0.95, far above all others, a similarity of at least one half, nothing "
        "under caution, and not between knowledge and a skill or a behaviour. yes: a person "
        "must look. (In the data files this is the column band: accept or review.)",
    ),
    (
        "change",
        "narrowed, widened: items of a list were removed or added, and nothing else changed. merged, split: "
        "several old statements became one, or one became several.",
    ),
    (
        "caution",
        "Small differences that may reverse the meaning: a number, a negation, an opposite.",
    ),
    (
        "level of responsibility",
        "raised or lowered: by verbs of four levels: follow, help, do the work, be responsible for others.",
    ),
)
