"""The whole crawl against a bare spider that fetches the same pages of the same simulated nation."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govcrawl.demo.processes import LARGE
from tests.benchmarks.clock import ROOT, environment, two_cores
from tests.benchmarks.figures import Figure, Target

SPEED = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOADER": "spiders.middleware.downloader.OneAtATime",
    "RETRY_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
}
"""Both crawls have these; Scrapy's own downloader would ignore the limit per host where there is no delay."""
TARGET = Target(">=", 0.5)
EARLY, LATE = 500, 1000
"""Reports between which the memory's growth is measured, where there are so many."""
LATER = 3000, 5500
"""The same in the large nation, where most portals have been begun by the former."""
TIMEOUT = 600
FEW, MANY = 2, 11
"""Report years of each agency in the two nations whose crawls are weighed against each other."""
LARGE_TIMEOUT = 1800

Cost = dict[str, Any]
"""What `tests.benchmarks.crawler` prints."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A nation being served, and who runs where."""

    folder: Path
    port: int
    cores: tuple[set[int], set[int]] | None

    def crawl(self, kind: str, name: str, limits: Mapping[str, Any] | None = None, **more: Any) -> Cost:
        """Run one crawl in a fresh process, perhaps with other limits than `SPEED`, and give what it cost."""
        folder = self.folder / name
        folder.mkdir()
        given = {
            "kind": kind,
            "folder": str(folder),
            "cores": sorted(self.cores[0]) if self.cores else None,
            "settings": {**self.settings(kind), **(limits or {})},
            **more,
        }
        command = [sys.executable, "-m", "tests.benchmarks.crawler", json.dumps(given)]
        done = subprocess.run(
            command,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment(),
            timeout=LARGE_TIMEOUT if limits else TIMEOUT,
        )
        cost: Cost = json.loads(done.stdout)
        return cost

    def settings(self, kind: str) -> dict[str, Any]:
        """The settings of a crawl of this nation."""
        from govcrawl.simulator.hosts import mapped_settings

        settings = {**SPEED, **mapped_settings(self.port)}
        if kind == "whole":
            nation = self.folder / "nation"
            settings |= {
                "GOVCRAWL_REGISTRY": str(nation / "portals"),
                "GOVCRAWL_DIVISIONS": str(nation / "divisions.csv"),
            }
        return settings

    def ask(self, command: str) -> Any:
        """The answer of the simulator's control host."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{command}", headers={"Host": "control.test"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)


def figures(provinces: int = 4, years_each: int = 11, rounds: int = 3) -> Iterator[Figure]:
    """All figures of the crawl."""
    with TemporaryDirectory(prefix="govcrawl-bench-") as made, served(Path(made), provinces, years_each) as bench:
        first = bench.crawl("whole", "first")
        urls = bench.folder / "urls.json"
        asked = addresses(bench.ask("log"))
        urls.write_text(json.dumps(asked), encoding="utf-8")
        costs: dict[str, list[Cost]] = {"bare": [], "whole": []}
        for number in range(rounds):
            for kind, all_ in costs.items():
                bench.ask("clear")
                all_.append(bench.crawl(kind, f"{kind}-{number}", urls=str(urls)))
                _same_pages(asked, addresses(bench.ask("log")), kind)
                shutil.rmtree(bench.folder / f"{kind}-{number}")
        detailed = bench.crawl("whole", "stages", stages=True)
        yield from speed(costs, asked, first["reports"], bench.cores)
        yield from breakdown(detailed, costs["bare"], len(asked))
        yield from sizes(bench.folder / "first")
        yield from memory(first, costs["bare"])
        yield from requests(first, "small")


def two_sizes(provinces: int = 4, few: int = FEW, many: int = MANY) -> Iterator[Figure]:
    """What the memory of a crawl owes to the number of reports: the same portals with few reports and with many."""
    costs = [_crawl_alone(provinces, years) for years in (few, many)]
    reports, peaks = ([cost[name] for cost in costs] for name in ("reports", "peak_mb"))
    yield Figure(
        "crawl_memory_kb_per_further_report",
        1000 * (peaks[1] - peaks[0]) / (reports[1] - reports[0]),
        "KB",
        f"peak of a crawl of {reports[1]} reports less that of {reports[0]} reports of the same portals",
        detail={"few_mb": peaks[0], "many_mb": peaks[1]},
    )


def large() -> Iterator[Figure]:
    """The large nation, each host asked one page at a time."""
    with TemporaryDirectory(prefix="govcrawl-bench-") as made, served(Path(made), size="large") as bench:
        cost = bench.crawl("whole", "large", limits=LARGE)
        pages = cost["counts"]["downloader/response_count"]
        how = f"{pages} answers, {cost['reports']} first sightings of a report; some hosts are slow, or never answer"
        detail = {"cpu_ms_per_page": cost["cpu"] * 1000 / pages, "share_of_a_core": cost["cpu"] / cost["wall"]}
        yield Figure("large_pages_per_second", pages / cost["wall"], "pages/s", how, detail=detail)
        yield Figure("large_peak_memory_mb", cost["peak_mb"], "MB", how)
        yield from requests(cost, "large")
        yield from growth(cost, "large", *LATER)


def requests(cost: Cost, size: str) -> Iterator[Figure]:
    """Requests of any kind for each report."""
    asked = cost["counts"]["downloader/request_count"]
    how = f"{asked} requests, {cost['reports']} reports; the nation is the {size} one"
    yield Figure(f"{size}_requests_per_report", asked / cost["reports"], "requests", how)


def _crawl_alone(provinces: int, years_each: int) -> Cost:
    with TemporaryDirectory(prefix="govcrawl-bench-") as made, served(Path(made), provinces, years_each) as bench:
        return bench.crawl("whole", "whole")


def speed(
    costs: Mapping[str, list[Cost]], asked: list[str], reports: int, cores: tuple[set[int], set[int]] | None
) -> Iterator[Figure]:
    """Pages a second, and how the two compare."""
    pages = len(asked)
    wall = {kind: min(cost["wall"] for cost in all_) for kind, all_ in costs.items()}
    where = "on one core, the server on another" if cores else "not bound to a core: this machine has one, or cannot"
    how = f"{pages} pages, {reports} of them first sightings of a report, {where}"
    yield Figure(
        "crawl_pages_per_second",
        pages / wall["whole"],
        "pages/s",
        f"all spiders and pipelines into a fresh database and archive: {how}, best of {len(costs['whole'])}",
        detail={
            "bare_pages_per_second": pages / wall["bare"],
            "cpu_ms_per_page": min(cost["cpu"] for cost in costs["whole"]) * 1000 / pages,
            "bare_cpu_ms_per_page": min(cost["cpu"] for cost in costs["bare"]) * 1000 / pages,
        },
    )
    yield Figure(
        "crawl_rate_per_bare_spider",
        _ratio(costs, "wall"),
        "ratio",
        "a bare Scrapy spider that fetches the same addresses with the same concurrency: "
        f"{how}, median of {len(costs['whole'])} pairs",
        TARGET,
        {"cpu_ratio": _ratio(costs, "cpu")},
    )


def _ratio(costs: Mapping[str, list[Cost]], clock: str) -> float:
    """Neighbours in time are compared, since a shared machine is faster now and slower then."""
    pairs = zip(costs["bare"], costs["whole"], strict=True)
    return statistics.median(bare[clock] / whole[clock] for bare, whole in pairs)


def addresses(log: list[dict[str, Any]]) -> list[str]:
    """What the simulator was asked for, in order."""
    return [f"http://{each['host']}{each['path']}" for each in log]


def breakdown(detailed: Mapping[str, Any], bare: list[Cost], pages: int) -> Iterator[Figure]:
    """Where the crawl's time goes, in CPU milliseconds a page of any kind."""
    stages: Mapping[str, float] = detailed["stages"]
    each = 1000 / pages
    how = f"CPU of a crawl of {pages} pages apart from the others, which are not slowed by this clock"
    for stage in sorted(stage for stage in stages if "/" not in stage):
        parts = {name.partition("/")[2]: spent * each for name, spent in stages.items() if name.startswith(f"{stage}/")}
        share = {"share": stages[stage] / detailed["cpu"]}
        yield Figure(f"crawl_{stage}_ms_per_page", stages[stage] * each, "ms", how, detail={**share, **parts})
    rest = detailed["cpu"] - sum(spent for stage, spent in stages.items() if "/" not in stage)
    fetching = min(cost["cpu"] for cost in bare)
    detail = {"share": rest / detailed["cpu"], "bare_spider": fetching * each}
    yield Figure("crawl_scrapy_ms_per_page", rest * each, "ms", f"all that is not ours: {how}", detail=detail)
    yield Figure(
        "crawl_relating_ms_per_report",
        detailed["relating"] * 1000 / detailed["reports"],
        "ms",
        f"CPU of holding {detailed['reports']} new reports against each other, after the crawl",
    )


