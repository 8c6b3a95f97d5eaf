"""Join the lines of a column of a PDF that one paragraph is wrapped over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from curriculum.documents.pdf_hyphens import Hyphens, ends_in_hyphen
from curriculum.documents.pdf_parts import Piece, TextBlock
from curriculum.model.codes import line_to_codes, text_to_ending_codes

__all__ = [
    "Leading",
    "Paragraph",
    "block_to_paragraphs",
    "blocks_to_leading",
    "goes_over_page",
    "is_cut",
    "is_item",
    "is_surely_rest",
    "joined_paragraph",
    "last_listed",
    "parted_paragraph",
]

# Shares of the size of the letters.
_SPACE, _SLACK, _GAP, _INDENT, _OTHER_SIZE = 0.22, 0.12, 0.3, 0.7, 0.08
_USUAL_LEADING = 1.22
# A bullet, or a dash in a sentence.
_DASHES = frozenset("-–—")
_LISTED = re.compile(r"\(?(\d{1,3})[.)]?\)?")
_LETTER, _LONG_WORD = 0.6, 5.0
# On how many lines the codes at the end of a text can be.
_CODE_LINES = 5


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, its pieces with whether each is bold, and where it is.

    Attributes
    ----------
    pieces
        Its words, and the spaces between them, in order.
    lines
        The lines that it is printed on.
    right
        The right edge of its column.
    gap
        How far it is below the text above it, as a share of the usual distance; 0 if it is the first.
    doubts
        The words at a line end whose hyphen may be part of the word or not.
    torn
        The parts of words that the end of a full line seems to cut without a hyphen.
    n_marks
        How many marks of footnotes are left out.
    """

    pieces: tuple[tuple[str, bool], ...]
    lines: tuple[Piece, ...]
    right: float
    gap: float = 0.0
    doubts: tuple[str, ...] = ()
    torn: tuple[str, ...] = ()
    n_marks: int = 0

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(text for text, _ in self.pieces)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(line.size for line in self.lines)


@dataclass
class Leading:
    """The usual distance of lines, by the size of their letters."""

    by_size: dict[int, float] = field(default_factory=dict)

    def of(self, size: float) -> float:
        """Return the usual distance of lines of this size."""
        return self.by_size.get(round(size * 2), _USUAL_LEADING * size)


def blocks_to_leading(blocks: Iterable[TextBlock]) -> Leading:
    """Return the usual distance of lines: the one that full lines most often have to the line below."""
    counts: dict[int, Counter[float]] = {}
    for block in blocks:
        for before, line in pairwise(block.lines):
            step = line.base - before.base
            same = abs(line.size - before.size) < 0.5
            if same and 0.9 * line.size < step < 2.6 * line.size and _is_full(before, line, block.right):
                counts.setdefault(round(line.size * 2), Counter())[round(step, 1)] += 1
    # Full lines are seldom the last of their paragraph, so that the most frequent distance is that of wraps.
    return Leading({size: counter.most_common(1)[0][0] for size, counter in counts.items()})


def block_to_paragraphs(
    block: TextBlock, leading: Leading, hyphens: Hyphens, listed: Piece | None = None
) -> Iterator[Paragraph]:
    """Yield the paragraphs of lines below each other.

    A line goes on in the next one if the first word of that had no place in it, and nothing shows a new
    paragraph: a gap, a label or a bullet, another size or place. `listed` is the last line before the block
    that begins with the number of an item.
    """
    group: list[Piece] = []
    gap = 0.0
    for line in block.lines:
        is_next = listed is not None and _is_next_number(listed, line)
        if group and not is_next and _goes_on(group, line, block, leading):
            group.append(line)
            continue
        listed = line if _number_of(line) else listed
        if group:
            yield _lines_to_paragraph(group, block.right, gap, hyphens)
            gap = (line.base - group[-1].base) / leading.of(max(line.size, group[-1].size))
        group = [line]
    if group:
        yield _lines_to_paragraph(group, block.right, gap, hyphens)


def last_listed(paragraphs: Sequence[Paragraph], listed: Piece | None) -> Piece | None:
    """Return the first line of the last paragraph that begins with a number; `listed` if none does."""
    found = [paragraph.lines[0] for paragraph in paragraphs if _number_of(paragraph.lines[0])]
    return found[-1] if found else listed


def _is_next_number(listed: Piece, line: Piece) -> bool:
    """Return whether a line begins with the number behind the one that a line above it begins with."""
    return abs(listed.left - line.left) < line.size and _follows(listed, line)


