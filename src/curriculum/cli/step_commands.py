"""The commands that follow from a step from version to version: report, remap, review."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from curriculum.analysis.version_tasks import DECIDE, REMAP

if TYPE_CHECKING:
    from pathlib import Path

    from curriculum.analysis.version_chains import VersionFacts
    from curriculum.analysis.version_steps import VersionStep

__all__ = ["StepCommands", "last_to_remap", "steps_to_commands"]

# What each command gives, and its words, by the ids of both versions of a step.
StepCommands: TypeAlias = "dict[tuple[str, str], tuple[tuple[str, tuple[str, ...]], ...]]"
# A name that stands for the file of a provider.
_TRACKER: Final = "my tracker.xlsx"


def steps_to_commands(steps: Sequence[VersionStep], options: argparse.Namespace) -> StepCommands:
    """Return the commands of each step; none for a step without links.

    Parameters
    ----------
    steps
        The steps.
    options
        The arguments of the command `versions`.
    """
    facts = {row.facts.document_id: row.facts for step in steps for row in (step.old, step.new)}
    names = {document_id: _to_named(row, options.project.raw) for document_id, row in facts.items()}
    return {step.pair: tuple(_to_commands(step, names)) for step in steps}


def _to_commands(step: VersionStep, named: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if step.links is None:
        return
    old, new = (named[document_id] for document_id in step.pair)
    names = ".".join(step.pair)
    yield "the worklist and every link of this step", ("report", old, new, "-o", f"report.{names}.html")
    if _asks_for(step, REMAP):
        yield (
            "your tracker with the new codes",
            ("remap", _TRACKER, "--from", old, "--to", new, "--dry-run"),
        )
    if _asks_for(step, DECIDE):
        yield (
            "a workbook to decide what waits",
            ("review", "export", old, new, "-o", f"review.{names}.xlsx"),
        )


def last_to_remap(steps: tuple[VersionStep, ...]) -> VersionStep | None:
    """Return the newest step whose codes changed; else the newest with links; None without any."""
    linked = [step for step in reversed(steps) if step.links is not None]
    return next((step for step in linked if _asks_for(step, REMAP)), linked[0] if linked else None)


def _to_named(facts: VersionFacts, raw: Path) -> str:
    """Return the name of a version as the next command takes it: its registered id, or its file."""
    from curriculum.documents.register import registered_document

    registered = registered_document(raw, facts.document_id)
    is_registered = registered is not None and registered.source == facts.source
    return facts.document_id if is_registered else facts.source


def _asks_for(step: VersionStep, action: str) -> bool:
    return any(task.action == action for task in step.tasks)
