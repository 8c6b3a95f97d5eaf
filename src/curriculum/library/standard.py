"""A standard: one document, its tables, its findings and its graph; and the function that reads one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from curriculum.documents.file_reading import path_to_document
from curriculum.html.summaries import lines_to_html
from curriculum.model import vocabulary as v
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from curriculum.decisions.valid_decisions import ValidDecisions
    from curriculum.linking.csls_scores import Scorer

__all__ = ["LinkSource", "Standard", "read"]


class LinkSource(Protocol):
    """What a link needs from a project: its thesaurus, in the scorers, and its decisions."""

    @property
    def thesaurus_path(self) -> Path | None:
        """The file of the thesaurus, if there is one."""

    def scorers(self) -> Sequence[Scorer]:
        """Return the scorers of the linker, with the thesaurus of the project."""

    def decisions_for(self, tables: Tables, is_whole: bool = False) -> ValidDecisions:
        """Return the decisions on these tables."""


@dataclass(frozen=True, repr=False)
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
    project: LinkSource | None = field(default=None, compare=False)

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


def read(path: str | Path, document_id: str = "") -> Standard:
    """Read a standard from a file.

    Parameters
    ----------
    path
        A plain text, a saved web page, a Word file, or a CSV with the columns code and text.
    document_id
        The id of the document; by default it is made from the name of the file.

    Raises
    ------
    CurriculumError
        If the file cannot be read, or is no document that the package knows.

    Examples
    --------
    >>> import curriculum as cu
    >>> cu.read("data/raw/nos_2019_assist_post_production.txt").statements["code"].tolist()[:3]
    ['P1', 'P2', 'P3']
    """
    from curriculum.checks.all_findings import parsed_to_checked

    document = path_to_document(path)
    document = replace(document, document_id=document_id or document.document_id)
    return Standard(parsed_to_checked(parse_document(document)))
