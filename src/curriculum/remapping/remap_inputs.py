"""The files of a user that a remap begins with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from curriculum.spreadsheets.tracker import Tracker

__all__ = ["RemapInputs"]


class RemapInputs(NamedTuple):
    """The files of a user, as they were read.

    Attributes
    ----------
    path
        The path of the spreadsheet.
    tracker
        The spreadsheet to remap.
    answers
        A workbook with a filled-in sheet "To decide", if there is one.
    crosswalk
        A crosswalk that the user brings, if there is one, as a table.
    """

    path: Path
    tracker: Tracker
    answers: Tracker | None = None
    crosswalk: Tracker | None = None
