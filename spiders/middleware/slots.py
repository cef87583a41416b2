"""The hosts as all spiders of the process see them: one queue each, one request at a time, and what is held of it.

A host may be shared by the portals of several provinces, and every province has a crawler of its own; so the queues
are the process's, by host name, `http` and `https` together.
"""

from __future__ import annotations

import random
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.http import Response
from scrapy.utils.asyncio import call_later
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from govcrawl.model import ProblemKind
from spiders.middleware.refusals import LeftAlone

if TYPE_CHECKING:
    from govcrawl.store import HostMemory
    from spiders.middleware.downloader import OneAtATime

TRANSFERS = 256
"""Requests on their way at once, over all hosts and spiders of the process."""


class HostSlot(Slot):
    """One host's queue, and what is known of it in this run."""

    def __init__(self, name: str, concurrency: int, delay: float, jitter: float) -> None:
        super().__init__(concurrency, delay, jitter)
        self.name = name
        self.owners: dict[Request, OneAtATime] = {}
        self.ended = 0.0
        """When the last answer was had, on the monotonic clock."""
        self.floor = 0.0
        """Seconds from an answer to the next request that robots.txt asks for; AutoThrottle may not go below."""
        self.not_before = 0.0
        """No request before this moment: the host asked for it, or cools down."""
        self.left: tuple[ProblemKind, str] | None = None
        """Why nothing more is asked of the host in this run."""
        self.quiet = False
        """It is left since an earlier run, which told why."""
        self.memory: HostMemory | None = None
        """What the database remembers of it."""
        self.loaded = False
        self.on_trial = False
        """It blocked, and has rested: the first page decides."""
        self.tried = False
        """That page was asked for."""
        self.scheme: str | None = None
        """The one scheme by which it answers."""
        self.tls = "modern"
        self.answered = False
        self.dead: dict[str, tuple[ProblemKind, str]] = {}
        """Schemes by which it could not be reached, and why."""
        self.failing: set[str] = set()
        """Addresses that failed since one last answered."""
        self.rested = False
        """It cooled down once; the second time it is left."""
        self.probing = False
        """It has cooled down, and nothing was asked since."""
        self._roll()

    def _roll(self) -> None:
        self._factor = 1 + random.uniform(-self.jitter, self.jitter) if self.jitter else 1.0

    def begun(self, now: float) -> None:
        """A request leaves the queue."""
        self.lastseen = now
        self._roll()

    def wait(self, now: float) -> float:
        """Seconds until the next request may be made, negative where it may be now."""
        due = self.lastseen + self.delay * self._factor
        if self.floor:
            due = max(due, self.ended + self.floor)
        return max(due, self.not_before) - now

    def hold(self, seconds: float) -> None:
        """Make no request for so long."""
        self.not_before = max(self.not_before, monotonic() + seconds)


class Hosts:
    """Every host of the process, shared by the downloaders of its crawlers; empty again when the last one closes."""

    def __init__(self) -> None:
        self.slots: dict[str, HostSlot] = {}
        self.robots: dict[str, Any] = {}
        """What `spiders.middleware.robots` knows, by host and port."""
        self._users: set[OneAtATime] = set()
        self._transfers = 0
        self._held: deque[HostSlot] = deque()

    def join(self, user: OneAtATime) -> None:
        """A crawler begins."""
        self._users.add(user)

    def leave(self, user: OneAtATime) -> None:
        """A crawler ends."""
        self._users.discard(user)
        if not self._users:
            for slot in self.slots.values():
                slot.close()
            self.slots.clear()
            self.robots.clear()
            self._held.clear()
            self._transfers = 0

    def of(self, request: Request) -> HostSlot | None:
        """The slot of a request's host, where it has one by now."""
        return self.slots.get(urlparse_cached(request).hostname or "")

    def process(self, slot: HostSlot) -> None:
        """Let go what may go; come back when the next one may."""
        while slot.latercall is None and slot.queue and len(slot.transferring) < slot.concurrency:
            now = monotonic()
            wait = slot.wait(now)
            if wait > 0:
                slot.latercall = call_later(wait, self._later, slot)
                return
            if self._transfers >= TRANSFERS:
                self._held.append(slot)
                return
            request, answer = slot.queue.popleft()
            slot.begun(now)
            slot.transferring.add(request)
            self._transfers += 1
            slot.owners[request].begin(slot, request, answer)

    def _later(self, slot: HostSlot) -> None:
        slot.latercall = None
        self.process(slot)

    def finished(self, slot: HostSlot, request: Request) -> None:
        """A request was answered, or failed: the next one, of its host or of one that was held."""
        slot.ended = monotonic()
        slot.transferring.discard(request)
        self._transfers -= 1
        self.process(slot)
        if self._held and self._transfers < TRANSFERS:
            self.process(self._held.popleft())

    def give_up(self, slot: HostSlot, kind: ProblemKind, why: str) -> None:
        """Ask nothing more of a host in this run, and take back what waits for it."""
        if slot.left is None:
            slot.left = kind, why
        self.withdraw(slot, kind, why)

    def withdraw(self, slot: HostSlot, kind: ProblemKind, why: str, owner: OneAtATime | None = None) -> None:
        """Take back what waits for a host, of one crawler or of all."""
        taken = [(request, answer) for request, answer in slot.queue if owner in (None, slot.owners[request])]
        if not taken:
            return
        kept = [entry for entry in slot.queue if entry not in taken] if owner is not None else []
        slot.queue.clear()
        slot.queue.extend(kept)
        for request, answer in taken:
            slot.owners[request].queued.discard(request)
            _refuse(answer, kind, why)


def _refuse(answer: Deferred[Response], kind: ProblemKind, why: str) -> None:
    answer.errback(LeftAlone(kind, why))


HOSTS = Hosts()
"""The hosts of this process."""
