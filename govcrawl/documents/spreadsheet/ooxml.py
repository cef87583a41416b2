"""XLSX, XLSM, XLSB: unpacked under a limit, looked over, and packed anew for the library to read."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from govcrawl.documents.containers import Budget, Zipped, zipped
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.spreadsheet.calamine import read_sheets, refuse_wide_boxes
from govcrawl.documents.spreadsheet.records import Book, Extent

_NEEDED = re.compile(r"(?:.*\.(?:xml|rels)|xl/.*\.bin)", re.IGNORECASE)
"""What holds text; pictures, fonts and macros are not even unpacked."""
_MACROS = re.compile(r".*(?:vbaProject\w*|printerSettings\d*|activeX\d*|oleObject\d*)\.bin", re.IGNORECASE)
_ROW_OR_CELL = re.compile(rb"""<(?:[^\s<>/:="']{1,40}:)?(row|c)(?=[\s/>])((?:[^>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ROW = re.compile(rb"""\sr\s*=\s*["'](\d{1,30})["']""")
_CELL = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,30})\$?(\d{1,30})["']""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\s[^>]*\bt\s*=\s*["']e["']""")
_NEVER_COMPUTED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_SIGNS = (("formula_error", _ERROR), ("formula_without_value", _NEVER_COMPUTED))
_ROWS, _COLUMNS = 1 << 20, 1 << 14
_BINARY_ROW = 0
_BINARY_CELLS = frozenset((*range(2, 12), 62))


def open_xlsx(data: bytes, limits: Limits) -> Book:
    """Read a workbook of Office 2007 and later.

    Raises:
        DocumentError: TOO_LARGE, ENCRYPTED, EXTRACTION_FAILED.
    """
    look = _Look(limits)
    packed = zipped(look.over(Zipped(data)))
    refuse_wide_boxes(look.extents, limits)
    return Book(read_sheets(packed), tuple(look.notes))


class _Look:
    """Looks over the parts of a workbook; any of them may turn out to be a sheet."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget(limits)
        self.extents: list[Extent] = []
        self.notes: list[str] = []

    def over(self, archive: Zipped) -> Iterator[tuple[str, bytes]]:
        """Name and contents of the parts that hold text, one in memory at a time."""
        for entry in archive.entries:
            if _NEEDED.fullmatch(entry.name) and not _MACROS.fullmatch(entry.name):
                part = archive.inflate(entry, self.budget)
                self._look(part, binary=entry.name.casefold().endswith(".bin"))
                yield entry.name, part

    def _look(self, part: bytes, *, binary: bool) -> None:
        extent = Extent()
        for row, column in _binary_places(part) if binary else _places(part):
            if row >= _ROWS or column >= _COLUMNS:
                raise too_large("a cell further out than any sheet goes")
            extent.add(row, column)
        self.extents.append(extent)
        if not binary:
            self.notes += (note for note, sign in _SIGNS if sign.search(part))


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
