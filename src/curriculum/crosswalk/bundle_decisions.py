"""Put other decisions in the place of those of a bundle, after a check against its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.headline_rows import Headline, rows_to_headline
from curriculum.decisions.applied_decisions import rows_with_decisions
from curriculum.decisions.decision import Decision, decisions_of_pair
from curriculum.decisions.validation import contradictions, decisions_to_id_faults, decisions_to_stale
from curriculum.errors import CurriculumError, raise_faults
from curriculum.linking.comparison import ComparedStatement
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import rows_of_document, rows_to_texts

__all__ = ["bundle_with_decisions"]


def bundle_with_decisions(
    bundle: Bundle, decisions: tuple[Decision, ...], faults: Sequence[CurriculumError] = ()
) -> Bundle:
    """Return a bundle with these decisions alone.

    Parameters
    ----------
    bundle
        The bundle; it is not changed. The headline is counted anew.
    decisions
        The decisions; those on other documents have no effect.
    faults
        Faults that were found before; they are reported with the new ones.

    Raises
    ------
    InvalidInput, Faults
        If decisions contradict each other, or name a statement that a version lacks.
    """
    texts = rows_to_texts(bundle.tables)
    ids: dict[str, set[str]] = {bundle.old: set(), bundle.new: set()}
    for name in texts:
        ids.setdefault(name.partition(":")[0], set()).add(name)
    duties = {row[v.DUTY_ID] for row in bundle.tables.duties}
    found = [*faults, *contradictions(decisions), *decisions_to_id_faults(decisions, ids, duties, False)]
    raise_faults(found)
    stale = decisions_to_stale(decisions, texts)
    headline = _to_headline(bundle, decisions)
    return replace(bundle, decisions=decisions, stale=stale, headline=headline)


def _to_headline(bundle: Bundle, decisions: Sequence[Decision]) -> str:
    """Return the headline with these decisions; what calls for caution stays behind it."""
    before = str(_count(bundle, bundle.decisions))
    if not bundle.headline.startswith(before):
        return bundle.headline
    return f"{_count(bundle, decisions)}{bundle.headline.removeprefix(before)}"


def _count(bundle: Bundle, decisions: Sequence[Decision]) -> Headline:
    """Return the headline of the links of statements, as decided."""
    rows = [row for row in bundle.links if v.DUTY not in {row[v.SUBJECT_CATEGORY], row[v.OBJECT_CATEGORY]}]
    statements = {
        row[v.STATEMENT_ID]: ComparedStatement(row[v.STATEMENT_ID], row[v.KIND], row[v.TEXT])
        for document_id in (bundle.old, bundle.new)
        for row in rows_of_document(bundle.tables.statements, document_id)
    }
    of_pair = decisions_of_pair(decisions, bundle.old, bundle.new)
    return rows_to_headline(rows_with_decisions(rows, of_pair, statements, bundle.old) if rows else rows)
