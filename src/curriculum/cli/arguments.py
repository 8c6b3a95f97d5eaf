"""Arguments that several commands have, and the parser of one command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path
from typing import Any, Final, NoReturn, TypeAlias

from curriculum.cli.typed_commands import program_words, to_typed
from curriculum.model import vocabulary as v

__all__ = [
    "DOCUMENT",
    "KIND",
    "PAIR",
    "RAW",
    "Commands",
    "Parser",
    "add_decisions",
    "add_decisions_folder",
    "add_encoder",
    "add_kind",
    "add_kinds",
    "add_linking",
    "add_method",
    "add_no_cache",
    "add_no_decisions",
    "add_out",
    "add_pair",
    "add_raw",
    "add_several",
    "add_thesaurus",
    "expanded",
    "to_kinds",
]

# The versions of the examples.
PAIR: Final = ("st0792-1.0", "st0792-1.2")

RAW = Path("data/raw")
DOCUMENT: Final = (
    "your document: PDF, Word (.docx), OpenDocument (.odt), RTF, a saved web page, text, Markdown, "
    "Excel (.xlsx), CSV, YAML, JSON or a package of CASE (.json); or the id of a document in the raw folder "
    "(one of several standards in a file by its name: both.md#ST0096)"
)
KIND: Final = "the kind that files named by their paths are read as (default: found from the content)"

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def add_raw(parser: argparse.ArgumentParser) -> None:
    """Add the options of the raw folder, and of the limits of the files that are read."""
    parser.add_argument(
        "--raw", type=Path, default=RAW, metavar="DIR", help=f"the raw folder (default: {RAW.as_posix()})"
    )
    parser.add_argument(
        "--limits",
        type=int,
        default=1,
        metavar="TIMES",
        help="multiply the limits of size, depth and time of the files that are read by this number, from 1 "
        "to 10 (default: 1; only for files that you trust)",
    )


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """Add both options about decisions."""
    add_decisions_folder(parser)
    add_no_decisions(parser)


def add_decisions_folder(parser: argparse.ArgumentParser) -> None:
    """Add the option of the folder of decisions."""
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="DIR",
        help="the folder of the decisions of reviewers (default: decisions in the raw folder)",
    )


def add_no_decisions(parser: argparse.ArgumentParser) -> None:
    """Add the option that leaves decisions out."""
    parser.add_argument(
        "--no-decisions",
        action="store_true",
        help="use the proposals alone, without the decisions of reviewers",
    )


def add_no_cache(parser: argparse.ArgumentParser) -> None:
    """Add the option that makes proposals again."""
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="make all proposals again, and keep none for the next time (the result is the same)",
    )


def add_method(parser: argparse.ArgumentParser) -> None:
    """Add the option of the method of linking."""
    parser.add_argument(
        "--method",
        choices=v.METHODS,
        default=v.DEFAULT_METHOD,
        help="rapidfuzz: by the words that two wordings share alone (default: all scorers of the linker)",
    )


def add_thesaurus(parser: argparse.ArgumentParser) -> None:
    """Add the option of the terms of the field."""
    parser.add_argument(
        "--thesaurus",
        type=Path,
        metavar="FILE",
        help="the terms of the field as CSV (default: thesaurus.csv of the raw folder, if it has one)",
    )


def add_encoder(parser: argparse.ArgumentParser) -> None:
    """Add the option of a sentence encoder."""
    parser.add_argument(
        "--encoder",
        type=_to_folder,
        metavar="FOLDER",
        help="the folder of a sentence encoder that you have downloaded, as one more scorer "
        "(docs/linking_measured.md says which)",
    )


def _to_folder(text: str) -> Path:
    """Return the path of a folder; an empty text names none."""
    if not text.strip():
        raise argparse.ArgumentTypeError("no folder is named; expected the folder of a sentence encoder")
    return Path(text)


def add_out(parser: argparse.ArgumentParser, metavar: str, what: str) -> None:
    """Add the option of the file or folder to write."""
    parser.add_argument("-o", "--out", type=Path, metavar=metavar, help=what)


def add_kind(parser: Parser, name: str, what: str) -> None:
    """Add an option of the kind that a file is read as; the help of the command lists the kinds."""
    parser.add_argument(name, default="", metavar="KIND", help=what)
    parser.closing = _kinds_to_help


def add_kinds(parser: Parser) -> None:
    """Add the options of the kinds that the two files of a pair are read as."""
    add_kind(parser, "--kind", KIND)
    add_kind(parser, "--old-kind", "the same for OLD alone")
    add_kind(parser, "--new-kind", "the same for NEW alone")


def to_kinds(options: argparse.Namespace) -> tuple[str, str]:
    """Return the kinds that the two files of a pair are read as; empty for one that is to be found."""
    return options.old_kind or options.kind, options.new_kind or options.kind


def _kinds_to_help() -> str:
    """Return the kinds of document, for the help of a command."""
    from curriculum.parsing.document_kinds import document_kinds

    return "\n  ".join(("kinds of document:", *(kind.name for kind in document_kinds())))


def add_pair(parser: argparse.ArgumentParser) -> None:
    """Add the two documents."""
    parser.add_argument("old", metavar="OLD", help=DOCUMENT)
    parser.add_argument("new", metavar="NEW", help="the newer one, named in the same way")


def add_linking(parser: Parser) -> None:
    """Add the two documents of a command that links them, and the options of linking."""
    add_pair(parser)
    parser.add_argument("--old-id", default="", metavar="ID", help="the id to give to OLD")
    parser.add_argument("--new-id", default="", metavar="ID", help="the id to give to NEW")
    add_kinds(parser)
    add_thesaurus(parser)
    add_method(parser)
    add_decisions(parser)
    add_encoder(parser)
    add_raw(parser)
    add_no_cache(parser)


class Parser(argparse.ArgumentParser):
    """A parser that shows an example of its command, and says what to do about wrong arguments.

    ``example`` holds the arguments of the example; it can be run in the folder of the project.
    """

    def __init__(self, *args: Any, example: Sequence[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._example = example
        # A text that takes time to make, for the end of the help.
        self.closing: Callable[[], str] | None = None

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments, and exit with 2."""
        advice = " (put a name with spaces into quotes)" if "unrecognized" in message else ""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}{advice}\n{self._next_lines()}")

    def format_help(self) -> str:
        """Return the help, and below it what closes it, if there is anything, and an example."""
        closing = f"\n{self.closing()}\n" if self.closing else ""
        return f"{super().format_help()}{closing}\n{self._example_lines()}"

    def _words(self) -> list[str]:
        """Return the words of the command, without those that start the program."""
        return self.prog[len(program_words()) :].split()

    def _example_lines(self) -> str:
        if self._example is None:
            return f"To see what a command does, with an example, run\n  {to_typed('link', '--help')}\n"
        return f"For example:\n  {to_typed(*self._words(), *self._example)}\n"

    def _next_lines(self) -> str:
        advice = f"{self._example_lines()}For more, run" if self._words() else "To see all commands, run"
        return f"{advice}\n  {to_typed(*self._words(), '--help')}\n"


def add_several(remap: argparse.ArgumentParser, name: str, metavar: str, what: str) -> None:
    """Add an option that can be repeated."""
    remap.add_argument(name, action="append", default=[], metavar=metavar, help=what)


def expanded(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of files with patterns such as *.txt expanded, which the shells of Windows do not do."""
    files: list[str] = []
    for name in names:
        found = sorted(glob(name)) if not Path(name).exists() else []  # noqa: PTH207 (patterns may be absolute)
        files += found or [name]
    return tuple(files)
