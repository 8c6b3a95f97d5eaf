"""The scores of each pair in one row, so that two methods of linking can be read side by side."""

from __future__ import annotations

from typing import Final

import pandas as pd

from curriculum.evaluation.metrics import verdicts_to_bands, verdicts_to_scores
from curriculum.model import vocabulary as v

__all__ = ["verdicts_to_summary"]

_MEASURES: Final = ["hits@1", "precision", "recall", "F1"]
_PAIR: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]


def verdicts_to_summary(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return the scores of each pair of documents, and its accepted links, in one row.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` returns them.

    Returns
    -------
    pandas.DataFrame
        One row for each pair: ``subject_source``, ``object_source``, ``hits@1``, ``precision``, ``recall``,
        ``F1`` (empty without a case), ``accepted`` (old statements with a link in the band `accept`), and
        ``accepted_wrong`` (links in that band that are wrong).
    """
    scores = verdicts_to_scores(verdicts).pivot(index=_PAIR, columns="measure", values="value")
    bands = verdicts_to_bands(verdicts)
    of_all = bands[bands["of"] == "all"].set_index(_PAIR)[["accepted", "wrong"]]
    pairs = pd.MultiIndex.from_frame(verdicts[_PAIR].drop_duplicates())
    accepted = of_all.reindex(pairs, fill_value=0).rename(columns={"wrong": "accepted_wrong"})
    return scores.reindex(index=pairs, columns=_MEASURES).join(accepted).reset_index()
