"""The pages of a PDF document → sheets: its words as they are printed, or recognised where they are pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.pdf.drawings import drawings_of
from govcrawl.documents.pdf.frame import frame_of
from govcrawl.documents.pdf.glyphs import Glyphs, glyphs_of
from govcrawl.documents.pdf.library import Handle, page_of, text_of
from govcrawl.model import DocumentError, ProblemKind

_DRAWN = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT}
"""Annotations that bear text of the sheet: filled fields of a form, and text written on top."""


@dataclass(slots=True)
class Pages:
    """The sheets of a document."""

    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    recognised: bool = False

    def note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def read_pages(document: Handle, limits: Limits) -> Pages:
    """The sheets of a document.

    Raises:
        DocumentError: TOO_LARGE, EMPTY, UNREADABLE or EXTRACTION_FAILED.
    """
    count = pdfium.FPDF_GetPageCount(document)
    if count <= 0:
        raise DocumentError("the PDF document has no sheet", ProblemKind.EXTRACTION_FAILED)
    if count > limits.sheets:
        raise too_large(f"{count:,} sheets, more than the limit of {limits.sheets:,}")
    pages = Pages()
    glyphs = 0
    for index in range(count):
        with page_of(document, index) as page:
            if page is None:
                pages.note("sheet_left_out")
                continue
            sheet = _read_page(page, index + 1, limits, pages)
        pages.sheets.append(sheet)
        glyphs += len(sheet.words)
        if glyphs > limits.glyphs:
            raise too_large(f"more than {limits.glyphs:,} characters")
    if not pages.sheets:
        raise DocumentError("no sheet of the PDF document can be read", ProblemKind.EXTRACTION_FAILED)
    if not any(sheet.words or sheet.pictures for sheet in pages.sheets):
        raise DocumentError("nothing is printed in the PDF document", ProblemKind.EMPTY)
    return pages


def _read_page(page: Handle, number: int, limits: Limits, pages: Pages) -> Sheet:
    frame = frame_of(page)
    with text_of(page) as text:
        glyphs = glyphs_of(text, frame, limits) if text else Glyphs()
    frame = frame.turned(glyphs.turns)
    drawings = drawings_of(page, frame, limits)
    if glyphs.slanted:
        pages.note("slanted_text")
    return Sheet(
        number, frame.width, frame.height, tuple(glyphs.words), tuple(drawings.rules), tuple(drawings.pictures)
    )
