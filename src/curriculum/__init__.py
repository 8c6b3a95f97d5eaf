"""Read apprenticeship standards, link their versions, and remap the codes in trackers.

>>> import curriculum as cu
>>> project = cu.Project("data")
>>> old, new = project.read("nos-2017"), project.read("nos-2019")
>>> cu.link(old, new)
nos-2017 to nos-2019: 47 mappings
Old statements: 26 (0 need no look, 8 have a link to look at, 18 are withdrawn).
New statements: 29 (21 have no old counterpart).
Linked with the thesaurus data/raw/thesaurus.csv; no decision was applied.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.analysis.graph_files import bytes_to_graph, graph_to_bytes
    from curriculum.analysis.overview import crosswalk_to_overview, tables_to_overview
    from curriculum.analysis.standard_graph import graph_to_counts, tables_to_graph
    from curriculum.crosswalk.linked_documents import link_documents
    from curriculum.crosswalk.stored_crosswalk import read_crosswalk
    from curriculum.errors import CurriculumError
    from curriculum.library.crosswalk_object import Crosswalk, compose, evaluate, invert, link
    from curriculum.library.remap_function import remap
    from curriculum.library.standard import Standard, read
    from curriculum.model.code_lists import find_codes
    from curriculum.project import Project, example
    from curriculum.remapping.evidence_coverage import coverage
    from curriculum.remapping.options import Options
    from curriculum.tables.carrier import Tables, select_document
    from curriculum.tables.csv_files import read_tables

__version__ = "0.1.0"

# Each name is fetched from its module when it is first asked for, so that importing the package
# costs nothing and a command loads only what it needs.
_HOMES = {
    "CurriculumError": "errors",
    "Crosswalk": "library.crosswalk_object",
    "Options": "remapping.options",
    "Tables": "tables.carrier",
    "Project": "project",
    "Standard": "library.standard",
    "compose": "library.crosswalk_object",
    "evaluate": "library.crosswalk_object",
    "example": "project",
    "invert": "library.crosswalk_object",
    "link": "library.crosswalk_object",
    "read": "library.standard",
    "coverage": "remapping.evidence_coverage",
    "find_codes": "model.code_lists",
    "remap": "library.remap_function",
    "bytes_to_graph": "analysis.graph_files",
    "crosswalk_to_overview": "analysis.overview",
    "graph_to_bytes": "analysis.graph_files",
    "graph_to_counts": "analysis.standard_graph",
    "link_documents": "crosswalk.linked_documents",
    "read_crosswalk": "crosswalk.stored_crosswalk",
    "read_tables": "tables.csv_files",
    "select_document": "tables.carrier",
    "tables_to_graph": "analysis.standard_graph",
    "tables_to_overview": "analysis.overview",
}

__all__ = [
    "Crosswalk",
    "CurriculumError",
    "Options",
    "Project",
    "Standard",
    "Tables",
    "bytes_to_graph",
    "compose",
    "coverage",
    "crosswalk_to_overview",
    "evaluate",
    "example",
    "find_codes",
    "graph_to_bytes",
    "graph_to_counts",
    "invert",
    "link",
    "link_documents",
    "read",
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
