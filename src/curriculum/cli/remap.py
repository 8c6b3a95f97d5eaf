"""The command `remap`: write a copy of a spreadsheet with the codes of another version."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    DOCUMENT,
    PAIR,
    Commands,
    Parser,
    add_encoder,
    add_kinds,
    add_no_cache,
    add_no_decisions,
    add_out,
    add_raw,
    add_several,
    to_kinds,
)
from curriculum.cli.results import finish, refuse_beside, refuse_inputs, refuse_same
from curriculum.cli.typed_commands import word_to_quoted, words_kept, words_with, words_without
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.cli.screen import Screen
    from curriculum.remapping.layout import Layout
    from curriculum.remapping.options import Options
    from curriculum.remapping.remap_files import RemapJob

__all__ = ["add", "run"]

_MEANING = {
    v.UNCHANGED: "the same code, and that is settled",
    v.REPLACED: "another code now",
    v.MERGED: "part of a wider statement now",
    v.SPLIT: "several statements now",
    v.WITHDRAWN: "withdrawn; your column keeps the code",
    v.REVIEW: "a person has to decide, or to correct the cell",
    v.UNKNOWN: "no such code in the old version, or none at all",
    v.NOT_READ: "cells of a column of codes that cannot be read",
}
_MOST_SHOWN = 6


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    remap = commands.add_parser(
        "remap",
        help="a copy of a spreadsheet, with the codes of another version",
        epilog="Exit code 0: every code is settled; 1: something needs a person; 2: nothing was done.",
        example=("examples/headings.xlsx", "--from", PAIR[0], "--to", PAIR[1], "--dry-run"),
    )
    remap.add_argument("tracker", type=Path, metavar="FILE", help="a spreadsheet: .xlsx, .xlsm, .csv or .tsv")
    remap.add_argument("--from", dest="old", required=True, metavar="OLD", help=f"its version: {DOCUMENT}")
    remap.add_argument("--to", dest="new", required=True, metavar="NEW", help="the version that it gets")
    add_out(remap, "FILE", "the copy to write (default: beside the file, with the new version in its name)")
    remap.add_argument("--dry-run", action="store_true", help="show everything, write nothing")
    remap.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="the workbook with the sheet “To decide”, filled in; or a folder of decisions",
    )
    add_no_decisions(remap)
    remap.add_argument("--crosswalk", type=Path, metavar="FILE", help="your crosswalk (.csv, .tsv or .xlsx)")
    _add_places(remap)
    remap.add_argument(
        "--in-place", action="store_true", help="rewrite the cells of the copy, add no columns"
    )
    remap.add_argument(
        "--accept-proposals",
        action="store_true",
        help="also write what is only proposed, and say so in the note",
    )
    remap.add_argument(
        "--force", action="store_true", help="continue although the file looks like another version"
    )
    _add_coverage(remap)
    add_kinds(remap)
    add_encoder(remap)
    add_raw(remap)
    add_no_cache(remap)
    remap.set_defaults(run=run)


def _add_places(remap: Parser) -> None:
    add_several(remap, "--columns", "NAME", "a column with codes, by header or letter (can be repeated)")
    add_several(remap, "--sheets", "NAME", "a sheet to remap (can be repeated)")
    add_several(
        remap,
        "--where",
        "COLUMN=VALUE",
        "remap only rows with this value, such as “Standard version=1.0” (can be repeated)",
    )
    remap.add_argument("--in-text", action="store_true", help="look for codes inside prose too")


def _add_coverage(remap: Parser) -> None:
    what = "codes count as evidence where this column is filled in (can be repeated)"
    add_several(remap, "--evidence", "COLUMN", what)
    remap.add_argument(
        "--learners",
        nargs="?",
        const="",
        metavar="COLUMN",
        help="show the coverage of each learner too, by name; COLUMN if their column is not found",
    )
    remap.add_argument(
        "--option", default="", metavar="TITLE", help="show the coverage of what applies to this option only"
    )
    remap.add_argument(
        "--date", default="", metavar="DAY", help="the date to print on the coverage, such as 2026-11-29"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.documents.raw_names import THESAURUS_NAME
    from curriculum.files.file_sets import write_files
    from curriculum.remapping.remap_files import STEPS, job_to_files, path_to_out

    refuse_same(options)
    if options.crosswalk:
        why = "with a crosswalk of your own nothing is linked"
        refuse_beside(options, "encoder", "--crosswalk", options.crosswalk.as_posix(), why)
    if not options.dry_run:
        finish(options.tracker, options.decisions, options.crosswalk, options.out)
    screen = Screen(options.typed)
    # Decisions are a folder, or a workbook with answers.
    answers = options.decisions if options.decisions and not options.decisions.is_dir() else None
    project = replace(options.project, decisions=None) if answers else options.project
    with screen.patience("remap", STEPS) as progress:
        job = project.remap(
            options.tracker,
            options.old,
            options.new,
            options=_remap_options(options),
            answers=answers,
            crosswalk=options.crosswalk,
            kinds=to_kinds(options),
            progress=progress,
        )
        out = options.out or path_to_out(options.tracker, job.remapped.pair.new)
        is_refused = bool(job.remapped.verdict.against) and not options.force
        writes = not (options.dry_run or is_refused or job.remapped.is_done)
        files = job_to_files(job, out, progress) if writes else {}
        refuse_inputs(files, (options.tracker, options.crosswalk))
        kept = write_files(files, options.tracker)
    if job.remapped.is_done:
        _show_done(screen, job)
        return 0
    _show_fit(screen, job, is_refused)
    if is_refused:
        return 1
    if not options.crosswalk:
        screen.thesaurus(options.raw / THESAURUS_NAME, is_named=False)
        screen.encoder(options.encoder)
    _show_remap(screen, job, options.dry_run, tuple(files), kept)
    return int(job.remapped.n_waiting > 0)


def _remap_options(options: argparse.Namespace) -> Options:
    """Return the options of the remap itself."""
    from curriculum.remapping.options import Options

    return Options(
        columns=tuple(options.columns),
        sheets=tuple(options.sheets),
        where=_where(options.where),
        in_text=options.in_text,
        in_place=options.in_place,
        accepts_proposals=options.accept_proposals,
        evidence=tuple(options.evidence),
        learners=options.learners,
        option=options.option,
        date=options.date,
    )


def _where(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the conditions on rows: the allowed values of each named column."""
    from curriculum.errors import NotFound

    conditions: dict[str, tuple[str, ...]] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise NotFound(
                "no condition on rows",
                where=f"--where {text}",
                expected="a header and a value, such as --where “Standard version=1.0”",
                advice="Write both in quotes, with the sign = between them.",
            )
        column = next(
            (known for known in conditions if known.casefold() == name.strip().casefold()), name.strip()
        )
        conditions[column] = (*conditions.get(column, ()), value.strip())
    return conditions


