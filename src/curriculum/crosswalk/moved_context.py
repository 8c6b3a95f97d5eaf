"""Find whether the duties, the option or the assessment method of a linked statement changed."""

from __future__ import annotations

from collections.abc import Mapping, Set

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_title_key
from curriculum.tables.carrier import Tables

__all__ = ["links_to_moved"]

_Sets = Mapping[str, Set[str]]


def links_to_moved(tables: Tables, links: pd.DataFrame) -> pd.DataFrame:
    """Return links with whether duties, option and assessment method of the statement changed.

    Parameters
    ----------
    tables
        Tables of both documents.
    links
        The rows of one pair, including those of its duties.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``duties_moved`` (no duty that names the old statement is linked to one that
        names the new), ``option_moved`` (core on one side and an option on the other) and
        ``assessment_moved`` (no assessment method in common): `yes`, `no`, or empty if it is unknown:
        a document does not have it for the statement, or both name an option.
    """
    duties = _groups(tables.duty_ksbs, v.DUTY_ID)
    methods = _groups(tables.statement_methods, v.METHOD_ID)
    names = dict(zip(tables.methods[v.METHOD_ID], tables.methods[v.NAME].map(text_to_title_key), strict=True))
    named = {statement: {names[method] for method in ids} for statement, ids in methods.items()}
    options = dict(
        zip(tables.statements[v.STATEMENT_ID].tolist(), tables.statements[v.OPTION].tolist(), strict=True)
    )
    successors_of = _groups(links, v.OBJECT_ID, by=v.SUBJECT_ID)
    successors = {
        statement: {new for duty in ids for new in successors_of.get(duty, ())}
        for statement, ids in duties.items()
    }
    pairs = list(zip(links[v.SUBJECT_ID].tolist(), links[v.OBJECT_ID].tolist(), strict=True))
    return links.assign(
        **{
            v.DUTIES_MOVED: [_moved(old, new, successors, duties) for old, new in pairs],
            v.OPTION_MOVED: [_option_moved(options.get(old, ""), options.get(new, "")) for old, new in pairs],
            v.ASSESSMENT_MOVED: [_moved(old, new, named, named) for old, new in pairs],
        }
    )


def _groups(frame: pd.DataFrame, column: str, by: str = v.STATEMENT_ID) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for key, value in zip(frame[by].tolist(), frame[column].tolist(), strict=True):
        groups.setdefault(key, set()).add(value)
    return groups


def _moved(old: str, new: str, of_old: _Sets, of_new: _Sets) -> str:
    if old not in of_old or new not in of_new:
        return ""
    return v.NOT_MOVED if of_old[old] & of_new[new] else v.MOVED


def _option_moved(old: str, new: str) -> str:
    """Return whether a statement moved between core and an option; two options are not compared.

    Options are renamed too often for a comparison of their titles.
    """
    if not old or not new or v.CORE not in (old, new):
        return ""
    return v.NOT_MOVED if old == new else v.MOVED
