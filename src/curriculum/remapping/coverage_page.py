"""Write the coverage of a version as one page to read or to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from curriculum.html.cells import NUMBER, Cell, Column, Section, Table
from curriculum.html.pages import render_page
from curriculum.model import vocabulary as v
from curriculum.remapping import evidence_coverage as c
from curriculum.remapping.counted_cells import COUNTED
from curriculum.remapping.coverage_rows import EVIDENCE
from curriculum.remapping.coverage_sentences import OF_KSBS, count_to_text, group_to_plural
from curriculum.tables.plain_rows import Row

__all__ = ["CoveragePage", "coverage_to_page"]

_Cells = tuple[Cell, ...]
_KIND: Final = "kind"
# Kinds of column, besides those of all tables.
_SHORT, _CODES, _COUNTS, _HALF, _STATE = "short", "codes", "counts", "half", "state"
_OPTION_GROUPS: Final = (c.CORE, c.OPTION_GROUP)
_GROUP_COUNTS: Final = ("all covered", "some", "none")
_NONE: Final = Cell("none printed")
# Marks, colours and stripes repeat what the words beside them say.
_MARKS: Final = dict(zip((*c.STATES, *c.GROUP_STATES), "●◐○●◐○", strict=True))
_LEGEND: Final = tuple(
    Cell(state, mark=_MARKS[state], counts=counts)
    for state, counts in zip(c.STATES, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), strict=True)
)


@dataclass(frozen=True)
class CoveragePage:
    """The content of the page.

    Attributes
    ----------
    title, sentences
        Its title, and the coverage in sentences, as `coverage_to_sentences` returns them.
    before, groups
        The groups of the old and of the new version, as `coverage_to_groups` returns them.
    statements, lost, learners
        As `coverage`, `evidence_to_lost` and `evidence_to_learners` return them; ``learners`` is None if
        it is not shown.
    about
        Lines below the title: the file, the versions and the date.
    counted
        Which cells count as evidence, as `layouts_to_evidence` returns it; None if it is not shown.
    what
        What covers the version: `evidence` or `planned teaching`.
    """

    title: str
    sentences: Sequence[str]
    before: Sequence[Row]
    groups: Sequence[Row]
    statements: Sequence[Row]
    lost: Sequence[Row]
    learners: Sequence[Row] | None = None
    about: Sequence[str] = ()
    counted: Sequence[Row] | None = None
    what: str = EVIDENCE


def coverage_to_page(page: CoveragePage) -> bytes:
    """Return the page as HTML in UTF-8, without resources from other places.

    Examples
    --------
    >>> page = CoveragePage("K7 & S13", [], [], [], [], [])
    >>> b"<h1>K7 &amp; S13</h1>" in coverage_to_page(page)
    True
    """
    return render_page(
        "coverage.html",
        title=page.title,
        about=page.about,
        sentences=page.sentences,
        legend=_LEGEND,
        parts=list(_sections(page)),
    )


def _sections(page: CoveragePage) -> Iterator[Section]:
    """Yield the sections of the page."""
    yield Section(
        "versions",
        "Before and now",
        Table(
            f"How much of the old version the same {page.what} covers, and how much of the new version.",
            (Column("What", _SHORT), Column("Old version", _HALF), Column("New version", _HALF)),
            list(_version_rows(page.before, page.groups)),
        ),
    )
    for kind in _values(page.groups, c.GROUP):
        if kind != _KIND:
            yield _group(kind, _select(page.groups, c.GROUP, kind))
    yield _statements(page)
    yield Section(
        "lost",
        f"{page.what.capitalize()} that no longer counts",
        Table(
            f"Old KSBs with {page.what} that does not count now; those that wait may count after a decision.",
            (Column("Old KSB"), Column("Why", _CODES), Column("Cells", NUMBER)),
            list(map(_lost_row, page.lost)),
        ),
    )
    if page.learners is not None:
        yield _learners(page.learners, page.what)
    if page.counted is not None:
        yield _counted(page.counted, page.what)


def _statements(page: CoveragePage) -> Section:
    is_pooled = page.learners is not None and len(page.learners) > 1
    pooled = f" The {page.what} of all learners is counted together here." if is_pooled else ""
    caption = f"Every KSB of the new version, and the old codes whose {page.what} counts for it.{pooled}"
    columns = (Column("KSB"), Column("State", _STATE, True), Column("Old codes", _CODES))
    rows = [_statement_row(row, page.what) for row in page.statements]
    return Section("statements", "Every KSB", Table(caption, columns, rows))


def _learners(learners: Sequence[Row], what: str) -> Section:
    columns = (
        Column("Learner", _CODES),
        Column("KSBs", _COUNTS),
        Column("If every proposal is right", _CODES),
        Column("Not fully covered"),
    )
    caption = f"How much of the new version the {what} of each learner covers."
    rows = list(map(_learner_row, learners))
    return Section("learners", "Learners", Table(caption, columns, rows))


def _counted(counted: Sequence[Row], what: str) -> Section:
    columns = (
        Column("Sheet and column"),
        Column("Counted", _SHORT),
        Column("Cells", NUMBER),
        Column("Why", _HALF),
    )
    caption = (
        "Where the codes are in the file, whether their cells count, and why. If this is wrong, run the "
        "command again with --evidence COLUMN (codes count where that column is filled in) or with --sheets "
        "NAME (only these sheets are remapped)."
    )
    rows = list(map(_counted_row, counted))
    return Section("counted", f"What counts as {what}", Table(caption, columns, rows))


def _select(rows: Sequence[Row], column: str, name: str) -> list[Row]:
    return [row for row in rows if row[column] == name]


def _values(rows: Sequence[Row], column: str) -> list[str]:
    """Return the values of a column, each once, in the order of first appearance."""
    return list(dict.fromkeys(row[column] for row in rows))


def _version_rows(before: Sequence[Row], now: Sequence[Row]) -> Iterator[_Cells]:
    """Yield the counts of both versions side by side; only counts compare, as duties differ."""
    old_kinds, new_kinds = (_select(groups, c.GROUP, _KIND) for groups in (before, now))
    for kind in _values([*new_kinds, *old_kinds], v.NAME):
        cells = (_kind_cell(_select(kinds, v.NAME, kind)) for kinds in (old_kinds, new_kinds))
        yield Cell(f"KSBs: {kind}"), *cells
    for group in _values([*now, *before], c.GROUP):
        if group not in {_KIND, c.CORE}:
            cells = (_states_cell(_select(groups, c.GROUP, group)) for groups in (before, now))
            yield Cell(group_to_plural(group).capitalize()), *cells


def _kind_cell(rows: Sequence[Row]) -> Cell:
    return _bar_cell([sum(row[name] for row in rows) for name in c.COUNTS], OF_KSBS) if rows else _NONE


def _states_cell(rows: Sequence[Row]) -> Cell:
    counts = Counter(row[c.STATE] for row in rows)
    return _bar_cell([counts[state] for state in c.GROUP_STATES], _GROUP_COUNTS) if rows else _NONE


def _bar_cell(counts: Sequence[int], words: Sequence[str]) -> Cell:
    """Return a bar with its numbers: how many of the total, and the other counts that are not zero."""
    first, *others = (f"{count:,} {word}" for count, word in zip(counts, words, strict=True))
    shown = [text for text, count in zip(others, counts[1:], strict=True) if count]
    text = ", ".join([first.replace(" ", f" of {sum(counts):,} ", 1), *shown])
    return Cell(text, counts=counts)


def _state_cell(state: str, *notes: str) -> Cell:
    return Cell(state, mark=_MARKS[state], notes=notes)


def _named_cell(row: Row, text: str, option: str = "") -> Cell:
    """Return a code, its text, and its option unless that is core."""
    return Cell(text, row[v.CODE], notes=("" if option.casefold() == v.CORE else option,))


def _group(kind: str, groups: Sequence[Row]) -> Section:
    """Return the section of one kind of group, such as duties."""
    heading = f"By {kind}"
    caption = f"{count_to_text(len(groups), kind)}, and how many of the KSBs of each are covered."
    if kind == c.CORE:
        heading = "Core"
        caption = "The KSBs that are for everyone, whatever the option, and how many of them are covered."
    columns = (
        Column(kind.capitalize()),
        Column("State", _SHORT),
        Column("KSBs", _COUNTS),
        Column("Not fully covered", _CODES),
    )
    rows = [
        (
            _named_cell(row, row[v.NAME], "" if kind in _OPTION_GROUPS else row[v.OPTION]),
            _state_cell(row[c.STATE]),
            _bar_cell([row[name] for name in c.COUNTS], OF_KSBS),
            Cell(row[c.LACKING]),
        )
        for row in groups
    ]
    return Section(f"by-{kind.replace(' ', '-')}", heading, Table(caption, columns, rows))


def _statement_row(row: Row, what: str) -> _Cells:
    later = row[c.STATE_IF_RIGHT]
    note = f"{later} if every proposal is right" if later != row[c.STATE] else ""
    cells = f" ({count_to_text(row[c.N_CELLS], 'cell')})" if row[c.EVIDENCE] else ""
    lacking = f"no {what}: {row[c.LACKING]}" if row[c.LACKING] else ""
    waiting = f"only proposed: {row[c.WAITING]}" if row[c.WAITING] else ""
    return (
        _named_cell(row, row[v.TEXT], row[v.OPTION]),
        _state_cell(row[c.STATE], note),
        Cell(row[c.EVIDENCE] + cells, notes=(lacking, waiting)),
    )


def _lost_row(row: Row) -> _Cells:
    return _named_cell(row, row[v.TEXT]), Cell(row[c.WHY]), Cell(f"{row[c.N_CELLS]:,}")


def _learner_row(row: Row) -> _Cells:
    return (
        Cell(row[c.LEARNER] or "not named"),
        _bar_cell([row[name] for name in c.COUNTS], OF_KSBS),
        Cell(f"{row[c.N_IF_RIGHT]:,} covered"),
        Cell(row[c.LACKING]),
    )


def _counted_row(row: Row) -> _Cells:
    return (
        Cell(": ".join(filter(None, (row[v.SHEET], row["column"])))),
        Cell(row[COUNTED]),
        Cell(f"{row[c.N_CELLS]:,}"),
        Cell(row[c.WHY]),
    )
