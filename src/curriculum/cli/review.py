"""The command `review`: write proposals to a workbook, read the answers, show the progress."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    PAIR,
    Commands,
    add_decisions,
    add_decisions_folder,
    add_out,
    add_pair,
    add_raw,
)
from curriculum.cli.results import finish, give, refuse_other_ending, refuse_overwriting

if TYPE_CHECKING:
    from curriculum.model.version_pair import VersionPair

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    review = commands.add_parser(
        "review",
        help="decide on the proposals in a workbook: write it, read it back, see how far it is",
        example=("export", *PAIR, "-o", "review.xlsx"),
    )
    steps = review.add_subparsers(dest="step", metavar="STEP", required=True)
    _add_review_export(steps)
    _add_review_apply(steps)
    progress = steps.add_parser("progress", help="what is settled, and the next ten to look at", example=PAIR)
    add_pair(progress)
    add_decisions_folder(progress)
    add_raw(progress)
    review.set_defaults(run=run)


def _add_review_export(steps: Commands) -> None:
    export = steps.add_parser(
        "export",
        help="write the proposals as a workbook, the most doubtful first",
        example=(*PAIR, "-o", "review.xlsx"),
    )
    add_pair(export)
    export.add_argument(
        "--via",
        default="",
        metavar="BETWEEN",
        help="a version between: show where the links by way of it say something else",
    )
    add_out(export, "FILE", "the workbook to write, .xlsx (default: review_OLD_to_NEW.xlsx)")
    add_decisions(export)
    add_raw(export)


def _add_review_apply(steps: Commands) -> None:
    apply = steps.add_parser(
        "apply",
        help="check every answer of a workbook, and keep them as decisions if all is well",
        epilog="Exit code 0: nothing waits any more; 1: something needs a person; 2: nothing was written.",
        example=("review.xlsx", "--dry-run"),
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
    add_decisions_folder(apply)
    add_raw(apply)


def run(options: argparse.Namespace) -> int:
    """Run a step of a review, and return its exit code."""
    return {"export": _review_export, "apply": _review_apply, "progress": _review_progress}[options.step](
        options
    )


def _review_export(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.cli.screen_review import show_exported
    from curriculum.review.review_files import STEPS, review_documents, reviewed_to_workbook

    refuse_other_ending(options.out, "reviews", ".xlsx")
    screen = Screen(options.typed)
    with screen.patience("review", STEPS) as progress:
        reviewed = review_documents(
            options.old,
            options.new,
            options.raw,
            decisions=options.decisions,
            with_decisions=not options.no_decisions,
            via=options.via,
            progress=progress,
        )
    pair = reviewed.pair
    options.out = options.out or Path(f"review_{pair.old}_to_{pair.new}.xlsx")
    refuse_overwriting(options, (options.old, options.new))
    give(reviewed_to_workbook(reviewed), options.out)
    show_exported(screen, reviewed, options.out, _words(options, pair))
    return 0


def _words(options: argparse.Namespace, pair: VersionPair) -> list[str]:
    """Return the options that `review apply` needs for files that are not registered."""
    is_unregistered = (options.old, options.new) != (pair.old, pair.new)
    words = ["--from", options.old, "--to", options.new] if is_unregistered else []
    folder = options.decisions or (Path("my-decisions") if is_unregistered else None)
    return [*words, "--decisions", folder.as_posix()] if folder else words


def _review_apply(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.cli.screen_review import show_applied
    from curriculum.review.review_files import STEPS, apply_review
    from curriculum.review.sheet_layout import Default

    screen = Screen(options.typed)
    if not options.dry_run:
        finish(options.workbook)
    with screen.patience("apply", STEPS) as progress:
        applied = apply_review(
            options.workbook,
            options.raw,
            versions=(options.old, options.new) if options.old and options.new else None,
            decisions=options.decisions,
            default=Default(options.reviewer, options.date),
            is_dry=options.dry_run,
            progress=progress,
        )
    pair = applied.reviewed.pair
    show_applied(screen, applied, options.dry_run, (options.old or pair.old, options.new or pair.new))
    return int(any(row.needs_person for row in applied.reviewed.rows))


def _review_progress(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.cli.screen_review import show_progress
    from curriculum.review.review_files import STEPS, review_documents
    from curriculum.tables.csv_files import frame_to_export

    screen = Screen(options.typed)
    with screen.patience("progress", STEPS) as progress:
        reviewed = review_documents(
            options.old, options.new, options.raw, decisions=options.decisions, progress=progress
        )
    if not sys.stdout.isatty():
        give(frame_to_export(reviewed.progress.next_rows), None)
    show_progress(screen, reviewed, (options.old, options.new))
    return 0
