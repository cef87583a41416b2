"""What cannot be kept ends the run: a crawl whose disk is full must not end as if all were well."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from govcrawl.crawl.writers import Writers
from govcrawl.model import ArchiveError, GovcrawlError, Problem, ProblemKind, StoreError
from pipelines.base import Pipeline

REASON = str(ProblemKind.STORE_FAILED)
"""Why such a spider ends."""
COUNTER = "govcrawl/store/failed"
ERROR = "govcrawl/store/error"
"""The first failure, in words."""
log = logging.getLogger(__name__)


class GivingUp(Pipeline):
    """Ends a spider at the first failure of the archive or the database, wherever it comes from."""

    name = "store"

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler = crawler
        crawler.signals.connect(self.item_failed, signal=signals.item_error)
        crawler.signals.connect(self.callback_failed, signal=signals.spider_error)

    def process_item(self, item: Any) -> Any:
        return item

    def item_failed(self, item: Any, failure: Failure) -> None:
        """A pipeline raised."""
        portal = getattr(item, "portal", None)
        url = item.capture.url if hasattr(item, "capture") else getattr(item, "url", "")
        self._judge(failure.value, url, portal.id if portal else getattr(item, "portal_id", None))

    def callback_failed(self, failure: Failure, response: Any, spider: Spider) -> None:
        """The spider raised: it asks the database what is known."""
        self._judge(failure.value, getattr(response, "url", ""), None)

    def _judge(self, error: BaseException | None, url: str, portal_id: str | None) -> None:
        if isinstance(error, (ArchiveError, StoreError)):
            give_up(self.crawler, self.writers, error, url, portal_id)


def give_up(crawler: Crawler, writers: Writers, error: GovcrawlError, url: str, portal_id: str | None = None) -> None:
    """Tell what could not be kept, as far as that can be written, and close the spider with a failing reason."""
    first = not crawler.stats.get_value(COUNTER)
    crawler.stats.inc_value(COUNTER)
    if first:
        crawler.stats.set_value(ERROR, str(error))
    log.error("%s could not be kept: %s", url, error)
    try:
        writers.store.save_problem(Problem(url, ProblemKind.STORE_FAILED, str(error), portal_id), datetime.now(UTC))
    except StoreError as again:
        log.error("nor could the problem be stored: %s", again)
    if first and crawler.engine:
        deferred_from_coro(crawler.engine.close_spider_async(reason=REASON))
