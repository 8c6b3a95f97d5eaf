"""Compare two linked statements: the cells of a link that follow from its two statements alone."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from curriculum.linking.broad_kinds import kind_to_broad_kind
from curriculum.linking.cautions import texts_to_caution
from curriculum.linking.equivalence import are_equivalent
from curriculum.linking.relations import cardinality_to_relation, texts_to_change
from curriculum.linking.responsibility import texts_to_responsibility_change
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key
from curriculum.model.word_differences import text_to_extra_words

__all__ = ["ComparedStatement", "statements_to_comparison"]


class ComparedStatement(NamedTuple):
    """A statement or a duty, as links compare it."""

    id: str
    kind: str
    text: str

    @property
    def code(self) -> str:
        """The code without its document."""
        return self.id.partition(":")[2]


def statements_to_comparison(
    old: ComparedStatement, new: ComparedStatement, cardinality: str
) -> dict[str, object]:
    """Compare two statements that are linked.

    Parameters
    ----------
    old, new
        The statements.
    cardinality
        The cardinality of their link, as `counts_to_cardinality` returns it.

    Returns
    -------
    dict of str to object
        The cells of a crosswalk's row that follow from the two statements alone, by column: ids, labels,
        categories, ``predicate_id``, ``mapping_cardinality``, ``change``, ``wording_score``,
        ``words_inserted``, ``words_deleted``, ``caution``, ``responsibility``, ``responsibility_words``.

    Examples
    --------
    >>> old = ComparedStatement("mine:K1", "knowledge", "Health and safety law")
    >>> new = ComparedStatement("yours:K7", "knowledge", "Health, safety and fire law")
    >>> cells = statements_to_comparison(old, new, "1:1")
    >>> cells["predicate_id"], cells["change"], cells["words_inserted"]
    ('skos:closeMatch', 'reworded; widened; renumbered', 'fire')
    """
    # Knowledge and skills have no common scale of responsibility.
    is_comparable = kind_to_broad_kind(old.kind) == kind_to_broad_kind(new.kind)
    move, words = texts_to_responsibility_change(old.text, new.text) if is_comparable else ("", "")
    return {
        v.SUBJECT_ID: old.id,
        v.SUBJECT_LABEL: old.text,
        v.SUBJECT_CATEGORY: old.kind,
        v.OBJECT_ID: new.id,
        v.OBJECT_LABEL: new.text,
        v.OBJECT_CATEGORY: new.kind,
        v.PREDICATE_ID: cardinality_to_relation(cardinality, is_exact=are_equivalent(old.text, new.text)),
        v.MAPPING_CARDINALITY: cardinality,
        v.CHANGE: texts_to_change(old.code, new.code, old.text, new.text, cardinality),
        v.WORDING_SCORE: round(fuzz.token_sort_ratio(text_to_key(old.text), text_to_key(new.text)) / 100, 3),
        v.WORDS_INSERTED: text_to_extra_words(new.text, old.text),
        v.WORDS_DELETED: text_to_extra_words(old.text, new.text),
        v.CAUTION: texts_to_caution(old.text, new.text),
        v.RESPONSIBILITY: move,
        v.RESPONSIBILITY_WORDS: words,
    }
