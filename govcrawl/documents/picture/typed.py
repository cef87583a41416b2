"""Where type stands on a sheet: line by line, and in tables cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from govcrawl.documents.layout import Lattice
from govcrawl.documents.picture.marks import (
    Marks,
    Place,
    lines_of,
    parts_of,
    place_of,
    rows_of,
    size_of_type,
    without_specks,
)
from govcrawl.documents.picture.paper import Paper

STACK, WIDEST_STACK = 4, 1.3
"""Characters below each other that are read as one line, and how wide it is at most, in full characters."""

_STROKE = 1.3
"""Full characters; the stroke of none is so long."""


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line of type that is to be read."""

    place: Place
    em: float
    """Pixels of a full character around there."""
    parts: int = 0
    """Pieces of ink beside each other in a cell: no more than it has characters, if it is a number."""
    cell: tuple[int, int] | None = None
    """The number of its table and of its cell there."""
    stacked: bool = False
    """Its characters stand below each other: a label in a cell that is one character wide."""


def find_type(marks: Marks, tables: list[Lattice], paper: Paper, points: float) -> list[TypedLine]:
    """The lines of type of a sheet: those in cells cell by cell, then those around the tables."""
    found: list[TypedLine] = []
    outside = np.ones(len(marks), dtype=bool)
    middle = (marks[:, :2] + marks[:, 2:]) / 2 * points
    for table_number, table in enumerate(tables):
        column = np.searchsorted(table.xs, middle[:, 0]) - 1
        row = np.searchsorted(table.ys, middle[:, 1]) - 1
        inside = (column >= 0) & (column < len(table.xs) - 1) & (row >= 0) & (row < len(table.ys) - 1)
        inside &= outside
        outside &= ~inside
        places = np.flatnonzero(inside)
        em = size_of_type(marks[places], paper.em)
        slots = np.asarray(table.slots())
        cells = slots[row[places], column[places]]
        order = np.argsort(cells, kind="stable")
        numbers, starts = np.unique(cells[order], return_index=True)
        for number, members in zip(numbers.tolist(), np.split(places[order], starts[1:]), strict=True):
            within = _without_remains(
                marks[members], Place(*(int(side / points) for side in table.cells[number].box)), em
            )
            found += _lines_in_cell(without_specks(within, em), em, (table_number, number))
    around = without_specks(marks[outside], paper.em)
    return [*found, *(TypedLine(place, paper.em) for place in lines_of(around, paper.em))]


def _lines_in_cell(marks: Marks, em: float, cell: tuple[int, int]) -> list[TypedLine]:
    """The lines of type in a cell; characters below each other are one, as each alone says little."""
    rows = rows_of(marks, em)
    if len(rows) >= STACK and place_of(marks).width < WIDEST_STACK * em:
        return [TypedLine(place_of(marks), em, 0, cell, stacked=True)]
    return [TypedLine(place_of(row), em, len(parts_of(row, 0)), cell) for row in rows]


def _without_remains(marks: Marks, cell: Place, em: float) -> Marks:
    """Drop what is left of the lines around a cell: thin marks along its sides."""
    thin, near = max(3.0, 0.12 * em), max(2.0, 0.15 * em)
    width, height = marks[:, 2] - marks[:, 0], marks[:, 3] - marks[:, 1]
    flat = (height <= thin) & ((marks[:, 1] - cell.top < 2 * near) | (cell.bottom - marks[:, 3] < 2 * near))
    # Of a doubled line, or one aslant, more is left: no sign is so wide, and so low in its cell.
    long = (height <= 0.35 * em) & ((width >= _STROKE * em) | (width >= 0.9 * cell.width))
    flat |= long & ((marks[:, 1] - cell.top < 2 * near) | (cell.bottom - marks[:, 3] < 2 * near))
    upright = (width <= thin) & ((marks[:, 0] - cell.x0 < near) | (cell.x1 - marks[:, 2] < near))
    # A stroke of a line around the cell that was not taken for one: no figure 1 is so high.
    through = (width <= 0.25 * em) & (height >= 0.85 * cell.height) & (cell.height > 1.2 * em)
    return marks[~(flat | upright | through)]
