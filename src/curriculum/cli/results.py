"""Output of the commands: written to files or standard output, and never over a file of a person."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_escaped

__all__ = ["finish", "give", "refuse_inputs", "refuse_other_ending", "refuse_overwriting", "refuse_same"]


def refuse_inputs(files: Mapping[Path, bytes], inputs: Sequence[Path | None]) -> None:
    """Refuse to write over an input file or a folder."""
    from curriculum.errors import UnwritableOutput

    for path in files:
        is_input = path.exists() and any(source and path.samefile(source) for source in inputs)
        if is_input or path.is_dir():
            what = "one of the files that are read" if is_input else "a folder"
            raise UnwritableOutput(what, where=path.as_posix(), advice="Choose another name with -o.")


def refuse_same(options: argparse.Namespace) -> None:
    """Refuse to write over the file that is remapped, or in another format."""
    from curriculum.errors import UnwritableOutput, unknown_ending

    out, tracker = options.out, options.tracker
    if not out:
        return
    if out.exists() and tracker.exists() and out.samefile(tracker):
        advice = "Choose another name with -o, or leave it out."
        raise UnwritableOutput("the file that is to be remapped", where=out.as_posix(), advice=advice)
    if out.suffix.casefold() != tracker.suffix.casefold():
        raise unknown_ending(f"a copy of {tracker.name}", out.as_posix(), (tracker.suffix,))


def refuse_beside(options: argparse.Namespace, name: str, other: str, given: str, why: str) -> None:
    """Refuse an option of a path beside another option, with which it has no effect."""
    from curriculum.errors import InvalidInput

    path: Path | None = getattr(options, name, None)
    if path:
        raise InvalidInput(
            "two options that exclude each other",
            where=f"--{name} {path.as_posix()}",
            found=f"{other} {given}".rstrip(),
            advice=f"Leave one of them out: {why}.",
        )


def refuse_two_methods(options: argparse.Namespace) -> None:
    """Refuse an encoder or a thesaurus beside a method that does without them."""
    if options.method != v.DEFAULT_METHOD:
        for name in ("encoder", "thesaurus"):
            refuse_beside(options, name, "--method", options.method, "this method has one scorer alone")


def refuse_other_ending(out: Path | None, what: str, ending: str) -> None:
    """Refuse to write in another format than the one there is."""
    from curriculum.errors import unknown_ending

    if out and out.suffix.casefold() != ending:
        raise unknown_ending(what, out.as_posix(), (ending,))


def refuse_overwriting(options: argparse.Namespace, names: Sequence[str | Path]) -> None:
    """Refuse to write over an input, another file, or what a person has worked on."""
    from curriculum.errors import UnwritableOutput
    from curriculum.library.saving import content_to_fault

    out: Path | None = options.out
    if not out or not out.is_file():
        return
    content = out.read_bytes()
    what = ""
    if any(Path(name).exists() and Path(name).samefile(out) for name in names):
        what = "one of the documents"
    else:
        what = content_to_fault(content, options.command)
    if what:
        expected = "a new file, or one as this command wrote it"
        raise UnwritableOutput(what, where=out.as_posix(), expected=expected, advice="Choose another name.")


def finish(*paths: Path | None) -> None:
    """Complete a set of files that an earlier run, which was cut off, had not put in place yet."""
    from curriculum.cli.screen import Screen
    from curriculum.files.file_sets import finish_sets

    placed = finish_sets(paths)
    if placed:
        names = ", ".join(path.as_posix() for path in placed)
        Screen().say(
            f"An earlier run was cut off before all its files were in place; they are in place now: {names}."
        )


def give(data: bytes, path: Path | None) -> None:
    """Write data to a file or to standard output, byte for byte the same on every system."""
    from curriculum.cli.screen import Screen
    from curriculum.files.file_sets import replace_file

    if path:
        kept = replace_file(path, data)
        if kept:
            Screen().say(f"The previous {path.as_posix()} is kept as {kept.as_posix()}.")
        return
    sys.stdout.flush()
    if sys.stdout.isatty():
        data = text_to_escaped(data.decode("utf-8"), kept="\t\r\n").encode("utf-8")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
