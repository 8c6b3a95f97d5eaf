"""Build the graph of a standard: duties, KSBs, themes, methods and options, and their relations."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, select_document

__all__ = ["graph_to_counts", "tables_to_graph"]

NODE_KINDS = ("duty", "statement", "theme", "method", "option")
EDGE_KINDS = ("names", "groups", "belongs to", "is assessed by", "is for")


def _options(tables: Tables) -> dict[str, str]:
    """Return the id of each option of a document, core first."""
    printed = [
        option
        for frame in (tables.duties, tables.statements, tables.themes)
        for cell in frame[v.OPTION]
        for option in cell.split("; ")
        if option
    ]
    document_id = tables.documents[v.DOCUMENT_ID].iloc[0]
    titles = [option for option in dict.fromkeys(printed) if option != v.CORE]
    ids = {title: f"{document_id}:O{number}" for number, title in enumerate(titles, start=1)}
    return {v.CORE: f"{document_id}:{v.CORE}", **ids} if v.CORE in printed else ids


def _add_nodes(graph: nx.DiGraph, frame: pd.DataFrame, kind: str, columns: tuple[str, ...]) -> None:
    for row in frame.to_dict("records"):
        graph.add_node(row[frame.columns[0]], kind=kind, **{name: row[name] for name in columns})


def _add_edges(graph: nx.DiGraph, pairs: pd.DataFrame, kind: str) -> None:
    graph.add_edges_from(zip(pairs.iloc[:, 0], pairs.iloc[:, 1], strict=True), kind=kind)


def _add_options(graph: nx.DiGraph, frame: pd.DataFrame, options: dict[str, str]) -> None:
    for node, cell in zip(frame.iloc[:, 0], frame[v.OPTION], strict=True):
        for option in filter(None, cell.split("; ")):
            graph.add_edge(node, options[option], kind="is for")


def tables_to_graph(tables: Tables, document_id: str) -> nx.DiGraph:
    """Build the graph of one document.

    Nodes have the ids of the tables and a ``kind``: `duty`, `statement`, `theme`, `method`,
    `option`. Edges have a ``kind``: a duty `names` a statement, a theme `groups` it, a theme `belongs
    to` a method, a statement `is assessed by` a method, and each `is for` an option.

    Parameters
    ----------
    tables
        Tables of the document.
    document_id
        The id of the document, which is also the name of the graph.

    Returns
    -------
    networkx.DiGraph
        All attributes are texts, so that every format can store them.

    Raises
    ------
    NotFound
        If the tables have no such document.
    """
    document = select_document(tables, document_id)
    graph = nx.DiGraph(name=document_id)
    _add_nodes(graph, document.duties, "duty", (v.CODE, v.OPTION, v.TEXT))
    for row in document.statements.to_dict("records"):
        graph.add_node(
            row[v.STATEMENT_ID],
            kind="statement",
            statement_kind=row[v.KIND],
            **{name: row[name] for name in (v.CODE, v.OPTION, v.TEXT)},
        )
    _add_nodes(graph, document.themes, "theme", (v.CODE, v.OPTION, v.NAME))
    _add_nodes(graph, document.methods, "method", (v.CODE, v.NAME, v.OTHER_NAMES))
    options = _options(document)
    for title, option_id in options.items():
        graph.add_node(option_id, kind="option", name=title)
    _add_edges(graph, document.duty_ksbs, "names")
    _add_edges(graph, document.theme_ksbs, "groups")
    of_methods = document.themes[document.themes[v.METHOD_ID] != ""]
    _add_edges(graph, of_methods[[v.THEME_ID, v.METHOD_ID]], "belongs to")
    _add_edges(graph, document.statement_methods, "is assessed by")
    for frame in (document.duties, document.statements, document.themes):
        _add_options(graph, frame, options)
    return graph


def graph_to_counts(graph: nx.DiGraph) -> pd.DataFrame:
    """Count the nodes and edges of a graph by kind.

    Returns
    -------
    pandas.DataFrame
        Columns ``what`` (`node` or `edge`), ``kind`` and ``count``; kinds that do not occur are
        left out.
    """
    nodes = [kind for _, kind in graph.nodes(data="kind")]
    edges = [kind for _, _, kind in graph.edges(data="kind")]
    rows = [("node", kind, nodes.count(kind)) for kind in NODE_KINDS]
    rows += [("edge", kind, edges.count(kind)) for kind in EDGE_KINDS]
    return pd.DataFrame([row for row in rows if row[2]], columns=["what", "kind", "count"])
