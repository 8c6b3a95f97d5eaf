"""Find the SKOS relation, the cardinality and the change of a link."""

from __future__ import annotations

import re
from collections.abc import Sequence

from curriculum.model import vocabulary as v
from curriculum.model.codes import word_to_code
from curriculum.model.text import SMALL_WORDS, text_to_key, text_without_full_stop
from curriculum.model.word_differences import WordRun, texts_to_word_runs

__all__ = ["cardinality_to_relation", "counts_to_cardinality", "texts_to_change"]

_EXAMPLE = re.compile(r"\b(?:for example|e\.?g\b|such as|including)", re.IGNORECASE)
_ITEM_OPENS = re.compile(r"(?:and|or|&)\b", re.IGNORECASE)
_ITEM_FOLLOWS = re.compile(r"(?:[,;/]|\band|\bor|&)$", re.IGNORECASE)


def counts_to_cardinality(n_old: int, n_new: int) -> str:
    """Return the cardinality of a link from the numbers of old and new statements linked with it.

    Examples
    --------
    >>> counts_to_cardinality(n_old=3, n_new=1)
    'n:1'
    """
    return f"{'n' if n_old > 1 else '1'}:{'n' if n_new > 1 else '1'}"


def cardinality_to_relation(cardinality: str, *, is_exact: bool) -> str:
    """Return the relation of two linked statements: *old relation new*.

    Equivalent wordings are an exact match. In a merge the new statement is broader, in a split it is
    narrower. All other links are close.

    Examples
    --------
    >>> cardinality_to_relation("n:1", is_exact=False)
    'skos:broadMatch'
    """
    if is_exact:
        return v.EXACT_MATCH
    return {"n:1": v.BROAD_MATCH, "1:n": v.NARROW_MATCH}.get(cardinality, v.CLOSE_MATCH)


def texts_to_change(old_code: str, new_code: str, old: str, new: str, cardinality: str) -> str:
    """Return the changes of a linked statement, as docs/tables.md lists them.

    Examples
    --------
    >>> texts_to_change("K3", "S1", "Book crew", "Book crew and cars", "1:1")
    'reworded; widened; renumbered; changed kind'
    """
    before, after = word_to_code(old_code), word_to_code(new_code)
    is_identical = text_without_full_stop(old) == text_without_full_stop(new)
    changes = {
        "identical": is_identical,
        "reworded": not is_identical,
        "narrowed": not is_identical and _has_extra_items(old, new),
        "widened": not is_identical and _has_extra_items(new, old),
        "renumbered": old_code != new_code,
        "merged": cardinality.startswith("n"),
        "split": cardinality.endswith("n"),
        "changed kind": bool(before and after and before.letters != after.letters),
    }
    return "; ".join(name for name, is_so in changes.items() if is_so)


def _has_extra_items(text: str, other: str) -> bool:
    """Return whether a text is the other text with more items in a list, and no other difference.

    Other differences do not show which of the two asks for more: a condition makes a statement narrower, and
    an example changes nothing.
    """
    parts, others = texts_to_word_runs(text, other)
    if any(not part.is_shared and _has_content(part.text) for part in others):
        return False
    added = [place for place, part in enumerate(parts) if not part.is_shared and _has_content(part.text)]
    return bool(added) and all(_is_item(parts, place) for place in added)


def _has_content(text: str) -> bool:
    return bool(set(text_to_key(text).split()) - SMALL_WORDS)


def _is_item(parts: Sequence[WordRun], place: int) -> bool:
    before = " ".join(part.text for part in parts[:place])
    if _EXAMPLE.search(f"{before} {parts[place].text}"):
        return False
    return bool(_ITEM_OPENS.match(parts[place].text) or _ITEM_FOLLOWS.search(before))
