"""Marks that people make: what says that there is something, what says no, and how a mark is told."""

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
# Marks that say that there is nothing.
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
# Longer texts are what the evidence is called.
_LONGEST_STATUS: Final = 28
# Boxes as characters of a text, of the fonts of symbols, and as people type them.
_UNTICKED: Final = r"[☐□▢◻⬜❏❐❑❒\uf06f\uf071\uf0a8]|\[[ _.]{0,3}\]|\( {1,3}\)"
_TICKED: Final = r"[☑☒✅\uf052\uf053\uf0fd\uf0fe]|\[[xX✓✔]\]|\([xX✓✔]\)"
_BOX: Final = re.compile(rf"(?P<unticked>{_UNTICKED})|(?P<ticked>{_TICKED})")
_UNTICKED_BEFORE: Final = re.compile(rf"(?:{_UNTICKED})\s{{0,3}}\Z")
_CROSSES: Final = str.maketrans("", "", "\ufe0e\ufe0f\u200b\u00ad")


def is_evidence(cell: Cell | None) -> bool:
    """Return whether a cell says that there is something: it is not empty, nor a mark such as "no".

    Of boxes to tick only what stands at the ticked ones is said.

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
    """Return what stands behind each ticked box of a text; behind a box is its label."""
    boxes = list(_BOX.finditer(text))
    ends = [box.start() for box in boxes[1:]] + [len(text)]
    return [
        text[box.end() : end].strip(" \t\n/|,;")
        for box, end in zip(boxes, ends, strict=True)
        if box["ticked"]
    ]


def _says_something(text: str) -> bool:
    own = text.casefold()
    is_status = len(own) <= _LONGEST_STATUS and _NOT_YET.match(own)
    return bool(own) and own not in _NO and not is_status and not _NOTHING.fullmatch(own)


def ends_with_unticked_box(text: str, end: int) -> bool:
    """Return whether a text up to some character ends with a box that nobody has ticked, as before a code.

    Examples
    --------
    >>> ends_with_unticked_box("☑ K1, ☐ K2", 8), ends_with_unticked_box("☑ K1, ☐ K2", 2)
    (True, False)
    """
    return bool(_UNTICKED_BEFORE.search(text[max(0, end - 8) : end]))


def mark_to_text(cell: Cell) -> str:
    """Return a mark as it can be told: what is none of the usual ones can be a person's name.

    Examples
    --------
    >>> mark_to_text(Cell("x")), mark_to_text(Cell("12/05/2023")), mark_to_text(Cell("Ann has it"))
    ('x', 'dates', 'other marks')
    """
    text = cell.text.translate(_CROSSES).strip()
    if cell.form == DATE or text_to_iso_date(text):
        return "dates"
    return "numbers" if cell.form == NUMBER else text if text.casefold() in _USUAL else OTHER_MARKS
