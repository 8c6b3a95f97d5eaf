"""Communities that the structure of duties and KSBs shows, held against the official themes."""

from __future__ import annotations

from collections import Counter
from math import comb

import networkx as nx
import pandas as pd

from curriculum.analysis.ksb_coverage import codes_of, nodes_of, sources
from curriculum.model import vocabulary as v

__all__ = ["communities_to_agreement", "communities_to_themes", "graph_to_communities"]


def graph_to_communities(graph: nx.DiGraph) -> pd.DataFrame:
    """Find groups of duties and KSBs that name each other more than the rest.

    The method is greedy modularity (Clauset, Newman and Moore, 2004, doi:10.1103/PhysRevE.70.066111), which
    gives the same groups on every run.

    Parameters
    ----------
    graph
        As `tables_to_graph` gives it.

    Returns
    -------
    pandas.DataFrame
        One row a duty or KSB, in the order of the document: ``code``, ``kind`` (`duty` or `statement`),
        ``option``, ``community`` (from 1, the one of the first duty first), ``theme`` (code of the theme
        that groups the KSB; empty if none does, several separated by commas).
    """
    named = nx.Graph()
    named.add_nodes_from(nodes_of(graph, "duty"))
    named.add_edges_from((one, other) for one, other, kind in graph.edges(data="kind") if kind == "names")
    order = {node: position for position, node in enumerate(graph)}
    found = nx.community.greedy_modularity_communities(named) if named.number_of_edges() else []
    ordered = sorted(found, key=lambda members: min(order[node] for node in members))
    of = {node: number for number, members in enumerate(ordered, start=1) for node in members}
    rows = [
        (
            graph.nodes[node][v.CODE],
            graph.nodes[node]["kind"],
            graph.nodes[node][v.OPTION],
            of[node],
            codes_of(graph, sources(graph, node, "groups")),
        )
        for node in graph
        if node in of
    ]
    return pd.DataFrame(rows, columns=[v.CODE, v.KIND, v.OPTION, "community", "theme"])


def communities_to_themes(communities: pd.DataFrame) -> pd.DataFrame:
    """Count the KSBs of each community by theme.

    Returns
    -------
    pandas.DataFrame
        One row a community: ``community``, ``duties`` (codes), ``n_ksbs``, ``n_themes``, ``themes`` (codes,
        each with the number of its KSBs in the community and of all).
    """
    sizes = Counter(theme for themes in communities["theme"] for theme in filter(None, themes.split(", ")))
    rows = []
    for number, own in communities.groupby("community"):
        held = own[(own[v.KIND] == "statement")]
        themes = Counter(theme for own in held["theme"] for theme in filter(None, own.split(", ")))
        told = ", ".join(f"{theme} ({count} of {sizes[theme]})" for theme, count in themes.items())
        duties = ", ".join(own[own[v.KIND] == "duty"][v.CODE])
        rows.append((number, duties, len(held), len(themes), told))
    return pd.DataFrame(rows, columns=["community", "duties", "n_ksbs", "n_themes", "themes"])


def communities_to_agreement(communities: pd.DataFrame) -> float:
    """Return how far communities and themes part the KSBs alike: the adjusted Rand index.

    1 if they part them the same way, about 0 if no more alike than by chance (Hubert and Arabie, 1985,
    doi:10.1007/BF01908075). KSBs without a theme, or in several, are left out; where none is left there is
    nothing to compare, and it is not a number.

    Examples
    --------
    >>> parted = pd.DataFrame({"community": [1, 1, 2, 2], "theme": ["T1", "T1", "T2", "T2"]})
    >>> communities_to_agreement(parted)
    1.0
    """
    held = communities[(communities["theme"] != "") & ~communities["theme"].str.contains(",")]
    if held.empty:
        return float("nan")
    together = _pairs(held.groupby(["community", "theme"]).size())
    by_community, by_theme = (_pairs(held.groupby(one).size()) for one in ("community", "theme"))
    every = comb(len(held), 2)
    expected = by_community * by_theme / every if every else 0.0
    most = (by_community + by_theme) / 2
    return round((together - expected) / (most - expected), 3) if most != expected else 1.0


def _pairs(sizes: pd.Series[int]) -> int:
    return sum(comb(int(size), 2) for size in sizes)
