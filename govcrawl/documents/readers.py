"""Which reader reads what: the kind of the bytes decides, never a name or a header."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from govcrawl.documents.charset import decode
from govcrawl.documents.html import read_html
from govcrawl.documents.limits import Limits
from govcrawl.documents.sniff import kind_of, kind_of_file, refuse_costly_markup
from govcrawl.documents.text import read_text
from govcrawl.model import Document, DocumentKind

Reader = Callable[..., tuple[Document, ...]]
"""(data, *, url, limits) → documents, at least one; raises `DocumentError`."""

_ROOMS: dict[DocumentKind, str] = {
    DocumentKind.PDF: "pdf",
    DocumentKind.OFD: "ofd",
    DocumentKind.DOCX: "docx",
    DocumentKind.DOC: "office",
    DocumentKind.RTF: "office",
    DocumentKind.ODT: "office",
    DocumentKind.XLSX: "spreadsheet",
    DocumentKind.XLS: "spreadsheet",
    DocumentKind.ODS: "spreadsheet",
    DocumentKind.PICTURE: "picture",
    DocumentKind.ZIP: "packed",
}
"""Kind of file → the module whose `read` reads it. Loaded when one comes by: some take longer to load than a report."""


def read_documents(
    data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits | None = None
) -> tuple[Document, ...]:
    """Read the bytes of a page or a file, whatever they are.

    What they are is told from the bytes; `content_type` only helps to find the character set of a text. Grids are
    aligned, but those of flattened text.

    Args:
        data: The body as fetched.
        url: Where it came from; kept, not looked at.
        content_type: The `Content-Type` header, if any.
        limits: What the document may cost.

    Returns:
        One document; of an archive, one for each member that could be read.

    Raises:
        DocumentError: `kind` is EMPTY (nothing readable), WRONG_TYPE (a film, a program …; the message names it),
            TOO_LARGE (more bytes, tags, sheets, depth or cells than the limits allow), ENCRYPTED, UNREADABLE (the
            message names the tool that is missing) or EXTRACTION_FAILED (broken beyond reading).
    """
    limits = limits or Limits()
    kind = kind_of_file(data, limits)
    if kind is not None:
        read: Reader = import_module(f"govcrawl.documents.{_ROOMS[kind]}").read
        return read(data, url=url, limits=limits)
    decoded = decode(data, content_type)
    if kind_of(decoded.utf8, content_type) is DocumentKind.TEXT:
        return (read_text(decoded, url=url, limits=limits),)
    refuse_costly_markup(decoded.utf8, limits)
    return (read_html(decoded, url=url, limits=limits),)
