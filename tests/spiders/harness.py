"""Serve simulated hosts and crawl them, in a process of their own: a reactor starts only once."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

SPEEDY = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_TIMEOUT": 6,
    "RETRY_TIMES": 1,
    "LOG_LEVEL": "WARNING",
}
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl left behind."""

    db: Path
    asked: list[tuple[str, str, int, float]]
    """Host, path, status and time of every request."""
    stats: dict[str, Any]
    log: str

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the database."""
        with sqlite3.connect(self.db) as connection:
            return connection.execute(sql).fetchall()

    def problems(self) -> set[tuple[str, str]]:
        """Portal and kind of every open problem."""
        return set(self.rows("SELECT portal_id, kind FROM problems WHERE mended_at IS NULL"))

    def paths(self, host: str) -> list[str]:
        """What was asked of one host, in order."""
        return [path for name, path, _, _ in self.asked if name == host]


def crawl(
    folder: Path,
    nation: str,
    portals: dict[str, str],
    *,
    settings: dict[str, Any] | None = None,
    arguments: dict[str, str] | None = None,
    timeout: float = 300,
    kill_after: int | None = None,
    environment: dict[str, str] | None = None,
) -> Crawled | None:
    """Crawl the hosts that `nations.<nation>()` builds with the spider of Gansu.

    Args:
        nation: a function of `nations`, or `module:function`.
        folder: holds database, archive and registry; the same folder twice is a second crawl.
        portals: id → home page, optionally followed by known columns.
        environment: further variables of the crawl's process; folders of PYTHONPATH come before the others.
        kill_after: kill the crawl, with no warning, when so many reports are stored; nothing is returned then.
    """
    registry = folder / "registry"
    registry.mkdir(exist_ok=True)
    rows = ["id,name,division_code,homepage,platform,columns,notes"]
    for number, (key, urls) in enumerate(portals.items()):
        homepage, *columns = urls.split()
        rows.append(f"{key},{key},62{number:04},{homepage},,{' '.join(columns)},")
    (registry / "gansu.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    given = {
        "nation": nation,
        "arguments": arguments or {},
        "out": str(folder / "crawled.json"),
        "settings": {
            **SPEEDY,
            "GOVCRAWL_DATA_DIR": str(folder),
            "GOVCRAWL_REGISTRY": str(registry),
            **(settings or {}),
        },
    }
    more = dict(environment or {})
    folders = [more.pop("PYTHONPATH", ""), str(ROOT), str(Path(__file__).parent)]
    child = subprocess.Popen(
        [sys.executable, __file__, json.dumps(given)],
        cwd=ROOT,
        env={"PYTHONPATH": ":".join(filter(None, folders)), "PATH": os.defpath, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if kill_after is not None:
        _kill_when(child, folder / "govcrawl.db", kill_after)
    _, errors = child.communicate(timeout=timeout)
    if kill_after is not None:
        return None
    assert child.returncode == 0, errors
    out = json.loads((folder / "crawled.json").read_text(encoding="utf-8"))
    return Crawled(folder / "govcrawl.db", [tuple(each) for each in out["asked"]], out["stats"], errors)


def _kill_when(child: subprocess.Popen[str], db: Path, reports: int) -> None:
    while child.poll() is None:
        with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(db) as connection:
            if connection.execute("SELECT count(*) FROM reports").fetchone()[0] >= reports:
                child.kill()
        time.sleep(0.005)


def main(given: dict[str, Any]) -> None:
    """The crawl itself, in the child."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from govcrawl.simulator.hosts import mapped_settings
    from govcrawl.simulator.server import Simulator

    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    settings.setdict(given["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    from twisted.internet import reactor

    module, _, name = given["nation"].rpartition(":")
    simulator = Simulator(getattr(import_module(module or "nations"), name)())
    port = simulator.start(reactor)
    settings.setdict(mapped_settings(port), priority="cmdline")
    process.settings.setdict(mapped_settings(port), priority="cmdline")
    crawler = process.create_crawler("gansu")
    process.crawl(crawler, **given["arguments"])
    process.start()
    stats = {key: value for key, value in crawler.stats.get_stats().items() if isinstance(value, (int, float, str))}
    Path(given["out"]).write_text(json.dumps({"asked": simulator.log, "stats": stats}), encoding="utf-8")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
