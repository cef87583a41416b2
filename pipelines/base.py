"""What every pipeline has: the run's settings, the one writer, a clock, and counters under `govcrawl/`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from govcrawl.crawl.items import Fetched
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import Writers, writers_of
from govcrawl.forms import read_claim
from govcrawl.forms.title import is_report_title
from govcrawl.model import Claim, Problem, ProblemKind

T = TypeVar("T", bound="Pipeline")
UNREADABLE = frozenset(
    {
        ProblemKind.WRONG_TYPE,
        ProblemKind.TOO_LARGE,
        ProblemKind.EMPTY,
        ProblemKind.EXTRACTION_FAILED,
        ProblemKind.NO_TABLE,
    }
)
"""Why a report that is there cannot be read."""


class Pipeline:
    """Base of the pipelines. `name` is the middle of its counters."""

    name: str

    def __init__(self, crawler: Crawler) -> None:
        self.run = RunSettings.of(crawler.settings)
        self.stats: StatsCollector = crawler.stats
        self.writers: Writers = writers_of(crawler, self.run)

    @classmethod
    def from_crawler(cls: type[T], crawler: Crawler) -> T:
        return cls(crawler)

    def count(self, what: str) -> None:
        """Count into `govcrawl/<pipeline>/<what>`."""
        self.stats.inc_value(f"govcrawl/{self.name}/{what}")

    def now(self) -> datetime:
        """The moment, for what is written."""
        return datetime.now(UTC)

    def keep(self, item: Fetched) -> int:
        """Give what was archived its row of `captures`, once, and its id.

        The row comes with what was read from it, in one transaction; after a kill between the archive and the row
        the page is fetched again. What is handed to another process has its row before.
        """
        if item.capture_id is None:
            item.capture_id = self.writers.store.save_capture(item.capture)
        return item.capture_id

    def note_address(self, url: str, asked_url: str | None) -> None:
        """Remember a redirect, so that the address as listed is known the next time."""
        self.writers.store.save_redirect(asked_url or url, url, self.now())

    def fail(self, item: Fetched, kind: ProblemKind, detail: str) -> None:
        """Store why a fetched page gave nothing. The capture stays, and is done with until it is replayed."""
        self.count(str(kind))
        with self.writers.store.atomic():
            capture_id = self.keep(item)
            self.note_address(item.capture.url, item.asked_url)
            self.writers.store.save_problem(Problem(item.capture.url, kind, detail, item.portal.id), self.now())
            self.writers.store.mark_read(capture_id, self.now())
            claim = self._claim(item) if kind in UNREADABLE else None
            if claim is not None:
                self.writers.store.save_unread(item.capture.url, item.portal.id, claim, kind, self.now())

    def _claim(self, item: Fetched) -> Claim | None:
        """Whose report a page is by the row that led to it, where that calls it one."""
        if item.link is None or not is_report_title(item.link.text):
            return None
        return read_claim(item.link, self.writers.divisions, item.portal)
