"""The graph of a standard: its duties, KSBs, themes, assessment methods and options, and how they relate."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from curriculum import vocabulary as v
from curriculum.errors import UnknownFormat
from curriculum.tables import Tables, select_document

__all__ = ["GRAPH_FORMATS", "bytes_to_graph", "graph_to_bytes", "graph_to_counts", "tables_to_graph"]

NODE_KINDS = ("duty", "statement", "theme", "method", "option")
EDGE_KINDS = ("names", "groups", "belongs to", "is assessed by", "is for")
GRAPH_FORMATS = (".graphml", ".json")


def _options(tables: Tables) -> dict[str, str]:
    """Give the id of each option that the document prints, core first."""
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
    """Make the graph of one document.

    Nodes have the ids of the tables and a ``kind``: `duty`, `statement`, `theme`, `method`,
    `option`. Edges have a ``kind``: a duty `names` a statement, a theme `groups` it, a theme `belongs
    to` a method, a statement `is assessed by` a method, and each `is for` an option.

    Parameters
    ----------
    tables
        Tables that hold the document.
    document_id
        Its id; also the name of the graph.

    Returns
    -------
    networkx.DiGraph
        Attributes are texts only, so that every format holds them.
    """
    own = select_document(tables, document_id)
    graph = nx.DiGraph(name=document_id)
    _add_nodes(graph, own.duties, "duty", (v.CODE, v.OPTION, v.TEXT))
    for row in own.statements.to_dict("records"):
        graph.add_node(
            row[v.STATEMENT_ID],
            kind="statement",
            statement_kind=row[v.KIND],
            **{name: row[name] for name in (v.CODE, v.OPTION, v.TEXT)},
        )
    _add_nodes(graph, own.themes, "theme", (v.CODE, v.OPTION, v.NAME))
    _add_nodes(graph, own.methods, "method", (v.CODE, v.NAME, v.OTHER_NAMES))
    options = _options(own)
    for title, option_id in options.items():
        graph.add_node(option_id, kind="option", name=title)
    _add_edges(graph, own.duty_ksbs, "names")
    _add_edges(graph, own.theme_ksbs, "groups")
    _add_edges(graph, own.themes[[v.THEME_ID, v.METHOD_ID]], "belongs to")
    _add_edges(graph, own.statement_methods, "is assessed by")
    for frame in (own.duties, own.statements, own.themes):
        _add_options(graph, frame, options)
    return graph


def graph_to_counts(graph: nx.DiGraph) -> pd.DataFrame:
    """Count a graph's nodes and edges by kind.

    Returns
    -------
    pandas.DataFrame
        Columns ``what`` (`node` or `edge`), ``kind`` and ``count``; kinds that do not occur are left
        out.
    """
    nodes = [kind for _, kind in graph.nodes(data="kind")]
    edges = [kind for _, _, kind in graph.edges(data="kind")]
    rows = [("node", kind, nodes.count(kind)) for kind in NODE_KINDS]
    rows += [("edge", kind, edges.count(kind)) for kind in EDGE_KINDS]
    return pd.DataFrame([row for row in rows if row[2]], columns=["what", "kind", "count"])


def _unknown(path: Path) -> UnknownFormat:
    return UnknownFormat(
        "not a format that graphs are kept in",
        where=path.as_posix(),
        expected=" or ".join(GRAPH_FORMATS),
        found=path.suffix or "no ending",
        advice="Choose another ending.",
    )


def graph_to_bytes(graph: nx.DiGraph, path: Path) -> bytes:
    """Give a graph in the format that a file name asks for: GraphML, or node-link JSON.

    Raises
    ------
    UnknownFormat
        If the name ends otherwise.
    """
    suffix = path.suffix.casefold()
    if suffix == ".graphml":
        buffer = io.BytesIO()
        # The writer that needs no other package: the same bytes wherever it runs.
        nx.write_graphml_xml(graph, buffer, prettyprint=True)
        return buffer.getvalue().replace(b"\r\n", b"\n") + b"\n"
    if suffix == ".json":
        data = nx.node_link_data(graph, edges="edges")
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    raise _unknown(path)


def bytes_to_graph(data: bytes, path: Path) -> nx.DiGraph:
    """Read a graph that `graph_to_bytes` wrote; it equals the one that was written.

    Raises
    ------
    UnknownFormat
        If the name does not end in a format of graphs.
    """
    suffix = path.suffix.casefold()
    if suffix == ".graphml":
        graph = nx.read_graphml(io.BytesIO(data))
        graph.graph.pop("node_default", None)
        graph.graph.pop("edge_default", None)
        return graph
    if suffix == ".json":
        loaded: Any = nx.node_link_graph(json.loads(data), edges="edges")
        return loaded
    raise _unknown(path)
