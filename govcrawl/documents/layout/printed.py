"""A table as it is printed on one sheet: cells with text and places, before it becomes a grid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from govcrawl.documents.layout.celltext import EMPTY, CellText
from govcrawl.model import BLANK, Grid, GridCell


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell: what it says, its first slot, and how many rows and columns it covers."""

    said: CellText
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        return self.said.text

    @property
    def slots(self) -> tuple[int, int, int, int]:
        return self.row, self.column, self.rows, self.columns


@dataclass(slots=True)
class PrintedTable:
    """A table of one sheet, or of several after their parts were joined."""

    xs: list[float]
    """Where its columns begin and end (points)."""
    rows: int
    cells: list[PrintedCell]
    top: float = 0.0
    """Where it begins on its first sheet (points)."""
    ruled: bool = True
    labels: int = 0
    """Of a table without rules: how many columns of labels it has."""
    headed: bool = True
    """Of a table without rules: it begins with a header."""
    middles: list[float] = field(default_factory=list)
    """Of a table without rules: the middles of its columns of figures (points)."""
    carried: set[tuple[int, int]] = field(default_factory=set)
    """First slots of cells that go on from the sheet before: they begin nothing."""

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def table(self) -> list[list[PrintedCell]]:
        """The cell that covers each slot."""
        nothing = PrintedCell(EMPTY, 0, 0)
        slots = [[nothing] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for covered in slots[cell.row : cell.row + cell.rows]:
                covered[cell.column : cell.column + cell.columns] = [cell] * cell.columns
        return slots

    def without(self, rows: int) -> PrintedTable:
        """The table without its first rows."""
        cells = [replace(cell, row=cell.row - rows) for cell in self.cells if cell.row >= rows]
        return replace(self, rows=self.rows - rows, cells=cells)

    def grid(self) -> Grid:
        """Rows of slots: a cell's text stands in each it covers, and is its own in the first. Blank rows go."""
        slots: list[list[GridCell]] = [[BLANK] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            said = cell.said
            begins = GridCell(said.text, True, said.confidence)
            repeat = GridCell(said.text, False, said.confidence)
            for covered in slots[cell.row : cell.row + cell.rows]:
                covered[cell.column : cell.column + cell.columns] = [repeat] * cell.columns
            if (cell.row, cell.column) not in self.carried:
                slots[cell.row][cell.column] = begins
        return Grid(tuple(tuple(row) for row in slots if any(cell.origin for cell in row)))
