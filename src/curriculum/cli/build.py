"""The command `build`: every document of the raw folder as tables, and their links."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import Commands, add_decisions, add_encoder, add_no_cache, add_raw
from curriculum.cli.typed_commands import name_to_free

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen
    from curriculum.crosswalk.build_result import Built

__all__ = ["add", "run"]


_PROCESSED = Path("data/processed")


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    build = commands.add_parser(
        "build", help="every document of the raw folder as tables, and how they are linked", example=()
    )
    add_encoder(build)
    add_raw(build)
    add_no_cache(build)
    build.add_argument(
        "-o",
        "--out",
        type=Path,
        default=_PROCESSED,
        metavar="DIR",
        help=f"the folder to write (default: {_PROCESSED.as_posix()})",
    )
    add_decisions(build)
    build.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.documents.register import read_crosswalks, read_sources

    screen = Screen(options.typed)
    steps = 1
    if options.raw.is_dir():
        steps += 2 * len(read_sources(options.raw)) + len(read_crosswalks(options.raw))
    with screen.progress(steps) as progress:
        built = options.project.build(options.out, progress)
    screen.encoder(options.encoder)
    _show_built(screen, built, options.out.as_posix())
    _show_next(screen, built)
    return 0


def _show_built(screen: Screen, built: Built, folder: str) -> None:
    """Show the result of a build."""
    from curriculum.files.output_folder import MANIFEST_NAME

    screen.documents(built.tables)
    screen.crosswalk(built.crosswalk)
    screen.vectors()
    screen.stale(built.decisions.stale)
    screen.severities(built.tables.findings, f"{folder}/findings.csv")
    if built.kept:
        screen.say(f"You had changed files there; your work is kept as {', '.join(built.kept)}.")
    for line in built.foreign:
        screen.say(f"{line} was not written by curriculum: it was left as it is, and is no longer listed.")
    if built.was_mixed:
        screen.say(
            f"{folder} did not match its manifest (a run was cut off, or a file was changed "
            "by hand); it was written again."
        )
    screen.say(f"Done: {len(built.files)} files written to {folder}, with {MANIFEST_NAME}")


def _show_next(screen: Screen, built: Built) -> None:
    """Show what to do next with the tables and crosswalks, for one linked pair as an example."""
    pair = _pair_for_example(built)
    if not pair:
        screen.next("see the findings in the texts", ("check",))
        return
    screen.next(
        "see the findings in the texts, decide on the proposals, or remap a tracker",
        ("check",),
        ("review", "export", *pair, "-o", name_to_free("review.xlsx")),
        ("remap", "my tracker.xlsx", "--from", pair[0], "--to", pair[1], "--dry-run"),
    )


def _pair_for_example(built: Built) -> tuple[str, str] | None:
    """Return the last pair of versions of one standard that was linked, else the last pair, else nothing."""
    ends = built.crosswalk[["subject_source", "object_source"]].drop_duplicates()
    pairs = [(str(old), str(new)) for old, new in ends.itertuples(index=False)]
    references = built.tables.documents.set_index("document_id")["reference"]
    same = [pair for pair in pairs if references[pair[0]] and references[pair[0]] == references[pair[1]]]
    return (same or pairs)[-1] if pairs else None
