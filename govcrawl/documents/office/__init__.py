"""DOC, WPS, RTF, ODT and Word 2003's XML → Document: by LibreOffice to DOCX, and on with that reader."""

from __future__ import annotations

from govcrawl.documents import docx
from govcrawl.documents.limits import Limits
from govcrawl.documents.office.program import INSTALL, convert, convert_all, find_soffice, version
from govcrawl.documents.sandbox import Cost
from govcrawl.model import Document, DocumentKind

__all__ = ["INSTALL", "convert", "convert_all", "find_soffice", "read", "version"]

_HEAD = 4096


def read(data: bytes, *, url: str | None, limits: Limits) -> tuple[Document]:
    """Read a document of an office program.

    Raises:
        DocumentError: UNREADABLE ("needs LibreOffice …") where it is not installed, else as `docx.read`.
    """
    suffix, kind = _format(data[:_HEAD])
    made = convert(data, suffix, "docx", Cost(file=limits.unpacked))
    return docx.read(made, url=url, limits=limits, kind=kind)


def _format(head: bytes) -> tuple[str, DocumentKind]:
    """The suffix by which LibreOffice knows it, and its kind. WPS Writer's files are Word's under another suffix."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{\\rtf"):
        return "rtf", DocumentKind.RTF
    if start.startswith(b"PK"):
        return "odt", DocumentKind.ODT
    if b"wordDocument" not in start and b"opendocument" in start:
        return "fodt", DocumentKind.ODT
    return ("xml" if start.startswith(b"<") else "doc"), DocumentKind.DOC
