"""Draw a table of the report as SVG, the same on every system: no browser, no font file, no clock.

The widths of the letters are those of Helvetica, Arial and Liberation Sans. Each line of text is fitted to
its width (`textLength`), so that nothing overlaps where another font is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from curriculum.html.cells import CODE, Cell, Run, Table
from curriculum.model.palette import BLUE, DELETED, INSERTED

__all__ = ["WIDTH", "Span", "TablePicture", "picture_to_svg", "runs_to_lines", "text_to_width"]

# GitHub shows a picture of a front page at about this width, in pixels.
WIDTH: Final = 830
_MARGIN: Final = 10
_PADDING: Final = 6
_SIZE, _SMALL = 12.5, 11.5
_LINE: Final = 16
_INK, _FAINT, _RULE, _TINT = "#1f2933", "#56616c", "#c9d0d7", "#f3f5f7"
_ADDED: Final = "#eef5fa"
_FONT: Final = "Helvetica, Arial, 'Liberation Sans', sans-serif"
# The letters of each width, in thousandths of the size; all others, such as digits, have the usual one.
_PLAIN: Final = {
    222: "ijl‘’",
    278: " !,./:;I[]\\ft",
    333: "-()r`“”",
    500: "cksvxyzJ",
    584: "+<=>~",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    944: "W",
    1000: "…—",
}
_BOLD: Final = {
    278: " ,./I\\ijl‘’",
    333: "!-():;[]ft`",
    389: "r",
    500: "z“”",
    584: "+<=>~",
    611: "FLTZbdghnopqu?",
    667: "EPSVXY",
    722: "ABCDHKNRU&",
    778: "GOQw",
    833: "M",
    889: "m%",
    944: "W",
    1000: "…—",
}
_USUAL: Final = 556
_WIDTHS: Final = [
    {letter: width for width, letters in widths.items() for letter in letters} for widths in (_PLAIN, _BOLD)
]
# How much of the circle before a text is filled.
_SIGNS: Final = {"●": 1.0, "◕": 0.75, "◐": 0.5, "◔": 0.25, "○": 0.0}
_STYLES: Final = {
    "del": f'fill="{DELETED}" text-decoration="line-through"',
    "ins": f'fill="{INSERTED}" text-decoration="underline"',
}


class Span(NamedTuple):
    """A heading over several columns; columns that were added are tinted."""

    heading: str
    n_columns: int
    is_added: bool = False


class TablePicture(NamedTuple):
    """A table with what is needed to draw it.

    Attributes
    ----------
    about
        What is to be seen, for those who do not see it.
    table
        The table; its caption is drawn above it, and is the title.
    widths
        The width of each column, together at most `WIDTH` minus the margins.
    spans
        Headings over several columns.
    most_lines
        A longer text ends in "…".
    has_rules
        Whether lines divide the rows.
    is_sheet
        Whether lines divide the columns too, as in a spreadsheet.
    """

    about: str
    table: Table
    widths: Sequence[float]
    spans: Sequence[Span] = ()
    most_lines: int = 4
    has_rules: bool = True
    is_sheet: bool = False


class _Line(NamedTuple):
    """A line of a cell."""

    runs: Sequence[Run]
    is_bold: bool = False
    is_small: bool = False
    sign: str = ""
    bar: float | None = None


def text_to_width(text: str, size: float = _SIZE, *, is_bold: bool = False) -> float:
    """Return the width of a text in pixels.

    Examples
    --------
    >>> text_to_width("K30", 10), text_to_width("K30", 10, is_bold=True)
    (17.79, 18.34)
    """
    widths = _WIDTHS[is_bold]
    return sum(widths.get(letter, _USUAL) for letter in text) * size / 1000


def runs_to_lines(
    runs: Sequence[Run], width: float, most: int, size: float = _SIZE, *, is_bold: bool = False
) -> list[list[Run]]:
    """Return runs of words in lines of a width; the last of too many lines ends in "…".

    Examples
    --------
    >>> runs_to_lines([Run("Lead", "del"), Run("the crew")], 50, 2)
    [[Run(text='Lead ', mark='del'), Run(text='the', mark='')], [Run(text='crew', mark='')]]
    """
    words = [Run(word, run.mark) for run in runs for word in run.text.split()]
    lines: list[list[Run]] = [[]]
    for word in words:
        if lines[-1] and _runs_to_width([*lines[-1], word], size, is_bold) > width:
            lines.append([])
        lines[-1].append(word)
    if len(lines) > most:
        lines = lines[:most]
        while _runs_to_width([*lines[-1], Run("…")], size, is_bold) > width:
            lines[-1].pop()
        last = lines[-1].pop()
        lines[-1] += [last._replace(text=f"{last.text} …")]
    return [_joined(line) for line in lines]


def _runs_to_width(words: Sequence[Run], size: float, is_bold: bool) -> float:
    return text_to_width(" ".join(word.text for word in words), size, is_bold=is_bold)


def _joined(words: Sequence[Run]) -> list[Run]:
    """Return words as runs: those with the same mark are one, and a space follows each but the last."""
    runs: list[Run] = []
    for word in words:
        if runs and runs[-1].mark == word.mark:
            runs[-1] = Run(f"{runs[-1].text} {word.text}", word.mark)
        else:
            runs.append(word)
    return [Run(f"{run.text} ", run.mark) for run in runs[:-1]] + runs[-1:]


def picture_to_svg(picture: TablePicture) -> str:
    """Return a picture as SVG."""
    headings, *rows = _cells_to_lines(picture)
    top = 34.0
    parts = [_text(_MARGIN + _PADDING, 22, [Run(picture.table.caption)], 13, is_bold=True)]
    if picture.spans:
        parts += _spans(picture, top)
        top += 30
    head = _height(headings)
    left, right = _MARGIN, _MARGIN + sum(picture.widths)
    parts.append(f'<path d="M{left} {top:g}H{right:g}V{top + head:g}H{left}Z" fill="{_TINT}"/>')
    bottom = top + head + sum(map(_height, rows))
    parts += _added(picture, top + head, bottom)
    parts += _row(picture, headings, top)
    y = top + head
    for row in rows:
        if picture.has_rules:
            parts.append(f'<path d="M{left} {y:g}H{right:g}" stroke="{_RULE}"/>')
        parts += _row(picture, row, y)
        y += _height(row)
    if picture.is_sheet:
        uprights = "".join(f"M{edge:g} {top:g}V{bottom:g}" for edge in _edges(picture))
        parts.append(f'<path d="{uprights}M{left} {bottom:g}H{right:g}" stroke="{_RULE}"/>')
    return "\n".join([*_frame(picture, bottom + _MARGIN), *parts, "</svg>", ""])


def _frame(picture: TablePicture, height: float) -> Iterator[str]:
    """Yield the beginning of the file: white paper with a border, which also stands out on a dark page."""
    size = f'viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family={quoteattr(_FONT)} role="img" '
        'aria-labelledby="title about">'
    )
    yield f'<title id="title">{escape(picture.table.caption)}</title>'
    yield f'<desc id="about">{escape(picture.about)}</desc>'
    yield (
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8" fill="#ffffff" '
        f'stroke="{_RULE}"/>'
    )


def _edges(picture: TablePicture) -> list[float]:
    return [_MARGIN + sum(picture.widths[:count]) for count in range(len(picture.widths) + 1)]


def _spans(picture: TablePicture, top: float) -> Iterator[str]:
    """Yield the headings over several columns, each above a line with ends that point down."""
    edges = _edges(picture)
    first = 0
    for span in picture.spans:
        left, right = edges[first] + 3, edges[first + span.n_columns] - 3
        colour = BLUE if span.is_added else _FAINT
        y = top + 22
        yield f'<path d="M{left:g} {y + 5:g}V{y:g}H{right:g}V{y + 5:g}" fill="none" stroke="{colour}"/>'
        yield _text(left + 3, y - 6, [Run(span.heading)], _SIZE, is_bold=True, colour=colour)
        first += span.n_columns


def _added(picture: TablePicture, top: float, bottom: float) -> Iterator[str]:
    edges = _edges(picture)
    first = 0
    for span in picture.spans:
        if span.is_added:
            left, right = edges[first], edges[first + span.n_columns]
            yield f'<path d="M{left:g} {top:g}H{right:g}V{bottom:g}H{left:g}Z" fill="{_ADDED}"/>'
        first += span.n_columns


def _cells_to_lines(picture: TablePicture) -> list[list[list[_Line]]]:
    """Return the lines of each cell, for the headings and for each row."""
    columns = picture.table.columns
    headings = [
        [_Line(runs, is_bold=True) for runs in runs_to_lines([Run(column.heading)], width, 3, is_bold=True)]
        for column, width in zip(columns, _insides(picture), strict=True)
    ]
    rows = [
        [
            _cell_to_lines(cell, width, picture.most_lines, column.kind == CODE)
            for cell, column, width in zip(row, columns, _insides(picture), strict=True)
        ]
        for row in picture.table.rows
    ]
    return [headings, *rows]


def _insides(picture: TablePicture) -> list[float]:
    return [width - 2 * _PADDING for width in picture.widths]


def _cell_to_lines(cell: Cell, width: float, most: int, is_code: bool) -> list[_Line]:
    """Return the lines of a cell: its bars, or its text, and then its notes."""
    lines = [_Line([Run(bar.shown)], bar=bar.value) for bar in cell.bars]
    text = ", ".join(link.text for link in cell.links) or cell.text
    runs = list(cell.runs) or [Run(text)] * bool(text)
    if runs:
        inside = width - (_LINE if cell.mark else 0)
        found = runs_to_lines(runs, inside, most, is_bold=is_code)
        lines += [_Line(line, is_code, sign=cell.mark if not at else "") for at, line in enumerate(found)]
    for note in cell.notes:
        lines += [_Line(line, is_small=True) for line in runs_to_lines([Run(note)], width, most, _SMALL)]
    return lines


def _height(row: Sequence[Sequence[_Line]]) -> float:
    return max(len(lines) for lines in row) * _LINE + 8


def _row(picture: TablePicture, row: Sequence[Sequence[_Line]], top: float) -> Iterator[str]:
    """Yield the cells of a row."""
    for left, lines in zip(_edges(picture), row, strict=False):
        indent = _LINE if lines and lines[0].sign else 0
        for at, line in enumerate(lines):
            x, y = left + _PADDING + indent, top + 16 + at * _LINE
            size, colour = (_SMALL, _FAINT) if line.is_small else (_SIZE, _INK)
            if line.sign:
                yield _circle(x - 10, y - 4.5, _SIGNS[line.sign])
            yield _text(x, y, line.runs, size, is_bold=line.is_bold, colour=colour)
            if line.bar is not None:
                yield _bar(x + 30, y - 9, line.bar)


def _circle(x: float, y: float, share: float) -> str:
    """Return a circle of which a share is filled, from the top clockwise."""
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="{_INK if share == 1 else "#ffffff"}" stroke="{_INK}"/>'
    if share in (0, 1):
        return ring
    angle = 2 * math.pi * share
    end = f"{x + 5 * math.sin(angle):.1f} {y - 5 * math.cos(angle):.1f}"
    return f'{ring}<path d="M{x:g} {y:g}V{y - 5:g}A5 5 0 {int(share > 0.5)} 1 {end}Z" fill="{_INK}"/>'


def _bar(x: float, y: float, value: float) -> str:
    return (
        f'<rect x="{x:g}" y="{y:g}" width="40" height="9" fill="#ffffff" stroke="{_FAINT}"/>'
        f'<rect x="{x:g}" y="{y:g}" width="{40 * value:.1f}" height="9" fill="{BLUE}"/>'
    )


def _text(
    x: float, y: float, runs: Sequence[Run], size: float, *, is_bold: bool = False, colour: str = _INK
) -> str:
    """Return a line of text; words with a mark are struck through or underlined."""
    width = text_to_width("".join(run.text for run in runs), size, is_bold=is_bold)
    weight = ' font-weight="bold"' if is_bold else ""
    spans = "".join(_run(run) for run in runs)
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}"{weight} textLength="{width:.1f}" '
        f'lengthAdjust="spacingAndGlyphs" xml:space="preserve">{spans}</text>'
    )


def _run(run: Run) -> str:
    """Return a run of words; the space behind marked words is not marked."""
    words = run.text.rstrip()
    gap = run.text[len(words) :]
    return f"<tspan {_STYLES[run.mark]}>{escape(words)}</tspan>{gap}" if run.mark else escape(run.text)
