"""Read from the graph of a standard how duties, KSBs, themes and methods cover each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

import networkx as nx
import pandas as pd

from curriculum.model import vocabulary as v

__all__ = [
    "graph_to_duty_coverage",
    "graph_to_duty_overlap",
    "graph_to_ksb_coverage",
    "graph_to_ksb_loads",
    "graph_to_options",
    "graph_to_theme_evidence",
    "theme_evidence_to_matrix",
]


def nodes_of(graph: nx.DiGraph, kind: str) -> list[str]:
    """Return the ids of the nodes of a kind, in the order of the document."""
    return [node for node, kind_of_node in graph.nodes(data="kind") if kind_of_node == kind]


def targets(graph: nx.DiGraph, node: str, kind: str) -> list[str]:
    """Return the targets of a node over edges of a kind, such as the KSBs that a duty `names`."""
    return [other for _, other, kind_of_edge in graph.out_edges(node, data="kind") if kind_of_edge == kind]


def sources(graph: nx.DiGraph, node: str, kind: str) -> list[str]:
    """Return the sources of a node over edges of a kind, such as the duties that name a KSB."""
    return [other for other, _, kind_of_edge in graph.in_edges(node, data="kind") if kind_of_edge == kind]


def ordered(graph: nx.DiGraph, nodes: Iterable[str]) -> list[str]:
    """Return distinct nodes in the order of the document."""
    wanted = set(nodes)
    return [node for node in graph if node in wanted]


def codes_of(graph: nx.DiGraph, nodes: Iterable[str]) -> str:
    """Return the codes of nodes, in the order of the document."""
    return ", ".join(graph.nodes[node][v.CODE] for node in ordered(graph, nodes))


def graph_to_ksb_coverage(graph: nx.DiGraph) -> pd.DataFrame:
    """Return which duties name each KSB, and which themes and methods assess it.

    Returns
    -------
    pandas.DataFrame
        One row for each KSB, in the order of the list: ``code``, ``kind``, ``option``, ``n_duties``,
        ``duties``, ``themes``, ``methods`` (codes; empty if the document has none), ``text``.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_tables
    >>> from curriculum.analysis.standard_graph import tables_to_graph
    >>> graph = tables_to_graph(read_tables(Path("data/processed")), "st0792-1.2")
    >>> graph_to_ksb_coverage(graph).set_index("code").loc["K7", ["duties", "themes", "methods"]].tolist()
    ['D3', 'T12', 'M2']
    """
    rows = []
    for node in nodes_of(graph, "statement"):
        attributes, duties = graph.nodes[node], sources(graph, node, "names")
        rows.append(
            (
                attributes[v.CODE],
                attributes["statement_kind"],
                attributes[v.OPTION],
                len(duties),
                codes_of(graph, duties),
                codes_of(graph, sources(graph, node, "groups")),
                codes_of(graph, targets(graph, node, "is assessed by")),
                attributes[v.TEXT],
            )
        )
    names = [v.CODE, v.KIND, v.OPTION, "n_duties", "duties", "themes", "methods", v.TEXT]
    return pd.DataFrame(rows, columns=names)


def graph_to_ksb_loads(graph: nx.DiGraph) -> pd.DataFrame:
    """Return how much depends on each KSB: which duties lose their connection without it.

    Returns
    -------
    pandas.DataFrame
        One row for each KSB that a duty names, the KSBs of most duties first: ``code``, ``n_duties``,
        ``duties``, ``n_only_links`` (pairs of duties that share no other KSB), ``only_links`` (those pairs),
        ``parts`` (the number of connected groups of duties without it; ``parts_now`` with it), ``text``.
    """
    named = nx.Graph((duty, ksb) for duty, ksb, kind in graph.edges(data="kind") if kind == "names")
    named.add_nodes_from(nodes_of(graph, "duty"))
    shared = {frozenset((row.duty, row.other)): row.shared for row in _overlaps(graph)}
    parts_now = nx.number_connected_components(named) if len(named) else 0
    rows = []
    for node in nodes_of(graph, "statement"):
        duties = sources(graph, node, "names")
        if not duties:
            continue
        only = [pair for pair in combinations(duties, 2) if shared[frozenset(pair)] == [node]]
        without = named.subgraph(ksb for ksb in named if ksb != node)
        rows.append(
            (
                graph.nodes[node][v.CODE],
                len(duties),
                codes_of(graph, duties),
                len(only),
                "; ".join(codes_of(graph, pair) for pair in only),
                nx.number_connected_components(without) if len(without) else 0,
                parts_now,
                graph.nodes[node][v.TEXT],
            )
        )
    names = [v.CODE, "n_duties", "duties", "n_only_links", "only_links", "parts", "parts_now", v.TEXT]
    frame = pd.DataFrame(rows, columns=names)
    return frame.sort_values(["n_duties", "n_only_links"], ascending=False, kind="stable", ignore_index=True)


def graph_to_duty_coverage(graph: nx.DiGraph) -> pd.DataFrame:
    """Return the KSBs of each duty, and the themes and methods that assess them.

    Returns
    -------
    pandas.DataFrame
        One row for each duty: ``code``, ``option``, ``n_ksbs``, ``n_own_ksbs`` (KSBs that no other duty
        names), ``n_assessed`` (KSBs that a theme groups), ``themes`` (codes, each with the number of the
        duty's KSBs that it groups), ``methods`` (likewise), ``text``.
    """
    rows = []
    for node in nodes_of(graph, "duty"):
        ksbs = targets(graph, node, "names")
        only_here = [ksb for ksb in ksbs if sources(graph, ksb, "names") == [node]]
        themes = [theme for ksb in ksbs for theme in sources(graph, ksb, "groups")]
        methods = [method for ksb in ksbs for method in targets(graph, ksb, "is assessed by")]
        rows.append(
            (
                graph.nodes[node][v.CODE],
                graph.nodes[node][v.OPTION],
                len(ksbs),
                len(only_here),
                sum(bool(sources(graph, ksb, "groups")) for ksb in ksbs),
                _counted(graph, themes),
                _counted(graph, methods),
                graph.nodes[node][v.TEXT],
            )
        )
    names = [v.CODE, v.OPTION, "n_ksbs", "n_own_ksbs", "n_assessed", "themes", "methods", v.TEXT]
    return pd.DataFrame(rows, columns=names)


def _counted(graph: nx.DiGraph, nodes: list[str]) -> str:
    counts = Counter(nodes)
    return ", ".join(f"{graph.nodes[node][v.CODE]} ({counts[node]})" for node in ordered(graph, counts))


class _Overlap(NamedTuple):
    """Two duties, the KSBs that both name, and the number of KSBs that either names."""

    duty: str
    other: str
    shared: list[str]
    n_either: int


def _overlaps(graph: nx.DiGraph) -> Iterator[_Overlap]:
    ksbs = {duty: targets(graph, duty, "names") for duty in nodes_of(graph, "duty")}
    for duty, other in combinations(ksbs, 2):
        shared = [ksb for ksb in ksbs[duty] if ksb in ksbs[other]]
        yield _Overlap(duty, other, shared, len({*ksbs[duty], *ksbs[other]}))


def graph_to_duty_overlap(graph: nx.DiGraph) -> pd.DataFrame:
    """Return the overlap of each two duties.

    Returns
    -------
    pandas.DataFrame
        One row for each pair of duties with a common KSB, the largest overlap first: ``duty``, ``other``,
        ``n_shared``, ``jaccard`` (shared KSBs as a share of those that either names, 0 to 1), ``shared``
        (codes).

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_tables
    >>> from curriculum.analysis.standard_graph import tables_to_graph
    >>> graph = tables_to_graph(read_tables(Path("data/processed")), "st0792-1.2")
    >>> graph_to_duty_overlap(graph).loc[0, ["duty", "other", "shared"]].tolist()
    ['D9', 'D10', 'K17, K18, K19, K20, K21, K22, K23, S18, S19, S20']
    """
    rows = [
        (
            graph.nodes[overlap.duty][v.CODE],
            graph.nodes[overlap.other][v.CODE],
            len(overlap.shared),
            round(len(overlap.shared) / overlap.n_either, 3),
            codes_of(graph, overlap.shared),
        )
        for overlap in _overlaps(graph)
        if overlap.shared
    ]
    frame = pd.DataFrame(rows, columns=["duty", "other", "n_shared", "jaccard", "shared"])
    return frame.sort_values(["jaccard", "n_shared"], ascending=False, kind="stable", ignore_index=True)


def graph_to_theme_evidence(graph: nx.DiGraph) -> pd.DataFrame:
    """Return the duties that give evidence for each theme: those that name a KSB of the theme.

    Returns
    -------
    pandas.DataFrame
        One row for each theme and duty with a common KSB, by theme, the largest share first:
        ``theme``, ``name``, ``option``, ``duty``, ``n_shared``, ``share_of_theme`` and ``share_of_duty``
        (the shared part of their KSBs, 0 to 1), ``shared`` (codes).
    """
    rows = []
    for theme in nodes_of(graph, "theme"):
        grouped = targets(graph, theme, "groups")
        rows_of_theme = []
        for duty in nodes_of(graph, "duty"):
            named = targets(graph, duty, "names")
            shared = [ksb for ksb in grouped if ksb in named]
            if shared:
                rows_of_theme.append(
                    (
                        graph.nodes[theme][v.CODE],
                        graph.nodes[theme][v.NAME],
                        graph.nodes[theme][v.OPTION],
                        graph.nodes[duty][v.CODE],
                        len(shared),
                        round(len(shared) / len(grouped), 3),
                        round(len(shared) / len(named), 3),
                        codes_of(graph, shared),
                    )
                )
        rows += sorted(rows_of_theme, key=lambda row: (-row[5], -row[6]))
    names = ["theme", v.NAME, v.OPTION, "duty", "n_shared", "share_of_theme", "share_of_duty", "shared"]
    return pd.DataFrame(rows, columns=names)


def theme_evidence_to_matrix(evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the number of common KSBs of each theme and duty, as a matrix.

    Parameters
    ----------
    evidence
        As `graph_to_theme_evidence` returns it.

    Returns
    -------
    pandas.DataFrame
        One row for each theme (``theme``, ``name``), one column for each duty, by number; 0 without a common
        KSB.
    """
    duties = sorted(set(evidence["duty"]), key=lambda code: int(code[1:]))
    rows = evidence[["theme", v.NAME]].drop_duplicates().itertuples(index=False, name=None)
    shared = evidence.pivot(index=["theme", v.NAME], columns="duty", values="n_shared").fillna(0).astype(int)
    return shared.reindex(index=list(rows), columns=duties)


def graph_to_options(graph: nx.DiGraph) -> pd.DataFrame:
    """Compare the core and the options.

    Returns
    -------
    pandas.DataFrame
        One row for the core and one for each option: ``option``, ``n_duties``, ``n_ksbs`` (of that option),
        ``n_ksbs_named`` (by its duties), ``n_shared_with_core`` (those of them that core duties name too),
        ``n_themes``, ``ksbs`` (codes of that option). An apprentice of an option learns its KSBs and
        those of the core.
    """
    rows = []
    for node in nodes_of(graph, "option"):
        of: dict[str, list[str]] = {"duty": [], "statement": [], "theme": []}
        for source in sources(graph, node, "is for"):
            of[graph.nodes[source]["kind"]].append(source)
        named = {ksb for duty in of["duty"] for ksb in targets(graph, duty, "names")}
        shared = {ksb for ksb in named if _is_named_by_core(graph, ksb)}
        title = graph.nodes[node][v.NAME]
        rows.append(
            (
                title,
                len(of["duty"]),
                len(of["statement"]),
                len(named),
                len(shared),
                len(of["theme"]),
                codes_of(graph, of["statement"]),
            )
        )
    names = [v.OPTION, "n_duties", "n_ksbs", "n_ksbs_named", "n_shared_with_core", "n_themes", "ksbs"]
    return pd.DataFrame(rows, columns=names)


def _is_named_by_core(graph: nx.DiGraph, ksb: str) -> bool:
    return any(graph.nodes[duty][v.OPTION] == v.CORE for duty in sources(graph, ksb, "names"))
