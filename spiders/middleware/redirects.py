"""Redirects that never end, told as what they are."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from govcrawl.model import ProblemKind
from spiders.middleware.leaving import block
from spiders.middleware.referrers import refer
from spiders.middleware.refusals import Refused

_SAME = 2
"""Redirects of an address to itself that are followed."""


class BoundedRedirects(RedirectMiddleware):
    """Scrapy's middleware, which gives up with an exception that says nothing a program could read."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Without Scrapy's search for a spider middleware that would set the `Referer`."""
        made = cls(crawler.settings)
        made.crawler = crawler
        return made

    def handle_referer(self, request: Request, response: Response) -> None:
        """A redirected request names the page that sent it on."""
        refer(request, response.url)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Tell a gate that plants a cookie and sends back to itself, which is left alone like any other block."""
        followed: Request | Response = super().process_response(request, response)
        if not isinstance(followed, Request) or followed.url != request.url:
            return followed
        again = request.meta.get("redirect_urls", []).count(request.url)
        if again < _SAME:
            return followed
        if "Set-Cookie" not in response.headers:
            raise Refused(ProblemKind.REDIRECT_LOOP, f"status {response.status} that leads back to the same address")
        why = f"status {response.status}, a gate that plants a cookie and sends back to the same address"
        block(self.crawler, request, why)
        raise Refused(ProblemKind.BLOCKED, why)

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            detail = f"more than {self.max_redirect_times} redirects, the last to {redirected.url}"
            raise Refused(ProblemKind.REDIRECT_LOOP, detail) from error
