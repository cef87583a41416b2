"""The `Referer` header: which page led to a request."""

from __future__ import annotations

from scrapy import Request


def refer(request: Request, url: str) -> None:
    """Name the page that led to a request, as browsers do: not where TLS hid it before, to a host without."""
    if url.startswith("http:") or request.url.startswith("https:"):
        request.headers["Referer"] = url
    else:
        request.headers.pop("Referer", None)
