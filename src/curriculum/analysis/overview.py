"""Build small tables for people, which screens and notebooks show unchanged."""

from __future__ import annotations

import numpy as np
import pandas as pd

from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty
from curriculum.documents.document import Document
from curriculum.linking.choice import FEW, LEAST_SHARED, SURE
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents, check_statement, select_document

__all__ = [
    "code_to_lines",
    "crosswalk_to_overview",
    "crosswalk_to_summary",
    "duties_to_matrix",
    "tables_to_overview",
    "tables_to_pair_notes",
]

# Its message says what the codes are.
_LOST = "numbers-lost"
_COUNTED = ("duties", "duty_ksbs", "themes", "descriptors", "findings")


def _document_ids(frame: pd.DataFrame) -> pd.Series[str]:
    """Return the document id of each row, with which the first column of every table begins."""
    return frame.iloc[:, 0].astype("str").str.partition(":")[0] if len(frame) else frame.iloc[:, 0]


def tables_to_overview(tables: Tables) -> pd.DataFrame:
    """Count the contents of each document.

    Returns
    -------
    pandas.DataFrame
        One row for each document: ``document_id``, ``kind``, the number of statements of each kind that
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
    """Count the links of each pair by relation, and the rows for review.

    Returns
    -------
    pandas.DataFrame
        One row for each pair, and another for its duties if they are linked: ``subject_source``,
        ``object_source``, ``linked`` (`statements` or `duties`), the number of links of each relation
        that occurs, ``no counterpart found``, ``withdrawn`` and ``new`` (without a link), and ``review``
        (rows that need review).
    """
    pair = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE, "linked"]
    unlinked = [v.NO_COUNTERPART, v.WITHDRAWN, v.NEW]
    is_link = ~crosswalk[v.CHANGE].isin(unlinked)
    sort = crosswalk[v.PREDICATE_ID].str.removeprefix("skos:").where(is_link, crosswalk[v.CHANGE])
    names = [*(relation.removeprefix("skos:") for relation in v.RELATIONS), *unlinked]
    linked = np.where(crosswalk_to_is_duty(crosswalk), "duties", "statements")
    counted = (
        crosswalk.assign(linked=linked)[pair]
        .assign(**{name: (sort == name).astype(int) for name in names if (sort == name).any()})
        .assign(review=(crosswalk[v.BAND] == v.REVIEW).astype(int))
    )
    return counted.groupby(pair, sort=False).sum().reset_index()


def code_to_lines(tables: Tables, document: Document, code: str) -> pd.DataFrame:
    """Return the lines of a document that print a statement or a duty.

    Parameters
    ----------
    tables
        Tables with the document.
    document
        The document.
    code
        The code, such as ``P1`` or ``D2``.

    Returns
    -------
    pandas.DataFrame
        Columns ``line`` and ``printed``; one row for each line that is not blank.

    Raises
    ------
    NotFound
        If the document has no such code.

    Examples
    --------
    >>> from curriculum import Project
    >>> nos = Project("data").read("nos-2017")
    >>> code_to_lines(nos.tables, nos.parsed.document, "P2")["printed"].tolist()
    ['1. communicate with clients in ways that put them at ease and', 'promotes the facility']
    """
    statement_id = f"{document.document_id}:{code}"
    check_statement(tables, statement_id)
    is_duty = statement_id in set(tables.duties[v.DUTY_ID])
    frame, key = (tables.duties, v.DUTY_ID) if is_duty else (tables.statements, v.STATEMENT_ID)
    row = frame.set_index(key).loc[statement_id]
    lines = [
        (number, line.strip())
        for number, line in enumerate(document.lines, start=1)
        if row[v.FIRST_LINE] <= number <= row[v.LAST_LINE] and line.strip()
    ]
    return pd.DataFrame(lines, columns=["line", "printed"])


def duties_to_matrix(tables: Tables, document_id: str) -> pd.DataFrame:
    """Return which KSBs each duty of a document names.

    Returns
    -------
    pandas.DataFrame
        One row for each duty and one column for each KSB, by code and in the order of the document; true if
        the duty names the KSB.

    Raises
    ------
    NotFound
        If the tables have no such document.
    """
    document = select_document(tables, document_id)
    duties = document.duties.set_index(v.DUTY_ID)[v.CODE]
    codes = document.statements.set_index(v.STATEMENT_ID)[v.CODE]
    pairs = pd.crosstab(
        document.duty_ksbs[v.DUTY_ID].map(duties), document.duty_ksbs[v.STATEMENT_ID].map(codes)
    )
    matrix = pairs.reindex(index=duties.to_list(), columns=codes.to_list(), fill_value=0).astype(bool)
    return matrix.rename_axis(index="duty", columns=None)


def _counted(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def tables_to_pair_notes(tables: Tables, old: str, new: str) -> list[str]:
    """Return what calls for caution in a pair of documents, as sentences; none if there is nothing.

    A sentence says that they are of two standards, that codes are not as printed, or that a document has
    findings that are errors.

    Raises
    ------
    NotFound
        If the tables have no such document.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> tables = read_tables("data/processed")
    >>> tables_to_pair_notes(tables, "st0792-1.0", "st0792-1.2")
    []
    >>> print(*tables_to_pair_notes(tables, "draft-2019", "st0792-1.0"))
    draft-2019 has 2 errors (count-differs). Run the command check to see where, and compare it with the
    document.
    """
    check_documents(tables, old, new)
    errors = tables.findings[tables.findings[v.SEVERITY] == "error"]
    notes = [_two_standards_note(tables, old, new)]
    for document_id in dict.fromkeys((old, new)):
        found = errors[errors[v.DOCUMENT_ID] == document_id]
        notes += [_lost_codes_note(found), _errors_note(found)]
    return [note for note in notes if note]


def _two_standards_note(tables: Tables, old: str, new: str) -> str:
    references = tables.documents.set_index(v.DOCUMENT_ID)[v.REFERENCE]
    first, second = str(references[old]), str(references[new])
    if not first or not second or first.casefold() == second.casefold():
        return ""
    return f"{old} is {first}, and {new} is {second}: two standards, not two versions of one."


def _lost_codes_note(errors: pd.DataFrame) -> str:
    lost = errors[errors[v.RULE] == _LOST]
    return " ".join(
        f"Mind the codes of {row[v.DOCUMENT_ID]}: {row[v.WHERE]}: {row[v.MESSAGE]}."
        for row in lost.to_dict("records")
    )


def _errors_note(errors: pd.DataFrame) -> str:
    others = errors[errors[v.RULE] != _LOST]
    if others.empty:
        return ""
    count = _counted(len(others), "error", "errors")
    return (
        f"{others[v.DOCUMENT_ID].iloc[0]} has {count} ({', '.join(others[v.RULE].unique())}). "
        "Run the command check to see where, and compare it with the document."
    )


def crosswalk_to_summary(crosswalk: pd.DataFrame) -> list[str]:
    """Return a summary of the statements of a crosswalk of one pair, as sentences.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk
    >>> from curriculum.crosswalk.stored_crosswalk import select_pair
    >>> pair = select_pair(read_crosswalk(Path("data/processed")), "draft-2019", "st0792-1.0")
    >>> for sentence in crosswalk_to_summary(pair):
    ...     print(sentence)
    Old statements: 96 (84 need no look, 9 have a link to look at, no counterpart was found for 3).
    Statements of the new version: 88 (no old counterpart was found for 1).
    """
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    old = statements[statements[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    is_unlinked = old[v.OBJECT_ID] == v.NO_TERM_FOUND
    n_withdrawn = int((is_unlinked & (old[v.CHANGE] == v.WITHDRAWN)).sum())
    n_without = int(is_unlinked.sum()) - n_withdrawn
    waiting = set(old[~is_unlinked & (old[v.BAND] != v.ACCEPT)][v.SUBJECT_ID])
    n_old = old[v.SUBJECT_ID].nunique()
    n_safe = n_old - len(waiting) - n_withdrawn - n_without
    n_new = statements[statements[v.OBJECT_ID] != v.NO_TERM_FOUND][v.OBJECT_ID].nunique()
    n_coming = int((statements[v.SUBJECT_ID] == v.NO_TERM_FOUND).sum())
    parts = [
        f"{_counted(n_safe, 'needs', 'need')} no look",
        f"{_counted(len(waiting), 'has', 'have')} a link to look at" if waiting else "",
        f"no counterpart was found for {n_without}" if n_without else "",
        f"{_counted(n_withdrawn, 'is', 'are')} withdrawn" if n_withdrawn else "",
    ]
    sentences = [
        f"Old statements: {n_old} ({', '.join(filter(None, parts))}).",
        f"Statements of the new version: {n_new} ("
        + (f"no old counterpart was found for {n_coming}" if n_coming else "each has an old counterpart")
        + ").",
    ]
    n_sure = int((statements[v.CSLS_SCORE].notna() & (statements[v.CONFIDENCE] >= SURE)).sum())
    # The links of a composed crosswalk have no scores.
    is_scored = bool(statements[v.CSLS_SCORE].notna().any())
    if is_scored and min(n_old, n_new) >= FEW and n_sure < LEAST_SHARED * min(n_old, n_new):
        sentences.append(
            "The two documents share hardly anything: they may be about different occupations, so only "
            "links of high confidence are proposed."
        )
    return sentences
