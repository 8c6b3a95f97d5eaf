"""Scores, confidence and decision, kept apart: which statement of the new document takes over from which."""

from curriculum.linking.confidence import margins_to_confidence
from curriculum.linking.propose import propose_links
from curriculum.linking.similarity import Scorer, scores_to_margins, texts_to_scores

__all__ = ["Scorer", "margins_to_confidence", "propose_links", "scores_to_margins", "texts_to_scores"]
