"""The command `check`: the findings of documents."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from curriculum.cli.arguments import DOCUMENT, KIND, Commands, add_kind, add_out, add_raw, expanded
from curriculum.cli.results import give, refuse_other_ending, refuse_overwriting

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    check = commands.add_parser(
        "check",
        help="findings in a document (contradictions, gaps, doubtful wordings), with their lines",
        example=("st0792-1.2",),
    )
    check.add_argument(
        "documents", nargs="*", metavar="DOCUMENT", help=f"{DOCUMENT} (default: all of the raw folder)"
    )
    check.add_argument("--rules", action="store_true", help="show what each rule looks for, and stop")
    add_out(check, "FILE", "the findings as CSV (default: to standard output if that is no screen)")
    add_kind(check, "--kind", KIND)
    add_raw(check)
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.tables.csv_files import frame_to_export

    screen = Screen(options.typed)
    if options.rules:
        _show_rules(screen)
        screen.next("to see what they find, run", ("check",))
        return 0
    refuse_other_ending(options.out, "findings", ".csv")
    refuse_overwriting(options, options.documents)
    tables = options.project.tables(expanded(options.documents), kind=options.kind)
    if options.out or not sys.stdout.isatty():
        give(frame_to_export(tables.findings), options.out)
    screen.findings(tables)
    advice = (
        "look at these lines in the text: they are findings in the texts, and no fault of the run. For what "
        "each rule looks for, run"
    )
    screen.next(
        advice if len(tables.findings) else "to see what each rule looks for, run", ("check", "--rules")
    )
    return int((tables.findings["severity"] == "error").any())


def _show_rules(screen: Screen) -> None:
    """Show what each rule looks for, and how severe its findings are."""
    import pandas as pd

    from curriculum.checks.rules import RULES
    from curriculum.model import vocabulary as v

    frame = pd.DataFrame(
        [(rule.name, ", ".join(rule.severities), rule.looks_for) for rule in RULES],
        columns=[v.RULE, v.SEVERITY, "looks for"],
    )
    screen.table(frame, "Rules")