def sizes(folder: Path) -> Iterator[Figure]:
    """Bytes of the database and of the archive."""
    db = folder / "govcrawl.db"
    vacuumed = folder / "vacuumed.db"
    connection = sqlite3.connect(db)
    reports = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    captures = connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    text = connection.execute("SELECT sum(length(cast(text AS blob))) FROM sections").fetchone()[0]
    connection.execute("VACUUM INTO ?", (str(vacuumed),))
    connection.close()
    how = f"a database of {reports} reports and {captures} captures"
    yield Figure("db_bytes_per_report", db.stat().st_size / reports, "bytes", f"{how}, as the crawl leaves it")
    detail = {"of_them_text_of_sections": text / reports}
    yield Figure("db_bytes_per_report_vacuumed", vacuumed.stat().st_size / reports, "bytes", how, detail=detail)
    packed = sum(path.stat().st_size for path in (folder / "warc").iterdir())
    yield Figure("warc_bytes_per_page", packed / captures, "bytes", f"{captures} captures, one gzip member each")


def memory(whole: Mapping[str, Any], bare: list[Cost]) -> Iterator[Figure]:
    """Resident megabytes."""
    peak = min(cost["peak_mb"] for cost in bare)
    how = f"the bare spider's peak is {peak:.0f} MB"
    yield Figure("crawl_peak_memory_mb", whole["peak_mb"], "MB", how)
    yield from growth(whole, "crawl", EARLY, LATE)


