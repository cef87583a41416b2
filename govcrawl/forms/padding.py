"""Blank cells that are no values: what a lost colspan leaves around the values of a row.

Where positions prove nothing, a row of a table with wide labels may print blanks between its label and its values
(the label's other columns), behind them, or both; and a blank may also be a value. The rows of one grid are printed
alike, so the rows that leave no choice say how to read the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from govcrawl.forms.labels import normalise, without_note
from govcrawl.forms.lexicon import spellings
from govcrawl.forms.schema import Table
from govcrawl.forms.segments import Line
from govcrawl.forms.values import is_number, is_value, unit_word


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a row that are not placed by their position: labels first, values behind the last of them."""

    labels: tuple[str, ...]
    values: tuple[str, ...]
    spans: bool
    """The last label covers the columns up to the first value."""


def cells_of(line: Line) -> Cells:
    """Cut a row behind its last label that stands before the first number."""
    positions = [position for position, cell in enumerate(line.cells) if cell.origin]
    texts = [line.cells[position].text for position in positions]
    start = 0
    for index, text in enumerate(texts):
        if is_number(text):
            break
        if not is_value(text):
            start = index + 1
    spans = line.aligned and 0 < start < len(positions) and positions[start] > positions[start - 1] + 1
    return Cells(tuple(text for text in texts[:start] if text), tuple(texts[start:]), spans)


class Padding:
    """How the rows of a segment pad their values in front, learnt from the rows that leave no choice."""

    def __init__(self, lines: Sequence[Line], wanted: int, table: Table) -> None:
        self.lines = lines
        self.table = table
        self.wanted = wanted

    @cached_property
    def seen(self) -> dict[tuple[int, int], set[int]]:
        """(grid, depth of the row) → the blanks in front that were certainly padding. Most grids never ask."""
        found: dict[tuple[int, int], set[int]] = {}
        for line in self.lines:
            cells = cells_of(line)
            depth = self._depth(cells)
            front = self._certain(cells.values)
            if depth is not None and front is not None:
                found.setdefault((line.grid, depth), set()).add(front)
        return found

    @cached_property
    def behind(self) -> frozenset[int]:
        """The grids that pad behind, too: there a row with blanks at both ends leaves a choice."""
        deep = [(line.grid, cells_of(line)) for line in self.lines]
        return frozenset(
            grid
            for grid, cells in deep
            if self._depth(cells) == self._deepest() and len(cells.values) > self.wanted and not cells.values[-1]
        )

    def strip(self, line: Line, cells: Cells) -> tuple[str, ...] | None:
        """The values of a row without its padding; None where nothing says which of its blanks are padding."""
        values, wanted = cells.values, self.wanted
        surplus = len(values) - wanted
        if surplus <= 0:
            return values
        front = self._certain(values)
        if front is None:
            front = self._usual(line.grid, cells)
            if front and line.grid in self.behind:
                front = None
        if front is None:
            return None
        front = min(front, surplus, next((i for i, text in enumerate(values) if text), len(values)))
        values = values[front:]
        while len(values) > wanted and not values[-1]:
            values = values[:-1]
        return values

    def take(self, line: Line) -> Cells:
        """The row's cells; a sentence behind the label of a row is a value that nobody can read, not a label."""
        cells = cells_of(line)
        known = _depths(self.table)
        if self._deepest():
            return cells  # behind the label of a group stands the label of a row, however misprinted
        labels, values = cells.labels, cells.values
        while len(labels) > 1 and not self._is_label(labels[-1]) and normalise(labels[-2]) in known:
            labels, values = labels[:-1], (labels[-1], *values)
        filled = max((index + 1 for index, text in enumerate(values) if text), default=0)
        if len(labels) < len(cells.labels) and filled <= self.wanted:
            return Cells(labels, values, cells.spans)
        return cells

    def _is_label(self, text: str) -> bool:
        return normalise(text) in _depths(self.table) or unit_word(text) is not None

    def _certain(self, values: Sequence[str]) -> int | None:
        """Blanks in front that can only be padding; None where they could be values as well."""
        filled = [index for index, text in enumerate(values) if text]
        if not filled:
            return 0
        if filled[0] == 0 or len(values) <= self.wanted:
            return 0
        needed = filled[-1] + 1 - self.wanted
        if needed > 0 and needed >= filled[0]:
            return filled[0]
        return needed if needed > 0 and len(values) == filled[-1] + 1 else None

    def _usual(self, grid: int, cells: Cells) -> int | None:
        """What the rows like this one do, in this grid first, then in all grids of the segment."""
        depth = self._depth(cells)
        if cells.spans or depth is None or depth == self._deepest():
            return 0
        here = self.seen.get((grid, depth), set())
        if len(here) == 1:
            return next(iter(here))
        everywhere = {front for (_, other), fronts in self.seen.items() if other == depth for front in fronts}
        if len(everywhere) == 1:
            return next(iter(everywhere))
        deepest = self._deepest()
        shallow = [fronts for (at, other), fronts in self.seen.items() if at == grid and other < deepest]
        return 0 if shallow and all(fronts == {0} for fronts in shallow) else None

    def _depth(self, cells: Cells) -> int | None:
        """How many groups the row stands in; None for a label that the table does not know."""
        if not cells.labels:
            return None
        depths, label = _depths(self.table), normalise(cells.labels[-1])
        return depths.get(label, depths.get(without_note(label)))

    def _deepest(self) -> int:
        return max(_depths(self.table).values())


@cache
def _depths(table: Table) -> dict[str, int]:
    return {label: len(row.group.path) if row.group else 0 for row in table.rows for label in spellings(row)}
