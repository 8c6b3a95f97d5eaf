"""Build the graph of all documents: their statements, and the links between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.version_order import ids_in_order

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["crosswalk_to_graph", "graph_to_lineages", "row_to_attributes"]


def crosswalk_to_graph(tables: Tables, crosswalk: pd.DataFrame) -> nx.DiGraph:
    """Build the graph of all statements of all documents, and of the links between them.

    Parameters
    ----------
    tables
        Tables of the documents.
    crosswalk
        Mappings of any number of pairs; rows about duties are left out.

    Returns
    -------
    networkx.DiGraph
        Nodes are statement ids with ``document_id``, ``code``, ``statement_kind`` and ``text``; an edge leads
        from the old statement to the new one, with ``predicate_id``, ``confidence`` (unless a reviewer
        added the link), ``change`` and ``status``.
    """
    import networkx as nx

    graph = nx.DiGraph(name="versions")
    for row in tables.statements.to_dict("records"):
        graph.add_node(
            row[v.STATEMENT_ID],
            document_id=row[v.DOCUMENT_ID],
            code=row[v.CODE],
            statement_kind=row[v.KIND],
            text=row[v.TEXT],
        )
    for row in crosswalk.to_dict("records"):
        old, new = row[v.SUBJECT_ID], row[v.OBJECT_ID]
        if old in graph and new in graph:
            graph.add_edge(old, new, **row_to_attributes(row))
    return graph


def row_to_attributes(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the attributes of the edge of a row of a crosswalk; an unknown confidence is left out."""
    kept = (v.PREDICATE_ID, v.CONFIDENCE, v.CHANGE, v.STATUS)
    return {name: row[name] for name in kept if not pd.isna(row[name])}


def graph_to_lineages(graph: nx.DiGraph) -> pd.DataFrame:
    """Return the connected components of the graph of versions.

    Parameters
    ----------
    graph
        As `crosswalk_to_graph` returns it.

    Returns
    -------
    pandas.DataFrame
        One row for each component, the largest first: ``lineage`` (from 1), ``shape`` (`alone`: without a
        link; `line`: at most one statement of each document; `merge`: several statements lead to one of a
        later document; `split`: one leads to several; `merge and split`; `joined`: several statements of one
        document are connected over other documents), ``n_statements``, ``n_documents``, then the codes in
        each document, a column for each, old before new.
    """
    import networkx as nx

    order = {node: position for position, node in enumerate(graph)}
    documents = _documents(graph)
    components = [sorted(members, key=order.__getitem__) for members in nx.weakly_connected_components(graph)]
    rows = []
    for number, members in enumerate(
        sorted(components, key=lambda part: (-len(part), order[part[0]])), start=1
    ):
        codes: dict[str, list[str]] = {document: [] for document in documents}
        for node in members:
            codes[graph.nodes[node][v.DOCUMENT_ID]].append(graph.nodes[node][v.CODE])
        n_documents = sum(map(bool, codes.values()))
        shape = _shape(graph.subgraph(members))
        rows.append(
            (number, shape, len(members), n_documents, *(", ".join(names) for names in codes.values()))
        )
    return pd.DataFrame(rows, columns=["lineage", "shape", "n_statements", "n_documents", *documents])


def _documents(graph: nx.DiGraph) -> list[str]:
    """Return the ids of the documents of a graph in the order of versions; the graph has no dates."""
    documents = dict(graph.nodes(data=v.DOCUMENT_ID))
    pairs = sorted({(documents[old], documents[new]) for old, new in graph.edges})
    return ids_in_order(sorted(set(documents.values())), pairs)


def _shape(part: nx.DiGraph) -> str:
    """Return the shape of a component, from its links between each pair of documents."""
    of = dict(part.nodes(data=v.DOCUMENT_ID))
    into = Counter((of[old], new) for old, new in part.edges)
    out = Counter((old, of[new]) for old, new in part.edges)
    merges, splits = max(into.values(), default=0) > 1, max(out.values(), default=0) > 1
    if merges or splits:
        return " and ".join(name for name, is_so in (("merge", merges), ("split", splits)) if is_so)
    if len(part) == 1:
        return "alone"
    return "joined" if max(Counter(of.values()).values()) > 1 else "line"
