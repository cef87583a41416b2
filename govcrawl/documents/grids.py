"""The one grid model: rows of cells with spans become rows of slots, as browsers lay them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from govcrawl.documents.characters import repeat_of
from govcrawl.documents.limits import Limits, too_large
from govcrawl.model import BLANK, GridCell

MAX_COLSPAN = 1000
MAX_ROWSPAN = 65534
"""What the HTML standard clamps spans to."""
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
Row = Sequence[Slot]


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
        covered: dict[int, tuple[int, GridCell]] = {}
        for number, row in enumerate(group):
            if not covered and not any(type(slot) is Spanned for slot in row):
                line = list(row)
                budget.spend(len(line))
                if line:
                    out.append(tuple(line))  # type: ignore[arg-type]  # all are GridCell: none is Spanned
                continue
            clamped |= _lay(row, number, len(group), width, covered, out, budget)
    return Expanded(tuple(out), clamped)


def _natural_width(groups: Sequence[Sequence[Row]]) -> int:
    """How wide the grid is without its absurd colspans."""
    widest, absurd = 1, False
    for group in groups:
        for row in group:
            wide = len(row)
            for slot in row:
                if type(slot) is Spanned:
                    if slot.columns <= WIDE:
                        wide += max(slot.columns, 1) - 1
                    else:
                        absurd = True
            widest = max(widest, wide)
    return min(widest, MAX_WIDTH) if absurd else MAX_WIDTH


def _lay(
    row: Row,
    number: int,
    height: int,
    width: int,
    covered: dict[int, tuple[int, GridCell]],
    out: list[tuple[GridCell, ...]],
    budget: Budget,
) -> bool:
    """Lay one row on the grid; `covered` maps a column to (first row below the cell, its repeat)."""
    line: list[GridCell] = []
    begun: dict[int, tuple[int, GridCell]] = {}
    clamped = False
    for slot in row:
        while len(line) in covered:
            line.append(covered[len(line)][1])
        if isinstance(slot, GridCell):
            line.append(slot)
            continue
        cell, rows, columns = slot
        start = len(line)
        wanted = max(columns, 1)
        columns = min(wanted, MAX_COLSPAN, max(width - start, 1))
        below = height if rows == 0 else number + min(rows, MAX_ROWSPAN)
        clamped |= columns < wanted or below > height
        below = min(below, height)
        repeat = repeat_of(cell)
        for column in range(start, start + columns):
            taken = covered.get(column)
            line.append(cell if column == start else taken[1] if taken else repeat)
            if below > number + 1 and taken is None:
                begun[column] = (below, repeat)
    has_origin = bool(row)
    rest = [column for column in covered if column >= len(line)]
    if rest and has_origin:
        for column in range(len(line), max(rest) + 1):
            line.append(covered[column][1] if column in covered else BLANK)
    for column in [column for column, (below, _) in covered.items() if below <= number + 1]:
        del covered[column]
    covered.update(begun)
    budget.spend(max(len(line), len(covered)))
    if has_origin:
        out.append(tuple(line))
    return clamped
