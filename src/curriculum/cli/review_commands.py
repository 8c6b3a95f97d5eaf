"""The commands over decisions and over several versions: `review` and `lineage`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.results import finish, give, refuse_other_ending, refuse_overwriting

if TYPE_CHECKING:
    from curriculum.model.version_pair import VersionPair

__all__ = ["lineage", "review"]


def review(options: argparse.Namespace) -> int:
    """Take a step of a review: export, apply or progress."""
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
    """Return the options that applying an export needs: files of one's own, and a folder of one's own."""
    is_own = (options.old, options.new) != (pair.old, pair.new)
    words = ["--from", options.old, "--to", options.new] if is_own else []
    folder = options.decisions or (Path("my-decisions") if is_own else None)
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
            old=options.old,
            new=options.new,
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


def lineage(options: argparse.Namespace) -> int:
    """Show where a statement came from and what became of it; of all statements without one."""
    from curriculum.analysis.history import STEPS, check_history_name, documents_to_history, history_to_bytes
    from curriculum.cli.screen import Screen
    from curriculum.cli.screen_review import show_history, show_history_next

    refuse_overwriting(options, ())
    if options.out:
        check_history_name(options.out, bool(options.statement))
    screen = Screen(options.typed)
    with screen.patience("lineage", STEPS) as progress:
        history = documents_to_history(
            options.raw,
            options.statement,
            decisions=options.decisions,
            with_decisions=not options.no_decisions,
            progress=progress,
        )
    if options.out or not sys.stdout.isatty():
        give(history_to_bytes(history, options.out or Path("lineage.csv")), options.out)
    show_history(screen, history)
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
    show_history_next(screen, history, options.out)
    return 0
