"""PDF documents → sheets of words and rules → blocks."""

from __future__ import annotations

from govcrawl.documents import layout
from govcrawl.documents.limits import Limits
from govcrawl.documents.pdf.guard import refuse_bombs
from govcrawl.documents.pdf.library import metadata_of, opened
from govcrawl.documents.pdf.sheets import read_pages
from govcrawl.model import Document, DocumentError, DocumentKind, ProblemKind

__all__ = ["read"]


def read(data: bytes, *, url: str | None, limits: Limits) -> tuple[Document, ...]:
    """Read a PDF document.

    Args:
        data: The file's bytes.
        url: Where it came from; kept, not looked at.
        limits: What the document may cost.

    Returns:
        One document. Its title is left to its words: the metadata's is often a template's.

    Raises:
        DocumentError: `kind` is ENCRYPTED (it only opens with a password), TOO_LARGE, EMPTY (no sheet, or nothing on
            any), UNREADABLE (its words are only there as pictures and the extra `ocr` is missing) or
            EXTRACTION_FAILED (broken beyond repair).
    """
    refuse_bombs(data, limits)
    with opened(data) as document:
        pages = read_pages(document, limits)
        metadata = metadata_of(document)
    laid_out = layout.read_sheets(pages.sheets, limits)
    pages.recogniser.refuse(laid_out.blocks)
    if not laid_out.blocks:
        raise DocumentError("nothing can be read in the PDF document", ProblemKind.EMPTY)
    return (
        Document(
            kind=DocumentKind.PDF,
            blocks=tuple(laid_out.blocks),
            metadata=metadata,
            url=url,
            pictures=sum(len(sheet.pictures) for sheet in pages.sheets),
            recognised=pages.recogniser.recognised,
            notes=tuple(dict.fromkeys((*pages.notes, *pages.recogniser.notes, *laid_out.notes))),
        ),
    )
