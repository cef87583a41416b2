"""Bytes → `Document`. Pure: no network, no clock."""

from __future__ import annotations

from govcrawl.documents.canonical import canonical_text
from govcrawl.documents.charset import decode
from govcrawl.documents.html import read_html
from govcrawl.documents.limits import Limits
from govcrawl.documents.sniff import kind_of, refuse_costly_markup, refuse_foreign
from govcrawl.documents.text import read_text
from govcrawl.model import Document, DocumentKind

__all__ = ["Limits", "canonical_text", "read_document"]

_LIMITS = Limits()


def read_document(
    data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits = _LIMITS
) -> Document:
    """Read the bytes of a page or a text.

    What they are is told from the bytes; `content_type` only helps to find the character set. Grids of HTML are
    aligned, those of flattened text are not.

    Args:
        data: The body as fetched.
        url: Where it came from; kept, not looked at.
        content_type: The `Content-Type` header, if any.
        limits: What the document may cost.

    Raises:
        DocumentError: `kind` is EMPTY (nothing readable), WRONG_TYPE (a picture, PDF, Office file …; the message
            names it) or TOO_LARGE (more bytes, tags, depth or cells than the limits allow).
    """
    refuse_foreign(data, limits)
    decoded = decode(data, content_type)
    if kind_of(decoded.utf8, content_type) is DocumentKind.TEXT:
        return read_text(decoded, url=url, limits=limits)
    refuse_costly_markup(decoded.utf8, limits)
    return read_html(decoded, url=url, limits=limits)
