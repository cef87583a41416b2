"""What becomes of an answer, without a network."""

from __future__ import annotations

import time

import pytest
from scrapy.http import HtmlResponse

from govcrawl.crawl.items import Fetched
from govcrawl.crawl.memory import Visit
from govcrawl.crawl.settings import RunSettings
from govcrawl.discovery import LinkKind
from govcrawl.model import Portal, Problem, ProblemKind, Role
from govcrawl.platforms.page import MOST_LINKS
from spiders.asking import Output
from spiders.gansu import GansuSpider

PORTAL = Portal("yunyan", "云砚县", "620423", "http://www.yunyan.test/")
URL = "http://www.yunyan.test/nb/"
COSTLY = {
    "many attributes": b"<div " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">",
    "many tags": b"<p>" * 200_000,
    "many bytes": b"<p>" + b"a" * 5_000_000,
}


def answer(body: bytes, role: Role) -> list[Output]:
    spider = GansuSpider()
    spider.prepare(RunSettings.of({}))
    visit = Visit(PORTAL, role, LinkKind.COLUMN)
    return list(spider.answer(HtmlResponse(URL, body=b"<html><body>" + body), visit))


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY)
@pytest.mark.parametrize("role", [Role.HOME, Role.COLUMN])
def test_a_page_whose_links_would_cost_minutes_is_told_as_too_large(body: bytes, role: Role) -> None:
    began = time.process_time()
    [problem] = answer(body, role)
    assert isinstance(problem, Problem)
    assert problem.kind is ProblemKind.TOO_LARGE
    assert time.process_time() - began < 5


@pytest.mark.parametrize("body", COSTLY.values(), ids=COSTLY)
def test_what_was_linked_as_a_report_is_handed_on_to_its_reader(body: bytes) -> None:
    [item] = answer(body, Role.PAGE)
    assert isinstance(item, Fetched)
    assert item.expects_report


def test_links_beyond_the_bound_are_told() -> None:
    outputs = answer('<a href="/zx/">要闻</a>'.encode() * (MOST_LINKS + 1), Role.PAGE)
    told = [output.kind for output in outputs if isinstance(output, Problem)]
    assert ProblemKind.TOO_LARGE in told
