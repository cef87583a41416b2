"""Header lines over columns of figures → cells, where no rule says which is whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govcrawl.documents.layout.pieces import Piece, goes_on, stacked

LEVEL = 0.6
"""Cells whose middles are closer than this share of their height stand in one header row."""


@dataclass(slots=True)
class HeaderCell:
    """A header cell: its pieces, its row of the header and its columns, those of figures counted from 0, -1: labels."""

    pieces: list[Piece]
    level: int
    column: int
    columns: int = 1


def header_cells(pieces: Sequence[Piece], centres: Sequence[float], edges: Sequence[float]) -> list[HeaderCell]:
    """The cells of a header, the lowest row last.

    Args:
        pieces: what is printed above the rows.
        centres: the middles of the columns of figures.
        edges: where these columns begin and end.
    """
    stacks: dict[int, list[Piece]] = {}
    upper: list[tuple[list[Piece], int, int]] = []
    for piece in sorted(pieces, key=lambda piece: piece.middle):
        above = next((cell for cell, _, _ in upper if _is_below(cell[-1], piece)), None)
        if above is not None:
            above.append(piece)
            continue
        covered = [number for number, centre in enumerate(centres) if piece.x0 <= centre <= piece.x1]
        column = _column(piece, centres, edges)
        wide = column >= 0 and piece.x1 - piece.x0 > 1.15 * (edges[column + 1] - edges[column])
        if len(covered) > 1 or (wide and len(centres) > 1):
            first = covered[0] if covered else column
            upper.append(([piece], first, max(len(covered), 1)))
        else:
            stacks.setdefault(column, []).append(piece)
    lowest: list[tuple[list[Piece], int]] = []
    for column, stack in stacks.items():
        cells = stacked(stack)
        upper.extend((cell, column, 1) for cell in cells[:-1])
        lowest.append((cells[-1], column))
    levels = _levels([_middle(cell) for cell, _, _ in upper], pieces)
    found = [
        HeaderCell(cell, _level(_middle(cell), levels), column, columns)
        for cell, column, columns in sorted(upper, key=lambda one: _middle(one[0]))
    ]
    found.extend(HeaderCell(cell, len(levels), column) for cell, column in lowest)
    return found


def _is_below(upper: Piece, lower: Piece) -> bool:
    """Whether a piece is the next line of a cell over several columns."""
    below = lower.middle > upper.middle + 0.5 * lower.height
    return below and goes_on(upper, lower) and abs(upper.centre - lower.centre) < 0.3 * lower.height


def _column(piece: Piece, centres: Sequence[float], edges: Sequence[float]) -> int:
    if piece.centre < edges[0]:
        return -1
    return min(range(len(centres)), key=lambda number: abs(centres[number] - piece.centre))


def _middle(cell: Sequence[Piece]) -> float:
    return (cell[0].middle + cell[-1].middle) / 2


def _levels(middles: Sequence[float], pieces: Sequence[Piece]) -> list[float]:
    """The middles of the header's rows but the lowest."""
    reach = LEVEL * max((piece.height for piece in pieces), default=1.0)
    levels: list[float] = []
    for middle in sorted(middles):
        if not levels or middle - levels[-1] > reach:
            levels.append(middle)
    return levels


def _level(middle: float, levels: Sequence[float]) -> int:
    return min(range(len(levels)), key=lambda number: abs(levels[number] - middle))