def _show_fit(screen: Screen, job: RemapJob, is_refused: bool) -> None:
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
    screen.next(
        "if the file is of another version, name that after --from; "
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


def _show_done(screen: Screen, job: RemapJob) -> None:
    """Show that the file has the new codes already."""
    new = job.remapped.pair.new
    screen.say(
        f"It has the codes of {new} already: nothing was changed. To remap it again, use the file as it was "
        "before, or delete the new columns and sheets."
    )


def _show_remap(
    screen: Screen, job: RemapJob, is_dry: bool, written: Sequence[Path], kept: Sequence[Path]
) -> None:
    """Show the outcomes of the codes of the file, and what to do next."""
    import pandas as pd

    remapped, pair = job.remapped, job.remapped.pair
    if job.headline:
        screen.say(f"{pair.old} to {pair.new}: {job.headline}")
    screen.table(_layouts_to_frame(remapped.layouts), "Where the codes are")
    for layout in remapped.layouts:
        _show_skipped(screen, layout)
    for sentence in remapped.stale:
        screen.say(f"To change by hand: {sentence}.")
    if remapped.n_left:
        screen.say(f"{_rows(remapped.n_left)} not remapped: they lack the value after --where.")
    counts = remapped.audit[v.OUTCOME].value_counts()
    shown = [
        (outcome, int(counts[outcome]), _MEANING[outcome]) for outcome in v.OUTCOMES if outcome in counts
    ]
    screen.table(pd.DataFrame(shown, columns=[v.OUTCOME, "codes", "means"]), f"{pair.old} to {pair.new}")
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


def _layouts_to_frame(layouts: Sequence[Layout]) -> pd.DataFrame:
    import pandas as pd

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
    return pd.DataFrame(rows, columns=["sheet", "column", "cells", "codes"])


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
    from curriculum.remapping.unclear_cells import cells_to_phrase
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
    from curriculum.remapping.unclear_cells import cells_to_phrase
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
