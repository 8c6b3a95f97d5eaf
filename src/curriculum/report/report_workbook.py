"""Write the report of two versions as a workbook: the worklist, the crosswalk, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from curriculum.crosswalk.excel import Sheet, crosswalk_to_workbook
from curriculum.model import vocabulary as v
from curriculum.model.plain_headings import column_to_heading
from curriculum.report.report_content import GROUPS, Report

__all__ = ["report_to_workbook"]

# The widths of columns in characters.
_WIDTHS: Final[Mapping[str, int]] = {
    **dict.fromkeys((v.TEXT, "reason", "old_wording", "new_wording", v.MESSAGE, v.NAME), 44),
    **dict.fromkeys((v.SHA256, v.SOURCE_PATH, v.LICENCE, v.PUBLISHER), 40),
    **dict.fromkeys(("old_codes", v.OPTION, "new", v.RESPONSIBILITY_WORDS, v.KIND, v.RULE, "method"), 18),
}
_USUAL_WIDTH: Final = 11
# Columns for the reader to fill in.
_OWN: Final = ("who", "by when", "done", "notes")
_OWN_WIDTH: Final = 14
_SOURCES: Final = (v.DOCUMENT_ID, v.KIND, v.SOURCE_PATH, v.SHA256, v.PUBLISHER, v.LICENCE)


def report_to_workbook(report: Report) -> bytes:
    """Return the report as a workbook (.xlsx).

    Returns
    -------
    bytes
        The sheets of `crosswalk_to_workbook`, with the worklist before the statements; the workbook opens on
        it. Behind them are the level of responsibility, the groups, the assessment, the findings and the
        sources. The worklist has empty columns to fill in. The same report gives the same bytes.
    """
    worklist = report.worklist.rename(columns=column_to_heading)
    blank = worklist.assign(**dict.fromkeys(_OWN, ""))
    widths = _widths(report.worklist) | dict.fromkeys(_OWN, _OWN_WIDTH)
    first = Sheet("Worklist", widths, _rows(blank), len(_OWN))
    return crosswalk_to_workbook(report.crosswalk, report.candidates, [first], list(_behind(report)))


def _behind(report: Report) -> Iterator[Sheet]:
    """Yield the sheets behind those of the crosswalk."""
    frames = {
        "Responsibility": report.impact.responsibility.drop(columns=[v.CONFIDENCE, v.STATUS]),
        **{f"By {group}": report.group(group).drop(columns="group") for group in GROUPS},
        "Assessment": report.impact.assessment,
        "Findings": report.findings(),
        "Sources": report.documents()[list(_SOURCES)],
    }
    for name, frame in frames.items():
        if len(frame):
            yield Sheet(name, _widths(frame), _rows(frame))


def _widths(frame: pd.DataFrame) -> dict[str, int]:
    return {column_to_heading(name): _WIDTHS.get(name, _USUAL_WIDTH) for name in map(str, frame)}


def _rows(frame: pd.DataFrame) -> Sequence[Sequence[object]]:
    return list(frame.itertuples(index=False, name=None))
