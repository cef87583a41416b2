"""Alignment of a printed sequence with the form's, in order, by dynamic programming."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

P = TypeVar("P")
F = TypeVar("F")


def align(
    printed: Sequence[P],
    official: Sequence[F],
    score: Callable[[P, F], float],
    *,
    threshold: float = 0.6,
) -> list[int | None]:
    """For each printed item, the index of the official item it is, or None.

    The pairs keep the order of both sequences and maximise the summed score; a pair scoring below `threshold`
    is none. An item left out on either side costs nothing, so a missing or an extra row shifts no neighbour.
    Time is O(len(printed) × len(official)) scores.
    """
    height, width = len(printed), len(official)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        row, below = best[i], best[i + 1]
        for j in range(width - 1, -1, -1):
            value = score(printed[i], official[j])
            top = below[j] if below[j] >= row[j + 1] else row[j + 1]
            if value >= threshold and below[j + 1] + value > top:
                top = below[j + 1] + value
            row[j] = top
    result: list[int | None] = [None] * height
    i = j = 0
    while i < height and j < width:
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            result[i] = j
            i, j = i + 1, j + 1
    return result
