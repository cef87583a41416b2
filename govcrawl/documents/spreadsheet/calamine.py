"""The library that reads workbooks, kept on a lead: it makes room for every cell of a box, and may panic."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import python_calamine

from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.spreadsheet.records import Extent, Merge, Sheet
from govcrawl.documents.spreadsheet.values import Value, printed
from govcrawl.model import DocumentError, ProblemKind

_BLANK_SHARE = 10
"""Cells in the box around a sheet's cells, for each that may be filled: stray cells far away are common."""
_PANIC = "PanicException"
_WORKSHEETS = (python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetTypeEnum.DialogSheet)


def refuse_wide_boxes(extents: Sequence[Extent], limits: Limits) -> None:
    """Refuse a workbook whose cells stand so far apart that the room between them costs gigabytes.

    Raises:
        DocumentError: TOO_LARGE.
    """
    room = sum(extent.cells for extent in extents)
    if room > limits.cells * _BLANK_SHARE:
        raise too_large(f"sheets of {room:,} cells, most of them blank")


def read_sheets(data: bytes, merges: Sequence[Sequence[Merge]] | None = None) -> tuple[Sheet, ...]:
    """Read all worksheets; charts and macro sheets are none.

    Args:
        data: the workbook, whose boxes were looked at.
        merges: the merged cells of each sheet, counted from A1, where the library does not know them.

    Raises:
        DocumentError: ENCRYPTED, EXTRACTION_FAILED.
    """
    try:
        return tuple(_sheets(data, merges))
    except python_calamine.PasswordError as error:
        raise DocumentError("a workbook that only opens with a password", ProblemKind.ENCRYPTED) from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise DocumentError(f"the workbook is broken ({error})", ProblemKind.EXTRACTION_FAILED) from error
    except BaseException as error:
        # A panic of the Rust library is no `Exception`, and its class has no name to import.
        if type(error).__name__ != _PANIC:
            raise
        raise DocumentError(f"the workbook is broken ({error})", ProblemKind.EXTRACTION_FAILED) from None


def _sheets(data: bytes, merges: Sequence[Sequence[Merge]] | None) -> list[Sheet]:
    with python_calamine.load_workbook(BytesIO(data)) as book:
        sheets: list[Sheet] = []
        for number, told in enumerate(book.sheets_metadata):
            if told.typ not in _WORKSHEETS:
                continue
            sheet = book.get_sheet_by_index(number)
            if sheet.start is None:
                continue
            top, left = sheet.start
            if merges is None:
                ranges = [Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            else:
                ranges = list(merges[number]) if number < len(merges) else []
            hidden = told.visible is not python_calamine.SheetVisibleEnum.Visible
            rows = [_printed(row) for row in sheet.to_python(skip_empty_area=True)]
            moved = tuple(Merge(a - top, b - left, c - top, d - left) for a, b, c, d in ranges)
            sheets.append(Sheet(told.name, rows, moved, hidden))
        return sheets


def _printed(row: Sequence[Value]) -> list[str]:
    return [printed(value) for value in row] if row.count("") < len(row) else []
