"""Workbooks (XLSX, XLS, ET, ODS, and Excel 2003's XML) → Document: a sheet's tables are grids, its prose is prose."""

from __future__ import annotations

from collections.abc import Callable

from govcrawl.documents.grids import Budget
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.sniff import kind_of_file
from govcrawl.documents.spreadsheet.arrange import arrange
from govcrawl.documents.spreadsheet.biff import open_xls
from govcrawl.documents.spreadsheet.ooxml import open_xlsx
from govcrawl.documents.spreadsheet.opendocument import open_ods
from govcrawl.documents.spreadsheet.records import Book
from govcrawl.model import Block, Document, DocumentError, DocumentKind, ProblemKind

_OPEN: dict[DocumentKind | None, Callable[[bytes, Limits], Book]] = {
    DocumentKind.XLSX: open_xlsx,
    DocumentKind.XLS: open_xls,
    DocumentKind.ODS: open_ods,
}


def read(data: bytes, *, url: str | None, limits: Limits) -> tuple[Document, ...]:
    """Read a workbook. Only what is kept in its cells is read: the values last computed, never a formula or a macro.

    Sheets without content are left out, and so are hidden ones, which is told. How a number is to look is not asked
    for: 12.0 is `12`, and a half is `0.5` also where it shows as 50 %.

    Raises:
        DocumentError: TOO_LARGE (sheets, cells, unpacked bytes), ENCRYPTED, EMPTY, WRONG_TYPE, or EXTRACTION_FAILED.
    """
    kind = kind_of_file(data, limits)
    if kind is None or kind not in _OPEN:
        raise DocumentError("the bytes are no workbook", ProblemKind.WRONG_TYPE)
    book = _OPEN[kind](data, limits)
    if len(book.sheets) > limits.sheets:
        raise too_large(f"{len(book.sheets):,} sheets, more than the limit of {limits.sheets:,}")
    budget = Budget(limits)
    notes = list(book.notes)
    blocks: list[Block] = []
    for sheet in book.sheets:
        if sheet.hidden and any(any(row) for row in sheet.rows):
            notes.append("hidden_sheet")
        elif not sheet.hidden:
            blocks += arrange(sheet, budget)
    if not blocks:
        raise DocumentError("the workbook holds no readable text on a sheet that shows", ProblemKind.EMPTY)
    return (Document(kind, tuple(blocks), url=url, body_source="whole", notes=tuple(dict.fromkeys(notes))),)
