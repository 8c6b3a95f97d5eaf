"""Compare a link with the links by way of a version between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase

__all__ = ["LinksVia"]

_Link = tuple[str, str]


class LinksVia(NamedTuple):
    """The links of each statement by way of a version between.

    Attributes
    ----------
    via
        The id of the version between.
    of_old, of_new
        The ids of the counterparts of old and of new statements. A statement in neither is unknown.
    """

    via: str
    of_old: Mapping[str, Sequence[str]]
    of_new: Mapping[str, Sequence[str]]

    def others(self, link: _Link) -> tuple[str, ...]:
        """Return the codes of the other counterparts: new codes, or old codes of a new statement."""
        old, new = link
        counterparts = self.of_new.get(new, ()) if old == v.NO_TERM_FOUND else self.of_old.get(old, ())
        return tuple(other.partition(":")[2] for other in counterparts if other not in link)

    def link_to_sentence(self, link: _Link) -> str:
        """Return a sentence on whether the links by way of the version between are the same.

        Examples
        --------
        >>> links = LinksVia("b", {"a:K1": ["c:K2"], "a:K9": []}, {"c:K2": ["a:K1"], "c:K3": []})
        >>> for link in ("a:K1", "c:K2"), ("a:K1", "c:K3"), ("a:K9", "c:K3"):
        ...     print(links.link_to_sentence(link))
        By way of b the same.
        By way of b: K2.
        By way of b: nothing.
        >>> links.link_to_sentence(("a:D1", "c:D1"))
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
