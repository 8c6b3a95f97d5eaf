"""Put together what a remap of two versions needs: their tables, links and decisions, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import pandas as pd

from curriculum.analysis.overview import tables_to_pair_notes
from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.linked_documents import crosswalk_with_decisions, link_with_candidates
from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions
from curriculum.model.progress import Progress, silent
from curriculum.parsing.document_reading import names_to_versions
from curriculum.tables.carrier import Tables, check_documents
from curriculum.tables.frame_rows import frame_to_rows, tables_to_rows
from curriculum.tables.plain_rows import TableRows, row_to_document

__all__ = ["folder_to_bundle", "links_to_headline", "tables_to_bundle"]

if TYPE_CHECKING:
    from curriculum.linking.csls_scores import Scorer

# The tables of all documents that a tracker is compared with.
_COMPARED: Final = ("documents", "statements", "version_log")


class LinkingFolder(Protocol):
    """A raw folder, with what its pairs are linked by; a `Project` is one."""

    @property
    def raw(self) -> Path:
        """Its path."""

    @property
    def decisions(self) -> Path | None:
        """The folder of decisions that was named, if there is one."""

    def scorers(self) -> Sequence[Scorer]:
        """Return the scorers of the linker."""

    def decisions_for(self, tables: Tables, is_whole: bool = False) -> ValidDecisions:
        """Return the decisions on tables."""


def tables_to_bundle(
    tables: Tables,
    pair: tuple[str, str],
    links: pd.DataFrame | None = None,
    candidates: pd.DataFrame | None = None,
    decisions: ValidDecisions = NO_DECISIONS,
) -> Bundle:
    """Return what a remap of two versions needs.

    Parameters
    ----------
    tables
        The tables of both versions, and of others with which a tracker is compared.
    pair
        The ids of the old and the new version.
    links, candidates
        Their crosswalk, as proposed, and the candidates; None if the user brings a crosswalk.
    decisions
        The kept decisions.
    """
    check_documents(tables, *pair)
    return Bundle(
        *pair,
        _without_parts_of_others(tables_to_rows(tables), pair),
        () if links is None else frame_to_rows(links),
        () if candidates is None else frame_to_rows(candidates),
        decisions.decisions,
        decisions.stale,
        "" if links is None else links_to_headline(tables, pair, links, decisions),
    )


def _without_parts_of_others(rows: TableRows, pair: tuple[str, str]) -> TableRows:
    """Return rows in which other documents have only what a tracker is compared with."""
    parts = {
        field.name: tuple(row for row in getattr(rows, field.name) if row_to_document(row) in pair)
        for field in fields(TableRows)
        if field.name not in _COMPARED
    }
    return replace(rows, **parts)


def links_to_headline(
    tables: Tables, pair: tuple[str, str], links: pd.DataFrame, decisions: ValidDecisions
) -> str:
    """Return the headline of the links of two versions, as proposed or decided.

    Further sentences say so if the two documents are of two standards, if codes are not as printed, or if a
    document has errors.

    Parameters
    ----------
    tables, pair
        The tables of both versions, and their ids.
    links
        Their crosswalk, as proposed.
    decisions
        The kept decisions.
    """
    check_documents(tables, *pair)
    is_decided = bool(decisions.decisions) and len(links) > 0
    decided = crosswalk_with_decisions(tables, links, decisions.decisions) if is_decided else links
    notes = tables_to_pair_notes(tables, *pair) if len(decided) else []
    return " ".join([str(crosswalk_to_headline(decided)), *notes])


def folder_to_bundle(
    folder: LinkingFolder,
    names: tuple[str | Path, str | Path],
    *,
    kinds: tuple[str, str] = ("", ""),
    with_links: bool = True,
    progress: Progress = silent,
) -> Bundle:
    """Read two versions, link them, and return what a remap of them needs.

    Parameters
    ----------
    folder
        The raw folder. A tracker is compared with all documents of its register.
    names
        The old and the new version: a registered id, or a path.
    kinds
        The names of the kinds that the two files are read as; an empty text for one that is found from its
        content.
    with_links
        Whether the versions are linked; they need not be if the user brings a crosswalk.
    progress
        Is called with the name of each step before it is done.
    """
    progress("read the versions")
    tables, (old, new) = names_to_versions(names, folder.raw, kinds=kinds, with_registered=True)
    progress("link")
    links = candidates = None
    if with_links:
        links, candidates = link_with_candidates(tables, (old, new), folder.scorers(), ())
    uses_decisions = folder.decisions is not None or with_links
    decisions = folder.decisions_for(tables, is_whole=True) if uses_decisions else NO_DECISIONS
    return tables_to_bundle(tables, (old, new), links, candidates, decisions)
