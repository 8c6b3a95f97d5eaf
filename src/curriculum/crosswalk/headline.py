"""The headline of two versions: how many codes now name another statement, and a word for the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.html.summaries import lines_to_html
from curriculum.model import vocabulary as v

__all__ = [
    "EDITED",
    "LEAST_KEPT",
    "LEAST_LINKED",
    "RENUMBERED",
    "REWRITTEN",
    "UNRELATED",
    "UNTOUCHED",
    "Headline",
    "crosswalk_to_headline",
]

UNTOUCHED: Final = v.UNTOUCHED
RENUMBERED: Final = v.RENUMBERED
EDITED: Final = v.EDITED
REWRITTEN: Final = v.REWRITTEN
UNRELATED: Final = v.UNRELATED

# An edited version keeps at least this share of the old statements, by an exact or a close link.
LEAST_KEPT: Final = 0.70
# Versions with fewer links than this share of the shorter list are unrelated.
LEAST_LINKED: Final = 0.03
_KEPT: Final = (v.EXACT_MATCH, v.CLOSE_MATCH)


@dataclass(frozen=True, repr=False)
class Headline:
    """What became of the codes that both versions print, and a word for the change.

    Attributes
    ----------
    n_shared
        The codes that both versions print.
    n_other
        Those whose new statement is no counterpart of the old statement of the code.
    n_without
        Those of them whose old statement has no counterpart at all.
    change
        `untouched` (the same codes with the same wordings), `renumbered` (the same wordings, some under other
        codes), `edited` (at least 70 in 100 old statements have an exact or close counterpart), `rewritten`
        (fewer), or `unrelated` (fewer than 3 in 100 statements of the shorter list are linked). A wording
        with editorial differences alone is the same wording.
    """

    n_shared: int
    n_other: int
    n_without: int
    change: str

    def __str__(self) -> str:
        if not self.n_shared:
            return f"No code is printed in both versions. The new version is {self.change}."
        codes = "code" if self.n_shared == 1 else "codes"
        verb = "names" if self.n_other == 1 else "name"
        without = f" (of these, {self.n_without} without a counterpart found)" if self.n_without else ""
        named = f"{self.n_other} of {self.n_shared} {codes} now {verb} another statement{without}"
        return f"{named}. The new version is {self.change}."

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return lines_to_html([str(self)])


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
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    old_ids, new_ids = statements[v.SUBJECT_ID], statements[v.OBJECT_ID]
    old_codes, new_codes = (_codes(ids) for ids in (old_ids, new_ids))
    is_old, is_new = old_ids != v.NO_TERM_FOUND, new_ids != v.NO_TERM_FOUND
    shared = set(old_codes[is_old]) & set(new_codes[is_new])
    same = set(old_codes[is_old & is_new & (old_codes == new_codes)]) & shared
    linked = set(old_codes[is_old & is_new])
    other = shared - same
    return Headline(len(shared), len(other), len(other - linked), _change(statements[is_old | is_new]))


def _codes(ids: pd.Series[str]) -> pd.Series[str]:
    return ids.str.rpartition(":")[2]


def _change(statements: pd.DataFrame) -> str:
    """Return the word for the change."""
    old_ids, new_ids = statements[v.SUBJECT_ID], statements[v.OBJECT_ID]
    is_link = (old_ids != v.NO_TERM_FOUND) & (new_ids != v.NO_TERM_FOUND)
    is_exact = is_link & (statements[v.PREDICATE_ID] == v.EXACT_MATCH)
    if is_exact.all():
        is_same_code = _codes(old_ids) == _codes(new_ids)
        return UNTOUCHED if is_same_code.all() else RENUMBERED
    n_old, n_new = (ids[ids != v.NO_TERM_FOUND].nunique() for ids in (old_ids, new_ids))
    if old_ids[is_link].nunique() < LEAST_LINKED * min(n_old, n_new) or not is_link.any():
        return UNRELATED
    kept = old_ids[is_link & statements[v.PREDICATE_ID].isin(_KEPT)].nunique()
    return EDITED if kept >= LEAST_KEPT * n_old else REWRITTEN
