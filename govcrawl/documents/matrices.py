"""Where drawings inside drawings lie: matrices that PDF and OFD write alike."""

from __future__ import annotations

from govcrawl.documents.layout.records import Box

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x′ = a·x + c·y + e, y′ = b·x + d·y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def product(first: Matrix, then: Matrix) -> Matrix:
    """One matrix for two, the inner one first."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def around(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> Box:
    """The box around a box that a matrix moves."""
    a, b, c, d, e, f = matrix
    if b == c == 0.0:
        left, right, top, bottom = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        return Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return Box(min(xs), min(ys), max(xs), max(ys))
