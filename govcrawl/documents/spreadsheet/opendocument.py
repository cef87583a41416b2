"""ODS: looked over for what the library does not tell (merged cells, how far cells stand), and handed on."""

from __future__ import annotations

from typing import cast

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.containers import Budget, Zipped, zipped
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.spreadsheet.calamine import read_sheets, refuse_wide_boxes
from govcrawl.documents.spreadsheet.records import Book, Extent, Merge
from govcrawl.model import DocumentError, ProblemKind

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MEDIA_TYPE}"/></manifest:manifest>'
)
_PARTS = ("automatic-styles", "body")
_MOST = 1 << 40
_TAGS_A_CELL = 10


def open_ods(data: bytes, limits: Limits) -> Book:
    """Read an OpenDocument workbook, packed or flat.

    Raises:
        DocumentError: TOO_LARGE, ENCRYPTED, EXTRACTION_FAILED.
    """
    content = _content(data, limits)
    if content.count(b"<") > _TAGS_A_CELL * limits.cells:
        raise too_large("more tags than a workbook of the allowed cells has")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"the workbook is broken ({error})", ProblemKind.EXTRACTION_FAILED) from error
    looks = [_Look(table) for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")]
    refuse_wide_boxes([look.extent for look in looks], limits)
    notes = ("formula_error",) if any(look.errors for look in looks) else ()
    return Book(read_sheets(_plain(root), [look.merges for look in looks]), notes)


def _content(data: bytes, limits: Limits) -> bytes:
    if not data.startswith(b"PK"):
        return data
    archive, budget = Zipped(data), Budget(limits)
    for entry in archive.entries:
        if entry.name == "content.xml":
            return archive.inflate(entry, budget)
    raise DocumentError("an OpenDocument file without contents", ProblemKind.EXTRACTION_FAILED)


def _plain(root: _Element) -> bytes:
    """The workbook as the library likes it: packed, and without space between its tags."""
    content = etree.Element(f"{_OFFICE}document-content", nsmap=cast("dict[str, str]", root.nsmap))
    content.extend([part for name in _PARTS for part in root.iterchildren(f"{_OFFICE}{name}")])
    parts = (
        ("mimetype", _MEDIA_TYPE.encode()),
        ("content.xml", etree.tostring(content, encoding="utf-8", xml_declaration=True)),
        ("META-INF/manifest.xml", _MANIFEST.encode()),
    )
    return zipped(parts)


class _Look:
    """What one table holds, without laying it out: repeated rows and columns are numbers only."""

    def __init__(self, table: _Element) -> None:
        self.extent = Extent()
        self.merges: list[Merge] = []
        self.errors = False
        row = 0
        for line in table.iter(f"{_TABLE}table-row"):
            repeated = _number(line, "number-rows-repeated")
            self._row(line, row, repeated)
            row += repeated

    def _row(self, line: _Element, row: int, repeated: int) -> None:
        column = 0
        for cell in line.iterchildren(*_CELLS):
            columns = _number(cell, "number-columns-repeated")
            if len(cell) or cell.get(f"{_OFFICE}value-type"):
                # Counted from the first cell of the sheet: what lies before is laid out, too.
                self.extent.add(0, 0, row + repeated, column + columns)
                value_type = cell.get(f"{_OFFICE}value-type")
                self.errors |= bool(cell.get(f"{_TABLE}formula")) and value_type in (None, "error")
            down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            column += columns


def _number(element: _Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(min(int(text), _MOST), 1) if text.isascii() and text.isdigit() and len(text) < 20 else 1
