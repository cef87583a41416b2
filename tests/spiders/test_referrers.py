"""Requests name the page that led to them, as a browser would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import TextResponse

from spiders.gansu import GansuSpider
from spiders.middleware.redirects import BoundedRedirects
from spiders.middleware.referrers import refer

COLUMN = "http://www.a.test/nb/"


@pytest.mark.parametrize(
    ("page", "asked", "named"),
    [
        (COLUMN, "http://www.a.test/nb/1.html", True),
        (COLUMN, "https://www.a.test/nb/1.html", True),
        ("https://www.a.test/nb/", "https://www.a.test/nb/1.html", True),
        ("https://www.a.test/nb/", "http://www.b.test/1.html", False),
    ],
)
def test_the_page_is_named_unless_tls_hid_it(page: str, asked: str, named: bool) -> None:
    request = Request(asked, headers={"Referer": "http://www.before.test/"})
    refer(request, page)
    assert request.headers.get("Referer") == (page.encode() if named else None)


def test_what_a_page_asks_for_names_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    spider: Any = GansuSpider()
    monkeypatch.setattr(spider, "answer", lambda response, visit: iter([Request("http://www.a.test/nb/1.html")]))
    monkeypatch.setattr(spider, "memory", lambda portal: None)
    monkeypatch.setattr(spider, "done", lambda memory: iter(()))
    (asked,) = spider.handle(TextResponse(COLUMN), SimpleNamespace(portal=None, bundle=None))
    assert asked.headers["Referer"] == COLUMN.encode()


def test_a_redirected_request_names_the_page_that_sent_it_on() -> None:
    asked = Request(COLUMN, headers={"Referer": "http://www.a.test/"})
    answer = TextResponse(COLUMN, status=302, headers={"Location": "/nb/index.html"}, request=asked)
    sent_on = BoundedRedirects.from_crawler(Crawler(GansuSpider)).process_response(asked, answer)
    assert isinstance(sent_on, Request)
    assert sent_on.headers["Referer"] == COLUMN.encode()
