"""How good proposed links are, held against a reference crosswalk that people made by reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from curriculum import vocabulary as v
from curriculum.errors import WrongReference, raise_faults
from curriculum.sources import bytes_to_text, path_to_bytes

__all__ = [
    "REFERENCE",
    "VERDICTS",
    "Reference",
    "check_reference",
    "crosswalk_to_verdicts",
    "read_reference",
    "verdicts_to_errors",
    "verdicts_to_reliability",
    "verdicts_to_scores",
]

# Where the reference stands in the raw folder.
REFERENCE: Final = "reference/crosswalk_dev.csv"
_COLUMNS: Final = (
    "source_document",
    "source_code",
    "target_document",
    "target_code",
    "relation",
    "alt_relation",
    "tier",
    "primary_votes",
)
_TIERS: Final = ("core", "related", "disputed", "none")
_STRONG: Final = frozenset((v.EXACT_MATCH, v.CLOSE_MATCH, v.BROAD_MATCH, v.NARROW_MATCH))
_NO_RELATION: Final = "none"
FOUND, MISSED, WRONG, NEUTRAL = LINK_VERDICTS = ("found", "missed", "wrong", "neutral")
GONE, NOT_GONE = "withdrawn", "not withdrawn"
VERDICTS: Final = (*LINK_VERDICTS, GONE, NOT_GONE)
_PAIR: Final = [v.SUBJECT_SOURCE, v.OBJECT_SOURCE]


class Reference(NamedTuple):
    """One row of a reference crosswalk: what readers say of an old statement, or of a pair.

    ``object_id`` is empty where there is no counterpart; ``relations`` are all that readers chose.
    """

    subject_source: str
    object_source: str
    subject_id: str
    object_id: str
    relations: tuple[str, ...]
    tier: str
    line: int


def read_reference(path: Path) -> tuple[Reference, ...]:
    """Read a reference crosswalk.

    Parameters
    ----------
    path
        A CSV as ``data/raw/reference/README.md`` describes it.

    Returns
    -------
    tuple of Reference
        In the order of the file.

    Raises
    ------
    WrongReference
        If columns, relations or tiers are not as described; all faults at once.

    Examples
    --------
    >>> rows = read_reference(Path("data/raw") / REFERENCE)
    >>> rows[0].subject_id, rows[0].object_id, rows[0].relations, rows[0].tier
    ('draft-2019:K1', 'st0792-1.0:K1', ('skos:exactMatch',), 'core')
    """
    text, _ = bytes_to_text(path_to_bytes(path), path.as_posix())
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        head = tuple(reader.fieldnames or ())
        rows = [(reader.line_num, {name: cell or "" for name, cell in row.items() if name}) for row in reader]
    except csv.Error as fault:
        raise _wrong(path, reader.line_num, "no line of a CSV", "cells of a table", str(fault)) from fault
    if head != _COLUMNS:
        raise _wrong(path, 1, "wrong columns", ",".join(_COLUMNS), ",".join(head) or "nothing")
    if not rows:
        raise _wrong(path, 1, "holds no row", "a row for each link", "none")
    faults = [fault for line, row in rows for fault in _faults(path, line, row)]
    raise_faults([*faults, *_repeated(path, rows)])
    return tuple(_row_to_reference(line, row) for line, row in rows)


def check_reference(reference: Sequence[Reference], statement_ids: Iterable[str], path: Path) -> None:
    """Hold the statements that a reference names against those that its documents hold.

    Raises
    ------
    WrongReference
        With each statement that is nowhere; all faults at once.
    """
    known = {*statement_ids, ""}
    raise_faults(
        [
            _wrong(path, row.line, "no such statement", "a code that the document holds", one)
            for row in reference
            for one in (row.subject_id, row.object_id)
            if one not in known
        ]
    )


def _wrong(path: Path, line: int, what: str, expected: str, found: str) -> WrongReference:
    return WrongReference(
        what,
        where=f"{path.as_posix()}, line {line}",
        expected=expected,
        found=found,
        advice="Mend the line; the README beside the reference tells what each column holds.",
    )


def _relations(row: dict[str, str]) -> list[str]:
    return [name for name in (row["relation"], *row["alt_relation"].split(";")) if name]


def _faults(path: Path, line: int, row: dict[str, str]) -> Iterator[WrongReference]:
    known = {relation.removeprefix("skos:") for relation in v.RELATIONS} | {_NO_RELATION}
    for column in ("source_document", "source_code", "target_document", "relation"):
        if not row[column]:
            yield _wrong(path, line, f"no {column}", "a value", "an empty cell")
    for relation in _relations(row):
        if relation not in known:
            yield _wrong(path, line, "no relation", ", ".join(sorted(known)), relation)
    if not row["primary_votes"].isdecimal():
        yield _wrong(path, line, "no number of votes", "a number", row["primary_votes"] or "an empty cell")
    if row["tier"] not in _TIERS:
        yield _wrong(path, line, "no tier", ", ".join(_TIERS), row["tier"] or "nothing")
    elif (row["tier"] == _NO_RELATION) != (not row["target_code"]):
        expected = "a target code, or the tier none and no code"
        yield _wrong(
            path, line, "tier and target do not fit", expected, f"{row['tier']} {row['target_code']}"
        )


def _repeated(path: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[WrongReference]:
    """Report each link that stands in the reference twice."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        link = tuple(row[name] for name in _COLUMNS[:4])
        if first.setdefault(link, line) != line:
            yield _wrong(
                path, line, "a link that is there already", "each link once", f"it on line {first[link]}"
            )


