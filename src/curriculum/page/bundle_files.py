"""Read the crosswalk bundles that a page is built with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from curriculum.crosswalk.bundle_file import bundle_to_name, bytes_to_bundle
from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.files.encodings import path_to_bytes, path_to_escaped

__all__ = ["paths_to_bundles"]


def paths_to_bundles(paths: Sequence[Path]) -> dict[str, bytes]:
    """Read bundles, and check each of them.

    Parameters
    ----------
    paths
        The files.

    Returns
    -------
    dict of str to bytes
        Their bytes, by names made of the versions: the name of a file can be any.

    Raises
    ------
    CurriculumError
        With every fault of every bundle; also if two are of the same pair of versions.
    """
    found: dict[str, bytes] = {}
    first: dict[str, str] = {}
    faults: list[CurriculumError] = []
    for path in paths:
        try:
            data, where = path_to_bytes(path), path_to_escaped(path)
            name = bundle_to_name(bytes_to_bundle(data, where))
            if first.setdefault(name, where) != where:
                faults.append(_second(where, first[name]))
            found[name] = data
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return found


def _second(where: str, first: str) -> InvalidInput:
    return InvalidInput(
        "a second bundle of the same versions",
        where=where,
        expected="one for each pair of versions",
        found=f"that of {first} too",
        advice="Leave one of them out.",
    )
