"""Lines of figures of tables without rules → rows: cells of one row stand a little higher or lower, or wrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from govcrawl.documents.layout.pieces import Cut, Piece

SAME_ROW = 0.9
"""Rows that are less than this share of their height apart are one."""
HIGHEST = 1.4
"""Heights of the type by which the first and the last line of one row differ at most."""
WRAPPED = 1.3
"""Heights of the type from a line of a figure to the next, at most."""


def level(run: Sequence[Cut]) -> list[Cut]:
    """The lines, rows joined whose figures stand a little higher or lower from cell to cell, and wrapped figures."""
    out: list[Cut] = []
    lowest = 0.0
    widest = max((len(one.values) for one in run), default=0)
    for one in run:
        last = out[-1] if out else None
        if last is None or not last.is_row or not one.is_row:
            out.append(one)
        elif _in_one_row(last, lowest, one, widest):
            out[-1] = replace(last, pieces=_ordered([*last.pieces, *one.pieces]))
        elif 2 * len(one.values) <= widest and (pieces := _wrapped(last, one)):
            out[-1] = replace(last, pieces=pieces, middle=one.middle)
        else:
            out.append(one)
        lowest = one.middle
    return out


def _ordered(pieces: Sequence[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: piece.x0)


def _in_one_row(row: Cut, lowest: float, one: Cut, widest: int) -> bool:
    """Whether a line holds more of the cells of a row: it stands close, and none of its figures below another.

    A little further off, both together have to make a whole row.
    """
    whole = widest > 2 and len(row.values) + len(one.values) == widest
    if one.middle - lowest >= (HIGHEST if whole else SAME_ROW) * one.height:
        return False
    if one.middle - row.middle >= HIGHEST * one.height:
        return False
    values = _ordered([*row.values, *one.values])
    return all(first.x1 <= second.x0 for first, second in pairwise(values))


def _wrapped(row: Cut, one: Cut) -> list[Piece]:
    """The pieces of a row with those of a line whose figures go on from it in cells too narrow; none if it does not."""
    if len(one.values) < len(one.pieces):
        return []
    pieces = list(row.pieces)
    joined = 0
    for piece in one.pieces:
        above = [at for at, other in enumerate(pieces) if other.x0 < piece.x1 and piece.x0 < other.x1]
        if len(above) > 1 or (above and not _goes_on(pieces[above[0]], piece)):
            return []
        if above:
            pieces[above[0]] = _both(pieces[above[0]], piece)
            joined += 1
        else:
            pieces.append(piece)
    return _ordered(pieces) if joined else []


def _goes_on(first: Piece, second: Piece) -> bool:
    last = first.words[-1]
    near = second.middle - (last.top + last.bottom) / 2 <= WRAPPED * second.height
    return near and first.text.isdigit() and second.text.isdigit()


def _both(first: Piece, second: Piece) -> Piece:
    return Piece(
        [*first.words, *second.words],
        first.text + second.text,
        min(first.x0, second.x0),
        max(first.x1, second.x1),
        first.top,
        second.bottom,
        True,
    )
