"""The simple scorers that the linker is compared with. Add a function to `SIMPLE_SCORERS` to measure yours.

A scorer is a function from the old and the new texts to a matrix: a row for each old text, a column for each
new one. Higher is more similar, on any scale.
"""

from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import csr_array

from curriculum.linking.letter_scores import texts_to_scores
from curriculum.linking.word_vectors import has_vectors, texts_to_meaning_scores
from curriculum.model.text import text_to_key

Matrix = np.ndarray
ScoreFunction = Callable[[Sequence[str], Sequence[str]], Matrix]
WORDLLAMA, POWER_QUERY = "wordllama", "Power Query default"
# Excel's fuzzy merge proposes the best match from here, if nobody changes it.
POWER_QUERY_THRESHOLD = 0.8


def cdist(scorer: Callable[..., float]) -> ScoreFunction:
    """Return a scorer that compares the keys of all pairs with a scorer of rapidfuzz."""
    return lambda old, new: process.cdist(
        [text_to_key(text) for text in old], [text_to_key(text) for text in new], scorer=scorer
    )


def texts_to_jaccard(old: Sequence[str], new: Sequence[str]) -> Matrix:
    """Return the share of the words of two texts that both have: what Excel's fuzzy merge compares."""
    words = [[set(text_to_key(text).split()) for text in texts] for texts in (old, new)]
    known = {word: at for at, word in enumerate(sorted(set().union(*words[0], *words[1])))}
    first, second = (words_to_matrix(texts, known) for texts in words)
    shared = (first @ second.T).toarray()
    lengths = [np.array([len(text) for text in texts]) for texts in words]
    return shared / np.maximum(lengths[0][:, None] + lengths[1][None, :] - shared, 1)


def words_to_matrix(texts: Sequence[set[str]], known: dict[str, int]) -> csr_array:
    """Return a row for each text with 1 for each of its words."""
    places = [(row, known[word]) for row, words in enumerate(texts) for word in words]
    rows, columns = zip(*places, strict=True) if places else ((), ())
    return csr_array((np.ones(len(places)), (rows, columns)), shape=(len(texts), max(len(known), 1)))


SIMPLE_SCORERS: dict[str, ScoreFunction] = {
    "rapidfuzz ratio": cdist(fuzz.ratio),
    "rapidfuzz token_sort_ratio": cdist(fuzz.token_sort_ratio),
    "rapidfuzz token_set_ratio": cdist(fuzz.token_set_ratio),
    "rapidfuzz WRatio": cdist(fuzz.WRatio),
    "TF-IDF of characters": texts_to_scores,
    WORDLLAMA: texts_to_meaning_scores,
    POWER_QUERY: texts_to_jaccard,
}


def installed_scorers() -> dict[str, ScoreFunction]:
    """Return the simple scorers that can be run here."""
    return {name: scorer for name, scorer in SIMPLE_SCORERS.items() if name != WORDLLAMA or has_vectors()}
