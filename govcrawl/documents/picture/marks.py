"""Marks of ink → lines of type. A mark is a connected piece of ink: a character, or a part of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from govcrawl.documents.picture.tools import Image

Marks: TypeAlias = "NDArray[np.int32]"
"""(count, 4): left, top, right, bottom in pixels, the last two not included."""


class Place(NamedTuple):
    """Where a line of type stands, in pixels, its end not included."""

    x0: int
    top: int
    x1: int
    bottom: int

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.bottom - self.top


SPECK = 0.2
"""Parts of a full character: what is smaller, and stands alone, is dirt. A minus sign is 0.3 wide."""


def marks_of(ink: Image, em: float) -> Marks:
    """The marks of a sheet but the grain of the scan."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    stats = stats[1:]
    grain = 0.07 * em if em > 20 else 1.0
    kept = stats[(np.maximum(stats[:, 2], stats[:, 3]) > grain) & (stats[:, 4] > 1)]
    marks: Marks = np.stack([kept[:, 0], kept[:, 1], kept[:, 0] + kept[:, 2], kept[:, 1] + kept[:, 3]], axis=1).astype(
        np.int32
    )
    return marks


def size_of_type(marks: Marks, usual: float) -> float:
    """Pixels that a full character is high in a table, whose type is often smaller than that around it."""
    height, width = marks[:, 3] - marks[:, 1], marks[:, 2] - marks[:, 0]
    heights = height[(height >= 0.35 * usual) & (height <= 1.5 * usual) & (width <= 2 * usual)]
    return float(np.percentile(heights, 90) / 0.9) if len(heights) > 20 else usual


def place_of(marks: Marks) -> Place:
    """The least box around marks."""
    return Place(*marks[:, :2].min(axis=0).tolist(), *marks[:, 2:].max(axis=0).tolist())


def without_specks(marks: Marks, em: float) -> Marks:
    """Drop small marks that stand alone; points and parts of characters stand beside larger ones."""
    sides = marks[:, 2:] - marks[:, :2]
    large = sides.max(axis=1) >= SPECK * em
    if large.all() or not large.any():
        return cast("Marks", marks[large])
    near = np.zeros(len(marks), dtype=bool)
    anchors = marks[large]
    for place in np.flatnonzero(~large):
        x0, top, x1, bottom = marks[place]
        near[place] = bool(
            (
                (anchors[:, 0] - x1 < 0.5 * em)
                & (x0 - anchors[:, 2] < 0.5 * em)
                & (anchors[:, 1] - bottom < 0.25 * em)
                & (top - anchors[:, 3] < 0.25 * em)
            ).any()
        )
    return cast("Marks", marks[large | near])


def rows_of(marks: Marks, em: float) -> list[Marks]:
    """Marks by lines of type, from top to bottom."""
    if not len(marks):
        return []
    height = marks[:, 3] - marks[:, 1]
    inset = np.minimum(height * 0.15, 0.12 * em)
    rows = _runs(marks, marks[:, 1] + inset, marks[:, 3] - inset, 0.0)
    joined: list[Marks] = []
    for row in rows:
        if joined and _belong_together(joined[-1], row, em):
            joined[-1] = np.concatenate([joined[-1], row])
        else:
            joined.append(row)
    return joined


def _belong_together(above: Marks, below: Marks, em: float) -> bool:
    """Whether the strokes of one line of type (二, 三, 一) were taken for two."""
    first, second = place_of(above), place_of(below)
    gap = second.top - first.bottom
    low = min(first.height, second.height) < 0.5 * em
    return low and gap < 0.35 * em and max(first.bottom, second.bottom) - first.top < 1.15 * em


def parts_of(row: Marks, gap: float) -> list[Marks]:
    """The marks of a line of type, parted where there is a gap so wide."""
    return _runs(row, row[:, 0], row[:, 2], gap)


def _runs(marks: Marks, start: NDArray[np.generic], end: NDArray[np.generic], gap: float) -> list[Marks]:
    """Marks whose extents overlap, or are nearer than the gap, one after the other."""
    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(np.asarray(end, dtype=np.float64)[order])
    starts = np.asarray(start, dtype=np.float64)[order]
    cuts = np.flatnonzero(starts[1:] > reach[:-1] + gap) + 1
    return [marks[part] for part in np.split(order, cuts)]


def lines_of(marks: Marks, em: float, depth: int = 0) -> Iterator[Place]:
    """Lines of type of a part of a sheet without ruled tables; wide gaps part them, as between columns."""
    for row in rows_of(marks, em):
        place = place_of(row)
        size = max(em, min(place.height, 2.5 * em))
        parts = parts_of(row, 1.2 * size)
        for part in parts:
            part_place = place_of(part)
            if part_place.height > 1.9 * em and len(parts) > 1 and depth < 4:
                yield from lines_of(part, em, depth + 1)
            elif part_place.height <= 4 * em:
                yield part_place
