"""The versions of a standard: in order, with what each step changed, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from curriculum.analysis.version_chains import FOUND, ORDERS
from curriculum.analysis.version_steps import (
    VersionStep,
    chains_to_order,
    steps_to_changes,
    steps_to_frame,
    steps_to_tasks,
)
from curriculum.crosswalk.raw_folder import RAW
from curriculum.documents.version_files import EmptyRecord, names_to_version_files
from curriculum.errors import CurriculumError, Faults, NotFound, raise_faults
from curriculum.html.summaries import lines_to_html
from curriculum.library.argument_checks import check_path, check_type
from curriculum.library.crosswalk_object import Crosswalk
from curriculum.library.link_basis import LinkSource
from curriculum.library.plotting import needs_matplotlib
from curriculum.library.saving import save_file
from curriculum.library.standard import Standard
from curriculum.library.version_reading import (
    LinkedVersions,
    refuse_no_order,
    renamed_standards,
    standards_to_linked,
)
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_reading import documents_to_parsed
from curriculum.report.versions_content import VersionsContent, content_to_lines

if TYPE_CHECKING:
    from curriculum.viz.picture import Picture

__all__ = ["Versions", "versions"]

_Named: TypeAlias = str | Path | Standard


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
    def crosswalks(self) -> tuple[Crosswalk, ...]:
        """The crosswalk of each step whose versions both print statements."""
        return self.linked.crosswalks

    @property
    def history(self) -> pd.DataFrame:
        """What each statement is called in each version.

        The columns are ``reference`` and those of
        `curriculum.analysis.code_history.crosswalk_to_renumbering`: one row for each statement of the newest
        version, then for each that ended before. ``?`` behind a code: the link to it waits for review.
        """
        return self.linked.histories

    def content(self) -> VersionsContent:
        """Return what the page, the workbook and the screen show."""
        return VersionsContent(
            self.order, self.missing, self.steps, self.frame, self.changes, self.to_do, self.history
        )

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
        from curriculum.report.versions_files import versions_to_bytes

        check_path(path)
        path = Path(path)
        save_file(path, versions_to_bytes(self.content(), path), "versions")
        return path

    @needs_matplotlib
    def plot(self) -> Picture:
        """Draw the steps: how many statements each kept, edited, dropped and added, with the dates.

        Raises
        ------
        NotFound
            If there is no step.
        """
        from curriculum.viz.versions_figure import plot_versions

        if not any(step.links is not None for step in self.steps):
            raise NotFound("there is no step between two versions with statements, so nothing to draw")
        return plot_versions(self.frame, self.order, "What each version kept, edited, dropped and added")

    def _lines(self) -> list[str]:
        return list(content_to_lines(self.content()))

    def __repr__(self) -> str:
        return "\n".join(self._lines())

    def _repr_html_(self) -> str:
        return lines_to_html(self._lines())


def versions(
    *files: _Named | Sequence[_Named],
    project: LinkSource | None = None,
    order: str = FOUND,
    progress: Progress = silent,
) -> Versions:
    """Put the versions of a standard in order, and say what each step changed and what to do.

    Parameters
    ----------
    *files
        The versions in any order: standards, as `read` returns them; paths of files; a folder with them; or a
        file of official records, with a reference behind it for one standard of many
        (``feed.json#ST0792``).
    project
        The project whose thesaurus and decisions are used; by default the one that all standards came from.
    order
        ``found``: by version number, then by date. ``given``: as the files are named, the oldest first.
    progress
        A function that is called with the name of each step before it begins.

    Raises
    ------
    CurriculumError
        With every fault at once: a file that cannot be read, a version whose standard or place cannot be
        told, documents of several kinds.

    Examples
    --------
    >>> import curriculum as cu
    >>> project = cu.example()
    >>> found = cu.versions(project.read("st9901-1.0"), project.read("st9901-1.1"))
    >>> found.frame["change"].tolist()
    ['edited']
    """
    refuse_no_order(order, ORDERS)
    check_type("a project, such as cu.Project('data')", LinkSource, project, is_needed=False)
    standards, empty = _read_all(_to_named(files), getattr(project, "raw", RAW), progress)
    different, renamed = renamed_standards(standards)
    linked = standards_to_linked(different, project, order, empty=empty, renamed=renamed, progress=progress)
    return Versions(linked)


def _to_named(files: Sequence[_Named | Sequence[_Named]]) -> list[_Named]:
    """Return the versions that are named, each on its own or in lists."""
    named: list[_Named] = []
    for given in files:
        named += given if isinstance(given, Sequence) and not isinstance(given, str) else [given]
    check_type("a path, or a standard as cu.read returns it", str | Path | Standard, *named)
    if not named:
        raise NotFound("no version is named", expected="the files of a standard's versions, in any order")
    return named


def _read_all(
    named: Sequence[_Named], raw: Path, progress: Progress
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
            found = names_to_version_files([given], raw)
            standards += [Standard(parsed) for parsed in documents_to_parsed(found.documents, progress)]
            empty += found.empty
        except CurriculumError as fault:
            faults += fault.faults if isinstance(fault, Faults) else [fault]
    raise_faults(faults)
    return standards, empty
