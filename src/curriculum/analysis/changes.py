"""What changed between versions, for people: counts, reused codes, what is to be taught, doubts."""

from __future__ import annotations

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.model import vocabulary as v

__all__ = [
    "crosswalk_to_changes",
    "crosswalk_to_changes_by_kind",
    "crosswalk_to_doubtful",
    "crosswalk_to_largest",
    "crosswalk_to_new_statements",
    "crosswalk_to_reused_codes",
    "main_change",
]

# One change for each statement, where it has several: the first that it has.
_RANK = ("merged", "split", "identical", "reworded", "withdrawn", "new")
_SHOWN = ("identical", "reworded", "merged", "split", "withdrawn", "new")


def main_change(changes: str) -> str:
    """Return the one change that a statement with several counts for.

    Examples
    --------
    >>> main_change("reworded; renumbered; merged")
    'merged'
    """
    own = changes.split("; ")
    return next((name for name in _RANK if name in own), own[0])


def _statements(crosswalk: pd.DataFrame) -> pd.DataFrame:
    own = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    return own.assign(**{v.CHANGE: own[v.CHANGE].map(main_change)})


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
    rows = _statements(crosswalk)
    is_new = rows[v.SUBJECT_ID] == v.NO_TERM_FOUND
    own = rows[is_new | ~rows.duplicated([v.SUBJECT_ID])]
    kind = own[v.SUBJECT_CATEGORY].where(own[v.SUBJECT_CATEGORY] != "", own[v.OBJECT_CATEGORY])
    counts = pd.crosstab(kind, own[v.CHANGE])
    kinds = [name for name in v.STATEMENT_KINDS if name in counts.index]
    ordered = counts.reindex(index=kinds, columns=[name for name in _SHOWN if name in counts])
    return ordered.assign(sum=ordered.sum(axis=1)).rename_axis(index="kind", columns=None)


def _code(statement_id: str) -> str:
    return statement_id.rpartition(":")[2]


def crosswalk_to_reused_codes(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return the codes that both versions print, and whether they still mean the same.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.

    Returns
    -------
    pandas.DataFrame
        One row a code of statements that stands in both: ``code``, ``old_wording``, ``new_wording`` (what the
        code stands for in each), ``became`` (codes that the old statement is linked to; empty if it is
        withdrawn), ``is_same`` (it is linked to its own code).
    """
    own = _statements(crosswalk)
    old = own[own[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    new = own[own[v.OBJECT_ID] != v.NO_TERM_FOUND]
    wordings = dict(zip(new[v.OBJECT_ID].map(_code), new[v.OBJECT_LABEL], strict=True))
    rows = []
    for subject, links in old.groupby(v.SUBJECT_ID, sort=False):
        code = _code(str(subject))
        became = [_code(one) for one in links[v.OBJECT_ID] if one != v.NO_TERM_FOUND]
        if code in wordings:
            wording = links[v.SUBJECT_LABEL].iloc[0]
            rows.append((code, wording, wordings[code], ", ".join(became), code in became))
    return pd.DataFrame(rows, columns=["code", "old_wording", "new_wording", "became", "is_same"])


def crosswalk_to_new_statements(crosswalk: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return each statement of the new version: where it comes from, who needs it, and what assesses it.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    coverage
        The new version's, as `graph_to_ksb_coverage` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a new statement, in the order of the listing: ``code``, ``text``, ``change`` (`identical`,
        `reworded`, `merged`, `split`, `new`), ``old_codes`` (what it is linked from), ``confidence`` (of the
        least sure of these links; of a new one, that it is new), ``option``, ``duties``, ``themes``,
        ``methods``.
    """
    own = _statements(crosswalk)
    own = own[own[v.OBJECT_ID] != v.NO_TERM_FOUND]
    coming = own.assign(
        code=own[v.OBJECT_ID].map(_code),
        old_codes=own[v.SUBJECT_ID].where(own[v.SUBJECT_ID] != v.NO_TERM_FOUND, "").map(_code),
    ).groupby("code", sort=False)
    told = coming.agg({v.CHANGE: "first", "old_codes": ", ".join, v.CONFIDENCE: "min"})
    joined = coverage.merge(told, left_on="code", right_index=True, how="left")
    names = ["code", v.TEXT, v.CHANGE, "old_codes", v.CONFIDENCE, v.OPTION, "duties", "themes", "methods"]
    return joined[names].reset_index(drop=True)


def crosswalk_to_largest(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the links whose wording changed most.

    Returns
    -------
    pandas.DataFrame
        Rows of the crosswalk, the largest change first, with ``n_words`` (how many words came or went).
    """
    linked = crosswalk[crosswalk[v.WORDING_SCORE].notna()]
    words = (linked[v.WORDS_INSERTED] + " " + linked[v.WORDS_DELETED]).map(str.split)
    counted = linked.assign(n_words=words.map(len).astype(int))
    return counted.sort_values(
        ["n_words", v.WORDING_SCORE], ascending=[False, True], kind="stable", ignore_index=True
    ).head(count)


def crosswalk_to_doubtful(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the rows that are most in doubt: where a person's look tells most.

    Parameters
    ----------
    crosswalk
        Mappings of any number of pairs.
    count
        How many rows to give.

    Returns
    -------
    pandas.DataFrame
        Rows that wait for review, the least sure first: ``statement_id`` and ``text`` (of the old statement;
        of the new one where it is new), ``change`` and ``confidence`` (that this is what became of it),
        ``likeliest_id`` and ``likeliest`` (its best counterpart and the wording, linked or not) and
        ``link_confidence`` (of that link).
    """
    waiting = crosswalk[crosswalk[v.BAND] == v.REVIEW]
    is_linked, is_new = waiting[v.WORDING_SCORE].notna(), waiting[v.SUBJECT_ID] == v.NO_TERM_FOUND
    wordings = {
        **dict(zip(crosswalk[v.SUBJECT_ID], crosswalk[v.SUBJECT_LABEL], strict=True)),
        **dict(zip(crosswalk[v.OBJECT_ID], crosswalk[v.OBJECT_LABEL], strict=True)),
    }
    own = waiting[v.OBJECT_ID].where(is_new, waiting[v.SUBJECT_ID])
    likeliest = waiting[v.OBJECT_ID].where(is_linked, waiting[v.RUNNER_UP_ID])
    confidence = waiting[v.CONFIDENCE].where(is_linked, waiting[v.RUNNER_UP_CONFIDENCE]).fillna(0.0)
    told = pd.DataFrame(
        {
            v.STATEMENT_ID: own,
            v.TEXT: own.map(wordings),
            v.CHANGE: waiting[v.CHANGE],
            v.CONFIDENCE: waiting[v.CONFIDENCE],
            "likeliest_id": likeliest,
            "likeliest": likeliest.map(wordings).fillna(""),
            "link_confidence": confidence,
        }
    )
    order = waiting[v.CONFIDENCE].sort_values(kind="stable").index
    return told.loc[order].head(count).reset_index(drop=True)
