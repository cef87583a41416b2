"""From a page's own space (points, y up, turned and cropped as it likes) to the sheet as a person holds it."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Box
from govcrawl.documents.limits import too_large
from govcrawl.documents.matrices import Matrix, around
from govcrawl.documents.pdf.library import Handle

FAR = 20_000.0
"""Points: a sheet of seven metres is none."""


class Frame(NamedTuple):
    """How one page is turned and cropped."""

    width: float
    height: float
    turns: int
    """Quarter turns clockwise from the page's space to the sheet."""
    matrix: Matrix

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's space on the sheet."""
        return around(self.matrix, left, bottom, right, top)

    def turned(self, turns: int) -> Frame:
        """The same sheet, turned by so many quarters clockwise."""
        frame = self
        for _ in range(turns % 4):
            a, b, c, d, e, f = frame.matrix
            turned = (-b, a, -d, c, frame.height - f, e)
            frame = Frame(frame.height, frame.width, (frame.turns + 1) % 4, turned)
        return frame


def frame_of(page: Handle) -> Frame:
    """The sheet that a page is shown as.

    Raises:
        DocumentError: TOO_LARGE, it is larger than any paper.
    """
    bounds = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(bounds)):
        bounds.right, bounds.top = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    width, height = bounds.right - bounds.left, bounds.top - bounds.bottom
    if not (0 <= width <= FAR and 0 <= height <= FAR):
        raise too_large(f"a sheet of {width:.0f} × {height:.0f} points, larger than any paper")
    upright = Frame(width, height, 0, (1.0, 0.0, 0.0, -1.0, -bounds.left, bounds.top))
    return upright.turned(max(pdfium.FPDFPage_GetRotation(page), 0))
