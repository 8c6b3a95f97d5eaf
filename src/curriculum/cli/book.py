"""The command `book`: notebooks as pages that need no network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from curriculum.cli.arguments import Commands

__all__ = ["add", "run"]

_NOTEBOOKS: Final = Path("notebooks")
_BOOK: Final = Path("book")


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    book = commands.add_parser("book", help="the notebooks as pages to read without a network", example=())
    book.add_argument(
        "notebooks",
        nargs="*",
        type=Path,
        default=[_NOTEBOOKS],
        metavar="NOTEBOOK",
        help=f"notebooks, or folders of notebooks (default: {_NOTEBOOKS.as_posix()}); what they show is as "
        "it was run last",
    )
    book.add_argument(
        "-o",
        "--out",
        type=Path,
        default=_BOOK,
        metavar="DIR",
        help=f"the folder to write (default: {_BOOK.as_posix()})",
    )
    book.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.files.output_folder import MANIFEST_NAME, write_folder
    from curriculum.html.notebook_book import INDEX, notebooks_to_book

    files = notebooks_to_book([path for named in options.notebooks for path in _to_notebooks(named)])
    written = write_folder(options.out, files, lambda name: name.endswith(".html"))
    screen = Screen(options.typed)
    if written.kept:
        screen.say(f"You had changed files there; your work is kept as {', '.join(written.kept)}.")
    folder = options.out.as_posix()
    screen.say(f"Done: {len(files)} pages written to {folder}, with {MANIFEST_NAME}")
    screen.next(f"open {folder}/{INDEX} in a browser; it needs no network.")
    return 0


def _to_notebooks(named: Path) -> list[Path]:
    """Return the notebooks of a folder in the order of their names, or the one that is named."""
    from curriculum.errors import NotFound

    if not named.is_dir() and named != _NOTEBOOKS:
        return [named]
    found = sorted(named.glob("*.ipynb"))
    if not found:
        raise NotFound(
            "no notebooks",
            where=named.as_posix(),
            expected="a folder with notebooks (.ipynb)",
            found="none",
            advice="Name the notebooks or their folder: curriculum book my_work.",
        )
    return found
