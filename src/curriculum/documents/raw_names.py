"""The names of the files that a raw folder has beside its documents."""

from __future__ import annotations

__all__ = ["CROSSWALKS_NAME", "SOURCES_NAME", "THESAURUS_NAME"]

SOURCES_NAME = "SOURCES.csv"
CROSSWALKS_NAME = "CROSSWALKS.csv"
THESAURUS_NAME = "thesaurus.csv"
