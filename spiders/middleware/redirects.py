"""Redirects that never end, told as what they are."""

from __future__ import annotations

from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from govcrawl.model import ProblemKind
from spiders.middleware.referrers import refer
from spiders.middleware.refusals import Refused


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

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            detail = f"more than {self.max_redirect_times} redirects, the last to {redirected.url}"
            raise Refused(ProblemKind.REDIRECT_LOOP, detail) from error