def _row_to_reference(line: int, row: dict[str, str]) -> Reference:
    old, new = row["source_document"], row["target_document"]
    return Reference(
        old,
        new,
        f"{old}:{row['source_code']}",
        f"{new}:{row['target_code']}" if row["target_code"] else "",
        tuple(f"skos:{name}" for name in _relations(row) if name != _NO_RELATION),
        row["tier"],
        line,
    )


def crosswalk_to_verdicts(crosswalk: pd.DataFrame, reference: Sequence[Reference]) -> pd.DataFrame:
    """Judge each proposal of a crosswalk by a reference, and name each link that it misses.

    Only statements that the reference holds are judged. A core link has to be found; a link that readers
    call related or dispute is neutral; any other link is wrong. A statement proposed as withdrawn is so
    if readers give it no core link.

    Parameters
    ----------
    crosswalk
        Proposed mappings of any number of pairs.
    reference
        What readers say.

    Returns
    -------
    pandas.DataFrame
        One row a link that is proposed or missed, and a statement that is proposed as withdrawn:
        ``subject_source``, ``object_source``, ``subject_id``, ``object_id`` (`sssom:NoTermFound` of one that
        is withdrawn), ``verdict`` (`found`, `missed`, `wrong`, `neutral`; `withdrawn`, `not withdrawn`),
        ``predicate_id`` as proposed (empty if missed), ``reference_relation`` (those that readers chose,
        joined by "; "), ``is_relation_right`` (of links found), ``confidence`` (nought if missed), and
        ``is_best`` (the source's best proposal, accepted or not, is this link).
    """
    pairs = dict.fromkeys((row.subject_source, row.object_source) for row in reference)
    rows = []
    for pair in pairs:
        is_own = (crosswalk[v.SUBJECT_SOURCE] == pair[0]) & (crosswalk[v.OBJECT_SOURCE] == pair[1])
        own = [row for row in reference if (row.subject_source, row.object_source) == pair]
        rows += _pair_to_rows(crosswalk[is_own].to_dict("records"), own)
    names = [
        *_PAIR,
        v.SUBJECT_ID,
        v.OBJECT_ID,
        "verdict",
        v.PREDICATE_ID,
        "reference_relation",
        "is_relation_right",
        v.CONFIDENCE,
        "is_best",
    ]
    return pd.DataFrame(rows, columns=names)


_Row = dict[Hashable, Any]


def _pair_to_rows(mappings: Sequence[_Row], reference: Sequence[Reference]) -> list[tuple[object, ...]]:
    """Give the verdicts on the mappings of one pair."""
    known = {(row.subject_id, row.object_id): row for row in reference if row.object_id}
    judged = {row.subject_id for row in reference}
    proposed = [row for row in mappings if row[v.SUBJECT_ID] in judged]
    linked = {
        (row[v.SUBJECT_ID], row[v.OBJECT_ID]): row
        for row in proposed
        if row[v.OBJECT_ID] != v.NO_TERM_FOUND and row[v.PREDICATE_ID] in _STRONG
    }
    core = [link for link, row in known.items() if row.tier == "core"]
    gone = [(row[v.SUBJECT_ID], row[v.OBJECT_ID]) for row in proposed if row[v.OBJECT_ID] == v.NO_TERM_FOUND]
    confidence = {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row[v.CONFIDENCE] for row in proposed}
    best = _best_targets(proposed)
    verdicts = {
        **{link: _link_to_verdict(known.get(link)) for link in linked},
        **{link: MISSED for link in core if link not in linked},
        **{link: NOT_GONE if link[0] in dict(core) else GONE for link in gone},
    }
    rows: list[tuple[object, ...]] = []
    for link, verdict in verdicts.items():
        relations = known[link].relations if link in known else ()
        relation = linked[link][v.PREDICATE_ID] if link in linked else ""
        rows.append(
            (
                reference[0].subject_source,
                reference[0].object_source,
                *link,
                verdict,
                relation,
                "; ".join(relations),
                relation in relations,
                confidence.get(link, 0.0),
                best.get(link[0]) == link[1],
            )
        )
    return rows


def _best_targets(proposed: Sequence[_Row]) -> dict[object, object]:
    """Give each source's best target: of its surest row the object, or the runner-up if it has none."""
    best: dict[object, _Row] = {}
    for row in proposed:
        known = best.get(row[v.SUBJECT_ID])
        if known is None or row[v.CONFIDENCE] > known[v.CONFIDENCE]:
            best[row[v.SUBJECT_ID]] = row
    return {
        source: row[v.OBJECT_ID] if row[v.OBJECT_ID] != v.NO_TERM_FOUND else row[v.RUNNER_UP_ID]
        for source, row in best.items()
    }


