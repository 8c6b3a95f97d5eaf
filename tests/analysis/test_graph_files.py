"""The graph of a standard, and its way to a file and back."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest

from curriculum.analysis.graph_files import bytes_to_graph, graph_to_bytes
from curriculum.analysis.standard_graph import graph_to_counts, tables_to_graph
from curriculum.errors import UnsupportedFormat


def test_counts_of_1_2(tables):
    graph = tables_to_graph(tables, "st0792-1.2")
    assert graph_to_counts(graph).to_numpy().tolist() == [
        ["node", "duty", 12],
        ["node", "statement", 56],
        ["node", "theme", 17],
        ["node", "method", 2],
        ["node", "option", 3],
        ["edge", "names", 119],
        ["edge", "groups", 56],
        ["edge", "belongs to", 17],
        ["edge", "is assessed by", 56],
        ["edge", "is for", 85],
    ]


def test_nodes_and_edges_are_typed_and_lead_where_the_tables_lead(tables):
    graph = tables_to_graph(tables, "st0792-1.2")
    assert graph.nodes["st0792-1.2:K7"] == {
        "kind": "statement",
        "statement_kind": "knowledge",
        "code": "K7",
        "option": "core",
        "text": "How to research and access resources such as suppliers, contributors and crew members.",
    }
    assert graph.edges["st0792-1.2:D3", "st0792-1.2:K7"] == {"kind": "names"}
    assert graph.edges["st0792-1.2:T12", "st0792-1.2:K7"] == {"kind": "groups"}
    assert graph.edges["st0792-1.2:T12", "st0792-1.2:M2"] == {"kind": "belongs to"}
    assert graph.edges["st0792-1.2:K7", "st0792-1.2:M2"] == {"kind": "is assessed by"}
    assert graph.edges["st0792-1.2:K7", "st0792-1.2:core"] == {"kind": "is for"}
    assert graph.nodes["st0792-1.2:O1"]["name"] == "Production coordinator"


def test_a_statement_of_two_options_is_for_both(tables):
    graph = tables_to_graph(tables, "draft-2019")
    options = [node for _, node, kind in graph.out_edges("draft-2019:K37", data="kind") if kind == "is for"]
    assert options == ["draft-2019:O1", "draft-2019:O2"]


@pytest.mark.parametrize("document_id", ["st0792-1.2", "draft-2019", "st0792-1.0", "nos-2017"])
@pytest.mark.parametrize("name", ["g.graphml", "g.json"])
def test_what_is_written_loads_back_equal(tables, document_id, name):
    graph = tables_to_graph(tables, document_id)
    data = graph_to_bytes(graph, Path(name))
    again = bytes_to_graph(data, Path(name))
    assert nx.utils.graphs_equal(graph, again)
    assert again.graph == {"name": document_id}
    assert list(again.nodes) == list(graph.nodes)
    assert graph_to_bytes(again, Path(name)) == data


def test_markup_in_a_text_stays_text(read):
    from curriculum.parsing.parsed_tables import parsed_to_tables

    one = parsed_to_tables([read('K1: <b>&"hoof"</b> ]]> =1+1\nK2: two')])
    for name in ("g.graphml", "g.json"):
        again = bytes_to_graph(graph_to_bytes(tables_to_graph(one, "mine"), Path(name)), Path(name))
        assert again.nodes["mine:K1"]["text"] == '<b>&"hoof"</b> ]]> =1+1'


def test_other_formats_are_refused(tables):
    graph = tables_to_graph(tables, "nos-2017")
    with pytest.raises(UnsupportedFormat, match=r"expected \.graphml, \.json; found no ending"):
        graph_to_bytes(graph, Path("g"))
    with pytest.raises(UnsupportedFormat):
        bytes_to_graph(b"", Path("g.gml"))
