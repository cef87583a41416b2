"""A crawl in a process of its own: `python -m tests.benchmarks.crawler JSON`, since a reactor starts only once.

The whole crawl is `spiders.run.run`, as `govcrawl crawl` calls it. The bare one is a spider that fetches a list of
addresses and does nothing with them. The clocks of both run from the opening of the first spider to the end of the
reactor, with everything imported that the crawl needs; what relating costs then is told apart.
"""

from __future__ import annotations

import functools
import json
import os
import re
import resource
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response

from govcrawl.crawl.items import Fetched

MEGABYTE = 1_000_000
memory_at: dict[int, float] = {}
"""Reports stored → resident megabytes then."""
seen: Counter[str] = Counter()
stages: Counter[str] = Counter()
"""Stage → its CPU seconds, those of the stages within it included."""


class Probe:
    """An extension that starts the clock, and weighs the process whenever fifty more reports are stored."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Probe:
        probe = cls()
        crawler.signals.connect(clock.start, signal=signals.spider_opened)
        crawler.signals.connect(probe.item_scraped, signal=signals.item_scraped)
        return probe

    def item_scraped(self, item: Any) -> None:
        if isinstance(item, Fetched):
            seen["pages"] += 1
            for _ in range(len(item.found) - item.duplicates):
                seen["reports"] += 1
                if seen["reports"] % 50 == 0:
                    memory_at[seen["reports"]] = resident()


class BareSpider(Spider):
    """Fetches what it is told to, and nothing else."""

    name = "bare"

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(url, dont_filter=True)

    def parse(self, response: Response) -> None:
        seen["pages"] += 1


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc/self/statm").exists() else 0
    return pages * resource.getpagesize() / MEGABYTE


class Clock:
    """Wall and CPU time since the first spider was opened."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def start(self) -> None:
        if not self.wall:
            self.wall, self.cpu = perf_counter(), _cpu()

    def read(self) -> dict[str, Any]:
        """What the crawl cost, and what was noted on the way."""
        return {
            "wall": perf_counter() - self.wall,
            "cpu": _cpu() - self.cpu,
            "peak_mb": peak(),
            "memory_at": memory_at,
            "stages": dict(stages),
            **seen,
        }


def _cpu() -> float:
    return sum(resource.getrusage(resource.RUSAGE_SELF)[:2])


clock = Clock()


def peak() -> float:
    """Megabytes of this process at its largest."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    if found:
        return int(found[1]) * 1024 / MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024  # on Linux this one would start with the size of the parent
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / MEGABYTE


def whole(given: dict[str, Any]) -> dict[str, Any]:
    """The crawl as users have it, into a fresh database and archive."""
    import govcrawl.settings
    from spiders.run import Plan, run, share_out

    folder = Path(given["folder"])
    registry = Path(given["settings"]["GOVCRAWL_REGISTRY"])
    extensions = {**govcrawl.settings.EXTENSIONS, f"{__name__}.Probe": 0}
    settings = {**given["settings"], "EXTENSIONS": json.dumps(extensions)}
    spiders = share_out((), sorted(path.stem for path in registry.glob("*.csv")), registry)
    plan = Plan(spiders, folder / "govcrawl.db", folder, folder / "crawl.log", registry=registry, settings=settings)
    warm_up()
    if given.get("stages"):
        watch_stages()
    crawled: dict[str, Any] = {}

    def relating(steps: int) -> Callable[[str], None]:
        crawled.update(clock.read())
        return lambda step: None

    report = run(plan, lambda counts: None, relating)
    if report.interrupted or report.failed:
        raise RuntimeError(f"the crawl did not finish: {report.reasons}; see {plan.log_file}")
    spent = clock.read()
    related = {"relating": spent["cpu"] - crawled["cpu"], "peak_mb": spent["peak_mb"]}
    return {**crawled, **related, "counts": dict(report.counts)}


def bare(given: dict[str, Any]) -> dict[str, Any]:
    """A spider of a dozen lines, with the settings of the crawl that say how fast it may be."""
    urls = json.loads(Path(given["urls"]).read_text(encoding="utf-8"))
    folder = given["folder"]
    own = {"EXTENSIONS": {f"{__name__}.Probe": 0}, "LOG_FILE": f"{folder}/bare.log", "LOG_LEVEL": "INFO"}
    process = AsyncCrawlerProcess({**given["settings"], **own})
    process.crawl(BareSpider, urls=urls)
    process.start()
    return clock.read()


def warm_up() -> None:
    """Load what the first reports of a crawl would load: the forms, the lookups, the readers' own imports."""
    import govcrawl
    from govcrawl.simulator.cases import CASES, YEARS

    for form in YEARS:
        govcrawl.read_report(CASES[f"plain_{form}"].build().data)


