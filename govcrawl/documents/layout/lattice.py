"""Lines of a sheet → its ruled tables: cells with places and spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from govcrawl.documents.layout.areas import rectangles
from govcrawl.documents.layout.records import Box, Rule
from govcrawl.documents.layout.strokes import SNAP, Stroke, places, strokes_of
from govcrawl.documents.limits import Limits, too_large

OPEN = 8.0
"""Lines that stand out this far (points) beyond the last one across them bound a cell whose outer side is open."""
COVERED = 0.5
"""A line separates two slots where it runs along this share of their common side."""


class LatticeCell(NamedTuple):
    """A cell: its place on the sheet, its first slot, and how many rows and columns it covers."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table without its text."""

    xs: tuple[float, ...]
    """Where its columns begin and end, from left to right: one more than there are columns."""
    ys: tuple[float, ...]
    """Where its rows begin and end, from top to bottom."""
    cells: tuple[LatticeCell, ...]
    """By row, then by column; every slot belongs to exactly one."""

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def single_column(self) -> bool:
        """No row holds two cells: a frame, or the background of lines of prose."""
        width = len(self.xs) - 1
        return all(cell.columns == width for cell in self.cells)

    def slots(self) -> list[list[int]]:
        """For each row and column the number of the cell that covers it."""
        table = [[0] * (len(self.xs) - 1) for _ in self.ys[1:]]
        for number, (_, row, column, rows, columns) in enumerate(self.cells):
            for covered in table[row : row + rows]:
                covered[column : column + columns] = [number] * columns
        return table


def lattices(rules: Sequence[Rule], *, limits: Limits | None = None) -> list[Lattice]:
    """The ruled tables of one sheet, from top to bottom.

    Lines may be doubled, dotted, broken at every cell, short of each other or too long by some two points, and an
    outer side may be missing. Lines that cross no other (underlines, the rule below a running head) are no table.
    Frames count: a lattice of a single column is the caller's to drop.

    Args:
        rules: lines and sides of boxes, in points.
        limits: the most lines on a sheet, and the most cells of a table.

    Raises:
        DocumentError: TOO_LARGE.
    """
    limits = limits or Limits()
    if len(rules) > limits.rules:
        raise too_large(f"more than {limits.rules:,} lines on a sheet")
    horizontal, vertical = strokes_of(rules)
    found = []
    for across, down in _connected(horizontal, vertical, limits):
        lattice = _lattice(across, down, limits)
        if lattice is not None:
            found.append(lattice)
    found.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return found


def _connected(
    horizontal: list[Stroke], vertical: list[Stroke], limits: Limits
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Lines that cross or meet, directly or by others: the horizontal and the vertical ones of each table."""
    parents = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parents[node] != node:
            parents[node] = parents[parents[node]]
            node = parents[node]
        return node

    touched = bytearray(len(parents))
    for first, second in _meetings(horizontal, vertical, limits):
        second += len(horizontal)
        touched[first] = touched[second] = 1
        parents[root(second)] = root(first)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for node, stroke in enumerate([*horizontal, *vertical]):
        if touched[node]:
            groups.setdefault(root(node), ([], []))[node >= len(horizontal)].append(stroke)
    yield from groups.values()


def _meetings(horizontal: list[Stroke], vertical: list[Stroke], limits: Limits) -> Iterator[tuple[int, int]]:
    """Numbers of a horizontal and a vertical line that meet. Looks only where lines can meet."""
    columns: list[list[int]] = []
    ats: list[float] = []
    for number, stroke in enumerate(vertical):
        if not columns or stroke.at > ats[-1]:
            columns.append([])
            ats.append(stroke.at)
        columns[-1].append(number)
    looked = 0
    most = 4 * limits.cells
    for number, (at, start, end) in enumerate(horizontal):
        low, high = bisect_left(ats, start - SNAP), bisect_right(ats, end + SNAP)
        looked += high - low
        if looked > most:
            raise too_large("more lines cross each other on a sheet than any table has")
        for column in columns[low:high]:
            # Pieces of one line follow each other: only the first two that do not end above can meet this one.
            place = bisect_left(column, at - SNAP, key=lambda other: vertical[other].end)
            for other in column[place : place + 2]:
                if vertical[other].start - SNAP <= at:
                    yield number, other


def _lattice(across: list[Stroke], down: list[Stroke], limits: Limits) -> Lattice | None:
    ys = _with_open_sides(places(across), down)
    xs = _with_open_sides(places(down), across)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    if rows * columns > limits.cells:
        raise too_large(f"more than {limits.cells:,} table cells")
    below = _sides(across, ys, xs)
    behind = _sides(down, xs, ys)
    cells = [
        LatticeCell(Box(xs[column], ys[row], xs[column + wide], ys[row + high]), row, column, high, wide)
        for row, column, high, wide in rectangles(rows, columns, below, behind)
    ]
    return Lattice(tuple(xs), tuple(ys), tuple(cells))


def _with_open_sides(lines: list[float], crossing: list[Stroke]) -> list[float]:
    """Add the outer sides that are not drawn: where the lines across stand out."""
    first = min(stroke.start for stroke in crossing)
    last = max(stroke.end for stroke in crossing)
    before = [first] if lines[0] - first >= OPEN else []
    behind = [last] if last - lines[-1] >= OPEN else []
    return [*before, *lines, *behind]


def _sides(strokes: list[Stroke], own: list[float], other: list[float]) -> list[bytearray]:
    """For each line of a grid but the outer ones: along which slots it is drawn."""
    run = [[0.0] * (len(other) - 1) for _ in own]
    for at, start, end in strokes:
        line = run[_nearest(own, at)]
        for slot in range(max(bisect_right(other, start) - 1, 0), len(line)):
            low, high = other[slot], other[slot + 1]
            if low >= end:
                break
            line[slot] += min(end, high) - max(start, low)
    lengths = [(high - low) * COVERED for low, high in pairwise(other)]
    return [bytearray(map(float.__ge__, line, lengths)) for line in run]


def _nearest(values: list[float], wanted: float) -> int:
    at = bisect_left(values, wanted)
    if at == len(values) or (at and wanted - values[at - 1] <= values[at] - wanted):
        return at - 1
    return at
