"""What the evidence of a file covers, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from curriculum.tables.plain_rows import Row

__all__ = ["EVIDENCE", "PLANNED", "CoverageRows"]

# What can cover a version.
EVIDENCE: Final = "evidence"
PLANNED: Final = "planned teaching"


@dataclass(frozen=True, repr=False)
class CoverageRows:
    """What the evidence of a file covers, of the old and of the new version, as rows.

    The functions of `evidence_coverage` describe the columns: ``statements`` is the result of `coverage`,
    ``groups`` and ``before`` are those of `coverage_to_groups` for the new and the old version, ``lost`` that
    of `evidence_to_lost`, and ``learners`` that of `evidence_to_learners`, None without the option
    ``learners``. ``sentences`` say the same, ``about`` has the file, the versions and the date, and ``what``
    is `evidence` or `planned teaching`.
    """

    statements: tuple[Row, ...]
    groups: tuple[Row, ...]
    before: tuple[Row, ...]
    lost: tuple[Row, ...]
    learners: tuple[Row, ...] | None
    sentences: tuple[str, ...]
    about: tuple[str, ...] = ()
    what: str = EVIDENCE

    def __repr__(self) -> str:
        return "\n".join([*filter(None, self.about), *self.sentences])
