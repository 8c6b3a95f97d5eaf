"""The versions of a standard: in order, with what each step changed, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, TypeAlias

import pandas as pd

from curriculum.analysis.version_chains import FOUND, ORDERS
from curriculum.analysis.version_steps import (
    VersionStep,
    chains_to_order,
    steps_to_changes,
    steps_to_frame,
    steps_to_tasks,
)
from curriculum.checks.all_findings import parsed_to_checked
from curriculum.documents.record import EmptyRecord
from curriculum.documents.version_files import name_to_version_files
from curriculum.errors import (
    CurriculumError,
    Faults,
    InvalidInput,
    NotFound,
    UnreadableFile,
    raise_faults,
    unknown_ending,
)
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_path, check_type
from curriculum.library.crosswalk_rows import CrosswalkRows
from curriculum.library.linked_versions import LinkedVersions, link_chain, linked_to_one
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.saving import save_file
from curriculum.library.standard import Standard
from curriculum.library.version_reading import chain_to_named, standards_to_chains
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_reading import documents_to_parsed
from curriculum.report.versions_content import VersionsContent, content_to_lines
from curriculum.tables.csv_files import frame_to_export
from curriculum.tables.known_ids import check_known

if TYPE_CHECKING:
    from curriculum.viz.picture import Picture

__all__ = ["Versions", "check_versions_name", "read_versions", "versions_to_bytes"]

_FORMATS: Final = (".csv", ".xlsx", ".html")
# Links an old standard to a new one.
Linker: TypeAlias = Callable[[Standard, Standard], CrosswalkRows]


@dataclass(frozen=True, repr=False, eq=False)
class Versions:
    """The versions of one standard or of several, each standard on its own.

    Attributes
    ----------
    linked
        The versions in order, and the steps between them.

    Examples
    --------
    >>> import curriculum as cu
    >>> project = cu.example()
    >>> versions = cu.versions(project.read("st9901-1.1"), project.read("st9901-1.0"))
    >>> versions.order["document_id"].tolist()
    ['st9901-1.0', 'st9901-1.1']
    """

    linked: LinkedVersions

    @cached_property
    def order(self) -> pd.DataFrame:
        """One row for each version, the oldest first, with the reason for its place."""
        return chains_to_order(self.linked.chains)

    @property
    def missing(self) -> pd.DataFrame:
        """The versions that are not here: who names them, their dates, and what they changed."""
        return self.linked.missing

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row for each step from a version to the next: its counts, and what to do."""
        return steps_to_frame(self.linked.steps)

    @property
    def steps(self) -> tuple[VersionStep, ...]:
        """The steps, the oldest first."""
        return self.linked.steps

    @cached_property
    def changes(self) -> pd.DataFrame:
        """One row for each change of each step, with both wordings; and for what could not be compared."""
        return steps_to_changes(self.linked.steps)

    @cached_property
    def to_do(self) -> pd.DataFrame:
        """What each step asks of a provider, a line a row, the most pressing first."""
        return steps_to_tasks(self.linked.steps)

    @property
    def crosswalks(self) -> tuple[CrosswalkRows, ...]:
        """The crosswalk of each step whose versions both print statements."""
        return tuple(links for links in self.linked.crosswalks if isinstance(links, CrosswalkRows))

    @property
    def history(self) -> pd.DataFrame:
        """What each statement is called in each version.

        The columns are ``reference`` and those of
        `curriculum.analysis.code_history.crosswalk_to_renumbering`: one row for each statement of the newest
        version, then for each that ended before. ``?`` behind a code: the link to it waits for review.
        """
        return self.linked.history

    def content(self) -> VersionsContent:
        """Return what the page, the workbook and the screen show."""
        return VersionsContent(
            self.order,
            self.missing,
            self.steps,
            self.frame,
            self.changes,
            self.to_do,
            self.history,
            self.basis,
        )

    @property
    def basis(self) -> str:
        """What the links are based on, in a sentence: thesaurus and decisions."""
        # A crosswalk has it; the rows of one, which are all that this module knows, need not.
        return " ".join(dict.fromkeys(getattr(crosswalk, "basis", "") for crosswalk in self.crosswalks))

    def save(self, path: str | Path) -> Path:
        """Write the versions; the ending of the name decides the format.

        Parameters
        ----------
        path
            A name that ends in ``.csv`` (the steps), ``.xlsx`` (what to do, the order, the steps, the
            changes, the history) or ``.html`` (one page, which needs no network). A previous file
            with other content is kept as ``<name>.previous``.

        Raises
        ------
        UnsupportedFormat, UnwritableOutput
            If the ending is another one, or the file cannot be written.
        """
        check_path(path)
        path = Path(path)
        save_file(path, versions_to_bytes(self.content(), path), "versions")
        return path

    @needs_matplotlib
    def plot(self) -> Picture:
        """Draw the steps: how many statements each kept, edited and added, and how many have no counterpart.

        Raises
        ------
        NotFound
            If there is no step.
        """
        from curriculum.viz.versions_figure import plot_versions

        if not any(step.links is not None for step in self.steps):
            raise NotFound("there is no step between two versions with statements, so nothing to draw")
        return plot_versions(
            self.frame, self.order, "What each version kept, edited and added, and what has no counterpart"
        )

    def _lines(self) -> list[str]:
        return list(content_to_lines(self.content()))

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def check_versions_name(path: str | Path) -> None:
    """Raise an error if versions cannot be written in the format of a file name.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one than .csv, .xlsx or .html.
    """
    path = Path(path)
    if path.suffix.casefold() not in _FORMATS:
        raise unknown_ending("versions", path.as_posix(), _FORMATS)


