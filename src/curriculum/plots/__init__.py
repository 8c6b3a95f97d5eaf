"""Figures for people: each draws a table that stands before it. matplotlib is in the extra `notebooks`."""

from curriculum.plots.coverage import plot_coverage
from curriculum.plots.flow import plot_flow
from curriculum.plots.lineage import plot_impact, plot_lineage
from curriculum.plots.standard import plot_graph_in_columns, plot_theme_evidence
from curriculum.plots.tables import plot_duty_matrix, plot_statements_by_kind
from curriculum.plots.trust import plot_budget, plot_reliability, plot_scores

__all__ = [
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