def _follows(listed: Piece, line: Piece) -> bool:
    return _number_of(line) == _number_of(listed) + 1 > 1


def _number_of(line: Piece) -> int:
    """Return the number that a line begins with, as an item of a list does; 0 if there is none."""
    found = _LISTED.fullmatch(line.words[0].text)
    return int(found[1]) if found and len(line.words) > 1 else 0


def _begins_list(before: Piece, line: Piece) -> bool:
    """Return whether a line with a number or a dash below a full line can be an item of a list."""
    if line.words[0].text in _DASHES:
        return before.words[0].text in _DASHES or before.text[-1] in ".:;"
    number = _number_of(line)
    return not number or (number == 1 and before.text[-1] in ".:;")


def _is_full(before: Piece, line: Piece, right: float) -> bool:
    """Return whether the first word of a line had no place at the end of the line before it."""
    word = line.words[0]
    needed = _SPACE * before.size + (word.right - word.left)
    return before.right + needed > right - _SLACK * before.size or ends_in_hyphen(before.words[-1].text)


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")


def _goes_on(group: Sequence[Piece], line: Piece, block: TextBlock, leading: Leading) -> bool:
    before, first = group[-1], group[0]
    size = max(before.size, line.size)
    step = line.base - before.base
    if abs(before.size - line.size) > _OTHER_SIZE * size or step > leading.of(size) + _GAP * size:
        return False
    # In labels at the side it is not known how long a line can be.
    is_rest = block.is_label and line.text[0].islower() and before.text[-1] not in ".:;"
    if not is_rest and not _is_full(before, line, block.right):
        return False
    by_codes = _goes_on_by_codes(group, line)
    if by_codes is not None:
        return by_codes
    if line.opens and _begins_list(before, line):
        return _is_open(" ".join(piece.text for piece in group))
    indent = line.left - before.left
    if len(group) > 1 and abs(indent) > _INDENT * size and not _is_centred(before, line):
        return False
    is_outside = line.left < first.left - _INDENT * size
    return not (is_outside and first.opens)


def _ends_with_codes(lines: Sequence[Piece]) -> bool:
    """Return whether lines end with codes in brackets, as a criterion or a duty does."""
    if lines[-1].text.rstrip(".")[-1:] not in (")", "]"):
        return False
    return bool(text_to_ending_codes(" ".join(line.text for line in lines[-_CODE_LINES:]))[1])


def _goes_on_by_codes(lines: Sequence[Piece], line: Piece) -> bool | None:
    """Return whether codes in brackets show that lines go on in the next one; None if they do not tell."""
    if _ends_with_codes(lines):
        return False if _begins_sentence(line) else None
    return True if _is_bracketed_codes(line) else None


def _begins_sentence(line: Piece) -> bool:
    return line.text[0].isupper() and not line_to_codes(line.words[0].text)


def _is_bracketed_codes(line: Piece) -> bool:
    return line.is_codes and line.text[0] in "(["


def _is_centred(before: Piece, line: Piece) -> bool:
    return abs((before.left + before.right) - (line.left + line.right)) < 0.5 * line.size


def _lines_to_paragraph(lines: Sequence[Piece], right: float, gap: float, hyphens: Hyphens) -> Paragraph:
    paragraph = _line_to_paragraph(lines[0], right, gap)
    for line in lines[1:]:
        paragraph = joined_paragraph(paragraph, _line_to_paragraph(line, right, 0.0), hyphens)
    return paragraph


def _line_to_paragraph(line: Piece, right: float, gap: float) -> Paragraph:
    pieces: list[tuple[str, bool]] = []
    for at, word in enumerate(line.words):
        if at:
            is_tab = line.has_tab and at == _label_length(line)
            pieces.append(("\t" if is_tab else " ", word.is_bold and line.words[at - 1].is_bold))
        pieces.append((word.text, word.is_bold))
    marks = sum(word.is_marked for word in line.words)
    return Paragraph(tuple(pieces), (line,), right, gap, n_marks=marks)


def _label_length(line: Piece) -> int:
    """Return of how many words the label of a line is: before its widest gap."""
    gaps = [word.left - before.right for before, word in pairwise(line.words)]
    return gaps.index(max(gaps[:3])) + 1 if gaps else 0


