"""What is counted of requests, and that the counters count."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl import settings
from spiders.gansu import GansuSpider
from spiders.middleware.counters import Counters, RequestCounter

REQUEST = Request("http://www.a.test/")


def test_requests_answers_and_failures_are_counted_by_kind() -> None:
    counters = Counters(Crawler(GansuSpider))
    middleware = RequestCounter(counters)
    for _ in range(3):
        middleware.process_request(REQUEST)
    for status in (200, 404):
        middleware.process_response(REQUEST, Response(REQUEST.url, status=status))
    middleware.process_exception(REQUEST, TimeoutError())
    assert counters.get_stats() == {
        "downloader/request_count": 3,
        "downloader/response_count": 2,
        "downloader/response_status_count/200": 1,
        "downloader/response_status_count/404": 1,
        "downloader/exception_count": 1,
        "downloader/exception_type_count/builtins.TimeoutError": 1,
    }


def test_the_project_counts_with_them() -> None:
    assert f"{Counters.__module__}.{Counters.__name__}" == settings.STATS_CLASS
    assert f"{RequestCounter.__module__}.{RequestCounter.__name__}" in settings.DOWNLOADER_MIDDLEWARES
