"""XLS and ET: Excel's records in an OLE file, looked over before the library makes room for them."""

from __future__ import annotations

import struct

from govcrawl.documents.containers import Ole, records
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.spreadsheet import excel2003
from govcrawl.documents.spreadsheet.calamine import read_sheets, refuse_wide_boxes
from govcrawl.documents.spreadsheet.records import Book, Extent
from govcrawl.model import DocumentError, ProblemKind

_OLE = b"\xd0\xcf\x11\xe0"
_END, _SHEET, _DIMENSIONS, _FORMULA, _ERROR_OR_BOOLEAN, _MANY = 0x000A, 0x0085, 0x0200, 0x0006, 0x0205, 0x00BD
_CELLS = frozenset((_FORMULA, _ERROR_OR_BOOLEAN, _MANY, 0x0203, 0x0204, 0x00D6, 0x027E, 0x00FD))
"""Records of filled cells; each begins with its row and its column."""
_ROWS, _COLUMNS = 1 << 16, 1 << 8
_ERROR_RESULT = 2
_RECORDS_A_CELL = 20


def open_xls(data: bytes, limits: Limits) -> Book:
    """Read a workbook of Excel 5 to 2003, or of WPS; as an OLE file or as Excel 2003's XML.

    Raises:
        DocumentError: TOO_LARGE, ENCRYPTED, EXTRACTION_FAILED.
    """
    if not data.startswith(_OLE):
        return excel2003.open_xml(data, limits)
    ole = Ole(data)
    name = ole.first(("Workbook", "Book"))
    if name is None:
        raise DocumentError("an OLE file without a workbook", ProblemKind.EXTRACTION_FAILED)
    extents, notes = _look_over(ole.read(name), limits)
    refuse_wide_boxes(extents, limits)
    return Book(read_sheets(data), notes)


def _look_over(stream: bytes, limits: Limits) -> tuple[list[Extent], tuple[str, ...]]:
    """The boxes around the filled cells of each sheet, and what is to be told of formulas.

    A sheet begins where the workbook says, be it in the middle of a record: there the library will begin, too.

    Raises:
        DocumentError: TOO_LARGE for more records than the allowed cells need, or for a sheet that says it is larger
            than the format allows.
    """
    begins = [0]
    extents: list[Extent] = []
    notes: tuple[str, ...] = ()
    left = limits.cells * _RECORDS_A_CELL
    for begin in begins:
        extent = Extent()
        for number, start, end in records(stream, begin):
            size = end - start
            if number == _END:
                break
            if number == _SHEET and size >= 4:
                begins += struct.unpack_from("<I", stream, start)
            elif number == _DIMENSIONS and size >= 10:
                _refuse_dimensions(stream, start, size)
            elif number in _CELLS and size >= 6:
                row, column = struct.unpack_from("<HH", stream, start)
                extent.add(row, column, columns=max((size - 6) // 6, 1) if number == _MANY else 1)
                if _is_error(number, stream[start:end]):
                    notes = ("formula_error",)
            left -= 1
            if not left:
                raise too_large(f"more records than a workbook of {limits.cells:,} cells needs")
        extents.append(extent)
    return extents, notes


def _refuse_dimensions(stream: bytes, start: int, size: int) -> None:
    top, bottom, left, right = struct.unpack_from("<IIHH" if size >= 14 else "<HHHH", stream, start)
    if bottom > _ROWS or right > _COLUMNS:
        raise too_large(f"a sheet that says it has {bottom:,} rows and {right:,} columns")
    if bottom < top or right < left:
        raise DocumentError("a sheet that says it ends before it begins", ProblemKind.EXTRACTION_FAILED)


def _is_error(number: int, contents: bytes) -> bool:
    if number == _ERROR_OR_BOOLEAN:
        return len(contents) >= 8 and contents[7] == 1
    return (
        number == _FORMULA and len(contents) >= 14 and contents[6] == _ERROR_RESULT and contents[12:14] == b"\xff\xff"
    )
