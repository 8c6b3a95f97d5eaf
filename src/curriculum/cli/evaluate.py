"""The command `evaluate`: how good the proposed links are, measured on a reference."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import Commands, add_encoder, add_method, add_out, add_raw
from curriculum.cli.results import give, refuse_other_ending, refuse_overwriting, refuse_two_methods
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.cli.screen import Screen

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    evaluate = commands.add_parser(
        "evaluate",
        help="how good the proposed links are, measured on a reference crosswalk",
        example=("--cross-validate",),
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
        help="propose the links of each statement by a confidence that was fitted without it",
    )
    add_out(evaluate, "FILE", "the scores as CSV (default: to standard output if that is no screen)")
    add_method(evaluate)
    add_encoder(evaluate)
    add_raw(evaluate)
    evaluate.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.evaluation.reference import REFERENCE
    from curriculum.tables.csv_files import frame_to_export

    refuse_two_methods(options)
    refuse_other_ending(options.out, "scores", ".csv")
    reference = options.reference or options.raw / REFERENCE
    refuse_overwriting(options, (reference,))
    evaluation = options.project.evaluate(
        options.reference, is_cross_validated=options.cross_validate, method=options.method
    )
    scores = evaluation.scores()
    if options.out or not sys.stdout.isatty():
        give(frame_to_export(scores), options.out)
    screen = Screen(options.typed)
    _show_scores(screen, scores, options.cross_validate)
    if options.cross_validate:
        screen.next("open docs/benchmark.md, which explains these measures.")
    else:
        method = () if options.method == v.DEFAULT_METHOD else ("--method", options.method)
        again = ("evaluate", "--cross-validate", *method)
        screen.next("for the same with links that the confidence was not fitted to, run", again)
    return 0


def _show_scores(screen: Screen, scores: pd.DataFrame, is_cross_validated: bool = False) -> None:
    """Show the scores of each pair, with their counts and intervals."""
    import pandas as pd

    from curriculum.model import vocabulary as v

    shown = pd.DataFrame(
        {
            "pair": scores[v.SUBJECT_SOURCE] + " -> " + scores[v.OBJECT_SOURCE],
            "measure": scores["measure"],
            "value": scores["value"].map("{:.2f}".format),
            "right": scores["right"].astype(str) + " of " + scores["of"].astype(str),
            "95% interval": scores["low"].map("{:.2f}".format) + " to " + scores["high"].map("{:.2f}".format),
        }
    )
    again = shown["pair"].duplicated()
    how = ", cross-validated" if is_cross_validated else ""
    title = f"Proposed links compared with the reference{how}"
    screen.table(shown.assign(pair=shown["pair"].mask(again, "")), title)
    screen.say("F1 counts the links found, of all found, missed or wrong. Neutral links count nowhere.")
