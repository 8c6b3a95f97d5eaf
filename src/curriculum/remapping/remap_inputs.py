"""What a remap begins with: the files of a user, and the headline of the two versions."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from curriculum.analysis.overview import tables_to_pair_notes
from curriculum.crosswalk.case_crosswalk import case_to_crosswalk
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.linked_documents import crosswalk_with_decisions
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_pair
from curriculum.decisions.valid_decisions import ValidDecisions
from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.files.limits import time_limit
from curriculum.spreadsheets.delimited import data_to_tracker
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.tables.carrier import Tables
from curriculum.tables.csv_files import frame_to_export

__all__ = ["RemapInputs", "links_to_headline", "read_inputs"]

_JSON_ENDING: Final = ".json"


class RemapInputs(NamedTuple):
    """The files of a user.

    Attributes
    ----------
    path
        The path of the spreadsheet.
    tracker
        The spreadsheet to remap.
    answers
        A workbook with a filled-in sheet "To decide", if there is one.
    crosswalk
        A crosswalk that the user brings, if there is one.
    """

    path: Path
    tracker: Tracker
    answers: Tracker | None
    crosswalk: Tracker | None


def read_inputs(
    path: str | Path, answers: str | Path | None = None, crosswalk: str | Path | None = None
) -> RemapInputs:
    """Read the files of a user.

    Raises
    ------
    CurriculumError
        If a file cannot be read.
    """
    return RemapInputs(
        Path(path),
        path_to_tracker(path),
        path_to_tracker(answers) if answers else None,
        _path_to_crosswalk(Path(crosswalk)) if crosswalk else None,
    )


def _path_to_crosswalk(path: Path) -> Tracker:
    """Read a crosswalk; one of CASE as the table that `link` writes as CSV, which has the same values.

    Programs that store a file again can change its name to “crosswalk.case (1).json”.
    """
    if path.suffix.casefold() != _JSON_ENDING:
        return path_to_tracker(path, "#")
    where = path_to_escaped(Path(path.name))
    with time_limit(where):
        table = case_to_crosswalk(path_to_bytes(path), where)
        return data_to_tracker(frame_to_export(table), where)


def links_to_headline(tables: Tables, links: pd.DataFrame | None, decisions: ValidDecisions) -> str:
    """Return the headline of the links of two versions, as proposed or decided; empty without links.

    Further sentences say so if the two documents are of two standards, if codes are not as printed, or if a
    document has errors.

    Parameters
    ----------
    tables
        The tables of both versions.
    links
        Their crosswalk, as proposed.
    decisions
        The kept decisions.
    """
    if links is None:
        return ""
    is_decided = bool(decisions.decisions)
    decided = crosswalk_with_decisions(tables, links, decisions.decisions) if is_decided else links
    pair = crosswalk_to_pair(decided) if len(decided) else ()
    notes = tables_to_pair_notes(tables, *pair) if pair else []
    return " ".join([str(crosswalk_to_headline(decided)), *notes])
