"""Keeps the crawl at the government's hosts, and away from portals that block it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl.discovery import recognise_block
from govcrawl.model import ProblemKind
from spiders.middleware.refusals import LeftAlone, Refused, withdraw_queued

if TYPE_CHECKING:
    from spiders.province import ProvinceSpider


class HostGuard:
    """Stands before all others: what leads off the government's hosts, also by a redirect, is never asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse foreign hosts, and portals that were given up."""
        visit = request.cb_kwargs.get("visit")
        if visit is None:
            return
        spider = cast("ProvinceSpider", self.crawler.spider)
        memory = spider.memory(visit.portal)
        if memory.left_alone:
            raise LeftAlone(ProblemKind.BLOCKED, memory.left_alone)
        if not spider.hosts.allows(request.url, visit.portal):
            self.crawler.stats.inc_value("govcrawl/guard/foreign_host")
            raise Refused(ProblemKind.FOREIGN_HOST, f"{request.url} is not on a government host or the registry")


class BlockGuard:
    """Stands between Scrapy's retries and the network: a block is never tried again, and ends the portal's run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Before the downloader sends the next request to the host: take back what waits for it."""
        visit = request.cb_kwargs.get("visit")
        block = recognise_block(response.status, response.body) if visit is not None else None
        if block is not None:
            self._leave(request, block)

    def process_response(self, request: Request, response: Response) -> Response:
        """Tell a challenge, also one that was compressed."""
        if request.cb_kwargs.get("visit") is None:
            return response
        block = recognise_block(response.status, response.body)
        if block is None:
            return response
        self._leave(request, block)
        self.crawler.stats.inc_value("govcrawl/guard/blocked")
        raise Refused(ProblemKind.BLOCKED, block)

    def _leave(self, request: Request, block: str) -> None:
        spider = cast("ProvinceSpider", self.crawler.spider)
        why = f"blocked: {block}"
        spider.memory(request.cb_kwargs["visit"].portal).leave(why, blocked=True)
        withdraw_queued(self.crawler, request, why)
