"""Run spiders in this process: what `govcrawl crawl` calls. A Twisted reactor starts once, so does this."""

from __future__ import annotations

import gc
import logging
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from govcrawl.divisions import load_divisions
from govcrawl.lock import join_lock
from govcrawl.model import Portal, RegistryError
from govcrawl.portals import load_portals, save_portals
from govcrawl.relating import STEPS, relate
from govcrawl.store import Store
from pipelines.giving_up import COUNTER, ERROR
from pipelines.giving_up import REASON as STORE_FAILED

_REQUESTS = "downloader/request_count"
_ANSWERS = "downloader/response_count"
_FILES = 8192
TICK = 1.0
"""Seconds between two looks at the counters."""

Watch = Callable[[Mapping[str, int]], None]
Begin = Callable[[int], Callable[[str], None]]


class UnknownPortalError(RegistryError):
    """A portal was asked for that no registry file names; raised by `share_out`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do."""

    spiders: Mapping[str, tuple[str, ...]]
    """Spider → the ids of the portals it shall visit; none for all of them."""
    db: Path
    data_dir: Path
    log_file: Path
    years: tuple[int, ...] = ()
    registry: Path | None = None
    sample: int | None = None
    full: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further Scrapy settings."""

    def arguments(self, spider: str) -> dict[str, str]:
        """The arguments a spider gets, as `scrapy crawl -a` would give them."""
        given = {
            "year": ",".join(map(str, self.years)),
            "portal": ",".join(self.spiders[spider]),
            "sample": "" if self.sample is None else str(self.sample),
            "full": "1" if self.full else "",
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class RunReport:
    """What came of a run."""

    counts: Mapping[str, int]
    """The counters under `govcrawl/` and the number of requests, summed over the spiders."""
    reasons: Mapping[str, str]
    """Spider → why it ended (`finished`, `shutdown`, …)."""
    seconds: float
    errors: tuple[str, ...] = ()
    """Why something could not be stored."""

    related: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What holding all reports against each other counted, where the run came to its end."""

    @property
    def ended(self) -> bool:
        """Whether the spiders came to their end, and everything could be stored."""
        return not (self.interrupted or self.network_down or self.errors)

    @property
    def network_down(self) -> bool:
        """Whether portals were asked and nothing at all answered; no portal is judged by such a run."""
        return self.counts.get("govcrawl/portals/silent", 0) > 0 and not self.counts.get(_ANSWERS)

    @property
    def interrupted(self) -> bool:
        return "shutdown" in self.reasons.values() and STORE_FAILED not in self.reasons.values()

    @property
    def failed(self) -> tuple[str, ...]:
        """Spiders that neither finished nor were interrupted."""
        return tuple(name for name, why in self.reasons.items() if why not in {"finished", "shutdown"})

    def to_dict(self) -> dict[str, Any]:
        return {
            "counts": dict(self.counts),
            "reasons": dict(self.reasons),
            "seconds": round(self.seconds, 1),
            "related": {name: dict(counts) for name, counts in self.related.items()},
        }


def project_settings() -> Settings:
    """The settings of the project, wherever the command is called from."""
    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    return settings


def spider_names() -> dict[str, str]:
    """Every spider of the project → the code of its province."""
    loader = SpiderLoader.from_settings(project_settings())
    return {name: getattr(loader.load(name), "province_code", "") for name in sorted(loader.list())}


def split_registry(file: Path, folder: Path) -> tuple[str, ...]:
    """Write a registry file's portals into a folder as the spiders read it, one file a province.

    Returns:
        The spiders that have a portal in it.

    Raises:
        RegistryError: the file is broken, or there is no spider for a portal's province.
    """
    spider_of = {code: name for name, code in spider_names().items()}
    divisions = load_divisions()
    shares: dict[str, list[Portal]] = {}
    for portal in load_portals(file):
        province = divisions.province_code_of(portal.division_code)
        spider = spider_of.get(province)
        if spider is None:
            raise RegistryError(f"{file}: {portal.id}: there is no spider for province {province}")
        shares.setdefault(spider, []).append(portal)
    for spider, portals in shares.items():
        save_portals(folder / f"{spider}.csv", tuple(portals))
    return tuple(sorted(shares))


