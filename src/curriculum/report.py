"""Overviews for people: small tables that screens and notebooks show as they are."""

from __future__ import annotations

import pandas as pd

from curriculum import vocabulary as v
from curriculum.tables import Tables

__all__ = ["crosswalk_to_overview", "tables_to_overview"]

_COUNTED = ("duties", "duty_ksbs", "themes", "descriptors", "findings")


def _document_ids(frame: pd.DataFrame) -> pd.Series[str]:
    """Give the id of the document that each row belongs to; every first column begins with it."""
    return frame.iloc[:, 0].astype("str").str.partition(":")[0] if len(frame) else frame.iloc[:, 0]


def tables_to_overview(tables: Tables) -> pd.DataFrame:
    """Count what each document holds.

    Returns
    -------
    pandas.DataFrame
        One row a document: ``document_id``, ``kind``, the number of statements of each kind that
        occurs, then ``duties``, ``duty_ksbs``, ``themes``, ``descriptors`` and ``findings``.
    """
    documents = tables.documents[[v.DOCUMENT_ID, v.KIND]].set_index(v.DOCUMENT_ID)
    kinds = pd.crosstab(tables.statements[v.DOCUMENT_ID], tables.statements[v.KIND])
    ordered = kinds.reindex(columns=[kind for kind in v.STATEMENT_KINDS if kind in kinds])
    frames = dict(tables.items())
    counts = {name: _document_ids(frames[name]).value_counts() for name in _COUNTED}
    joined = documents.join(ordered).assign(
        **{name: count.reindex(documents.index) for name, count in counts.items()}
    )
    numbers = joined.drop(columns=v.KIND).fillna(0).astype(int)
    overview = pd.concat([documents, numbers], axis=1).reset_index()
    overview.columns.name = None
    return overview


def crosswalk_to_overview(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Count the links of each pair by relation, and what needs review.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``subject_source``, ``object_source``, the number of links of each relation
        that occurs, ``withdrawn`` and ``new`` (statements without a counterpart), and ``review``
        (rows that a person has to look at).
    """
    pair = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]
    is_link = ~crosswalk[v.CHANGE].isin(["withdrawn", "new"])
    sort = crosswalk[v.PREDICATE_ID].str.removeprefix("skos:").where(is_link, crosswalk[v.CHANGE])
    names = [*(relation.removeprefix("skos:") for relation in v.RELATIONS), "withdrawn", "new"]
    counted = (
        crosswalk[pair]
        .assign(**{name: (sort == name).astype(int) for name in names if (sort == name).any()})
        .assign(review=(crosswalk[v.BAND] == v.REVIEW).astype(int))
    )
    return counted.groupby(pair, sort=False).sum().reset_index()
