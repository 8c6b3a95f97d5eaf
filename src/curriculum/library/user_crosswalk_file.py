"""Read the crosswalk that a user brings to a remap: a table, or a package of CASE."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from curriculum.crosswalk.case_crosswalk import case_to_crosswalk
from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.files.limits import time_limit
from curriculum.spreadsheets.delimited import data_to_tracker
from curriculum.spreadsheets.tracker import Tracker
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.tables.csv_files import frame_to_export

__all__ = ["path_to_crosswalk_table"]

_JSON_ENDING: Final = ".json"


def path_to_crosswalk_table(path: str | Path) -> Tracker:
    """Read a crosswalk; one of CASE as the table that `link` writes as CSV, which has the same values.

    Programs that store a file again can change its name to “crosswalk.case (1).json”.

    Raises
    ------
    CurriculumError
        If the file cannot be read.
    """
    path = Path(path)
    if path.suffix.casefold() != _JSON_ENDING:
        return path_to_tracker(path, "#")
    where = path_to_escaped(Path(path.name))
    with time_limit(where):
        table = case_to_crosswalk(path_to_bytes(path), where)
        return data_to_tracker(frame_to_export(table), where)
