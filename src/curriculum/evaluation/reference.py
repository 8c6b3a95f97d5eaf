"""Read a reference crosswalk, which people made from the texts without seeing scores.

No link is proposed from it; it only measures links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from curriculum.errors import InvalidInput, raise_faults
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.model import vocabulary as v

__all__ = [
    "CORE_TIER",
    "REFERENCE",
    "Reference",
    "check_reference",
    "read_reference",
    "reference_to_pairs",
]

# The path of the reference in the raw folder.
REFERENCE: Final = "reference/crosswalk_dev.csv"
_COLUMNS: Final = (
    "source_document",
    "source_code",
    "target_document",
    "target_code",
    "relation",
    "alt_relation",
    "tier",
    "primary_votes",
)
_ADVICE: Final = "Correct the line; the README beside the reference describes each column."
CORE_TIER: Final = "core"
_TIERS: Final = (CORE_TIER, "related", "disputed", "none")
_NO_RELATION: Final = "none"


class Reference(NamedTuple):
    """One row of a reference crosswalk: the judgement of readers on an old statement or on a pair.

    ``object_id`` is empty without a counterpart; ``relations`` are all relations that readers chose.
    """

    subject_source: str
    object_source: str
    subject_id: str
    object_id: str
    relations: tuple[str, ...]
    tier: str
    line: int


def read_reference(path: str | Path) -> tuple[Reference, ...]:
    """Read a reference crosswalk.

    Parameters
    ----------
    path
        A CSV as ``data/raw/reference/README.md`` describes it.

    Returns
    -------
    tuple of Reference
        In the order of the file.

    Raises
    ------
    InvalidInput
        If columns, relations or tiers are invalid. All faults are reported at once.

    Examples
    --------
    >>> rows = read_reference(Path("data/raw") / REFERENCE)
    >>> rows[0].subject_id, rows[0].object_id, rows[0].relations, rows[0].tier
    ('draft-2019:K1', 'st0792-1.0:K1', ('skos:exactMatch',), 'core')
    """
    path = Path(path)
    rows = path_to_table_rows(path, _COLUMNS, InvalidInput, _ADVICE)
    if not rows:
        raise _wrong(path, 1, "has no row", "a row for each link", "none")
    faults = [fault for line, row in rows for fault in _faults(path, line, row)]
    raise_faults([*faults, *_repeated(path, rows)])
    return tuple(_row_to_reference(line, row) for line, row in rows)


def reference_to_pairs(reference: Sequence[Reference]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of documents of a reference, in its order."""
    return tuple(dict.fromkeys((row.subject_source, row.object_source) for row in reference))


def check_reference(reference: Sequence[Reference], statement_ids: Iterable[str], path: str | Path) -> None:
    """Check that the statements of a reference exist in its documents.

    Raises
    ------
    InvalidInput
        If a statement does not exist. All faults are reported at once.
    """
    path = Path(path)
    known = {*statement_ids, ""}
    raise_faults(
        [
            _wrong(path, row.line, "no such statement", "a code of the document", statement_id)
            for row in reference
            for statement_id in (row.subject_id, row.object_id)
            if statement_id not in known
        ]
    )


def _wrong(path: Path, line: int, what: str, expected: str, found: str) -> InvalidInput:
    return InvalidInput(
        what,
        where=f"{path.as_posix()}, line {line}",
        expected=expected,
        found=found,
        advice=_ADVICE,
    )


def _relations(row: dict[str, str]) -> list[str]:
    return [name for name in (row["relation"], *row["alt_relation"].split(";")) if name]


def _faults(path: Path, line: int, row: dict[str, str]) -> Iterator[InvalidInput]:
    known = {relation.removeprefix("skos:") for relation in v.RELATIONS} | {_NO_RELATION}
    needed = ["source_document", "source_code", "target_document"]
    if row["tier"] != _NO_RELATION:
        needed.append("relation")
    for column in needed:
        if not row[column]:
            yield _wrong(path, line, f"no {column}", "a value", "an empty cell")
    for relation in _relations(row):
        if relation not in known:
            yield _wrong(path, line, "no relation", ", ".join(sorted(known)), relation)
    if not row["primary_votes"].isdecimal():
        yield _wrong(path, line, "no number of votes", "a number", row["primary_votes"] or "an empty cell")
    if row["tier"] not in _TIERS:
        yield _wrong(path, line, "no tier", ", ".join(_TIERS), row["tier"] or "nothing")
    elif (row["tier"] == _NO_RELATION) != (not row["target_code"]):
        expected = "a target code, or the tier none and no code"
        yield _wrong(
            path, line, "tier and target do not fit", expected, f"{row['tier']} {row['target_code']}"
        )


def _repeated(path: Path, rows: Sequence[tuple[int, dict[str, str]]]) -> Iterator[InvalidInput]:
    """Yield an error for each duplicate link of the reference."""
    first: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        link = tuple(row[name] for name in _COLUMNS[:4])
        if first.setdefault(link, line) != line:
            yield _wrong(
                path, line, "a link that is there already", "each link once", f"it on line {first[link]}"
            )


def _row_to_reference(line: int, row: dict[str, str]) -> Reference:
    old, new = row["source_document"], row["target_document"]
    return Reference(
        old,
        new,
        f"{old}:{row['source_code']}",
        f"{new}:{row['target_code']}" if row["target_code"] else "",
        tuple(f"skos:{name}" for name in _relations(row) if name != _NO_RELATION),
        row["tier"],
        line,
    )
