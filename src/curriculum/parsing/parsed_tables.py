"""Make tables of parsed documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import pairwise

from curriculum.errors import InvalidInput, raise_faults
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.table_rows import parsed_to_rows
from curriculum.tables.carrier import Tables, check_keys
from curriculum.tables.typed_frames import rows_to_frame

__all__ = ["parsed_to_tables"]


def parsed_to_tables(parsed: Iterable[ParsedDocument]) -> Tables:
    """Return the tables of parsed documents, in the order of their ids, with every key checked.

    ``findings`` holds the findings of the documents: those of parsing, or those of every rule
    (`curriculum.checks.all_findings.parsed_to_checked`).

    Raises
    ------
    InvalidInput
        If two documents have one id.
    InvalidTable
        If a row does not fit, or a key is in no table.
    """
    ordered = sorted(parsed, key=lambda result: result.document.document_id)
    _refuse_duplicates(ordered)
    rows = [parsed_to_rows(result) for result in ordered]
    frames = {
        field.name: rows_to_frame(field.name, [row for tables in rows for row in tables[field.name]])
        for field in fields(Tables)
    }
    return check_keys(Tables(**frames, read_from=None))


def _refuse_duplicates(ordered: Sequence[ParsedDocument]) -> None:
    raise_faults(
        [
            InvalidInput(
                f"two documents have the id {first.document.document_id}",
                where=f"{first.document.source} and {second.document.source}",
                advice="Rename one of the files: the id of a file is made of its name.",
            )
            for first, second in pairwise(ordered)
            if first.document.document_id == second.document.document_id
        ]
    )
