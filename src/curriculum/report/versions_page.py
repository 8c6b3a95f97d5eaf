"""Write the versions of a standard as one page, which needs no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from curriculum.analysis.version_steps import VersionStep
from curriculum.analysis.version_tasks import NOTE, REMAP, Task
from curriculum.html.cells import NUMBER, WORDING, Cell, Column, Section, Table
from curriculum.html.pages import render_page
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_shortened
from curriculum.report.versions_content import TRUST, VersionsContent
from curriculum.tables.shown_frame import frame_to_shown, wordings_to_runs

__all__ = ["versions_to_page"]

_ABOUT: Final = {
    "steps": "How many old statements each step kept in the same words (full), edited, merged or split "
    "(hatched), and for how many no counterpart was found (empty).",
    "versions": "The oldest first, with what decided each place.",
    "missing": "Versions that a version log or a file names, or that the numbers leave out.",
    "changes": "Everything that changed, with both wordings; and what could not be compared, as only one "
    "version prints it.",
    "history": "What each statement is called in each version: first those of the newest version, then those "
    "that ended before. “?” behind a code: the link to it is proposed, and waits for a person.",
}
_MISSING_SHOWN: Final = (
    *(v.VERSION, v.WHERE, v.KNOWN_FROM),
    *(v.EARLIEST_START_DATE, v.LATEST_START_DATE, v.LATEST_END_DATE, v.CHANGE_DETAIL),
)
# As many letters of a passage as the page shows; the workbook has all.
_LONGEST: Final = 600
_OF_CODES: Final = ("statements", "duties", "duty-KSB pairs")
_NOT_REVIEWED: Final = "not reviewed"
_Row = Mapping[Any, Any]


def versions_to_page(content: VersionsContent) -> bytes:
    """Return the versions as one HTML page in UTF-8, which loads nothing from elsewhere.

    It begins with what to do for each step; then come the steps with a bar each, the order, the versions that
    are not here, every change, and the history of all codes.
    """
    return render_page(
        "versions.html",
        title=content.title,
        trust=f"{TRUST} {content.basis}".rstrip(),
        about=[],
        sentences=[],
        legend=(),
        standards=list(_standards(content)),
        parts=list(_sections(content)),
    )


def _standards(content: VersionsContent) -> Iterator[dict[str, object]]:
    for reference in content.references:
        steps = [_step_to_shown(step, content) for step in content.steps if step.reference == reference]
        yield {"line": content.standard_to_line(reference), "steps": steps}


def _step_to_shown(step: VersionStep, content: VersionsContent) -> dict[str, object]:
    log = [Task(NOTE, f"The version log, or the record, says: {step.log}")] if step.log else []
    return {
        "name": step.name,
        "word": step.word,
        "tasks": [*step.tasks, *log],
        "commands": content.commands.get(step.pair, ()),
        "has_tracker": any(task.action == REMAP for task in step.tasks),
    }


def _sections(content: VersionsContent) -> Iterator[Section]:
    yield Section("steps", "The steps", _steps(content), _ABOUT["steps"])
    yield Section("versions", "The versions in order", _versions(content), _ABOUT["versions"])
    if len(content.missing):
        missing = frame_to_shown(_missing(content))
        yield Section("missing", "Versions that are not here", missing, _ABOUT["missing"])
    if len(content.steps):
        yield Section("changes", "All changes", _changes(content), _ABOUT["changes"])
        yield Section("history", "History of the codes", frame_to_shown(_history(content)), _ABOUT["history"])


def _missing(content: VersionsContent) -> pd.DataFrame:
    """Return the versions that are not here; empty columns, and a reference that all have, are left out."""
    first = [v.REFERENCE] if len(content.references) > 1 else []
    kept = [name for name in _MISSING_SHOWN if (content.missing[name] != "").any()]
    return content.missing[[*first, *kept]]


def _steps(content: VersionsContent) -> Table:
    columns = (
        Column("step", "short"),
        Column("change", "short"),
        Column("kept, edited, no counterpart"),
        Column("new statements", NUMBER),
        Column("codes that name another statement", NUMBER),
        Column("look needed", NUMBER),
        Column("also changed"),
        Column("not compared"),
    )
    rows = [
        _step_to_cells(step, row)
        for step, row in zip(content.steps, content.frame.to_dict("records"), strict=True)
    ]
    return Table("", columns, rows)


def _step_to_cells(step: VersionStep, row: _Row) -> tuple[Cell, ...]:
    same, edited, gone = row["n_same"], row["n_reworded"] + row["n_joined"], row["n_gone"]
    bar = Cell("–")
    if step.headline:
        bar = Cell(f"{same} kept, {edited} edited, {gone} without", counts=(same, edited, gone))
    return (
        Cell(step.name),
        Cell(row[v.CHANGE] or "–"),
        bar,
        *(Cell(str(row[name]) if step.headline else "–") for name in ("n_new", "n_other", "n_waiting")),
        Cell(row["also_changed"]),
        Cell(row["not_compared"]),
    )


def _versions(content: VersionsContent) -> Table:
    columns = (
        Column("place", NUMBER),
        Column("version", "short"),
        Column("title"),
        Column("status and dates"),
        Column("why it is in this place", WORDING),
        Column("file", WORDING),
    )
    return Table("", columns, [_version_to_cells(row) for row in content.order.to_dict("records")])


def _version_to_cells(row: _Row) -> tuple[Cell, ...]:
    dates = ((v.APPROVED_DATE, "approved"), (v.UPDATED_DATE, "updated"))
    printed = tuple(f"{word} {row[name]}" for name, word in dates if row[name])
    inferred = "inferred, not printed" if row[v.IS_INFERRED] else ""
    return (
        Cell(str(row[v.PLACE])),
        Cell(row[v.VERSION] or "–", notes=(row[v.DOCUMENT_ID], row[v.REFERENCE])),
        Cell(row[v.TITLE]),
        Cell(row[v.STATUS], notes=printed),
        Cell(row[v.REASON], notes=(row[v.NOTE], inferred)),
        Cell(row[v.SOURCE_PATH]),
    )


def _changes(content: VersionsContent) -> Table:
    columns = (
        Column("step", "short", is_filter=True),
        Column("part", is_filter=True),
        Column("name"),
        Column("old wording", WORDING),
        Column("new wording", WORDING),
        Column("change", is_filter=True),
        Column("look needed", "short", is_filter=True),
    )
    names = content.step_names
    rows = [
        (Cell(names[row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]]), *_change_to_cells(row))
        for row in content.changes.to_dict("records")
    ]
    return Table("", columns, rows, has_row_headers=False)


def _change_to_cells(row: _Row) -> tuple[Cell, ...]:
    old, new = (text_to_shortened(row[name], _LONGEST) for name in ("old", "new"))
    wordings = (Cell(old), Cell(new))
    if old and new and old != new:
        deleted, inserted = wordings_to_runs(old, new)
        wordings = (Cell(runs=deleted), Cell(runs=inserted))
    # That it waits for review stands in a column of its own.
    note = row[v.NOTE].removeprefix(_NOT_REVIEWED).removeprefix("; ")
    is_waiting = "yes" if row[v.BAND] == v.REVIEW else "no"
    return (
        Cell(row[v.PART]),
        # A code is never broken over lines; the name of a fact can be long.
        Cell(code=row[v.NAME]) if row[v.PART] in _OF_CODES else Cell(row[v.NAME]),
        *wordings,
        Cell(row[v.CHANGE], notes=(note,)),
        Cell(is_waiting),
    )


def _history(content: VersionsContent) -> pd.DataFrame:
    frame = content.history
    return frame if len(content.references) > 1 else frame.drop(columns=v.REFERENCE)
