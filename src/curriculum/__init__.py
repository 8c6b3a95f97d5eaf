"""Read apprenticeship standards, link their versions, and remap the codes in trackers.

>>> import curriculum as cu
>>> project = cu.Project("data")
>>> old, new = project.read("nos-2017"), project.read("nos-2019")
>>> cu.link(old, new)
nos-2017 to nos-2019: 46 mappings
26 of 26 codes now name another statement (of these, 17 without a counterpart found). The new version is \
rewritten.
Old statements: 26 (0 need no look, 9 have a link to look at, no counterpart was found for 17).
Statements of the new version: 29 (no old counterpart was found for 19).
Linked with the thesaurus data/raw/thesaurus.csv; no decision was applied.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.crosswalk.stored_crosswalk import read_candidates, read_crosswalk
    from curriculum.errors import CurriculumError
    from curriculum.examples.example_folder import copy_example
    from curriculum.files.limits import raised_limits
    from curriculum.library.crosswalk_object import Crosswalk, compose, invert, link
    from curriculum.library.evaluation_object import Evaluation, evaluate
    from curriculum.library.lineage_object import Lineage
    from curriculum.library.remap_function import coverage, plot_coverage, remap
    from curriculum.library.standard import Standard, read
    from curriculum.library.versions_function import versions
    from curriculum.model.code_lists import find_codes
    from curriculum.project import Project, example
    from curriculum.remapping.options import Options
    from curriculum.tables.carrier import Tables
    from curriculum.tables.csv_files import read_tables
    from curriculum.viz.notebook_tables import show

__version__ = "0.1.0"

# Each name is fetched from its module when it is first asked for, so that importing the package
# costs nothing and a command loads only what it needs.
_HOMES = {
    "Crosswalk": "library.crosswalk_object",
    "CurriculumError": "errors",
    "Evaluation": "library.evaluation_object",
    "Lineage": "library.lineage_object",
    "Options": "remapping.options",
    "Project": "project",
    "Standard": "library.standard",
    "Tables": "tables.carrier",
    "compose": "library.crosswalk_object",
    "copy_example": "examples.example_folder",
    "coverage": "library.remap_function",
    "evaluate": "library.evaluation_object",
    "example": "project",
    "find_codes": "model.code_lists",
    "invert": "library.crosswalk_object",
    "link": "library.crosswalk_object",
    "plot_coverage": "library.remap_function",
    "raised_limits": "files.limits",
    "read": "library.standard",
    "read_candidates": "crosswalk.stored_crosswalk",
    "read_crosswalk": "crosswalk.stored_crosswalk",
    "read_tables": "tables.csv_files",
    "remap": "library.remap_function",
    "show": "viz.notebook_tables",
    "versions": "library.versions_function",
}

__all__ = [
    "Crosswalk",
    "CurriculumError",
    "Evaluation",
    "Lineage",
    "Options",
    "Project",
    "Standard",
    "Tables",
    "compose",
    "copy_example",
    "coverage",
    "evaluate",
    "example",
    "find_codes",
    "invert",
    "link",
    "plot_coverage",
    "raised_limits",
    "read",
    "read_candidates",
    "read_crosswalk",
    "read_tables",
    "remap",
    "show",
    "versions",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from the module that it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module 'curriculum' has no attribute {name!r}")
    return getattr(import_module(f"curriculum.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
