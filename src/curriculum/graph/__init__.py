"""Standards as graphs for networkx, and the tables that their structure gives."""

from curriculum.graph.communities import communities_to_agreement, communities_to_themes, graph_to_communities
from curriculum.graph.coverage import (
    graph_to_duty_coverage,
    graph_to_duty_overlap,
    graph_to_ksb_coverage,
    graph_to_ksb_loads,
    graph_to_options,
    graph_to_theme_evidence,
    theme_evidence_to_matrix,
)
from curriculum.graph.files import GRAPH_FORMATS, bytes_to_graph, graph_to_bytes
from curriculum.graph.lineage import (
    check_statement,
    lineage_to_graph,
    lineage_to_text,
    neighbouring_pairs,
    statement_to_lineage,
)
from curriculum.graph.renumbering import crosswalk_to_renumbering
from curriculum.graph.standard import graph_to_counts, tables_to_graph
from curriculum.graph.versions import crosswalk_to_graph, graph_to_lineages

__all__ = [
    "GRAPH_FORMATS",
    "bytes_to_graph",
    "check_statement",
    "communities_to_agreement",
    "communities_to_themes",
    "crosswalk_to_graph",
    "crosswalk_to_renumbering",
    "graph_to_bytes",
    "graph_to_communities",
    "graph_to_counts",
    "graph_to_duty_coverage",
    "graph_to_duty_overlap",
    "graph_to_ksb_coverage",
    "graph_to_ksb_loads",
    "graph_to_lineages",
    "graph_to_options",
    "graph_to_theme_evidence",
    "lineage_to_graph",
    "lineage_to_text",
    "neighbouring_pairs",
    "statement_to_lineage",
    "tables_to_graph",
    "theme_evidence_to_matrix",
]
