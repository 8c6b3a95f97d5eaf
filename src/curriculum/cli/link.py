"""The command `link`: the crosswalk between two documents."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import PAIR, Commands, add_linking, add_out
from curriculum.cli.linked_pair import count_steps, show_linked, to_link_arguments
from curriculum.cli.results import give
from curriculum.cli.typed_commands import name_to_free
from curriculum.model import vocabulary as v
from curriculum.model.case_terms import CASE_ENDING

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    link = commands.add_parser(
        "link", help="what became of each statement of OLD in NEW", example=(*PAIR, "-o", "crosswalk.xlsx")
    )
    add_out(
        link,
        "FILE",
        "the crosswalk to write: .xlsx for people, .csv, .tsv, .sssom.tsv, .case.json or .json (default: "
        "CSV, to standard output)",
    )
    add_linking(link)
    link.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes

    screen = Screen(options.typed)
    arguments = to_link_arguments(options)
    with screen.patience("link", count_steps(options)) as progress:
        linked = options.project.link(**arguments, progress=progress)
    crosswalk = linked.table
    give(
        crosswalk_to_bytes(
            crosswalk, options.out or Path("crosswalk.csv"), linked.all_candidates, linked.case_links
        ),
        options.out,
    )
    show_linked(screen, linked, options)
    if options.method == v.RAPIDFUZZ_METHOD:
        screen.say(linked.basis)
    screen.stale(linked.decisions.stale)
    if options.out:
        screen.say(f"{len(crosswalk)} rows written to {options.out.as_posix()}", is_wrapped=False)
    _show_next(screen, options, bool((crosswalk[v.BAND] == v.REVIEW).any()))
    return 0


def _show_next(screen: Screen, options: argparse.Namespace, waits: bool) -> None:
    """Show what to do next with a crosswalk."""
    pair = (options.old, options.new)
    export = ("review", "export", *pair, "-o", name_to_free("review.xlsx"))
    if not options.out:
        method = () if options.method == v.DEFAULT_METHOD else ("--method", options.method)
        again = ("link", *pair, *method, "-o", name_to_free("crosswalk.xlsx"))
        screen.next("for a workbook to read, run", again)
    elif not waits and options.out.name.casefold().endswith(CASE_ENDING):
        use = ("remap", "tracker.xlsx", "--from", options.old, "--to", options.new)
        name = options.out.as_posix()
        screen.next(
            "nothing in it waits for a decision. For the new codes in a tracker, run",
            (*use, "--crosswalk", name),
        )
    elif not waits:
        screen.next(f"open {options.out.name}: nothing in it waits for a decision.")
    elif options.method != v.DEFAULT_METHOD:
        screen.next("to decide on the proposals of all scorers, run", export)
    elif options.out.suffix.casefold() == ".xlsx":
        screen.next(f"open {options.out.name}. To decide what waits, run", export)
    else:
        screen.next("to decide what waits, run", export)
