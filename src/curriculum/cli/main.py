"""The command `curriculum`: a thin mirror of the library. Only it and `screen` write to the terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.cli.arguments import make_parser
from curriculum.cli.results import (
    finish,
    give,
    refuse_inputs,
    refuse_other_ending,
    refuse_overwriting,
    refuse_same,
)
from curriculum.cli.review_commands import lineage, review
from curriculum.cli.typed_commands import name_to_free, text_to_started
from curriculum.errors import CurriculumError
from curriculum.model.text import text_to_escaped

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen
    from curriculum.project import Built

__all__ = ["COMMANDS", "main", "make_parser"]

_FINDINGS_SHOWN = 12


def _build(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.documents.register import read_crosswalks, read_sources
    from curriculum.project import build

    screen = Screen(options.typed)
    steps = 1
    if options.raw.is_dir():
        steps += 2 * len(read_sources(options.raw)) + len(read_crosswalks(options.raw))
    with screen.progress(steps) as progress:
        built = build(options.raw, options.out, progress, options.decisions, not options.no_decisions)
    screen.built(built, options.out.as_posix())
    _next_of_build(screen, built)
    return 0


def _next_of_build(screen: Screen, built: Built) -> None:
    """Show what to do with tables and crosswalks, by the example of a pair that was linked."""
    pair = _pair_for_example(built)
    if not pair:
        screen.next("see what is odd in the texts", ("check",))
        return
    screen.next(
        "see what is odd in the texts, decide what is proposed, or remap a tracker",
        ("check",),
        ("review", "export", *pair, "-o", name_to_free("review.xlsx")),
        ("remap", "my tracker.xlsx", "--from", pair[0], "--to", pair[1], "--dry-run"),
    )


def _pair_for_example(built: Built) -> tuple[str, str] | None:
    """Return the last pair of versions of one standard that was linked, else the last pair, else nothing."""
    ends = built.crosswalk[["subject_source", "object_source"]].drop_duplicates()
    pairs = [(str(old), str(new)) for old, new in ends.itertuples(index=False)]
    references = built.tables.documents.set_index("document_id")["reference"]
    own = [pair for pair in pairs if references[pair[0]] and references[pair[0]] == references[pair[1]]]
    return (own or pairs)[-1] if pairs else None


def _parse(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.files.output_folder import MANIFEST_NAME, refuse_edited, write_folder
    from curriculum.project import parse
    from curriculum.tables.csv_files import frame_to_csv, tables_to_files
    from curriculum.tables.schemas import TABLES

    if options.out:
        refuse_edited(options.out, [f"{name}.csv" for name in TABLES])
    tables, parsed = parse(_expanded(options.files), options.raw)
    screen = Screen(options.typed)
    if options.out:
        files = tables_to_files(tables)
        write_folder(options.out, files)
    else:
        give(frame_to_csv(tables.statements), None)
    screen.recognised(parsed)
    screen.documents(tables)
    screen.findings(tables, _FINDINGS_SHOWN)
    if options.out:
        screen.say(f"{len(files) + 1} files written to {options.out.as_posix()}, with {MANIFEST_NAME}")
        statements = (options.out / "statements.csv").as_posix()
        screen.next(f"open {statements}. To see all that is odd in the text, run", ("check", *options.files))
    else:
        screen.next("for all tables, in a folder, run", ("parse", *options.files, "-o", "tables"))
    return 0


def _check(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.project import check
    from curriculum.tables.csv_files import frame_to_export

    screen = Screen(options.typed)
    if options.rules:
        screen.rules()
        screen.next("to see what they find, run", ("check",))
        return 0
    refuse_other_ending(options.out, "findings", ".csv")
    refuse_overwriting(options, options.documents)
    tables = check(_expanded(options.documents), options.raw)
    if options.out or not sys.stdout.isatty():
        give(frame_to_export(tables.findings), options.out)
    screen.findings(tables)
    screen.next(
        "look at these lines in the text: they are findings in the texts, and no fault of the run. For what "
        "each rule looks for, run",
        ("check", "--rules"),
    )
    return int((tables.findings["severity"] == "error").any())


def _expanded(names: Sequence[str]) -> tuple[str, ...]:
    """Expand patterns such as *.txt, which the shells of Windows leave to the program."""
    files: list[str] = []
    for name in names:
        found = sorted(glob(name)) if not Path(name).exists() else []  # noqa: PTH207 (patterns may be absolute)
        files += found or [name]
    return tuple(files)


def _link(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.crosswalk.crosswalk_files import crosswalk_to_bytes
    from curriculum.documents.register import THESAURUS_NAME
    from curriculum.linking.csls_scores import default_scorers
    from curriculum.project import link

    refuse_overwriting(options, (options.old, options.new))
    screen = Screen(options.typed)
    with screen.patience("link", len(default_scorers()) + 1) as progress:
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
    give(crosswalk_to_bytes(crosswalk, options.out or Path("crosswalk.csv")), options.out)
    screen.crosswalk(crosswalk)
    screen.linked(crosswalk, options.thesaurus or options.raw / THESAURUS_NAME)
    screen.stale(linked.held.stale)
    if options.out:
        screen.say(f"{len(crosswalk)} rows written to {options.out.as_posix()}", is_wrapped=False)
    _next_of_link(screen, options)
    return 0


def _next_of_link(screen: Screen, options: argparse.Namespace) -> None:
    """Show what to do with a crosswalk."""
    pair = (options.old, options.new)
    export = ("review", "export", *pair, "-o", name_to_free("review.xlsx"))
    if not options.out:
        screen.next("for a workbook to read, run", ("link", *pair, "-o", name_to_free("crosswalk.xlsx")))
    elif options.out.suffix.casefold() == ".xlsx":
        screen.next(f"open {options.out.name}. To decide what waits, run", export)
    else:
        screen.next("to decide what waits, run", export)


def _evaluate(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.evaluation.metrics import verdicts_to_scores
    from curriculum.evaluation.reference import REFERENCE
    from curriculum.evaluation.reference_run import evaluate
    from curriculum.tables.csv_files import frame_to_export

    refuse_other_ending(options.out, "scores", ".csv")
    reference = options.reference or options.raw / REFERENCE
    refuse_overwriting(options, (reference,))
    scores = verdicts_to_scores(evaluate(reference, options.raw, options.cross_validate))
    if options.out or not sys.stdout.isatty():
        give(frame_to_export(scores), options.out)
    screen = Screen(options.typed)
    screen.scores(scores, options.cross_validate)
    if options.cross_validate:
        screen.next("open docs/linking_measured.md, which tells what these figures mean.")
    else:
        again = ("evaluate", "--cross-validate")
        screen.next("for the same with links that the confidence was not fitted to, run", again)
    return 0


def _graph(options: argparse.Namespace) -> int:
    from curriculum.analysis.graph_files import graph_to_bytes
    from curriculum.analysis.standard_graph import graph_to_counts
    from curriculum.cli.screen import Screen
    from curriculum.project import graph as name_to_graph

    refuse_overwriting(options, (options.document,))
    graph = name_to_graph(options.document, options.raw)
    give(graph_to_bytes(graph, options.out or Path("graph.json")), options.out)
    screen = Screen(options.typed)
    screen.table(graph_to_counts(graph), f"The graph of {graph.name}")
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
        screen.next(f"open {options.out.name} in a program for graphs; docs/analysis.md tells what it holds.")
    else:
        screen.next("for a file, run", ("graph", options.document, "-o", "graph.graphml"))
    return 0


def _remap(options: argparse.Namespace) -> int:
    from curriculum.cli.screen import Screen
    from curriculum.cli.screen_remap import show_done, show_fit, show_remap
    from curriculum.files.file_sets import write_files
    from curriculum.remapping.options import Options
    from curriculum.remapping.remap_files import STEPS, job_to_files, path_to_out, remap_file

    refuse_same(options)
    if not options.dry_run:
        finish(options.tracker, options.decisions, options.crosswalk, options.out)
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
    screen = Screen(options.typed)
    with screen.patience("remap", STEPS) as progress:
        job = remap_file(
            options.tracker,
            options.old,
            options.new,
            options.raw,
            options=asked,
            option=options.option,
            decisions=options.decisions,
            with_decisions=not options.no_decisions,
            crosswalk=options.crosswalk,
            date=options.date,
            progress=progress,
        )
        out = options.out or path_to_out(options.tracker, job.remapped.pair.new)
        is_held_up = bool(job.remapped.verdict.against) and not options.force
        writes = not (options.dry_run or is_held_up or job.remapped.is_done)
        files = job_to_files(job, out, progress) if writes else {}
        refuse_inputs(files, (options.tracker, options.crosswalk))
        kept = write_files(files, options.tracker)
    if job.remapped.is_done:
        show_done(screen, job)
        return 0
    show_fit(screen, job, is_held_up)
    if is_held_up:
        return 1
    show_remap(screen, job, options.dry_run, tuple(files), kept)
    return int(job.remapped.n_waiting > 0)


def _where(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Take the conditions on rows apart: the values of each column that was named."""
    from curriculum.errors import NotFound

    held: dict[str, tuple[str, ...]] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or not name.strip():
            raise NotFound(
                "no condition on rows",
                where=f"--where {one}",
                expected="a heading and a value, such as --where “Standard version=1.0”",
                advice="Put both, with the sign = between them, into quotes.",
            )
        own = next((known for known in held if known.casefold() == name.strip().casefold()), name.strip())
        held[own] = (*held.get(own, ()), value.strip())
    return held


COMMANDS = {
    "build": _build,
    "parse": _parse,
    "check": _check,
    "link": _link,
    "evaluate": _evaluate,
    "graph": _graph,
    "remap": _remap,
    "review": review,
    "lineage": lineage,
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
        0 done; 1 `check` found an error in a document, or `remap` or `review apply` something that needs a
        person; 2 wrong usage or input, told on standard error; 130 stopped.
    """
    options = make_parser().parse_args(argv)
    options.typed = tuple(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal cannot show must not stop the run.
        if stream:
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return COMMANDS[options.command](options)
    except CurriculumError as fault:
        if options.debug:
            raise
        for line in text_to_started(str(fault)).split("\n"):
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
        where = text_to_escaped(str(fault.filename or "output"))
        print(f"curriculum: {where}: {fault.strerror}.", file=sys.stderr)
        return 2
