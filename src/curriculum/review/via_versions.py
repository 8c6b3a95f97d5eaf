"""What becomes of a link by way of a version between: a second witness, who tells where to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase

__all__ = ["LinksVia", "composed_to_links_via"]

_Link = tuple[str, str]


class LinksVia(NamedTuple):
    """What each statement is linked to by way of a version between.

    Attributes
    ----------
    via
        The id of the version between.
    of_old, of_new
        The ids of the counterparts of old and of new statements; of those in neither nothing is said.
    """

    via: str
    of_old: Mapping[str, Sequence[str]]
    of_new: Mapping[str, Sequence[str]]

    def others(self, link: _Link) -> tuple[str, ...]:
        """Return the codes that the way leads to and the link does not; of a new statement old codes."""
        old, new = link
        own = self.of_new.get(new, ()) if old == v.NO_TERM_FOUND else self.of_old.get(old, ())
        return tuple(one.partition(":")[2] for one in own if one not in link)

    def told(self, link: _Link) -> str:
        """Return whether the way says the same.

        Examples
        --------
        >>> ways = LinksVia("b", {"a:K1": ["c:K2"], "a:K9": []}, {"c:K2": ["a:K1"], "c:K3": []})
        >>> ways.told(("a:K1", "c:K2")), ways.told(("a:K1", "c:K3")), ways.told(("a:K9", "c:K3"))
        ('By way of b the same.', 'By way of b: K2.', 'By way of b: nothing.')
        >>> ways.told(("a:D1", "c:D1"))
        ''
        """
        old, new = link
        if old not in self.of_old and new not in self.of_new:
            return ""
        others = self.others(link)
        is_same = new in self.of_old.get(old, ()) or (v.NO_TERM_FOUND in link and not others)
        if is_same:
            return f"By way of {self.via} the same."
        return f"By way of {self.via}: {names_to_phrase(others) if others else 'nothing'}."


def composed_to_links_via(composed: pd.DataFrame, via: str) -> LinksVia:
    """Gather what a composed crosswalk links.

    Parameters
    ----------
    composed
        As `compose` gives it.
    via
        The id of the version between.
    """
    of_old: dict[str, list[str]] = {}
    of_new: dict[str, list[str]] = {}
    for old, new in zip(composed[v.SUBJECT_ID], composed[v.OBJECT_ID], strict=True):
        for groups, own, other in ((of_old, old, new), (of_new, new, old)):
            if own != v.NO_TERM_FOUND:
                groups.setdefault(own, []).extend([other] if other != v.NO_TERM_FOUND else [])
    return LinksVia(via, of_old, of_new)
