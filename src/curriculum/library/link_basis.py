"""Say what links are based on: the scorers of a method, and a sentence that names them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

from curriculum.decisions.valid_decisions import ValidDecisions
from curriculum.errors import InvalidInput
from curriculum.linking.csls_scores import Scorer, default_scorers
from curriculum.linking.rapidfuzz_scores import rapidfuzz_scorers
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables

__all__ = ["PLAIN_BASIS", "LinkSource", "method_to_scorers", "project_to_basis"]

PLAIN_BASIS: Final = "Linked by rapidfuzz alone: token_set_ratio, compared with the competitors of each pair."


@runtime_checkable
class LinkSource(Protocol):
    """What a link needs from a project: its thesaurus, in the scorers, and its decisions."""

    @property
    def thesaurus_path(self) -> Path | None:
        """The file of the thesaurus, if there is one."""

    @property
    def encoder(self) -> Path | None:
        """The folder of the sentence encoder, if there is one."""

    def scorers(self) -> Sequence[Scorer]:
        """Return the scorers of the linker, with the thesaurus and the sentence encoder of the project."""

    def decisions_for(self, tables: Tables, is_whole: bool = False) -> ValidDecisions:
        """Return the decisions on these tables."""


def method_to_scorers(method: str, project: LinkSource | None = None) -> Sequence[Scorer]:
    """Return the scorers of a method of linking; those of `default` are of the project, if there is one.

    Raises
    ------
    InvalidInput
        If there is no such method.

    Examples
    --------
    >>> [scorer.name for scorer in method_to_scorers("rapidfuzz")]
    ['rapidfuzz']
    """
    if method not in v.METHODS:
        raise InvalidInput(
            "no method of linking",
            where="method",
            expected=" or ".join(v.METHODS),
            found=method,
        )
    if method == v.RAPIDFUZZ_METHOD:
        return rapidfuzz_scorers()
    return default_scorers() if project is None else project.scorers()


def project_to_basis(project: LinkSource | None, n_decisions: int, why: str) -> str:
    """Return the sentence on what links are based on."""
    if project is None:
        return f"Linked without a thesaurus and without decisions, as the documents {why}."
    thesaurus = project.thesaurus_path
    terms = f"with the thesaurus {_path_to_shown(thesaurus)}" if thesaurus else "without a thesaurus"
    if project.encoder:
        terms += f", and the sentence encoder {_path_to_shown(project.encoder)}"
    counted = {0: "no decision was", 1: "1 decision was"}.get(n_decisions, f"{n_decisions} decisions were")
    return f"Linked {terms}; {counted} applied."


def _path_to_shown(path: Path) -> str:
    """Return a path for a report that is handed on: of a path of one machine the name alone."""
    return path.name if path.is_absolute() else path.as_posix()
