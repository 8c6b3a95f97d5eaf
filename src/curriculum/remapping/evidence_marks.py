"""Marks that people make: which of them say yes, which say no, and how a mark is shown."""

from __future__ import annotations

import re
from typing import Final

from curriculum.model.dates import text_to_iso_date
from curriculum.spreadsheets.tracker import DATE, NUMBER, Cell

__all__ = ["OTHER_MARKS", "ends_with_unticked_box", "is_evidence", "mark_to_text"]

OTHER_MARKS: Final = "other marks"
_USUAL: Final = frozenset(
    """x|y|yes|n|no|✓|✔|✅|☑|☒|☐|□|[ ]|[x]|✗|r|a|g|b|red|amber|green|blue|met|not met|partly met|pass|fail|
    complete|completed|in progress|not started|achieved|n/a|-|–|true|false""".replace("\n    ", "").split("|")
)
# Marks which say that there is no evidence.
_NO: Final = frozenset(
    """- – — n no none n/a na nil nyc false r red ✗ ✘ ❌ ✖ gap tbc tba ? wt nym n/m [] () ¨ û open new
    missing""".split()  # noqa: SIM905
)
_NOTHING: Final = re.compile(r"0+(?:[.,]0+)? ?(?:%|(?:/|of|out of) ?\d+)?")
_NOT_YET: Final = re.compile(
    r"(?:not\b|no (?:evidence|progress|submission|entry|experience)|non[- ]|in progress|incomplete|pending|"
    r"await|nearly|outstanding|to do\b|todo\b|to be |planned|overdue|referr?(?:ed|al)?\b|reject|fail|resubmi|"
    r"ongoing|started|working towards|underway|"
    r"un(?:met|started|satisfactory|seen|signed|achieved|complete|ticked|checked)|0 ?h(?:ou)?rs?\b)"
)
# Longer texts are names of the evidence.
_LONGEST_STATUS: Final = 28
# Boxes as characters, as characters of symbol fonts, and as people type them.
_UNTICKED: Final = r"[☐□▢◻⬜❏❐❑❒\uf06f\uf071\uf0a8]|\[[ _.]{0,3}\]|\( {1,3}\)"
_TICKED: Final = r"[☑☒✅\uf052\uf053\uf0fd\uf0fe]|\[[xX✓✔]\]|\([xX✓✔]\)"
_BOX: Final = re.compile(rf"(?P<unticked>{_UNTICKED})|(?P<ticked>{_TICKED})")
_UNTICKED_BEFORE: Final = re.compile(rf"(?:{_UNTICKED})\s{{0,3}}\Z")
_CROSSES: Final = str.maketrans("", "", "\ufe0e\ufe0f\u200b\u00ad")


def is_evidence(cell: Cell | None) -> bool:
    """Return whether a cell shows evidence: it is not empty, and not a mark such as "no".

    If it has boxes to tick, only the labels of the ticked boxes count.

    Examples
    --------
    >>> is_evidence(Cell("x")), is_evidence(Cell("No")), is_evidence(None)
    (True, False, False)
    >>> is_evidence(Cell("☐ Met")), is_evidence(Cell("☑ Met ☐ Not met")), is_evidence(Cell("☐ Met ☑ Not met"))
    (False, True, False)
    """
    text = cell.text.translate(_CROSSES).strip() if cell and not cell.is_struck else ""
    if _BOX.search(text):
        return any(not label or _says_something(label) for label in _ticked_labels(text))
    return _says_something(text)


def _ticked_labels(text: str) -> list[str]:
    """Return the label of each ticked box of a text: the text after the box."""
    boxes = list(_BOX.finditer(text))
    ends = [box.start() for box in boxes[1:]] + [len(text)]
    return [
        text[box.end() : end].strip(" \t\n/|,;")
        for box, end in zip(boxes, ends, strict=True)
        if box["ticked"]
    ]


def _says_something(text: str) -> bool:
    status = text.casefold()
    is_status = len(status) <= _LONGEST_STATUS and _NOT_YET.match(status)
    return bool(status) and status not in _NO and not is_status and not _NOTHING.fullmatch(status)


def ends_with_unticked_box(text: str, end: int) -> bool:
    """Return whether an unticked box is right before a position in a text, such as the start of a code.

    Examples
    --------
    >>> ends_with_unticked_box("☑ K1, ☐ K2", 8), ends_with_unticked_box("☑ K1, ☐ K2", 2)
    (True, False)
    """
    return bool(_UNTICKED_BEFORE.search(text[max(0, end - 8) : end]))


def mark_to_text(cell: Cell) -> str:
    """Return a mark as it can be shown: only the usual marks are shown, as others can be names of persons.

    Examples
    --------
    >>> mark_to_text(Cell("x")), mark_to_text(Cell("12/05/2023")), mark_to_text(Cell("Ann has it"))
    ('x', 'dates', 'other marks')
    """
    text = cell.text.translate(_CROSSES).strip()
    if cell.form == DATE or text_to_iso_date(text):
        return "dates"
    return "numbers" if cell.form == NUMBER else text if text.casefold() in _USUAL else OTHER_MARKS
