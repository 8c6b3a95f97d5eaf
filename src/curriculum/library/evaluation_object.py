"""An evaluation: the proposals of the linker, compared with a reference that people made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from curriculum.errors import InvalidInput
from curriculum.evaluation import metrics
from curriculum.evaluation.candidate_ranks import CANDIDATE_COLUMNS, verdicts_to_candidate_recall
from curriculum.evaluation.reference import read_reference
from curriculum.evaluation.score_summary import verdicts_to_summary
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_bounds, check_path, check_type
from curriculum.library.crosswalk_rows import A_CROSSWALK, CrosswalkRows
from curriculum.library.plotting import needs_matplotlib
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    from curriculum.viz.picture import Picture

__all__ = ["Evaluation", "evaluate"]

_BOUNDS: Final = (0.2, 0.4, 0.6, 0.8, 0.95, 0.99, 1.0)


@dataclass(frozen=True, repr=False, eq=False)
class Evaluation:
    """The proposals of the linker, compared with a reference crosswalk that people made.

    Attributes
    ----------
    verdicts
        One row for each proposal and each missed link, with its ``verdict``;
        `curriculum.evaluation.metrics.crosswalk_to_verdicts` describes the columns.
    statements
        The statements of the documents, for the wordings of the errors; empty for a composed crosswalk.
    candidates
        The table ``candidates`` of their pairs, without scores and confidence; None for a crosswalk that was
        composed or inverted.

    Examples
    --------
    >>> import curriculum as cu
    >>> evaluation = cu.Project("data").evaluate()
    >>> evaluation.scores()["measure"].tolist()[:3]
    ['hits@1', 'precision', 'recall']
    """

    verdicts: pd.DataFrame
    statements: pd.DataFrame
    candidates: pd.DataFrame | None = None

    def scores(self) -> pd.DataFrame:
        """Return precision, recall, F1 and more for each pair, with 95% intervals."""
        return metrics.verdicts_to_scores(self.verdicts)

    def summary(self) -> pd.DataFrame:
        """Return one row for each pair: hits@1, precision, recall, F1, and its accepted links.

        The columns are those of `curriculum.evaluation.score_summary.verdicts_to_summary`.
        """
        return verdicts_to_summary(self.verdicts)

    def candidate_recall(self) -> pd.DataFrame:
        """Return how many core links are among the first 1, 3 and 5 candidates of one of their statements.

        It is the same whether the links are cross-validated or not: the order of the candidates does not
        depend on the fit of the confidence. The columns are those of
        `curriculum.evaluation.candidate_ranks.verdicts_to_candidate_recall`.

        Raises
        ------
        InvalidInput
            If the crosswalk was composed or inverted, so that it has no candidates.
        """
        if self.candidates is None:
            raise InvalidInput(
                "the crosswalk has no candidates",
                expected="a crosswalk that link made",
                advice="Link the two versions directly.",
            )
        return verdicts_to_candidate_recall(self.verdicts, self.candidates)

    def errors(self) -> pd.DataFrame:
        """Return the wrong and the missed links, with their wordings."""
        return metrics.verdicts_to_errors(self.verdicts, self.statements)

    def reliability(self, bounds: Sequence[float] = _BOUNDS) -> pd.DataFrame:
        """Return for each range of confidence how many of its links are right.

        Parameters
        ----------
        bounds
            The bounds of the ranges, in ascending order.

        Raises
        ------
        InvalidInput
            If they are not ascending numbers from 0 to 1.
        """
        check_bounds(bounds)
        return metrics.verdicts_to_reliability(self.verdicts, bounds)

    def bands(self) -> pd.DataFrame:
        """Return how many statements need no review, and how many of their links are right."""
        return metrics.verdicts_to_bands(self.verdicts)

    def budget(self) -> pd.DataFrame:
        """Return what is gained when a person settles the least sure statements first."""
        return metrics.verdicts_to_budget(self.verdicts)

    def of_pair(self, old: str, new: str) -> Evaluation:
        """Return the evaluation of one pair of versions.

        Parameters
        ----------
        old, new
            The ids of the versions.

        Raises
        ------
        InvalidInput
            If the reference has no row on this pair.
        """
        sources = self.verdicts[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]]
        is_pair = (sources == [old, new]).all(axis="columns")
        if not is_pair.any():
            raise _no_such_pair(old, new, "the evaluation")
        return Evaluation(self.verdicts[is_pair], self.statements, self.candidates)

    @needs_matplotlib
    def plot_scores(self) -> Picture:
        """Draw the scores of each pair with their intervals."""
        from curriculum.viz.confidence_figures import plot_scores

        return plot_scores(self.scores(), "Proposed links compared with the reference")

    @needs_matplotlib
    def plot_reliability(self, bounds: Sequence[float] = _BOUNDS) -> Picture:
        """Draw whether the confidence means what it says."""
        from curriculum.viz.confidence_figures import plot_reliability

        return plot_reliability(self.reliability(bounds), "Does the confidence mean what it says?")

    @needs_matplotlib
    def plot_budget(self) -> Picture:
        """Draw what is gained when a person settles the least sure statements first."""
        from curriculum.viz.confidence_figures import plot_budget

        return plot_budget(self.budget(), "What settling the least sure statements first gains")

    def _lines(self) -> list[str]:
        counts = self.verdicts["verdict"].value_counts()
        pairs = self.verdicts[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]].drop_duplicates()
        named = ", ".join(f"{old} to {new}" for old, new in pairs.itertuples(index=False))
        shown = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
        return [f"Proposals compared with a reference: {named}", f"Links: {shown or 'none'}"]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def evaluate(crosswalk: CrosswalkRows, reference: str | Path) -> Evaluation:
    """Compare the proposals of a crosswalk with a reference crosswalk that people made.

    Parameters
    ----------
    crosswalk
        The crosswalk.
    reference
        A reference crosswalk, as data/raw/reference/README.md describes it. Rows on other pairs are ignored.

    Raises
    ------
    InvalidInput
        If the reference is not such a file, or has no row on this pair.
    """
    check_type(A_CROSSWALK, CrosswalkRows, crosswalk)
    check_path(reference)
    rows = [
        row for row in read_reference(reference) if (row.subject_source, row.object_source) == crosswalk.pair
    ]
    if not rows:
        raise _no_such_pair(*crosswalk.pair, str(reference))
    statements = pd.DataFrame() if crosswalk.tables is None else crosswalk.tables.statements
    listed = crosswalk.all_candidates
    candidates = None if listed is None else listed[CANDIDATE_COLUMNS]
    return Evaluation(metrics.crosswalk_to_verdicts(crosswalk.table, rows), statements, candidates)


def _no_such_pair(old: str, new: str, where: str) -> InvalidInput:
    return InvalidInput(
        "has no row on this pair",
        where=where,
        expected=f"rows with {old} and {new}",
        found="none",
        advice="Name the reference of these two versions.",
    )
