"""Read and write graphs as GraphML and as node-link JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.errors import unknown_ending

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["GRAPH_FORMATS", "bytes_to_graph", "graph_to_bytes"]

GRAPH_FORMATS = (".graphml", ".json")


def graph_to_bytes(graph: nx.DiGraph, path: str | Path) -> bytes:
    """Return a graph in the format of a file name: GraphML, or node-link JSON.

    Raises
    ------
    UnsupportedFormat
        If the name has another ending.
    """
    import networkx as nx

    path = Path(path)
    suffix = path.suffix.casefold()
    if suffix == ".graphml":
        buffer = io.BytesIO()
        # This writer needs no other package, so it writes the same bytes everywhere.
        nx.write_graphml_xml(graph, buffer, prettyprint=True)
        return buffer.getvalue().replace(b"\r\n", b"\n") + b"\n"
    if suffix == ".json":
        data = nx.node_link_data(graph, edges="edges")
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    raise unknown_ending("graphs", path.as_posix(), GRAPH_FORMATS)


def bytes_to_graph(data: bytes, path: str | Path) -> nx.DiGraph:
    """Read a graph that `graph_to_bytes` wrote; it equals the original.

    Raises
    ------
    UnsupportedFormat
        If no format of graphs has the ending of the name.
    """
    import networkx as nx

    path = Path(path)
    suffix = path.suffix.casefold()
    if suffix == ".graphml":
        graph = nx.read_graphml(io.BytesIO(data))
        graph.graph.pop("node_default", None)
        graph.graph.pop("edge_default", None)
        return graph
    if suffix == ".json":
        loaded: Any = nx.node_link_graph(json.loads(data), edges="edges")
        return loaded
    raise unknown_ending("graphs", path.as_posix(), GRAPH_FORMATS)
