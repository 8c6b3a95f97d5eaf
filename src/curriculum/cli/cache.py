"""The command `cache`: remove the proposals that were kept to save time."""

from __future__ import annotations

import argparse

from curriculum.cli.arguments import Commands

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    cache = commands.add_parser(
        "cache", help="remove the proposals that were kept to save time", example=("clear",)
    )
    cache.add_argument("step", choices=("clear",), help="clear: remove all of them")
    cache.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.files.cache import user_cache

    cache = user_cache()
    count = cache.clear() if cache else 0
    entries = "1 entry" if count == 1 else f"{count} entries"
    where = cache.folder.as_posix() if cache else "the cache; this user has no folder for it"
    screen = Screen(options.typed)
    screen.say(f"{entries} removed from {where}", is_wrapped=False)
    screen.next("make the proposals again", ("build",))
    return 0
