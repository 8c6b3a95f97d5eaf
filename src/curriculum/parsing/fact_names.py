"""Recognise the names of the facts of a standard: “Maximum funding”."""

from __future__ import annotations

from curriculum.model.text import text_to_title_key

__all__ = ["is_fact_name"]

# Facts of a standard whose values can be on the next line.
_NAMES = frozenset(
    (
        *("reference", "version", "level", "status", "route", "pathway", "cluster", "integration"),
        *("date updated", "last updated", "approved for delivery", "lars code", "soc code", "soc 2020 code"),
        *("maximum funding", "typical duration", "typical duration to gateway", "typical epa period"),
        *("eqa provider", "regulated occupation", "regulated body"),
    )
)


def is_fact_name(text: str) -> bool:
    """Return whether a text is the name of a fact of a standard, whose value can be on the next line.

    Examples
    --------
    >>> is_fact_name("Maximum funding"), is_fact_name("Occupation summary")
    (True, False)
    """
    return text_to_title_key(text) in _NAMES
