"""Find communities of duties and KSBs, and compare them with the official themes."""

from __future__ import annotations

from collections import Counter
from math import comb

import networkx as nx
import pandas as pd

from curriculum.analysis.ksb_coverage import codes_of, nodes_of, sources
from curriculum.model import vocabulary as v

__all__ = ["communities_to_agreement", "communities_to_themes", "graph_to_communities"]


def graph_to_communities(graph: nx.DiGraph) -> pd.DataFrame:
    """Find groups of duties and KSBs with many links inside the group.

    The method is greedy modularity (Clauset, Newman and Moore, 2004, doi:10.1103/PhysRevE.70.066111). Every
    run finds the same groups.

    Parameters
    ----------
    graph
        As `tables_to_graph` returns it.

    Returns
    -------
    pandas.DataFrame
        One row for each duty or KSB, in the order of the document: ``code``, ``kind`` (`duty` or
        `statement`), ``option``, ``community`` (from 1; the community of the first duty is first), ``theme``
        (code of the theme that groups the KSB; empty if none does, several separated by commas).
    """
    named = nx.Graph()
    named.add_nodes_from(nodes_of(graph, "duty"))
    named.add_edges_from((duty, ksb) for duty, ksb, kind in graph.edges(data="kind") if kind == "names")
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
        One row for each community: ``community``, ``duties`` (codes), ``n_ksbs``, ``n_themes``, ``themes``
        (codes, each with the number of its KSBs in the community and of all).
    """
    sizes = Counter(theme for themes in communities["theme"] for theme in filter(None, themes.split(", ")))
    rows = []
    for number, members in communities.groupby("community"):
        ksbs = members[(members[v.KIND] == "statement")]
        themes = Counter(theme for members in ksbs["theme"] for theme in filter(None, members.split(", ")))
        theme_counts = ", ".join(f"{theme} ({count} of {sizes[theme]})" for theme, count in themes.items())
        duties = ", ".join(members[members[v.KIND] == "duty"][v.CODE])
        rows.append((number, duties, len(ksbs), len(themes), theme_counts))
    return pd.DataFrame(rows, columns=["community", "duties", "n_ksbs", "n_themes", "themes"])


def communities_to_agreement(communities: pd.DataFrame) -> float:
    """Return how far communities and themes divide the KSBs alike: the adjusted Rand index.

    The index is 1 for the same division, and about 0 for an agreement by chance (Hubert and Arabie, 1985,
    doi:10.1007/BF01908075). KSBs without a theme, or in several, are left out; without any KSB the result is
    NaN.

    Examples
    --------
    >>> divided = pd.DataFrame({"community": [1, 1, 2, 2], "theme": ["T1", "T1", "T2", "T2"]})
    >>> communities_to_agreement(divided)
    1.0
    """
    grouped = communities[(communities["theme"] != "") & ~communities["theme"].str.contains(",")]
    if grouped.empty:
        return float("nan")
    together = _pairs(grouped.groupby(["community", "theme"]).size())
    by_community, by_theme = (_pairs(grouped.groupby(name).size()) for name in ("community", "theme"))
    n_pairs = comb(len(grouped), 2)
    expected = by_community * by_theme / n_pairs if n_pairs else 0.0
    most = (by_community + by_theme) / 2
    return round((together - expected) / (most - expected), 3) if most != expected else 1.0


def _pairs(sizes: pd.Series[int]) -> int:
    return sum(comb(int(size), 2) for size in sizes)
