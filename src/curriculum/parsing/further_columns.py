"""The columns of a table that are beside statements and duties: their cells are kept as details."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.text import names_to_phrase, text_to_shortened
from curriculum.parsing.rows import Detail, Finding

__all__ = ["FURTHER_COLUMNS", "further_findings"]

# The section of their details.
FURTHER_COLUMNS = "further columns"


def further_findings(details: Sequence[Detail]) -> Iterator[Finding]:
    """Yield a finding that names the further columns of a table; none if it has no cells in them.

    Parameters
    ----------
    details
        The cells, named by their statement or duty and their column: “K1: Unit 2”.

    Examples
    --------
    >>> print(*(row.message for row in further_findings([Detail("", "K1: Unit 2", "x", 4, 4)])))
    1 cell of the column “Unit 2” is kept as a detail, and is in no wording
    """
    if not details:
        return
    names = dict.fromkeys(detail.name.partition(": ")[2] for detail in details)
    shown = names_to_phrase(f"“{text_to_shortened(name, 40)}”" for name in names)
    columns = f"the column{'s' if len(names) > 1 else ''} {shown}"
    message = (
        f"1 cell of {columns} is kept as a detail, and is in no wording"
        if len(details) == 1
        else f"{len(details)} cells of {columns} are kept as details, and are in no wording"
    )
    yield Finding("further-column", min(detail.first_line for detail in details), "note", message)
