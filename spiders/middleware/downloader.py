"""One request at a time per host, over all crawlers of the process, also without a delay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import Deferred

from govcrawl.model import ProblemKind
from spiders.middleware.slots import HOSTS, HostSlot

if TYPE_CHECKING:
    from spiders.middleware.slots import Hosts


class OneAtATime(Downloader):
    """Scrapy's downloader, with the hosts' queues shared by all crawlers of the process.

    What waits for its host is no load: only what is on its way counts against `CONCURRENT_REQUESTS`, so that hosts
    that rest, or ask for long pauses, do not hold up the others.
    """

    _SLOT_GC_INTERVAL = 1.0

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.hosts: Hosts = HOSTS
        self.hosts.join(self)
        self.slots = self.hosts.slots  # type: ignore[assignment]
        self.queued: set[Request] = set()
        self.claims: dict[str, int] = {}
        """Host → its requests that this crawler's scheduler gave away and that are not done."""

    def slot_of(self, request: Request) -> HostSlot:
        """The slot of a request's host, made where it has none."""
        key = self.get_slot_key(request)
        slot = self.hosts.slots.get(key)
        if slot is None:
            given = self.per_slot_settings.get(key, {})
            concurrency = given.get("concurrency", self.domain_concurrency)
            jitter = given.get("jitter", self._jitter)
            slot = HostSlot(key, concurrency, given.get("delay", self._delay), jitter)
            self.hosts.slots[key] = slot
        return slot

    def _get_slot(self, request: Request, spider: Spider | None = None) -> tuple[str, Any]:
        slot = self.slot_of(request)
        return slot.name, slot

    def needs_backout(self) -> bool:
        return 0 < self.total_concurrency <= len(self.active) - len(self.queued)

    def fetch(self, request: Request, spider: Spider | None = None) -> Deferred[Response | Request]:
        key = self.get_slot_key(request)
        self.claims[key] = self.claims.get(key, 0) + 1
        fetched: Deferred[Response | Request] = super().fetch(request)
        return fetched.addBoth(self._unclaim, key)

    def _unclaim(self, result: Any, key: str) -> Any:
        self.claims[key] -= 1
        if not self.claims[key]:
            del self.claims[key]
        return result

    async def _enqueue_request(self, request: Request) -> Response:
        slot = self.slot_of(request)
        request.meta[self.DOWNLOAD_SLOT] = slot.name
        if self._slot_gc_loop is None:
            self._start_slot_gc()
        self.signals.send_catch_log(
            signal=signals.request_reached_downloader, request=request, spider=self.crawler.spider
        )
        answer: Deferred[Response] = Deferred()
        slot.active.add(request)
        slot.owners[request] = self
        self.queued.add(request)
        slot.queue.append((request, answer))
        try:
            self.hosts.process(slot)
            return await maybe_deferred_to_future(answer)
        finally:
            self.queued.discard(request)
            slot.active.discard(request)
            slot.owners.pop(request, None)

    def _process_queue(self, slot: Any) -> None:
        self.hosts.process(slot)

    def begin(self, slot: HostSlot, request: Request, answer: Deferred[Response]) -> None:
        """It is the turn of a request of this crawler."""
        self.queued.discard(request)
        deferred_from_coro(self._wait_for_download(slot, request, answer))

    async def _download(self, slot: Any, request: Request) -> Response:
        try:
            response = await self.handlers.download_request_async(request)
            # before the next request to the host is let go: what is heard here may withdraw it
            self.signals.send_catch_log(
                signal=signals.response_downloaded, response=response, request=request, spider=self.crawler.spider
            )
            return response
        except Exception as error:
            self.signals.send_catch_log(signal=download_failed, request=request, error=error)
            raise
        finally:
            self.hosts.finished(slot, request)
            self.signals.send_catch_log(
                signal=signals.request_left_downloader, request=request, spider=self.crawler.spider
            )

    def _slot_gc(self, age: float = 60) -> None:
        """Once a second: a crawler that is told to end does not wait for hosts that rest."""
        slot = getattr(self.crawler.engine, "_slot", None)
        if slot is not None and slot.closing is not None:
            for host in {request.meta[self.DOWNLOAD_SLOT] for request in self.queued}:
                self.hosts.withdraw(self.hosts.slots[host], ProblemKind.BUDGET, "the run was ended", self)

    def close(self) -> None:
        self._stop_slot_gc()
        self.hosts.leave(self)


download_failed = object()
"""Signal (request, error): a request has no answer, and the next one to its host is not let go yet."""


class HostQueue(DownloaderAwarePriorityQueue):
    """A scheduler's queue that gives away no more requests of a host than it can soon ask, and lets hosts take turns.

    What a busy host still has to wait for stays with the scheduler, where it costs no place among the running ones.
    """

    def __init__(self, crawler: Crawler, *args: Any, **kwargs: Any) -> None:
        super().__init__(crawler, *args, **kwargs)
        assert crawler.engine is not None
        self._downloader = crawler.engine.downloader
        self._most = self._downloader.domain_concurrency + 1

    def pop(self) -> Request | None:
        claims = self._downloader.claims  # type: ignore[attr-defined]
        host = next((host for host in self.pqueues if claims.get(host, 0) < self._most), None)
        if host is None:
            return None
        queue = self.pqueues.pop(host)
        request = queue.pop()
        if len(queue):
            self.pqueues[host] = queue
        else:
            queue.close()
        return request
