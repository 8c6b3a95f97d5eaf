"""Put other decisions in the place of those of a bundle, after a check against its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from curriculum.crosswalk.bundle import Bundle
from curriculum.decisions.decision import Decision
from curriculum.decisions.validation import contradictions, decisions_to_id_faults, decisions_to_stale
from curriculum.errors import CurriculumError, raise_faults
from curriculum.model import vocabulary as v

__all__ = ["bundle_with_decisions"]


def bundle_with_decisions(
    bundle: Bundle, decisions: tuple[Decision, ...], faults: Sequence[CurriculumError] = ()
) -> Bundle:
    """Return a bundle with these decisions alone.

    Parameters
    ----------
    bundle
        The bundle; it is not changed. Its headline stays.
    decisions
        The decisions; those on other documents have no effect.
    faults
        Faults that were found before; they are reported with the new ones.

    Raises
    ------
    InvalidInput, Faults
        If decisions contradict each other, or name a statement that a version lacks.
    """
    rows = (*bundle.tables.statements, *bundle.tables.duties)
    texts = {str(next(iter(row.values()))): row[v.TEXT] for row in rows}
    ids: dict[str, set[str]] = {bundle.old: set(), bundle.new: set()}
    for name in texts:
        ids.setdefault(name.partition(":")[0], set()).add(name)
    duties = {row[v.DUTY_ID] for row in bundle.tables.duties}
    found = [*faults, *contradictions(decisions), *decisions_to_id_faults(decisions, ids, duties, False)]
    raise_faults(found)
    return replace(bundle, decisions=decisions, stale=decisions_to_stale(decisions, texts))
