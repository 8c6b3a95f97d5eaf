"""What the rows of a crosswalk show: changes, reused codes, impact, wordings side by side, and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.headline_rows import Headline
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, crosswalk_to_pair
from curriculum.errors import InvalidInput
from curriculum.library.argument_checks import check_count, check_group, check_type
from curriculum.library.plotting import needs_matplotlib
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables
from curriculum.tables.known_ids import check_known, codes_to_runs

if TYPE_CHECKING:
    from curriculum.analysis.impact import Impact
    from curriculum.viz.graph_view import GraphView
    from curriculum.viz.notebook_tables import SideBySide
    from curriculum.viz.picture import Picture

__all__ = ["A_CROSSWALK", "CrosswalkRows"]

# What is expected where another thing was given.
A_CROSSWALK = "a crosswalk, such as cu.link returns"


@dataclass(frozen=True, repr=False, eq=False)
class CrosswalkRows:
    """The rows of a crosswalk, and what they show.

    Attributes
    ----------
    table
        One row for each mapping, with the columns of SSSOM and ours; docs/tables.md describes them.
    tables
        The tables of both versions; None for a crosswalk that was composed.
    all_candidates
        The table ``candidates``: the five likeliest counterparts of each statement, both ways; None for a
        crosswalk that was composed or inverted.
    case_links
        The identifier and the address of each statement of a framework of CASE, by its id.
    """

    table: pd.DataFrame
    tables: Tables | None = None
    all_candidates: pd.DataFrame | None = field(default=None, kw_only=True)
    case_links: Mapping[str, Mapping[str, str]] = field(default_factory=dict, kw_only=True)

    @property
    def pair(self) -> tuple[str, str]:
        """The ids of the old and the new version."""
        return crosswalk_to_pair(self.table)

    def headline(self) -> Headline:
        """Return how many codes now name another statement, and a word for the change of the version."""
        return crosswalk_to_headline(self.table)

    def changes(self) -> pd.DataFrame:
        """Return the number of old and new statements (``n_old``, ``n_new``) with each change."""
        from curriculum.analysis.changes import crosswalk_to_changes

        return crosswalk_to_changes(self.table)

    def changes_by_kind(self) -> pd.DataFrame:
        """Return the number of statements with each change: a row for each kind, a column for each change."""
        from curriculum.analysis.changes import crosswalk_to_changes_by_kind

        return crosswalk_to_changes_by_kind(self.table)

    def reused_codes(self) -> pd.DataFrame:
        """Return one row for each code that both versions print, and whether it still names its statement.

        The columns are those of `curriculum.analysis.changes.crosswalk_to_reused_codes`.
        """
        from curriculum.analysis.changes import crosswalk_to_reused_codes

        return crosswalk_to_reused_codes(self.table)

    def by_new_statement(self) -> pd.DataFrame:
        """Return one row for each new statement: its change, old codes, option, duties, themes and methods.

        The columns are those of `curriculum.analysis.changes.crosswalk_to_new_statements`.

        Raises
        ------
        InvalidInput
            If the crosswalk was composed, so that it has no tables.
        """
        from curriculum.analysis.changes import crosswalk_to_new_statements
        from curriculum.analysis.ksb_coverage import graph_to_ksb_coverage
        from curriculum.analysis.standard_graph import tables_to_graph

        graph = tables_to_graph(self._linked_tables("duties and themes"), self.pair[1])
        return crosswalk_to_new_statements(self.table, graph_to_ksb_coverage(graph))

    def worklist(self) -> pd.DataFrame:
        """Return what to do with the material for each statement and duty of the new version.

        An action is `teach anew`, `rewrite`, `check`, `adjust` or `keep`; the costliest come first. The
        columns are those of `curriculum.analysis.worklist.crosswalk_to_worklist`.

        Raises
        ------
        InvalidInput
            If the crosswalk was composed, so that it has no tables.
        """
        from curriculum.analysis.worklist import crosswalk_to_worklist

        return crosswalk_to_worklist(self._linked_tables("a worklist"), self.table)

    def largest_changes(self, count: int = 10) -> pd.DataFrame:
        """Return the rows whose wording changed most, with ``n_words``, the words inserted and deleted."""
        from curriculum.analysis.changes import crosswalk_to_largest

        check_count(count)
        return crosswalk_to_largest(self.table, count)

    def doubtful(self, count: int = 10) -> pd.DataFrame:
        """Return the statements whose answer is least sure, which a person looks at first.

        The columns are those of `curriculum.analysis.changes.crosswalk_to_doubtful`.
        """
        from curriculum.analysis.changes import crosswalk_to_doubtful

        check_count(count)
        return crosswalk_to_doubtful(self.table, count)

    def summary(self) -> pd.DataFrame:
        """Return the number of links by relation, and of rows for review.

        The columns are those of `curriculum.analysis.overview.crosswalk_to_overview`.
        """
        from curriculum.analysis.overview import crosswalk_to_overview

        return crosswalk_to_overview(self.table)

    def impact(self) -> Impact:
        """Return what the new version asks of each duty, theme, method and descriptor.

        Raises
        ------
        InvalidInput
            If the crosswalk was composed, so that it has no tables.
        """
        from curriculum.analysis.impact import crosswalk_to_impact

        return crosswalk_to_impact(self._linked_tables("impact"), self.table)

    def agreement(self, direct: CrosswalkRows) -> pd.DataFrame:
        """Return how far this composed crosswalk and the direct one agree.

        Parameters
        ----------
        direct
            The crosswalk of the same two versions, as `link` returns it.

        Returns
        -------
        pandas.DataFrame
            The result of `curriculum.crosswalk.agreement.crosswalks_to_agreement`.

        Raises
        ------
        InvalidTable
            If the crosswalks are not of the same versions.
        """
        from curriculum.crosswalk.agreement import crosswalks_to_agreement

        check_type(A_CROSSWALK, CrosswalkRows, direct)
        return crosswalks_to_agreement(self.table, direct.table)

    def disagreements(self, direct: CrosswalkRows) -> pd.DataFrame:
        """Return the statements on which this composed crosswalk and the direct one differ.

        Parameters
        ----------
        direct
            The crosswalk of the same two versions, as `link` returns it.

        Returns
        -------
        pandas.DataFrame
            The result of `curriculum.crosswalk.agreement.crosswalks_to_disagreements`.

        Raises
        ------
        InvalidTable
            If the crosswalks are not of the same versions.
        """
        from curriculum.crosswalk.agreement import crosswalks_to_disagreements

        check_type(A_CROSSWALK, CrosswalkRows, direct)
        return crosswalks_to_disagreements(self.table, direct.table)

    def side_by_side(self, chosen: str | Sequence[str] | pd.DataFrame = ()) -> SideBySide:
        """Return the wordings of linked statements side by side, with their differences marked.

        Parameters
        ----------
        chosen
            Old codes, or one; or rows of `table`; by default all statements whose wording changed. A code
            without a counterpart has no line.

        Raises
        ------
        NotFound
            If the old version has no such code.
        """
        from curriculum.report.link_cells import Reasons
        from curriculum.viz.notebook_tables import links_to_side_by_side

        check_type("old codes, or rows of the table", str | Sequence | pd.DataFrame, chosen)
        rows = chosen if isinstance(chosen, pd.DataFrame) else self._chosen_rows(chosen)
        has_both = (rows[[v.SUBJECT_ID, v.OBJECT_ID]] != v.NO_TERM_FOUND).all(axis="columns")
        return links_to_side_by_side(rows[has_both], Reasons.of(self.table, self.all_candidates))

    def _chosen_rows(self, codes: str | Sequence[str]) -> pd.DataFrame:
        """Return the rows of old codes; without codes those of statements whose wording changed."""
        if not codes:
            rows = self.table[~crosswalk_to_is_duty(self.table)]
            return rows[~rows[v.CHANGE].str.contains("identical")]
        codes = [codes] if isinstance(codes, str) else list(codes)
        old_codes = self.table[v.SUBJECT_ID].str.rpartition(":")[2]
        self._check_codes(codes, old_codes[self.table[v.SUBJECT_ID] != v.NO_TERM_FOUND].tolist())
        return self.table[old_codes.isin(codes)]

    @needs_matplotlib
    def plot(self, *further: CrosswalkRows) -> Picture:
        """Draw what became of the statements: a bar for each version, a ribbon for each change.

        Parameters
        ----------
        *further
            Crosswalks to draw in the same figure, each from where the one before it ends.
        """
        from curriculum.analysis.changes import crosswalk_to_changes
        from curriculum.viz.flow_figure import plot_flow

        check_type(A_CROSSWALK, CrosswalkRows, *further)
        every = [self, *further]
        changes = crosswalk_to_changes(pd.concat([crosswalk.table for crosswalk in every]))
        return plot_flow(changes, f"What became of the statements of {self.pair[0]} in {every[-1].pair[1]}")

    def flow(self, by: str = "code") -> pd.DataFrame:
        """Return how many links lead from each old group of statements to each new one.

        Parameters
        ----------
        by
            `code` (each statement is a group), `kind`, `theme` or `duty`.

        Returns
        -------
        pandas.DataFrame
            The result of `curriculum.analysis.flow.crosswalk_to_flow`.

        Raises
        ------
        NotFound
            If there is no such group, or a version prints no themes or duties.
        InvalidInput
            If the crosswalk was composed, so that it has no themes and duties.
        """
        from curriculum.analysis.flow import crosswalk_to_flow

        check_type("a way to draw a flow, such as 'code'", str, by)
        tables = self._linked_tables(f"flow by {by}") if by in {"theme", "duty"} else self.tables
        return crosswalk_to_flow(self.table, tables, by)

    @needs_matplotlib
    def plot_flow(self, by: str = "code") -> Picture:
        """Draw where each statement went: a ribbon for each link, from code to code.

        Parameters
        ----------
        by
            `code`, or `kind`, `theme` or `duty` for a ribbon between groups of statements.

        Raises
        ------
        NotFound, InvalidInput
            As for `flow`.
        """
        from curriculum.analysis.flow import tables_to_group_names
        from curriculum.viz.link_flow_figure import plot_link_flow

        flow = self.flow(by)
        names = tables_to_group_names(self.tables, self.pair, by)
        old, new = self.pair
        return plot_link_flow(flow, f"From {old} to {new}, by {by}", self.pair, names)

    def graph_view(self) -> GraphView:
        """Draw the graph of the new version so that it answers, with a sign of what became of each code.

        Codes are those of KSBs and duties; the signs of KSBs are the column ``change`` of `by_new_statement`.

        Raises
        ------
        NotFound
            If the new version prints neither duties nor themes.
        InvalidInput
            If the crosswalk was composed, so that it has no tables.
        """
        from curriculum.analysis.changes import crosswalk_to_marks
        from curriculum.analysis.graph_positions import graph_to_drawing
        from curriculum.analysis.standard_graph import graph_to_counts, tables_to_graph
        from curriculum.viz.graph_view import GraphView, document_to_prefix

        old, new = self.pair
        graph = tables_to_graph(self._linked_tables("duties and themes"), new)
        title = f"Duties, KSBs and themes of {new}, and what is new since {old}"
        drawing = graph_to_drawing(graph, title, crosswalk_to_marks(self.table))
        return GraphView(drawing, graph_to_counts(graph), document_to_prefix(f"{old}-{new}"))

    @needs_matplotlib
    def plot_impact(self, group: str = "duty") -> Picture:
        """Draw what the new version asks of each duty, or of each theme or method.

        Parameters
        ----------
        group
            A value of the column ``group`` of ``impact().groups``.

        Raises
        ------
        NotFound
            If the new version has no such group.
        """
        from curriculum.viz.bar_figures import plot_impact

        groups = self.impact().groups
        check_group(group, groups)
        old, new = self.pair
        title = f"What version {new} asks of each {group}, against version {old}"
        return plot_impact(groups[groups["group"] == group], title)

    def _linked_tables(self, wanted: str) -> Tables:
        """Return the tables of both versions; a composed crosswalk has none, which is refused."""
        if self.tables is None:
            raise InvalidInput(
                f"a composed crosswalk has no {wanted}",
                expected="a crosswalk that link made",
                advice="Link the two versions directly.",
            )
        return self.tables

    def _check_codes(self, codes: Sequence[str], known: Sequence[str], document_id: str = "") -> None:
        expected = f"a code of {document_id or self.pair[0]} ({codes_to_runs(dict.fromkeys(known))})"
        check_known(codes, list(known), "statement", expected=expected)
