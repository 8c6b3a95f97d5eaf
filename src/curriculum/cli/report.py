"""The command `report`: one page, or a workbook, on what became of one version in the next."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import PAIR, Commands, add_linking, add_out
from curriculum.cli.linked_pair import count_steps, show_linked, to_link_arguments
from curriculum.cli.results import give
from curriculum.cli.typed_commands import name_to_free
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]

_NAME = Path("report.html")


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    report = commands.add_parser(
        "report",
        help="a page or a workbook to hand on: what to do for NEW, and every link from OLD",
        example=(*PAIR, "-o", "report.html"),
    )
    add_out(
        report,
        "FILE",
        "the report to write: .html (one page, which needs no network) or .xlsx (default: report.html)",
    )
    report.add_argument(
        "--date", default="", metavar="TEXT", help="the date to show in the report (default: none)"
    )
    add_linking(report)
    report.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.library.crosswalk_object import check_report_name, crosswalk_to_report

    options.out = options.out or _NAME
    check_report_name(options.out)
    screen = Screen(options.typed)
    arguments = to_link_arguments(options)
    with screen.patience("link", count_steps(options)) as progress:
        crosswalk = options.project.link(**arguments, progress=progress)
    give(crosswalk_to_report(crosswalk, options.out, options.date), options.out)
    show_linked(screen, crosswalk, options)
    if options.method == v.RAPIDFUZZ_METHOD:
        screen.say(crosswalk.basis)
    screen.stale(crosswalk.decisions.stale)
    screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
    _show_next(screen, options, bool((crosswalk.table[v.BAND] == v.REVIEW).any()))
    return 0


def _show_next(screen: Screen, options: argparse.Namespace, is_look_needed: bool) -> None:
    """Show what to do next with a report: read it, and decide what needs a look."""
    begin = f"open {options.out.as_posix()}, and begin with the worklist."
    if is_look_needed and options.method == v.DEFAULT_METHOD:
        export = ("review", "export", options.old, options.new, "-o", name_to_free("review.xlsx"))
        screen.next(f"{begin} To decide what waits, run", export)
    else:
        screen.next(begin)
