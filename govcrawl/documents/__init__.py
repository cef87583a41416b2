"""Bytes → `Document`. Pure: no network, no clock."""

from __future__ import annotations

from govcrawl.documents.canonical import canonical_text
from govcrawl.documents.limits import Limits
from govcrawl.documents.readers import read_documents
from govcrawl.model import Document

__all__ = ["Limits", "canonical_text", "read_document", "read_documents"]

_LIMITS = Limits()


def read_document(
    data: bytes, *, url: str | None = None, content_type: str | None = None, limits: Limits = _LIMITS
) -> Document:
    """Read the bytes of one document; of an archive, the first it holds.

    Arguments and errors are those of `read_documents`.
    """
    return read_documents(data, url=url, content_type=content_type, limits=limits)[0]
