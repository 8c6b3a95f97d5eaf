"""What a person sees of a review: how far it is, what comes next, what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from curriculum.cli.screen import Screen
from curriculum.cli.typed_commands import name_to_free, words_without
from curriculum.decisions.decision import Decision
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import relation_to_word
from curriculum.model.text import text_to_shortened
from curriculum.review.review_files import Applied, Reviewed

__all__ = [
    "show_applied",
    "show_exported",
    "show_progress",
]

_MOST_SHOWN = 12
# As much of a wording as tells a statement from others on a screen.
_WORDING = 38


def show_progress(screen: Screen, reviewed: Reviewed, names: Sequence[str]) -> None:
    """Show how far a review is, and the next to look at; ``names`` are the versions as they were typed."""
    progress, pair = reviewed.progress, reviewed.pair
    for sentence in progress.sentences():
        screen.say(sentence)
    screen.stale(reviewed.decisions.stale)
    if len(progress.next_rows):
        title = f"The next {len(progress.next_rows)} to look at: {pair.old} to {pair.new}"
        screen.table(_next_to_shown(progress.next_rows), title)
    else:
        screen.say("Nothing waits.")
    show_what_follows(screen, names, bool(len(progress.next_rows)))


def show_what_follows(screen: Screen, names: Sequence[str], waits: bool) -> None:
    """Show what to do with a review: answer what waits, or remap."""
    old, new = names
    if waits:
        export = ("review", "export", old, new, "-o", name_to_free("review.xlsx"))
        screen.next("to decide what waits, write a workbook and answer in it, as far as you get", export)
    else:
        remap = ("remap", "my tracker.xlsx", "--from", old, "--to", new)
        screen.next("remap your trackers; each follows these decisions now", remap)


def _next_to_shown(rows: pd.DataFrame) -> pd.DataFrame:
    wording = rows["old_wording"].where(rows["old_wording"] != "", rows["new_wording"])
    return pd.DataFrame(
        {
            "old": rows["old_code"].replace("", "–"),
            "new": rows["new_code"].replace("", "–"),
            "proposed": rows["proposed"].map(relation_to_word),
            v.CONFIDENCE: ["–" if pd.isna(one) else f"{one:.2f}" for one in rows[v.CONFIDENCE]],
            "wording": [text_to_shortened(text, _WORDING) for text in wording],
        }
    )


def show_exported(screen: Screen, reviewed: Reviewed, out: Path, words: Sequence[str]) -> None:
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


def show_applied(screen: Screen, applied: Applied, is_dry: bool, names: Sequence[str]) -> None:
    """Show what was kept, what was taken back, and how far the review is; ``names`` as in `show_progress`."""
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
        show_what_follows(screen, names, any(row.needs_person for row in applied.reviewed.rows))


def _show_decisions(screen: Screen, what: str, decisions: Sequence[Decision]) -> None:
    if not decisions:
        return
    count = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    screen.say(f"{count} {what}:")
    for one in decisions[:_MOST_SHOWN]:
        screen.say(f"  {one.summary()}")
    if len(decisions) > _MOST_SHOWN:
        screen.say(f"  and {len(decisions) - _MOST_SHOWN} more")
