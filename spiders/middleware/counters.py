"""The counters of a spider, and what is counted of its requests."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.statscollectors import MemoryStatsCollector, StatsCollector


class Counters(MemoryStatsCollector):
    """Scrapy wraps the methods of its own, to warn of an argument nobody here gives; a page counts seventeen times."""

    __getattribute__ = object.__getattribute__


class RequestCounter:
    """Counts as Scrapy's `DownloaderStats` does, but no bytes, for which that writes out each request and answer."""

    def __init__(self, counters: StatsCollector) -> None:
        self.counters = counters

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.stats)

    def process_request(self, request: Request) -> None:
        """Every request that is really made, also one made again."""
        self.counters.inc_value("downloader/request_count")

    def process_response(self, request: Request, response: Response) -> Response:
        """Answers, by their status."""
        self.counters.inc_value("downloader/response_count")
        self.counters.inc_value(f"downloader/response_status_count/{response.status}")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Requests without an answer, by what happened."""
        self.counters.inc_value("downloader/exception_count")
        self.counters.inc_value(
            f"downloader/exception_type_count/{type(exception).__module__}.{type(exception).__name__}"
        )
