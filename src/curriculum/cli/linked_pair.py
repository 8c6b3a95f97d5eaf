"""What the commands that link two documents have in common: what they ask for, and what they show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from curriculum.cli.arguments import to_kinds
from curriculum.cli.results import refuse_overwriting, refuse_two_methods
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen
    from curriculum.library.crosswalk_rows import CrosswalkRows

__all__ = ["count_steps", "show_linked", "to_link_arguments"]


def to_link_arguments(options: argparse.Namespace) -> dict[str, Any]:
    """Return the arguments of `Project.link`; refuse options that exclude each other."""
    refuse_overwriting(options, (options.old, options.new))
    refuse_two_methods(options)
    old_kind, new_kind = to_kinds(options)
    return {
        "old": options.old,
        "new": options.new,
        "old_id": options.old_id,
        "new_id": options.new_id,
        "old_kind": old_kind,
        "new_kind": new_kind,
        "method": options.method,
    }


def count_steps(options: argparse.Namespace) -> int:
    """Return the number of steps of linking, for the progress."""
    from curriculum.linking.csls_scores import default_scorers

    return len(default_scorers()) + 1 + bool(options.encoder)


def show_linked(screen: Screen, linked: CrosswalkRows, options: argparse.Namespace) -> None:
    """Show the headline, the links by relation, and what they are based on."""
    from curriculum.analysis.overview import crosswalk_to_summary, tables_to_pair_notes
    from curriculum.documents.raw_names import THESAURUS_NAME

    screen.say(str(linked.headline()))
    screen.crosswalk(linked.table)
    notes = tables_to_pair_notes(linked.tables, *linked.pair) if linked.tables else []
    for sentence in (*notes, *crosswalk_to_summary(linked.table)):
        screen.say(sentence)
    if options.method == v.DEFAULT_METHOD:
        screen.thesaurus(options.thesaurus or options.raw / THESAURUS_NAME)
        screen.encoder(options.encoder)
        screen.vectors()