def share_out(portal_ids: Iterable[str], spiders: Iterable[str], registry: Path) -> dict[str, tuple[str, ...]]:
    """Which spider visits which of the portals asked for; every spider all of its own when none is asked for.

    Raises:
        UnknownPortalError: a portal is in no registry file of these spiders.
        RegistryError: a registry file is broken.
    """
    wanted = set(portal_ids)
    listed = {name: {portal.id for portal in load_portals(registry / f"{name}.csv")} for name in spiders}
    unknown = wanted.difference(*listed.values())
    if unknown:
        raise UnknownPortalError(f"{', '.join(sorted(unknown))}: no such portal in {registry} for {', '.join(listed)}")
    if not wanted:
        return dict.fromkeys(listed, ())
    return {name: tuple(sorted(ids & wanted)) for name, ids in listed.items() if ids & wanted}


def run(plan: Plan, watch: Watch, relating: Begin = lambda total: lambda step: None) -> RunReport:
    """Run the spiders of a plan to their end, or until Ctrl-C; the first Ctrl-C ends what is in flight, the second all.

    Args:
        plan: what to do.
        watch: called about once a second with the counters so far.
        relating: is told how many steps relating has, when the spiders have ended, and gives what is told of each.
    """
    started = time.monotonic()
    plan.log_file.parent.mkdir(parents=True, exist_ok=True)
    settings = project_settings()
    settings.setdict(
        {
            "GOVCRAWL_DB": str(plan.db),
            "GOVCRAWL_DATA_DIR": str(plan.data_dir),
            "LOG_FILE": str(plan.log_file),
            **({"GOVCRAWL_REGISTRY": str(plan.registry)} if plan.registry else {}),
            **plan.settings,
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])  # else it makes two records a page for nobody to see
    crawlers = {name: process.create_crawler(name) for name in plan.spiders}
    for name, crawler in crawlers.items():
        process.crawl(crawler, **plan.arguments(name))
    from twisted.internet.task import LoopingCall  # installs a reactor, so it comes after the process that chooses one

    ticker = LoopingCall(lambda: watch(_counts(crawlers)))
    ticker.start(TICK, now=False)
    _spare_the_collector()
    _open_more_files()
    process.start()
    reasons = {name: _reason(crawler) for name, crawler in crawlers.items()}
    errors = {str(crawler.stats.get_value(ERROR)) for crawler in crawlers.values() if crawler.stats} - {"None"}
    report = RunReport(_counts(crawlers), reasons, time.monotonic() - started, tuple(sorted(errors)))
    return replace(report, related=_related(plan.db, relating)) if report.ended else report


def _related(db: Path, begin: Begin) -> dict[str, dict[str, int]]:
    """Hold what is stored by now against each other: the writer of the spiders is closed, the lock still held."""
    with join_lock(db), Store.open(db) as store:
        return relate(store, begin(len(STEPS))).to_dict()


def _spare_the_collector() -> None:
    """Let the garbage collector look less often, and not at what stays: at its defaults it takes 7 % of a crawl."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _open_more_files() -> None:
    """Every host has a connection; take as many as the machine lets us, where its usual limit is small."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _counts(crawlers: Mapping[str, Crawler]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for crawler in crawlers.values():
        for key, value in (crawler.stats.get_stats() if crawler.stats else {}).items():
            if isinstance(value, int) and (key.startswith("govcrawl/") or key in {_REQUESTS, _ANSWERS}):
                total[key] += value
    return dict(sorted(total.items()))


def _reason(crawler: Crawler) -> str:
    if crawler.stats and crawler.stats.get_value(COUNTER):
        return STORE_FAILED
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
    return str(reason or "could not start")
