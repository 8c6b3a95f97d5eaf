"""Build the rows of a crosswalk: a row for each link, and for each statement without a counterpart.

The linker, decisions and composition all build their rows here, so a row has the same columns everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from curriculum.linking.comparison import ComparedStatement, statements_to_comparison
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = ["MappingRow", "RowBuilder"]

# The cells of a row by the names of their columns.
MappingRow: TypeAlias = dict[str, Any]

_SUBJECT = (v.SUBJECT_ID, v.SUBJECT_LABEL, v.SUBJECT_CATEGORY)
_OBJECT = (v.OBJECT_ID, v.OBJECT_LABEL, v.OBJECT_CATEGORY)


@dataclass(frozen=True)
class RowBuilder:
    """Builds the rows of one pair of documents.

    Attributes
    ----------
    old, new
        The ids of the two documents.
    attribution
        The attribution that their licences require.
    status
        The status of all rows.
    """

    old: str
    new: str
    attribution: str = ""
    status: str = v.PROPOSED

    def empty(self) -> MappingRow:
        """Return a row of the pair with every column of a crosswalk, in order, and no statement."""
        return {
            **name_to_empty_row(CROSSWALK),
            v.SUBJECT_SOURCE: self.old,
            v.OBJECT_SOURCE: self.new,
            v.ATTRIBUTION: self.attribution,
            v.STATUS: self.status,
        }

    def linked(
        self, old: ComparedStatement, new: ComparedStatement, cardinality: str, cells: Mapping[str, object]
    ) -> MappingRow:
        """Return the row of a link.

        Parameters
        ----------
        old, new
            The two statements.
        cardinality
            The cardinality of the link, as `counts_to_cardinality` returns it.
        cells
            What does not follow from the two statements, by column, such as the confidence. These cells
            replace what follows from the statements.

        Examples
        --------
        >>> old = ComparedStatement("mine:K1", "knowledge", "Health and safety law")
        >>> new = ComparedStatement("yours:K7", "knowledge", "Health, safety and fire law")
        >>> row = RowBuilder("mine", "yours").linked(old, new, "1:1", {"confidence": 0.9})
        >>> row["object_id"], row["predicate_id"], row["confidence"], row["comment"]
        ('yours:K7', 'skos:closeMatch', 0.9, '')
        """
        return {**self.empty(), **statements_to_comparison(old, new, cardinality), **cells}

    def unlinked(self, statement: ComparedStatement, is_old: bool, cells: Mapping[str, object]) -> MappingRow:
        """Return the row of a statement for which no counterpart is proposed.

        Parameters
        ----------
        statement
            The statement.
        is_old
            Whether it belongs to the old document.
        cells
            The other cells, by column, such as the confidence.

        Examples
        --------
        >>> law = ComparedStatement("mine:K1", "knowledge", "Health and safety law")
        >>> row = RowBuilder("mine", "yours").unlinked(law, True, {"confidence": 0.6})
        >>> row["object_id"], row["mapping_cardinality"], row["change"], row["band"]
        ('sssom:NoTermFound', '1:0', 'no counterpart found', 'review')
        """
        filled, other = (_SUBJECT, _OBJECT) if is_old else (_OBJECT, _SUBJECT)
        return {
            **self.empty(),
            **dict(zip(filled, (statement.id, statement.text, statement.kind), strict=True)),
            other[0]: v.NO_TERM_FOUND,
            v.PREDICATE_ID: v.EXACT_MATCH,
            v.MAPPING_CARDINALITY: "1:0" if is_old else "0:1",
            v.CHANGE: v.NO_COUNTERPART if is_old else v.NEW,
            v.BAND: v.REVIEW,
            **cells,
        }
