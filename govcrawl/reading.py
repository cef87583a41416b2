"""Bytes to a proven report in one call: document, form, checks."""

from __future__ import annotations

from govcrawl.checks import check_report
from govcrawl.divisions import load_divisions
from govcrawl.documents import read_document
from govcrawl.forms import read_report as read_form
from govcrawl.model import Report


def read_report(data: bytes, *, url: str | None = None, content_type: str | None = None) -> Report:
    """Read the bytes of one annual report.

    Args:
        data: the body as it was fetched or lies on disk; what it is, is told from its content.
        url: where it came from; helps to tell the agency and the date.
        content_type: the Content-Type header, if there was one.

    Returns:
        The report with the findings of every check. Bytes that are a document but no report give a report
        with `form` = `none` and a `reason`.

    Raises:
        DocumentError: the bytes cannot be read as a document; its `kind` says why.
    """
    document = read_document(data, url=url, content_type=content_type)
    report = read_form(document, divisions=load_divisions())
    return report.with_findings(check_report(report))


def read_reports(data: bytes, *, url: str | None = None, content_type: str | None = None) -> tuple[Report, ...]:
    """Read every report a document holds; arguments and errors are those of `read_report`.

    Pages and text files hold one, so this gives one; the tuple is what compilations will need.
    """
    return (read_report(data, url=url, content_type=content_type),)