def versions_to_bytes(content: VersionsContent, path: str | Path) -> bytes:
    """Return the versions in the format of a file name; the same versions give the same bytes.

    Parameters
    ----------
    content
        The versions.
    path
        A name that ends in ``.csv`` (the steps), ``.xlsx`` or ``.html``.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one.
    """
    check_versions_name(path)
    ending = Path(path).suffix.casefold()
    if ending == ".csv":
        return frame_to_export(content.frame)
    # Imported here, because other formats do not need them.
    if ending == ".html":
        from curriculum.report.versions_page import versions_to_page

        return versions_to_page(content)
    from curriculum.report.versions_workbook import versions_to_workbook

    return versions_to_workbook(content)


def read_versions(
    named: Sequence[str | Path | Standard],
    raw: str | Path,
    linker: Linker,
    order: str = FOUND,
    *,
    progress: Progress = silent,
    pairs: Sequence[tuple[str, str]] = (),
) -> Versions:
    """Read the versions that are named, put them in order, and link each to the next.

    Parameters
    ----------
    named
        The versions, as `curriculum.versions` takes them.
    raw
        The raw folder, for registered ids.
    linker
        A function that links two standards.
    order
        `found` or `given`.
    progress
        Is called with the name of each step before it is done.
    pairs
        Pairs of ids of an old and a new document, as a register lists them.

    Raises
    ------
    CurriculumError
        With every fault at once.
    """
    check_known([order], ORDERS, "order", InvalidInput)
    check_type("a path, or a standard as cu.read returns it", str | PurePath | Standard, *named)
    if not named:
        raise NotFound("no version is named", expected="the files of a standard's versions, in any order")
    standards, empty = _read_all(named, raw, progress)
    if not standards:
        raise _no_standards(empty)
    different, renamed = _renamed_standards(standards)
    by_id = {standard.document_id: standard for standard in different}
    linked = [
        link_chain(chain, by_id, linker, chain_to_named(chain, by_id, empty), progress)
        for chain in standards_to_chains(different, order, renamed, pairs)
    ]
    return Versions(linked_to_one(linked))


def _no_standards(empty: Sequence[EmptyRecord]) -> UnreadableFile:
    found = "; ".join(f"{record.source} (status: {record.status or 'none'})" for record in empty)
    return UnreadableFile(
        "no version here holds KSBs",
        expected="knowledge, skills or behaviours with a wording",
        found=found,
        advice="Take the records again when they are approved, or name other versions.",
    )


def _read_all(
    named: Sequence[str | Path | Standard], raw: str | Path, progress: Progress
) -> tuple[list[Standard], list[EmptyRecord]]:
    """Read the versions, and the records without KSBs; raise with every fault of every file at once."""
    standards: list[Standard] = []
    empty: list[EmptyRecord] = []
    faults: list[CurriculumError] = []
    for given in named:
        if isinstance(given, Standard):
            standards.append(given)
            continue
        try:
            found = name_to_version_files(given, raw)
            parsed = documents_to_parsed(found.documents, progress)
            standards += [Standard(parsed_to_checked(document)) for document in parsed]
            empty += found.empty
        except CurriculumError as fault:
            faults += fault.faults if isinstance(fault, Faults) else [fault]
            is_folder = bool(str(given)) and Path(given).is_dir() and any(Path(given).iterdir())
            faults += [_other_files(given)] if is_folder else []
    raise_faults(faults)
    return standards, empty


def _other_files(folder: str | Path) -> InvalidInput:
    return InvalidInput(
        "a folder stands for all of its files",
        where=Path(folder).as_posix(),
        expected="versions of a standard, and nothing else",
        found="a file that cannot be read as one",
        advice="Move other files out of it, or name the files of the versions one by one.",
    )


def _renamed_standards(standards: Sequence[Standard]) -> tuple[tuple[Standard, ...], dict[str, str]]:
    """Return standards with ids that differ, and the id that each renamed one has elsewhere."""
    seen = {standard.document_id: 0 for standard in standards}
    taken = set(seen)
    renamed: dict[str, str] = {}
    different = []
    for standard in standards:
        old = standard.document_id
        seen[old] += 1
        if seen[old] > 1:
            number = seen[old]
            while f"{old}-{number}" in taken:
                number += 1
            new = f"{old}-{number}"
            taken.add(new)
            renamed[new] = old
            document = replace(standard.parsed.document, document_id=new)
            different.append(Standard(replace(standard.parsed, document=document), standard.project))
        else:
            different.append(standard)
    return tuple(different), renamed
