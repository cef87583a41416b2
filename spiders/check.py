"""Run a look at portals in this process: what `govcrawl portals check` calls. Nothing is written to the corpus."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.spiderloader import SpiderLoader

from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import release
from govcrawl.model import Portal, SpiderError
from govcrawl.portals.checked import Checked
from spiders.checking import MOST, CheckSpider
from spiders.run import project_settings


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """Which portals are looked at, and how."""

    portals: tuple[Portal, ...]
    log_file: Path
    most: int = MOST
    """Pages a look may ask for."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Further Scrapy settings."""


def check(plan: CheckPlan, tell: Callable[[Checked], None]) -> str:
    """Look at portals to the end, or until Ctrl-C. A Twisted reactor starts once, so does this.

    Args:
        plan: what to look at.
        tell: called with each result as soon as it is known.

    Returns:
        Why it ended: `finished`, or `shutdown`.

    Raises:
        SpiderError: it could not start; the log says why.
    """
    plan.log_file.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="govcrawl-check-") as folder:
        settings = project_settings()
        settings.setdict(
            {
                "LOG_FILE": str(plan.log_file),
                **plan.settings,
                "ITEM_PIPELINES": {},
                "GOVCRAWL_DATA_DIR": folder,  # what the middlewares keep is thrown away with it
                "GOVCRAWL_DB": str(Path(folder) / "check.db"),
            },
            priority="cmdline",
        )
        process = AsyncCrawlerProcess(settings)
        logging.getLogger("scrapy").setLevel(settings["LOG_LEVEL"])
        crawler = process.create_crawler(CheckSpider)
        process.crawl(crawler, portals=plan.portals, allowed_hosts=_allowed_hosts(), most=plan.most, tell=tell)
        try:
            process.start()
        finally:
            release(crawler, RunSettings.of(crawler.settings))
        reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
    if reason is None:
        raise SpiderError(f"the look could not start; {plan.log_file} says why")
    return str(reason)


def _allowed_hosts() -> tuple[str, ...]:
    """The hosts outside `gov.cn` that any of the spiders knows."""
    loader = SpiderLoader.from_settings(project_settings())
    spiders = [loader.load(name) for name in loader.list()]
    return tuple(sorted({host for spider in spiders for host in getattr(spider, "allowed_hosts", ())}))
