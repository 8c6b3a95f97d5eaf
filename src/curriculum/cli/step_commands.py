"""The commands that follow from a step from version to version: report, remap, review."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from curriculum.analysis.version_tasks import DECIDE, REMAP

if TYPE_CHECKING:
    from curriculum.analysis.version_chains import PlacedVersion
    from curriculum.analysis.version_steps import VersionStep

__all__ = ["last_to_remap", "step_to_commands"]

# A name that stands for the file of a provider.
TRACKER: Final = "my tracker.xlsx"


def step_to_commands(step: VersionStep, options: argparse.Namespace) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what each command gives, and its words; nothing for a step without links.

    Parameters
    ----------
    step
        The step.
    options
        The arguments of the command `versions`.
    """
    if step.links is None:
        return
    old, new = (_to_named(version, options) for version in (step.old, step.new))
    names = ".".join(step.pair)
    yield "the worklist and every link of this step", ("report", old, new, "-o", f"report.{names}.html")
    if _asks_for(step, REMAP):
        yield (
            "your tracker with the new codes",
            ("remap", TRACKER, "--from", old, "--to", new, "--dry-run"),
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


def _to_named(version: PlacedVersion, options: argparse.Namespace) -> str:
    """Return the name of a version as the next command takes it: its registered id, or its file."""
    from curriculum.documents.register import registered_document

    registered = registered_document(options.project.raw, version.facts.document_id)
    is_registered = registered is not None and registered.source == version.facts.source
    return version.facts.document_id if is_registered else version.facts.source


def _asks_for(step: VersionStep, action: str) -> bool:
    return any(task.action == action for task in step.tasks)
