"""The command `curriculum`: a thin mirror of the library. Only it and `screen` write to the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from glob import glob
from pathlib import Path

from curriculum.cli_parser import make_parser
from curriculum.errors import CurriculumError

__all__ = ["COMMANDS", "main", "make_parser"]

_FINDINGS_SHOWN = 12
# How the files begin that each command writes.
_OWN = {
    "check": (b"document_id,rule",),
    "link": (
        b"subject_source,object_source,subject_id",
        b"subject_source\tobject_source",
        b"#curie_map:",
        b"PK",
        b"{",
    ),
    "evaluate": (b"subject_source,object_source,measure",),
    "graph": (b"<?xml", b"{"),
}


def _build(options: argparse.Namespace) -> int:
    from curriculum.pipeline import build
    from curriculum.screen import Screen
    from curriculum.sources import read_crosswalks, read_sources

    screen = Screen()
    steps = 1
    if options.raw.is_dir():
        steps += 2 * len(read_sources(options.raw)) + len(read_crosswalks(options.raw))
    with screen.progress(steps) as progress:
        built = build(options.raw, options.out, progress, options.decisions, not options.no_decisions)
    screen.built(built, options.out.as_posix())
    return 0


def _parse(options: argparse.Namespace) -> int:
    from curriculum.outputs import MANIFEST_NAME, refuse_edited, write_folder
    from curriculum.pipeline import parse
    from curriculum.schemas import TABLES
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv, tables_to_files

    if options.out:
        refuse_edited(options.out, [f"{name}.csv" for name in TABLES])
    tables, parsed = parse(_expanded(options.files), options.raw)
    screen = Screen()
    if options.out:
        files = tables_to_files(tables)
        write_folder(options.out, files)
    else:
        _give(frame_to_csv(tables.statements), None)
    screen.recognised(parsed)
    screen.documents(tables)
    screen.findings(tables, _FINDINGS_SHOWN)
    if options.out:
        screen.say(f"{len(files) + 1} files written to {options.out.as_posix()}, with {MANIFEST_NAME}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from curriculum.pipeline import check
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv

    screen = Screen()
    if options.rules:
        screen.rules()
        return 0
    _refuse_other_ending(options.out, "findings", ".csv")
    _refuse_overwriting(options, options.documents)
    tables = check(_expanded(options.documents), options.raw)
    if options.out or not sys.stdout.isatty():
        _give(frame_to_csv(tables.findings), options.out)
    screen.findings(tables)
    return int((tables.findings["severity"] == "error").any())


def _expanded(names: Sequence[str]) -> tuple[str, ...]:
    """Expand patterns such as *.txt, which the shells of Windows leave to the program."""
    files: list[str] = []
    for name in names:
        found = sorted(glob(name)) if not Path(name).exists() else []  # noqa: PTH207 (patterns may be absolute)
        files += found or [name]
    return tuple(files)


def _link(options: argparse.Namespace) -> int:
    from curriculum.formats import crosswalk_to_bytes
    from curriculum.linking import default_voices
    from curriculum.pipeline import link
    from curriculum.screen import Screen
    from curriculum.sources import THESAURUS_NAME

    _refuse_overwriting(options, (options.old, options.new))
    screen = Screen()
    with screen.patience("link", len(default_voices()) + 1) as progress:
        linked = link(
            options.old,
            options.new,
            options.raw,
            old_id=options.old_id,
            new_id=options.new_id,
            thesaurus=options.thesaurus,
            progress=progress,
            decisions=options.decisions,
            with_decisions=not options.no_decisions,
        )
    crosswalk = linked.crosswalk
    _give(crosswalk_to_bytes(crosswalk, options.out or Path("crosswalk.csv")), options.out)
    screen.crosswalk(crosswalk)
    screen.linked(crosswalk, options.thesaurus or options.raw / THESAURUS_NAME)
    screen.stale(linked.held.stale)
    if options.out:
        screen.say(f"{len(crosswalk)} rows written to {options.out.as_posix()}")
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from curriculum.evaluate import verdicts_to_scores
    from curriculum.evaluation import evaluate
    from curriculum.reference import REFERENCE
    from curriculum.screen import Screen
    from curriculum.tables import frame_to_csv

    _refuse_other_ending(options.out, "scores", ".csv")
    reference = options.reference or options.raw / REFERENCE
    _refuse_overwriting(options, (reference,))
    scores = verdicts_to_scores(evaluate(reference, options.raw, options.cross_validate))
    if options.out or not sys.stdout.isatty():
        _give(frame_to_csv(scores), options.out)
    Screen().scores(scores, options.cross_validate)
    return 0


def _graph(options: argparse.Namespace) -> int:
    from curriculum.graph import graph_to_bytes, graph_to_counts
    from curriculum.pipeline import graph as name_to_graph
    from curriculum.screen import Screen

    _refuse_overwriting(options, (options.document,))
    graph = name_to_graph(options.document, options.raw)
    _give(graph_to_bytes(graph, options.out or Path("graph.json")), options.out)
    screen = Screen()
    screen.table(graph_to_counts(graph), f"The graph of {graph.name}")
    if options.out:
        screen.say(f"written to {options.out.as_posix()}")
    return 0


def _remap(options: argparse.Namespace) -> int:
    from curriculum.outputs import write_files
    from curriculum.remapping.files import STEPS, job_to_files, path_to_out, remap_file
    from curriculum.remapping.job import Options
    from curriculum.screen import Screen
    from curriculum.screen_remap import show_done, show_fit, show_remap

    _refuse_same(options)
    asked = Options(
        columns=tuple(options.columns),
        sheets=tuple(options.sheets),
        where=_where(options.where),
        in_text=options.in_text,
        in_place=options.in_place,
        accepts_proposals=options.accept_proposals,
        evidence=tuple(options.evidence),
        learners=options.learners,
    )
    screen = Screen()
    with screen.patience("remap", STEPS) as progress:
        job = remap_file(
            options.tracker,
            options.old,
            options.new,
            options.raw,
            options=asked,
            option=options.option,
            decisions=options.decisions,
            crosswalk=options.crosswalk,
            progress=progress,
        )
        out = options.out or path_to_out(options.tracker, job.remapped.pair.new)
        is_held_up = bool(job.remapped.verdict.against) and not options.force
        writes = not (options.dry_run or is_held_up or job.remapped.is_done)
        files = job_to_files(job, out, progress) if writes else {}
        _refuse_inputs(files, (options.tracker, options.crosswalk))
        kept = write_files(files)
    if job.remapped.is_done:
        show_done(screen, job)
        return 0
    show_fit(screen, job, is_held_up)
    if is_held_up:
        return 1
    show_remap(screen, job, options.dry_run, tuple(files), kept)
    return int(job.remapped.n_waiting > 0)


def _refuse_inputs(files: Mapping[Path, bytes], inputs: Sequence[Path | None]) -> None:
    """Refuse to write over what is read, or where a folder is."""
    from curriculum.errors import UnwritableOutput

    for path in files:
        is_input = path.exists() and any(one and path.samefile(one) for one in inputs)
        if is_input or path.is_dir():
            what = "one of the files that are read" if is_input else "a folder"
            raise UnwritableOutput(what, where=path.as_posix(), advice="Choose another name with -o.")


def _where(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Take the conditions on rows apart: the values of each column that was named."""
    from curriculum.errors import UnknownPlace

    held: dict[str, tuple[str, ...]] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise UnknownPlace(
                "no condition on rows",
                where=f"--where {one}",
                expected="a heading and a value, such as --where “Standard version=1.0”",
                advice="Put both, with the sign = between them, into quotes.",
            )
        own = next((known for known in held if known.casefold() == name.strip().casefold()), name.strip())
        held[own] = (*held.get(own, ()), value.strip())
    return held


