"""Draw matrices: the KSBs that each duty names, and the duties that give evidence for each theme."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from textwrap import shorten
from typing import Final

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_kind
from curriculum.model.palette import background_to_text_colour
from curriculum.viz.figure_style import (
    GRID,
    INK,
    KIND_FILLS,
    MOST_WIDTH,
    SMALL,
    add_legend,
    add_title,
    check_frame_to_draw,
    escape_dollars,
    new_figure,
    remove_frame,
    styled,
)
from curriculum.viz.picture import Picture

__all__ = ["plot_duty_matrix", "plot_theme_evidence"]

# In inches: a column and a row, and what stands beside and below a panel.
_COLUMN, _ROW, _BESIDE, _BELOW = 0.165, 0.27, 1.0, 0.5
# A panel has as many KSBs as fit into the width of a page.
_MOST_COLUMNS: Final = int((MOST_WIDTH - _BESIDE) / _COLUMN)
_LEAST_WIDTH: Final = 6.0
_MATRIX: Final = "a matrix of duties and KSBs, as duties_to_matrix returns it"
_EVIDENCE: Final = "as graph_to_theme_evidence returns it"
_EVIDENCE_COLUMNS: Final = ("theme", v.NAME, "duty", "n_shared", "share_of_theme")
_LONGEST, _LETTER = 40, 0.078
_WIDEST_CELL, _THEME_ROW = 0.55, 0.36
# The shares in the legend, besides the whole.
_SHARES: Final = (0.25, 0.5, 0.75)


@styled
def plot_duty_matrix(matrix: pd.DataFrame, title: str) -> Picture:
    """Draw the KSBs that each duty names.

    Parameters
    ----------
    matrix
        As `duties_to_matrix` returns it.
    title
        The title.

    Returns
    -------
    Picture
        One row for each duty with its number of KSBs, one column for each KSB, a mark if the duty names it.
        If there are more KSBs than fit beside each other, they are in several panels.
    """
    check_frame_to_draw(matrix, [], _MATRIX)
    if not matrix.dtypes.map(pd.api.types.is_bool_dtype).all():
        types = ", ".join(dict.fromkeys(map(str, matrix.dtypes)))
        raise InvalidInput("no matrix of true and false", expected=_MATRIX, found=types)
    n_panels = ceil(len(matrix.columns) / _MOST_COLUMNS)
    size = ceil(len(matrix.columns) / n_panels)
    panels = [list(matrix.columns[at : at + size]) for at in range(0, len(matrix.columns), size)]
    width = max(_LEAST_WIDTH, _COLUMN * size + _BESIDE)
    height = n_panels * (_ROW * len(matrix) + _BELOW) + 0.9
    figure = Figure(figsize=(width, height), layout="constrained")
    slots = (width - _BESIDE) / _COLUMN
    for axes, codes in zip(figure.subplots(n_panels, squeeze=False).flat, panels, strict=True):
        _draw_panel(axes, matrix, codes, slots)
    add_title(figure, title)
    kinds = dict.fromkeys(code_to_kind(code) for code in matrix.columns)
    add_legend(figure, [KIND_FILLS[kind]._replace(hatch="").to_patch(kind) for kind in kinds])
    return Picture(figure, title, _matrix_to_alt(matrix), matrix)


def _draw_panel(axes: Axes, matrix: pd.DataFrame, codes: Sequence[str], slots: float) -> None:
    """Draw the duties and some of the KSBs."""
    kinds = [code_to_kind(code) for code in codes]
    for at, (code, kind) in enumerate(zip(codes, kinds, strict=True)):
        rows = [row for row, is_named in enumerate(matrix[code]) if is_named]
        axes.scatter([at] * len(rows), rows, marker="s", s=80, color=KIND_FILLS[kind].colour, zorder=2)
    for at, (kind, following) in enumerate(pairwise(kinds)):
        if kind != following:
            axes.axvline(at + 0.5, color="0.6", linewidth=1)
    axes.set_xticks(range(len(codes)), codes, rotation=90, fontsize=SMALL)
    counts = matrix.sum(axis=1)
    labels = [f"{duty} ({count})" for duty, count in zip(matrix.index, counts, strict=True)]
    axes.set_yticks(range(len(matrix)), labels, fontsize=9)
    axes.set(xlim=(-0.6, slots - 0.4), ylim=(len(matrix) - 0.4, -0.6))
    axes.grid(color=GRID, zorder=0)
    remove_frame(axes)


def _matrix_to_alt(matrix: pd.DataFrame) -> str:
    counts = {str(duty): int(count) for duty, count in matrix.sum(axis=1).items()}
    most, fewest = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
    unnamed = [code for code in matrix.columns if not matrix[code].any()]
    lacking = f" Named by no duty: {', '.join(unnamed)}." if unnamed else " Each KSB is named by a duty."
    return (
        f"{len(matrix)} duties name {len(matrix.columns)} KSBs {sum(counts.values())} times. "
        f"{most} names the most ({counts[most]}), {fewest} the fewest ({counts[fewest]}).{lacking}"
    )


@styled
def plot_theme_evidence(evidence: pd.DataFrame, title: str) -> Picture:
    """Draw the duties that give evidence for each theme.

    Parameters
    ----------
    evidence
        As `graph_to_theme_evidence` returns it.
    title
        The title.

    Returns
    -------
    Picture
        A square for each theme and duty with a common KSB, with the number of common KSBs. A darker square is
        a larger share of the KSBs of the theme.
    """
    check_frame_to_draw(evidence, _EVIDENCE_COLUMNS, _EVIDENCE)
    themes = dict(zip(evidence["theme"], evidence[v.NAME], strict=True))
    duties = sorted(set(evidence["duty"]), key=lambda code: int(code[1:]))
    names = [f"{shorten(name, _LONGEST, placeholder=' …')}  {code}" for code, name in themes.items()]
    beside = _LETTER * max(map(len, names)) + 0.5
    cell = min(_WIDEST_CELL, (MOST_WIDTH - beside) / len(duties))
    width = max(_LEAST_WIDTH, cell * len(duties) + beside)
    figure, axes = new_figure(width, _THEME_ROW * len(themes) + 1.5)
    slots = (width - beside) / cell
    _draw_squares(axes, evidence, list(themes), duties, cell)
    axes.set_xticks(range(len(duties)), duties, fontsize=9, rotation=90 if cell < 0.35 else 0)
    axes.set_yticks(range(len(themes)), [escape_dollars(name) for name in names], fontsize=9)
    axes.set(xlim=(-0.6, slots - 0.4), ylim=(len(themes) - 0.4, -0.6))
    axes.grid(color=GRID, zorder=0)
    axes.set_axisbelow(True)
    remove_frame(axes)
    add_title(figure, title)
    # Patches, because a scale of colours would be a picture of pixels, whose bytes are not always the same.
    shade = mpl.colormaps["Blues"]
    samples = {share: f"{share:.0%}" for share in _SHARES} | {1.0: "100% of the KSBs of the theme"}
    handles = [Patch(fc=to_hex(shade(share)), ec=INK, lw=0.4, label=name) for share, name in samples.items()]
    add_legend(figure, handles)
    return Picture(figure, title, _evidence_to_alt(evidence, len(themes), len(duties)), evidence)


def _draw_squares(
    axes: Axes, evidence: pd.DataFrame, themes: Sequence[str], duties: Sequence[str], cell: float
) -> None:
    """Draw a square with a number for each theme and duty."""
    across = [duties.index(code) for code in evidence["duty"]]
    down = [themes.index(code) for code in evidence["theme"]]
    shares = evidence["share_of_theme"].tolist()
    side = min(20.0, cell * 72 * 0.92)
    shade = mpl.colormaps["Blues"]
    colours = [to_hex(shade(share)) for share in shares]
    axes.scatter(across, down, c=colours, s=side**2, marker="s", edgecolors=INK, linewidths=0.4, zorder=2)
    for x, y, count, colour in zip(across, down, evidence["n_shared"], colours, strict=True):
        text_colour = background_to_text_colour(colour)
        axes.text(x, y, str(count), ha="center", va="center", fontsize=SMALL + 0.5, color=text_colour)


def _evidence_to_alt(evidence: pd.DataFrame, n_themes: int, n_duties: int) -> str:
    of_theme = evidence.groupby("theme", sort=False)["duty"].agg(", ".join)
    clauses = "; ".join(f"{theme}: {duties}" for theme, duties in of_theme.items())
    return f"{n_themes} themes, {n_duties} duties; {len(evidence)} pairs have KSBs in common. {clauses}."
