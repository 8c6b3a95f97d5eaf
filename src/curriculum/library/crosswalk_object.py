"""A crosswalk between two versions, and the functions that make one: link, compose, invert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from curriculum.crosswalk.composition import compose as compose_tables
from curriculum.crosswalk.composition import invert as invert_table
from curriculum.crosswalk.linked_documents import link_to_scored_pairs, link_with_candidates
from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions
from curriculum.documents.named_documents import refuse_same_ids
from curriculum.errors import unknown_ending
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_count, check_path, check_type
from curriculum.library.case_file import parsed_to_links
from curriculum.library.crosswalk_rows import A_CROSSWALK, CrosswalkRows
from curriculum.library.link_basis import PLAIN_BASIS, LinkSource, method_to_scorers, project_to_basis
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.saving import save_file
from curriculum.library.standard import Standard
from curriculum.linking.candidates import MOST_CANDIDATES, code_to_candidates, scored_pairs_to_candidates
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.parsing.parsed_tables import parsed_to_tables

if TYPE_CHECKING:
    from curriculum.viz.picture import Picture

__all__ = [
    "Crosswalk",
    "check_report_name",
    "compose",
    "crosswalk_to_report",
    "invert",
    "link",
]

# The endings of reports: a page, and a workbook.
_REPORTS = (".html", ".xlsx")


@dataclass(frozen=True, repr=False, eq=False)
class Crosswalk(CrosswalkRows):
    """The crosswalk from one version to another.

    Attributes
    ----------
    table
        One row for each mapping, with the columns of SSSOM and ours; docs/tables.md describes them.
    tables
        The tables of both versions; None for a crosswalk that was composed.
    decisions
        The decisions of reviewers that were applied.
    basis
        What the links are based on, in a sentence: thesaurus and decisions.
    scorers
        The scorers that proposed the links; empty for a crosswalk that was composed.
    all_candidates
        The table ``candidates``: the five likeliest counterparts of each statement, both ways; None for a
        crosswalk that was composed or inverted.

    Examples
    --------
    >>> import curriculum as cu
    >>> crosswalk = cu.link(cu.read("data/raw/nos_2017_support_clients_post_production.txt"),
    ...                     cu.read("data/raw/nos_2019_assist_post_production.txt"))
    >>> print(repr(crosswalk).splitlines()[-1])
    Linked without a thesaurus and without decisions, as the documents are of no project.
    """

    decisions: ValidDecisions = field(default=NO_DECISIONS)
    basis: str = ""
    scorers: Sequence[Scorer] = ()

    def candidates(self, code: str, count: int = 5, *, of_new: bool = False) -> pd.DataFrame:
        """Return the best counterparts of a statement in the other version, whether proposed or not.

        Parameters
        ----------
        code
            The code of an old statement, such as ``K9``.
        count
            How many counterparts to return at most.
        of_new
            Whether the code is one of the new version; then the candidates are old statements.

        Returns
        -------
        pandas.DataFrame
            The best first: ``rank``, ``object_id``, ``object_label`` (``subject_id`` and
            ``subject_label`` for old statements), ``confidence``, ``csls_score``, ``wording_score``.

        Raises
        ------
        NotFound
            If the version has no such code.
        InvalidInput
            If the crosswalk was composed, so that nothing was scored.
        """
        self._linked_tables("candidates")
        check_type("a code, such as 'K9'", str, code)
        check_count(count)
        side = self._scored.new if of_new else self._scored.old
        self._check_codes([code], side.codes, self.pair[of_new])
        return code_to_candidates(self._scored, code, count, of_new=of_new)

    def without_counterpart(self, count: int = MOST_CANDIDATES, *, of_new: bool = False) -> pd.DataFrame:
        """Return the statements for which no counterpart was found, each with its candidates.

        Decisions change which statements these are, and not their candidates.

        Parameters
        ----------
        count
            How many candidates to list at most.
        of_new
            Whether to return the new statements, which have old candidates.

        Returns
        -------
        pandas.DataFrame
            That with the likeliest candidate first: ``code``, ``text``, ``candidates`` and ``likeliest``, as
            `curriculum.analysis.changes.crosswalk_to_without_counterpart` describes them.

        Raises
        ------
        InvalidInput
            If the crosswalk was composed, so that nothing was scored.

        Examples
        --------
        >>> import curriculum as cu
        >>> project = cu.example()
        >>> crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
        >>> sorted(crosswalk.without_counterpart()["code"])
        ['K10', 'K12', 'S9']
        """
        from curriculum.analysis.changes import crosswalk_to_without_counterpart

        self._linked_tables("candidates")
        check_count(count)
        candidates = scored_pairs_to_candidates(self._scored, count)
        return crosswalk_to_without_counterpart(self.table, candidates, of_new=of_new)

    def why(self, code: str, counterpart: str = "", *, of_new: bool = False) -> pd.DataFrame:
        """Return how the confidence of a link came about, step by step.

        Parameters
        ----------
        code
            The code of an old statement, such as ``K9``.
        counterpart
            The code of the statement in the other version, whether the two are linked or not; by default that
            of the likeliest link. Without a link, the steps are those of "no counterpart found".
        of_new
            Whether the code is one of the new version, and the counterpart one of the old version.

        Returns
        -------
        pandas.DataFrame
            The columns of `curriculum.linking.confidence_steps.pair_to_steps`. Equivalent statements and
            decisions of a reviewer have one row, which says so.

        Raises
        ------
        NotFound
            If a version has no such code.
        InvalidInput
            If the crosswalk was composed, so that nothing was scored.

        Examples
        --------
        >>> import curriculum as cu
        >>> project = cu.example()
        >>> crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
        >>> crosswalk.why("K1")["step"].tolist()
        ['the same words']
        """
        from curriculum.library.link_reasons import crosswalk_to_steps

        self._linked_tables("scores")
        check_type("a code, such as 'K9'", str, code, counterpart)
        sides = (self._scored.new, self._scored.old) if of_new else (self._scored.old, self._scored.new)
        for document_id, side, asked in zip(
            reversed(self.pair) if of_new else self.pair, sides, (code, counterpart), strict=True
        ):
            self._check_codes([asked] if asked else [], side.codes, document_id)
        pair = (counterpart, code) if of_new else (code, counterpart)
        return crosswalk_to_steps(self.table, self._scored, self.scorers, pair)

    @needs_matplotlib
    def plot_why(self, code: str, counterpart: str = "", *, of_new: bool = False) -> Picture:
        """Draw how the confidence of a link came about, step by step.

        The parameters are those of `why`.

        Raises
        ------
        NotFound
            If a version has no such code, or the confidence has no steps: for equivalent statements, and for
            decisions of a reviewer.
        InvalidInput
            If the crosswalk was composed, so that nothing was scored.
        """
        from curriculum.viz.why_figure import plot_steps

        steps = self.why(code, counterpart, of_new=of_new)
        return plot_steps(steps, f"How the confidence of {steps.attrs['what']} comes about")

    def save(self, path: str | Path) -> Path:
        """Write the crosswalk; the ending of the name decides the format.

        Parameters
        ----------
        path
            A name that ends in ``.xlsx``, ``.csv``, ``.tsv``, ``.sssom.tsv``, ``.case.json`` or ``.json``. A
            previous file with other content is kept as ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes

        check_path(path)
        path = Path(path)
        save_file(path, crosswalk_to_bytes(self.table, path, self.all_candidates, self.case_links), "link")
        return path

    def report(self, path: str | Path, *, date: str = "") -> Path:
        """Write the report of the two versions, as one page or as a workbook.

        Parameters
        ----------
        path
            A name that ends in ``.html`` (one page, which needs no network) or ``.xlsx``. A previous file
            with other content is kept as ``<name>.previous``.
        date
            The date to show, as the reader is to see it, such as ``30 November 2026``; none by default.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        InvalidInput
            If the crosswalk was composed, so that it has no tables.
        """
        check_path(path)
        check_type("a date as a text, such as '30 November 2026'", str, date)
        save_file(path, crosswalk_to_report(self, path, date), "report")
        return Path(path)

    @cached_property
    def _scored(self) -> ScoredPairs:
        return link_to_scored_pairs(self._linked_tables("candidates"), *self.pair, self.scorers)

    def _lines(self) -> list[str]:
        from curriculum.analysis.overview import crosswalk_to_summary

        old, new = self.pair
        summary = (str(self.headline()), *crosswalk_to_summary(self.table))
        return [f"{old} to {new}: {len(self.table)} mappings", *summary, *filter(None, [self.basis])]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def check_report_name(path: str | Path) -> None:
    """Raise an error if no format of reports has the ending of a name.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one.
    """
    path = Path(path)
    if path.suffix.casefold() not in _REPORTS:
        raise unknown_ending("reports", path.as_posix(), _REPORTS)


