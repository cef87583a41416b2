"""Lines of type cut out of a sheet, as the model wants to see them."""

from __future__ import annotations

import cv2
import numpy as np

from govcrawl.documents.picture.marks import Place
from govcrawl.documents.picture.recogniser import STRIP
from govcrawl.documents.picture.tools import Image, pixels

LONG = 8.0
"""Lines longer than so many times their height are prose or labels."""
_FRAME, _LONG_FRAME = 1.45, 2.1
"""Height of a strip in full characters. Han characters are read as well when they are small, and in less time."""
_NARROWED = 0.66
"""Share of its width that a long line is given."""
MARGIN = 3
"""White before and behind the type, in pixels of the strip."""


def is_long(place: Place, em: float) -> bool:
    """Whether a line of type is narrowed to be read."""
    return place.width > LONG * max(em, place.height)


def strip_of(
    grey: Image, place: Place, em: float, *, frame: float = _FRAME, stretch: float = 1.0, whole: bool = False
) -> Image:
    """Cut out a line of type with white around it.

    Args:
        grey: the sheet without its ruled lines.
        place: the box around the ink.
        em: pixels of a full character; a sign that is low is not blown up to a full line.
        frame: height of the strip in full characters.
        stretch: how much wider than it is.
        whole: long lines are not narrowed.
    """
    narrowed = not whole and is_long(place, em)
    height = (_LONG_FRAME if narrowed else frame) * max(em, place.height)
    reach = max(1, round(0.06 * em))
    top, bottom = max(0, place.top - reach), min(grey.shape[0], place.bottom + reach)
    left, right = max(0, place.x0 - reach), min(grey.shape[1], place.x1 + reach)
    cut = grey[top:bottom, left:right]
    if narrowed:
        stretch *= _NARROWED
    scale = STRIP / height
    wide, high = max(1, round(cut.shape[1] * scale * stretch)), max(1, min(STRIP, round(cut.shape[0] * scale)))
    smaller = scale < 1
    cut = pixels(cv2.resize(cut, (wide, high), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC))
    margin = MARGIN
    strip = np.full((STRIP, wide + 2 * margin), 255, dtype=np.uint8)
    above = (STRIP - high) // 2
    strip[above : above + high, margin : margin + wide] = cut
    return strip


def stacked_strip_of(grey: Image, place: Place, em: float) -> Image:
    """Cut out characters below each other, turned to a line: each lies on its side, as the model knows them, too."""
    reach = max(1, round(0.06 * em))
    top, left = max(0, place.top - reach), max(0, place.x0 - reach)
    cut = np.rot90(grey[top : place.bottom + reach, left : place.x1 + reach])
    high, wide = cut.shape
    return strip_of(pixels(np.ascontiguousarray(cut)), Place(reach, reach, wide - reach, high - reach), em, whole=True)
