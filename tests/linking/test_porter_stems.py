"""Stems of English words."""

from __future__ import annotations

import random

import pytest

from curriculum.linking.porter_stems import to_porter_stem

_ENDINGS = """
    s es ies ied sses ss us eed eedly ed edly ing ingly ying at bl iz tt ll tional ational enci abli
    entli izer ization ator alism aliti fulness ousli iveness biliti bli ogi ogist lessli li alize
    icate iciti ical ful ness ative ance er able ement ment ent ism iti ive ize ion sion e y yy ' 's
    arsen commun gener past inn
"""


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("", ""),
        ("by", "by"),
        ("skis", "ski"),
        ("news", "news"),
        ("ties", "tie"),
        ("cries", "cri"),
        ("gas", "gas"),
        ("gaps", "gap"),
        ("tying", "tie"),
        ("saying", "say"),
        ("inning", "inning"),
        ("agreed", "agre"),
        ("proceed", "proceed"),
        ("hopping", "hop"),
        ("hoping", "hope"),
        ("adding", "add"),
        ("egged", "egg"),
        ("luxuriated", "luxuri"),
        ("cry", "cri"),
        ("say", "say"),
        ("youth", "youth"),
        ("generically", "generic"),
        ("communication", "communic"),
        ("demonstratively", "demonstr"),
        ("biologist", "biolog"),
        ("analogies", "analog"),
        ("controlling", "control"),
        ("adoption", "adopt"),
        ("opinion", "opinion"),
        ("replacement", "replac"),
        ("paste", "paste"),
        ("boy's", "boy"),
    ],
)
def test_a_word_has_this_stem(word, stem):
    assert to_porter_stem(word) == stem


def test_stems_are_those_of_snowball():
    reference = pytest.importorskip("snowballstemmer").stemmer("english")
    chance = random.Random(4)
    letters = "aeiouybcdlnstwxz'é"
    for _ in range(20_000):
        word = "".join(chance.choices(letters, k=chance.randint(0, 6)))
        word += "".join(chance.choices(_ENDINGS.split(), k=chance.randint(0, 3)))
        assert to_porter_stem(word) == reference.stemWord(word), word
