"""The objects drawn on a page → straight rules and places of pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Rule
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.matrices import IDENTITY, Matrix, around, product
from govcrawl.documents.outlines import Outline, boxes_on, line_of, rules_of, rules_on
from govcrawl.documents.pdf.frame import Frame
from govcrawl.documents.pdf.library import Handle
from govcrawl.documents.recognition import Picture

OBJECTS = 4
"""For each rule that a sheet may have: as many objects, most of them characters."""
CORNERS = 2_000
"""A path of more is a map or a picture, no table."""
DEPTH = 12
"""Drawings inside drawings."""
DETAILED = 8
"""Corners: shapes of more are no boxes."""
PALE = 250
"""Of 255: what is filled lighter than this is an eraser, not a line."""


@dataclass(slots=True)
class Drawings:
    """What is drawn on one page."""

    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    shapes: int = 0
    """Filled shapes that are no boxes: type that was turned into drawings, where there are hundreds."""


def drawings_of(page: Handle, frame: Frame, limits: Limits) -> Drawings:
    """The rules and pictures of a page on its sheet; curves and slanted lines are left out.

    Raises:
        DocumentError: TOO_LARGE, more objects or rules on the sheet than the limits allow.
    """
    found = Drawings()
    for thing, matrix in _things(page, frame.matrix, OBJECTS * limits.rules):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _draw_path(thing, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _draw_picture(thing, matrix, found)
        if len(found.rules) > limits.rules:
            raise too_large(f"more than {limits.rules:,} lines on a sheet")
    found.rules = list(rules_on(found.rules, frame.width, frame.height))
    found.pictures = [
        Picture(box, picture.wide, picture.high)
        for picture in found.pictures
        for box in boxes_on([picture.box], frame.width, frame.height)
    ]
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
    if line := line_of(box):
        found.rules.append(line)
    else:
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        pdfium.FPDFImageObj_GetImagePixelSize(thing, ctypes.byref(wide), ctypes.byref(high))
        found.pictures.append(Picture(box, wide.value, high.value))


def _draw_path(thing: Handle, matrix: Matrix, found: Drawings) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    stroked = bool(stroke.value) and _is_seen(thing, pdfium.FPDFPageObj_GetStrokeColor)
    filled = bool(fill.value) and _is_seen(thing, pdfium.FPDFPageObj_GetFillColor)
    if not (stroked or filled):
        return
    corners = pdfium.FPDFPath_CountSegments(thing)
    found.shapes += filled and corners > DETAILED
    if corners > CORNERS:
        return
    outlines = _outlines(thing, product(_matrix_of(thing), matrix))
    found.rules += rules_of(outlines, filled=filled, stroked=stroked)


def _is_seen(thing: Handle, color_of: Handle) -> bool:
    """False where a colour is transparent or as white as the paper; patterns and shades are seen."""
    channels = [ctypes.c_uint() for _ in range(4)]
    if not color_of(thing, *map(ctypes.byref, channels)):
        return True
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha > 0 and min(red, green, blue) < PALE


def _outlines(thing: Handle, matrix: Matrix) -> list[Outline]:
    """The outlines of a path as corners on the sheet; one with a curve is broken off there."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    outlines: list[Outline] = []
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
