"""Summarise the changes between versions for people: counts, reused codes, new statements, doubtful rows."""

from __future__ import annotations

import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.model import vocabulary as v

__all__ = [
    "crosswalk_to_changes",
    "crosswalk_to_changes_by_kind",
    "crosswalk_to_doubtful",
    "crosswalk_to_largest",
    "crosswalk_to_marks",
    "crosswalk_to_new_statements",
    "crosswalk_to_reused_codes",
    "crosswalk_to_without_counterpart",
    "main_change",
]

# A statement with several changes counts for the first of these that it has.
_RANK = ("merged", "split", "identical", "reworded", "no counterpart found", "withdrawn", "new")
_PAIR = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]
_SHOWN = ("identical", "reworded", "merged", "split", "no counterpart found", "withdrawn", "new")


def main_change(changes: str) -> str:
    """Return the change that a statement with several changes counts for.

    Examples
    --------
    >>> main_change("reworded; renumbered; merged")
    'merged'
    """
    names = changes.split("; ")
    return next((name for name in _RANK if name in names), names[0])


def crosswalk_to_marks(crosswalk: pd.DataFrame) -> dict[str, str]:
    """Return the change that each statement and duty of the new version counts for, by its code.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    """
    rows = crosswalk[crosswalk[v.OBJECT_ID] != v.NO_TERM_FOUND]
    changes = rows.groupby(v.OBJECT_ID, sort=False)[v.CHANGE].agg("; ".join).map(main_change)
    return dict(zip(map(_code, changes.index), changes, strict=True))


