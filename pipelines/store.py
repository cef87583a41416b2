"""900: everything into the database, one transaction an item."""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from govcrawl.crawl.items import Fetched, Unchanged
from govcrawl.crawl.writers import release
from govcrawl.model import Problem, StoreError
from pipelines.base import Pipeline
from pipelines.giving_up import COUNTER

NOT_MODIFIED = 304
_FINE, _FAILED, _INTERRUPTED = 0, 1, 130
log = logging.getLogger(__name__)


class StorePipeline(Pipeline):
    """Saves reports, problems and confirmations, and the run itself with its counts."""

    name = "store"

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        self.run_id: int | None = None
        crawler.signals.connect(self.finish, signal=signals.spider_closed)

    def open_spider(self) -> None:
        spider = self.crawler.spider
        arguments = {"spider": spider.name if spider else None, **getattr(spider, "arguments", {})}
        if self.run.refresh_id is not None:
            arguments["refresh"] = self.run.refresh_id
        self.run_id = self.writers.store.start_run(self.now(), "crawl", arguments)

    def process_item(self, item: Any) -> Any:
        store = self.writers.store
        if isinstance(item, Problem):
            store.save_problem(item, self.now())
            self.count(f"problem/{item.kind}")
        elif isinstance(item, Unchanged):
            self._confirm(item)
        elif isinstance(item, Fetched):
            self.keeper.save(item)
        return item

    def _confirm(self, item: Unchanged) -> None:
        store, now = self.writers.store, self.now()
        with store.atomic():
            self.keeper.note_address(item.url, item.asked_url)
            store.touch_source(item.url, now)
            known = store.known(item.url)
            if known is not None:
                self.keep_revisit(item.url, known, NOT_MODIFIED, (), now)
            self.keeper.clear_fetching(item.url, item.asked_url, known is not None and known.report_id is not None)
        self.count("not_modified")

    def finish(self, spider: Spider, reason: str) -> None:
        """Close the run's row and, for the last spider of the process, the database."""
        if self.run_id is not None:
            counts = {key: value for key, value in self.stats.get_stats().items() if key.startswith("govcrawl/")}
            code = exit_code(reason, broken=COUNTER in counts)
            try:
                self.writers.store.finish_run(self.run_id, self.now(), code, {"reason": reason, **counts})
            except StoreError as error:
                self.count("failed")
                log.error("the run's end could not be stored: %s", error)
        try:
            release(self.crawler, self.run)
        except OSError as error:
            self.count("failed")
            log.error("the archive could not be closed: %s", error)


def exit_code(reason: str, *, broken: bool = False) -> int:
    """The exit status of a spider's run by the reason it closed with."""
    if broken or reason not in {"finished", "shutdown"}:
        return _FAILED
    return _INTERRUPTED if reason == "shutdown" else _FINE