def _refuse_same(options: argparse.Namespace) -> None:
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


def _refuse_other_ending(out: Path | None, what: str, ending: str) -> None:
    from curriculum.errors import unknown_ending

    if out and out.suffix.casefold() != ending:
        raise unknown_ending(what, out.as_posix(), (ending,))


def _refuse_overwriting(options: argparse.Namespace, names: Sequence[str | Path]) -> None:
    """Refuse to write over an input, another file, or a crosswalk that a person has worked on."""
    from curriculum.errors import UnwritableOutput
    from curriculum.formats import is_reviewed

    out: Path | None = options.out
    if not out or not out.is_file():
        return
    held = out.read_bytes()
    what = ""
    if any(Path(name).exists() and Path(name).samefile(out) for name in names):
        what = "one of the documents"
    elif not held.startswith(_OWN[options.command]):
        what = f"a file that curriculum {options.command} has not written"
    elif options.command == "link" and is_reviewed(held):
        what = "a crosswalk that a person has worked on"
    if what:
        expected = "a new file, or one as this command wrote it"
        raise UnwritableOutput(what, where=out.as_posix(), expected=expected, advice="Choose another name.")


def _give(data: bytes, path: Path | None) -> None:
    """Give data to a file, or to standard output, byte for byte the same on every system."""
    from curriculum.outputs import keep_previous, write_file
    from curriculum.screen import Screen

    if path:
        kept = keep_previous(path, data)
        write_file(path, data)
        if kept:
            Screen().say(f"What stood in {path.as_posix()} before is kept as {kept.as_posix()}.")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


COMMANDS = {
    "build": _build,
    "parse": _parse,
    "check": _check,
    "link": _link,
    "evaluate": _evaluate,
    "graph": _graph,
    "remap": _remap,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv
        The words after `curriculum`; by default those of the command line.

    Returns
    -------
    int
        0 done; 1 `check` found an error in a document, or `remap` something that needs a person; 2 wrong
        usage or input, told on standard error; 130 stopped.
    """
    options = make_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal cannot show must not stop the run.
        if stream:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return COMMANDS[options.command](options)
    except CurriculumError as fault:
        if options.debug:
            raise
        for line in str(fault).splitlines():
            print(f"curriculum: {line}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("curriculum: stopped; what stood before is unharmed.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read the output has gone; keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        if options.debug:
            raise
        print(f"curriculum: {fault.filename or 'output'}: {fault.strerror}.", file=sys.stderr)
        return 2
