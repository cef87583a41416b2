"""Redirects that never end, told as what they are."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from govcrawl.model import ProblemKind
from spiders.middleware.refusals import Refused


class BoundedRedirects(RedirectMiddleware):
    """Scrapy's middleware, which gives up with an exception that says nothing a program could read."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            detail = f"more than {self.max_redirect_times} redirects, the last to {redirected.url}"
            raise Refused(ProblemKind.REDIRECT_LOOP, detail) from error
