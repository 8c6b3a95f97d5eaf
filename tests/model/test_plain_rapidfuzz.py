"""Rapidfuzz without its compiled files gives the results of the compiled ones: a browser has no others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rapidfuzz import fuzz_py
from rapidfuzz.distance import metrics_py

from curriculum import read_tables
from curriculum.model.text import text_to_key

fuzz_cpp = pytest.importorskip("rapidfuzz.fuzz_cpp")
metrics_cpp = pytest.importorskip("rapidfuzz.distance.metrics_cpp")

PROCESSED = Path(__file__).resolve().parents[2] / "data" / "processed"
N_OF_EACH_KIND = 2_500
# The cutoffs of remapping.column_evidence and remapping.version_check, and that of equivalent statements.
CUTOFFS = (80, 90.0, 92.0)
SMALL_WORDS = ("and", "or", "the", "of", "to")
# White space, letters of one to four bytes, marks alone and combined, a zero, half a pair of surrogates.
PIECES = (
    *(" ", "  ", "\t", "\n", "\0", "\x1c", "\x85", "\xa0", "\u2003", "\u2028", "\u200b", "\ufeff"),
    *(
        "a",
        "x",
        "A",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ﬁ",
        "ю",
        "中",
        "𝒳",
        "👩‍👩‍👧",
        "\udc80",
        "µ",
        "½",
        "’",
        "-",
        "&",
    ),
    *("and and and", "a b a b a b", "A" * 300, "ab " * 70),
)


def changed(text, rng):
    """Return a statement with a few words left out, doubled, exchanged, shortened or put in."""
    words = text.split()
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(words))
        word = rng.choice(words)
        change = rng.choice(("leave out", "double", "exchange", "shorten", "put in"))
        if change == "leave out" and len(words) > 1:
            del words[at]
        elif change == "exchange":
            words[at] = word
        elif change == "shorten":
            words[at] = words[at][:-1] or "a"
        else:
            words.insert(at, word if change == "double" else rng.choice(SMALL_WORDS))
    return " ".join(words)


def repeated(rng):
    """Return a text of very few different words, which two texts share in many ways."""
    letters = rng.choice(("ab", "abc", "abcde"))
    return " ".join(rng.choice(letters) for _ in range(rng.randint(0, rng.choice((5, 20, 90)))))


@pytest.fixture(scope="module")
def pairs():
    rng = random.Random(7)
    texts = read_tables(PROCESSED).statements["text"].tolist()
    makers = (
        lambda: (rng.choice(texts), rng.choice(texts)),
        lambda: (text := rng.choice(texts), changed(text, rng)),
        lambda: tuple("".join(rng.choices(PIECES, k=rng.randint(0, 12))) for _ in range(2)),
        lambda: (repeated(rng), repeated(rng)),
    )
    return [maker() for maker in makers for _ in range(N_OF_EACH_KIND)]


@pytest.fixture(scope="module")
def keys(pairs):
    return [(text_to_key(old), text_to_key(new)) for old, new in pairs]


def differing(pairs, plain, compiled):
    found = ((pair, plain(*pair), compiled(*pair)) for pair in pairs)
    return [case for case in found if case[1] != case[2]]


def test_the_ratio_is_the_same_to_the_last_digit(keys, pairs):
    assert differing(keys, fuzz_py.ratio, fuzz_cpp.ratio) == []
    assert differing(pairs, fuzz_py.ratio, fuzz_cpp.ratio) == []


@pytest.mark.parametrize("cutoff", CUTOFFS)
def test_a_cutoff_lets_the_same_pairs_pass(keys, cutoff):
    plain, compiled = (
        [ratio(*pair, score_cutoff=cutoff) for pair in keys] for ratio in (fuzz_py.ratio, fuzz_cpp.ratio)
    )
    assert plain == compiled
    assert 0 < sum(score > 0 for score in plain) < len(plain)


def test_a_cutoff_that_is_the_ratio_itself_is_rounded_the_same_way(keys):
    for pair in keys:
        score = fuzz_cpp.ratio(*pair)
        plain, compiled = (ratio(*pair, score_cutoff=score) for ratio in (fuzz_py.ratio, fuzz_cpp.ratio))
        assert plain == compiled, pair


def test_the_ratio_of_sorted_words_is_the_same(keys):
    """Of keys, as the package compares them: texts with a no-break space are split in another way."""
    assert differing(keys, fuzz_py.token_sort_ratio, fuzz_cpp.token_sort_ratio) == []


def test_the_words_that_two_texts_share_are_the_same(pairs):
    def blocks(opcodes, old, new):
        found = opcodes(old.split(), new.split()).as_matching_blocks()
        return [(block.a, block.b, block.size) for block in found]

    for pair in pairs:
        plain, compiled = (
            blocks(opcodes, *pair) for opcodes in (metrics_py.indel_opcodes, metrics_cpp.indel_opcodes)
        )
        assert plain == compiled, pair
