"""What is wrong with a figure, found by computing: texts that are cut, covered, or cannot be read."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.path import Path as Outline
from matplotlib.transforms import Bbox

from curriculum.model.palette import colours_to_contrast

# What JupyterLab has for a figure at 1440 pixels, beside its side bar; and the pixels of an inch.
SHOWN, PIXELS = 910, 96
LEAST_SIZE, LEAST_CONTRAST = 10, 4.5


def texts_of(figure):
    """Give the texts that are drawn; ticks beyond the ends of an axis are not."""
    found = [figure._suptitle] if figure._suptitle else []
    for legend in figure.legends:
        found += legend.get_texts()
    for axes in figure.axes:
        found += axes.texts
        if not axes.axison:
            continue
        found += [axes.xaxis.label, axes.yaxis.label]
        for axis, bounds in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            found += [label for place, label in ticks if min(bounds) <= place <= max(bounds)]
    return [text for text in found if text.get_text().strip()]


def box_of(text):
    """Give the box of the letters of a text, without the space above and below them."""
    return text.get_window_extent().shrunk(0.985, 0.86)


def markers_of(figure):
    """Yield the box of each marker of lines and of scattered points."""
    dots = figure.dpi / 72
    for axes in figure.axes:
        for line in axes.lines:
            if line.get_marker() not in ("None", None, ""):
                every = line.get_markevery() or 1
                for point in line.get_transform().transform(np.column_stack(line.get_data()))[::every]:
                    yield around(point, line.get_markersize() * dots)
        for collection in axes.collections:
            sizes = getattr(collection, "get_sizes", lambda: [])()
            if len(sizes) and type(collection).__name__ == "PathCollection":
                for point in axes.transData.transform(collection.get_offsets()):
                    yield around(point, np.sqrt(sizes[0]) * dots)


def around(point, size):
    return Bbox.from_bounds(point[0] - size / 2, point[1] - size / 2, size, size)


def segments_of(figure):
    """Yield each straight piece of a line: its ends and its place in the order of drawing."""
    for axes in figure.axes:
        for line in axes.lines:
            if line.get_linestyle() not in ("None", ""):
                points = line.get_transform().transform(np.column_stack(line.get_data()))
                yield from ((start, stop, line.get_zorder()) for start, stop in pairwise(points))
        for collection in axes.collections:
            if type(collection).__name__ == "LineCollection":
                for segment in collection.get_segments():
                    points = axes.transData.transform(segment)
                    yield from ((start, stop, collection.get_zorder()) for start, stop in pairwise(points))


def crosses(start, stop, box):
    return Outline([start, stop]).intersects_bbox(box, filled=False)


def areas_of(figure):
    """Yield each filled area, those on top last: its outline in pixels, the box around it, and its colour."""
    found = []
    for axes in figure.axes:
        for patch in axes.patches:
            outline = patch.get_path().transformed(patch.get_transform())
            found.append((patch.get_zorder(), outline, patch.get_facecolor()))
        for collection in axes.collections:
            if type(collection).__name__ == "FillBetweenPolyCollection":
                for path in collection.get_paths():
                    outline = path.transformed(axes.transData)
                    found.append((collection.get_zorder(), outline, collection.get_facecolor()[0]))
            elif type(collection).__name__ == "PathCollection":
                size = np.sqrt(collection.get_sizes()[0]) * figure.dpi / 72
                colours = collection.get_facecolor()
                for at, point in enumerate(axes.transData.transform(collection.get_offsets())):
                    outline = Outline.unit_rectangle().transformed(around_transform(point, size))
                    found.append((collection.get_zorder(), outline, colours[at % len(colours)]))
    for _, outline, colour in sorted(found, key=lambda area: area[0]):
        yield outline, outline.get_extents().extents, colour


def around_transform(point, size):
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(size).translate(point[0] - size / 2, point[1] - size / 2)


def is_backed(text):
    """Tell whether a text has a ground of its own, which hides a line below it."""
    return text.get_bbox_patch() is not None


def contrast_of(text, areas):
    """Give the contrast of a text with what is behind its middle."""
    box = text.get_window_extent()
    ground, x, y = "#FFFFFF", (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    for outline, (x0, y0, x1, y1), colour in areas:
        if x0 <= x <= x1 and y0 <= y <= y1 and colour[3] > 0 and outline.contains_point((x, y)):
            ground = to_hex(colour)
    if is_backed(text):
        ground = to_hex(text.get_bbox_patch().get_facecolor())
    return colours_to_contrast(to_hex(text.get_color()), ground)


def faults_of(figure):
    """Yield what is wrong with a figure of matplotlib, in words."""
    figure.draw_without_rendering()
    texts = texts_of(figure)
    boxes = [box_of(text) for text in texts]
    width, height = figure.bbox.width, figure.bbox.height
    shown = min(1, SHOWN / (figure.get_figwidth() * PIXELS))
    markers, segments, areas = list(markers_of(figure)), list(segments_of(figure)), list(areas_of(figure))
    if figure.get_figwidth() * PIXELS > SHOWN:
        yield f"the figure is {figure.get_figwidth() * PIXELS:.0f} pixels wide"
    for text, box in zip(texts, boxes, strict=True):
        name = text.get_text()
        if box.x0 < -1 or box.y0 < -1 or box.x1 > width + 1 or box.y1 > height + 1:
            yield f"cut off: {name}"
        if text.get_fontsize() * PIXELS / 72 * shown < LEAST_SIZE:
            yield f"too small: {name}"
        if contrast_of(text, areas) < LEAST_CONTRAST:
            yield f"too little contrast: {name}"
        if any(box.overlaps(marker) and not holds(marker, box) for marker in markers):
            yield f"on a marker: {name}"
        if not is_backed(text) and any(crosses(start, stop, box) for start, stop, _ in segments):
            yield f"a line through: {name}"
    for one, other in overlapping(boxes):
        yield f"on each other: {texts[one].get_text()} and {texts[other].get_text()}"
    yield from lines_through_boxes(figure, segments)


def overlapping(boxes):
    """Give the positions of each two boxes that overlap."""
    if not boxes:
        return []
    x0, y0, x1, y1 = np.array([box.extents for box in boxes]).T
    lies = (x0[:, None] < x1) & (x0 < x1[:, None]) & (y0[:, None] < y1) & (y0 < y1[:, None])
    return [tuple(pair) for pair in np.argwhere(np.triu(lies, 1))]


def holds(marker, box):
    """Tell whether a text stands in the middle of a marker."""
    return abs(marker.x0 + marker.x1 - box.x0 - box.x1) < 4 and marker.width > box.width - 3


def lines_through_boxes(figure, segments):
    """Yield the boxes with a frame that a line runs through."""
    for axes in figure.axes:
        for patch in axes.patches:
            inside = patch.get_window_extent().padded(-2)
            if patch.get_linewidth() and inside.width > 4 and inside.height > 4:
                yield from (
                    f"a line through the box at {inside.x0:.0f}, {inside.y0:.0f}"
                    for start, stop, _ in segments
                    if crosses(start, stop, inside)
                )
