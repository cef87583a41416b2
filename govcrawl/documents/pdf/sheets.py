"""The pages of a PDF document → sheets: its words as they are printed, or recognised where they are pictures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pypdfium2.raw as pdfium

from govcrawl.documents.layout.records import Box, Sheet
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.pdf.drawings import drawings_of
from govcrawl.documents.pdf.frame import frame_of
from govcrawl.documents.pdf.glyphs import Glyphs, glyphs_of
from govcrawl.documents.pdf.library import Handle, page_of, text_of
from govcrawl.documents.pdf.rendering import FINE, rendered
from govcrawl.documents.recognition import FEW, Pixels, Recogniser, Region, regions_of
from govcrawl.model import DocumentError, ProblemKind

OUTLINED = 100
"""Shapes that are no boxes on a sheet without words: its type was turned into drawings."""
GUESSED = 0.5
"""How sure another program's recognition is taken to be."""
_DRAWN = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT}
"""Annotations that bear text of the sheet: filled fields of a form, and text written on top."""
_ANNOTATIONS = 1000
"""On one page; more are links of a table of contents gone wild."""
_XFA = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}
"""Forms that are drawn by a program inside the document: PDFium shows the page that asks for another reader."""


@dataclass(slots=True)
class Pages:
    """The sheets of a document."""

    recogniser: Recogniser
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

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
    pages = Pages(Recogniser(limits))
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        pages.note("embedded_files")
    if pdfium.FPDF_GetFormType(document) in _XFA:
        pages.note("xfa_form")
    glyphs = 0
    for index in range(count):
        with page_of(document, index) as page:
            if page is None:
                pages.note("sheet_left_out")
                continue
            sheet = None if _draw_fields(page) else _read_page(page, index + 1, limits, pages)
        if sheet is None:
            with page_of(document, index) as page:
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


def _draw_fields(page: Handle) -> bool:
    """Make what is written into fields, or on top of a page, part of what is printed on it. Runs no action.

    Returns:
        True where that was done: the page must be opened anew.
    """
    for place in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, place)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else None
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _DRAWN:
            return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)
    return False


def _read_page(page: Handle, number: int, limits: Limits, pages: Pages) -> Sheet:
    frame = frame_of(page)
    with text_of(page) as text:
        glyphs = glyphs_of(text, frame, limits) if text else Glyphs()
    frame = frame.turned(glyphs.turns)
    drawings = drawings_of(page, frame, limits)
    sheet = Sheet(
        number,
        frame.width,
        frame.height,
        () if glyphs.are_garbled else tuple(glyphs.words),
        tuple(drawings.rules),
        tuple(picture.box for picture in drawings.pictures),
    )
    if glyphs.slanted:
        pages.note("slanted_text")
    if glyphs.unmapped:
        pages.note("unmapped_text")

    def image_of(region: Region) -> tuple[Pixels, float]:
        if any(picture.wide * picture.high > limits.pixels for picture in drawings.pictures):
            raise too_large(f"a picture of more than the limit of {limits.pixels:,} pixels")
        return rendered(page, glyphs.turns, region, limits)

    if glyphs.are_garbled or (len(sheet.words) <= FEW and drawings.shapes > OUTLINED):
        regions = [Region(Box(0.0, 0.0, frame.width, frame.height), FINE, is_sheet=True)]
    else:
        regions = regions_of(sheet, drawings.pictures)
    for region in regions:
        sheet = pages.recogniser.read(sheet, region, image_of)
    if glyphs.hidden and not sheet.words:
        # What another program recognised in a scan is better than nothing, and there is nothing else here.
        sheet = replace(sheet, words=tuple(word._replace(confidence=GUESSED) for word in glyphs.hidden))
        pages.recogniser.recognised = True
        pages.note("hidden_text")
    return sheet
