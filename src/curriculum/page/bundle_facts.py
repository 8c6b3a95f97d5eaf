"""What a page shows of a crosswalk bundle: the two versions, the headline, and the new codes."""

from __future__ import annotations

from typing import Any

from curriculum.crosswalk.bundle import Bundle
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import Row, rows_of_document
from curriculum.tables.version_pair_rows import rows_to_version_pair

__all__ = ["bundle_to_codes", "bundle_to_facts", "document_row"]


def bundle_to_facts(name: str, bundle: Bundle) -> dict[str, Any]:
    """Return what the list of versions says of a bundle."""
    old, new = document_row(bundle, bundle.old), document_row(bundle, bundle.new)
    return {
        "name": name,
        "old": bundle.old,
        "new": bundle.new,
        "old_title": old[v.TITLE],
        "new_title": new[v.TITLE],
        "old_version": old[v.VERSION],
        "new_version": new[v.VERSION],
        "headline": bundle.headline,
        "licence": bundle.attribution,
        "n_statements_old": len(rows_of_document(bundle.tables.statements, bundle.old)),
        "n_statements_new": len(rows_of_document(bundle.tables.statements, bundle.new)),
    }


def document_row(bundle: Bundle, document_id: str) -> Row:
    """Return the row of a version."""
    return next(row for row in bundle.tables.documents if row[v.DOCUMENT_ID] == document_id)


def bundle_to_codes(bundle: Bundle) -> list[dict[str, str]]:
    """Return all codes of the new version with their wordings, in its order."""
    pair = rows_to_version_pair(bundle.tables, bundle.old, bundle.new)
    return [{"code": code, "wording": text} for code, text in pair.new_wordings.items()]
