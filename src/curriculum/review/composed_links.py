"""Take the links by way of a version between from a composed crosswalk."""

from __future__ import annotations

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.review.via_versions import LinksVia

__all__ = ["composed_to_links_via"]


def composed_to_links_via(composed: pd.DataFrame, via: str) -> LinksVia:
    """Return the links of a composed crosswalk.

    Parameters
    ----------
    composed
        As `compose` returns it.
    via
        The id of the version between.
    """
    of_old: dict[str, list[str]] = {}
    of_new: dict[str, list[str]] = {}
    for old, new in zip(composed[v.SUBJECT_ID], composed[v.OBJECT_ID], strict=True):
        for counterparts, statement, other in ((of_old, old, new), (of_new, new, old)):
            if statement != v.NO_TERM_FOUND:
                counterparts.setdefault(statement, []).extend([other] if other != v.NO_TERM_FOUND else [])
    return LinksVia(via, of_old, of_new)
