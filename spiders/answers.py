"""An answer of the network as what the crawl makes of it: a refusal, or a capture with what led to it."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.http import Response

from govcrawl.crawl.items import Fetched
from govcrawl.crawl.memory import Visit
from govcrawl.model import Capture, ProblemKind, Role

_FORBIDDEN = 403
_GONE = frozenset({404, 410})


def refusal_of(response: Response, visit: Visit) -> tuple[ProblemKind, str] | None:
    """Why an answer is no page, None where it is one."""
    status = response.status
    if status in _GONE:
        return ProblemKind.NOT_FOUND, f"status {status}"
    if status == _FORBIDDEN and visit.role is Role.HOME:
        return ProblemKind.BLOCKED, "status 403 for the home page"
    if status >= 300:
        return ProblemKind.HTTP_ERROR, f"status {status}"
    if not response.body.strip():
        return ProblemKind.EMPTY, "the body is empty"
    return None


def capture(response: Response, visit: Visit, role: Role) -> Capture:
    """The body with its provenance."""
    return Capture(
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=header(response, "Content-Type"),
        fetched_at=datetime.now(UTC),
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
        role=role,
        portal_id=visit.portal.id,
        page_url=visit.bundle.item.capture.url if visit.bundle else None,
        link=visit.link,
    )


def fetched(capture: Capture, response: Response, visit: Visit, *, expects_report: bool = False) -> Fetched:
    """A capture as the pipelines take it."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Fetched(capture, visit.portal, visit.link, headers, expects_report, asked_url(response))


def asked_url(response: Response) -> str | None:
    """What was asked for, where a redirect led to the answer."""
    redirects = response.request.meta.get("redirect_urls") if response.request else None
    return str(redirects[0]) if redirects and redirects[0] != response.url else None


def header(response: Response, name: str) -> str | None:
    """One header's value."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
