"""Two provinces in one process, of which the first is closed while it walks a portal. Prints why each ended."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from nations import portal, report, row

HEADER = "id,name,division_code,homepage,platform,columns,notes\n"
PORTALS = {"gansu": ("a1", "a2"), "yunnan": ("b1", "b2")}
CODES = {"gansu": "6201", "yunnan": "5301"}
ONE_AT_A_TIME = "150"
"""A budget of requests that lets a single portal be walked at once."""


def main(folder: Path) -> None:
    """Crawl, and close the first spider as soon as something answered it."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings
    from scrapy.utils.defer import deferred_from_coro

    from govcrawl.simulator.hosts import mapped_settings
    from govcrawl.simulator.server import Simulator

    registry = folder / "registry"
    registry.mkdir()
    hosts = []
    for name, ids in PORTALS.items():
        rows = (f"{key},{key},{CODES[name]}0{n},http://www.{key}.test/,,,\n" for n, key in enumerate(ids, 1))
        (registry / f"{name}.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
        for key in ids:
            host = portal(f"www.{key}.test", row("/info/1.htm") + row("/info/2.htm") + row("/info/3.htm"))
            for number in (1, 2, 3):
                host.add(f"/info/{number}.htm", report(f"云砚县第{number}局", seed=number))
            hosts.append(host)
    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    given = {
        "DOWNLOAD_DELAY": 0.4,
        "AUTOTHROTTLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
        "GOVCRAWL_DATA_DIR": str(folder),
        "GOVCRAWL_REGISTRY": str(registry),
        "GOVCRAWL_RUN_BUDGET": ONE_AT_A_TIME,
    }
    settings.setdict(given, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    from twisted.internet import reactor as installed

    reactor: Any = installed
    process.settings.setdict(mapped_settings(Simulator(hosts).start(reactor)), priority="cmdline")
    crawlers = {name: process.create_crawler(name) for name in PORTALS}
    for crawler in crawlers.values():
        process.crawl(crawler)

    def close() -> None:
        engine = crawlers["gansu"].engine
        if engine is None or not crawlers["gansu"].stats.get_value("downloader/response_count"):
            reactor.callLater(0.2, close)
            return
        deferred_from_coro(engine.close_spider_async(reason="store_failed"))

    reactor.callLater(0.2, close)
    process.start()
    print(json.dumps({name: crawler.stats.get_value("finish_reason") for name, crawler in crawlers.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
