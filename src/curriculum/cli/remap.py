"""The command `remap`: write a copy of a spreadsheet with the codes of another version."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    DOCUMENT,
    PAIR,
    Commands,
    Parser,
    add_no_decisions,
    add_out,
    add_raw,
    add_several,
)
from curriculum.cli.results import finish, refuse_inputs, refuse_same

if TYPE_CHECKING:
    from curriculum.remapping.options import Options

__all__ = ["add", "run"]


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
    add_raw(remap)
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
    from curriculum.cli.screen_remap import show_done, show_fit, show_remap
    from curriculum.files.file_sets import write_files
    from curriculum.remapping.remap_files import STEPS, job_to_files, path_to_out, remap_file

    refuse_same(options)
    if not options.dry_run:
        finish(options.tracker, options.decisions, options.crosswalk, options.out)
    screen = Screen(options.typed)
    with screen.patience("remap", STEPS) as progress:
        job = remap_file(
            options.tracker,
            options.old,
            options.new,
            options.raw,
            options=_remap_options(options),
            decisions=options.decisions,
            crosswalk=options.crosswalk,
            progress=progress,
        )
        out = options.out or path_to_out(options.tracker, job.remapped.pair.new)
        is_refused = bool(job.remapped.verdict.against) and not options.force
        writes = not (options.dry_run or is_refused or job.remapped.is_done)
        files = job_to_files(job, out, progress) if writes else {}
        refuse_inputs(files, (options.tracker, options.crosswalk))
        kept = write_files(files, options.tracker)
    if job.remapped.is_done:
        show_done(screen, job)
        return 0
    show_fit(screen, job, is_refused)
    if is_refused:
        return 1
    show_remap(screen, job, options.dry_run, tuple(files), kept)
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
        with_decisions=not options.no_decisions,
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
