"""The one grid model: rows of cells with spans become rows of slots, as browsers lay them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from govcrawl.documents.characters import repeat_of
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import BLANK, GridCell

WIDE = 64
"""A colspan no form needs: beyond it the grid is as wide as its other rows."""
MAX_WIDTH = 256
"""Spans never make a grid wider than this; cells that are really there do."""

_DIGITS = re.compile(r"\s*\+?([0-9]+)")


class Spanned(NamedTuple):
    """A cell that covers more than its own slot. `rows` 0 means: to the end of the row group."""

    cell: GridCell
    rows: int
    columns: int


Slot = GridCell | Spanned
PlainRow = tuple[GridCell, ...]
Row = PlainRow | list[Slot]
"""Of a row that is a tuple it is known that no cell spans."""
Covered = dict[int, tuple[int, GridCell]]
"""Column → (first row below the cell that covers it, its repeat)."""


class Expanded(NamedTuple):
    rows: tuple[tuple[GridCell, ...], ...]
    clamped: bool
    """A span reached beyond the rows or columns that exist."""


@lru_cache(maxsize=256)
def span(text: str | None) -> int:
    """The number in a rowspan or colspan attribute; 1 where there is none."""
    match = _DIGITS.match(text) if text else None
    return int(match[1][:9]) if match else 1


class Budget:
    """Counts the cells of a document.

    Raises:
        DocumentError: TOO_LARGE, from `spend`.
    """

    def __init__(self, limits: Limits) -> None:
        self.limit = limits.cells
        self.spent = 0

    def spend(self, cells: int) -> None:
        self.spent += cells
        if self.spent > self.limit:
            raise too_large(f"more than {self.limit:,} table cells")


def expand(groups: Sequence[Sequence[Row]], budget: Budget) -> Expanded:
    """Lay out row groups (`<thead>`, each `<tbody>`, `<tfoot>`, in order) on one grid.

    A cell goes to the first free slot of its row. Rowspans end with their group, colspans with the grid. Where spans
    overlap, the earlier cell keeps the slot. Every cell is the origin of exactly one slot; a row in which no cell
    begins is left out; a row is as long as its last slot.
    """
    out: list[tuple[GridCell, ...]] = []
    width = _natural_width(groups)
    clamped = False
    for group in groups:
        covered: Covered = {}
        for number, row in enumerate(group):
            line: Sequence[GridCell]
            if isinstance(row, list):
                line, cut = _lay(row, number, len(group), width, covered)
                clamped |= cut
            elif covered:
                line = _fill(row, covered)
                _uncover(covered, number + 1)
            else:
                line = row
            budget.spend(max(len(line), len(covered)))
            if row:
                out.append(tuple(line))
    return Expanded(tuple(out), clamped)


def _natural_width(groups: Sequence[Sequence[Row]]) -> int:
    """How wide spans may make the grid: without absurd colspans `MAX_WIDTH`, else as wide as its other rows."""
    spanning = [row for group in groups for row in group if isinstance(row, list)]
    if all(slot.columns <= WIDE for row in spanning for slot in row if isinstance(slot, Spanned)):
        return MAX_WIDTH
    widest = max(
        len(row) + sum(slot.columns - 1 for slot in row if isinstance(slot, Spanned) and 1 < slot.columns <= WIDE)
        for group in groups
        for row in group
    )
    return min(widest, MAX_WIDTH)


def _fill(row: PlainRow, covered: Covered) -> list[GridCell]:
    """Lay a row without spans between the cells that cover it from above."""
    line: list[GridCell] = []
    laid = 0
    for column in sorted(covered) if row else ():
        if (free := column - len(line)) > 0:
            line += row[laid : laid + free]
            laid += free
            line += [BLANK] * (column - len(line))
        line.append(covered[column][1])
    line += row[laid:]
    return line


def _uncover(covered: Covered, number: int) -> None:
    """Forget the cells that end above a row."""
    for column in [column for column, (below, _) in covered.items() if below <= number]:
        del covered[column]


def _lay(row: list[Slot], number: int, height: int, width: int, covered: Covered) -> tuple[list[GridCell], bool]:
    """Lay one row on the grid and bring `covered` up to the next row."""
    line: list[GridCell] = []
    begun: Covered = {}
    clamped = False
    at = 0
    for slot in row:
        while at in covered:
            line.append(covered[at][1])
            at += 1
        if isinstance(slot, GridCell):
            line.append(slot)
            at += 1
            continue
        cell, rows, columns = slot
        end = at + (columns or 1)
        if columns > 1 and end > width:
            end, clamped = max(width, at + 1), True
        below = number + rows if rows else height
        if below > height:
            below, clamped = height, True
        line.append(cell)
        repeat = repeat_of(cell)
        if covered:
            line += [covered[column][1] if column in covered else repeat for column in range(at + 1, end)]
        else:
            line += [repeat] * (end - at - 1)
        if below > number + 1:
            for column in range(at, end):
                if column not in covered:
                    begun[column] = (below, repeat)
        at = end
    if covered:
        if row and (last := max(covered)) >= at:
            line += [covered[column][1] if column in covered else BLANK for column in range(at, last + 1)]
        _uncover(covered, number + 1)
    covered.update(begun)
    return line, clamped
