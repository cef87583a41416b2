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
_BEGIN, _DIMENSIONS, _FORMULA, _ERROR_OR_BOOLEAN, _MANY = 0x0809, 0x0200, 0x0006, 0x0205, 0x00BD
_CELLS = frozenset((_FORMULA, _ERROR_OR_BOOLEAN, _MANY, 0x0203, 0x0204, 0x00D6, 0x027E, 0x00FD))
"""Records of filled cells; each begins with its row and its column."""
_ROWS, _COLUMNS = 1 << 16, 1 << 8
_ERROR_RESULT = 2


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
    extents, notes = _look_over(ole.read(name))
    refuse_wide_boxes(extents, limits)
    return Book(read_sheets(data), notes)


def _look_over(stream: bytes) -> tuple[list[Extent], tuple[str, ...]]:
    """The boxes around the filled cells of each sheet, and what is to be told of formulas.

    Raises:
        DocumentError: TOO_LARGE for a sheet that says it is larger than the format allows.
    """
    extents = [Extent()]
    notes: tuple[str, ...] = ()
    for number, start, end in records(stream):
        size = end - start
        if number == _BEGIN:
            extents.append(Extent())
        elif number == _DIMENSIONS and size >= 10:
            _refuse_dimensions(stream, start, size)
        elif number in _CELLS and size >= 6:
            row, column = struct.unpack_from("<HH", stream, start)
            extents[-1].add(row, column, columns=max((size - 6) // 6, 1) if number == _MANY else 1)
            if _is_error(number, stream[start:end]):
                notes = ("formula_error",)
    return extents, notes


def _refuse_dimensions(stream: bytes, start: int, size: int) -> None:
    long = size >= 14
    rows = struct.unpack_from("<I" if long else "<H", stream, start + (4 if long else 2))[0]
    columns = struct.unpack_from("<H", stream, start + (10 if long else 6))[0]
    if rows > _ROWS or columns > _COLUMNS:
        raise too_large(f"a sheet that says it has {rows:,} rows and {columns:,} columns")


def _is_error(number: int, contents: bytes) -> bool:
    if number == _ERROR_OR_BOOLEAN:
        return len(contents) >= 8 and contents[7] == 1
    return (
        number == _FORMULA and len(contents) >= 14 and contents[6] == _ERROR_RESULT and contents[12:14] == b"\xff\xff"
    )
