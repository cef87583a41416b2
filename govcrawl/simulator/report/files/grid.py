"""A sheet as a grid: which cell covers which rows and columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from govcrawl.simulator.report.draft import Cell, Sheet
from govcrawl.simulator.report.text import place


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A cell at its place in the grid."""

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int

    def points(self) -> Iterator[tuple[int, int]]:
        """The (row, column) pairs it covers."""
        return product(range(self.row, self.row + self.rows), range(self.column, self.column + self.columns))


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet's slots, row by row."""

    slots: tuple[Slot, ...]
    rows: int
    columns: int
    headers: int
    """Rows at its top that are its title and its header."""


def grid_of(sheet: Sheet) -> Grid:
    """Lay out a sheet.

    Raises:
        ValueError: its cells overlap or leave a hole, which no printed table does.
    """
    slots: list[Slot] = []
    for number, row in enumerate(place(sheet)):
        column = 0
        for cell, here in row:
            if here:
                slots.append(Slot(cell, number, column, min(cell.rowspan, len(sheet.lines) - number), cell.colspan))
            column += cell.colspan
    width = max(slot.column + slot.columns for slot in slots)
    covered = [point for slot in slots for point in slot.points()]
    if len(covered) != len(set(covered)) or len(covered) != width * len(sheet.lines):
        raise ValueError("a printed table is a rectangle; this one has holes or overlaps")
    headers = 0
    while headers < len(sheet.lines) and sheet.lines[headers].kind in {"title", "header"}:
        headers += 1
    return Grid(tuple(slots), len(sheet.lines), width, headers)


def condensed(grid: Grid) -> Grid:
    """The same grid without columns in which no cell begins."""
    starts = sorted({slot.column for slot in grid.slots})
    number = {start: index for index, start in enumerate(starts)} | {grid.columns: len(starts)}
    slots = []
    for slot in grid.slots:
        left, right = number[slot.column], number[slot.column + slot.columns]
        slots.append(Slot(slot.cell, slot.row, left, slot.rows, right - left))
    return Grid(tuple(slots), grid.rows, len(starts), grid.headers)
