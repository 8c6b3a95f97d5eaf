"""The command `curriculum`: a thin mirror of the library. Only it and `screen` write to the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import NoReturn, TypeAlias

from curriculum import __version__
from curriculum.errors import CurriculumError

__all__ = ["COMMANDS", "main", "make_parser"]

_RAW = Path("data/raw")
_PROCESSED = Path("data/processed")
_FINDINGS_SHOWN = 12
# How the files begin that each command writes.
_OWN = {
    "check": (b"document_id,rule",),
    "link": (
        b"subject_source,object_source,subject_id",
        b"subject_source\tobject_source",
        b"#curie_map:",
        b"PK",
        b"{",
    ),
    "evaluate": (b"subject_source,object_source,measure",),
    "graph": (b"<?xml", b"{"),
}
_DOCUMENT = "the id of a document in the raw folder, or the path of a text or of a CSV with code,text"


def _build(options: argparse.Namespace) -> int:
    from curriculum.pipeline import build
    from curriculum.screen import Screen
    from curriculum.sources import read_crosswalks, read_sources

    screen = Screen()
    steps = 1
    if options.raw.is_dir():
        steps += 2 * len(read_sources(options.raw)) + len(read_crosswalks(options.raw))
    with screen.progress(steps) as progress:
        built = build(options.raw, options.out, progress)
    screen.built(built, options.out.as_posix())
    return 0


def _parse(options: argparse.Namespace) -> int:
    from curriculum.outputs import MANIFEST_NAME, refuse_edited, write_folder
    from curriculum.pipeline import parse
    from curriculum.schemas import TABLES
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv, tables_to_files

    if options.out:
        refuse_edited(options.out, [f"{name}.csv" for name in TABLES])
    tables, parsed = parse(_expanded(options.files), options.raw)
    screen = Screen()
    if options.out:
        files = tables_to_files(tables)
        write_folder(options.out, files)
    else:
        _give(frame_to_csv(tables.statements), None)
    screen.recognised(parsed)
    screen.documents(tables)
    screen.findings(tables, _FINDINGS_SHOWN)
    if options.out:
        screen.say(f"{len(files) + 1} files written to {options.out.as_posix()}, with {MANIFEST_NAME}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from curriculum.pipeline import check
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv

    screen = Screen()
    if options.rules:
        screen.rules()
        return 0
    _refuse_other_ending(options.out, "findings", ".csv")
    _refuse_overwriting(options, options.documents)
    tables = check(_expanded(options.documents), options.raw)
    if options.out or not sys.stdout.isatty():
        _give(frame_to_csv(tables.findings), options.out)
    screen.findings(tables)
    return int((tables.findings["severity"] == "error").any())


def _expanded(names: Sequence[str]) -> tuple[str, ...]:
    """Expand patterns such as *.txt, which the shells of Windows leave to the program."""
    files: list[str] = []
    for name in names:
        found = sorted(glob(name)) if not Path(name).exists() else []  # noqa: PTH207 (patterns may be absolute)
        files += found or [name]
    return tuple(files)


def _link(options: argparse.Namespace) -> int:
    from curriculum.formats import crosswalk_to_bytes
    from curriculum.linking import default_voices
    from curriculum.pipeline import link
    from curriculum.screen import Screen
    from curriculum.sources import THESAURUS_NAME

    _refuse_overwriting(options, (options.old, options.new))
    screen = Screen()
    with screen.patience("link", len(default_voices()) + 1) as progress:
        crosswalk = link(
            options.old,
            options.new,
            options.raw,
            old_id=options.old_id,
            new_id=options.new_id,
            thesaurus=options.thesaurus,
            progress=progress,
        )
    _give(crosswalk_to_bytes(crosswalk, options.out or Path("crosswalk.csv")), options.out)
    screen.crosswalk(crosswalk)
    screen.linked(crosswalk, options.thesaurus or options.raw / THESAURUS_NAME)
    if options.out:
        screen.say(f"{len(crosswalk)} rows written to {options.out.as_posix()}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from curriculum.evaluate import verdicts_to_scores
    from curriculum.pipeline import evaluate
    from curriculum.reference import REFERENCE
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv

    _refuse_other_ending(options.out, "scores", ".csv")
    reference = options.reference or options.raw / REFERENCE
    _refuse_overwriting(options, (reference,))
    scores = verdicts_to_scores(evaluate(reference, options.raw, options.cross_validate))
    if options.out or not sys.stdout.isatty():
        _give(frame_to_csv(scores), options.out)
    Screen().scores(scores, options.cross_validate)
    return 0


def _graph(options: argparse.Namespace) -> int:
    from curriculum.graph import graph_to_bytes, graph_to_counts
    from curriculum.pipeline import graph as name_to_graph
    from curriculum.screen import Screen

    _refuse_overwriting(options, (options.document,))
    graph = name_to_graph(options.document, options.raw)
    _give(graph_to_bytes(graph, options.out or Path("graph.json")), options.out)
    screen = Screen()
    screen.table(graph_to_counts(graph), f"The graph of {graph.name}")
    if options.out:
        screen.say(f"written to {options.out.as_posix()}")
    return 0


def _refuse_other_ending(out: Path | None, what: str, ending: str) -> None:
    from curriculum.errors import unknown_ending

    if out and out.suffix.casefold() != ending:
        raise unknown_ending(what, out.as_posix(), (ending,))


def _refuse_overwriting(options: argparse.Namespace, names: Sequence[str | Path]) -> None:
    """Refuse to write over an input, another file, or a crosswalk that a person has worked on."""
    from curriculum.errors import UnwritableOutput
    from curriculum.formats import is_reviewed

    out: Path | None = options.out
    if not out or not out.is_file():
        return
    held = out.read_bytes()
    what = ""
    if any(Path(name).exists() and Path(name).samefile(out) for name in names):
        what = "one of the documents"
    elif not held.startswith(_OWN[options.command]):
        what = f"a file that curriculum {options.command} has not written"
    elif options.command == "link" and is_reviewed(held):
        what = "a crosswalk that a person has worked on"
    if what:
        expected = "a new file, or one as this command wrote it"
        raise UnwritableOutput(what, where=out.as_posix(), expected=expected, advice="Choose another name.")


def _give(data: bytes, path: Path | None) -> None:
    """Give data to a file, or to standard output, byte for byte the same on every system."""
    from curriculum.outputs import keep_previous, write_file
    from curriculum.screen import Screen

    if path:
        kept = keep_previous(path, data)
        write_file(path, data)
        if kept:
            Screen().say(f"What stood in {path.as_posix()} before is kept as {kept.as_posix()}.")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


COMMANDS = {
    "build": _build,
    "parse": _parse,
    "check": _check,
    "link": _link,
    "evaluate": _evaluate,
    "graph": _graph,
}


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"


def _add_raw(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--raw", type=Path, default=_RAW, metavar="DIR", help=f"the raw folder (default: {_RAW.as_posix()})"
    )


def _add_out(parser: argparse.ArgumentParser, metavar: str, what: str) -> None:
    parser.add_argument("-o", "--out", type=Path, metavar=metavar, help=what)


class _Parser(argparse.ArgumentParser):
    """A parser that says what to do about words that it cannot place."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the words, and exit with 2."""
        advice = " (put a name with spaces into quotes)" if "unrecognized" in message else ""
        super().error(f"{message}{advice}")


