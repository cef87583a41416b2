"""What every pipeline has: the run's settings, the one writer, a clock, and counters under `govcrawl/`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from govcrawl.crawl.keeping import Keeper
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import Writers, writers_of

T = TypeVar("T", bound="Pipeline")


class Pipeline:
    """Base of the pipelines. `name` is the middle of its counters."""

    name: str

    def __init__(self, crawler: Crawler) -> None:
        self.run = RunSettings.of(crawler.settings)
        self.stats: StatsCollector = crawler.stats
        self.writers: Writers = writers_of(crawler, self.run)
        self.keeper = Keeper(self.writers.store, self.writers.divisions, self.count, lambda: self.now())

    @classmethod
    def from_crawler(cls: type[T], crawler: Crawler) -> T:
        return cls(crawler)

    def count(self, what: str) -> None:
        """Count into `govcrawl/<pipeline>/<what>`."""
        self.stats.inc_value(f"govcrawl/{self.name}/{what}")

    def now(self) -> datetime:
        """The moment, for what is written."""
        return datetime.now(UTC)
