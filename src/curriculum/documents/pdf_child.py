"""Take the letters, lines and pictures out of a PDF, in a process of its own.

This file is run as a program, and imports nothing of the package: a PDF that crashes the library, hangs it or
fills the memory ends this process only. The bytes of the PDF come from the standard input; the answer is JSON
on the standard output. Places are in points from the upper left corner of a page as it is shown.
"""

from __future__ import annotations

import ctypes
import itertools
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

__all__ = ["main"]

_PATH, _IMAGE, _FORM = 2, 3, 5
_BEZIER, _MOVE_TO = 1, 2
_DEEPEST = 8
_MOST_SEGMENTS = 400
_PASSWORD_ERROR = 4
_MOST_ANNOTATIONS = 2_000
_LONGEST_NOTE = 200
_LEAST_SEEN = 8
_STRUCK = 12
_FREE_TEXT, _WIDGET = 3, 20
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class _Refused(Exception):
    """A PDF that is not read: the word that says why, and a number."""


def _joined(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class _PageReader:
    """What is on one page."""

    def __init__(self, lib: Any, page: Any, most_letters: int, most_rules: int) -> None:
        self.lib, self.page = lib, page
        self.most_letters, self.most_rules = most_letters, most_rules
        self.order: dict[int, int] = {}
        self.rules: list[list[float]] = []
        self.boxes: list[list[float]] = []
        self.images: list[list[float]] = []
        self.styles: list[list[Any]] = []
        self.is_crowded = False
        self.n_paths = self.n_objects = 0
        box = lib.FS_RECTF()
        if not lib.FPDF_GetPageBoundingBox(page, box):
            box.left, box.bottom, box.right, box.top = 0, 0, 612, 792
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        turn = lib.FPDFPage_GetRotation(page)
        self.shown: _Matrix = (
            (1.0, 0.0, 0.0, -1.0, -left, top),
            (0.0, 1.0, 1.0, 0.0, -bottom, -left),
            (-1.0, 0.0, 0.0, 1.0, right, -bottom),
            (0.0, -1.0, -1.0, 0.0, top, right),
        )[turn if turn in (1, 2, 3) else 0]
        sides = (abs(right - left), abs(top - bottom))
        self.width, self.height = sides[::-1] if turn in (1, 3) else sides

    def read(self) -> dict[str, Any]:
        """Return what is on the page, as the answer has it."""
        for item, matrix in self._objects(None, _IDENTITY, 0):
            self._read_object(item, matrix)
        letters, n_unmapped = self._letters()
        return {
            "width": round(self.width, 2),
            "height": round(self.height, 2),
            "letters": letters,
            "unmapped": n_unmapped,
            "styles": self.styles,
            "rules": self.rules,
            "boxes": self.boxes,
            "images": self.images,
            "crowded": self.is_crowded,
            "paths": self.n_paths,
            "notes": list(self._notes()),
        }

    def _objects(self, form: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
        lib = self.lib
        count = lib.FPDFFormObj_CountObjects(form) if form else lib.FPDFPage_CountObjects(self.page)
        for at in range(min(count, 10 * self.most_rules)):
            item = lib.FPDFFormObj_GetObject(form, at) if form else lib.FPDFPage_GetObject(self.page, at)
            if not item:
                continue
            # Forms within forms can be drawn without end.
            self.n_objects += 1
            if self.n_objects > 10 * self.most_rules:
                self.is_crowded = True
                return
            self.order[_address(item)] = len(self.order)
            if lib.FPDFPageObj_GetType(item) == _FORM and depth < _DEEPEST:
                yield from self._objects(item, _joined(_matrix_of(lib, item), matrix), depth + 1)
            else:
                yield item, matrix

    def _read_object(self, item: Any, matrix: _Matrix) -> None:
        kind = self.lib.FPDFPageObj_GetType(item)
        if kind == _IMAGE:
            corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            whole = _joined(_matrix_of(self.lib, item), matrix)
            self.images.append(self._box([_moved(x, y, whole) for x, y in corners]))
        elif kind == _PATH:
            self.n_paths += 1
            if len(self.rules) + len(self.boxes) > self.most_rules:
                self.is_crowded = True
                return
            self._read_path(item, _joined(_matrix_of(self.lib, item), matrix))

    def _box(self, points: list[tuple[float, float]]) -> list[float]:
        shown = [_moved(x, y, self.shown) for x, y in points]
        xs, ys = [x for x, _ in shown], [y for _, y in shown]
        return [round(value, 2) for value in (min(xs), min(ys), max(xs), max(ys))]

    def _read_path(self, path: Any, matrix: _Matrix) -> None:
        """Add the straight lines that a path draws, and the rectangles that it fills."""
        lib = self.lib
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not lib.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
            return
        order = self.order[_address(path)]
        for points, is_straight in self._parts_of(path, matrix):
            box = self._box(points)
            if not is_straight or not all(math.isfinite(value) for value in box):
                continue
            if fill.value and (colour := self._colour(path, lib.FPDFPageObj_GetFillColor)):
                self.boxes.append([*box, *colour, order])
            if stroke.value and (colour := self._colour(path, lib.FPDFPageObj_GetStrokeColor)):
                for begin, end in itertools.pairwise(points):
                    self.rules.append([*self._box([begin, end]), *colour])

    def _parts_of(self, path: Any, matrix: _Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        lib = self.lib
        count = lib.FPDFPath_CountSegments(path)
        if count > _MOST_SEGMENTS:
            return
        points: list[tuple[float, float]] = []
        is_straight = True
        x, y = ctypes.c_float(), ctypes.c_float()
        for at in range(count):
            segment = lib.FPDFPath_GetPathSegment(path, at)
            kind = lib.FPDFPathSegment_GetType(segment)
            lib.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == _MOVE_TO:
                if len(points) > 1:
                    yield points, is_straight
                points, is_straight = [], True
            is_straight = is_straight and kind != _BEZIER
            points.append(_moved(x.value, y.value, matrix))
            if lib.FPDFPathSegment_GetClose(segment) and len(points) > 2:
                points.append(points[0])
        if len(points) > 1:
            yield points, is_straight

    def _colour(self, item: Any, getter: Any) -> list[int]:
        """Return the three parts of a colour and how opaque it is; nothing if it is not seen."""
        parts = [ctypes.c_uint() for _ in range(4)]
        if not getter(item, *parts):
            return [0, 0, 0, 255]
        red, green, blue, alpha = (part.value for part in parts)
        return [red, green, blue, alpha] if alpha > _LEAST_SEEN else []

    def _letters(self) -> tuple[list[Any], int]:
        """Return code, left, right, base line and style of each letter, and how many have no known sign."""
        lib = self.lib
        text = lib.FPDFText_LoadPage(self.page)
        if not text:
            return [], 0
        count = lib.FPDFText_CountChars(text)
        if count > self.most_letters:
            raise _Refused("letters", count)
        found: list[Any] = []
        known: dict[int, int] = {}
        n_unmapped = 0
        box, x, y = lib.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for at in range(count):
            if lib.FPDFText_IsGenerated(text, at) == 1:
                continue
            sign = lib.FPDFText_GetUnicode(text, at)
            if lib.FPDFText_HasUnicodeMapError(text, at) == 1:
                n_unmapped += 1
            item = lib.FPDFText_GetTextObject(text, at)
            address = _address(item)
            if address not in known:
                known[address] = len(self.styles)
                self.styles.append(self._style(text, at, item))
            lib.FPDFText_GetLooseCharBox(text, at, box)
            lib.FPDFText_GetCharOrigin(text, at, x, y)
            left, _, right, _ = self._box([(box.left, box.bottom), (box.right, box.top)])
            _, base = _moved(x.value, y.value, self.shown)
            if not all(math.isfinite(value) for value in (left, right, base)):
                continue
            found += (sign, left, right, round(base, 2), known[address])
        lib.FPDFText_ClosePage(text)
        return found, n_unmapped

    def _style(self, text: Any, at: int, item: Any) -> list[Any]:
        """Return font, size, weight, whether it is drawn at all, angle, colour and order of drawing."""
        lib = self.lib
        name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        lib.FPDFText_GetFontInfo(text, at, name, 255, flags)
        matrix = lib.FS_MATRIX()
        size = lib.FPDFText_GetFontSize(text, at)
        angle = 0.0
        if lib.FPDFText_GetMatrix(text, at, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
            across = _moved(matrix.a, matrix.b, (*self.shown[:4], 0.0, 0.0))
            angle = math.degrees(math.atan2(across[1], across[0]))
        colour = [0, 0, 0]
        alpha = ctypes.c_uint(255)
        parts = [ctypes.c_uint() for _ in range(3)]
        if lib.FPDFText_GetFillColor(text, at, *parts, alpha):
            colour = [part.value for part in parts]
        mode = lib.FPDFTextObj_GetTextRenderMode(item) if item else 0
        order = self.order.get(_address(item), len(self.order))
        is_seen = mode not in (3, 7) and alpha.value > _LEAST_SEEN
        font = name.value.decode("utf-8", "replace")
        weight = lib.FPDFText_GetFontWeight(text, at)
        return [
            font,
            round(size, 2),
            weight,
            flags.value,
            mode,
            int(is_seen),
            round(angle, 1),
            *colour,
            order,
        ]

    def _notes(self) -> Iterator[list[Any]]:
        """Yield the kind and the text of what is laid over the page: fields of forms, comments, strokes."""
        lib = self.lib
        for at in range(min(lib.FPDFPage_GetAnnotCount(self.page), _MOST_ANNOTATIONS)):
            note = lib.FPDFPage_GetAnnot(self.page, at)
            if not note:
                continue
            kind = lib.FPDFAnnot_GetSubtype(note)
            if kind in (_STRUCK, _FREE_TEXT, _WIDGET):
                rect = lib.FS_RECTF()
                lib.FPDFAnnot_GetRect(note, rect)
                box = self._box([(rect.left, rect.bottom), (rect.right, rect.top)])
                key = b"V" if kind == _WIDGET else b"Contents"
                yield [kind, _string_of(lib, note, key), *box]
            lib.FPDFPage_CloseAnnot(note)


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _matrix_of(lib: Any, item: Any) -> _Matrix:
    matrix = lib.FS_MATRIX()
    if not lib.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _string_of(lib: Any, note: Any, key: bytes) -> str:
    size = lib.FPDFAnnot_GetStringValue(note, key, None, 0)
    if not 2 < size < 1_000_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    lib.FPDFAnnot_GetStringValue(note, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")[:_LONGEST_NOTE]


def _read(data: bytes, most_pages: int, most_letters: int, most_rules: int) -> dict[str, Any]:
    import pypdfium2.raw as lib

    document = lib.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _Refused("password" if lib.FPDF_GetLastError() == _PASSWORD_ERROR else "damaged", 0)
    count = lib.FPDF_GetPageCount(document)
    if count > most_pages:
        raise _Refused("pages", count)
    pages = []
    left = most_letters
    for number in range(count):
        page = lib.FPDF_LoadPage(document, number)
        if not page:
            pages.append({"unread": True})
            continue
        answer = _PageReader(lib, page, left, most_rules).read()
        left -= len(answer["letters"]) // 5
        pages.append(answer)
        lib.FPDF_ClosePage(page)
    return {
        "pages": pages,
        "attachments": lib.FPDFDoc_GetAttachmentCount(document),
        "form": lib.FPDF_GetFormType(document),
    }


def _limit_memory(most_bytes: int) -> None:
    """Apply a limit of memory to the process, where the system can hold it to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, most in ((resource.RLIMIT_AS, most_bytes), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError):  # a system that does not allow it
            continue


def main(words: list[str]) -> int:
    """Read the PDF on the standard input, with the limits in the words, and write the answer."""
    most_pages, most_letters, most_rules, most_bytes = map(int, words)
    _limit_memory(most_bytes)
    try:
        answer = _read(sys.stdin.buffer.read(), most_pages, most_letters, most_rules)
    except ImportError:
        answer = {"refused": "library"}
    except MemoryError:
        answer = {"refused": "memory"}
    except _Refused as why:
        answer = {"refused": why.args[0], "found": why.args[1]}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
