"""The command `notebook`: a notebook on two documents, filled in."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curriculum.cli.arguments import PAIR, RAW, Commands, add_out, add_pair, add_raw
from curriculum.cli.results import give, refuse_other_ending
from curriculum.cli.typed_commands import lab_words, word_to_quoted

if TYPE_CHECKING:
    from curriculum.documents.document import Document
    from curriculum.library.own_notebook import NotebookParameters

__all__ = ["add", "run"]

_ENDING: Final = ".ipynb"
# The folder of people's own work; `run.py lab` makes it too.
_OWN_WORK: Final = "my_work"


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    notebook = commands.add_parser(
        "notebook",
        help="a notebook for JupyterLab on what changed from OLD to NEW",
        example=(*PAIR, "-o", f"{_OWN_WORK}/mine.ipynb"),
    )
    add_pair(notebook)
    add_out(notebook, "FILE", "the notebook to write, .ipynb (default: to standard output)")
    for name in ("old", "new"):
        what = f"what tables and figures call {name.upper()} (default: its id)"
        notebook.add_argument(f"--{name}-title", default="", metavar="TITLE", help=what)
    add_raw(notebook)
    notebook.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.library.own_notebook import parameters_to_notebook

    refuse_other_ending(options.out, "notebooks", _ENDING)
    # A file that cannot be read is told now, and not in the notebook.
    documents = [parsed.document for parsed in options.project.parse([options.old, options.new])]
    data = parameters_to_notebook(_to_parameters(options, documents))
    _refuse_other_file(options.out, data)
    give(data, options.out)
    screen = Screen(options.typed)
    if not options.out:
        screen.next(
            "for a file, run", ("notebook", options.old, options.new, "-o", f"{_OWN_WORK}/mine.ipynb")
        )
        return 0
    path = options.out.as_posix()
    screen.say(f"Written to {path}", is_wrapped=False)
    screen.next("open it in JupyterLab with the line below, and choose Run, Run All Cells.")
    screen.say(f"  {lab_words()} {word_to_quoted(path)}", is_wrapped=False)
    return 0


def _to_parameters(options: argparse.Namespace, documents: Sequence[Document]) -> NotebookParameters:
    """Return what is filled in; paths are made relative to the folder of the notebook."""
    from curriculum.documents.document import text_to_document_id
    from curriculum.errors import InvalidInput
    from curriculum.library.own_notebook import NotebookParameters

    out: Path = options.out or Path("notebook.ipynb")
    titles = [
        title or document.document_id
        for title, document in zip((options.old_title, options.new_title), documents, strict=True)
    ]
    ids = list(map(text_to_document_id, titles))
    if ids[0] == ids[1]:
        raise InvalidInput(
            f"both documents have the id {ids[0]}",
            where=f"{options.old} and {options.new}",
            expected="two versions with different titles",
            advice="Give one of them another title with --old-title or --new-title.",
        )
    old, new = (_seen_from(out.parent, _to_path(document)) for document in documents)
    # Without a raw folder, the notebook asks for the default one, which need not exist.
    raw: Path = options.raw
    project = _seen_from(out.parent, raw) if raw.is_dir() else RAW.as_posix()
    folder = _seen_from(out.parent, Path(_OWN_WORK))
    return NotebookParameters(old, new, titles[0], titles[1], project, folder)


def _to_path(document: Document) -> Path:
    """Return the path of the file of a document; a file of several standards is refused."""
    from curriculum.errors import InvalidInput

    path = Path(document.source)
    if not path.is_file():
        raise InvalidInput(
            "one of several standards in a file",
            where=document.source,
            expected="a file for each of the two documents",
            advice="Save each as a file of its own.",
        )
    return path


def _seen_from(folder: Path, path: Path) -> str:
    """Return a path as it is written in a notebook in a folder."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        # On Windows, the two are on different drives.
        return path.resolve().as_posix()


def _refuse_other_file(out: Path | None, data: bytes) -> None:
    """Refuse to write over a notebook that was run or changed, or over any other file."""
    from curriculum.errors import UnwritableOutput

    if out and out.exists() and (out.is_dir() or out.read_bytes() != data):
        what = "a folder" if out.is_dir() else "a file with other content"
        raise UnwritableOutput(
            what, where=out.as_posix(), expected="a new file", advice="Choose another name with -o."
        )
