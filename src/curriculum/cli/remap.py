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
    add_encoder,
    add_kinds,
    add_no_cache,
    add_no_decisions,
    add_out,
    add_raw,
    add_several,
)
from curriculum.cli.remap_results import show_done, show_fit, show_remap
from curriculum.cli.results import finish, refuse_beside, refuse_inputs, refuse_same
from curriculum.documents.raw_names import THESAURUS_NAME

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
    of_bundle = "not needed with a bundle"
    remap.add_argument(
        "--from", dest="old", default="", metavar="OLD", help=f"its version ({of_bundle}): {DOCUMENT}"
    )
    remap.add_argument(
        "--to", dest="new", default="", metavar="NEW", help=f"the version that it gets ({of_bundle})"
    )
    add_out(remap, "FILE", "the copy to write (default: beside the file, with the new version in its name)")
    remap.add_argument("--dry-run", action="store_true", help="show everything, write nothing")
    remap.add_argument(
        "--decisions",
        type=Path,
        metavar="FILE",
        help="the workbook with the sheet “To decide”, filled in; or decisions: a folder, or a CSV file",
    )
    add_no_decisions(remap)
    remap.add_argument(
        "--crosswalk",
        type=Path,
        metavar="FILE",
        help="your crosswalk (.csv, .tsv, .xlsx, .json), or a file that curriculum bundle wrote",
    )
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
    remap.set_defaults(run=run, parser=remap, project=None)


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
    from curriculum.cli.remap_sources import options_to_sources
    from curriculum.cli.screen import Screen
    from curriculum.files.file_sets import write_files
    from curriculum.remapping.remap_files import STEPS, inputs_to_job, job_to_files, path_to_out

    refuse_same(options)
    if options.crosswalk:
        why = "with a crosswalk of your own nothing is linked"
        refuse_beside(options, "encoder", "--crosswalk", options.crosswalk.as_posix(), why)
    if not options.dry_run:
        finish(options.tracker, options.decisions, options.crosswalk, options.out)
    screen = Screen(options.typed)
    with screen.patience("remap", STEPS) as progress:
        sources = options_to_sources(options, progress)
        progress("remap the codes")
        job = inputs_to_job(sources.inputs, sources.bundle, options=_remap_options(options))
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
    if not options.crosswalk:
        screen.thesaurus(options.raw / THESAURUS_NAME, is_named=False)
        screen.encoder(options.encoder)
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
