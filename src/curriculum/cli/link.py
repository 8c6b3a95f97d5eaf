"""The command `link`: the crosswalk between two documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    PAIR,
    Commands,
    add_decisions,
    add_encoder,
    add_kinds,
    add_method,
    add_no_cache,
    add_out,
    add_pair,
    add_raw,
    to_kinds,
)
from curriculum.cli.results import give, refuse_overwriting, refuse_two_methods
from curriculum.cli.typed_commands import name_to_free
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    link = commands.add_parser(
        "link", help="what became of each statement of OLD in NEW", example=(*PAIR, "-o", "crosswalk.xlsx")
    )
    add_pair(link)
    add_out(
        link,
        "FILE",
        "the crosswalk to write: .xlsx for people, .csv, .tsv, .sssom.tsv or .json (default: CSV, to "
        "standard output)",
    )
    link.add_argument("--old-id", default="", metavar="ID", help="the id to give to OLD")
    link.add_argument("--new-id", default="", metavar="ID", help="the id to give to NEW")
    add_kinds(link)
    link.add_argument(
        "--thesaurus",
        type=Path,
        metavar="FILE",
        help="the terms of the field as CSV (default: thesaurus.csv of the raw folder, if it has one)",
    )
    add_method(link)
    add_decisions(link)
    add_encoder(link)
    add_raw(link)
    add_no_cache(link)
    link.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.analysis.overview import tables_to_codes_note, tables_to_standards_note
    from curriculum.cli.screen import Screen
    from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes
    from curriculum.crosswalk.headline import crosswalk_to_headline
    from curriculum.documents.raw_names import THESAURUS_NAME
    from curriculum.linking.csls_scores import default_scorers

    refuse_overwriting(options, (options.old, options.new))
    screen = Screen(options.typed)
    old_kind, new_kind = to_kinds(options)
    refuse_two_methods(options)
    with screen.patience("link", len(default_scorers()) + 1 + bool(options.encoder)) as progress:
        linked = options.project.link(
            options.old,
            options.new,
            old_id=options.old_id,
            new_id=options.new_id,
            old_kind=old_kind,
            new_kind=new_kind,
            progress=progress,
            method=options.method,
        )
    crosswalk = linked.table
    give(
        crosswalk_to_bytes(crosswalk, options.out or Path("crosswalk.csv"), linked.all_candidates),
        options.out,
    )
    screen.say(str(crosswalk_to_headline(crosswalk)))
    screen.crosswalk(crosswalk)
    for note in (tables_to_standards_note, tables_to_codes_note):
        text = note(linked.tables, *linked.pair) if linked.tables else ""
        if text:
            screen.say(text)
    _show_summary(screen, crosswalk)
    if options.method == v.RAPIDFUZZ_METHOD:
        screen.say(linked.basis)
    else:
        screen.thesaurus(options.thesaurus or options.raw / THESAURUS_NAME)
        screen.encoder(options.encoder)
        screen.vectors()
    screen.stale(linked.decisions.stale)
    if options.out:
        screen.say(f"{len(crosswalk)} rows written to {options.out.as_posix()}", is_wrapped=False)
    _show_next(screen, options, bool((crosswalk[v.BAND] == v.REVIEW).any()))
    return 0


def _show_summary(screen: Screen, crosswalk: pd.DataFrame) -> None:
    """Show what a crosswalk says of its statements."""
    from curriculum.analysis.overview import crosswalk_to_summary

    for sentence in crosswalk_to_summary(crosswalk):
        screen.say(sentence)


def _show_next(screen: Screen, options: argparse.Namespace, waits: bool) -> None:
    """Show what to do next with a crosswalk."""
    pair = (options.old, options.new)
    export = ("review", "export", *pair, "-o", name_to_free("review.xlsx"))
    if not options.out:
        method = () if options.method == v.DEFAULT_METHOD else ("--method", options.method)
        again = ("link", *pair, *method, "-o", name_to_free("crosswalk.xlsx"))
        screen.next("for a workbook to read, run", again)
    elif not waits:
        screen.next(f"open {options.out.name}: nothing in it waits for a decision.")
    elif options.method != v.DEFAULT_METHOD:
        screen.next("to decide on the proposals of all scorers, run", export)
    elif options.out.suffix.casefold() == ".xlsx":
        screen.next(f"open {options.out.name}. To decide what waits, run", export)
    else:
        screen.next("to decide what waits, run", export)