def _add_build(commands: _Commands) -> None:
    build = commands.add_parser("build", help="all of the raw folder to tables and crosswalks")
    _add_raw(build)
    build.add_argument(
        "-o",
        "--out",
        type=Path,
        default=_PROCESSED,
        metavar="DIR",
        help=f"the folder to write (default: {_PROCESSED.as_posix()})",
    )


def _add_parse(commands: _Commands) -> None:
    parse = commands.add_parser("parse", help="any document to tables")
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
    link.add_argument("old", metavar="OLD", help=_DOCUMENT)
    link.add_argument("new", metavar="NEW", help="likewise")
    _add_out(
        link,
        "FILE",
        "the crosswalk to write: .xlsx for people, .csv, .tsv, .sssom.tsv or .json (default: CSV, to "
        "standard output)",
    )
    link.add_argument("--old-id", default="", metavar="ID", help="another id for OLD")
    link.add_argument("--new-id", default="", metavar="ID", help="another id for NEW")
    link.add_argument(
        "--thesaurus",
        type=Path,
        metavar="FILE",
        help="the terms of the field as CSV (default: thesaurus.csv of the raw folder, if it has one)",
    )
    _add_raw(link)


def _add_evaluate(commands: _Commands) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="how good the proposed links are, by a reference crosswalk"
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


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    parser = _Parser(
        prog="curriculum",
        description="Read the texts of apprenticeship standards into tables, and link their versions.",
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
    ):
        add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        The words after `curriculum`; by default those of the command line.

    Returns
    -------
    int
        0 done; 1 `check` found an error in a document; 2 wrong usage or input, told on standard error.
    """
    options = make_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal cannot show must not stop the run.
        if stream:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return COMMANDS[options.command](options)
    except CurriculumError as fault:
        if options.debug:
            raise
        for line in str(fault).splitlines():
            print(f"curriculum: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("curriculum: stopped; what stood before is unharmed.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        if options.debug:
            raise
        print(f"curriculum: {fault.filename or 'output'}: {fault.strerror}.", file=sys.stderr)
        return 2
