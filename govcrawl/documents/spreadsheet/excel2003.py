"""Excel 2003's XML ("SpreadsheetML"), which old systems export under the name .xls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.grids import Budget
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.spreadsheet.records import Book, Merge, Sheet
from govcrawl.documents.spreadsheet.values import Value, printed
from govcrawl.model import DocumentError, ProblemKind

_NAMES = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_TAGS_A_CELL = 10
_READ: dict[str, Callable[[str], Value]] = {
    "Number": float,
    "DateTime": datetime.fromisoformat,
    "Boolean": lambda text: text == "1",
}


def open_xml(data: bytes, limits: Limits) -> Book:
    """Read a workbook that is one XML file.

    Raises:
        DocumentError: TOO_LARGE, EXTRACTION_FAILED.
    """
    if data.count(b"<") > _TAGS_A_CELL * limits.cells:
        raise too_large("more tags than a workbook of the allowed cells has")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(BytesIO(data), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"the workbook is broken ({error})", ProblemKind.EXTRACTION_FAILED) from error
    budget = Budget(limits)
    sheets = tuple(_sheet(element, budget) for element in root.iter(f"{_NAMES}Worksheet"))
    errors = any(data.get(f"{_NAMES}Type") == "Error" for data in root.iter(f"{_NAMES}Data"))
    return Book(sheets, ("formula_error",) if errors else ())


def _sheet(element: _Element, budget: Budget) -> Sheet:
    rows: list[list[str]] = []
    merges: list[Merge] = []
    for row in element.iter(f"{_NAMES}Row"):
        _skip_to(rows, _number(row, "Index", len(rows) + 1) - 1, budget)
        number, line = len(rows), list[str]()
        for cell in row.iter(f"{_NAMES}Cell"):
            # A cell that does not say where it stands follows the merged one before it.
            at = _number(cell, "Index", len(line) + 1) - 1
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            budget.spend(max(at - len(line), 0) + across + 1)
            line += [""] * (at - len(line)) + [_text(cell)] + [""] * across
            if across or down:
                merges.append(Merge(number, at, number + down, at + across))
        rows.append(line)
    name = element.get(f"{_NAMES}Name", "")
    visible = element.findtext(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible", "").strip()
    return Sheet(name, rows, tuple(merges), hidden=visible in ("SheetHidden", "SheetVeryHidden"))


def _skip_to(rows: list[list[str]], number: int, budget: Budget) -> None:
    budget.spend(max(number - len(rows), 0))
    rows.extend([] for _ in range(number - len(rows)))


def _number(element: _Element, name: str, default: int) -> int:
    text = element.get(f"{_NAMES}{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _text(cell: _Element) -> str:
    data = cell.find(f"{_NAMES}Data")
    if data is None:
        return ""
    text = "".join(map(str, data.itertext()))
    try:
        return printed(_READ[data.get(f"{_NAMES}Type", "")](text))
    except (KeyError, ValueError):
        return text
