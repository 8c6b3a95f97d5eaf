"""Trace a statement over all documents, back and forward: as a table, as text, as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from curriculum.analysis.version_graph import row_to_attributes
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_shortened
from curriculum.tables.carrier import Tables, check_statement
from curriculum.tables.version_order import documents_in_order

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "BECAME",
    "CAME_FROM",
    "PLACE",
    "check_statement",
    "lineage_to_graph",
    "lineage_to_text",
    "neighbouring_pairs",
    "statement_to_lineage",
]

CAME_FROM: Final = "came from"
BECAME: Final = "became"
_STATEMENT: Final = "statement"
# The position of the document of a statement among all, old before new.
PLACE: Final = "place"
# Whether the direct crosswalk, which skips the documents between, links two statements.
ALSO_DIRECT, NOT_DIRECT, ONLY_DIRECT = "too", "not", "only"
_DIRECT_NOTES: Final = {
    ALSO_DIRECT: "directly too",
    NOT_DIRECT: "not directly",
    ONLY_DIRECT: "directly, not by way of the documents between",
}
_COLUMNS: Final = (
    "direction",
    "step",
    "parent_id",
    v.STATEMENT_ID,
    v.DOCUMENT_ID,
    PLACE,
    v.PREDICATE_ID,
    v.CONFIDENCE,
    v.CHANGE,
    v.BAND,
    v.STATUS,
    "direct",
    v.TEXT,
)
_WORDING: Final = 78


# The columns of a crosswalk that a lineage is made of.
_READ: Final = (
    v.SUBJECT_SOURCE,
    v.OBJECT_SOURCE,
    v.SUBJECT_ID,
    v.SUBJECT_CATEGORY,
    v.PREDICATE_ID,
    v.OBJECT_ID,
    v.OBJECT_CATEGORY,
    v.CONFIDENCE,
    v.BAND,
    v.CHANGE,
    v.STATUS,
)


class _Step(NamedTuple):
    """A step of a lineage: from a statement to one of an older or newer document, or to none."""

    direction: str
    depth: int
    parent: str
    statement: str
    document: str
    row: Mapping[Any, Any]


class _Walk:
    """The links between documents, and the steps of a lineage along them."""

    def __init__(self, crosswalk: pd.DataFrame, root: str, is_duty: bool) -> None:
        self.root = root
        records = crosswalk[list(_READ)].to_dict("records")
        self.links = {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in records}
        shown_rows = [row for row in records if _is_duty(row) == is_duty]
        self.shown = dict.fromkeys((row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]) for row in shown_rows)
        self.neighbours = neighbouring_pairs(self.shown)
        self.rows: dict[tuple[str, str, str], list[Mapping[Any, Any]]] = {}
        for row in records:
            if row[v.SUBJECT_ID] != v.NO_TERM_FOUND:
                key = (BECAME, row[v.SUBJECT_ID], row[v.OBJECT_SOURCE])
                self.rows.setdefault(key, []).append(row)
            if row[v.OBJECT_ID] != v.NO_TERM_FOUND:
                key = (CAME_FROM, row[v.OBJECT_ID], row[v.SUBJECT_SOURCE])
                self.rows.setdefault(key, []).append(row)

    def steps(self, direction: str, statement: str, before: tuple[str, ...] = ()) -> list[_Step]:
        """Return the steps from a statement in a direction, each followed by the steps from its statement.

        Direct links over other documents are used only where the links over these documents lead nowhere.
        """
        path = (*before, statement)
        steps: list[_Step] = []
        for pairs in (self.neighbours, [pair for pair in self.shown if pair not in self.neighbours]):
            reached = {step.statement for step in steps if step.statement != v.NO_TERM_FOUND}
            for document in _next(direction, statement.partition(":")[0], pairs):
                for step in self._steps_to(document, direction, path):
                    if pairs is self.neighbours or step.statement not in {*reached, v.NO_TERM_FOUND}:
                        steps += [step, *self._onwards(step, path)]
        return steps

    def _steps_to(self, document: str, direction: str, path: tuple[str, ...]) -> Iterator[_Step]:
        other = v.SUBJECT_ID if direction == CAME_FROM else v.OBJECT_ID
        rows = self.rows.get((direction, path[-1], document), ())
        for row in sorted(rows, key=lambda row: -_row_to_confidence(row)):
            # If a pair is registered in both directions, its links lead back.
            if row[other] not in path:
                yield _Step(direction, len(path), path[-1], row[other], document, row)

    def _onwards(self, step: _Step, path: tuple[str, ...]) -> list[_Step]:
        if step.statement == v.NO_TERM_FOUND:
            return []
        return self.steps(step.direction, step.statement, path)

    def direct(self, step: _Step) -> str:
        """Return whether the direct crosswalk has the same link; empty if there is no direct crosswalk."""
        pair_of_step = step.row[v.SUBJECT_SOURCE], step.row[v.OBJECT_SOURCE]
        if pair_of_step not in self.neighbours:
            return ONLY_DIRECT
        pair = (step.document, self.root.partition(":")[0])
        link = (step.statement, self.root)
        if step.direction == BECAME:
            pair, link = pair[::-1], link[::-1]
        if pair not in self.shown or pair in self.neighbours or step.statement == v.NO_TERM_FOUND:
            return ""
        return ALSO_DIRECT if link in self.links else NOT_DIRECT


def _row_to_confidence(row: Mapping[Any, Any]) -> float:
    return 1.0 if pd.isna(row[v.CONFIDENCE]) else float(row[v.CONFIDENCE])


def _is_duty(row: Mapping[Any, Any]) -> bool:
    return v.DUTY in {row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY]}


def _next(direction: str, document: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield the documents next to a document in a direction."""
    for old, new in pairs:
        if direction == BECAME and old == document:
            yield new
        if direction == CAME_FROM and new == document:
            yield old


