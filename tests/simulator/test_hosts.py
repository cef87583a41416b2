"""Names of portals answered by loopback, beneath the spiders."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from govcrawl.simulator.hosts import address_of, mapped_settings

SCRIPT = """
    import json
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.reactor import install_reactor
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor
    from govcrawl.simulator.answers import Answer, Host, Page
    from govcrawl.simulator.hosts import mapped_settings
    from govcrawl.simulator.server import Simulator

    host = Host("www.yunyan.test")
    host.add("/", Page(lambda: "<title>云砚县</title>".encode()))
    host.add("/moved", Answer(302, headers={{"Location": "/"}}))
    simulator = Simulator([host])
    port = simulator.start(reactor)
    told = []

    class Probe(Spider):
        name = "probe"
        custom_settings = {{"RETRY_TIMES": 2}}

        async def start(self):
            for url in {urls!r}:
                yield Request(url, callback=self.parse, errback=self.failed, headers={headers!r}, dont_filter=True)

        def parse(self, response):
            title = response.css("title::text").get()
            told.append([response.url, response.status, title, "download_latency" in response.meta])

        def failed(self, failure):
            told.append([failure.request.url, failure.type.__name__, str(failure.value)])

    process = AsyncCrawlerProcess({{**mapped_settings(port), "LOG_ENABLED": False, "ROBOTSTXT_OBEY": False,
                                    "HTTPERROR_ALLOW_ALL": True}})
    process.crawl(Probe)
    process.start()
    print(json.dumps({{"told": told, "log": [entry[:3] for entry in simulator.log]}}))
"""


def crawl(
    run: Callable[[str], str], urls: list[str], headers: dict[str, str] | None = None
) -> dict[str, list[list[object]]]:
    return json.loads(run(SCRIPT.format(urls=urls, headers=headers or {})))  # type: ignore[no-any-return]


def test_a_mapped_host_keeps_its_url_and_its_name(run_crawl: Callable[[str], str]) -> None:
    done = crawl(run_crawl, ["http://www.yunyan.test/"])
    assert done["told"] == [["http://www.yunyan.test/", 200, "云砚县", True]]
    assert done["log"] == [["www.yunyan.test", "/", 200]]


def test_redirects_stay_on_the_portals_name(run_crawl: Callable[[str], str]) -> None:
    done = crawl(run_crawl, ["http://www.yunyan.test/moved"])
    assert done["told"] == [["http://www.yunyan.test/", 200, "云砚县", True]]


def test_nothing_else_can_be_reached(run_crawl: Callable[[str], str]) -> None:
    done = crawl(run_crawl, ["http://www.example.org/", "https://www.example.org/"])
    assert [entry[1] for entry in done["told"]] == ["UnmappedHostError"] * 2
    assert "GOVCRAWL_HOSTS" in str(done["told"])
    assert done["log"] == []


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("www.yunyan.test", "127.0.0.1:1"),
        ("WWW.Yunyan.TEST:8080", "127.0.0.1:1"),
        ("example.org", None),
        ("test", None),
    ],
)
def test_patterns_name_hosts(host: str, expected: str | None) -> None:
    assert address_of(host, mapped_settings(1)["GOVCRAWL_HOSTS"]) == expected
