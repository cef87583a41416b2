"""robots.txt after RFC 9309: 4xx means no rules, 5xx and silence mean: keep away for now."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from govcrawl.discovery import recognise_block
from govcrawl.model import ProblemKind
from spiders.failures import explain
from spiders.middleware.refusals import Refused

_TOO_MANY = 429


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, which reads rules out of error pages and carries on where robots.txt cannot be had."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._unavailable: dict[str, Refused] = {}

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        status = response.status
        if status >= 500 or status == _TOO_MANY:
            block = recognise_block(status, response.body)
            kind = ProblemKind.BLOCKED if block else ProblemKind.HTTP_ERROR
            raise Refused(kind, f"robots.txt: {block or f'status {status}, so nothing may be fetched for now'}")
        if status != 200:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if isinstance(exc, Refused):
            self._unavailable[netloc] = exc
        else:
            kind, detail = explain(exc)
            self._unavailable[netloc] = Refused(kind, f"robots.txt: {detail}")
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        refused = self._unavailable.get(urlparse_cached(request).netloc)
        if refused is not None:
            raise type(refused)(refused.kind, refused.detail)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise Refused(ProblemKind.ROBOTS, "robots.txt forbids it") from error
