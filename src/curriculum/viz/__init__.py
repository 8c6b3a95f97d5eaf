"""Figures, and tables for notebooks. matplotlib is in the extra `notebooks`."""

from curriculum.viz.confidence_figures import plot_budget, plot_reliability, plot_scores
from curriculum.viz.coverage_figure import plot_coverage
from curriculum.viz.flow_figure import plot_flow
from curriculum.viz.lineage_figure import plot_impact, plot_lineage
from curriculum.viz.notebook_tables import frame_to_table, links_to_side_by_side
from curriculum.viz.standard_figures import plot_graph_in_columns, plot_theme_evidence
from curriculum.viz.statement_figures import plot_duty_matrix, plot_statements_by_kind

__all__ = [
    "frame_to_table",
    "links_to_side_by_side",
    "plot_budget",
    "plot_coverage",
    "plot_duty_matrix",
    "plot_flow",
    "plot_graph_in_columns",
    "plot_impact",
    "plot_lineage",
    "plot_reliability",
    "plot_scores",
    "plot_statements_by_kind",
    "plot_theme_evidence",
]
