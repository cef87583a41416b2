"""What every pipeline has: the run's settings, the one writer, a clock, and counters under `govcrawl/`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from govcrawl.crawl.keeping import Keeper
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import Writers, writers_of
from govcrawl.store import KnownUrl

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

    def keep_revisit(
        self, url: str, known: KnownUrl, status: int, headers: tuple[tuple[str, str], ...], at: datetime
    ) -> None:
        """Archive an answer that confirmed the body of a known address."""
        original = (url, known.fetched_at) if known.fetched_at is not None else None
        place = self.writers.archive.write_revisit(url, status, headers, known.body_sha256, at, original)
        self.writers.store.save_revisit(known.capture_id, at, status, *place)

    def now(self) -> datetime:
        """The moment, for what is written."""
        return datetime.now(UTC)
