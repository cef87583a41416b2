"""Excel: a sheet with the rows, and one that says what the columns are."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from govcrawl.export.writing import Rows, Table, Written, writing

MOST_ROWS = 1_048_575
"""Rows of a sheet below its head; more go on to the next sheet."""
MOST_CHARACTERS = 32_767
"""UTF-16 units that a cell holds."""
FIRST_DAY = "1900-01-01"
"""Excel knows no day before it; one that is printed so stays a text."""
MARK = "…[cut]"
"""Stands at the end of a text that was longer."""
HEADS = ("name", "label_zh", "label_en", "unit", "part", "forms", "sum_of")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}


def write_workbook(table: Table, rows: Rows, to: Path) -> Written:
    """Write a table as a workbook. Texts are texts, whatever they begin with; days are days.

    Raises:
        ExportError: it cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with writing(to, XlsxWriterException), xlsxwriter.Workbook(to, {**OPTIONS, "tmpdir": str(to.parent)}) as book:
        book.set_properties(
            {"title": table.label.zh, "comments": table.edition.version, "created": _moment(table.edition.last_seen_on)}
        )
        sheets = _Sheets(book, table)
        left = iter(rows)
        while sheets.fill(islice(left, MOST_ROWS)) == MOST_ROWS:
            pass
        _describe(book, table)
        return Written(sheets.rows, sheets.cut)


class _Sheets:
    """The sheets of a table, one after another."""

    def __init__(self, book: Any, table: Table) -> None:
        self._book = book
        self._table = table
        self._head = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._number = 0
        self.rows = 0
        self.cut = 0

    def fill(self, rows: Rows) -> int:
        """Put the next rows on a sheet of their own; gives how many there were."""
        count, sheet = 0, None if self._number else self._next()
        for count, row in enumerate(rows, 1):
            sheet = sheet or self._next()
            self._write(sheet, count, row)
        self.rows += count
        return count

    def _next(self) -> Any:
        self._number += 1
        name = self._table.name if self._number == 1 else f"{self._table.name} {self._number}"
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, each in enumerate(self._table.fields):
            sheet.write_string(0, place, each.name, self._head)
        return sheet

    def _write(self, sheet: Any, number: int, row: tuple[Any, ...]) -> None:
        for place, (each, value) in enumerate(zip(self._table.fields, row, strict=True)):
            if value is None:
                continue
            if each.kind == "date" and value >= FIRST_DAY:
                sheet.write_datetime(number, place, date.fromisoformat(value), self._day)
            elif isinstance(value, str):
                text = fitting(value)
                self.cut += text != value
                sheet.write_string(number, place, text)
            else:
                sheet.write_number(number, place, value)


def fitting(text: str) -> str:
    """A text that a cell holds; the end of a longer one is a mark."""
    if len(text) * 2 <= MOST_CHARACTERS:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(MARK))].decode("utf-16-le", errors="ignore") + MARK


def _describe(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("variables")
    sheet.freeze_panes(1, 0)
    for place, head in enumerate(HEADS):
        sheet.write_string(0, place, head, book.add_format({"bold": True}))
    for number, each in enumerate(table.fields, 1):
        told = (
            each.name,
            each.label.zh,
            each.label.en,
            each.unit,
            each.part,
            " ".join(each.forms),
            " ".join(each.sources),
        )
        for place, text in enumerate(told):
            if text:
                sheet.write_string(number, place, text)


def _moment(day: str | None) -> datetime:
    """When the corpus was last seen: a workbook's date must not be that of its writing."""
    return datetime.fromisoformat(day or "2000-01-01")
