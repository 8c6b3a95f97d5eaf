"""The command `versions`: the versions of a standard in order, what each step changed, and what to do."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from curriculum.cli.arguments import (
    DOCUMENT,
    Commands,
    add_decisions,
    add_encoder,
    add_no_cache,
    add_out,
    add_raw,
    add_thesaurus,
    expanded,
)
from curriculum.cli.results import give, refuse_overwriting
from curriculum.cli.typed_commands import name_to_free, to_typed
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.cli.screen import Screen
    from curriculum.cli.step_commands import StepCommands
    from curriculum.library.versions_object import Versions

__all__ = ["add", "run"]

_STEPS = 12


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    versions = commands.add_parser(
        "versions",
        help="the versions of a standard in order, what each step changed, and what to do",
        example=("st0792-1.0", "st0792-1.2", "-o", "versions.html"),
    )
    versions.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=f"the versions, in any order, each: {DOCUMENT}; or the reference of a standard, for its "
        "versions in the raw folder; or a folder with them; or a file of official records, for all of them "
        "(of one standard of many: feed.json#ST0792)",
    )
    add_out(
        versions,
        "FILE",
        "the file to write: .html (one page, which needs no network), .xlsx, or .csv (the steps)",
    )
    versions.add_argument(
        "--order",
        choices=("found", "given"),
        default="found",
        help="given: the files are named from the oldest to the newest, and are versions of one standard "
        "(default: found by version number, then by date)",
    )
    add_thesaurus(versions)
    add_decisions(versions)
    add_encoder(versions)
    add_raw(versions)
    add_no_cache(versions)
    versions.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.cli.step_commands import steps_to_commands
    from curriculum.library.versions_object import check_versions_name, versions_to_bytes

    names = expanded(options.files)
    if options.out:
        check_versions_name(options.out)
    refuse_overwriting(options, [name.partition("#")[0] for name in names])
    screen = Screen(options.typed)
    with screen.patience("versions", _STEPS) as progress:
        found = options.project.versions(*names, order=options.order, progress=progress)
    commands: StepCommands = {}
    if options.out:
        commands = steps_to_commands(found.steps, options)
        content = replace(found.content(), commands=_commands_to_typed(screen, commands))
        give(versions_to_bytes(content, options.out), options.out)
    _show(screen, found)
    _show_basis(screen, found, options)
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
    _show_next(screen, found, options, commands)
    return 0


def _show(screen: Screen, found: Versions) -> None:
    """Show the order, what is not here, what to do for each step, and a table of the steps."""
    from curriculum.report.versions_content import TRUST, content_to_lines, order_to_lines

    content = found.content()
    screen.lines("\n".join(content_to_lines(content)))
    screen.say()
    screen.lines("\n".join(order_to_lines(content)))
    counts = _to_counts(found)
    if len(counts):
        screen.say()
        screen.table(counts, "Statements in each step")
    if found.steps:
        screen.say(TRUST)


def _show_basis(screen: Screen, found: Versions, options: argparse.Namespace) -> None:
    """Show what the links rest on, if there are any."""
    from curriculum.documents.raw_names import THESAURUS_NAME

    if found.crosswalks:
        screen.thesaurus(options.thesaurus or options.raw / THESAURUS_NAME)
        screen.encoder(options.encoder)
        screen.vectors()


def _to_counts(found: Versions) -> pd.DataFrame:
    """Return the counts of each step with links, in columns that fit on a terminal."""
    import pandas as pd

    frame = found.frame
    counts = {
        "kept": frame["n_same"],
        "edited": frame["n_reworded"],
        "merged\nor split": frame["n_joined"],
        "no coun-\nterpart": frame["n_gone"],
        "new": frame["n_new"],
        "other\ncode": frame["n_renumbered"],
        "look\nneeded": frame["n_waiting"],
    }
    names = [step.name for step in found.steps]
    counted = pd.DataFrame({"step": names, "change": frame[v.CHANGE], **counts})
    return counted[counted["change"] != ""]


def _show_next(screen: Screen, found: Versions, options: argparse.Namespace, commands: StepCommands) -> None:
    """Show what to do next: remap, or name another version."""
    if not found.steps:
        screen.say("No standard has two versions here, so that nothing is compared.")
        screen.next("name another version of the standard beside it.")
        return
    if not options.out:
        order = () if options.order == "found" else ("--order", options.order)
        words = ("versions", *options.files, "-o", name_to_free("versions.html"), *order)
        screen.next("for a page with every change, and with what to type for each step, run", words)
        return
    from curriculum.cli.step_commands import last_to_remap

    step = last_to_remap(found.steps)
    if step is None:
        screen.next(f"open {options.out.as_posix()}.")
        return
    text = f"open {options.out.as_posix()}, which says what to type for each step. For {step.name} that is"
    if options.out.suffix.casefold() == ".csv":
        text = f"open {options.out.as_posix()}. For {step.name}, type"
    screen.next(text, *(words for _, words in commands[step.pair]))


def _commands_to_typed(
    screen: Screen, commands: StepCommands
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return the commands of each step as they are typed."""
    return {
        pair: [(gives, to_typed(*screen.with_same(words))) for gives, words in rows]
        for pair, rows in commands.items()
    }