def neighbouring_pairs(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs of documents that no path over other pairs replaces, in their order.

    Examples
    --------
    >>> neighbouring_pairs([("draft", "1.0"), ("1.0", "1.2"), ("draft", "1.2")])
    [('draft', '1.0'), ('1.0', '1.2')]
    """
    distinct = list(dict.fromkeys(pairs))
    newer: dict[str, set[str]] = {}
    for old, new in distinct:
        newer.setdefault(old, set()).add(new)
    reached = {old: _reached(newer, old) for old in newer}
    if any(old in names for old, names in reached.items()):
        # Pairs in a circle have no neighbours.
        return distinct
    return [
        (old, new) for old, new in distinct if not any(new in reached.get(name, ()) for name in newer[old])
    ]


def _reached(newer: Mapping[str, set[str]], document: str) -> set[str]:
    """Return all documents that a path of pairs leads to from a document."""
    reached: set[str] = set()
    last = newer[document]
    while last:
        reached |= last
        last = set().union(*(newer.get(name, set()) for name in last)) - reached
    return reached


def statement_to_lineage(tables: Tables, crosswalk: pd.DataFrame, statement_id: str) -> pd.DataFrame:
    """Return the lineage of a statement, step by step: what it came from, and what became of it.

    Parameters
    ----------
    tables
        Tables of all documents.
    crosswalk
        The crosswalks of all pairs, with decisions applied.
    statement_id
        Such as ``st0792-1.2:K9``; a duty has a lineage too.

    Returns
    -------
    pandas.DataFrame
        The statement itself, then one row for each step, followed by the steps from its statement:
        ``direction`` (`statement`, `came from` or `became`), ``step`` (number of steps away), ``parent_id``
        (the statement before the step), ``statement_id`` (`sssom:NoTermFound` if there is none),
        ``document_id``, ``place`` (position of that document among all, the oldest first, from 1),
        ``predicate_id`` (of the older to the newer statement), ``confidence``, ``change``,
        ``band``, ``status``, ``direct`` (whether the direct crosswalk links the two: `too`, `not`, or
        `only` the direct one; empty if there is none) and ``text``. Direct links over other documents come
        last.

    Raises
    ------
    NotFound
        If the statement does not exist.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_crosswalk, read_tables
    >>> folder = Path("data/processed")
    >>> lineage = statement_to_lineage(read_tables(folder), read_crosswalk(folder), "st0792-1.2:K9")
    >>> lineage.loc[1, ["direction", "statement_id", "predicate_id"]].tolist()
    ['came from', 'st0792-1.0:K25', 'skos:closeMatch']
    """
    check_statement(tables, statement_id)
    texts = _texts(tables)
    walk = _Walk(crosswalk, statement_id, statement_id in set(tables.duties[v.DUTY_ID]))
    positions = {
        name: position for position, name in enumerate(documents_in_order(tables, crosswalk), start=1)
    }
    document = statement_id.partition(":")[0]
    where: tuple[object, ...] = ("", statement_id, document, positions[document])
    rows: list[tuple[object, ...]] = [
        (_STATEMENT, 0, *where, "", float("nan"), "", "", "", "", texts[statement_id])
    ]
    for direction in (CAME_FROM, BECAME):
        for step in walk.steps(direction, statement_id):
            cells = (step.row[name] for name in (v.PREDICATE_ID, v.CONFIDENCE, v.CHANGE, v.BAND, v.STATUS))
            where = (step.parent, step.statement, step.document, positions[step.document])
            rows.append(
                (direction, step.depth, *where, *cells, walk.direct(step), texts.get(step.statement, ""))
            )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _texts(tables: Tables) -> dict[str, str]:
    frames = (tables.statements, tables.duties)
    return {
        name: text for frame in frames for name, text in zip(frame.iloc[:, 0], frame[v.TEXT], strict=True)
    }


def lineage_to_text(lineage: pd.DataFrame) -> str:
    """Return a lineage as text: a line for each step, indented by its distance, with its wording below.

    Parameters
    ----------
    lineage
        As `statement_to_lineage` returns it.
    """
    return "\n".join(_lines(lineage)) + "\n"


def _lines(lineage: pd.DataFrame) -> Iterator[str]:
    direction = ""
    for row in lineage.to_dict("records"):
        indent = "  " * (2 * int(row["step"]) - 1)
        if row["direction"] == _STATEMENT:
            yield f"{row[v.STATEMENT_ID]}  {row[v.TEXT]}"
            if len(lineage) == 1:
                yield "It has no links: no crosswalk links it to another statement."
            continue
        if row["direction"] != direction:
            direction = row["direction"]
            yield f"{direction}"
        yield f"{indent}{_step_to_words(row)}"
        if row[v.TEXT] and "identical" not in str(row[v.CHANGE]):
            yield f"{indent}  {text_to_shortened(row[v.TEXT], _WORDING)}"


def _step_to_words(row: Mapping[Any, Any]) -> str:
    by = "decided" if row[v.STATUS] in {v.DECIDED, v.DECIDED_BEFORE} else ""
    # The confidence of the linker does not apply to a decision.
    confidence = "" if by or pd.isna(row[v.CONFIDENCE]) else f" {row[v.CONFIDENCE]:.2f}"
    if row[v.STATEMENT_ID] == v.NO_TERM_FOUND:
        text = f"{row[v.DOCUMENT_ID]}: nothing ({row[v.CHANGE]}{confidence})"
        return f"{text}  {by}".rstrip()
    waits = "waits for review" if row[v.BAND] == v.REVIEW else ""
    note = _DIRECT_NOTES.get(row["direct"], "")
    text = f"{row[v.STATEMENT_ID]}  {row[v.PREDICATE_ID].removeprefix('skos:')}{confidence}  {row[v.CHANGE]}"
    notes = "; ".join(filter(None, (by, waits, note)))
    return f"{text}  [{notes}]" if notes else text


def lineage_to_graph(tables: Tables, crosswalk: pd.DataFrame, lineage: pd.DataFrame) -> nx.DiGraph:
    """Return a lineage as a graph.

    Returns
    -------
    networkx.DiGraph
        The statements of the lineage and the links between neighbouring documents, with the attributes of
        `crosswalk_to_graph`; an edge leads from the older statement to the newer.
    """
    import networkx as nx

    kept = lineage[lineage[v.STATEMENT_ID] != v.NO_TERM_FOUND]
    steps = kept[kept["parent_id"] != ""]
    edges = [
        (row["parent_id"], row[v.STATEMENT_ID])[:: 1 if row["direction"] == BECAME else -1]
        for row in steps.to_dict("records")
    ]
    nodes, links = tables_to_compared_statements(tables, *tables.documents[v.DOCUMENT_ID]), _links(crosswalk)
    graph = nx.DiGraph(name=str(lineage[v.STATEMENT_ID].iloc[0]))
    for name in dict.fromkeys(kept[v.STATEMENT_ID]):
        statement = nodes[name]
        document = name.partition(":")[0]
        graph.add_node(
            name,
            document_id=document,
            code=statement.code,
            statement_kind=statement.kind,
            text=statement.text,
        )
    for old, new in dict.fromkeys(edges):
        graph.add_edge(old, new, **row_to_attributes(links[old, new]))
    return graph


def _links(crosswalk: pd.DataFrame) -> dict[tuple[str, str], Mapping[Any, Any]]:
    return {(row[v.SUBJECT_ID], row[v.OBJECT_ID]): row for row in crosswalk.to_dict("records")}
