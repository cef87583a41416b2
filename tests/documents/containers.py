"""Builders of OLE files, workbooks and archives, byte by byte where no library writes what a test needs."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Value = str | float
Place = tuple[int, int]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_SECTOR = 512
_MINI = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ENCODED = zipfile.ZipInfo


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file of up to three streams, each padded to the size that needs no small sectors."""
    bodies = [body.ljust(_MINI, b"\0") for body in streams.values()]
    chain: list[int] = []
    starts: list[int] = []
    for body in bodies:
        sectors = -(-len(body) // _SECTOR)
        starts.append(len(chain))
        chain += [*range(len(chain) + 1, len(chain) + sectors), _END]
    directory = len(chain)
    fat = [*chain, _END]
    tables = -(-(len(fat) + 4) // 128)
    fat += [_FAT] * tables
    entries = [_entry("Root Entry", 5, child=1)]
    names = list(streams)
    for number, (name, body) in enumerate(zip(names, bodies, strict=True), 1):
        after = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, 2, right=after, start=starts[number - 1], size=len(body)))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
                         0, tables, directory, 0, _MINI, _END, 0, _END, 0)  # fmt: skip
    places = [*range(directory + 1, directory + 1 + tables)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - tables))
    body = b"".join(body.ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0") for body in bodies)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * _SECTOR, b"\xff")
    return header + body + b"".join(entries).ljust(_SECTOR, b"\0") + table


def _entry(name: str, kind: int, *, child: int = _FREE, right: int = _FREE, start: int = _END, size: int = 0) -> bytes:
    coded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ", coded, len(coded) + 2 if name else 0, kind, 1, _FREE, right, child, start, size
    )


def record(number: int, contents: bytes = b"") -> bytes:
    """A record of a BIFF stream."""
    return struct.pack("<HH", number, len(contents)) + contents


def xls(
    cells: Mapping[Place, Value],
    *,
    merges: Sequence[Range] = (),
    name: str = "表",
    first: Iterable[bytes] = (),
    inside: Iterable[bytes] = (),
    stream: str = "Workbook",
) -> bytes:
    """A workbook of Excel 97 with one sheet.

    Args:
        cells: texts and numbers by place.
        merges: merged ranges.
        name: of the sheet.
        first: records behind the very first.
        inside: records of the sheet before its cells.
        stream: the stream's name.
    """
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 1996, 0, 6)) + b"".join(first)
    coded = name.encode("utf-16-le")
    label = struct.pack("<BB", len(name), 1) + coded
    at = len(begin) + len(record(0x0085, struct.pack("<IH", 0, 0) + label)) + len(record(0x000A))
    globe = begin + record(0x0085, struct.pack("<IH", at, 0) + label) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 1996, 0, 6)) + b"".join(inside)
    for (row, column), value in sorted(cells.items()):
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            sheet += record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        else:
            sheet += record(0x0203, place + struct.pack("<d", value))
    if merges:
        ranges = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merges)
        sheet += record(0x00E5, struct.pack("<H", len(merges)) + ranges)
    return ole({stream: globe + sheet + record(0x000A)})


def filled(sheet: Worksheet, rows: Sequence[Sequence[Value | None]], merges: Sequence[str] = ()) -> Worksheet:
    """A sheet of openpyxl's with rows of values from A1 on, and merged ranges."""
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for merge in merges:
        sheet.merge_cells(merge)
    return sheet


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook of openpyxl's."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: Sequence[Sequence[Value | None]], merges: Sequence[str] = (), name: str = "表") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = name
    filled(book.active, rows, merges)
    return saved(book)


def archive(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def parts_of(packed: bytes) -> dict[str, bytes]:
    """The members of a ZIP archive."""
    with zipfile.ZipFile(BytesIO(packed)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(packed: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with one place of one member changed."""
    parts = parts_of(packed)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return archive(parts)


def ods(rows: str, *, flat: bool = False) -> bytes:
    """An OpenDocument workbook of one sheet, from the XML of its rows."""
    media_type = "application/vnd.oasis.opendocument.spreadsheet"
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    root = "document" if flat else "document-content"
    told = f' office:mimetype="{media_type}"' if flat else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{root}{names}{told}>\n<office:body>\n<office:spreadsheet>\n'
        f'<table:table table:name="表">\n{rows}\n</table:table></office:spreadsheet></office:body></office:{root}>'
    ).encode()
    named = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<manifest xmlns="{named}"><x media-type="{media_type}"/></manifest>'
    if flat:
        return content
    return archive(
        {"mimetype": media_type.encode(), "content.xml": content, "META-INF/manifest.xml": manifest.encode()}
    )
