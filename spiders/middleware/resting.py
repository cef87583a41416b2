"""Hosts that need rest: those that say so by `Retry-After`, and those that fail again and again."""

from __future__ import annotations

import email.utils
import logging
from datetime import UTC, datetime
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, UnsupportedURLSchemeError
from scrapy.http import Response

from govcrawl.crawl.settings import RunSettings
from govcrawl.model import ProblemKind
from spiders.failures import explain
from spiders.middleware.downloader import download_failed
from spiders.middleware.leaving import leave
from spiders.middleware.slots import HOSTS, HostSlot

_BUSY = frozenset({429, 503})
_NOT_THE_HOST = (CannotResolveHostError, DownloadCancelledError, UnsupportedURLSchemeError)
_CHALLENGE = 521
log = logging.getLogger(__name__)


class Resting:
    """Holds a host, for all spiders, before its next request is let go.

    `Retry-After` is kept to the second; a host that asks for more than `GOVCRAWL_RETRY_AFTER_MAX` is left for the run.
    After `GOVCRAWL_COOLDOWN_AFTER` addresses in a row that failed (no answer, or 5xx) the host cools down for
    `GOVCRAWL_COOLDOWN` seconds and is tried once; if that fails, or so many fail again, it is left for the run.
    Addresses are counted, not attempts: one page that always fails is no sign that the host does.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        run = RunSettings.of(crawler.settings)
        self.longest, self.cooldown, self.patience = run.retry_after, run.cooldown, run.cooldown_after
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(self._download_failed, signal=download_failed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        slot = HOSTS.of(request)
        if slot is None:
            return
        status = response.status
        slot.answered = True
        seconds = asked_for(response, datetime.now(UTC)) if status in _BUSY else None
        if seconds is not None:
            self._wait(request, slot, seconds)
        elif (status >= 500 and status != _CHALLENGE) or status in _BUSY:
            self._failed(request, slot, f"status {status}")
        else:
            slot.failing.clear()
            slot.probing = False

    def _download_failed(self, request: Request, error: Exception) -> None:
        slot = HOSTS.of(request)
        if slot is None or isinstance(error, _NOT_THE_HOST):
            return
        kind, detail = explain(error)
        if slot.on_trial:
            HOSTS.give_up(slot, ProblemKind.BLOCKED, f"no answer after its rest: {detail}")
        elif slot.answered or kind is not ProblemKind.TLS:
            self._failed(request, slot, detail)

    def _wait(self, request: Request, slot: HostSlot, seconds: float) -> None:
        self.crawler.stats.inc_value("govcrawl/retry_after")
        if seconds <= self.longest:
            slot.hold(seconds)
            return
        request.meta["dont_retry"] = True
        leave(self.crawler, request, ProblemKind.RESTING, f"the host asked to be left alone for {seconds:.0f} seconds")

    def _failed(self, request: Request, slot: HostSlot, why: str) -> None:
        slot.failing.add(request.url)
        if len(slot.failing) < self.patience and not slot.probing:
            return
        if slot.rested:
            request.meta["dont_retry"] = True
            detail = f"the host failed again after a rest of {self.cooldown:g} seconds: {why}"
            leave(self.crawler, request, ProblemKind.RESTING, detail)
            return
        slot.rested, slot.probing = True, True
        slot.failing.clear()
        slot.hold(self.cooldown)
        self.crawler.stats.inc_value("govcrawl/cooled_down")
        log.info("%s rests for %g seconds after %d failures: %s", slot.name, self.cooldown, self.patience, why)


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
