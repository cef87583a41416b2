"""Serve small sets of simulated hosts and crawl them with several provinces' spiders, in a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

ROOT = Path(__file__).resolve().parents[2]
CODES = {"beijing": "11", "gansu": "62", "yunnan": "53", "shandong": "37"}
QUICK = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 30,
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
class Hold:
    """A host was given rest, at a moment of the clock the simulator's log goes by."""

    host: str
    time: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left behind."""

    db: Path
    asked: list[Asked]
    held: list[Hold]
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

    def rests(self, host: str) -> list[Hold]:
        """The rests one host was given, in order."""
        return [each for each in self.held if each.host == host]

    def before(self, rest: Hold) -> list[Asked]:
        """The requests to the host of a rest until its beginning, in order."""
        return [each for each in self.of(rest.host) if each.time < rest.time]

    def since(self, rest: Hold) -> list[Asked]:
        """The requests to the host of a rest from its beginning on, in order."""
        return [each for each in self.of(rest.host) if each.time >= rest.time]

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
    timeout: float = 300,
    stop_while_resting: str | None = None,
) -> Crawled:
    """Crawl the hosts that `places.<hosts>()` builds.

    Args:
        folder: holds database, archive and registry; the same folder twice is a second crawl.
        portals: spider → portal id → home page, optionally followed by known columns.
        timeout: seconds after which a crawl that hangs is given up; nothing is judged by it.
        stop_while_resting: the host that rests, and for which a request waits, when the crawl is asked to end, as by
            Ctrl-C.
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
        "stop_while_resting": stop_while_resting,
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
    held = [Hold(**each) for each in out["held"]]
    return Crawled(folder / "govcrawl.db", asked, held, out["stats"], child.stderr)


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
    held = note_rests()
    if given["stop_while_resting"]:
        reactor.callLater(0, stop_while_resting, process, given["stop_while_resting"])
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
    Path(given["out"]).write_text(json.dumps({"asked": asked, "held": held, "stats": stats}), encoding="utf-8")


def note_rests() -> list[dict[str, Any]]:
    """Have every rest that a host of this process is given written down from now on."""
    from spiders.middleware.slots import HostSlot

    held: list[dict[str, Any]] = []
    hold = HostSlot.hold

    def noted(slot: HostSlot, seconds: float) -> None:
        held.append({"host": slot.name, "time": time.time(), "seconds": seconds})
        hold(slot, seconds)

    HostSlot.hold = noted  # type: ignore[method-assign]
    return held


def stop_while_resting(process: AsyncCrawlerProcess, host: str) -> None:
    """Ask a crawl to end as soon as a host rests and a request waits for it."""
    from scrapy.utils.defer import deferred_from_coro
    from twisted.internet import reactor

    from spiders.middleware.slots import HOSTS

    slot = HOSTS.slots.get(host)
    if slot is not None and slot.queue and slot.not_before > time.monotonic():
        deferred_from_coro(process.stop())
    else:
        reactor.callLater(0.02, stop_while_resting, process, host)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
