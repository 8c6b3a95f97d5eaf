"""A standard: one document, its tables, its findings and its graph; and the function that reads one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.documents.document import text_to_document_id
from curriculum.documents.file_reading import path_to_document
from curriculum.errors import NotFound
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_path, check_type
from curriculum.library.link_basis import LinkSource
from curriculum.library.plotting import needs_matplotlib
from curriculum.model import vocabulary as v
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables
from curriculum.tables.known_ids import check_known

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from curriculum.html.graph_plan import GraphDrawing
    from curriculum.viz.graph_view import GraphPicture, GraphView
    from curriculum.viz.picture import Picture

__all__ = ["Standard", "read"]


@dataclass(frozen=True, repr=False, eq=False)
class Standard:
    """One version of a standard, or any other document that is read.

    Attributes
    ----------
    parsed
        All that was read from the document.
    project
        The project that it came from; None for a file that was read by its path.

    Examples
    --------
    >>> import curriculum as cu
    >>> standard = cu.read("data/raw/nos_2017_support_clients_post_production.txt")
    >>> standard
    nos-2017-support-clients-post-production: Support clients and colleagues in post production facilities
    NOS unit; 26 statements (11 performance criteria, 15 knowledge), 0 duties
    Findings: 3 warnings, 2 notes
    """

    parsed: ParsedDocument
    project: LinkSource | None = None

    @property
    def document_id(self) -> str:
        """The id of the document, such as ``st0792-1.2``."""
        return self.parsed.document.document_id

    @cached_property
    def tables(self) -> Tables:
        """The tables of the document, each a DataFrame; docs/tables.md describes the columns."""
        return parsed_to_tables([self.parsed])

    @property
    def statements(self) -> pd.DataFrame:
        """The KSBs, performance criteria or other statements, one row for each."""
        return self.tables.statements

    @property
    def duties(self) -> pd.DataFrame:
        """The duties, one row for each."""
        return self.tables.duties

    @property
    def findings(self) -> pd.DataFrame:
        """The findings, one row for each: contradictions, gaps, doubtful wordings."""
        return self.tables.findings

    def graph(self) -> nx.DiGraph:
        """Return the graph of the standard: duties, statements, themes and methods, and their links."""
        from curriculum.analysis.standard_graph import tables_to_graph

        return tables_to_graph(self.tables, self.document_id)

    def lines(self, code: str) -> pd.DataFrame:
        """Return the lines of the file that print a statement or a duty.

        Parameters
        ----------
        code
            The code, such as ``K9`` or ``D2``.

        Returns
        -------
        pandas.DataFrame
            Columns ``line`` (the number) and ``printed``; one row for each line that is not blank.

        Raises
        ------
        NotFound
            If the document has no such code.

        Examples
        --------
        >>> import curriculum as cu
        >>> cu.Project("data").read("nos-2017").lines("P2")["line"].tolist()
        [18, 20]
        """
        from curriculum.analysis.overview import code_to_lines

        check_type("a code, such as 'K9'", str, code)
        return code_to_lines(self.tables, self.parsed.document, code)

    def contents(self) -> pd.DataFrame:
        """Return the number of nodes and edges of the graph, by kind (``what``, ``kind``, ``count``)."""
        from curriculum.analysis.standard_graph import graph_to_counts

        return graph_to_counts(self._graph)

    def ksb_coverage(self) -> pd.DataFrame:
        """Return one row for each KSB: the duties that name it, and the themes and methods that assess it.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_ksb_coverage`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_ksb_coverage

        return graph_to_ksb_coverage(self._graph)

    def ksb_loads(self) -> pd.DataFrame:
        """Return one row for each KSB that a duty names, those of most duties first.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_ksb_loads`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_ksb_loads

        return graph_to_ksb_loads(self._graph)

    def duty_coverage(self) -> pd.DataFrame:
        """Return one row for each duty: its KSBs, and the themes and methods that assess them.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_duty_coverage`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_duty_coverage

        return graph_to_duty_coverage(self._graph)

    def duty_overlap(self) -> pd.DataFrame:
        """Return one row for each two duties with KSBs in common, the largest overlap first.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_duty_overlap`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_duty_overlap

        return graph_to_duty_overlap(self._graph)

    def duty_matrix(self) -> pd.DataFrame:
        """Return which KSBs each duty names: a row for each duty, a column for each KSB, true or false."""
        from curriculum.analysis.overview import duties_to_matrix

        return duties_to_matrix(self.tables, self.document_id)

    def options(self) -> pd.DataFrame:
        """Return one row for the core and one for each option, with its duties, KSBs and themes.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_options`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_options

        return graph_to_options(self._graph)

    def theme_evidence(self) -> pd.DataFrame:
        """Return which duties can give evidence for which theme: one row for each theme and duty.

        The columns are those of `curriculum.analysis.ksb_coverage.graph_to_theme_evidence`.
        """
        from curriculum.analysis.ksb_coverage import graph_to_theme_evidence

        return graph_to_theme_evidence(self._graph)

    def theme_matrix(self) -> pd.DataFrame:
        """Return how many KSBs each theme (a row) shares with each duty (a column)."""
        from curriculum.analysis.ksb_coverage import theme_evidence_to_matrix

        return theme_evidence_to_matrix(self.theme_evidence())

    def communities(self) -> pd.DataFrame:
        """Return one row for each duty and KSB, with its community: those that belong close together.

        The columns and the method are those of `curriculum.analysis.communities.graph_to_communities`.
        """
        from curriculum.analysis.communities import graph_to_communities

        return graph_to_communities(self._graph)

    def community_themes(self) -> pd.DataFrame:
        """Return one row for each community, with its duties and the themes of its KSBs."""
        from curriculum.analysis.communities import communities_to_themes

        return communities_to_themes(self.communities())

    def community_agreement(self, option: str = "") -> float:
        """Return how far communities and themes group the KSBs alike: 1 is the same, 0 is chance.

        Parameters
        ----------
        option
            Whether only the KSBs of an option count, such as ``core``; by default all count.
        """
        from curriculum.analysis.communities import communities_to_agreement

        communities = self.communities()
        return communities_to_agreement(
            communities[communities[v.OPTION] == option] if option else communities
        )

    @needs_matplotlib
    def plot_duties(self) -> Picture:
        """Draw which KSBs each duty names."""
        from curriculum.viz.matrix_figures import plot_duty_matrix

        self._refuse_none("duties", self.duties)
        return plot_duty_matrix(self.duty_matrix(), f"Which KSBs each duty of {self.document_id} names")

    def plot_graph(self) -> GraphPicture:
        """Draw the duties, KSBs and themes, with a line for each link, as a still picture."""
        from curriculum.viz.graph_view import GraphPicture, document_to_prefix

        return GraphPicture(self._drawing({}), self.contents(), document_to_prefix(self.document_id))

    def graph_view(self, marks: Mapping[str, str] | None = None) -> GraphView:
        """Draw the same graph so that it answers: a node shows its neighbours and its wording.

        Point at a node, or move to it with the Tab key.

        Parameters
        ----------
        marks
            A word for what became of a duty, KSB or theme, by its code: `identical`, `reworded`, `merged`,
            `split`, `new`, or a word of your own.

        Raises
        ------
        NotFound
            If the document has no such code, or neither duties nor themes.
        """
        from curriculum.viz.graph_view import GraphView, document_to_prefix

        check_type("marks, such as {'K9': 'new'}", Mapping, marks, is_needed=False)
        return GraphView(self._drawing(marks or {}), self.contents(), document_to_prefix(self.document_id))

    @needs_matplotlib
    def plot_themes(self) -> Picture:
        """Draw which duties can give evidence for which theme."""
        from curriculum.viz.matrix_figures import plot_theme_evidence

        self._refuse_none("themes", self.tables.themes)
        title = f"Which duties of {self.document_id} can give evidence for which theme"
        return plot_theme_evidence(self.theme_evidence(), title)

    def save(self, folder: str | Path) -> Path:
        """Write all tables as CSV files, with a manifest of hashes.

        Parameters
        ----------
        folder
            The folder to write. Other files in it stay; a table that was edited is refused.

        Raises
        ------
        CurriculumError
            If a table in the folder was edited by hand, or the folder cannot be written.
        """
        from curriculum.documents.register import refuse_raw_folder
        from curriculum.files.output_folder import refuse_edited, write_folder
        from curriculum.tables.csv_files import tables_to_files

        check_path(folder)
        folder = Path(folder)
        refuse_raw_folder(folder)
        files = tables_to_files(self.tables)
        refuse_edited(folder, files)
        write_folder(folder, files)
        return folder

    def to_case(self, path: str | Path) -> Path:
        """Write the standard as a package of CASE 1.1, for other programs for standards (docs/case.md).

        Parameters
        ----------
        path
            A name that ends in ``.case.json``. A previous file with other content is kept as
            ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput, InvalidInput
            If the ending is another one, the file cannot be written, or a package that was read is faulty.
        """
        from curriculum.library.case_file import check_case_name, parsed_to_case
        from curriculum.library.saving import save_file

        check_path(path)
        check_case_name(path)
        save_file(path, parsed_to_case(self.parsed, self.tables), "export")
        return Path(path)

    def _refuse_none(self, what: str, rows: pd.DataFrame) -> None:
        if rows.empty:
            raise NotFound(f"{self.document_id} prints no {what}, so that there is nothing to draw")

    def _drawing(self, marks: Mapping[str, str]) -> GraphDrawing:
        from curriculum.analysis.graph_positions import graph_to_drawing

        title = f"Duties, KSBs and themes of {self.document_id}"
        if self.duties.empty:
            self._refuse_none("duties and no themes", self.tables.themes)
        drawing = graph_to_drawing(self._graph, title, marks)
        check_known(marks, [node.code for node in drawing.nodes], "code")
        return drawing

    @cached_property
    def _graph(self) -> nx.DiGraph:
        return self.graph()

    def _lines(self) -> list[str]:
        document = self.tables.documents.iloc[0]
        counts = self.statements[v.KIND].value_counts(sort=False)
        kinds = ", ".join(f"{count} {_kind_to_plural(str(kind), count)}" for kind, count in counts.items())
        findings = [
            _counted(count, name)
            for name in v.SEVERITIES
            if (count := int((self.findings[v.SEVERITY] == name).sum()))
        ]
        title = f": {document[v.TITLE]}" if document[v.TITLE] else ""
        return [
            f"{self.document_id}{title}",
            f"{document[v.KIND]}; {_counted(len(self.statements), 'statement')}"
            f"{f' ({kinds})' if kinds else ''}, {len(self.duties)} "
            f"{'duty' if len(self.duties) == 1 else 'duties'}",
            f"Findings: {', '.join(findings) or 'none'}",
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _kind_to_plural(kind: str, count: int) -> str:
    plurals = {"performance criterion": "performance criteria", "knowledge": "knowledge"}
    return kind if count == 1 else plurals.get(kind, f"{kind}s")


def read(path: str | Path, document_id: str = "", *, kind: str = "") -> Standard:
    """Read a standard from a file.

    Parameters
    ----------
    path
        A plain text, a saved web page, a Word file, or a CSV or Excel sheet with the columns code and text.
    document_id
        The id of the document, or a title that it is made of; by default it is made of the name of the file.
    kind
        The name of the kind that it is read as, such as ``assessment plan``; by default it is found from its
        content.

    Raises
    ------
    CurriculumError
        If the file cannot be read, or is no document that the package knows.

    Examples
    --------
    >>> import curriculum as cu
    >>> cu.read("data/raw/nos_2019_assist_post_production.txt").statements["code"].tolist()[:3]
    ['P1', 'P2', 'P3']
    >>> cu.read("data/raw/nos_2019_assist_post_production.txt", "NOS of 2019").document_id
    'nos-of-2019'
    """
    from curriculum.checks.all_findings import parsed_to_checked

    check_path(path)
    check_type("the name of a kind of document, as a text", str, kind)
    check_type("an id or a title, as a text", str, document_id)
    document = path_to_document(path)
    own_id = text_to_document_id(document_id) if document_id else document.document_id
    document = replace(document, document_id=own_id, kind=kind)
    return Standard(parsed_to_checked(parse_document(document)))
