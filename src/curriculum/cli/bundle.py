"""The command `bundle`: write all that a remap of two versions needs into one file."""

from __future__ import annotations

import argparse

from curriculum.cli.arguments import (
    PAIR,
    Commands,
    add_decisions,
    add_encoder,
    add_kinds,
    add_no_cache,
    add_out,
    add_pair,
    add_raw,
    add_thesaurus,
    to_kinds,
)
from curriculum.cli.results import refuse_other_ending, refuse_overwriting

__all__ = ["add", "run"]

_ENDING = ".json"


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    bundle = commands.add_parser(
        "bundle",
        help="all that a remap of two versions needs, in one file",
        example=(*PAIR, "-o", "st0792.bundle.json"),
    )
    add_pair(bundle)
    add_out(bundle, "FILE", "the file to write (default: named after both versions, in this folder)")
    add_kinds(bundle)
    add_thesaurus(bundle)
    add_decisions(bundle)
    add_encoder(bundle)
    add_raw(bundle)
    add_no_cache(bundle)
    bundle.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from pathlib import Path

    from curriculum.cli.results import give
    from curriculum.cli.screen import Screen
    from curriculum.crosswalk.bundle_file import bundle_to_bytes, bundle_to_name
    from curriculum.documents.raw_names import THESAURUS_NAME

    refuse_other_ending(options.out, "a crosswalk bundle", _ENDING)
    refuse_overwriting(options, (options.old, options.new))
    screen = Screen(options.typed)
    with screen.patience("bundle", 3) as progress:
        bundle = options.project.bundle(options.old, options.new, kinds=to_kinds(options), progress=progress)
    options.out = out = options.out or Path(bundle_to_name(bundle))
    refuse_overwriting(options, (options.old, options.new))
    give(bundle_to_bytes(bundle), out)
    screen.say(f"{bundle.old} to {bundle.new}: {bundle.headline}")
    screen.thesaurus(options.thesaurus or options.raw / THESAURUS_NAME, is_named=False)
    screen.say(f"Written: {out.as_posix()}", is_wrapped=False)
    screen.next("remap a tracker with it; the texts of the versions are not needed for that")
    screen.command("remap", "tracker.xlsx", "--crosswalk", out.as_posix())
    return 0
