"""Bytes to proven reports: documents, forms, checks; a page and its attachments to one report."""

from __future__ import annotations

from govcrawl.divisions import load_divisions
from govcrawl.documents import read_documents
from govcrawl.model import Report
from govcrawl.reading.pieces import read_pieces
from govcrawl.reading.records import Found, Piece

__all__ = ["Found", "Piece", "read_pieces", "read_report", "read_reports"]


def read_report(
    data: bytes, *, url: str | None = None, content_type: str | None = None, name: str | None = None
) -> Report:
    """Read the bytes of one annual report; of several, the first. Arguments and errors are those of `read_reports`.

    Returns:
        The report with the findings of every check. Bytes that are a document but no report give a report
        with `form` = `none` and a `reason`.
    """
    return read_reports(data, url=url, content_type=content_type, name=name)[0]


def read_reports(
    data: bytes, *, url: str | None = None, content_type: str | None = None, name: str | None = None
) -> tuple[Report, ...]:
    """Read every report that a page or a file of any format holds, each with the findings of every check.

    Args:
        data: the body as it was fetched or lies on disk; what it is, is told from its content.
        url: where it came from; helps to tell the agency and the date.
        content_type: the Content-Type header, if there was one.
        name: the file's name; one more voice for the title.

    Raises:
        DocumentError: the bytes cannot be read as a document; its `kind` says why.
    """
    documents = read_documents(data, url=url, content_type=content_type)
    piece = Piece(documents, url, is_page=True, name=name or "")
    return tuple(found.report for found in read_pieces((piece,), divisions=load_divisions()))
