"""What the command `remap` shows: whether the file fits, the outcomes of its codes, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.typed_commands import word_to_quoted, words_kept, words_with, words_without
from curriculum.model import vocabulary as v
from curriculum.remapping.outcomes import OUTCOME_MEANINGS

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen
    from curriculum.remapping.layout import Layout
    from curriculum.remapping.remap_files import RemapJob

__all__ = ["show_done", "show_fit", "show_remap"]

_MOST_SHOWN = 6


def show_fit(screen: Screen, job: RemapJob, is_refused: bool) -> None:
    """Show whether the file looks like the version that was named."""
    verdict = job.remapped.verdict
    if verdict.against:
        screen.console.print(verdict.against, style="bold red", markup=False)
    for sentence in verdict.sentences:
        screen.say(sentence)
    if is_refused:
        screen.say("Nothing has been written.")
        _show_refused(screen, job)


def _show_refused(screen: Screen, job: RemapJob) -> None:
    """Show what to do if the file does not look like the version that was named."""
    pair = job.remapped.pair
    old, new = ((words_kept(screen.typed, (name,)) or ["", ""])[-1] for name in ("--from", "--to"))
    for name in job.remapped.verdict.likely:
        versions = {"--from": new, "--to": old} if name == pair.new else {"--from": name}
        if old and new:
            screen.next(f"if the file is of {name}, run")
            words = words_with(screen.typed, versions)
            screen.command(*(map(_swapped, words) if "--to" in versions else _without_old_kind(words)))
    other = "name that after --from" if old else "name a bundle of that version after --crosswalk"
    screen.next(
        f"if the file is of another version, {other}; "
        f"if it is of {pair.old} all the same, run it again with --force"
    )
    screen.command(*screen.typed, "--force")


def _swapped(word: str) -> str:
    """Return a word of a command in which the old and the new version change places."""
    return {"--old-kind": "--new-kind", "--new-kind": "--old-kind"}.get(word, word)


def _without_old_kind(words: Sequence[str]) -> list[str]:
    """Return the words of a command whose old version is now registered, so that its kind is not named.

    Examples
    --------
    >>> _without_old_kind(["remap", "a.csv", "--kind", "list", "--old-kind", "table"])
    ['remap', 'a.csv', '--new-kind', 'list']
    """
    kept = words_without(words, (), ("--old-kind",))
    if "--new-kind" in kept:
        return words_without(kept, (), ("--kind",))
    return ["--new-kind" if word == "--kind" else word for word in kept]


def show_done(screen: Screen, job: RemapJob) -> None:
    """Show that the file has the new codes already."""
    new = job.remapped.pair.new
    screen.say(
        f"It has the codes of {new} already: nothing was changed. To remap it again, use the file as it was "
        "before, or delete the new columns and sheets."
    )


def show_remap(
    screen: Screen, job: RemapJob, is_dry: bool, written: Sequence[Path], kept: Sequence[Path]
) -> None:
    """Show the outcomes of the codes of the file, and what to do next."""
    remapped, pair = job.remapped, job.remapped.pair
    if job.headline:
        screen.say(f"{pair.old} to {pair.new}: {job.headline}")
    screen.rows(
        ("sheet", "column", "cells", "codes"), _layouts_to_rows(remapped.layouts), "Where the codes are"
    )
    for layout in remapped.layouts:
        _show_skipped(screen, layout)
    for sentence in remapped.stale:
        screen.say(f"To change by hand: {sentence}.")
    if remapped.n_left:
        screen.say(f"{_rows(remapped.n_left)} not remapped: they lack the value after --where.")
    counts = Counter(remapped.audit.columns[v.OUTCOME])
    shown = [
        (outcome, counts[outcome], OUTCOME_MEANINGS[outcome]) for outcome in v.OUTCOMES if counts[outcome]
    ]
    screen.rows((v.OUTCOME, "codes", "means"), shown, f"{pair.old} to {pair.new}")
    screen.stale(job.stale)
    _show_waiting(screen, job)
    for sentence in job.sentences:
        screen.say(sentence)
    if kept:
        screen.say("The files that were there before are kept as:")
        for path in reversed(kept):
            screen.say(f"  {path.as_posix()}", is_wrapped=False)
    if is_dry:
        screen.say("A dry run: nothing was written.")
    elif written:
        screen.say("Written:")
        for path in reversed(written):
            screen.say(f"  {path.as_posix()}", is_wrapped=False)
    _show_next(screen, job, written)


def _rows(count: int) -> str:
    return f"{count:,} row is" if count == 1 else f"{count:,} rows are"


def _layouts_to_rows(layouts: Sequence[Layout]) -> list[tuple[str, str, int, int]]:
    rows = []
    for layout in layouts:
        name = layout.sheet.name or "(table)"
        sheet = f"{name} (hidden)" if layout.sheet.is_hidden else name
        for column in layout.columns:
            codes = sum(map(len, column.cells.values()))
            where = column.name if column.gets_columns else f"{column.name} (unsure)"
            rows.append((sheet, where, len(column.cells), codes))
        if layout.matrix:
            headers = layout.matrix.headers
            rows.append(
                (
                    sheet,
                    f"headers in row {layout.matrix.header_row}",
                    len(headers),
                    sum(map(len, headers.values())),
                )
            )
    return rows


def _show_skipped(screen: Screen, layout: Layout) -> None:
    from curriculum.remapping.layout import unread_to_text

    where = f"sheet {layout.sheet.name}, " if layout.sheet.name else ""
    for column in layout.skipped:
        cells = "1 cell looks" if column.n_cells == 1 else f"{column.n_cells} cells look"
        option = f"--columns {word_to_quoted(column.name)}"
        screen.say(
            f"Skipped: {where}{column.name}: {cells} like codes, but {column.why}. "
            f"To remap it, name it with {option}."
        )
    for unread in layout.unread:
        screen.say(f"Not read: {unread_to_text(unread, layout.sheet.name)}.")
    if layout.n_formulas:
        screen.say(f"Not changed: {where}{layout.n_formulas} formulas that result in codes.")


def _show_waiting(screen: Screen, job: RemapJob) -> None:
    from curriculum.remapping.layout import cells_to_phrase
    from curriculum.review.review_rows import WAITS

    remapped = job.remapped
    waiting = list(dict.fromkeys(row.old_code for row in remapped.to_decide if row.state == WAITS))
    if waiting:
        named = ", ".join(waiting[:_MOST_SHOWN])
        more = f" and {len(waiting) - _MOST_SHOWN} more" if len(waiting) > _MOST_SHOWN else ""
        verb = "code waits" if len(waiting) == 1 else "codes wait"
        screen.say(f"{len(waiting)} old {verb} for a person: {named}{more}.")
    if job.cells_to_correct:
        verb = "is" if len(job.cells_to_correct) == 1 else "are"
        screen.say(
            f"{cells_to_phrase(job.cells_to_correct)} {verb} unclear as written, or could not be read."
        )


def _show_next(screen: Screen, job: RemapJob, written: Sequence[Path]) -> None:
    from curriculum.remapping.layout import cells_to_phrase
    from curriculum.review.review_rows import WAITS

    again = words_without(screen.typed, ("--dry-run",))
    if job.cells_to_correct:
        screen.next(
            f"in {job.tracker.source}, write the codes in {cells_to_phrase(job.cells_to_correct)} "
            "like K2, S3 (move other words into another column), and run the command again."
        )
    waits = any(row.state == WAITS for row in job.remapped.to_decide)
    if not written:
        then = " Its sheet “To decide” lists the codes that need a decision." if waits else ""
        screen.next(f"write the copy.{then}")
        screen.command(*again)
    elif waits:
        book = next(path for path in reversed(written) if path.suffix.casefold() in {".xlsx", ".xlsm"})
        answered = words_without(again, (), ("--decisions",))
        screen.next(
            f"open {book.name}, answer in the yellow cells of the sheet “To decide”, save, close, and run"
        )
        screen.command(*answered, "--decisions", book.as_posix())
    elif not job.cells_to_correct:
        screen.next(f"open {written[-1].name} and check it: every code in it is settled.")