def _statements(crosswalk: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return the rows of statements, with the change that the statement of a side counts for.

    The links of a statement can have different changes: one with a split, the next with a merge too.
    """
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    of_statement = statements.groupby([*_PAIR, side], sort=False)[v.CHANGE]
    return statements.assign(**{v.CHANGE: of_statement.transform("; ".join).map(main_change)})


def _count(crosswalk: pd.DataFrame, side: str) -> pd.Series:
    """Return the number of statements of a side by pair and change."""
    statements = _statements(crosswalk, side)
    known = statements[statements[side] != v.NO_TERM_FOUND]
    return known.groupby([*_PAIR, v.CHANGE], sort=False)[side].nunique()


def crosswalk_to_changes(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Count the changes of the statements of each pair; each statement counts once.

    Returns
    -------
    pandas.DataFrame
        One row for each pair and change that occurs: ``subject_source``, ``object_source``, ``change``
        (`identical`, `reworded`, `merged`, `split`, `no counterpart found`, `withdrawn`, `new`; a statement
        that is merged or split and reworded counts as merged or split), ``n_old`` and ``n_new`` (old and new
        statements).
    """
    counted = {"n_old": _count(crosswalk, v.SUBJECT_ID), "n_new": _count(crosswalk, v.OBJECT_ID)}
    counts = pd.DataFrame(counted).fillna(0).astype(int).reset_index()
    rank = counts[v.CHANGE].map({name: number for number, name in enumerate(_SHOWN)})
    in_order = dict.fromkeys(zip(crosswalk[v.SUBJECT_SOURCE], crosswalk[v.OBJECT_SOURCE], strict=True))
    place = {pair: number for number, pair in enumerate(in_order)}
    first = [place[pair] for pair in zip(counts[v.SUBJECT_SOURCE], counts[v.OBJECT_SOURCE], strict=True)]
    ordered = counts.assign(_first=first, _rank=rank).sort_values(["_first", "_rank"], ignore_index=True)
    return ordered.drop(columns=["_first", "_rank"])


def crosswalk_to_changes_by_kind(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Count the changes of the statements of one pair by kind.

    Returns
    -------
    pandas.DataFrame
        One row for each kind (of the old statement; of a new statement its own), one column for each change
        that occurs, and their ``sum``.
    """
    rows = _statements(crosswalk, v.SUBJECT_ID)
    is_new = rows[v.SUBJECT_ID] == v.NO_TERM_FOUND
    counted = rows[is_new | ~rows.duplicated([v.SUBJECT_ID])]
    kind = counted[v.SUBJECT_CATEGORY].where(counted[v.SUBJECT_CATEGORY] != "", counted[v.OBJECT_CATEGORY])
    counts = pd.crosstab(kind, counted[v.CHANGE])
    kinds = [name for name in v.STATEMENT_KINDS if name in counts.index]
    ordered = counts.reindex(index=kinds, columns=[name for name in _SHOWN if name in counts])
    return ordered.assign(sum=ordered.sum(axis=1)).rename_axis(index="kind", columns=None)


def _code(statement_id: str) -> str:
    return statement_id.rpartition(":")[2]


def crosswalk_to_reused_codes(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Return the codes that both versions have, and whether each still names the same statement.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.

    Returns
    -------
    pandas.DataFrame
        One row for each code that both versions have: ``code``, ``old_wording``, ``new_wording`` (of the
        statement with the code in each), ``became`` (codes of the counterparts of the old statement; empty
        without one), ``is_same`` (whether the new statement with this code is one of them).
    """
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    old = statements[statements[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    new = statements[statements[v.OBJECT_ID] != v.NO_TERM_FOUND]
    wordings = dict(zip(new[v.OBJECT_ID].map(_code), new[v.OBJECT_LABEL], strict=True))
    rows = []
    for subject, links in old.groupby(v.SUBJECT_ID, sort=False):
        code = _code(str(subject))
        became = [
            _code(statement_id) for statement_id in links[v.OBJECT_ID] if statement_id != v.NO_TERM_FOUND
        ]
        if code in wordings:
            wording = links[v.SUBJECT_LABEL].iloc[0]
            rows.append((code, wording, wordings[code], ", ".join(became), code in became))
    return pd.DataFrame(rows, columns=["code", "old_wording", "new_wording", "became", "is_same"])


def crosswalk_to_new_statements(crosswalk: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Return each statement of the new version with its old statements, duties, themes and methods.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    coverage
        The coverage of the new version, as `graph_to_ksb_coverage` returns it.

    Returns
    -------
    pandas.DataFrame
        One row for each new statement, in the order of its list: ``code``, ``text``, ``change`` (`identical`,
        `reworded`, `merged`, `split`, `new`), ``old_codes`` (of the statements linked with it),
        ``confidence`` (the lowest of these links; of a new statement, that it is new), ``option``,
        ``duties``, ``themes``, ``methods``.
    """
    statements = _statements(crosswalk, v.OBJECT_ID)
    statements = statements[statements[v.OBJECT_ID] != v.NO_TERM_FOUND]
    by_code = statements.assign(
        code=statements[v.OBJECT_ID].map(_code),
        old_codes=statements[v.SUBJECT_ID].where(statements[v.SUBJECT_ID] != v.NO_TERM_FOUND, "").map(_code),
    ).groupby("code", sort=False)
    changes = by_code.agg({v.CHANGE: "first", "old_codes": ", ".join, v.CONFIDENCE: "min"})
    joined = coverage.merge(changes, left_on="code", right_index=True, how="left")
    names = ["code", v.TEXT, v.CHANGE, "old_codes", v.CONFIDENCE, v.OPTION, "duties", "themes", "methods"]
    return joined[names].reset_index(drop=True)


def crosswalk_to_largest(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the links with the largest changes of wording.

    Returns
    -------
    pandas.DataFrame
        Rows of the crosswalk, the largest change first, with ``n_words`` (inserted and deleted words).
    """
    linked = crosswalk[crosswalk[v.WORDING_SCORE].notna()]
    words = (linked[v.WORDS_INSERTED] + " " + linked[v.WORDS_DELETED]).map(str.split)
    counted = linked.assign(n_words=words.map(len).astype(int))
    return counted.sort_values(
        ["n_words", v.WORDING_SCORE], ascending=[False, True], kind="stable", ignore_index=True
    ).head(count)


def crosswalk_to_doubtful(crosswalk: pd.DataFrame, count: int = 10) -> pd.DataFrame:
    """Return the rows of lowest confidence, which a person should review first.

    Parameters
    ----------
    crosswalk
        Mappings of any number of pairs.
    count
        The largest number of rows.

    Returns
    -------
    pandas.DataFrame
        Rows that wait for review, the lowest confidence first: ``statement_id`` and ``text`` (of the old
        statement, or of a new one), ``change`` and ``confidence`` (in that change), ``likeliest_id`` and
        ``likeliest`` (the best candidate and its wording, linked or not) and ``link_confidence`` (of that
        link).
    """
    waiting = crosswalk[crosswalk[v.BAND] == v.REVIEW]
    is_linked, is_new = waiting[v.WORDING_SCORE].notna(), waiting[v.SUBJECT_ID] == v.NO_TERM_FOUND
    wordings = {
        **dict(zip(crosswalk[v.SUBJECT_ID], crosswalk[v.SUBJECT_LABEL], strict=True)),
        **dict(zip(crosswalk[v.OBJECT_ID], crosswalk[v.OBJECT_LABEL], strict=True)),
    }
    statement_ids = waiting[v.OBJECT_ID].where(is_new, waiting[v.SUBJECT_ID])
    candidates = waiting[v.OBJECT_ID].where(is_linked, waiting[v.RUNNER_UP_ID])
    confidence = waiting[v.CONFIDENCE].where(is_linked, waiting[v.RUNNER_UP_CONFIDENCE]).fillna(0.0)
    doubtful = pd.DataFrame(
        {
            v.STATEMENT_ID: statement_ids,
            v.TEXT: statement_ids.map(wordings),
            v.CHANGE: waiting[v.CHANGE],
            v.CONFIDENCE: waiting[v.CONFIDENCE],
            "likeliest_id": candidates,
            "likeliest": candidates.map(wordings).fillna(""),
            "link_confidence": confidence,
        }
    )
    order = waiting[v.CONFIDENCE].sort_values(kind="stable").index
    return doubtful.loc[order].head(count).reset_index(drop=True)


def crosswalk_to_without_counterpart(
    crosswalk: pd.DataFrame, candidates: pd.DataFrame, *, of_new: bool = False
) -> pd.DataFrame:
    """Return the statements of one pair for which no counterpart was found, each with its candidates.

    Parameters
    ----------
    crosswalk
        Rows of one pair of documents.
    candidates
        The table ``candidates`` of the pair.
    of_new
        Whether to return the new statements, which have old candidates.

    Returns
    -------
    pandas.DataFrame
        One row for each old statement with the change `no counterpart found`, or for each new one with `new`,
        that with the likeliest candidate first: ``code``, ``text``, ``candidates`` (their codes, the
        likeliest first, each with its confidence) and ``likeliest`` (the wording of the first). Without a
        candidate the last two are empty, and the statement comes last.

    Examples
    --------
    >>> crosswalk = pd.DataFrame({
    ...     "subject_id": ["1.0:K1", "sssom:NoTermFound"], "subject_label": ["Store hay", ""],
    ...     "object_id": ["sssom:NoTermFound", "1.2:K9"], "object_label": ["", "Keep feed dry"],
    ...     "subject_category": "knowledge", "object_category": "knowledge",
    ...     "change": ["no counterpart found", "new"]})
    >>> candidates = pd.DataFrame({
    ...     "subject_id": ["1.0:K1"], "object_id": ["1.2:K9"], "rank": [1], "confidence": [0.284]})
    >>> crosswalk_to_without_counterpart(crosswalk, candidates).to_numpy().tolist()
    [['K1', 'Store hay', 'K9 (0.28)', 'Keep feed dry']]
    """
    sides = ((v.SUBJECT_ID, v.SUBJECT_LABEL), (v.OBJECT_ID, v.OBJECT_LABEL))
    (given, label), (other, other_label) = reversed(sides) if of_new else sides
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    rows = statements[statements[v.CHANGE] == (v.NEW if of_new else v.NO_COUNTERPART)]
    ranked = candidates.sort_values(v.RANK, kind="stable")
    shown = ranked[v.OBJECT_ID].map(_code) + ranked[v.CONFIDENCE].map(" ({:.2f})".format)
    listed = shown.groupby(ranked[v.SUBJECT_ID]).agg(", ".join).to_dict()
    first = ranked.drop_duplicates(v.SUBJECT_ID).set_index(v.SUBJECT_ID)
    likeliest, confidence = first[v.OBJECT_ID].to_dict(), first[v.CONFIDENCE].to_dict()
    wordings = dict(zip(statements[other], statements[other_label], strict=True))
    ids = sorted(rows[given], key=lambda statement_id: -confidence.get(statement_id, -1.0))
    texts = dict(zip(rows[given], rows[label], strict=True))
    cells = [
        (
            _code(statement_id),
            texts[statement_id],
            listed.get(statement_id, ""),
            wordings.get(likeliest.get(statement_id), ""),
        )
        for statement_id in ids
    ]
    return pd.DataFrame(cells, columns=["code", v.TEXT, "candidates", "likeliest"])
