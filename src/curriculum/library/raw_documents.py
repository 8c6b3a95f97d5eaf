"""A raw folder: its documents, its register, its decisions and its thesaurus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.crosswalk.raw_folder import RAW, folder_to_scorers, read_valid_decisions
from curriculum.decisions.decision_files import DECISIONS_NAME
from curriculum.decisions.valid_decisions import ValidDecisions
from curriculum.documents.document import Document
from curriculum.documents.named_documents import Names, names_to_documents
from curriculum.documents.raw_names import SOURCES_NAME, THESAURUS_NAME
from curriculum.documents.register import folder_to_documents
from curriculum.errors import InvalidInput, NotFound
from curriculum.files.cache import Cache
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_names, check_path, check_type
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.standard import Standard
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_reading import check_kinds, documents_to_parsed
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.linking.csls_scores import Scorer
    from curriculum.viz.picture import Picture

__all__ = ["RawFolder"]

# Where the raw folder is, seen from the folder that is named.
_RAW_FOLDERS = ("", "raw", RAW.as_posix())


@dataclass(frozen=True, repr=False)
class RawFolder:
    """A raw folder, and what is read from it.

    A document is named by its id in the register, or by its path.

    Attributes
    ----------
    raw
        The raw folder, or a folder above it (``data``, or the folder of the project).
    decisions
        The folder of the decisions; by default ``decisions`` in the raw folder.
    with_decisions
        Whether decisions are applied to the proposals of the linker.
    thesaurus
        The file of the terms of the field; by default ``thesaurus.csv`` in the raw folder.
    cache
        A cache for the proposals of the linker; by default none.
    encoder
        The folder of a sentence encoder, which is one more scorer of the linker; by default none.
    """

    raw: Path = RAW
    decisions: Path | None = None
    with_decisions: bool = True
    thesaurus: Path | None = None
    cache: Cache | None = None
    encoder: Path | None = None

    def __post_init__(self) -> None:
        optional = {
            name: given
            for name, given in (
                ("decisions", self.decisions),
                ("thesaurus", self.thesaurus),
                ("encoder", self.encoder),
            )
            if given is not None
        }
        check_path(self.raw)
        for given in optional.values():
            check_path(given)
        check_type("a cache, such as curriculum.files.cache.user_cache()", Cache, self.cache, is_needed=False)
        raw = Path(self.raw)
        below = [raw / folder for folder in _RAW_FOLDERS if (raw / folder / SOURCES_NAME).exists()]
        found = next(iter(below), raw)
        for name, path in {"raw": found, **optional}.items():
            object.__setattr__(self, name, Path(path))
        # Without a folder of documents, files can still be named by their paths.
        if raw != RAW and not raw.is_dir():
            raise NotFound(
                "no such folder",
                where=raw.as_posix(),
                expected=f"a folder with {SOURCES_NAME}, or a folder above it",
                advice="Check the spelling of its path.",
            )

    def documents(
        self, names: Names = (), progress: Progress = silent, *, kind: str = ""
    ) -> tuple[Document, ...]:
        """Return the documents with these names, or all registered documents; see `parse`."""
        names = names if isinstance(names, list | tuple) else (names,)
        check_names(*names)
        check_type("the name of a kind of document, as a text", str, kind)
        check_kinds([kind])
        if names:
            return names_to_documents(names, self.raw, [kind] * len(names))
        if kind:
            raise InvalidInput(
                "a kind is named, but no file",
                where=kind,
                expected="the path of a file",
                advice="The kinds of registered documents are found from their contents.",
            )
        return folder_to_documents(self.raw, lambda name: progress(f"read {name}"))

    def parse(
        self, names: Names = (), progress: Progress = silent, *, kind: str = ""
    ) -> tuple[ParsedDocument, ...]:
        """Parse documents, with all their findings.

        Parameters
        ----------
        names
            Ids of registered documents, or paths; by default all registered documents.
        progress
            Is called with the name of each step before it is done.
        kind
            The name of the kind that the files at paths are read as, such as ``assessment plan``; by default
            it is found from their content.
        """
        from curriculum.checks.all_findings import parsed_to_checked

        parsed = documents_to_parsed(self.documents(names, progress, kind=kind), progress)
        return tuple(map(parsed_to_checked, parsed))

    def tables(self, names: Names = (), progress: Progress = silent, *, kind: str = "") -> Tables:
        """Return the tables of documents, with all their findings.

        Parameters
        ----------
        names, progress, kind
            As for `parse`.
        """
        return parsed_to_tables(self.parse(names, progress, kind=kind))

    def read(self, name: str | Path, *, kind: str = "") -> Standard:
        """Return a standard of the project: a registered id, or a path; ``kind`` as for `parse`."""
        (parsed,) = self.parse([name], kind=kind)
        return Standard(parsed, self)

    def check(self, names: Names = (), progress: Progress = silent) -> pd.DataFrame:
        """Return the findings of documents, one row for each."""
        return self.tables(names, progress).findings

    def overview(self) -> pd.DataFrame:
        """Return one row for each document: its kind, and how many statements, duties and more it has."""
        from curriculum.analysis.overview import tables_to_overview

        return tables_to_overview(self.tables())

    @needs_matplotlib
    def plot_overview(self) -> Picture:
        """Draw the statements of each document by kind."""
        from curriculum.viz.bar_figures import plot_statements_by_kind

        return plot_statements_by_kind(self.overview())

    @property
    def thesaurus_path(self) -> Path | None:
        """The file of the thesaurus, if there is one."""
        path = self.thesaurus or self.raw / THESAURUS_NAME
        return path if self.thesaurus or path.exists() else None

    def scorers(self) -> Sequence[Scorer]:
        """Return the scorers of the linker, with the thesaurus and the sentence encoder of the project."""
        return folder_to_scorers(self.raw, self.thesaurus, cache=self.cache, encoder=self.encoder)

    def decisions_for(self, tables: Tables, is_whole: bool = False) -> ValidDecisions:
        """Return the decisions on these tables; none if the project is without decisions.

        Parameters
        ----------
        tables
            The tables.
        is_whole
            Whether the tables are those of all documents, so that a decision on another one is a fault.
        """
        return read_valid_decisions(self.raw, tables, self.decisions, self.with_decisions, is_whole)

    def _lines(self) -> list[str]:
        decisions = self.decisions or self.raw / DECISIONS_NAME
        return [
            f"The raw folder {self.raw.as_posix()}",
            f"Decisions: {decisions.as_posix() if self.with_decisions else 'not applied'}",
            f"Thesaurus: {self.thesaurus_path.as_posix() if self.thesaurus_path else 'none'}",
            *([f"Sentence encoder: {self.encoder.as_posix()}"] if self.encoder else []),
        ]

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())
