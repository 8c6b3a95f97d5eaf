"""Write crosswalks as SSSOM files (Simple Standard for Sharing Ontological Mappings): TSV with metadata.

Source: SSSOM 1.1, https://mapping-commons.github.io/sssom/spec-formats-tsv/. Only slots of the standard
are written; the other columns of a crosswalk (runner-up, CSLS score, words) are in the other formats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import pandas as pd

from curriculum.errors import UnsupportedFormat, raise_faults
from curriculum.model import vocabulary as v
from curriculum.tables.csv_files import frame_to_csv

__all__ = ["SSSOM_SLOTS", "crosswalk_to_sssom"]

# The column of a crosswalk for each slot, in the order of the standard.
SSSOM_SLOTS: Final = {
    "subject_id": v.SUBJECT_ID,
    "subject_label": v.SUBJECT_LABEL,
    "subject_category": v.SUBJECT_CATEGORY,
    "predicate_id": v.PREDICATE_ID,
    "object_id": v.OBJECT_ID,
    "object_label": v.OBJECT_LABEL,
    "object_category": v.OBJECT_CATEGORY,
    "mapping_justification": v.MAPPING_JUSTIFICATION,
    "reviewer_label": v.REVIEWER_LABEL,
    "review_date": v.REVIEW_DATE,
    "mapping_cardinality": v.MAPPING_CARDINALITY,
    "confidence": v.CONFIDENCE,
    "similarity_score": v.WORDING_SCORE,
    "comment": v.COMMENT,
}
# Statements have no web address; a URN identifies them.
_NAMESPACE = "urn:curriculum:"
_UNSPECIFIED = "https://w3id.org/sssom/license/unspecified"
_DOCUMENT = "document"
_PREFIXES = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
}
_RESERVED = (*_PREFIXES, _DOCUMENT)


def crosswalk_to_sssom(crosswalk: pd.DataFrame) -> bytes:
    """Return the crosswalk of one pair of documents as an SSSOM file.

    Parameters
    ----------
    crosswalk
        Rows of one pair.

    Returns
    -------
    bytes
        UTF-8: the mapping set's metadata as comments (YAML), then the mappings as TSV. The comment of a
        row contains its status, its change, and its comment. Empty slots are left out.

    Raises
    ------
    UnsupportedFormat
        If the id of a document cannot be a prefix: the standard reserves it, or it does not begin with a
        letter.
    """
    status = crosswalk[v.STATUS] + "; " + crosswalk[v.CHANGE]
    comment = status.where(crosswalk[v.COMMENT] == "", status + ": " + crosswalk[v.COMMENT])
    rows = crosswalk.assign(**{v.COMMENT: comment})[list(SSSOM_SLOTS.values())]
    named = rows.set_axis(list(SSSOM_SLOTS), axis="columns")
    is_filled = (named.notna() & (named != "")).any()
    header = "".join(f"#{line}\n" for line in _metadata(crosswalk))
    return header.encode() + frame_to_csv(named.loc[:, is_filled], "\t")


def _check_prefixes(*ids: str) -> None:
    """Raise an error for ids that cannot be prefixes of an SSSOM file."""
    raise_faults(
        [
            UnsupportedFormat(
                "cannot be a prefix of an SSSOM file",
                where=document_id,
                expected=f"an id that begins with a letter and is none of {', '.join(_RESERVED)}",
                found=document_id,
                advice="Give the document another id: in SOURCES.csv, or with --old-id or --new-id.",
            )
            for document_id in ids
            if document_id in _RESERVED or not document_id[:1].isalpha()
        ]
    )


def _metadata(crosswalk: pd.DataFrame) -> Iterator[str]:
    """Yield the lines of the metadata; JSON strings are valid YAML."""
    first = crosswalk.iloc[0]
    old, new = first[v.SUBJECT_SOURCE], first[v.OBJECT_SOURCE]
    statuses = "; ".join(dict.fromkeys(crosswalk[v.STATUS]))
    _check_prefixes(old, new)
    yield "curie_map:"
    prefixes = {**_PREFIXES, _DOCUMENT: f"{_NAMESPACE}{_DOCUMENT}:"}
    prefixes |= {document_id: f"{_NAMESPACE}{document_id}:" for document_id in (old, new)}
    for prefix, expansion in sorted(prefixes.items()):
        yield f"  {json.dumps(prefix)}: {json.dumps(expansion)}"
    slots = {
        "sssom_version": "1.1",
        "mapping_set_id": f"{_NAMESPACE}crosswalk:{old}:{new}",
        "mapping_set_title": f"What became of each statement of {old} in {new}",
        "mapping_set_description": f"Status: {statuses}.",
        "license": _UNSPECIFIED,
        "subject_source": f"{_DOCUMENT}:{old}",
        "object_source": f"{_DOCUMENT}:{new}",
        "mapping_tool": "curriculum",
        "similarity_measure": "token sort ratio",
        "comment": first[v.ATTRIBUTION],
    }
    for slot, value in slots.items():
        if value:
            yield f"{slot}: {json.dumps(value, ensure_ascii=False)}"