def crosswalk_to_report(crosswalk: Crosswalk, path: str | Path, date: str = "") -> bytes:
    """Return the report of a crosswalk in the format of a file name.

    Parameters
    ----------
    crosswalk
        The crosswalk.
    path
        A name that ends in ``.html`` or ``.xlsx``.
    date
        The date to show; none by default.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one.
    InvalidInput
        If the crosswalk was composed, so that it has no tables.
    """
    from curriculum.report.report_content import Report

    check_report_name(path)
    tables = crosswalk._linked_tables("report")
    report = Report(crosswalk.table, tables, crosswalk.all_candidates, crosswalk.basis, date)
    if Path(path).suffix.casefold() == _REPORTS[0]:
        from curriculum.report.report_page import report_to_page

        return report_to_page(report)
    # Imported here, because a page needs no workbook.
    from curriculum.report.report_workbook import report_to_workbook

    return report_to_workbook(report)


def link(
    old: Standard,
    new: Standard,
    project: LinkSource | None = None,
    *,
    progress: Progress = silent,
    method: str = v.DEFAULT_METHOD,
) -> Crosswalk:
    """Link the statements of an old standard to those of a new one.

    Parameters
    ----------
    old, new
        The two standards, as `read` or `Project.read` returns them.
    project
        The project whose thesaurus and decisions are used; by default the one that both came from.
    progress
        A function that is called with the name of each step before it begins.
    method
        ``default``, or ``rapidfuzz`` for links by one scorer of rapidfuzz alone, without thesaurus and word
        vectors: easier to explain, and fewer right links (docs/linking.md).

    Raises
    ------
    InvalidInput
        If there is no such method, or if both have the same id; `read` takes another one as ``document_id``.
    CurriculumError
        If the thesaurus or a decision of the project cannot be read.

    Examples
    --------
    >>> import curriculum as cu
    >>> project = cu.Project("data")
    >>> crosswalk = cu.link(project.read("nos-2017"), project.read("nos-2019"))
    >>> crosswalk.table["subject_id"].tolist()[0]
    'nos-2017:P1'
    """
    check_type("a standard, such as cu.read returns", Standard, old, new)
    check_type("a project, such as cu.Project('data')", LinkSource, project, is_needed=False)
    refuse_same_ids([old.parsed.document, new.parsed.document], "or read one with another document_id")
    why = "are of no project" if old.project is None and new.project is None else "are not of one project"
    if project is None and old.project == new.project:
        project = old.project
    tables = parsed_to_tables([old.parsed, new.parsed])
    is_plain = method == v.RAPIDFUZZ_METHOD
    scorers = method_to_scorers(method, project)
    decisions = NO_DECISIONS if project is None else project.decisions_for(tables)
    pair = (old.document_id, new.document_id)
    table, candidates = link_with_candidates(tables, pair, scorers, decisions.decisions, progress)
    basis = PLAIN_BASIS if is_plain else project_to_basis(project, len(decisions.decisions), why)
    links = {**parsed_to_links(old.parsed), **parsed_to_links(new.parsed)}
    return Crosswalk(table, tables, decisions, basis, scorers, all_candidates=candidates, case_links=links)


def compose(first: Crosswalk, second: Crosswalk) -> Crosswalk:
    """Return the crosswalk from A to C that follows from those from A to B and from B to C.

    Raises
    ------
    InvalidTable
        If the second crosswalk does not begin where the first ends.
    """
    check_type(A_CROSSWALK, Crosswalk, first, second)
    between = first.pair[1]
    return Crosswalk(compose_tables(first.table, second.table), basis=f"Composed by way of {between}.")


def invert(crosswalk: Crosswalk) -> Crosswalk:
    """Return the crosswalk from the new version to the old one."""
    check_type(A_CROSSWALK, Crosswalk, crosswalk)
    return replace(crosswalk, table=invert_table(crosswalk.table), all_candidates=None)
