"""A built report typed into a workbook: the blocks of its page, with the merged cells they came from."""

from __future__ import annotations

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from govcrawl.model import Document, Grid, Text

from ..containers import saved


def on_one_sheet(document: Document, *, wide: int = 1, gap: int = 0) -> bytes:
    """All of it under one another.

    Args:
        document: the page.
        wide: columns that a paragraph is merged over.
        gap: blank rows behind a table.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for block in document.blocks:
        if isinstance(block, Text):
            sheet.cell(row, 1, block.text)
            if wide > 1:
                sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=wide)
            row += 1
        else:
            row = _put(sheet, block, row) + gap
    return saved(book)


def on_a_sheet_each(document: Document) -> bytes:
    """The prose on the first sheet, each table on one of its own."""
    book = openpyxl.Workbook()
    prose = book.active
    assert prose is not None
    for block in document.blocks:
        if isinstance(block, Text):
            prose.append([block.text])
        else:
            _put(book.create_sheet(f"表{len(book.sheetnames)}"), block, 1)
    return saved(book)


def _put(sheet: Worksheet, grid: Grid, top: int) -> int:
    """Type a grid in, whole numbers as numbers; the row below it."""
    for number, line in enumerate(grid.rows):
        for column, cell in enumerate(line):
            if cell.origin and cell.text:
                value = int(cell.text) if cell.text.isdigit() else cell.text
                sheet.cell(top + number, column + 1, value)
                _merge(sheet, grid, number, column, top)
    return top + len(grid.rows)


def _merge(sheet: Worksheet, grid: Grid, number: int, column: int, top: int) -> None:
    def repeats(row: int, at: int) -> bool:
        line = grid.rows[row] if row < len(grid.rows) else ()
        return at < len(line) and not line[at].origin and line[at].text == grid.rows[number][column].text

    right, bottom = column, number
    while repeats(number, right + 1):
        right += 1
    while all(repeats(bottom + 1, at) for at in range(column, right + 1)):
        bottom += 1
    if (right, bottom) != (column, number):
        sheet.merge_cells(start_row=top + number, start_column=column + 1, end_row=top + bottom, end_column=right + 1)
