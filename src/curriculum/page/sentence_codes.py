"""Columns with codes inside sentences, which are remapped only if a person asks for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from curriculum.model.code_lists import INSIDE
from curriculum.remapping.detection import text_finder
from curriculum.remapping.layout import Layout, column_name
from curriculum.spreadsheets.tracker import column_to_letters

__all__ = ["layout_to_sentence_codes"]


def layout_to_sentence_codes(layout: Layout, known: Collection[str]) -> list[dict[str, Any]]:
    """Return the columns of a sheet with codes inside sentences, each with how many cells have one.

    Parameters
    ----------
    layout
        Where the codes of the sheet were found; these columns are left out.
    known
        The codes of the old version.
    """
    finder = text_finder(True, known)
    read = {column.column for column in layout.columns} | set(layout.matrix.headers if layout.matrix else ())
    counts = Counter(
        at
        for row, cells in layout.sheet.rows.items()
        if row > layout.header_row
        for at, cell in cells.items()
        if at not in read and any(found.form == INSIDE and found.code in known for found in finder(cell.text))
    )
    headers = layout.sheet.rows.get(layout.header_row, {})
    return [
        {
            "name": headers[at].text if at in headers else column_name(at),
            "letter": column_to_letters(at),
            "n_cells": counts[at],
        }
        for at in sorted(counts)
    ]
