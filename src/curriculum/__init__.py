"""Read the texts of apprenticeship standards into tables, and link what they say across versions.

>>> from pathlib import Path
>>> from curriculum import parse_document, parsed_to_tables, path_to_document
>>> text = path_to_document(Path("data/raw/st0792_v1-2_junior_production_coordinator.txt"))
>>> tables = parsed_to_tables([parse_document(text)])
>>> tables.statements.loc[6, "text"]
'How to research and access resources such as suppliers, contributors and crew members.'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.crosswalk import link_documents, read_crosswalk
    from curriculum.errors import CurriculumError
    from curriculum.graph import bytes_to_graph, graph_to_bytes, graph_to_counts, tables_to_graph
    from curriculum.notation import find_codes
    from curriculum.parsing import ParsedDocument, parse_document
    from curriculum.pipeline import build
    from curriculum.remapping.coverage import coverage
    from curriculum.remapping.frames import remap
    from curriculum.report import crosswalk_to_overview, tables_to_overview
    from curriculum.sources import Document, path_to_document
    from curriculum.tables import Tables, parsed_to_tables, read_tables, select_document

__version__ = "0.1.0"

# Each name is fetched from its module when it is first asked for, so that importing the package
# costs nothing and a command loads only what it needs.
_HOMES = {
    "CurriculumError": "errors",
    "Document": "sources",
    "ParsedDocument": "parsing",
    "Tables": "tables",
    "build": "pipeline",
    "coverage": "remapping.coverage",
    "find_codes": "notation",
    "remap": "remapping.frames",
    "bytes_to_graph": "graph",
    "crosswalk_to_overview": "report",
    "graph_to_bytes": "graph",
    "graph_to_counts": "graph",
    "link_documents": "crosswalk",
    "parse_document": "parsing",
    "parsed_to_tables": "tables",
    "path_to_document": "sources",
    "read_crosswalk": "crosswalk",
    "read_tables": "tables",
    "select_document": "tables",
    "tables_to_graph": "graph",
    "tables_to_overview": "report",
}

__all__ = [
    "CurriculumError",
    "Document",
    "ParsedDocument",
    "Tables",
    "build",
    "bytes_to_graph",
    "coverage",
    "crosswalk_to_overview",
    "find_codes",
    "graph_to_bytes",
    "graph_to_counts",
    "link_documents",
    "parse_document",
    "parsed_to_tables",
    "path_to_document",
    "read_crosswalk",
    "read_tables",
    "remap",
    "select_document",
    "tables_to_graph",
    "tables_to_overview",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'curriculum' has no attribute {name!r}")
    return getattr(import_module(f"curriculum.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
