"""The statements of a new version that are covered by evidence tagged with codes of the old version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from curriculum.analysis.groups import Group, check_option, id_to_code, is_for_option, rows_to_groups
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import Row, TableRows, check_document_rows

__all__ = [
    "BEFORE_COLUMNS",
    "COVERAGE_COLUMNS",
    "GROUP_COLUMNS",
    "GROUP_STATES",
    "LEARNER_COLUMNS",
    "LOST",
    "LOST_COLUMNS",
    "STATES",
    "coverage",
    "coverage_to_groups",
    "evidence_to_before",
    "evidence_to_learners",
    "evidence_to_lost",
]

STATES = COVERED, IN_PART, NOT_COVERED = ("covered", "in part", "not covered")
GROUP_STATES = ALL_COVERED, SOME_COVERED, NONE_COVERED = ("all covered", "some covered", "none covered")
# Why evidence does not count; of several reasons the first is shown.
LOST = UNDECIDED, RELATED_ONLY, WITHDRAWN = ("waiting", "related only", "withdrawn")

LEARNER: Final = "learner"
N_CELLS: Final = "n_cells"
IS_SETTLED: Final = "is_settled"
STATE: Final = "state"
STATE_IF_RIGHT: Final = "state_if_right"
EVIDENCE: Final = "evidence"
LACKING: Final = "lacking"
WAITING: Final = "waiting"
WHY: Final = "why"
GROUP: Final = "group"
CORE, OPTION_GROUP, CORE_NAME = ("core", "option", "Core")
N_KSBS: Final = "n_ksbs"
N_IF_RIGHT: Final = "n_if_right"
COUNTS = N_COVERED, N_IN_PART, N_NOT_COVERED = ("n_covered", "n_in_part", "n_not_covered")
_STATEMENT: Final = (v.STATEMENT_ID, v.CODE, v.KIND, v.OPTION, v.TEXT)
# The columns of each result.
COVERAGE_COLUMNS: Final = (*_STATEMENT, STATE, STATE_IF_RIGHT, EVIDENCE, LACKING, WAITING, N_CELLS)
BEFORE_COLUMNS: Final = (*_STATEMENT, STATE, N_CELLS)
GROUP_COLUMNS: Final = (GROUP, v.CODE, v.NAME, v.OPTION, N_KSBS, *COUNTS, STATE, LACKING)
LOST_COLUMNS: Final = (v.SUBJECT_ID, v.CODE, v.TEXT, N_CELLS, WHY)
LEARNER_COLUMNS: Final = (LEARNER, *COUNTS, N_IF_RIGHT, LACKING)

# How much evidence for an old statement shows of the new statement that it is linked to.
_ALL, _NEARLY_ALL, _A_PART = 3, 2, 1
_SHOWN = {v.EXACT_MATCH: _ALL, v.NARROW_MATCH: _ALL, v.CLOSE_MATCH: _NEARLY_ALL, v.BROAD_MATCH: _A_PART}


def _statements(tables: TableRows, document_id: str, option: str) -> list[Row]:
    check_option(tables, document_id, option)
    return [
        row
        for row in tables.statements
        if row[v.DOCUMENT_ID] == document_id and is_for_option(row[v.OPTION], option)
    ]


def _sort_key(tables: TableRows) -> Callable[[str], tuple[int, str]]:
    """Return the key that puts ids in the order of the tables; ids that the tables lack are last."""
    places = {row[v.STATEMENT_ID]: place for place, row in enumerate(tables.statements)}
    return lambda statement_id: (places.get(statement_id, len(places)), statement_id)


def _codes(ids: Iterable[str]) -> str:
    return ", ".join(map(id_to_code, ids))


def _cells(evidence: Iterable[Row]) -> Counter[str]:
    """Return the number of cells of each old statement, of all learners together."""
    cells: Counter[str] = Counter()
    for row in evidence:
        cells[row[v.SUBJECT_ID]] += row[N_CELLS]
    return +cells


def _origins(links: Iterable[Row], is_settled_only: bool) -> dict[str, dict[str, int]]:
    """Return for each new statement the old ones linked to it, with how much their evidence shows of it.

    Of several links of a pair the one that shows most counts, so that a pair is one part of a merge.
    """
    origins: dict[str, dict[str, int]] = {}
    for row in links:
        old, relation, new = (row[name] for name in (v.SUBJECT_ID, v.PREDICATE_ID, v.OBJECT_ID))
        is_link = relation in _SHOWN and v.NO_TERM_FOUND not in (old, new)
        if is_link and (row[IS_SETTLED] or not is_settled_only):
            shares = origins.setdefault(new, {})
            shares[old] = max(shares.get(old, 0), _SHOWN[relation])
    return origins


def _origin_to_state(origin: Mapping[str, int], covered_ids: Collection[str]) -> str:
    shown = [share for old, share in origin.items() if old in covered_ids]
    if not shown:
        return NOT_COVERED
    is_every_part = len(shown) == len(origin)
    is_enough = max(shown) >= _NEARLY_ALL or len(shown) > 1
    return COVERED if max(shown) == _ALL or (is_every_part and is_enough) else IN_PART


def coverage(
    evidence: Iterable[Row], links: Sequence[Row], tables: TableRows, new: str, option: str = ""
) -> tuple[Row, ...]:
    """Return how much of the new version is covered by evidence for the old one.

    Which cells of a tracker counted as evidence, and which did not and why, is in ``counted`` of the result
    of `remap`.

    Evidence for an old statement covers a new statement that says the same (`exactMatch`), that was split
    from it (`narrowMatch`), or that is nearly the same (`closeMatch`) if no other old statement was merged
    into it. A new statement that it was merged into (`broadMatch`) is covered in part, and fully when all
    parts of the merge have evidence.

    Parameters
    ----------
    evidence
        One row for each learner and old statement: ``learner``, ``subject_id``, ``n_cells``. All learners
        are counted together; `evidence_to_learners` counts each of them.
    links
        The links of the two versions: ``subject_id``, ``predicate_id``, ``object_id``, ``is_settled``.
    tables, new
        The rows of both versions, and the id of the new document.
    option
        Title of an option: statements of other options are left out.

    Returns
    -------
    tuple of Row
        One row for each new statement, in the order of the tables: ``statement_id``, ``code``, ``kind``,
        ``option``, ``text``, ``state`` (one of `STATES`, by settled links), ``state_if_right`` (the state if
        every proposal were right; it is worse than ``state`` if a proposal adds a part without evidence to a
        merge), three columns of old codes: ``evidence`` (with evidence), ``lacking`` (parts of the merge,
        settled or proposed, without evidence), ``waiting`` (with evidence, but only proposed), and
        ``n_cells`` (the cells of the codes in ``evidence``).

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> merged = {"predicate_id": "skos:broadMatch", "object_id": "st0792-1.2:S13", "is_settled": True}
    >>> links = [{"subject_id": f"st0792-1.0:{code}", **merged} for code in ("S4", "S29")]
    >>> evidence = [{"learner": "", "subject_id": "st0792-1.0:S4", "n_cells": 3}]
    >>> covered = {row["code"]: row for row in coverage(evidence, links, tables, "st0792-1.2")}
    >>> [covered["S13"][name] for name in ("state", "evidence", "lacking")]
    ['in part', 'S4', 'S29']
    """
    cells, to_place = _cells(evidence), _sort_key(tables)
    settled, every = _origins(links, is_settled_only=True), _origins(links, is_settled_only=False)
    rows = []
    for row in _statements(tables, new, option):
        now, later = (origins.get(row[v.STATEMENT_ID], {}) for origins in (settled, every))
        parts = sorted(later, key=to_place)
        counting = [old for old in parts if old in cells and old in now]
        lacking = [old for old in parts if old not in cells and len(parts) > 1]
        waiting = [old for old in parts if old in cells and old not in now]
        states = (_origin_to_state(now, cells), _origin_to_state(later, cells))
        values = (*states, *map(_codes, (counting, lacking, waiting)), sum(cells[old] for old in counting))
        rows.append((*map(row.get, _STATEMENT), *values))
    return _named(rows, COVERAGE_COLUMNS)


def _named(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> tuple[Row, ...]:
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def evidence_to_before(
    evidence: Iterable[Row], tables: TableRows, old: str, option: str = ""
) -> tuple[Row, ...]:
    """Return how much of the old version the same evidence covers.

    Returns
    -------
    tuple of Row
        One row for each old statement, in the order of the tables: ``statement_id``, ``code``, ``kind``,
        ``option``, ``text``, ``state`` (`covered` or `not covered`), ``n_cells``.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> evidence = [{"learner": "", "subject_id": "st0792-1.0:K9", "n_cells": 2}]
    >>> before = evidence_to_before(evidence, tables, "st0792-1.0")
    >>> sorted(Counter(row["state"] for row in before).items())
    [('covered', 1), ('not covered', 87)]
    """
    cells, rows = _cells(evidence), []
    for row in _statements(tables, old, option):
        count = cells[row[v.STATEMENT_ID]]
        rows.append((*map(row.get, _STATEMENT), COVERED if count else NOT_COVERED, count))
    return _named(rows, BEFORE_COLUMNS)


def coverage_to_groups(
    covered: Iterable[Row], tables: TableRows, document_id: str, option: str = ""
) -> tuple[Row, ...]:
    """Count the covered KSBs of each duty, theme, method, descriptor, option and kind of a document.

    ``covered`` is the result of `coverage` or `evidence_to_before`; other KSBs do not count. With
    ``option``, groups and KSBs of other options are left out.

    Returns
    -------
    tuple of Row
        One row for each group with KSBs: ``group`` (`duty`, `theme`, `method`, `pass descriptor` and so on
        by grade, `core`, which is no option, `option`, `kind`; in this order, then that of the document),
        ``code`` (empty for the last three), ``name``, ``option``, ``n_ksbs``, ``n_covered``, ``n_in_part``,
        ``n_not_covered``, ``state`` (one of `GROUP_STATES`; `none covered`: not even in part), ``lacking``
        (codes that are not fully covered).

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> covered = [{"statement_id": "st0792-1.2:S2", "state": "in part"}]
    >>> groups = coverage_to_groups(covered, tables, "st0792-1.2")
    >>> [(row["name"], row["n_ksbs"], row["lacking"]) for row in groups if row["group"] == "theme"]
    [('The role', 1, 'S2')]
    """
    known = {row[v.STATEMENT_ID]: row[STATE] for row in covered}
    listed = [row[v.STATEMENT_ID] for row in _statements(tables, document_id, option)]
    states = {statement_id: known[statement_id] for statement_id in listed if statement_id in known}
    rows = []
    for group in rows_to_groups(tables, document_id, option):
        states_of_group = {
            statement_id: state for statement_id, state in states.items() if statement_id in group.ksbs
        }
        if states_of_group and is_for_option(group.option, option):
            counts = Counter(states_of_group.values())
            lacking = _codes(
                statement_id for statement_id, state in states_of_group.items() if state != COVERED
            )
            numbers = (counts[state] for state in STATES)
            named = (CORE, "", CORE_NAME, group.option) if _is_core(group) else group[:4]
            rows.append((*named, len(states_of_group), *numbers, _counts_to_state(counts), lacking))
    return _named(rows, GROUP_COLUMNS)


def _is_core(group: Group) -> bool:
    return group.group == OPTION_GROUP and group.option.casefold() == v.CORE


def _counts_to_state(counts: Mapping[str, int]) -> str:
    if set(counts) == {COVERED}:
        return ALL_COVERED
    return NONE_COVERED if set(counts) == {NOT_COVERED} else SOME_COVERED


def evidence_to_lost(
    evidence: Iterable[Row], links: Sequence[Row], tables: TableRows, old: str
) -> tuple[Row, ...]:
    """Return the old statements whose evidence does not count in the new version at present.

    Returns
    -------
    tuple of Row
        One row for each old statement with evidence and without a settled link that counts, in the order of
        the tables: ``subject_id``, ``code``, ``text`` (empty if the tables lack it), ``n_cells``, ``why``
        (one of `LOST`: `waiting` if any link is undecided, or if there is no link at all).

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> evidence = [{"learner": "", "subject_id": "st0792-1.0:S3", "n_cells": 2}]
    >>> links = [{"subject_id": "st0792-1.0:S3", "predicate_id": "skos:exactMatch",
    ...           "object_id": "sssom:NoTermFound", "is_settled": True}]
    >>> lost = evidence_to_lost(evidence, links, tables, "st0792-1.0")
    >>> [(row["code"], row["n_cells"], row["why"]) for row in lost]
    [('S3', 2, 'withdrawn')]
    """
    check_document_rows(tables, old)
    cells = _cells(evidence)
    texts = {row[v.STATEMENT_ID]: row[v.TEXT] for row in tables.statements}
    origins = _origins(links, is_settled_only=True)
    counting = {old_id for new, origin in origins.items() if new in texts for old_id in origin}
    not_counting = [old_id for old_id in cells if old_id not in counting and old_id.startswith(f"{old}:")]
    listed = sorted(not_counting, key=_sort_key(tables))
    whys: dict[str, str] = {}
    for row in links:
        old_id, new = row[v.SUBJECT_ID], row[v.OBJECT_ID]
        settled = WITHDRAWN if new == v.NO_TERM_FOUND else RELATED_ONLY if new in texts else UNDECIDED
        why = settled if row[IS_SETTLED] else UNDECIDED
        whys[old_id] = min(why, whys.get(old_id, why), key=LOST.index)
    rows = [
        (old_id, id_to_code(old_id), texts.get(old_id, ""), cells[old_id], whys.get(old_id, UNDECIDED))
        for old_id in listed
    ]
    return _named(rows, LOST_COLUMNS)


def evidence_to_learners(
    evidence: Iterable[Row], links: Sequence[Row], tables: TableRows, new: str, option: str = ""
) -> tuple[Row, ...]:
    """Count the statements of the new version that the evidence of each learner covers, as in `coverage`.

    Returns
    -------
    tuple of Row
        One row for each learner, in the order of first appearance, also for learners without evidence:
        ``learner``, ``n_covered``, ``n_in_part``, ``n_not_covered``, ``n_if_right`` (covered if every
        proposal is right), ``lacking`` (the codes that are not covered).

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> links = [{"subject_id": "st0792-1.0:K8", "predicate_id": "skos:closeMatch",
    ...           "object_id": "st0792-1.2:K7", "is_settled": True}]
    >>> evidence = [{"learner": "Ada", "subject_id": "st0792-1.0:K8", "n_cells": 2}]
    >>> [learner] = evidence_to_learners(evidence, links, tables, "st0792-1.2")
    >>> list(learner.values())[:5]
    ['Ada', 1, 0, 55, 1]
    """
    settled, every = _origins(links, is_settled_only=True), _origins(links, is_settled_only=False)
    listed = [row[v.STATEMENT_ID] for row in _statements(tables, new, option)]
    ids_by_learner: dict[str, set[str]] = {}
    for row in evidence:
        ids = ids_by_learner.setdefault(row[LEARNER], set())
        ids.update([row[v.SUBJECT_ID]] if row[N_CELLS] > 0 else [])
    rows = []
    for learner, covered_ids in ids_by_learner.items():
        states = {
            statement_id: _origin_to_state(settled.get(statement_id, {}), covered_ids)
            for statement_id in listed
        }
        n_if_right = sum(
            _origin_to_state(every.get(statement_id, {}), covered_ids) == COVERED for statement_id in listed
        )
        counts = Counter(states.values())
        lacking = _codes(statement_id for statement_id, state in states.items() if state != COVERED)
        rows.append((learner, *(counts[state] for state in STATES), n_if_right, lacking))
    return _named(rows, LEARNER_COLUMNS)