def growth(whole: Mapping[str, Any], name: str, early: int, late: int) -> Iterator[Figure]:
    """What is resident after so many reports, and after more of them."""
    at = {int(reports): megabytes for reports, megabytes in whole["memory_at"].items()}
    if not at:
        return
    early, late = (early, late) if late in at else (min(at), max(at))
    yield Figure(
        f"{name}_memory_growth_mb",
        at[late] - at[early],
        "MB",
        f"resident after {late} reports less that after {early}",
        detail={"early_mb": at[early], "late_mb": at[late]},
    )


@contextmanager
def served(folder: Path, provinces: int = 4, years_each: int = 4, size: str = "small") -> Iterator[Bench]:
    """A nation, served from a process and a core of its own. The large one has its own provinces and years."""
    cores = two_cores()
    options = [f"--state={folder / 'nation'}", f"--provinces={provinces}", f"--years-each={years_each}"]
    options.append(f"--size={size}")
    command = [sys.executable, "-m", "govcrawl.simulator", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment())
    try:
        if cores:
            os.sched_setaffinity(process.pid, cores[1])
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"the simulator did not start (exit status {process.wait(60)})")
        yield Bench(folder, int(line), cores)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _same_pages(asked: list[str], now: list[str], kind: str) -> None:
    """Both contenders must have done the same work."""
    if sorted(now) != sorted(asked):
        missing, more = len(set(asked) - set(now)), len(set(now) - set(asked))
        raise RuntimeError(f"the {kind} crawl fetched other pages: {missing} missing, {more} others")
