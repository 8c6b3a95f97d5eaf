"""Trust the notebooks that come with the project, and no other that lies beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from nbformat import NO_CONVERT, ValidationError, read
from nbformat.sign import NotebookNotary

__all__ = ["NAMES", "trust_notebooks"]

NAMES: Final = (
    "00_start",
    "01_read_the_standards",
    "02_what_changed_between_versions",
    "03_duties_ksbs_and_themes",
    "04_how_good_are_the_links",
    "05_remap_a_tracker",
    "06_from_2017_to_2024",
    "07_your_own_standard",
)


def trust_notebooks(folder: Path, notary: NotebookNotary) -> None:
    """Let the stored figures of the project's notebooks be shown before they are run.

    They come with the project, as the code does that they call. One that is missing or broken is left out.

    Parameters
    ----------
    folder
        The folder of the notebooks.
    notary
        What keeps the signatures.
    """
    for name in NAMES:
        try:
            book = read(folder / f"{name}.ipynb", NO_CONVERT)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, ValidationError):
            continue
        notary.sign(book)
