"""The command `graph`: the graph of a document."""

from __future__ import annotations

import argparse
from pathlib import Path

from curriculum.cli.arguments import DOCUMENT, KIND, Commands, add_kind, add_out, add_raw
from curriculum.cli.results import give, refuse_overwriting

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    graph = commands.add_parser(
        "graph",
        help="how duties, KSBs, themes, methods and options relate",
        example=("st0792-1.2", "-o", "graph.graphml"),
    )
    graph.add_argument("document", metavar="DOCUMENT", help=DOCUMENT)
    add_out(graph, "FILE", "the graph to write, .graphml or .json (default: JSON, to standard output)")
    add_kind(graph, "--kind", KIND)
    add_raw(graph)
    graph.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.analysis.graph_files import graph_to_bytes
    from curriculum.analysis.standard_graph import graph_to_counts
    from curriculum.cli.screen import Screen

    refuse_overwriting(options, (options.document,))
    graph = options.project.graph(options.document, kind=options.kind)
    give(graph_to_bytes(graph, options.out or Path("graph.json")), options.out)
    screen = Screen(options.typed)
    screen.table(graph_to_counts(graph), f"The graph of {graph.name}")
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
        screen.next(f"open {options.out.name} in a program for graphs; docs/analysis.md describes it.")
    else:
        screen.next("for a file, run", ("graph", options.document, "-o", "graph.graphml"))
    return 0