def joined_paragraph(before: Paragraph, after: Paragraph, hyphens: Hyphens) -> Paragraph:
    """Return a paragraph with the rest of it joined, as on the next line or page."""
    last, is_bold = before.pieces[-1]
    is_torn = _may_be_torn(before, after)
    first = after.pieces[0][0]
    joint = (hyphens.torn_joint if is_torn else hyphens.joint)(last, first)
    pieces = [*before.pieces[:-1], (joint.before, is_bold)]
    if joint.space:
        pieces.append((joint.space, is_bold and after.pieces[0][1]))
    doubt = (f"{last}{' ' if is_torn else ''}{first}",)
    is_error = is_torn and bool(joint.space) and hyphens.is_torn(last, first)
    doubts = () if joint.is_sure or is_error else doubt
    return Paragraph(
        (*pieces, *after.pieces),
        (*before.lines, *after.lines),
        after.right,
        before.gap,
        (*before.doubts, *doubts, *after.doubts),
        (*before.torn, *(doubt if is_error else ()), *after.torn),
        before.n_marks + after.n_marks,
    )


def parted_paragraph(paragraph: Paragraph, at: int, hyphens: Hyphens) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph as two, of which the second begins with a line of it, counted from 0."""
    return (
        _lines_to_paragraph(paragraph.lines[:at], paragraph.right, paragraph.gap, hyphens),
        _lines_to_paragraph(paragraph.lines[at:], paragraph.right, 1.0, hyphens),
    )


def is_surely_rest(before: Paragraph, after: Paragraph) -> bool:
    """Return whether a paragraph begins in mid-sentence, behind one whose last line is full."""
    last, first = before.lines[-1], after.lines[0]
    if _closes_bracket(before, after):
        return True
    is_open = first.text[0].islower() or ends_in_hyphen(last.text) or _is_open(before.text)
    return is_open and not first.opens and _is_full(last, first, before.right)


def _closes_bracket(before: Paragraph, after: Paragraph) -> bool:
    """Return whether a paragraph has the end of a bracket that is open in the one before it."""
    rest = after.lines[0].text
    return _is_open(before.text) and (rest + "(").index("(") > rest.find(")") >= 0


def _may_be_torn(paragraph: Paragraph, after: Paragraph) -> bool:
    """Return whether the last line has no place for a further letter, and ends with a part of a long word.

    Such a word is wider than the column. A line of one word alone can be a part of it too.
    """
    line, word = paragraph.lines[-1], after.lines[0].words[0]
    is_filled = line.right + _LETTER * line.size > paragraph.right
    width = line.words[-1].right - line.words[-1].left + word.right - word.left
    is_long = width > paragraph.right - min(other.left for other in paragraph.lines)
    return (len(line.words) == 1 or is_long) and is_filled and not ends_in_hyphen(line.text)


def is_item(paragraph: Paragraph) -> bool:
    """Return whether a paragraph begins with a label, a bullet or a number."""
    return paragraph.lines[0].opens or _number_of(paragraph.lines[0]) > 0


def is_cut(paragraph: Paragraph) -> bool:
    """Return whether a paragraph ends within a sentence, at the end of a line that is nearly full."""
    last = paragraph.lines[-1]
    is_long = last.right + _LONG_WORD * last.size > paragraph.right
    return is_long and paragraph.text[-1] not in ".;:!?)"


def goes_over_page(  # noqa: PLR0911
    before: Paragraph, after: Paragraph
) -> bool | None:
    """Return whether the last paragraph of a column goes on in the first of the next one.

    Parameters
    ----------
    before, after
        The paragraphs.

    Returns
    -------
    bool or None
        None if it cannot be told: the line is full, a sentence ends with it, and another begins.
    """
    last, first = before.lines[-1], after.lines[0]
    if _number_of(before.lines[0]) and _follows(before.lines[0], first):
        return False
    if _closes_bracket(before, after):
        return True
    if abs(last.size - first.size) > _OTHER_SIZE * last.size or last.is_bold != first.is_bold:
        return False
    is_full = _is_full(last, first, before.right)
    by_codes = _goes_on_by_codes(before.lines, first)
    if by_codes is False or (by_codes and is_full):
        return by_codes
    if first.opens or not is_full:
        return _is_open(before.text) and not first.opens
    if first.text[0].islower() or ends_in_hyphen(last.text) or _is_open(before.text):
        return True
    if before.text[-1] not in ".;:!?":
        return None if first.text[0].isupper() and first.left < last.left - _INDENT * last.size else True
    return None if len(before.lines) > 1 or before.lines[0].opens else False
