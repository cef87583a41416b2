"""Hosts that speak https, in all the ways a portal may."""

from __future__ import annotations

import json
from collections.abc import Callable

SCRIPT = """
    import json, warnings
    from OpenSSL import SSL
    from scrapy import Request, Spider
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.reactor import install_reactor
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor
    from govcrawl.simulator.answers import Answer, Host
    from govcrawl.simulator.hosts import mapped_settings
    from govcrawl.simulator.server import Simulator
    from govcrawl.simulator.tls import Tls

    hosts = [Host("www." + tls.value.replace("_", "-") + ".test", tls=tls) for tls in Tls]
    hosts.append(Host("www.only.test", tls=Tls.MODERN, https_only=True))
    for host in hosts:
        host.add("/", Answer(body=host.name.encode()))
    simulator = Simulator(hosts)
    port = simulator.start(reactor)
    told = {}

    class Probe(Spider):
        name = "probe"

        async def start(self):
            for host in hosts:
                for scheme in ("http", "https"):
                    yield Request(scheme + "://" + host.name + "/", callback=self.parse, errback=self.failed)

        def parse(self, response):
            told[response.url] = response.text

        def failed(self, failure):
            told[failure.request.url] = "SSL" if "SSL" in str(failure.value) else "lost"

    process = AsyncCrawlerProcess({**mapped_settings(port), "LOG_ENABLED": False, "ROBOTSTXT_OBEY": False,
                                    "RETRY_ENABLED": False})
    process.crawl(Probe)
    process.start()
    print(json.dumps({"told": told, "spans": [[s.host, s.scheme, s.end >= s.time] for s in simulator.spans]}))
"""


def test_a_host_speaks_the_tls_it_is_told_to(run_crawl: Callable[[str], str]) -> None:
    done = json.loads(run_crawl(SCRIPT))
    told = done["told"]
    assert told == {
        "http://www.none.test/": "www.none.test",
        "https://www.none.test/": "lost",
        "http://www.modern.test/": "www.modern.test",
        "https://www.modern.test/": "www.modern.test",
        "http://www.wrong-name.test/": "www.wrong-name.test",
        "https://www.wrong-name.test/": "www.wrong-name.test",
        "http://www.legacy.test/": "www.legacy.test",
        "https://www.legacy.test/": "SSL",
        "http://www.broken.test/": "www.broken.test",
        "https://www.broken.test/": "SSL",
        "http://www.only.test/": "lost",
        "https://www.only.test/": "www.only.test",
    }
    assert ["www.modern.test", "https", True] in done["spans"]
    assert all(ended for _, _, ended in done["spans"])
