"""Without the compiled stemmer, as in a browser, words have the same stems."""

from __future__ import annotations

import sys

import pytest

from curriculum.linking.stems import word_to_stem
from curriculum.model.text import text_to_key

# Words that the rules treat by themselves, with and without vowels, apostrophes and letters of other scripts.
WORDS = (
    *("skis", "dying", "lying", "news", "inning", "outing", "canning", "herring", "earring", "proceed"),
    *("generally", "communication", "arsenal", "past", "universal", "evening", "geologist", "ogling", "yes"),
    *(
        "youth",
        "boyish",
        "sky",
        "hoping",
        "hopping",
        "fluently",
        "oiled's",
        "naïve",
        "élan",
        "мосты",
        "",
        "a",
    ),
)


@pytest.fixture
def no_compiled_stemmer(monkeypatch):
    monkeypatch.setitem(sys.modules, "Stemmer", None)


@pytest.fixture(scope="module")
def stems(tables):
    """Return the stems of the compiled stemmer."""
    texts = tables.statements["text"]
    words = {word for text in texts for word in text_to_key(text).split()}
    return {word: word_to_stem.__wrapped__(word) for word in (*sorted(words), *WORDS)}


@pytest.mark.usefixtures("no_compiled_stemmer")
def test_the_stems_are_the_same_without_the_compiled_stemmer(stems):
    assert {word: word_to_stem.__wrapped__(word) for word in stems} == stems
    assert stems["generally"] == "general"
    assert len(stems) > 700
