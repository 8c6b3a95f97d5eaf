"""The function that puts the versions of a standard in order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from curriculum.analysis.version_chains import FOUND
from curriculum.crosswalk.raw_folder import RAW
from curriculum.library.argument_checks import check_type
from curriculum.library.crosswalk_object import link
from curriculum.library.link_basis import LinkSource
from curriculum.library.standard import Standard
from curriculum.library.versions_object import Versions, read_versions
from curriculum.model.progress import Progress, silent

__all__ = ["versions"]


def versions(
    *files: str | Path | Standard | Sequence[str | Path | Standard],
    project: LinkSource | None = None,
    order: str = FOUND,
    progress: Progress = silent,
) -> Versions:
    """Order the versions of a standard, and say what each step changed and what to do.

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
    check_type("a project, such as cu.Project('data')", LinkSource, project, is_needed=False)
    named: list[str | Path | Standard] = []
    for given in files:
        if isinstance(given, list | tuple):
            named += given
        else:
            named.append(given)  # type: ignore[arg-type]
    raw = getattr(project, "raw", RAW)
    return read_versions(named, raw, partial(link, project=project), order, progress=progress)
