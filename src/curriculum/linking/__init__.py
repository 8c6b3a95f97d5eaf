"""Scores, margins, confidence and choice, kept apart: which statement of the new document takes over."""

from curriculum.linking.margins import Voice, default_voices, scores_to_margins
from curriculum.linking.propose import Weighed, propose_links, statements_to_weighed
from curriculum.linking.similarity import Scorer, texts_to_scores
from curriculum.linking.thesaurus import NO_THESAURUS, Thesaurus, read_thesaurus
from curriculum.linking.vectors import has_vectors

__all__ = [
    "NO_THESAURUS",
    "Scorer",
    "Thesaurus",
    "Voice",
    "Weighed",
    "default_voices",
    "has_vectors",
    "propose_links",
    "read_thesaurus",
    "scores_to_margins",
    "statements_to_weighed",
    "texts_to_scores",
]
