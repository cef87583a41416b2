"""PDFium, opened and closed: the one place that knows handles of the library.

PDFium reads what hostile hands write in millions of browsers, needs no interpreter for JavaScript (the builds of
pypdfium2 have none) and starts no action of a document unless a form environment is set up, which nothing here does.
Of the same five sheets its characters and paths take 0.08 s, where pdfplumber's `extract_tables` takes 0.78 s. It is
not safe for threads; the readers have one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2.raw as pdfium

from govcrawl.model import DocumentError, ProblemKind

Handle = Any
"""What PDFium hands out: a pointer it alone may look into."""

Address = int
"""Where a thing of PDFium's lies; its functions for single characters take and give these."""


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """The same function on addresses: pypdfium2's own makes an object of every pointer, for every character."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_PLACE, _INDEX = ctypes.c_void_p, ctypes.c_int
object_of = _plain(pdfium.FPDFText_GetTextObject, _PLACE, _PLACE, _INDEX)
code_of = _plain(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _PLACE, _INDEX)
is_unmapped = _plain(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, _PLACE, _INDEX)
loose_box_of = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, _PLACE, _INDEX, _PLACE)
origin_of = _plain(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, _PLACE, _INDEX, _PLACE, _PLACE)

_METADATA = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_PASSWORD = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}


@contextmanager
def opened(data: bytes) -> Iterator[Handle]:
    """The document in these bytes, as long as the block lasts.

    Raises:
        DocumentError: ENCRYPTED (it only opens with a password) or EXTRACTION_FAILED (broken beyond repair).
    """
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        if pdfium.FPDF_GetLastError() in _PASSWORD:
            raise DocumentError("the PDF document only opens with a password", ProblemKind.ENCRYPTED)
        raise DocumentError("the PDF document is broken beyond repair", ProblemKind.EXTRACTION_FAILED)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: Handle, index: int) -> Iterator[Handle | None]:
    """A page, from 0; None where the document has none that can be read there."""
    page = pdfium.FPDF_LoadPage(document, index)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


@contextmanager
def text_of(page: Handle) -> Iterator[Handle | None]:
    """The characters of a page."""
    text = pdfium.FPDFText_LoadPage(page)
    try:
        yield text or None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)


def metadata_of(document: Handle) -> dict[str, str]:
    """What the writing program says of the document: often a template's title, another agency's name."""
    found = {}
    for name in _METADATA:
        size = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
        if 2 < size <= 4096:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDF_GetMetaText(document, name.encode(), buffer, size)
            if value := buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip():
                found[name] = value
    return found
