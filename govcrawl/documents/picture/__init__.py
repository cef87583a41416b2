"""Pictures and scans → sheets of recognised words, then blocks as of any fixed layout. Needs the extra `[ocr]`.

Nothing of the extra is loaded before a picture comes by: without it everything else can still be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits
from govcrawl.model import Document

if TYPE_CHECKING:
    from govcrawl.documents.picture.tools import Image

__all__ = ["read", "sheet_of"]


def read(data: bytes, *, url: str | None = None, limits: Limits | None = None) -> tuple[Document, ...]:
    """Read a picture file: a scan or a screenshot, of one frame or, as TIFF, of several.

    Args:
        data: The bytes of a PNG, JPEG, GIF (its first frame), TIFF, BMP or WebP file.
        url: Where it came from; kept, not looked at.
        limits: What the document may cost.

    Raises:
        DocumentError: TOO_LARGE (told from the header, before anything is decoded), UNREADABLE (the extra is not
            installed), EXTRACTION_FAILED (broken beyond reading) or EMPTY (no text in it).
    """
    import govcrawl.documents.picture.tools  # noqa: F401  # comes first: it says what is missing
    from govcrawl.documents.picture.file import read_file

    return (read_file(data, url=url, limits=limits or Limits()),)


def sheet_of(image: Image, *, number: int, dpi: float, limits: Limits | None = None) -> Sheet:
    """Recognise the picture of one sheet.

    Args:
        image: uint8, of shape (height, width) for grey or (height, width, 3) for red, green, blue.
        number: Of the sheet, from 1.
        dpi: Pixels an inch: what turns pixels into points.
        limits: What the document may cost.

    Returns:
        Words with their confidence and the ruled lines; places in points of the picture as given, but set upright.

    Raises:
        DocumentError: UNREADABLE (the extra is not installed) or TOO_LARGE.
    """
    import govcrawl.documents.picture.tools  # noqa: F401
    from govcrawl.documents.picture.page import recognise

    return recognise(image, number=number, dpi=dpi, limits=limits or Limits())
