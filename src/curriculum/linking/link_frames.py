"""The frames of the links of two documents, and of the candidates of their statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from curriculum.linking.mapping_rows import MappingRow
from curriculum.tables.schemas import CROSSWALK
from curriculum.tables.typed_frames import rows_to_typed

__all__ = ["Proposed", "rows_to_links"]


class Proposed(NamedTuple):
    """The proposals of two documents: the links, and the candidates of each statement."""

    links: pd.DataFrame
    candidates: pd.DataFrame


def rows_to_links(rows: Iterable[MappingRow]) -> pd.DataFrame:
    """Return rows as a typed frame with the columns of a crosswalk; it is not yet checked."""
    return rows_to_typed(CROSSWALK, [tuple(row.values()) for row in rows])
