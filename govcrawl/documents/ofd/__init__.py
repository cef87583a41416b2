"""OFD documents (GB/T 33190) → sheets of words and rules → blocks.

The format's fonts, colours, annotations and seals are left aside: words carry their characters and places.
"""

from __future__ import annotations

from govcrawl.documents import layout
from govcrawl.documents.limits import Limits
from govcrawl.documents.ofd.package import Package
from govcrawl.documents.ofd.pages import read_bodies
from govcrawl.model import Document, DocumentError, DocumentKind, ProblemKind

__all__ = ["read"]


def read(data: bytes, *, url: str | None, limits: Limits) -> tuple[Document, ...]:
    """Read an OFD package.

    Args:
        data: The file's bytes.
        url: Where it came from; kept, not looked at.
        limits: What the document may cost.

    Returns:
        One document for each that the package holds: nearly always one.

    Raises:
        DocumentError: `kind` is ENCRYPTED, TOO_LARGE, EMPTY (nothing printed), UNREADABLE (its words are only there as
            pictures and the extra `ocr` is missing) or EXTRACTION_FAILED (broken beyond reading).
    """
    documents = []
    for body in read_bodies(Package(data, limits), limits):
        laid_out = layout.read_sheets(body.sheets, limits)
        body.recogniser.refuse(laid_out.blocks)
        if not laid_out.blocks:
            continue
        documents.append(
            Document(
                kind=DocumentKind.OFD,
                blocks=tuple(laid_out.blocks),
                metadata=body.metadata,
                url=url,
                pictures=sum(len(sheet.pictures) for sheet in body.sheets),
                recognised=body.recogniser.recognised,
                notes=tuple(dict.fromkeys((*body.notes, *body.recogniser.notes, *laid_out.notes))),
            )
        )
    if not documents:
        raise DocumentError("nothing can be read in the OFD document", ProblemKind.EMPTY)
    return tuple(documents)
