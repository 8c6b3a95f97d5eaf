"""The headline of the crosswalk of two versions."""

from __future__ import annotations

from typing import Final

import pandas as pd

from curriculum.crosswalk.headline_rows import Headline, rows_to_headline
from curriculum.model import vocabulary as v
from curriculum.tables.frame_rows import frame_to_rows

__all__ = ["crosswalk_to_headline"]

_NEEDED: Final = [v.SUBJECT_CATEGORY, v.OBJECT_CATEGORY, v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID]


def crosswalk_to_headline(crosswalk: pd.DataFrame) -> Headline:
    """Return the headline of a crosswalk of one pair; its duties are not counted.

    Parameters
    ----------
    crosswalk
        The rows of one pair of versions.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> pair = select_pair(read_crosswalk(Path("data/processed")), "draft-2019", "st0792-1.0")
    >>> crosswalk_to_headline(pair)
    66 of 87 codes now name another statement (of these, 3 without a counterpart found). The new version is \
edited.
    """
    return rows_to_headline(frame_to_rows(crosswalk[_NEEDED]))
