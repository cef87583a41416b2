"""The short notation of OFD paths (`M 0 0 L 20 0 C`) → outlines."""

from __future__ import annotations

import re

from govcrawl.documents.matrices import Matrix
from govcrawl.documents.outlines import Outline

_ENDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operator → how many numbers follow; the last two are the point where it ends."""
_PART = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def outlines_of(data: str, matrix: Matrix) -> list[Outline]:
    """The outlines of a path as corners on the sheet; broken off at curves, and at what is no path.

    Args:
        data: The short notation.
        matrix: From the path's places to the sheet's.
    """
    a, b, c, d, e, f = matrix
    outlines: list[Outline] = []
    parts = _PART.findall(data)
    at = 0
    while at < len(parts):
        operator = parts[at]
        count = _ENDS.get(operator)
        values = parts[at + 1 : at + 1 + (count or 0)]
        if count is None or len(values) < count or any(value in _ENDS for value in values):
            break
        at += 1 + count
        if operator == "C":
            if outlines:
                outlines[-1].append(outlines[-1][0])
            continue
        x, y = float(values[-2]), float(values[-1])
        point = (a * x + c * y + e, b * x + d * y + f)
        if operator == "L" and outlines:
            outlines[-1].append(point)
        else:
            outlines.append([point])
    return [outline for outline in outlines if len(outline) > 1]
