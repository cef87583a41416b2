"""Workbooks made to cost: each ends in a named state, in a moment, in little memory."""

from __future__ import annotations

import contextlib
import random
import resource
import struct
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from govcrawl.documents import Limits, read_document
from govcrawl.model import DocumentError, ProblemKind

from ..containers import archive, changed, ods, parts_of, record, xls, xlsx

SHEET = "xl/worksheets/sheet1.xml"
SIMPLE = xlsx([["规章", 1], ["文件", 2]], merges=["A3:B4"])
OLD = xls({(0, 0): "规章", (0, 1): 1.0})
TEXT = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def dimensions(top: int, bottom: int, left: int, right: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", top, bottom, left, right, 0))


def rows(*rows: tuple[str, str]) -> bytes:
    return ods("".join(f"<table:table-row {attributes}>{cells}</table:table-row>" for attributes, cells in rows))


MANY_ROWS = 'table:number-rows-repeated="1048576"'
MANY_COLUMNS = ' table:number-columns-repeated="16384"'
LARGE: dict[str, Callable[[], bytes]] = {
    "a_cell_in_the_last_corner": lambda: changed(SIMPLE, SHEET, b'<c r="B2"', b'<c r="XFD1048576"'),
    "a_cell_beyond_the_last_corner": lambda: changed(SIMPLE, SHEET, b'<c r="B2"', b'<c r="ZZZZZZZ99999999999"'),
    "a_cell_behind_a_sign_in_an_attribute": lambda: changed(SIMPLE, SHEET, b'<c r="B2"', b'<c y=">" r="XFD1048576"'),
    "a_cell_under_a_foreign_name": lambda: changed(
        SIMPLE, SHEET, b'<c r="B1"', '<é:c xmlns:é="x" r="XFD1048576"><v>1</v></é:c><c r="B1"'.encode()
    ),
    "a_million_rows_of_sixteen_thousand": lambda: rows((MANY_ROWS, TEXT.format(MANY_COLUMNS))),
    "a_cell_below_a_billion_rows": lambda: rows(
        ('table:number-rows-repeated="1000000000"', "<table:table-cell/>"), ("", TEXT.format(""))
    ),
    "more_tags_than_cells_need": lambda: rows(*[("", "<table:table-cell/>" * 1000)] * 1001),
    "a_sheet_that_says_it_is_endless": lambda: xls({(0, 0): "x"}, inside=[dimensions(0, 1 << 31, 0, 256)]),
    "cells_of_an_old_sheet_in_its_corners": lambda: xls({(0, 0): "x", (65535, 255): "y"}),
    "a_part_that_unpacks_to_more_than_the_limit": lambda: archive(parts_of(SIMPLE) | {"xl/x.xml": bytes(30_000_000)}),
    "a_content_that_unpacks_to_more_than_the_limit": lambda: archive(
        parts_of(ods("")) | {"content.xml": bytes(30_000_000)}
    ),
    "more_sheets_than_the_limit": lambda: xlsx_of_sheets(201),
    "more_records_than_cells_need": lambda: xls({(0, 0): "x"}, inside=[record(0x0001) * 410_000]),
}


def xlsx_of_sheets(count: int) -> bytes:
    sheet = '<Worksheet ss:Name="x"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet>'
    names = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    return f"<Workbook {names}>{sheet * count}</Workbook>".encode()


@pytest.mark.parametrize("name", LARGE)
def test_what_would_cost_gigabytes_is_too_large(name: str) -> None:
    data = LARGE[name]()
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(DocumentError) as caught:
        read_document(data, limits=Limits(cells=20_000, unpacked=20_000_000))
    assert caught.value.kind is ProblemKind.TOO_LARGE
    assert time.process_time() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


BROKEN: dict[str, bytes] = {
    "a_sheet_that_ends_before_it_begins": xls({(0, 0): "x"}, inside=[dimensions(255, 69, 0, 15)]),
    "cut_short": SIMPLE[: len(SIMPLE) // 2],
    "an_old_one_cut_short": OLD[:3000],
    "a_part_that_is_no_xml": archive(parts_of(SIMPLE) | {"xl/workbook.xml": b"<workbook>"}),
    "a_cell_in_row_nought": changed(SIMPLE, SHEET, b'r="B2"', b'r="B0"'),
    "contents_that_are_no_xml": archive(parts_of(ods("")) | {"content.xml": b"<office"}),
    "no_contents": archive({name: part for name, part in parts_of(ods("")).items() if name != "content.xml"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_broken(name: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(BROKEN[name])
    assert caught.value.kind is ProblemKind.EXTRACTION_FAILED


HARMLESS: dict[str, bytes] = {
    "a_sheet_that_says_it_is_full": changed(SIMPLE, SHEET, b'ref="A1:B4"', b'ref="A1:XFD1048576"'),
    "everything_merged": changed(SIMPLE, SHEET, b'ref="A3:B4"', b'ref="A3:XFD1048576"'),
    "four_billion_merged_ranges": changed(SIMPLE, SHEET, b'mergeCells count="1"', b'mergeCells count="4000000000"'),
    "a_range_that_ends_before_it_begins": changed(SIMPLE, SHEET, b'ref="A3:B4"', b'ref="B4:A3"'),
    "blank_rows_for_ever": rows(("", TEXT.format("")), (MANY_ROWS, f"<table:table-cell{MANY_COLUMNS}/>")),
    "a_format_far_away": changed(
        SIMPLE, SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    ),
    "an_old_sheet_that_says_it_is_full": xls({(0, 0): "x"}, inside=[dimensions(0, 65536, 0, 256)]),
    "a_cell_that_spans_everything": rows(
        ("", TEXT.format(' table:number-rows-spanned="99999999999" table:number-columns-spanned="99999999"'))
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_says_that_it_is_large_is_read(name: str) -> None:
    started = time.process_time()
    assert read_document(HARMLESS[name]).blocks
    assert time.process_time() - started < 5


ENTITIES = '<!DOCTYPE x [<!ENTITY a "xxxxxxxxxx">{}]>'.format(
    "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
).encode()
OUTSIDE = b'<!DOCTYPE x [<!ENTITY m SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [ENTITIES, OUTSIDE])
def test_entities_are_never_expanded(declared: bytes) -> None:
    sound = rows(("", TEXT.format("")))
    data = changed(changed(sound, "content.xml", b">x<", b">x&m;<"), "content.xml", b"<office", declared + b"<office")
    with contextlib.suppress(DocumentError):
        assert list(read_document(data).texts()) in (["x"], ["x&m;"])


def test_text_shared_by_cells_expands_no_entities() -> None:
    shared = changed(SIMPLE, SHEET, b"<worksheet", ENTITIES + b"<worksheet")
    shared = changed(shared, SHEET, b"<t>", b"<t>&m;")
    with pytest.raises(DocumentError) as caught:
        read_document(shared)
    assert caught.value.kind is ProblemKind.EXTRACTION_FAILED


@pytest.mark.parametrize("name", ["xlsx", "xls", "ods"])
def test_damage_anywhere_ends_in_a_document_or_a_named_state(name: str) -> None:
    sound = {"xlsx": SIMPLE, "xls": OLD, "ods": rows(("", TEXT.format("") * 3))}[name]
    dice = random.Random(name)
    for _ in range(150):
        data = bytearray(sound)
        for _ in range(dice.choice([1, 3, 10])):
            data[dice.randrange(len(data))] = dice.choice([0, 255, dice.randrange(256)])
        with contextlib.suppress(DocumentError):
            assert read_document(bytes(data), limits=Limits(pixels=1)).blocks


PANIC = """
import python_calamine
from govcrawl.documents.spreadsheet.calamine import read_sheets
from govcrawl.model import DocumentError

class PanicException(BaseException):
    pass

def panic(*_):
    raise PanicException("index out of bounds")

python_calamine.load_workbook = panic
try:
    read_sheets(b"")
except DocumentError as error:
    print(error.kind, error)
"""


def test_a_panic_of_the_library_is_a_broken_workbook() -> None:
    run = subprocess.run([sys.executable, "-c", PANIC], capture_output=True, text=True, check=True, timeout=300)
    assert run.stdout == "extraction_failed the workbook is broken (index out of bounds)\n"