def watch_stages() -> None:
    """Take the time of what a page goes through. Costs a few microseconds a page."""
    from govcrawl.archive import Archive
    from govcrawl.store import Store
    from pipelines.archive import ArchivePipeline
    from pipelines.check import CheckPipeline
    from pipelines.deduplicate import DeduplicatePipeline
    from pipelines.extract import ExtractPipeline
    from pipelines.read import ReadPipeline
    from pipelines.store import StorePipeline
    from spiders.asking import Asking
    from spiders.walk import Walk

    for stage, owner, method in (
        ("archive", ArchivePipeline, "process_item"),
        ("archive/warc", Archive, "write"),
        ("store/capture", Store, "save_capture"),
        ("archive/known", Store, "known"),
        ("extract", ExtractPipeline, "process_item"),
        ("check", CheckPipeline, "process_item"),
        ("deduplicate", DeduplicatePipeline, "process_item"),
        ("store", StorePipeline, "process_item"),
        ("store/report", Store, "save_report"),
        ("discovery/listings", Walk, "_due"),
        ("discovery/reading", Walk, "read_list"),
    ):
        setattr(owner, method, _timed(stage, getattr(owner, method)))
    ReadPipeline.process_item = _timed_coroutine("read", ReadPipeline.process_item)  # type: ignore[method-assign]
    Asking.handle = _timed_steps("discovery", Asking.handle)  # type: ignore[method-assign]


def _timed(stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(call)
    def timed(*args: Any, **kwargs: Any) -> Any:
        start = thread_time()
        try:
            return call(*args, **kwargs)
        finally:
            stages[stage] += thread_time() - start

    return timed


def _timed_coroutine(stage: str, call: Callable[..., Coroutine[Any, Any, Any]]) -> Callable[..., Awaitable[Any]]:
    """The time inside a coroutine, not that of what runs while it waits."""

    @functools.wraps(call)
    async def timed(*args: Any, **kwargs: Any) -> Any:
        return await _Stepped(stage, call(*args, **kwargs))

    return timed


class _Stepped:
    """Awaits a coroutine, and takes the time from each of its steps to where it waits next."""

    def __init__(self, stage: str, coroutine: Coroutine[Any, Any, Any]) -> None:
        self.stage = stage
        self.coroutine = coroutine

    def __await__(self) -> Generator[Any, Any, Any]:
        step: Callable[[], Any] = functools.partial(self.coroutine.send, None)
        while True:
            start = thread_time()
            try:
                waits_for = step()
            except StopIteration as over:
                return over.value
            finally:
                stages[self.stage] += thread_time() - start
            try:
                given = yield waits_for
            except BaseException as error:
                step = functools.partial(self.coroutine.throw, error)
            else:
                step = functools.partial(self.coroutine.send, given)


def _timed_steps(stage: str, call: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """The time inside a generator, not that of those it yields to."""

    @functools.wraps(call)
    def timed(*args: Any, **kwargs: Any) -> Iterator[Any]:
        steps = call(*args, **kwargs)
        while True:
            start = thread_time()
            try:
                step = next(steps)
            except StopIteration:
                return
            finally:
                stages[stage] += thread_time() - start
            yield step

    return timed


def main(given: dict[str, Any]) -> None:
    """Do as told and print what it cost."""
    for name in ("pandas", "numpy"):
        sys.modules[name] = None  # type: ignore[assignment]  # only the benchmarks need them; sqlite-utils would load them
    if given.get("cores"):
        os.sched_setaffinity(0, given["cores"])
    done = (whole if given["kind"] == "whole" else bare)(given)
    print(json.dumps(done))


if __name__ == "__main__":
    from tests.benchmarks import crawler  # the module that Scrapy loads the probe from, not `__main__`

    crawler.main(json.loads(sys.argv[1]))
