"""Serve small sets of simulated hosts and crawl them with several provinces' spiders, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODES = {"beijing": "11", "gansu": "62", "yunnan": "53", "shandong": "37"}
QUICK = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 1,
    "RETRY_TIMES": 1,
    "LOG_LEVEL": "INFO",
    "GOVCRAWL_COOLDOWN": 0.3,
    "GOVCRAWL_ALLOWED_HOSTS": "www.common.test,www.slow.test,www.blocking.test,www.blocked.test",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the simulator's log has it."""

    host: str
    path: str
    status: int
    time: float
    scheme: str
    end: float | None


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left behind."""

    db: Path
    asked: list[Asked]
    stats: dict[str, int]
    log: str

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query on the database."""
        with sqlite3.connect(self.db) as connection:
            return connection.execute(sql, values).fetchall()

    def problems(self, portal: str) -> dict[str, str]:
        """Kind → detail of the open problems of a portal."""
        return dict(self.rows("SELECT kind, detail FROM problems WHERE portal_id = ? AND mended_at IS NULL", portal))

    def of(self, host: str) -> list[Asked]:
        """The requests to one host, in order."""
        return [each for each in self.asked if each.host == host]

    def paths(self, host: str) -> list[str]:
        """What was asked of one host, in order."""
        return [each.path for each in self.of(host)]

    def reports(self, host: str) -> int:
        """Reports had from one host."""
        return int(self.rows("SELECT count(*) FROM report_sources WHERE url LIKE ?", f"%//{host}/%")[0][0])

    def hosts(self, host: str) -> dict[str, Any]:
        """The row of one host."""
        with sqlite3.connect(self.db) as connection:
            connection.row_factory = sqlite3.Row
            row = connection.execute("SELECT * FROM hosts WHERE host = ?", (host,)).fetchone()
            return dict(row) if row else {}

    def overlaps(self) -> list[tuple[Asked, Asked]]:
        """Pairs of requests to one host of which the second began before the first was answered."""
        by_host: dict[str, list[Asked]] = defaultdict(list)
        for each in sorted(self.asked, key=lambda asked: asked.time):
            by_host[each.host].append(each)
        return [
            (first, second)
            for asked in by_host.values()
            for first, second in pairwise(asked)
            if first.end is None or second.time < first.end
        ]

    def gaps(self, host: str) -> Iterator[float]:
        """Seconds between the beginnings of a host's requests."""
        yield from (second.time - first.time for first, second in pairwise(self.of(host)))


def crawl(
    folder: Path,
    hosts: str,
    portals: dict[str, dict[str, str]],
    *,
    settings: dict[str, Any] | None = None,
    timeout: float = 60,
    stop_after: float | None = None,
) -> Crawled:
    """Crawl the hosts that `places.<hosts>()` builds.

    Args:
        folder: holds database, archive and registry; the same folder twice is a second crawl.
        portals: spider → portal id → home page, optionally followed by known columns.
        stop_after: seconds after the start at which the crawl is asked to end, as by Ctrl-C.
    """
    registry = folder / "registry"
    registry.mkdir(exist_ok=True)
    for spider, own in portals.items():
        rows = ["id,name,division_code,homepage,platform,columns,notes"]
        for number, (key, urls) in enumerate(own.items()):
            homepage, *columns = urls.split()
            rows.append(f"{key},{key},{CODES[spider]}{number:04},{homepage},,{' '.join(columns)},")
        (registry / f"{spider}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    given = {
        "hosts": hosts,
        "spiders": list(portals),
        "stop_after": stop_after,
        "out": str(folder / "crawled.json"),
        "settings": {
            **QUICK,
            "GOVCRAWL_DATA_DIR": str(folder),
            "GOVCRAWL_REGISTRY": str(registry),
            **(settings or {}),
        },
    }
    child = subprocess.run(
        [sys.executable, __file__, json.dumps(given)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    out = json.loads((folder / "crawled.json").read_text(encoding="utf-8"))
    asked = [Asked(**each) for each in out["asked"]]
    return Crawled(folder / "govcrawl.db", asked, out["stats"], child.stderr)


def main(given: dict[str, Any]) -> None:
    """The crawl itself, in the child."""
    import places
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from govcrawl.simulator.hosts import mapped_settings
    from govcrawl.simulator.server import Simulator

    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    process = AsyncCrawlerProcess(settings)
    from twisted.internet import reactor

    simulator = Simulator(getattr(places, given["hosts"])())
    port = simulator.start(reactor)
    process.settings.setdict({**mapped_settings(port), **given["settings"]}, priority="cmdline")
    crawlers = [process.create_crawler(name) for name in given["spiders"]]
    for crawler in crawlers:
        process.crawl(crawler)
    if given["stop_after"]:
        reactor.callLater(given["stop_after"], lambda: asyncio.ensure_future(process.stop()))
    process.start()
    stats: dict[str, int] = {}
    for crawler in crawlers:
        for key, value in crawler.stats.get_stats().items():
            if isinstance(value, int):
                stats[key] = stats.get(key, 0) + value
    asked = [
        {"host": s.host, "path": s.path, "status": s.status, "time": s.time, "scheme": s.scheme, "end": s.end}
        for s in simulator.spans
    ]
    Path(given["out"]).write_text(json.dumps({"asked": asked, "stats": stats}), encoding="utf-8")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
