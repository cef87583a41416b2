"""The body element → blocks: prose and grids in reading order. No recursion: depth costs memory, not the stack."""

from __future__ import annotations

from lxml.etree import _Element

from govcrawl.documents.characters import one_line
from govcrawl.documents.grids import Budget, Row, Slot, expand
from govcrawl.documents.html.tables import (
    BLOCKS,
    CELLS,
    LONG_CELL,
    Found,
    holds_tables,
    read_cell,
    read_row,
    read_table,
    spanning_cells,
)
from govcrawl.model import Block, Grid, Text

_LEVELS = {f"h{level}": level for level in range(1, 7)}


class BlockReader:
    """Walks a body once and collects its blocks.

    Tables become grids; a table that only lays out others, or prose, is walked as if it were a `div`. Rows and
    cells that stand outside any table (left over from a table cut by a stray `</table>`) become grids of their own.
    """

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self._text: list[str] = []
        self._level = 0
        self._rows: list[Row] = []
        self._cells: list[Slot] = []
        self._in_table = 0
        self._spanning: frozenset[_Element] = frozenset()

    def read(self, body: _Element) -> list[Block]:
        self._spanning = spanning_cells(body)
        self._add(body.text)
        elements = [body]
        children = [iter(body)]
        while children:
            child = next(children[-1], None)
            if child is None:
                children.pop()
                closed = elements.pop()
                if children:
                    self._close(closed)
                    self._add(closed.tail)
            elif self._open(child):
                self._add(child.text)
                elements.append(child)
                children.append(iter(child))
            else:
                self._add(child.tail)
        self._break()
        self._end_rows()
        return self.blocks

    def _open(self, element: _Element) -> bool:
        """Begin an element; false when it was read whole and needs no descent."""
        tag = element.tag
        if tag in ("p", "br") and not len(element):
            self._break()
            self._add(element.text)
            self._break()
            return False
        if tag == "table":
            return self._open_table(element)
        if tag == "tr":
            return self._open_row(element)
        if tag in CELLS and not self._in_table and not _stands_in_row(element):
            return self._open_cell(element)
        if tag == "pre":
            self._preformatted(element)
            return False
        if tag in BLOCKS:
            self._break()
            self._level = _LEVELS.get(tag, self._level)
        return True

    def _close(self, element: _Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._break()
            if tag in _LEVELS:
                self._level = 0
            elif tag == "table":
                self._end_rows()
                self._in_table -= 1

    def _open_table(self, table: _Element) -> bool:
        self._break()
        if not holds_tables(table):
            parts = read_table(table, Found(self._spanning))
            if not parts.is_layout:
                self._end_rows()
                for text in parts.stray:
                    self._add(text)
                    self._break()
                self._append_grid(parts.groups, parts.caption)
                return False
        self._end_rows()
        self._in_table += 1
        return True

    def _open_row(self, row: _Element) -> bool:
        """A row outside a table of data: part of a layout, or left over."""
        self._break()
        self._end_cells()
        if holds_tables(row):
            return True
        found = Found(self._spanning)
        slots = read_row(row, found)
        if self._in_table and (len(slots) <= 1 or found.longest > LONG_CELL):
            return True
        for text in found.stray:
            self._add(text)
            self._break()
        self._rows.append(slots)
        return False

    def _open_cell(self, cell: _Element) -> bool:
        """A cell outside any row and table."""
        if holds_tables(cell):
            return True
        self._break()
        self._cells.append(read_cell(cell, Found(self._spanning)))
        return False

    def _preformatted(self, element: _Element) -> None:
        self._break()
        text = "".join(map(str, element.itertext())).strip("\r\n")
        if text.strip():
            self._end_rows()
            # Lines and tabs of preformatted text may be a flattened table: the text reader decides.
            self.blocks.append(Text(text))

    def _add(self, text: str | None) -> None:
        if text:
            self._text.append(text)

    def _break(self) -> None:
        if self._text:
            text = one_line(self._text[0] if len(self._text) == 1 else "".join(self._text))
            self._text.clear()
            if text:
                self._end_rows()
                self.blocks.append(Text(text, self._level))

    def _end_cells(self) -> None:
        if self._cells:
            self._rows.append(self._cells)
            self._cells = []

    def _end_rows(self) -> None:
        """Make a grid of the rows collected outside tables of data."""
        self._end_cells()
        if self._rows:
            rows, self._rows = self._rows, []
            if not self._in_table and "rows_cut" not in self.notes:
                self.notes.append("rows_cut")
            self._append_grid([rows], "")

    def _append_grid(self, groups: list[list[Row]], caption: str) -> None:
        expanded = expand(groups, self.budget)
        if expanded.clamped and "span_clamped" not in self.notes:
            self.notes.append("span_clamped")
        if any(cell.text for row in expanded.rows for cell in row):
            self.blocks.append(Grid(expanded.rows, aligned=True, caption=caption))
        elif caption:
            self.blocks.append(Text(caption))


def _stands_in_row(cell: _Element) -> bool:
    parent = cell.getparent()
    return parent is not None and parent.tag == "tr"
