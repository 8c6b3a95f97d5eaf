"""The command `lineage`: where a statement came from and what became of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import Commands, add_decisions, add_encoder, add_no_cache, add_out, add_raw
from curriculum.cli.results import give, refuse_overwriting

if TYPE_CHECKING:
    from curriculum.analysis.history import History
    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    lineage = commands.add_parser(
        "lineage",
        help="where a statement came from and what became of it, over all documents",
        example=("st0792-1.2:K9",),
    )
    lineage.add_argument(
        "statement",
        nargs="?",
        default="",
        metavar="STATEMENT",
        help="such as st0792-1.2:K9 (default: the history of all codes, a column for each document)",
    )
    add_out(
        lineage,
        "FILE",
        "the table as .csv or .xlsx, or of a statement the graph as .graphml or .json (default: CSV, to "
        "standard output if that is no screen)",
    )
    add_decisions(lineage)
    add_encoder(lineage)
    add_raw(lineage)
    add_no_cache(lineage)
    lineage.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the lineage of a statement, or without one the history of all statements."""
    from curriculum.analysis.history import LINEAGE_STEPS, check_history_name, history_to_bytes
    from curriculum.cli.screen import Screen

    refuse_overwriting(options, ())
    if options.out:
        check_history_name(options.out, bool(options.statement))
    screen = Screen(options.typed)
    with screen.patience("lineage", LINEAGE_STEPS) as progress:
        lineage = options.project.lineage(options.statement, progress)
    history = lineage.history
    if options.out or not sys.stdout.isatty():
        give(history_to_bytes(history, options.out or Path("lineage.csv")), options.out)
    _show_history(screen, history)
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
    _show_next(screen, history, options.out)
    return 0


def _show_history(screen: Screen, history: History) -> None:
    """Show the lineage of a statement; or of the history of all codes, how many end in each document."""
    from curriculum.analysis.lineage import lineage_to_text
    from curriculum.model.plain_words import text_to_plain_words

    if history.make_graph:
        screen.lines(text_to_plain_words(lineage_to_text(history.frame)))
    else:
        counts = history.frame["last_seen"].value_counts(sort=False)
        frame = counts.rename_axis("last seen in").rename("statements").reset_index()
        screen.table(frame, f"{len(history.frame)} lines of statements")
    screen.stale(history.decisions.stale)


def _show_next(screen: Screen, history: History, out: Path | None) -> None:
    """Show what to do next with a lineage, or with the history of all codes."""
    if out:
        screen.next(f"open {out.name}; a code with ? behind it waits for a person.")
        return
    newest = str(history.frame.columns[-1])
    codes = [str(code).strip("?") for code in history.frame[newest] if code]
    table = ("lineage", "-o", "history.xlsx")
    if not history.make_graph and codes:
        example = ("lineage", f"{newest}:{codes[0]}")
        screen.next("write the whole table, or show the line of one statement", table, example)
    else:
        screen.next("for the history of all codes as a table, run", table)
