"""Workbooks of every make, and what of them is printed."""

from __future__ import annotations

import struct
from datetime import date, datetime, time

import openpyxl
import pytest

from govcrawl.documents import Limits, read_document
from govcrawl.documents.spreadsheet.values import Value, printed
from govcrawl.model import Document, DocumentError, DocumentKind, ProblemKind

from ..containers import archive, changed, filled, ods, parts_of, record, saved, xls, xlsx

CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def rows_of(data: bytes) -> list[list[str]]:
    (grid,) = read_document(data).grids()
    return [[cell.text for cell in row] for row in grid.rows]


def ods_row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>\n{' '.join(cells)}\n</table:table-row>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (-3.0, "-3"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (24575.93, "24575.93"),
        (1234567890123.0, "1234567890123"),
        (1e20, "100000000000000000000"),
        (1.5e-7, "0.00000015"),
        (1e-300, "0"),
        (float("nan"), ""),
        (True, "TRUE"),
        ("０12 ", "０12 "),
        (date(2021, 1, 20), "2021年1月20日"),
        (datetime(2021, 1, 20), "2021年1月20日"),
        (datetime(2021, 1, 20, 8, 30), "2021年1月20日 08:30"),
        (time(8, 30), "08:30:00"),
    ],
)
def test_a_value_is_printed_as_a_reader_sees_it(value: Value, text: str) -> None:
    assert printed(value) == text


def test_texts_numbers_and_days_of_a_workbook_are_read() -> None:
    data = xlsx([["规章", 3, 0.25, True], ["发布于", date(2021, 1, 20), "合计", None]])
    assert rows_of(data) == [["规章", "3", "0.25", "TRUE"], ["发布于", "2021年1月20日", "合计", ""]]


def test_an_old_workbook_is_read() -> None:
    cells: dict[tuple[int, int], str | float] = {(2, 1): "规章", (2, 2): 3.0, (3, 1): "文件", (3, 2): 0.25}
    document = read_document(xls(cells))
    assert document.kind is DocumentKind.XLS
    assert rows_of(xls(cells)) == [["规章", "3"], ["文件", "0.25"]]


def test_merged_cells_of_an_old_workbook_are_counted_from_its_first_cell() -> None:
    cells: dict[tuple[int, int], str | float] = {(2, 1): "结果", (2, 2): "公开", (2, 3): 1.0, (3, 2): "否", (3, 3): 2.0}
    assert rows_of(xls(cells, merges=[(2, 1, 3, 1)])) == [["结果", "公开", "1"], ["结果", "否", "2"]]


@pytest.mark.parametrize("flat", [False, True])
def test_an_opendocument_workbook_is_read_with_its_merged_cells(flat: bool) -> None:
    spanning = CELL.format(' table:number-rows-spanned="2" table:number-columns-spanned="2"', "结果")
    one, two = "<table:covered-table-cell/>", '<table:covered-table-cell table:number-columns-repeated="2"/>'
    rows = ods_row(spanning, one, CELL.format("", "公开")) + ods_row(two, CELL.format("", "否"))
    document = read_document(ods(rows, flat=flat))
    assert document.kind is DocumentKind.ODS
    assert rows_of(ods(rows, flat=flat)) == [["结果", "结果", "公开"], ["结果", "结果", "否"]]


def test_repeated_rows_and_cells_of_opendocument_are_read() -> None:
    repeated = CELL.format(' table:number-columns-repeated="2"', "规章")
    assert rows_of(ods(ods_row(repeated, attributes=' table:number-rows-repeated="3"'))) == [["规章", "规章"]] * 3


EXCEL_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="表"><Table>
<Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">结果</Data></Cell><Cell ss:Index="3">
<Data ss:Type="Number">12.0</Data></Cell></Row>
<Row><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">否</Data></Cell>
<Cell><ss:Data ss:Type="DateTime" xmlns="http://www.w3.org/TR/REC-html40"><B>2021-01-20T00:00:00.000</B></ss:Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="隐"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def test_a_workbook_of_excel_2003_as_xml_is_read() -> None:
    document = read_document(EXCEL_2003.encode())
    assert (document.kind, document.notes) == (DocumentKind.XLS, ("hidden_sheet",))
    first, second = rows_of(EXCEL_2003.encode())
    assert first == ["结果", "", "12", "", ""]
    assert second == ["结果", "否", "否", "2021年1月20日", "TRUE"]


def sheets() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    assert book.active is not None
    filled(book.active, [["规章", 1]]).title = "一"
    filled(book.create_sheet("二"), [["文件", 2]])
    return book


def captions(document: Document) -> list[str]:
    return [grid.caption for grid in document.grids()]


def test_every_sheet_is_a_grid_under_its_name() -> None:
    book = sheets()
    book.create_sheet("空")
    book.create_chartsheet("图")
    document = read_document(saved(book))
    assert captions(document) == ["一", "二"]
    assert document.notes == ()


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_left_out_and_told(state: str) -> None:
    book = sheets()
    book["一"].sheet_state = state
    document = read_document(saved(book))
    assert captions(document) == ["二"]
    assert document.notes == ("hidden_sheet",)


def test_a_hidden_sheet_without_content_is_not_told() -> None:
    book = sheets()
    book.create_sheet("空").sheet_state = "hidden"
    assert read_document(saved(book)).notes == ()


def test_a_workbook_without_content_is_empty() -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(saved(openpyxl.Workbook()))
    assert caught.value.kind is ProblemKind.EMPTY


def test_a_formula_is_its_last_value() -> None:
    data = changed(xlsx([["合计", "=1+1"]]), "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>")
    assert rows_of(data) == [["合计", "2"]]
    assert read_document(data).notes == ()


def test_a_formula_that_was_never_computed_is_blank_and_told() -> None:
    document = read_document(xlsx([["合计", "=1+1", 3]]))
    assert [cell.text for cell in next(document.grids()).rows[0]] == ["合计", "", "3"]
    assert document.notes == ("formula_without_value",)


def test_a_formula_in_error_is_blank_and_told() -> None:
    document = read_document(xlsx([["合计", "#REF!", 3]]))
    assert [cell.text for cell in next(document.grids()).rows[0]] == ["合计", "", "3"]
    assert document.notes == ("formula_error",)


def test_a_formula_in_error_of_an_old_workbook_is_told() -> None:
    error = record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x17, 1))
    assert read_document(xls({(0, 0): "合计", (0, 2): 3.0}, inside=[error])).notes == ("formula_error",)


def test_macros_are_not_even_unpacked() -> None:
    parts = parts_of(xlsx([["规章", 1]])) | {"xl/vbaProject.bin": bytes(5_000_000)}
    assert read_document(archive(parts), limits=Limits(unpacked=1_000_000)).kind is DocumentKind.XLSX