def _link_to_verdict(known: Reference | None) -> str:
    if known is None:
        return WRONG
    return FOUND if known.tier == "core" else NEUTRAL


def verdicts_to_errors(verdicts: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Give the links that are wrong and those that are missed, with both wordings.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` gives them.
    statements
        The table ``statements``.

    Returns
    -------
    pandas.DataFrame
        In the order of the old statements: ``subject_id``, ``subject_label``, ``verdict``, ``object_id``,
        ``object_label``, ``reference_relation``, ``confidence``.
    """
    texts = statements.set_index(v.STATEMENT_ID)[v.TEXT]
    place = {statement_id: number for number, statement_id in enumerate(texts.index)}
    own = verdicts[verdicts["verdict"].isin([WRONG, MISSED])]
    labelled = own.assign(
        **{v.SUBJECT_LABEL: own[v.SUBJECT_ID].map(texts), v.OBJECT_LABEL: own[v.OBJECT_ID].map(texts)}
    )
    ordered = labelled.sort_values(v.SUBJECT_ID, key=lambda ids: ids.map(place), kind="stable")
    names = [v.SUBJECT_ID, v.SUBJECT_LABEL, "verdict", v.OBJECT_ID, v.OBJECT_LABEL, "reference_relation"]
    return ordered[[*names, v.CONFIDENCE]].reset_index(drop=True)


def verdicts_to_scores(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Give the scores of each pair of documents.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a pair and measure: ``subject_source``, ``object_source``, ``measure``, ``right`` and ``of``
        (counts), ``value`` (a share), ``low`` and ``high`` (its 95% interval). Measures: `hits@1` (sources
        whose best proposal is a core link), `precision`, `recall`, `F1`, `relation accuracy` (of the links
        found) and `withdrawn` (of the statements proposed as withdrawn, those that are). Neutral links count
        in none; a measure of nothing at all is left out.

    Notes
    -----
    Intervals are Wilson's. F1 is a rising function of found / (found + missed + wrong), which is a share:
    its interval is that share's, and ``right`` and ``of`` are its counts. Links of one source are not
    independent, so the true intervals are wider.
    """
    rows: list[tuple[object, ...]] = []
    for pair, own in verdicts.groupby(_PAIR, sort=False):
        counts = {name: int((own["verdict"] == name).sum()) for name in VERDICTS}
        core = own[own["verdict"].isin([FOUND, MISSED])]
        hits = core[core["is_best"]][v.SUBJECT_ID].nunique()
        found, proposed = counts[FOUND], counts[FOUND] + counts[WRONG]
        measures = {
            "hits@1": (hits, core[v.SUBJECT_ID].nunique()),
            "precision": (found, proposed),
            "recall": (found, found + counts[MISSED]),
            "F1": (found, proposed + counts[MISSED]),
            "relation accuracy": (int((core["is_relation_right"] & (core["verdict"] == FOUND)).sum()), found),
            "withdrawn": (counts[GONE], counts[GONE] + counts[NOT_GONE]),
        }
        for measure, (right, of) in measures.items():
            shares = np.array([right / of if of else 0.0, *_interval(right, of)])
            if measure == "F1":
                shares = 2 * shares / (1 + shares)
            if of:
                rows.append((*pair, measure, right, of, *shares.round(3)))
    return pd.DataFrame(rows, columns=[*_PAIR, "measure", "right", "of", "value", "low", "high"])


def _interval(right: int, of: int) -> tuple[float, float]:
    """Give the 95% interval of a share (Wilson, 1927); nothing is known of none of none."""
    from scipy.stats import binomtest

    if not of:
        return 0.0, 1.0
    interval = binomtest(right, of).proportion_ci(0.95, "wilson")
    return float(interval.low), float(interval.high)


def verdicts_to_reliability(verdicts: pd.DataFrame, bounds: Sequence[float]) -> pd.DataFrame:
    """Hold the confidence of proposed links against how many of them are right.

    Parameters
    ----------
    verdicts
        As `crosswalk_to_verdicts` gives them.
    bounds
        The bounds of the bins of confidence, rising.

    Returns
    -------
    pandas.DataFrame
        One row a bin that holds a link: ``from`` and ``to`` (the upper bound is within), ``links``,
        ``right``, ``share_right``, ``mean_confidence``, ``low`` and ``high`` (95% interval of the share).
        Neutral links are left out, and links outside the bounds.
    """
    linked = verdicts[verdicts["verdict"].isin([FOUND, WRONG])]
    bins = pd.cut(linked[v.CONFIDENCE], list(bounds), include_lowest=True, labels=False)
    rows = []
    for number, own in linked.groupby(bins):
        at = int(str(number))
        right = int((own["verdict"] == FOUND).sum())
        shares = np.array([right / len(own), own[v.CONFIDENCE].mean(), *_interval(right, len(own))])
        rows.append((bounds[at], bounds[at + 1], len(own), right, *shares.round(3)))
    names = ["from", "to", "links", "right", "share_right", "mean_confidence", "low", "high"]
    return pd.DataFrame(rows, columns=names)
