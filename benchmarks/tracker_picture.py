"""Draw an example tracker as `curriculum remap` writes it.

    python benchmarks/tracker_picture.py

It remaps examples/portfolio.csv from version 1.0 to 1.2, and draws the first rows of the copy to
docs/remapped_tracker.svg. tests/test_door.py checks that the picture shows this copy.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from curriculum.model.palette import BLUE, GREEN, GREY, ORANGE

ROOT = Path(__file__).resolve().parents[1]
TRACKER = ROOT / "examples" / "portfolio.csv"
PICTURE = ROOT / "docs" / "remapped_tracker.svg"
VERSIONS = ("st0792-1.0", "st0792-1.2")

N_ROWS = 5
# The width of each column, and how many characters of a cell it shows.
WIDTHS = (172, 150, 218, 164, 96, 370)
SHOWN = (24, 18, 28, 19, 10, 48)
N_OLD = 3
ROW, LEFT, TOP = 30, 54, 84
NUMBERS = LEFT - 34
WIDTH = LEFT + sum(WIDTHS) + 20
INK, FAINT, LINE = "#1f2933", "#5f6b76", "#d5dae0"
COLOURS = {"replaced": BLUE, "merged": GREEN, "kept": GREY}


def tracker_to_rows() -> list[list[str]]:
    """Return the header and the first rows of the remapped copy, as the command writes it."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.csv"
        old, new = VERSIONS
        arguments = ["--from", old, "--to", new, "--raw", str(ROOT / "data" / "raw"), "--out", str(copy)]
        command = [sys.executable, "-m", "curriculum", "remap", str(TRACKER), *arguments]
        # It ends with 1, as some codes need a person.
        subprocess.run(command, capture_output=True, check=False)
        rows = list(csv.reader(io.StringIO(copy.read_text(encoding="utf-8-sig"), newline="")))
    return rows[: N_ROWS + 1]


def cell_to_text(cell: str, length: int) -> str:
    """Return the part of a cell that its column shows."""
    first = " ".join(cell.split())
    return first if len(first) <= length else f"{first[: length - 1].rstrip()}…"


def text_element(x: float, y: float, text: str, **attributes: str) -> str:
    """Return a text as an element of SVG."""
    given = {"font_size": "13", "fill": INK, **attributes}
    words = "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in given.items())
    return f'<text x="{x:g}" y="{y:g}"{words}>{escape(text)}</text>'


def rows_to_svg(rows: list[list[str]]) -> str:
    """Return the picture of a sheet: the columns of the tracker, and the new ones at the right."""
    height = TOP + ROW * len(rows) + 20
    old, new = VERSIONS
    title = f"A portfolio remapped from {old} to {new}: new codes, outcomes and notes in columns at the right"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" font-family="system-ui, \'Segoe UI\', Helvetica, Arial, sans-serif" role="img" '
        'aria-labelledby="title">',
        f'<title id="title">{escape(title)}</title>',
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10" fill="#ffffff" '
        f'stroke="{LINE}"/>',
    ]
    middle = LEFT + sum(WIDTHS[:N_OLD])
    right = LEFT + sum(WIDTHS)
    parts += bracket(LEFT, middle - 8, "your columns, unchanged", FAINT)
    parts += bracket(middle + 8, right, "added by curriculum remap", BLUE)
    parts.append(
        f'<rect x="{middle}" y="{TOP}" width="{right - middle}" height="{ROW * len(rows)}" fill="{BLUE}" '
        'fill-opacity="0.06"/>'
    )
    parts += grid(len(rows), right)
    for number, row in enumerate(rows):
        parts += row_to_svg(number, row)
    return "\n".join([*parts, "</svg>", ""])


def bracket(left: float, right: float, text: str, colour: str) -> Iterator[str]:
    """Yield a line over some columns, with a text in the middle above it."""
    y = TOP - 34
    yield f'<path d="M{left} {y + 6}V{y}H{right}V{y + 6}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield text_element((left + right) / 2, y - 10, text, fill=colour, text_anchor="middle", font_weight="600")


def grid(n_rows: int, right: float) -> Iterator[str]:
    """Yield the lines and the letters of a sheet."""
    bottom = TOP + ROW * n_rows
    size = f'x="{NUMBERS}" y="{TOP}" width="{right - NUMBERS}" height="{ROW}"'
    yield f'<rect {size} fill="{GREY}" fill-opacity="0.16"/>'
    edges = [LEFT + sum(WIDTHS[:count]) for count in range(len(WIDTHS) + 1)]
    lines = [f"M{NUMBERS} {TOP + ROW * count}H{right}" for count in range(n_rows + 1)]
    lines += [f"M{edge} {TOP - 20}V{bottom}" for edge in edges] + [f"M{NUMBERS} {TOP}V{bottom}"]
    yield f'<path d="{"".join(lines)}" fill="none" stroke="{LINE}"/>'
    for place, width in enumerate(WIDTHS):
        letter = "ABCDEFGH"[place]
        centre = edges[place] + width / 2
        yield text_element(centre, TOP - 6, letter, fill=FAINT, text_anchor="middle", font_size="12")


def row_to_svg(number: int, row: list[str]) -> Iterator[str]:
    """Yield the cells of a row; the outcome has its colour."""
    y = TOP + ROW * number + 20
    yield f'<g class="row" data-cells={quoteattr(" | ".join(row))}>'
    yield text_element(NUMBERS + 17, y, str(number + 1), fill=FAINT, text_anchor="middle", font_size="12")
    x = LEFT
    for place, (cell, width, length) in enumerate(zip(row, WIDTHS, SHOWN, strict=True)):
        text = cell_to_text(cell, length)
        if number == 0:
            yield text_element(x + 10, y, text, font_weight="600")
        elif place == N_OLD + 1:
            colour = COLOURS.get(cell, ORANGE)
            yield f'<circle cx="{x + 13}" cy="{y - 4.5}" r="4.5" fill="{colour}"/>'
            yield text_element(x + 23, y, text)
        else:
            weight = "600" if place in {1, N_OLD} else "400"
            yield text_element(x + 10, y, text, font_weight=weight)
        x += width
    yield "</g>"


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(rows_to_svg(tracker_to_rows()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
