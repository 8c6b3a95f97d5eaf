"""What changed between versions, for people: counts, the largest changes side by side, what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from curriculum import vocabulary as v
from curriculum.crosswalk import crosswalk_to_is_duty
from curriculum.differences import Part, texts_to_parts

__all__ = [
    "SideBySide",
    "crosswalk_to_changes",
    "crosswalk_to_changes_by_kind",
    "crosswalk_to_doubtful",
    "crosswalk_to_largest",
    "links_to_side_by_side",
]

# One change for each statement, where it has several: the first that it has.
_RANK = ("merged", "split", "identical", "reworded", "withdrawn", "new")
_SHOWN = ("identical", "reworded", "merged", "split", "withdrawn", "new")


def _main_change(changes: str) -> str:
    own = changes.split("; ")
    return next((name for name in _RANK if name in own), own[0])


def _statements(crosswalk: pd.DataFrame) -> pd.DataFrame:
    own = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    return own.assign(**{v.CHANGE: own[v.CHANGE].map(_main_change)})


def crosswalk_to_changes(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the statements of each pair; each statement counts once.

    Returns
    -------
    pandas.DataFrame
        One row a pair and change that occurs: ``subject_source``, ``object_source``, ``change``
        (`identical`, `reworded`, `merged`, `split`, `withdrawn`, `new`; a statement that is merged or
        split and reworded counts as merged or split), ``n_old`` and ``n_new`` (statements of either side).
    """
    own = _statements(crosswalk)
    old = own[v.SUBJECT_ID].where(own[v.SUBJECT_ID] != v.NO_TERM_FOUND)
    new = own[v.OBJECT_ID].where(own[v.OBJECT_ID] != v.NO_TERM_FOUND)
    pair = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]
    counted = own.assign(n_old=old, n_new=new).groupby([*pair, v.CHANGE], sort=False)[["n_old", "n_new"]]
    counts = counted.nunique().reset_index()
    place = counts[v.CHANGE].map({name: number for number, name in enumerate(_SHOWN)})
    pairs = counts[v.SUBJECT_SOURCE] + " " + counts[v.OBJECT_SOURCE]
    first = pairs.map({name: number for number, name in enumerate(dict.fromkeys(pairs))})
    ordered = counts.assign(_first=first, _place=place).sort_values(["_first", "_place"], ignore_index=True)
    return ordered.drop(columns=["_first", "_place"])


def crosswalk_to_changes_by_kind(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the statements of one pair, by their kind.

    Returns
    -------
    pandas.DataFrame
        One row a kind (of the old statement; of the new one where it is new), one column a change that
        occurs, and their ``sum``.
    """
    own = _statements(crosswalk)
    kind = own[v.SUBJECT_CATEGORY].where(own[v.SUBJECT_CATEGORY] != "", own[v.OBJECT_CATEGORY])
    counts = pd.crosstab(kind, own[v.CHANGE])
    kinds = [name for name in v.STATEMENT_KINDS if name in counts.index]
    ordered = counts.reindex(index=kinds, columns=[name for name in _SHOWN if name in counts])
    return ordered.assign(sum=ordered.sum(axis=1)).rename_axis(index="kind", columns=None)


def crosswalk_to_largest(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Give the links whose wording changed most.

    Returns
    -------
    pandas.DataFrame
        Rows of the crosswalk, the largest change first, with ``n_words`` (how many words came or went).
    """
    linked = crosswalk[crosswalk[v.WORDING_SCORE].notna()]
    words = (linked[v.WORDS_ADDED] + " " + linked[v.WORDS_REMOVED]).map(str.split)
    counted = linked.assign(n_words=words.map(len).astype(int))
    return counted.sort_values(
        ["n_words", v.WORDING_SCORE], ascending=[False, True], kind="stable", ignore_index=True
    ).head(count)


def crosswalk_to_doubtful(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Give the rows that are most in doubt: where a person's look tells most.

    Returns
    -------
    pandas.DataFrame
        Rows of the crosswalk that wait for review, those first whose link is as likely wrong as right,
        with ``link_confidence``: of a linked statement its confidence, of one without a counterpart that of
        its likeliest one.
    """
    waiting = crosswalk[crosswalk[v.BAND] == v.REVIEW]
    is_linked = waiting[v.WORDING_SCORE].notna()
    confidence = waiting[v.CONFIDENCE].where(is_linked, waiting[v.RUNNER_UP_CONFIDENCE])
    doubt = (confidence.fillna(0) - 0.5).abs().round(3)
    ordered = waiting.assign(link_confidence=confidence, _doubt=doubt).sort_values("_doubt", kind="stable")
    return ordered.drop(columns="_doubt").head(count).reset_index(drop=True)


@dataclass(frozen=True, repr=False)
class SideBySide:
    """Two wordings side by side for each of several links, the words that differ marked; a notebook shows it.

    Attributes
    ----------
    rows
        The link's head, and the parts of its old and its new wording.
    """

    rows: tuple[tuple[str, tuple[Part, ...], tuple[Part, ...]], ...]

    def __repr__(self) -> str:
        """Give the wordings as plain text: words that went in [-...-], words that came in {+...+}."""
        return "\n".join(
            f"{head}\n  {_marked(old, '[-', '-]')}\n  {_marked(new, '{+', '+}')}"
            for head, old, new in self.rows
        )

    def _repr_html_(self) -> str:
        """Give a table for a notebook; every text is escaped."""
        went = '<del style="color:#A04000;font-weight:bold">', "</del>"
        came = '<ins style="color:#00507F;font-weight:bold">', "</ins>"
        cell = '<td style="text-align:left;vertical-align:top;white-space:normal">'
        rows = "\n".join(
            f"<tr>{cell}{escape(link)}</td>{cell}{_marked(old, *went, escape)}</td>"
            f"{cell}{_marked(new, *came, escape)}</td></tr>"
            for link, old, new in self.rows
        )
        head = "<tr><th>link</th><th>old wording</th><th>new wording</th></tr>"
        return f"<table>\n{head}\n{rows}\n</table>"


def _marked(parts: Iterable[Part], before: str, behind: str, to_text: Callable[[str], str] = str) -> str:
    texts = ((to_text(part.text), part.is_shared) for part in parts)
    return " ".join(text if is_shared else f"{before}{text}{behind}" for text, is_shared in texts)


def links_to_side_by_side(links: pd.DataFrame) -> SideBySide:
    """Put the wordings of links side by side, with the words that differ marked.

    Parameters
    ----------
    links
        Rows of a crosswalk that have a counterpart.

    Examples
    --------
    >>> links = pd.DataFrame({
    ...     "subject_id": ["st0792-1.0:S15"], "predicate_id": ["skos:closeMatch"],
    ...     "object_id": ["st0792-1.2:S19"], "subject_label": ["Lead liaison with owners"],
    ...     "object_label": ["Obtain terms from owners"]})
    >>> links_to_side_by_side(links)
    S15 closeMatch S19
      [-Lead liaison with-] owners
      {+Obtain terms from+} owners
    """
    return SideBySide(
        tuple(
            (_link(row), *texts_to_parts(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL]))
            for row in links.to_dict("records")
        )
    )


def _link(row: Mapping[Any, str]) -> str:
    """Give a link in short: code, relation, code."""
    old, new = (row[name].rpartition(":")[2] for name in (v.SUBJECT_ID, v.OBJECT_ID))
    return f"{old} {row[v.PREDICATE_ID].removeprefix('skos:')} {new}"
