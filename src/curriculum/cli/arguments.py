"""The words of the command line: each command, its options, and what `--help` says of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn, TypeAlias

from curriculum import __version__
from curriculum.cli.typed_commands import program_words, to_typed

__all__ = ["make_parser"]

_RAW = Path("data/raw")
_PROCESSED = Path("data/processed")
_DOCUMENT = (
    "the id of a document in the raw folder, or the path of a text or of a CSV with the columns code and text"
)


_PAIR = ("st0792-1.0", "st0792-1.2")
# What follows each command in an example; each can be run in the folder of the project.
_EXAMPLES = {
    "build": (),
    "parse": ("st0792-1.2", "-o", "tables"),
    "check": ("st0792-1.2",),
    "link": (*_PAIR, "-o", "crosswalk.xlsx"),
    "evaluate": ("--cross-validate",),
    "graph": ("st0792-1.2", "-o", "graph.graphml"),
    "remap": ("examples/headings.xlsx", "--from", _PAIR[0], "--to", _PAIR[1], "--dry-run"),
    "review": ("export", *_PAIR, "-o", "review.xlsx"),
    "review export": (*_PAIR, "-o", "review.xlsx"),
    "review apply": ("review.xlsx", "--dry-run"),
    "review progress": _PAIR,
    "lineage": ("st0792-1.2:K9",),
}


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _add_raw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--raw", type=Path, default=_RAW, metavar="DIR", help=f"the raw folder (default: {_RAW.as_posix()})"
    )


def _add_decisions(parser: argparse.ArgumentParser) -> None:
    _add_decisions_folder(parser)
    _add_no_decisions(parser)


def _add_decisions_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--decisions",
        type=Path,
        metavar="DIR",
        help="the folder of what reviewers decided (default: decisions in the raw folder)",
    )


def _add_no_decisions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-decisions", action="store_true", help="show the proposals alone, whatever reviewers decided"
    )


def _add_out(parser: argparse.ArgumentParser, metavar: str, what: str) -> None:
    parser.add_argument("-o", "--out", type=Path, metavar=metavar, help=what)


def _add_pair(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help=_DOCUMENT)
    parser.add_argument("new", metavar="NEW", help="the newer one, named in the same way")


class _Parser(argparse.ArgumentParser):
    """A parser that says what to do about words that it cannot place."""

    def error(self, message: str) -> NoReturn:
        """Return what is wrong with the words, and exit with 2."""
        advice = " (put a name with spaces into quotes)" if "unrecognized" in message else ""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: error: {message}{advice}\n{self._told_next()}")

    def format_help(self) -> str:
        """Return the help, and an example below it."""
        return f"{super().format_help()}\n{self._told_example()}"

    def _words(self) -> list[str]:
        """Return the words of the command, without those that start the program."""
        return self.prog[len(program_words()) :].split()

    def _told_example(self) -> str:
        words = _EXAMPLES.get(" ".join(self._words()))
        if words is None:
            return f"To see what a command does, with an example, run\n  {to_typed('link', '--help')}\n"
        return f"For example:\n  {to_typed(*self._words(), *words)}\n"

    def _told_next(self) -> str:
        told = f"{self._told_example()}For more, run" if self._words() else "To see all commands, run"
        return f"{told}\n  {to_typed(*self._words(), '--help')}\n"


def _add_build(commands: _Commands) -> None:
    build = commands.add_parser(
        "build", help="every document of the raw folder as tables, and how they are linked"
    )
    _add_raw(build)
    build.add_argument(
        "-o",
        "--out",
        type=Path,
        default=_PROCESSED,
        metavar="DIR",
        help=f"the folder to write (default: {_PROCESSED.as_posix()})",
    )
    _add_decisions(build)


def _add_parse(commands: _Commands) -> None:
    parse = commands.add_parser("parse", help="documents as tables")
    parse.add_argument("files", nargs="+", metavar="FILE", help=_DOCUMENT)
    _add_out(parse, "DIR", "the folder to write all tables to (default: the statements, to standard output)")
    _add_raw(parse)


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="what is odd in a document: findings, with their lines")
    check.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help=f"{_DOCUMENT} (default: all of the raw folder)"
    )
    check.add_argument("--rules", action="store_true", help="tell what each rule sees, and stop")
    _add_out(check, "FILE", "the findings as CSV (default: to standard output if that is no screen)")
    _add_raw(check)


def _add_link(commands: _Commands) -> None:
    link = commands.add_parser("link", help="what became of each statement of OLD in NEW")
    _add_pair(link)
    _add_out(
        link,
        "FILE",
        "the crosswalk to write: .xlsx for people, .csv, .tsv, .sssom.tsv or .json (default: CSV, to "
        "standard output)",
    )
    link.add_argument("--old-id", default="", metavar="ID", help="the id to give to OLD")
    link.add_argument("--new-id", default="", metavar="ID", help="the id to give to NEW")
    link.add_argument(
        "--thesaurus",
        type=Path,
        metavar="FILE",
        help="the terms of the field as CSV (default: thesaurus.csv of the raw folder, if it has one)",
    )
    _add_decisions(link)
    _add_raw(link)


def _add_evaluate(commands: _Commands) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="how good the proposed links are, held against a reference crosswalk"
    )
    evaluate.add_argument(
        "--reference",
        type=Path,
        metavar="FILE",
        help="a reference crosswalk (default: reference/crosswalk_dev.csv of the raw folder)",
    )
    evaluate.add_argument(
        "--cross-validate",
        action="store_true",
        help="propose the links of each statement by a confidence that was fitted to the others",
    )
    _add_out(evaluate, "FILE", "the scores as CSV (default: to standard output if that is no screen)")
    _add_raw(evaluate)


def _add_graph(commands: _Commands) -> None:
    graph = commands.add_parser("graph", help="how duties, KSBs, themes, methods and options relate")
    graph.add_argument("document", metavar="DOCUMENT", help=_DOCUMENT)
    _add_out(graph, "FILE", "the graph to write, .graphml or .json (default: JSON, to standard output)")
    _add_raw(graph)


def _add_remap(commands: _Commands) -> None:
    remap = commands.add_parser(
        "remap",
        help="a copy of a spreadsheet, with the codes of another version",
        epilog="Exit code 0: every code is settled; 1: something needs a person; 2: nothing was done.",
    )
    remap.add_argument("tracker", type=Path, metavar="FILE", help="a spreadsheet: .xlsx, .xlsm, .csv or .tsv")
    remap.add_argument("--from", dest="old", required=True, metavar="OLD", help=f"its version: {_DOCUMENT}")
    remap.add_argument("--to", dest="new", required=True, metavar="NEW", help="the version it is to have")
    _add_out(remap, "FILE", "the copy to write (default: beside the file, with the new version in its name)")
    remap.add_argument("--dry-run", action="store_true", help="show everything, write nothing")
    remap.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="the workbook with the sheet “To decide”, filled in; or a folder of decisions",
    )
    _add_no_decisions(remap)
    remap.add_argument(
        "--crosswalk", type=Path, metavar="FILE", help="a crosswalk of your own (.csv, .tsv or .xlsx)"
    )
    _add_places(remap)
    remap.add_argument(
        "--in-place", action="store_true", help="rewrite the cells of the copy, add no columns"
    )
    remap.add_argument(
        "--accept-proposals",
        action="store_true",
        help="write what is only proposed too, and say so in the note",
    )
    remap.add_argument(
        "--force", action="store_true", help="go on although the file looks like another version"
    )
    _add_coverage(remap)
    _add_raw(remap)


def _add_places(remap: _Parser) -> None:
    _add_several(
        remap, "--columns", "NAME", "a column that holds codes, by heading or letter (can be repeated)"
    )
    _add_several(remap, "--sheets", "NAME", "a sheet to take (can be repeated)")
    _add_several(
        remap,
        "--where",
        "COLUMN=VALUE",
        "remap only rows with this value, such as “Standard version=1.0” (can be repeated)",
    )
    remap.add_argument("--in-text", action="store_true", help="look for codes inside prose too")


def _add_several(remap: _Parser, name: str, metavar: str, what: str) -> None:
    remap.add_argument(name, action="append", default=[], metavar=metavar, help=what)


def _add_coverage(remap: _Parser) -> None:
    what = "codes count as evidence where this column is filled in (can be repeated)"
    _add_several(remap, "--evidence", "COLUMN", what)
    remap.add_argument(
        "--learners",
        nargs="?",
        const="",
        metavar="COLUMN",
        help="show the coverage of each learner too, by name; COLUMN if their column is not found",
    )
    remap.add_argument(
        "--option", default="", metavar="TITLE", help="show the coverage of what applies to this option only"
    )
    remap.add_argument(
        "--date", default="", metavar="DAY", help="the date to print on the coverage, such as 2026-11-29"
    )


def _add_lineage(commands: _Commands) -> None:
    lineage = commands.add_parser(
        "lineage", help="where a statement came from and what became of it, over all documents"
    )
    lineage.add_argument(
        "statement",
        nargs="?",
        default="",
        metavar="STATEMENT",
        help="such as st0792-1.2:K9 (default: the history of all codes, a column for each document)",
    )
    _add_out(
        lineage,
        "FILE",
        "the table as .csv or .xlsx, or of a statement the graph as .graphml or .json (default: CSV, to "
        "standard output if that is no screen)",
    )
    _add_decisions(lineage)
    _add_raw(lineage)


def _add_review(commands: _Commands) -> None:
    review = commands.add_parser(
        "review", help="decide on the proposals in a workbook: write it, read it back, see how far it is"
    )
    steps = review.add_subparsers(dest="step", metavar="STEP", required=True)
    _add_review_export(steps)
    _add_review_apply(steps)
    progress = steps.add_parser("progress", help="what is settled, and the next ten to look at")
    _add_pair(progress)
    _add_decisions_folder(progress)
    _add_raw(progress)


def _add_review_export(steps: _Commands) -> None:
    export = steps.add_parser("export", help="write the proposals as a workbook, the most doubtful first")
    _add_pair(export)
    export.add_argument(
        "--via",
        default="",
        metavar="BETWEEN",
        help="a version between: show where the links by way of it say something else",
    )
    _add_out(export, "FILE", "the workbook to write, .xlsx (default: review_OLD_to_NEW.xlsx)")
    _add_decisions(export)
    _add_raw(export)


def _add_review_apply(steps: _Commands) -> None:
    apply = steps.add_parser(
        "apply",
        help="check every answer of a workbook, and keep them as decisions if all is well",
        epilog="Exit code 0: nothing waits any more; 1: something needs a person; 2: nothing was written.",
    )
    apply.add_argument(
        "workbook", type=Path, metavar="FILE", help="a workbook with the sheet “To decide”, filled in"
    )
    apply.add_argument("--reviewer", default="", metavar="WHO", help="initials or a role, where no row says")
    apply.add_argument(
        "--date", default="", metavar="DAY", help="the day, where no row says (default: when it was saved)"
    )
    apply.add_argument("--dry-run", action="store_true", help="check and show everything, write nothing")
    for name, dest in (("--from", "old"), ("--to", "new")):
        apply.add_argument(
            name, dest=dest, default="", metavar=dest.upper(), help="a version that is a file of your own"
        )
    _add_decisions_folder(apply)
    _add_raw(apply)


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    parser = _Parser(
        prog=program_words(),
        description="Read apprenticeship standards, link their versions, and remap the codes in trackers.",
    )
    parser.add_argument("--version", action="version", version=f"curriculum {__version__}")
    parser.add_argument("--debug", action="store_true", help="show where in the program a fault arose")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (
        _add_build,
        _add_parse,
        _add_check,
        _add_link,
        _add_evaluate,
        _add_graph,
        _add_remap,
        _add_review,
        _add_lineage,
    ):
        add(commands)
    return parser
