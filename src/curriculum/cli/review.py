"""The command `review`: write proposals to a workbook, read the answers, show the progress."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    PAIR,
    Commands,
    add_decisions,
    add_decisions_folder,
    add_encoder,
    add_kinds,
    add_no_cache,
    add_out,
    add_pair,
    add_raw,
    to_kinds,
)
from curriculum.cli.results import finish, give, refuse_other_ending, refuse_overwriting
from curriculum.cli.typed_commands import name_to_free, words_without
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import relation_to_word
from curriculum.model.text import text_to_shortened

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.cli.screen import Screen
    from curriculum.decisions.decision import Decision
    from curriculum.model.version_pair import VersionPair
    from curriculum.review.review_files import Applied, Reviewed

__all__ = ["add", "run"]

_MOST_SHOWN = 12
# As much of a wording as distinguishes a statement from others on a screen.
_WORDING = 38


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
    add_kinds(progress)
    add_decisions_folder(progress)
    add_encoder(progress)
    add_raw(progress)
    add_no_cache(progress)
    review.set_defaults(run=run)


def _add_review_export(steps: Commands) -> None:
    export = steps.add_parser(
        "export",
        help="write the proposals as a workbook, the most doubtful first",
        example=(*PAIR, "-o", "review.xlsx"),
    )
    add_pair(export)
    add_kinds(export)
    export.add_argument(
        "--via",
        default="",
        metavar="BETWEEN",
        help="a version between: show where the links by way of it say something else",
    )
    add_out(export, "FILE", "the workbook to write, .xlsx (default: review_OLD_to_NEW.xlsx)")
    add_decisions(export)
    add_encoder(export)
    add_raw(export)
    add_no_cache(export)


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
    add_kinds(apply)
    add_decisions_folder(apply)
    add_encoder(apply)
    add_raw(apply)
    add_no_cache(apply)


def run(options: argparse.Namespace) -> int:
    """Run a step of a review, and return its exit code."""
    return {"export": _review_export, "apply": _review_apply, "progress": _review_progress}[options.step](
        options
    )


def _review_export(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.documents.raw_names import THESAURUS_NAME
    from curriculum.review.review_files import STEPS, reviewed_to_workbook

    refuse_other_ending(options.out, "reviews", ".xlsx")
    screen = Screen(options.typed)
    project = options.project
    with screen.patience("review", STEPS) as progress:
        reviewed = project.review(
            options.old,
            options.new,
            via=options.via,
            kinds=to_kinds(options),
            progress=progress,
        )
    pair = reviewed.pair
    options.out = options.out or Path(f"review_{pair.old}_to_{pair.new}.xlsx")
    refuse_overwriting(options, (options.old, options.new))
    give(reviewed_to_workbook(reviewed), options.out)
    screen.thesaurus(options.raw / THESAURUS_NAME, is_named=False)
    screen.encoder(options.encoder)
    _show_exported(screen, reviewed, options.out, _words(options, pair))
    return 0


def _words(options: argparse.Namespace, pair: VersionPair) -> list[str]:
    """Return the options that `review apply` needs for files that are not registered."""
    is_unregistered = (options.old, options.new) != (pair.old, pair.new)
    words = ["--from", options.old, "--to", options.new] if is_unregistered else []
    folder = options.decisions or (Path("my-decisions") if is_unregistered else None)
    return [*words, "--decisions", folder.as_posix()] if folder else words


def _review_apply(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.review.review_files import STEPS
    from curriculum.review.sheet_layout import Default

    screen = Screen(options.typed)
    if not options.dry_run:
        finish(options.workbook)
    with screen.patience("apply", STEPS) as progress:
        applied = options.project.apply_review(
            options.workbook,
            (options.old, options.new) if options.old and options.new else None,
            default=Default(options.reviewer, options.date),
            kinds=to_kinds(options),
            is_dry=options.dry_run,
            progress=progress,
        )
    pair = applied.reviewed.pair
    _show_applied(screen, applied, options.dry_run, (options.old or pair.old, options.new or pair.new))
    return int(any(row.needs_person for row in applied.reviewed.rows))


def _review_progress(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.review.review_files import STEPS
    from curriculum.tables.csv_files import frame_to_export

    screen = Screen(options.typed)
    with screen.patience("progress", STEPS) as progress:
        reviewed = options.project.review(
            options.old, options.new, kinds=to_kinds(options), progress=progress
        )
    if not sys.stdout.isatty():
        give(frame_to_export(reviewed.progress.next_rows), None)
    _show_progress(screen, reviewed, (options.old, options.new))
    return 0


def _show_progress(screen: Screen, reviewed: Reviewed, names: Sequence[str]) -> None:
    """Show how far a review is, and the next to look at; ``names`` are the versions as they were typed."""
    progress, pair = reviewed.progress, reviewed.pair
    for sentence in progress.sentences():
        screen.say(sentence)
    screen.stale(reviewed.decisions.stale)
    if len(progress.next_rows):
        number = "" if len(progress.next_rows) == 1 else f"{len(progress.next_rows)} "
        title = f"The next {number}to look at: {pair.old} to {pair.new}"
        screen.table(_next_to_shown(progress.next_rows), title)
    else:
        screen.say("Nothing waits.")
    _show_what_follows(screen, names, bool(len(progress.next_rows)))


def _show_what_follows(screen: Screen, names: Sequence[str], waits: bool) -> None:
    """Show what to do with a review: answer what waits, or remap."""
    old, new = names
    if waits:
        export = ("review", "export", old, new, "-o", name_to_free("review.xlsx"))
        screen.next("to decide what waits, write a workbook and answer in it, as far as you get", export)
    else:
        remap = ("remap", "my tracker.xlsx", "--from", old, "--to", new)
        screen.next("remap your trackers; each follows these decisions now", remap)


def _next_to_shown(rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    wording = rows["old_wording"].where(rows["old_wording"] != "", rows["new_wording"])
    return pd.DataFrame(
        {
            "old": rows["old_code"].replace("", "–"),
            "new": rows["new_code"].replace("", "–"),
            "proposed": rows["proposed"].map(relation_to_word),
            v.CONFIDENCE: ["–" if pd.isna(value) else f"{value:.2f}" for value in rows[v.CONFIDENCE]],
            "wording": [text_to_shortened(text, _WORDING) for text in wording],
        }
    )


def _show_exported(screen: Screen, reviewed: Reviewed, out: Path, words: Sequence[str]) -> None:
    """Show what was exported, and what to do with it."""
    for sentence in reviewed.progress.sentences():
        screen.say(sentence)
    screen.stale(reviewed.decisions.stale)
    if reviewed.disagreements is not None:
        codes = [name.partition(":")[2] for name in reviewed.disagreements[v.SUBJECT_ID]]
        count = "1 old statement comes" if len(codes) == 1 else f"{len(codes)} old statements come"
        named = f": {', '.join(codes)}" if codes else ""
        screen.say(f"{count} out differently by way of the version between{named}.")
    screen.say(f"{len(reviewed.rows)} rows written to {out.as_posix()}", is_wrapped=False)
    screen.next(
        f"open {out.name}, answer in the yellow cells of the sheet “To decide”, save, close, and run",
        ("review", "apply", out.as_posix(), *words),
    )


def _show_applied(screen: Screen, applied: Applied, is_dry: bool, names: Sequence[str]) -> None:
    """Show what was stored and removed, and how far the review is; ``names`` as in `_show_progress`."""
    would = "to be " if is_dry else ""
    _show_decisions(screen, f"{would}kept", applied.added)
    _show_decisions(screen, f"{would}taken back", applied.removed)
    if applied.unlisted:
        codes = ", ".join(applied.unlisted)
        screen.say(f"Not kept, as it holds for one file alone: what was said of {codes}.")
    if is_dry:
        screen.say("A dry run: nothing was written.")
    elif applied.path:
        screen.say(f"Written to {applied.path.as_posix()}", is_wrapped=False)
    else:
        screen.say("No answer is new: nothing was written.")
    for sentence in applied.reviewed.progress.sentences():
        screen.say(sentence)
    screen.stale(applied.reviewed.decisions.stale)
    if is_dry and (applied.added or applied.removed):
        screen.next("to keep them, run")
        screen.command(*words_without(screen.typed, ("--dry-run",)))
    else:
        _show_what_follows(screen, names, any(row.needs_person for row in applied.reviewed.rows))


def _show_decisions(screen: Screen, what: str, decisions: Sequence[Decision]) -> None:
    if not decisions:
        return
    count = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    screen.say(f"{count} {what}:")
    for decision in decisions[:_MOST_SHOWN]:
        screen.say(f"  {decision.summary()}")
    if len(decisions) > _MOST_SHOWN:
        screen.say(f"  and {len(decisions) - _MOST_SHOWN} more")
