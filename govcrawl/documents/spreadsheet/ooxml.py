"""XLSX, XLSM, XLSB: unpacked under a limit, looked over, and packed anew for the library to read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from govcrawl.documents.containers import Budget, Zipped, zipped
from govcrawl.documents.limits import Limits
from govcrawl.documents.spreadsheet.calamine import read_sheets, refuse_wide_boxes
from govcrawl.documents.spreadsheet.records import Book, Extent

_NEEDED = re.compile(r"(?:.*\.(?:xml|rels)|xl/.*\.bin)", re.IGNORECASE)
"""What holds text; pictures, fonts and macros are not even unpacked."""
_MACROS = re.compile(r".*(?:vbaProject\w*|printerSettings\d*|activeX\d*|oleObject\d*)\.bin", re.IGNORECASE)
_SHEET = re.compile(r"xl/.*sheets?/.*\.(?:xml|bin)", re.IGNORECASE)
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_ROW = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_CELL = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,5})\$?(\d{1,9})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["']""")
_NEVER_COMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_BINARY_ROW = 0
_BINARY_CELLS = frozenset((*range(2, 12), 62))


def open_xlsx(data: bytes, limits: Limits) -> Book:
    """Read a workbook of Office 2007 and later.

    Raises:
        DocumentError: TOO_LARGE, ENCRYPTED, EXTRACTION_FAILED.
    """
    archive, budget = Zipped(data), Budget(limits)
    parts = [
        (entry.name, archive.inflate(entry, budget))
        for entry in archive.entries
        if _NEEDED.fullmatch(entry.name) and not _MACROS.fullmatch(entry.name)
    ]
    sheets = [(name, part) for name, part in parts if _SHEET.fullmatch(name.replace("\\", "/"))]
    refuse_wide_boxes([_extent(name, part) for name, part in sheets], limits)
    notes: list[str] = []
    if any(_ERROR.search(part) for _, part in sheets):
        notes.append("formula_error")
    if any(_NEVER_COMPUTED.search(part) for _, part in sheets):
        notes.append("formula_without_value")
    return Book(read_sheets(zipped(parts)), tuple(notes))


def _extent(name: str, part: bytes) -> Extent:
    extent = Extent()
    for row, column in _binary_places(part) if name.casefold().endswith(".bin") else _places(part):
        extent.add(row, column)
    return extent


def _places(part: bytes) -> Iterator[tuple[int, int]]:
    """Where the filled cells of a sheet stand. A cell or row that does not say follows the one before it."""
    row = column = -1
    for found in _ROW_OR_CELL.finditer(part):
        kind, attributes = found.groups()
        if kind == b"row":
            told = _ROW.search(attributes)
            row, column = (int(told[1]) - 1 if told else row + 1), -1
            continue
        place = _CELL.search(attributes)
        if place:
            row, column = int(place[2]) - 1, _column(place[1])
        else:
            column += 1
        if not attributes.endswith(b"/"):
            yield max(row, 0), column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _binary_places(part: bytes) -> Iterator[tuple[int, int]]:
    """As `_places`, of a sheet of an XLSB: records of a number, a size and contents, both numbers 7 bits a byte."""
    at, row = 0, 0
    while at < len(part):
        number, at = _variable(part, at)
        size, at = _variable(part, at)
        if at + 4 <= len(part):
            if number == _BINARY_ROW:
                (row,) = struct.unpack_from("<I", part, at)
            elif number in _BINARY_CELLS:
                yield row, struct.unpack_from("<I", part, at)[0]
        at += size


def _variable(part: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(part[at : at + 4]):
        value |= (byte & 0x7F) << 7 * place
        if not byte & 0x80:
            return value, at + place + 1
    return value, at + 4
