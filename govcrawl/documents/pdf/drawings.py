"""The objects drawn on a page → straight rules and places of pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Box, Rule
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.pdf.frame import IDENTITY, Frame, Matrix, around, product
from govcrawl.documents.pdf.library import Handle

THIN = 3.0
"""Points: a filled box no wider than this is a line."""
SHORT = 1.0
"""Points: shorter than this, a piece of a line is a dot."""
CROOKED = 1.0
"""Points by which a line along an axis may miss it."""
NEAR = 0.1
"""Points: corners this close are one."""
DEPTH = 12
"""Drawings inside drawings."""
PALE = 250
"""Of 255: what is filled lighter than this is an eraser, not a line."""

Point = tuple[float, float]


@dataclass(slots=True)
class Drawings:
    """What is drawn on one page."""

    rules: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)


def drawings_of(page: Handle, frame: Frame, limits: Limits) -> Drawings:
    """The rules and pictures of a page on its sheet; curves and slanted lines are left out.

    Raises:
        DocumentError: TOO_LARGE, more objects or rules on the sheet than the limits allow.
    """
    found = Drawings()
    # A sheet also has one object for every few characters.
    for thing, matrix in _things(page, frame.matrix, limits.rules + limits.glyphs):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _draw_path(thing, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _draw_picture(thing, matrix, found)
        if len(found.rules) > limits.rules:
            raise too_large(f"more than {limits.rules:,} lines on a sheet")
    area = Box(0, 0, frame.width, frame.height)
    found.rules = [rule for rule in found.rules if _lies_in(rule, area)]
    found.pictures = [cut for box in found.pictures if (cut := _cut(box, area))]
    return found


def _things(page: Handle, matrix: Matrix, most: int) -> Iterator[tuple[Handle, Matrix]]:
    """Every object of a page but its characters, also those of drawings inside, with where its places lie."""
    budget = most
    stack: list[Iterator[tuple[Handle, Matrix]]] = [_children(page, matrix, of_page=True)]
    while stack:
        thing, placed = next(stack[-1], (None, matrix))
        if thing is None:
            stack.pop()
            continue
        budget -= 1
        if budget < 0:
            raise too_large(f"more than {most:,} objects on a sheet")
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(stack) < DEPTH:
            stack.append(_children(thing, product(_matrix_of(thing), placed), of_page=False))
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            yield thing, placed


def _children(parent: Handle, matrix: Matrix, *, of_page: bool) -> Iterator[tuple[Handle, Matrix]]:
    count, get = (
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        if of_page
        else (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
    )
    for index in range(max(count(parent), 0)):
        if thing := get(parent, index):
            yield thing, matrix


def _matrix_of(thing: Handle) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix)):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _draw_picture(thing: Handle, matrix: Matrix, found: Drawings) -> None:
    box = around(product(_matrix_of(thing), matrix), 0, 0, 1, 1)
    if not _add_line(box, found):
        found.pictures.append(box)


def _draw_path(thing: Handle, matrix: Matrix, found: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    stroked = bool(stroke.value) and _is_seen(thing, pdfium.FPDFPageObj_GetStrokeColor)
    filled = bool(fill.value) and _is_seen(thing, pdfium.FPDFPageObj_GetFillColor)
    if not (stroked or filled):
        return
    outlines = _outlines(thing, product(_matrix_of(thing), matrix))
    for outline in outlines:
        if filled and (box := _box_of(outline)):
            if not _add_line(box, found) and not stroked:
                _add_sides(box, found)
        elif filled and not stroked:
            continue
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(outline):
                _add_stroke(x0, y0, x1, y1, found)


def _is_seen(thing: Handle, color_of: Handle) -> bool:
    """False where a colour is transparent or as white as the paper; patterns and shades are seen."""
    channels = [ctypes.c_uint() for _ in range(4)]
    if not color_of(thing, *map(ctypes.byref, channels)):
        return True
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha > 0 and min(red, green, blue) < PALE


def _outlines(thing: Handle, matrix: Matrix) -> list[list[Point]]:
    """The outlines of a path as corners on the sheet; one with a curve is broken off there."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    outlines: list[list[Point]] = []
    for index in range(pdfium.FPDFPath_CountSegments(thing)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, to_x, to_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_LINETO and outlines:
            outlines[-1].append(point)
        else:
            outlines.append([point])
        if pdfium.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return [outline for outline in outlines if len(outline) > 1]


def _box_of(outline: list[Point]) -> Box | None:
    """The box that an outline encloses, None where it encloses another shape."""
    corners = list(outline)
    while len(corners) > 2 and math.dist(corners[-1], corners[0]) <= NEAR:
        corners.pop()
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if len(corners) != 4:
        # A line that is filled and not stroked is drawn by some as its two ends.
        return box if len(corners) < 4 and min(box.x1 - box.x0, box.bottom - box.top) <= THIN else None
    near = all(min(x - box.x0, box.x1 - x) <= NEAR and min(y - box.top, box.bottom - y) <= NEAR for x, y in corners)
    return box if near else None


def _add_line(box: Box, found: Drawings) -> bool:
    """Add a thin box as the line it is; false where it is not thin."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if min(width, height) > THIN:
        return False
    if max(width, height) >= SHORT:
        if width >= height:
            middle = (box.top + box.bottom) / 2
            found.rules.append(Rule(box.x0, middle, box.x1, middle))
        else:
            middle = (box.x0 + box.x1) / 2
            found.rules.append(Rule(middle, box.top, middle, box.bottom))
    return True


def _add_sides(box: Box, found: Drawings) -> None:
    found.rules += (
        Rule(box.x0, box.top, box.x1, box.top),
        Rule(box.x0, box.bottom, box.x1, box.bottom),
        Rule(box.x0, box.top, box.x0, box.bottom),
        Rule(box.x1, box.top, box.x1, box.bottom),
    )


def _add_stroke(x0: float, y0: float, x1: float, y1: float, found: Drawings) -> None:
    width, height = abs(x1 - x0), abs(y1 - y0)
    if max(width, height) < SHORT or min(width, height) > CROOKED:
        return
    if width >= height:
        middle = (y0 + y1) / 2
        found.rules.append(Rule(min(x0, x1), middle, max(x0, x1), middle))
    else:
        middle = (x0 + x1) / 2
        found.rules.append(Rule(middle, min(y0, y1), middle, max(y0, y1)))


def _lies_in(rule: Rule, area: Box) -> bool:
    return rule.x1 >= area.x0 and rule.bottom >= area.top and rule.x0 <= area.x1 and rule.top <= area.bottom


def _cut(box: Box, area: Box) -> Box | None:
    cut = Box(max(box.x0, area.x0), max(box.top, area.top), min(box.x1, area.x1), min(box.bottom, area.bottom))
    return cut if cut.x0 < cut.x1 and cut.top < cut.bottom else None
