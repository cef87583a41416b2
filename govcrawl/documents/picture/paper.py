"""The paper taken out of the picture: light evened, seals dropped, turned straight. What is left is ink."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from govcrawl.documents.picture.tools import Image, pixels

_INK = 170
"""Darker than this, of 255 as white as the paper around, is ink."""
_THIN_INK = 200
"""The same in small pictures, where thin strokes are paler as they fill no pixel."""
_SMALL_EM = 20.0
_FAINT = 215
"""Lines are often fainter than type."""
_EM = 12.0
"""Points; the size of type of a report's body."""
_LARGEST_EM = 48.0
"""Pixels; a larger picture is made smaller, as it says no more."""
_LARGE = 4_000_000
"""Pixels; what is only to be estimated is looked at in every second row and column of larger pictures."""
_REDDER = 50
_STEEPEST = 5.0
"""Degrees that a sheet may lie aslant."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet with its light evened: white paper, dark type."""

    grey: Image
    """255 is as light as the paper around it."""
    em: float
    """Pixels that a full character is high."""
    scale: float
    """Pixels of it for each of the picture as given."""


def even(image: Image) -> Paper:
    """Make a picture grey, as white as its paper, upright within a few degrees, and not larger than is of use."""
    grey = _grey(image)
    evened = _even_light(grey)
    em = _size_of_type(ink_of(evened))
    scale = 1.0
    if em > _LARGEST_EM:
        scale = _LARGEST_EM / em
        evened = pixels(cv2.resize(evened, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
        em = _LARGEST_EM
    return Paper(_straighten(evened), em, scale)


def ink_of(grey: Image, em: float = _LARGEST_EM) -> Image:
    """1 where there is ink, of type as large as that."""
    return pixels(cv2.threshold(grey, _THIN_INK if em < _SMALL_EM else _INK, 1, cv2.THRESH_BINARY_INV)[1])


def faint_ink_of(grey: Image) -> Image:
    """1 where there is ink, however pale."""
    return pixels(cv2.threshold(grey, _FAINT, 1, cv2.THRESH_BINARY_INV)[1])


def _grey(image: Image) -> Image:
    if image.ndim == 2:
        return image
    grey = pixels(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    red = image[:, :, 0]
    reddish = (cv2.subtract(red, cv2.max(image[:, :, 1], image[:, :, 2])) > _REDDER).astype(np.uint8)
    if cv2.countNonZero(reddish):
        for x, y, width, height in _seals(reddish):
            place = (slice(y, y + height), slice(x, x + width))
            grey[place] = np.where(reddish[place] > 0, red[place], grey[place])
    return grey


def _seals(reddish: Image) -> list[tuple[int, int, int, int]]:
    """Places of red stamps: as wide as high, and larger than type, which may be red too."""
    across = min(reddish.shape) / 40
    reach = max(3, int(across / 4))
    joined = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[tuple[int, int, int, int]] = []
    for x, y, width, height, _ in stats[1:].tolist():
        if min(width, height) > 2 * across and max(width, height) < 2 * min(width, height):
            found.append((x, y, width, height))
    return found


def _even_light(grey: Image) -> Image:
    """Divide by the paper's own light: shadows and coloured fills become white."""
    height, width = grey.shape
    shrink = max(1, round(min(height, width) / 600))
    small = cv2.resize(grey, (max(1, width // shrink), max(1, height // shrink)), interpolation=cv2.INTER_AREA)
    reach = max(9, min(small.shape) // 40) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach)))
    paper = cv2.medianBlur(paper, 5)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return pixels(cv2.divide(grey, np.maximum(paper, 40), scale=255))


def _size_of_type(ink: Image) -> float:
    """Pixels that a full character is high, told from the heights of what is printed."""
    shrink = 2 if ink.size > _LARGE else 1
    small = np.ascontiguousarray(ink[::shrink, ::shrink])
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    width, height, area = stats[1:, 2] * shrink, stats[1:, 3] * shrink, stats[1:, 4] * shrink**2
    like_type = (height >= 6) & (width < 3 * height) & (height < ink.shape[1] / 8) & (area > 0.08 * width * height)
    heights = height[like_type]
    return float(max(10.0, np.percentile(heights, 80) / 0.88)) if heights.size else _EM


def _straighten(grey: Image) -> Image:
    angle = _slant(ink_of(grey))
    if abs(angle) < 0.04:
        return grey
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return pixels(cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))


def _slant(ink: Image) -> float:
    """Degrees by which lines fall to the right: those at which the rows of ink stand out most."""
    small = ink[::2, ::2] if ink.size > _LARGE else ink
    ys, xs = np.nonzero(small)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 60_000:
        step = len(ys) // 60_000 + 1
        ys, xs = ys[::step], xs[::step]
    width = small.shape[1]
    across = xs - width / 2

    def sharpness(angle: float) -> float:
        rows = (ys - across * math.tan(math.radians(angle)) + width).astype(np.int32)
        counts = np.bincount(rows)
        return float(np.square(counts, dtype=np.float64).sum())

    best = max(np.arange(-_STEEPEST, _STEEPEST + 0.01, 0.25), key=sharpness)
    best = max(np.arange(best - 0.25, best + 0.26, 0.05), key=sharpness)
    return float(best)
