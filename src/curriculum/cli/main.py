"""The command line `curriculum`: a thin mirror of the library. Only this room writes to the terminal."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import curriculum
from curriculum.cli import (
    book,
    build,
    bundle,
    cache,
    check,
    evaluate,
    export,
    graph,
    lineage,
    link,
    notebook,
    page,
    parse,
    remap,
    report,
    review,
    versions,
)
from curriculum.cli.arguments import RAW, Parser
from curriculum.cli.typed_commands import program_words, text_to_started
from curriculum.errors import CurriculumError
from curriculum.files.limits import raised_limits
from curriculum.model.text import text_to_escaped

if TYPE_CHECKING:
    from curriculum.project import Project

__all__ = ["COMMANDS", "main", "make_parser"]

_OBJECTS_BEFORE_A_SEARCH: Final = 500_000
# In the order of `--help`; the module of a command adds its arguments and runs it.
COMMANDS = {
    "build": build,
    "parse": parse,
    "check": check,
    "link": link,
    "evaluate": evaluate,
    "graph": graph,
    "export": export,
    "report": report,
    "versions": versions,
    "remap": remap,
    "bundle": bundle,
    "page": page,
    "review": review,
    "lineage": lineage,
    "book": book,
    "notebook": notebook,
    "cache": cache,
}


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = Parser(
        prog=program_words(),
        description="Read apprenticeship standards, link their versions, and remap the codes in trackers.",
    )
    parser.add_argument("--version", action="version", version=f"curriculum {curriculum.__version__}")
    parser.add_argument("--debug", action="store_true", help="show where in the program a fault arose")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS.values():
        command.add(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        The words after `curriculum`; by default those of the command line.

    Returns
    -------
    int
        0 done; 1 `check` found an error in a document, or `remap` or `review apply` something that needs a
        person; 2 wrong usage or input, with a message on standard error; 130 stopped.
    """
    # A run is short, and most of its objects live to its end: a search for cycles frees next to nothing.
    gc.set_threshold(_OBJECTS_BEFORE_A_SEARCH)
    options = make_parser().parse_args(argv)
    # Matrices are small here: more threads take longer to start than they save. numpy reads this as it loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options.typed = tuple(sys.argv[1:] if argv is None else argv)
    # Python has no streams where the shell has closed them (">&-").
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (open to the end)
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal cannot show must not stop the run.
        if stream:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        with raised_limits(getattr(options, "limits", 1)):
            options.to_project = partial(_options_to_project, options)
            if "raw" in options and "project" not in options:
                options.project = options.to_project()
            return int(options.run(options))
    except CurriculumError as fault:
        if options.debug:
            raise
        for line in text_to_started(str(fault)).split("\n"):
            print(f"curriculum: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("curriculum: stopped; existing files are unchanged.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of the output has closed it; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        if options.debug:
            raise
        where = text_to_escaped(str(fault.filename or "output"))
        print(f"curriculum: {where}: {fault.strerror}.", file=sys.stderr)
        return 2


def _options_to_project(options: argparse.Namespace) -> Project:
    """Return the project that the options of a command name."""
    from curriculum.errors import NotFound
    from curriculum.files.cache import user_cache
    from curriculum.project import Project

    if options.raw != RAW and not options.raw.is_dir():
        raise NotFound(
            "no such folder",
            where=f"--raw {options.raw.as_posix()}",
            expected="the folder of the documents, with SOURCES.csv",
            advice="Check the name, or leave it out.",
        )
    return Project(
        options.raw,
        getattr(options, "decisions", None),
        not getattr(options, "no_decisions", False),
        getattr(options, "thesaurus", None),
        None if getattr(options, "no_cache", True) else user_cache(),
        getattr(options, "encoder", None),
    )
