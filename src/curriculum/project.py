"""A project: a folder of documents with its register, decisions, thesaurus and reference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.crosswalk.build_result import Built
from curriculum.crosswalk.linked_documents import link_pairs, link_pairs_with_candidates
from curriculum.decisions.decision_files import DECISIONS_NAME
from curriculum.documents.register import folder_to_pairs, read_crosswalks, refuse_raw_folder
from curriculum.files.output_folder import MANIFEST_NAME, write_folder
from curriculum.library.argument_checks import check_names, check_path, check_type
from curriculum.library.raw_documents import RawFolder
from curriculum.model import vocabulary as v
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_reading import (
    documents_to_parsed,
    names_to_version_documents,
    names_to_versions,
)
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables, check_statement
from curriculum.tables.csv_files import tables_to_files

if TYPE_CHECKING:
    import networkx as nx

    from curriculum.crosswalk.bundle import Bundle
    from curriculum.evaluation.reference import Reference
    from curriculum.library.crosswalk_object import Crosswalk
    from curriculum.library.evaluation_object import Evaluation
    from curriculum.library.lineage_object import Lineage
    from curriculum.library.remapped_file import RemappedFile
    from curriculum.library.standard import Standard
    from curriculum.library.versions_object import Versions
    from curriculum.remapping.options import Options
    from curriculum.review.review_files import Applied, Reviewed
    from curriculum.review.sheet_layout import Default

__all__ = ["Project", "example"]


@dataclass(frozen=True, repr=False)
class Project(RawFolder):
    """A raw folder, and what is made of it.

    A document is named by its id in the register, or by its path. Every method raises a `CurriculumError`
    with all faults of its files, and then writes nothing.

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

    Examples
    --------
    >>> project = Project("data")
    >>> project.read("st0792-1.2").statements["code"].tolist()[:3]
    ['K1', 'K2', 'K3']
    """

    def build(self, out: str | Path, progress: Progress = silent) -> Built:
        """Write the tables of every registered document, and the crosswalk of every registered pair.

        Parameters
        ----------
        out
            The folder to write; a manifest of hashes is written last.
        progress
            Is called with the name of each step before it is done.
        """
        from curriculum.crosswalk.crosswalk_files import crosswalk_to_files, is_built_name

        refuse_raw_folder(out)
        tables = self.tables(progress=progress)
        pairs = folder_to_pairs(self.raw)
        decisions = self.decisions_for(tables, is_whole=True)
        crosswalk, candidates = link_pairs_with_candidates(
            tables, pairs, self.scorers(), progress, decisions=decisions.decisions
        )
        progress("write")
        files = {**tables_to_files(tables), **crosswalk_to_files(crosswalk, candidates)}
        kept, was_mixed, foreign = write_folder(Path(out), files, is_built_name)
        names = (*sorted(files), MANIFEST_NAME)
        return Built(tables, crosswalk, names, was_mixed, kept, decisions, foreign)

    def link(
        self,
        old: str | Path,
        new: str | Path,
        *,
        old_id: str = "",
        new_id: str = "",
        old_kind: str = "",
        new_kind: str = "",
        progress: Progress = silent,
        method: str = v.DEFAULT_METHOD,
    ) -> Crosswalk:
        """Return the crosswalk between two documents.

        Parameters
        ----------
        old, new
            The documents: a registered id, or a path.
        old_id, new_id
            Ids for the documents in place of their own.
        old_kind, new_kind
            The names of the kinds that files are read as; by default they are found from their content.
        progress
            Is called with the name of each step before it is done.
        method
            ``default``, or ``rapidfuzz`` for links by one scorer of rapidfuzz alone.
        """
        from curriculum.checks.all_findings import parsed_to_checked
        from curriculum.library.crosswalk_object import link
        from curriculum.library.standard import Standard

        check_names(old, new)
        kinds = (old_kind, new_kind)
        _check_kinds(kinds)
        documents = names_to_version_documents((old, new), self.raw, (old_id, new_id), kinds)
        # A report shows the findings of both documents, so that none is left out here.
        checked = map(parsed_to_checked, documents_to_parsed(documents))
        first, second = (Standard(parsed, self) for parsed in checked)
        return link(first, second, self, progress=progress, method=method)

    def review(
        self,
        old: str | Path,
        new: str | Path,
        *,
        via: str | Path = "",
        kinds: tuple[str, str] = ("", ""),
        progress: Progress = silent,
    ) -> Reviewed:
        """Return the review of two versions: every proposal, with what reviewers have decided.

        Parameters
        ----------
        old, new
            The versions: a registered id, or a path.
        via
            A version between them, through which each link is checked as well.
        kinds
            The names of the kinds that the two files are read as; empty for one that is to be found.
        progress
            Is called with the name of each step before it is done.
        """
        from curriculum.review.review_files import tables_to_reviewed

        check_names(old, new, via)
        _check_kinds(kinds)
        progress("read the versions")
        between = (via,) if via else ()
        kinds_of_all = (*kinds, *("" for _ in between))
        tables, ids = names_to_versions((old, new, *between), self.raw, kinds=kinds_of_all)
        progress("decisions")
        decisions = self.decisions_for(tables)
        progress("link")
        return tables_to_reviewed(tables, ids, self.scorers(), decisions)

    def apply_review(
        self,
        path: str | Path,
        versions: tuple[str, str] | None = None,
        *,
        default: Default | None = None,
        kinds: tuple[str, str] = ("", ""),
        is_dry: bool = False,
        progress: Progress = silent,
    ) -> Applied:
        """Check every answer of a workbook, and store the answers as decisions if no answer has a fault.

        Parameters
        ----------
        path
            The filled workbook, as `reviewed_to_workbook` or a remap writes it.
        versions
            The old and the new version; needed if they are not registered, or if the workbook is about
            several pairs.
        default
            The reviewer and the date, where the workbook has none.
        kinds
            The names of the kinds that the two files are read as; empty for one that is to be found.
        is_dry
            Whether to check only, without writing.
        progress
            Is called with the name of each step before it is done.
        """
        from curriculum.examples.example_folder import refuse_example_folder
        from curriculum.review.review_files import check_registered, keep_answers, tracker_to_versions
        from curriculum.spreadsheets.tracker_files import path_to_tracker

        tracker = path_to_tracker(path)
        names = versions or tracker_to_versions(tracker)
        check_registered(names, self.raw, is_accepted=versions is not None and self.decisions is not None)
        # A folder that does not exist yet has no decisions.
        is_new = self.decisions is not None and not self.decisions.is_dir()
        project = replace(self, with_decisions=not is_new)
        reviewed = project.review(*names, kinds=kinds, progress=progress)
        folder = self.decisions or self.raw / DECISIONS_NAME
        refuse_example_folder(folder)
        return keep_answers(reviewed, tracker, folder, default, is_dry=is_dry)

    def remap(
        self,
        path: str | Path,
        old: str | Path,
        new: str | Path,
        *,
        options: Options | None = None,
        answers: str | Path | None = None,
        crosswalk: str | Path | None = None,
        kinds: tuple[str, str] = ("", ""),
        progress: Progress = silent,
    ) -> RemappedFile:
        """Read and remap a spreadsheet; nothing is written.

        Parameters
        ----------
        path
            The spreadsheet.
        old, new
            The versions: a registered id, or a path.
        options
            The options of the remap.
        answers
            A workbook with a filled-in sheet "To decide".
        crosswalk
            A crosswalk that the user brings. It replaces the links, and the decisions of the raw folder.
        kinds
            The names of the kinds that the two files are read as; empty for one that is to be found.
        progress
            Is called with the name of each step before it is done.

        Raises
        ------
        NotFound
            If a name is unknown, or there is no code to remap.
        """
        from curriculum.library.remapped_file import RemappedFile
        from curriculum.library.user_crosswalk_file import path_to_crosswalk_table
        from curriculum.remapping.options import Options
        from curriculum.remapping.remap_files import inputs_to_job
        from curriculum.remapping.remap_inputs import RemapInputs
        from curriculum.spreadsheets.tracker_files import path_to_tracker

        check_names(old, new)
        check_path(path)
        _check_kinds(kinds)
        progress("read")
        table = path_to_crosswalk_table(crosswalk) if crosswalk else None
        answered = path_to_tracker(answers) if answers else None
        inputs = RemapInputs(Path(path), path_to_tracker(path), answered, table)
        bundle = self.bundle(old, new, kinds=kinds, with_links=not crosswalk, progress=progress)
        progress("remap the codes")
        return RemappedFile(inputs_to_job(inputs, bundle, options=options or Options()))

    def bundle(
        self,
        old: str | Path,
        new: str | Path,
        *,
        kinds: tuple[str, str] = ("", ""),
        with_links: bool = True,
        progress: Progress = silent,
    ) -> Bundle:
        """Return all that a remap of two versions needs; the parameters are those of `remap`.

        ``with_links`` says whether they are linked; they need not be for a remap with a crosswalk of a user.
        `curriculum.crosswalk.bundle_file.bundle_to_bytes` returns it as the file that ``--crosswalk`` takes.
        """
        from curriculum.library.remap_bundle import folder_to_bundle

        check_names(old, new)
        _check_kinds(kinds)
        return folder_to_bundle(self, (old, new), kinds=kinds, with_links=with_links, progress=progress)

    def graph(self, name: str | Path, *, kind: str = "") -> nx.DiGraph:
        """Return the graph of a document: a registered id, or a path; ``kind`` as for `parse`."""
        return self.read(name, kind=kind).graph()

    def lineage(self, statement_id: str = "", progress: Progress = silent) -> Lineage:
        """Return the lineage of a statement, or without one the history of all codes.

        Every registered pair is linked.

        Parameters
        ----------
        statement_id
            Such as ``st0792-1.2:K9``.
        progress
            Is called with the name of each step before it is done.

        Raises
        ------
        NotFound
            If no document has the statement.
        """
        from curriculum.analysis.history import tables_to_history
        from curriculum.library.lineage_object import Lineage

        check_type("the id of a statement, such as 'st0792-1.2:K9'", str, statement_id)
        progress("read")
        tables = parsed_to_tables(documents_to_parsed(self.documents()))
        if statement_id:
            check_statement(tables, statement_id)
        decisions = self.decisions_for(tables, is_whole=True)
        progress("link")
        pairs = folder_to_pairs(self.raw)
        crosswalk = link_pairs(tables, pairs, self.scorers(), decisions=decisions.decisions)
        progress("put together")
        return Lineage(statement_id, tables_to_history(tables, crosswalk, statement_id, decisions))

    def versions(
        self, *names: str | Path | Standard, order: str = "found", progress: Progress = silent
    ) -> Versions:
        """Return versions in order, as `curriculum.versions` does; ``ST0792`` is all of its versions here."""
        from curriculum.library.crosswalk_object import link
        from curriculum.library.version_names import names_with_references
        from curriculum.library.versions_object import read_versions

        named = names_with_references(names, self.raw)
        linker, pairs = partial(link, project=self), read_crosswalks(self.raw)
        return read_versions(named, self.raw, linker, order, progress=progress, pairs=pairs)

    def evaluate(
        self,
        reference: str | Path | None = None,
        *,
        is_cross_validated: bool = False,
        method: str = v.DEFAULT_METHOD,
    ) -> Evaluation:
        """Propose the links of a reference again, without decisions, and compare them with it.

        Parameters
        ----------
        reference
            The reference crosswalk; by default ``reference/crosswalk_dev.csv`` in the raw folder.
        is_cross_validated
            Whether the links of each statement are proposed by a confidence that was fitted to the others.
        method
            ``default``, or ``rapidfuzz`` for links by one scorer of rapidfuzz alone.

        Raises
        ------
        CurriculumError
            If the reference, one of its documents or the thesaurus cannot be read, or if there is no such
            method.
        """
        from curriculum.evaluation.reference_links import other_fit_rows, reference_to_compared
        from curriculum.library.evaluation_object import Evaluation
        from curriculum.library.link_basis import method_to_scorers

        scorers = method_to_scorers(method, self)
        rows, tables = self.read_reference(reference)
        more = other_fit_rows(self.raw, rows, scorers) if is_cross_validated else ()
        compared = reference_to_compared(rows, tables, scorers, is_cross_validated, more)
        return Evaluation(compared.verdicts, tables.statements, compared.candidates)

    def read_reference(self, path: str | Path | None = None) -> tuple[tuple[Reference, ...], Tables]:
        """Return the rows of a reference, by default that of the raw folder, and its documents' tables."""
        from curriculum.evaluation.reference_links import path_to_reference

        return path_to_reference(self.raw, path)


def _check_kinds(kinds: tuple[str, str]) -> None:
    """Refuse what is no pair of names of kinds."""
    check_type("a name of a kind for each of the two files", tuple, kinds)
    check_type("the name of a kind of document, as a text", str, *kinds)


def example() -> Project:
    """Return the project of the example: two versions of a made-up standard, its thesaurus and a tracker.

    It comes with the package, so that it works in any folder.

    Examples
    --------
    >>> len(example().read("st9901-1.0").statements)
    33
    """
    from curriculum.examples.example_folder import EXAMPLE_RAW, example_folder

    return Project(example_folder() / EXAMPLE_RAW)
