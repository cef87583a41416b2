"""Writes a draft as a workbook: prose in merged rows, tables in cells."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from random import Random
from typing import Any

from govcrawl.simulator.report.draft import Cell, Draft, Line, Markup, Paragraph, Sheet
from govcrawl.simulator.report.files.containers import repacked
from govcrawl.simulator.report.files.extra import needed
from govcrawl.simulator.report.files.grid import grid_of
from govcrawl.simulator.report.files.habits import BookHabits, draw_book_habits

_WIDTH = 10
"""Columns that prose is merged over."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$")
_NAMES = {
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "review_litigation": "复议诉讼",
    "statistics": "统计表",
}


def write_xlsx(draft: Draft, random: Random) -> bytes:
    """The workbook; the same draft and seed give the same bytes."""
    openpyxl = needed("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    writer = _Writer(book, draw_book_habits(random))
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            writer.prose(block)
        elif isinstance(block, Sheet):
            for part in writer.parts(block):
                writer.table(part)
        elif isinstance(block, Markup) and block.rows:
            writer.table(block.sheet())
    if writer.habits.empty_sheet:
        book.create_sheet("Sheet9")
    book.properties.creator = draft.agency
    book.properties.created = book.properties.modified = datetime(draft.year + 1, 1, 20, 9, 30)
    out = BytesIO()
    book.save(out)
    return repacked(out.getvalue())


class _Writer:
    """Appends to the book."""

    def __init__(self, book: Any, habits: BookHabits) -> None:
        self.book = book
        self.habits = habits
        self.rows: dict[str, int] = {}
        """Sheet → its next free row."""
        self.alignment = needed("openpyxl.styles").Alignment
        side = needed("openpyxl.styles").Side(style="thin")
        self.border = needed("openpyxl.styles").Border(left=side, right=side, top=side, bottom=side)
        self.sheet = self._open("正文" if habits.sheets != "one" else "年度报告")

    def _open(self, name: str) -> Any:
        sheet = self.book.create_sheet(name if self.habits.named else f"Sheet{len(self.book.sheetnames) + 1}")
        self.rows[sheet.title] = 1 + self.habits.offset
        return sheet

    def prose(self, paragraph: Paragraph) -> None:
        """A paragraph over the width; the prose after a table goes on where the prose before it stood."""
        sheet = self.sheet if self.habits.sheets == "one" else self.book.worksheets[0]
        row, left = self.rows[sheet.title], 1 + self.habits.offset
        cell = sheet.cell(row, left, paragraph.text)
        sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=left + _WIDTH - 1)
        side = {"title": "center", "signature": "right", "date": "right"}.get(paragraph.role, "left")
        cell.alignment = self.alignment(horizontal=side, vertical="center", wrap_text=True)
        sheet.row_dimensions[row].height = 18 * (1 + len(paragraph.text) // 40)
        self.rows[sheet.title] += 1

    def parts(self, sheet: Sheet) -> list[Sheet]:
        """The table as it is divided over sheets."""
        if self.habits.sheets != "subtables" or sheet.part != "disclosure":
            return [sheet]
        parts: list[Sheet] = []
        for line in sheet.lines:
            if not parts or line.kind == "title":
                parts.append(Sheet(sheet.part, []))
            parts[-1].lines.append(line)
        whole = all(_rectangular(part.lines) for part in parts)
        return parts if whole else [sheet]

    def table(self, printed: Sheet) -> None:
        """A table with merged cells and borders."""
        if self.habits.sheets != "one":
            name = _NAMES.get(printed.part, "附表")
            self.sheet = self._open(name if name not in self.book.sheetnames else f"{name}{len(self.book.sheetnames)}")
        sheet, left = self.sheet, 1 + self.habits.offset
        top = self.rows[sheet.title]
        grid = grid_of(printed)
        for slot in grid.slots:
            row, column = top + slot.row, left + slot.column
            cell = sheet.cell(row, column, self._value(slot.cell))
            side = "left" if slot.cell.role == "label" else "center"
            cell.alignment = self.alignment(horizontal=side, vertical="center", wrap_text=True)
            if slot.rows > 1 or slot.columns > 1:
                last_row, last_column = row + slot.rows - 1, column + slot.columns - 1
                sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
            cell.border = self.border
        self.rows[sheet.title] = top + grid.rows

    def _value(self, cell: Cell) -> Any:
        """A number where a plain one is printed and the typist does not type text; None for an empty cell."""
        if cell.role != "value" or self.habits.texts or not _NUMBER.match(cell.text):
            return cell.text or None
        return float(cell.text) if "." in cell.text else int(cell.text)


def _rectangular(lines: list[Line]) -> bool:
    try:
        grid_of(Sheet("", lines))
    except ValueError:
        return False
    return True
