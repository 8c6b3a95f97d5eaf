"""The remarks on what is not shown or not read in a text, and on its tracked changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from curriculum.documents.markup import Remark
from curriculum.documents.note_marks import numbers_to_remarks
from curriculum.documents.page_furniture import is_row_text
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN
from curriculum.documents.unread_text import UnreadText
from curriculum.model.text import text_to_shortened

__all__ = ["changes_to_remarks", "unread_to_remarks"]


def unread_to_remarks(unread: UnreadText) -> Iterator[Remark]:
    """Yield what is to be said about the text."""
    if unread.placeholders:
        shown = text_to_shortened(unread.placeholders[0], 60)
        message = f"{_count_to_words(unread.placeholders, 'empty content control')}: “{shown}” is left out"
        yield Remark("left-out", 0, "note", message)
    yield from numbers_to_remarks(unread.marks)
    for number, what, severity in unread.embedded:
        yield Remark("left-out", number, severity, f"{what} is not read")
    counted = (
        (unread.notes, "note", "reference to a footnote or endnote: their texts are not read"),
        (
            unread.counting_fields,
            "warning",
            "number that Word counts by a field, and that is not in the file",
        ),
        (unread.labels, "warning", "label of a list whose form is not known: left out"),
        (
            unread.unknown_signs,
            "warning",
            f"sign of a font for symbols that is not known; read as {UNKNOWN_SIGN}",
        ),
    )
    for numbers, severity, what in counted:
        if numbers:
            yield Remark("left-out", numbers[0], severity, _count_to_words(numbers, what))
    yield from _hidden_to_remarks(unread.hidden)
    if unread.generated:
        lines = "1 line" if unread.generated == 1 else f"{unread.generated} lines"
        message = f"a table of contents or an index is left out ({lines})"
        yield Remark("left-out", 0, "note", message)


def _hidden_to_remarks(hidden: Sequence[tuple[int, str]]) -> Iterator[Remark]:
    """Yield a remark on hidden text, which is graver where it looks like a KSB or a duty."""
    if not hidden:
        return
    rows = [row for row in hidden if is_row_text(row[1])]
    number, text = (rows or hidden)[0]
    texts = "1 hidden text is" if len(hidden) == 1 else f"{len(hidden)} hidden texts are"
    message = f"{texts} left out, such as “{text_to_shortened(text, 60)}”"
    yield Remark("left-out", number, "warning" if rows else "note", message)


def changes_to_remarks(counts: Counter[str]) -> Iterator[Remark]:
    """Yield a remark if a text has tracked changes, from how many there are of each kind."""
    if counts:
        number = counts.total()
        kinds = ", ".join(
            f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in sorted(counts.items())
        )
        changes = f"{number} tracked change{'s' if number > 1 else ''}"
        message = f"the file has {changes} ({kinds}): it is read as if all were accepted"
        yield Remark("tracked-changes", 0, "note", message)


def _count_to_words(found: Sequence[object], what: str) -> str:
    """Return a number of things in words.

    Examples
    --------
    >>> _count_to_words([1, 2], "sign of a font: not known"), _count_to_words([1], "sign")
    ('2 times: sign of a font: not known', '1 sign')
    """
    return f"1 {what}" if len(found) == 1 else f"{len(found)} times: {what}"
