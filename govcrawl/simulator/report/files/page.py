"""A printed page before it is painted: runs of text, lines and filled boxes with their places.

Places are in points (1/72 inch) from the upper left corner, x to the right, y down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Measure = Callable[[str, float, str], float]
"""(text, size of type, face) → its width in points."""


@dataclass(slots=True)
class Run:
    """A piece of one line of text."""

    text: str
    x: float
    baseline: float
    size: float
    face: str = "song"
    """`song` (with serifs) or `hei`."""
    spacing: float = 0.0
    """Points put between any two characters."""
    bold: bool = False


@dataclass(slots=True)
class Stroke:
    """A straight line along an axis."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


@dataclass(slots=True)
class Fill:
    """A filled box."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(slots=True)
class Page:
    """One side of a sheet of paper."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    """Painted first."""
