"""`Retry-After`: the host is not asked again before the time it names."""

from __future__ import annotations

import email.utils
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl.crawl.settings import RunSettings
from spiders.middleware.refusals import withdraw_queued

if TYPE_CHECKING:
    from spiders.province import ProvinceSpider

_BUSY = frozenset({429, 503})


class RetryAfter:
    """Holds the downloader's slot of a host, as AutoThrottle does, but for as long as the host asked.

    A host that asks for more than `GOVCRAWL_RETRY_AFTER_MAX` seconds is left alone for the run.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest = RunSettings.of(crawler.settings).retry_after
        self._usual: dict[str, tuple[float, float]] = {}
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfter:
        return cls(crawler)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        key = request.meta.get("download_slot")
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(key) if engine and key else None
        if slot is None or key is None:
            return
        seconds = asked_for(response, datetime.now(UTC)) if response.status in _BUSY else None
        if seconds is None:
            if key in self._usual and response.status not in _BUSY:
                slot.delay, slot.jitter = self._usual.pop(key)
            return
        self.crawler.stats.inc_value("govcrawl/retry_after")
        if seconds > self.longest:
            self._leave(request, seconds)
        else:
            self._hold(key, slot, seconds + float(request.meta.get("download_latency", 0.0)))

    def _hold(self, key: str, slot: Slot, seconds: float) -> None:
        self._usual.setdefault(key, (slot.delay, slot.jitter))
        slot.delay, slot.jitter = seconds, 0.0

    def _leave(self, request: Request, seconds: float) -> None:
        request.meta["dont_retry"] = True
        visit = request.cb_kwargs.get("visit")
        if visit is not None:
            spider = cast("ProvinceSpider", self.crawler.spider)
            why = f"the portal asked to be left alone for {seconds:.0f} seconds"
            spider.memory(visit.portal).leave(why)
            withdraw_queued(self.crawler, request, why)


def asked_for(response: Response, now: datetime) -> float | None:
    """The seconds a `Retry-After` asks for, given as a number or as a date; None where there is none."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else None
