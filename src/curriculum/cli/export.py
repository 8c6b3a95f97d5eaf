"""The command `export`: a document in a format that other programs for standards read."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from curriculum.cli.arguments import DOCUMENT, KIND, Commands, add_kind, add_out, add_raw
from curriculum.cli.results import give, refuse_overwriting
from curriculum.cli.typed_commands import name_to_free
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    from curriculum.library.standard import Standard

__all__ = ["add", "run"]


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    export = commands.add_parser(
        "export",
        help="a document as a package of CASE, for other programs for standards",
        example=("st0792-1.2", "-o", f"standard{case.CASE_ENDING}"),
    )
    export.add_argument("document", metavar="DOCUMENT", help=DOCUMENT)
    add_out(export, "FILE", f"the package to write, {case.CASE_ENDING} (default: to standard output)")
    add_kind(export, "--kind", KIND)
    add_raw(export)
    export.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.library.case_file import check_case_name, parsed_to_case

    if options.out:
        check_case_name(options.out)
    refuse_overwriting(options, (options.document,))
    standard = options.project.read(options.document, kind=options.kind)
    data = parsed_to_case(standard.parsed, standard.tables)
    give(data, options.out)
    screen = Screen(options.typed)
    screen.say(_to_summary(standard, json.loads(data)))
    if options.out:
        screen.say(f"Written to {options.out.as_posix()}", is_wrapped=False)
        screen.next("to see what is read of it again, run", ("parse", options.out.as_posix()))
    else:
        kind = ("--kind", options.kind) if options.kind else ()
        name = name_to_free(f"standard{case.CASE_ENDING}")
        screen.next("for a file, run", ("export", options.document, *kind, "-o", name))
    return 0


def _to_summary(standard: Standard, package: dict[str, Any]) -> str:
    """Return what was written, and what of the findings a reader of the file will not see."""
    items, associations = (len(package.get(name, ())) for name in (case.ITEMS, case.ASSOCIATIONS))
    errors = int((standard.findings[v.SEVERITY] == "error").sum())
    some = (
        "1 finding of the document is an error"
        if errors == 1
        else f"{errors:,} findings of the document are errors"
    )
    doubts = f" {some}: see them with check." if errors else ""
    return f"{standard.document_id}: {items:,} items and {associations:,} associations of CASE.{doubts}"
