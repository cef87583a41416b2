"""Outlines of drawn shapes → straight rules: what PDF paths and OFD paths have in common."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from govcrawl.documents.layout.records import Box, Rule

THIN = 3.0
"""Points: a filled box no wider than this is a line."""
SHORT = 1.0
"""Points: shorter than this, a piece of a line is a dot."""
CROOKED = 1.0
"""Points by which a line along an axis may miss it."""
NEAR = 0.1
"""Points: corners this close are one."""

Point = tuple[float, float]
Outline = list[Point]
"""Corners in their order; a closed one ends where it began."""


def rules_of(outlines: Iterable[Outline], *, filled: bool, stroked: bool) -> list[Rule]:
    """The rules that the outlines of one shape draw; slanted lines draw none.

    Args:
        outlines: Corners on the sheet, in points; broken off at curves.
        filled: The shape is filled in a colour that is seen.
        stroked: Its outlines are.
    """
    rules: list[Rule] = []
    for outline in outlines:
        box = box_of(outline) if filled else None
        if box and (line := line_of(box)):
            rules.append(line)
        elif box and not stroked and not _is_thin(box):
            rules += _sides(box)
        if stroked:
            rules += filter(None, (_stroke(x0, y0, x1, y1) for (x0, y0), (x1, y1) in pairwise(outline)))
    return rules


def box_of(outline: Outline) -> Box | None:
    """The box that an outline encloses, None where it encloses another shape."""
    corners = list(outline)
    while len(corners) > 2 and math.dist(corners[-1], corners[0]) <= NEAR:
        corners.pop()
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    if len(corners) != 4:
        # A line that is filled and not stroked is drawn by some as its two ends.
        return box if len(corners) < 4 and _is_thin(box) else None
    if _is_thin(box):
        # Browsers bevel the sides of a cell: lines whose ends are slanted.
        return box
    near = all(min(x - box.x0, box.x1 - x) <= NEAR and min(y - box.top, box.bottom - y) <= NEAR for x, y in corners)
    return box if near else None


def line_of(box: Box) -> Rule | None:
    """A thin box as the line it is; None where it is not thin, or a dot."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    if not _is_thin(box) or max(width, height) < SHORT:
        return None
    if width >= height:
        middle = (box.top + box.bottom) / 2
        return Rule(box.x0, middle, box.x1, middle)
    middle = (box.x0 + box.x1) / 2
    return Rule(middle, box.top, middle, box.bottom)


def _is_thin(box: Box) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) <= THIN


def _sides(box: Box) -> tuple[Rule, ...]:
    return (
        Rule(box.x0, box.top, box.x1, box.top),
        Rule(box.x0, box.bottom, box.x1, box.bottom),
        Rule(box.x0, box.top, box.x0, box.bottom),
        Rule(box.x1, box.top, box.x1, box.bottom),
    )


def _stroke(x0: float, y0: float, x1: float, y1: float) -> Rule | None:
    width, height = abs(x1 - x0), abs(y1 - y0)
    if max(width, height) < SHORT or min(width, height) > CROOKED:
        return None
    if width >= height:
        middle = (y0 + y1) / 2
        return Rule(min(x0, x1), middle, max(x0, x1), middle)
    middle = (x0 + x1) / 2
    return Rule(middle, min(y0, y1), middle, max(y0, y1))


def rules_on(rules: Iterable[Rule], width: float, height: float) -> tuple[Rule, ...]:
    """The parts of rules that lie on a sheet of this size."""
    return tuple(
        Rule(max(r.x0, 0.0), max(r.top, 0.0), min(r.x1, width), min(r.bottom, height))
        for r in rules
        if r.x1 >= 0 and r.bottom >= 0 and r.x0 <= width and r.top <= height
    )


def boxes_on(boxes: Iterable[Box], width: float, height: float) -> tuple[Box, ...]:
    """The parts of boxes that lie on a sheet of this size."""
    cut = (Box(max(b.x0, 0.0), max(b.top, 0.0), min(b.x1, width), min(b.bottom, height)) for b in boxes)
    return tuple(box for box in cut if box.x0 < box.x1 and box.top < box.bottom)
