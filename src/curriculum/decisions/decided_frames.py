"""Apply decisions to the frame of a crosswalk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from curriculum.decisions.applied_decisions import rows_with_decisions
from curriculum.decisions.decision import Decision
from curriculum.linking.comparison import ComparedStatement
from curriculum.tables.frame_rows import frame_to_rows

__all__ = ["links_with_decisions"]


def links_with_decisions(
    links: pd.DataFrame, decisions: Sequence[Decision], statements: Mapping[str, ComparedStatement], old: str
) -> pd.DataFrame:
    """Apply decisions to the proposals of one pair of documents, as `rows_with_decisions` does.

    The frame has the columns of the proposals, of the same types; without decisions it is the proposals.
    """
    if not decisions:
        return links
    decided = rows_with_decisions(frame_to_rows(links), decisions, statements, old)
    return pd.DataFrame(decided, columns=links.columns).astype(links.dtypes.to_dict())
