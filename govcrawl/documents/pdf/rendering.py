"""Parts of a page → pictures, for recognition."""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.pdf.library import Handle
from govcrawl.documents.recognition import Pixels, Region

FINE = 300.0
"""Pixels an inch that type is printed in for recognition, if its own picture is much coarser or finer."""
COARSEST, FINEST = 140.0, 420.0
"""Between these, the picture's own pixels are taken as they are."""


def rendered(page: Handle, turns: int, region: Region, limits: Limits) -> tuple[Pixels, float]:
    """Draw a part of a page on white paper.

    Args:
        page: The page.
        turns: Quarter turns clockwise, beyond those the page has itself.
        region: What to draw.
        limits: The most pixels.

    Returns:
        uint8 of shape (height, width, 3), red, green, blue; and its pixels an inch.

    Raises:
        DocumentError: TOO_LARGE, the memory for it cannot be had.
        ImportError: the extra `ocr` is not installed.
    """
    import numpy as np

    across, down = region.box.x1 - region.box.x0, region.box.bottom - region.box.top
    dpi = region.dpi if COARSEST <= region.dpi <= FINEST else FINE
    dpi = min(dpi, 72 * math.sqrt(limits.pixels / max(across * down, 1.0)) * 0.99)
    scale = dpi / 72
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    stride = 3 * width
    buffer = bytearray(stride * height)
    start = (ctypes.c_ubyte * len(buffer)).from_buffer(buffer)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, start, stride)
    if not bitmap:
        raise too_large(f"a sheet of {width:,} × {height:,} pixels cannot be drawn")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        sheet = (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
        wide, high = sheet if turns % 2 == 0 else sheet[::-1]
        pdfium.FPDF_RenderPageBitmap(
            bitmap,
            page,
            round(-region.box.x0 * scale),
            round(-region.box.top * scale),
            round(wide * scale),
            round(high * scale),
            turns,
            pdfium.FPDF_REVERSE_BYTE_ORDER,
        )
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.frombuffer(buffer, dtype=np.uint8).reshape(height, width, 3), dpi
