"""Show why a link is proposed: what each scorer says, the words that differ, and the other candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from curriculum.html.cells import Bar, Details
from curriculum.model import vocabulary as v
from curriculum.review.explanations import Neighbours, OtherStatement, row_to_evidence, row_to_others

__all__ = ["Reasons", "row_to_reasons"]

# The scores by name: each scorer of the linker, and the similarity of the wordings as a whole.
_SCORES: Final = {
    name: name.removesuffix("_score").replace("_", " ") for name in (*v.SCORES_BY_SCORER, v.WORDING_SCORE)
}
_Row = Mapping[Any, Any]


class Reasons(NamedTuple):
    """What is known of the other links and candidates, to explain one link."""

    neighbours: Neighbours
    candidates: Mapping[str, Sequence[OtherStatement]]

    @staticmethod
    def of(links: pd.DataFrame, candidates: pd.DataFrame | None) -> Reasons:
        """Return what explains the rows of a crosswalk; without candidates, their second choices."""
        rows = {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in links.to_dict("records")}
        return Reasons(Neighbours.of(rows, rows), _candidates_by_id(candidates))


def _candidates_by_id(candidates: pd.DataFrame | None) -> dict[str, list[OtherStatement]]:
    by_id: dict[str, list[OtherStatement]] = {}
    if candidates is not None:
        for row in candidates.sort_values(v.RANK, kind="stable").to_dict("records"):
            other = OtherStatement(row[v.OBJECT_ID], row[v.CONFIDENCE])
            by_id.setdefault(row[v.SUBJECT_ID], []).append(other)
    return by_id


def row_to_reasons(row: _Row, reasons: Reasons) -> Details:
    """Return why a row of a crosswalk is as it is, for people to open.

    Parameters
    ----------
    row
        A row of a crosswalk.
    reasons
        The other links and the candidates.

    Returns
    -------
    Details
        A bar for each score (0 to 1: how alike both statements are), then lines: what differs, what calls for
        caution, and the other candidates with their confidence.
    """
    bars = [Bar(label, row[name]) for name, label in _SCORES.items() if pd.notna(row[name])]
    return Details("Why", bars, list(_lines(row, reasons)))


def _lines(row: _Row, reasons: Reasons) -> Iterator[str]:
    yield row_to_evidence(row, reasons.neighbours)
    if row[v.WORDS_DELETED]:
        yield f"Deleted: {row[v.WORDS_DELETED]}"
    if row[v.WORDS_INSERTED]:
        yield f"Inserted: {row[v.WORDS_INSERTED]}"
    if row[v.REVIEWER_LABEL]:
        parts = (row[v.REVIEWER_LABEL], row[v.REVIEW_DATE], row[v.COMMENT])
        yield f"Decided by {', '.join(filter(None, map(str, parts)))}"
    others = row_to_others(row, reasons.candidates)
    if others:
        yield f"Other candidates: {_others_to_text(others)}"


def _others_to_text(others: Iterable[OtherStatement]) -> str:
    return ", ".join(map(str, others))
