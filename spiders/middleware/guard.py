"""Keeps the crawl at the government's hosts, and away from portals that block it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl.discovery import recognise_block
from govcrawl.model import ProblemKind
from spiders.middleware.refusals import LeftAlone, Refused, withdraw_queued

if TYPE_CHECKING:
    from spiders.province import ProvinceSpider


class PortalGuard:
    """Stands between Scrapy's retries and the network: a block is never tried again."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PortalGuard:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse what leads off the government's hosts (also by a redirect), or to a portal given up."""
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

    def process_response(self, request: Request, response: Response) -> Response:
        """Tell a challenge, and leave its portal alone for the rest of the run."""
        visit = request.cb_kwargs.get("visit")
        if visit is None:
            return response
        block = recognise_block(response.status, response.body)
        if block is None:
            return response
        spider = cast("ProvinceSpider", self.crawler.spider)
        why = f"blocked: {block}"
        spider.memory(visit.portal).leave(why, blocked=True)
        withdraw_queued(self.crawler, request, why)
        self.crawler.stats.inc_value("govcrawl/guard/blocked")
        raise Refused(ProblemKind.BLOCKED, block)
