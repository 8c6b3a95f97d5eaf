"""The result of a remap: the edits, the audit, and the codes that need a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.evidence import Evidence
from curriculum.remapping.layout import Layout
from curriculum.remapping.outcomes import CodeOutcome
from curriculum.remapping.rewriting import Audit
from curriculum.remapping.version_check import Verdict
from curriculum.review.review_rows import ReviewRow
from curriculum.spreadsheets.tracker import Edits

__all__ = ["Remapped", "outcomes_to_sentence"]


@dataclass(frozen=True)
class Remapped:
    """The result of a remap.

    Attributes
    ----------
    pair
        The two versions.
    layouts
        Where codes were found, by sheet.
    verdict
        Whether the file looks like the old version.
    audit
        A row for each code that was found, as described in docs/remap.md.
    edits
        The changes to write, by sheet.
    to_decide
        The rows of the sheet "To decide".
    code_outcomes
        The outcome of each old code.
    evidence
        The cells that count as evidence.
    n_left
        The number of rows with codes that are not remapped, as ``where`` leaves them out.
    is_done
        Whether the file has the codes of the new version already.
    stale
        Sentences on the drop-down lists that still offer old codes, where cells are rewritten in place.
    """

    pair: VersionPair
    layouts: tuple[Layout, ...]
    verdict: Verdict
    audit: Audit
    edits: Mapping[str, Edits]
    to_decide: tuple[ReviewRow, ...]
    code_outcomes: Mapping[str, CodeOutcome]
    evidence: Evidence
    n_left: int
    is_done: bool
    stale: tuple[str, ...] = ()

    @property
    def n_waiting(self) -> int:
        """The number of codes, cells that were not read, and drop-down lists of old codes that are open."""
        return sum(1 for _ in self.audit.open_outcomes()) + len(self.stale)


def outcomes_to_sentence(outcomes: Sequence[str]) -> str:
    """Return how many codes an audit has, and how many with each outcome.

    Parameters
    ----------
    outcomes
        The outcome of each code.

    Examples
    --------
    >>> outcomes_to_sentence(["replaced", "unchanged", "replaced"])
    '3 codes: 1 unchanged, 2 replaced'
    """
    counts = Counter(outcomes)
    counted = [f"{counts[outcome]} {outcome}" for outcome in v.OUTCOMES if outcome in counts]
    noun = "code" if len(outcomes) == 1 else "codes"
    return f"{len(outcomes)} {noun}: {', '.join(counted) or 'none'}"
