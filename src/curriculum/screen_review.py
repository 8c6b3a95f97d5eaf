"""What a person sees of a review: how far it is, what comes next, what was kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from curriculum import vocabulary as v
from curriculum.decisions.decision import Decision
from curriculum.graph import lineage_to_text
from curriculum.lineages import History
from curriculum.reviewing.files import Applied, Reviewed
from curriculum.screen import Screen
from curriculum.text import text_to_shortened

__all__ = ["show_applied", "show_exported", "show_history", "show_progress"]

_MOST_SHOWN = 12
# As much of a wording as tells a statement from others on a screen.
_WORDING = 38


def show_history(screen: Screen, history: History) -> None:
    """Show the lineage of a statement; of the history of all codes, how long the line of each is."""
    if history.graph is not None:
        for line in lineage_to_text(history.frame).splitlines():
            screen.say(line, is_wrapped=False)
    else:
        counts = history.frame["last_seen"].value_counts(sort=False)
        frame = counts.rename_axis("last seen in").rename("statements").reset_index()
        screen.table(frame, f"{len(history.frame)} lines of statements")
        screen.say("The whole table goes to a file (-o history.xlsx, or .csv).")
    screen.stale(history.held.stale)


def show_progress(screen: Screen, reviewed: Reviewed) -> None:
    """Tell how far a review is, and name the next to look at."""
    progress, pair = reviewed.progress, reviewed.pair
    for sentence in progress.told():
        screen.say(sentence)
    screen.stale(reviewed.held.stale)
    if len(progress.next_rows):
        title = f"The next {len(progress.next_rows)} to look at: {pair.old} to {pair.new}"
        screen.table(_next_to_shown(progress.next_rows), title)
    else:
        screen.say("Nothing waits.")


def _next_to_shown(rows: pd.DataFrame) -> pd.DataFrame:
    wording = rows["old_wording"].where(rows["old_wording"] != "", rows["new_wording"])
    return pd.DataFrame(
        {
            "old": rows["old_code"].replace("", "–"),
            "new": rows["new_code"].replace("", "–"),
            "proposed": rows["proposed"],
            v.CONFIDENCE: ["–" if pd.isna(one) else f"{one:.2f}" for one in rows[v.CONFIDENCE]],
            "wording": [text_to_shortened(text, _WORDING) for text in wording],
        }
    )


def show_exported(screen: Screen, reviewed: Reviewed, out: Path, words: Sequence[str]) -> None:
    """Tell what was exported, and what to do with it."""
    for sentence in reviewed.progress.told():
        screen.say(sentence)
    screen.stale(reviewed.held.stale)
    if reviewed.disagreements is not None:
        codes = [name.partition(":")[2] for name in reviewed.disagreements[v.SUBJECT_ID]]
        count = "1 old statement comes" if len(codes) == 1 else f"{len(codes)} old statements come"
        told = f"{count} out otherwise by the version between" + (f": {', '.join(codes)}." if codes else ".")
        screen.say(told)
    screen.say(f"{len(reviewed.rows)} rows written to {out.as_posix()}", is_wrapped=False)
    screen.say("Next: open it, fill in the sheet “To decide”, save, and run the command")
    screen.say(
        "  " + " ".join(["review", "apply", _quoted(out.as_posix()), *map(_quoted, words)]), is_wrapped=False
    )


def _quoted(word: str) -> str:
    return f'"{word}"' if set(word) & set(" &()'") else word


def show_applied(screen: Screen, applied: Applied, is_dry: bool) -> None:
    """Tell what was kept, what was taken back, and how far the review is now."""
    would = "to be " if is_dry else ""
    _show_decisions(screen, f"{would}kept", applied.added)
    _show_decisions(screen, f"{would}taken back", applied.taken_back)
    if applied.unlisted:
        codes = ", ".join(applied.unlisted)
        screen.say(f"Not kept, as it holds for one file alone: what was said of {codes}.")
    if is_dry:
        screen.say("A dry run: nothing was written.")
    elif applied.path:
        screen.say(f"Written to {applied.path.as_posix()}", is_wrapped=False)
    else:
        screen.say("No answer is new: nothing was written.")
    for sentence in applied.reviewed.progress.told():
        screen.say(sentence)
    screen.stale(applied.reviewed.held.stale)


def _show_decisions(screen: Screen, what: str, decisions: Sequence[Decision]) -> None:
    if not decisions:
        return
    count = "1 decision" if len(decisions) == 1 else f"{len(decisions)} decisions"
    screen.say(f"{count} {what}:")
    for one in decisions[:_MOST_SHOWN]:
        screen.say(f"  {one.told()}")
    if len(decisions) > _MOST_SHOWN:
        screen.say(f"  and {len(decisions) - _MOST_SHOWN} more")
