"""The command `parse`: documents as tables."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from curriculum.cli.arguments import DOCUMENT, KIND, Commands, add_kind, add_out, add_raw, expanded
from curriculum.cli.results import give

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen
    from curriculum.parsing.parse_result import ParsedDocument

__all__ = ["add", "run"]

_FINDINGS_SHOWN = 12


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    parse = commands.add_parser("parse", help="documents as tables", example=("st0792-1.2", "-o", "tables"))
    parse.add_argument("files", nargs="+", metavar="FILE", help=DOCUMENT)
    add_out(parse, "DIR", "the folder to write all tables to (default: the statements, to standard output)")
    add_kind(parse, "--kind", KIND)
    add_raw(parse)
    parse.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.documents.register import refuse_raw_folder
    from curriculum.files.output_folder import MANIFEST_NAME, refuse_edited, write_folder
    from curriculum.parsing.parsed_tables import parsed_to_tables
    from curriculum.tables.csv_files import frame_to_csv, tables_to_files
    from curriculum.tables.schemas import TABLES

    if options.out:
        refuse_raw_folder(options.out)
        refuse_edited(options.out, [f"{name}.csv" for name in TABLES])
    parsed = options.project.parse(expanded(options.files), kind=options.kind)
    tables = parsed_to_tables(parsed)
    screen = Screen(options.typed)
    if options.out:
        files = tables_to_files(tables)
        write_folder(options.out, files)
    else:
        give(frame_to_csv(tables.statements), None)
    _show_kinds(screen, parsed)
    screen.documents(tables)
    screen.findings(tables, _FINDINGS_SHOWN)
    _show_summaries(screen, parsed)
    kind = ("--kind", options.kind) if options.kind else ()
    if options.out:
        screen.say(f"{len(files) + 1} files written to {options.out.as_posix()}, with {MANIFEST_NAME}")
        statements = (options.out / "statements.csv").as_posix()
        screen.next(
            f"open {statements}. To see all findings in the text, run", ("check", *options.files, *kind)
        )
    else:
        screen.next("for all tables, in a folder, run", ("parse", *options.files, *kind, "-o", "tables"))
    return int((tables.findings["severity"] == "error").any())


def _show_kinds(screen: Screen, parsed: Sequence[ParsedDocument]) -> None:
    """Show the kind of each document, and the evidence for it."""
    for document in parsed:
        kind = document.recognition
        how = kind.evidence if document.document.kind else f"recognised by {kind.evidence}"
        screen.say(f"{document.document.document_id}: {kind.kind}, {how}")


def _show_summaries(screen: Screen, parsed: Sequence[ParsedDocument]) -> None:
    """Show what was read of each document, what it lacks, and how far the result can be trusted."""
    from curriculum.parsing.parse_summary import parsed_to_summary

    for document in parsed:
        screen.say(f"{document.document.document_id}: {' '.join(parsed_to_summary(document))}")
