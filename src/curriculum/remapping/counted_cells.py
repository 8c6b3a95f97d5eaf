"""Which cells counted as evidence, which did not, and why: a tally, its table, and sentences on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from curriculum.model import vocabulary as v
from curriculum.remapping.evidence_marks import is_evidence, mark_to_text
from curriculum.spreadsheets.tracker import Cell
from curriculum.tables.plain_rows import Row

__all__ = ["COUNTED", "COUNTED_COLUMNS", "NO", "YES", "Tally", "counted_to_sentences"]

COUNTED: Final = "counted"
COUNTED_COLUMNS: Final = (v.SHEET, "column", "n_cells", COUNTED, "why")
YES, NO = "yes", "no"
_MOST_PLACES: Final = 6
_ELSEWHERE: Final = "planned teaching only, and the file has evidence elsewhere"
_OVERRIDE: Final = (
    "If this is wrong, run the command again with --evidence COLUMN (codes count where that column is filled "
    "in) or with --sheets NAME (only these sheets are remapped)."
)


class _Place(NamedTuple):
    """A column of codes, or a row of headers that are codes, and why some of its cells count or do not."""

    sheet: str
    column: str
    is_counted: bool
    is_planned: bool
    why: str


@dataclass
class Tally:
    """The tally: codes by learner, cells by whether they count and why, marks, and all learners."""

    evidence: Counter[tuple[str, str]] = field(default_factory=Counter)
    planned: Counter[tuple[str, str]] = field(default_factory=Counter)
    cells: Counter[_Place] = field(default_factory=Counter)
    marks: Counter[tuple[bool, str]] = field(default_factory=Counter)
    learners: dict[str, None] = field(default_factory=dict)

    def add(  # noqa: PLR0917 (a place, and why it counts)
        self, sheet: str, column: str, why: str, is_counted: bool, is_planned: bool = False, count: int = 1
    ) -> None:
        """Add cells of a place that count, or that do not."""
        self.cells[_Place(sheet, column, is_counted, is_planned, why)] += count

    def add_codes(self, learner: str, codes: Sequence[str], is_planned: bool) -> None:
        """Add codes of a learner."""
        (self.planned if is_planned else self.evidence).update((learner, code) for code in codes)

    def add_mark(self, cell: Cell) -> None:
        """Add a mark, by whether it says yes."""
        self.marks[is_evidence(cell), mark_to_text(cell)] += 1

    @property
    def is_planned(self) -> bool:
        """True if there is planned teaching and no evidence."""
        return not self.evidence and bool(self.planned)

    @property
    def codes(self) -> Counter[tuple[str, str]]:
        """The codes that count: planned teaching counts only if there is no evidence."""
        return self.planned if self.is_planned else self.evidence

    def to_rows(self) -> tuple[Row, ...]:
        """Return which cells counted and which did not."""
        rows: Counter[tuple[str, str, str, str]] = Counter()
        for place, count in self.cells.items():
            is_elsewhere = place.is_counted and place.is_planned and not self.is_planned
            is_counted = place.is_counted and not is_elsewhere
            why = _ELSEWHERE if is_elsewhere else place.why
            rows[place.sheet, place.column, YES if is_counted else NO, why] += count
        counted = [(sheet, column, count, *rest) for (sheet, column, *rest), count in rows.items()]
        return tuple(dict(zip(COUNTED_COLUMNS, row, strict=True)) for row in counted)


def counted_to_sentences(
    counted: Iterable[Row], is_planned: bool, marks: Counter[tuple[bool, str]]
) -> list[str]:
    """Return a sentence for each reason why cells counted or did not.

    Examples
    --------
    >>> rows = [("Log", "KSBs", 2, "yes", "“Evidence” is filled in"),
    ...         ("List", "Code", 1, "no", "a list of codes")]
    >>> counted = [dict(zip(COUNTED_COLUMNS, row, strict=True)) for row in rows]
    >>> print(*counted_to_sentences(counted, False, Counter())[:2], sep=chr(10))
    Counted as evidence: 2 cells of sheet Log, KSBs (“Evidence” is filled in).
    Not counted: 1 cell of sheet List, Code (a list of codes).
    """
    what = "planned teaching" if is_planned else "evidence"
    by_reason: dict[tuple[str, str], list[Row]] = {}
    for row in counted:
        by_reason.setdefault((row[COUNTED], row["why"]), []).append(row)
    sentences = [
        f"{f'Counted as {what}' if is_counted == YES else 'Not counted'}: {_places(rows)} ({why})."
        for (is_counted, why), rows in by_reason.items()
    ]
    sentences.sort(key=lambda sentence: sentence.startswith("Not"))
    if is_planned:
        sentences.append(
            "No evidence was recognised in the file: “covered” means here that teaching is planned, no more."
        )
    sentences += [_OVERRIDE] if NO in {is_counted for is_counted, _ in by_reason} else []
    return sentences + _marks_to_sentences(marks)


def _places(rows: Sequence[Row]) -> str:
    places = [f"sheet {row[v.SHEET]}, {row['column']}" if row[v.SHEET] else row["column"] for row in rows]
    shown = "; ".join(places[:_MOST_PLACES])
    more = f" and {len(places) - _MOST_PLACES} more places" if len(places) > _MOST_PLACES else ""
    count = sum(row["n_cells"] for row in rows)
    return f"{count:,} {'cell' if count == 1 else 'cells'} of {shown}{more}"


def _marks_to_sentences(marks: Counter[tuple[bool, str]]) -> list[str]:
    """Return sentences on the marks that say yes and those that say no."""
    sentences: list[str] = []
    for is_taken, what in ((True, "Marks that say yes"), (False, "Marks that say no")):
        marks_of_kind = sorted((-count, mark) for (taken, mark), count in marks.items() if taken == is_taken)
        if marks_of_kind:
            sentences.append(f"{what}: {', '.join(f'{mark} ({-count})' for count, mark in marks_of_kind)}.")
    return sentences
