"""Keeps the crawl at the government's hosts, and away from hosts that block it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from govcrawl.crawl.memory import Visit
from govcrawl.discovery import recognise_block
from govcrawl.model import Problem, ProblemKind, Role
from govcrawl.store import HostMemory
from spiders.middleware.leaving import block, is_home, remember, spider_of, tell
from spiders.middleware.reaching import by_known_scheme
from spiders.middleware.refusals import FileRefused, LeftAlone, Refused
from spiders.middleware.slots import HOSTS, HostSlot

_FORBIDDEN = 403


class HostGuard:
    """Stands before all others: what leads off the government's hosts, also by a redirect, is never asked for.

    Nor is a host that was left, by whichever crawler, or that rests since an earlier run. One that blocked and has
    rested is asked for one page, and carried on with only if that is answered; where it blocked three times in a row
    the page is the home page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._told: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> Request | None:
        """Refuse foreign hosts, and hosts and portals that were given up; use the scheme that is known to work."""
        visit: Visit | None = request.cb_kwargs.get("visit")
        if visit is None:
            self._unasked(HOSTS.of(request))
            return None
        spider = spider_of(self.crawler)
        memory = spider.memory(visit.portal)
        if memory.left_alone:
            raise LeftAlone(ProblemKind.BLOCKED, memory.left_alone)
        if visit.role is Role.ATTACHMENT and memory.no_files:
            raise FileRefused(ProblemKind.BLOCKED, memory.no_files)
        if not spider.hosts.allows(request.url, visit.portal):
            self.crawler.stats.inc_value("govcrawl/guard/foreign_host")
            raise Refused(ProblemKind.FOREIGN_HOST, f"{request.url} is not on a government host or the registry")
        engine: Any = self.crawler.engine
        slot: HostSlot = engine.downloader.slot_of(request)
        if not slot.loaded:
            self._recall(slot)
        if slot.left is not None:
            self._turn_away(slot, visit)
        if slot.on_trial and not slot.answered:
            request.meta["dont_retry"] = True
            if slot.memory is not None and slot.memory.is_stubborn and not slot.tried:
                slot.tried = True
                if visit.role is not Role.HOME and is_home(slot, visit.portal):
                    return self._home_instead(request, visit)
        return by_known_scheme(request, slot)

    def _unasked(self, slot: HostSlot | None) -> None:
        if slot is not None and slot.left is not None:
            raise LeftAlone(*slot.left)

    def _recall(self, slot: HostSlot) -> None:
        """What earlier runs learnt of the host."""
        slot.loaded = True
        known = slot.memory = spider_of(self.crawler).writers.store.host(slot.name)
        if known is None:
            return
        slot.scheme, slot.tls = known.scheme, known.tls
        if known.rests(datetime.now(UTC)):
            until = known.rest_until.strftime("%Y-%m-%d %H:%M") if known.rest_until else ""
            slot.left = ProblemKind.BLOCKED, f"it blocked, and is left alone until {until} UTC"
            slot.quiet = True
        slot.on_trial = known.blocked_times > 0

    def _turn_away(self, slot: HostSlot, visit: Visit) -> None:
        """The problem is told once of each portal: of its own host by the spider, of another's here."""
        assert slot.left is not None
        kind, why = slot.left
        portal = visit.portal
        memory = spider_of(self.crawler).memory(portal)
        first = (portal.id, slot.name) not in self._told
        self._told.add((portal.id, slot.name))
        if is_home(slot, portal):
            memory.leave(why, blocked=kind is ProblemKind.BLOCKED)
            if first and not slot.quiet:
                raise Refused(kind, why)
        elif first and not slot.quiet:
            tell(self.crawler, Problem(f"http://{slot.name}/", kind, why, portal.id))
        raise LeftAlone(kind, why)

    def _home_instead(self, request: Request, visit: Visit) -> Request:
        memory = spider_of(self.crawler).memory(visit.portal)
        memory.home_asked = True
        memory.forget(request.url)
        home = Visit(visit.portal, Role.HOME)
        return request.replace(url=visit.portal.homepage, method="GET", body=b"", cb_kwargs={"visit": home})


class BlockGuard:
    """Stands between Scrapy's retries and the network: a block is never tried again, and ends the host's run."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self._response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Before the downloader sends the next request to the host: take back what waits for it."""
        visit: Visit | None = request.cb_kwargs.get("visit")
        if visit is None or _guards_files_alone(response, visit):
            return
        why = _why_blocked(response, visit)
        if why is not None:
            block(self.crawler, request, why)

    def process_response(self, request: Request, response: Response) -> Response:
        """Tell a challenge, also one that was compressed."""
        visit: Visit | None = request.cb_kwargs.get("visit")
        if visit is None:
            return response
        why = _why_blocked(response, visit)
        slot = HOSTS.of(request)
        if why is None:
            if slot is not None and slot.memory is not None and response.status < 400:
                self._forgive(slot, slot.memory, visit)
            return response
        self.crawler.stats.inc_value("govcrawl/guard/blocked")
        if _guards_files_alone(response, visit):
            spider_of(self.crawler).memory(visit.portal).no_files = f"{why}; the portal's files are left alone"
            raise FileRefused(ProblemKind.BLOCKED, why)
        block(self.crawler, request, why)
        if slot is None or is_home(slot, visit.portal):
            raise Refused(ProblemKind.BLOCKED, why)
        tell(self.crawler, Problem(f"http://{slot.name}/", ProblemKind.BLOCKED, why, visit.portal.id))
        raise LeftAlone(ProblemKind.BLOCKED, why)

    def _forgive(self, slot: HostSlot, known: HostMemory, visit: Visit) -> None:
        """The host answers again."""
        if not (known.blocked_times or known.failures):
            return
        remember(self.crawler, slot, HostMemory.answered)
        slot.on_trial = False
        for url in {visit.portal.homepage, f"http://{slot.name}/"}:
            store = spider_of(self.crawler).writers.store
            store.clear_problem(url, datetime.now(UTC), {ProblemKind.BLOCKED, ProblemKind.RESTING})


def _guards_files_alone(response: Response, visit: Visit) -> bool:
    """Whether it is a captcha in a file's place: the portal's pages are open all the same."""
    return visit.role is Role.ATTACHMENT and response.status == 200


def _why_blocked(response: Response, visit: Visit) -> str | None:
    if response.status == _FORBIDDEN and visit.role is Role.HOME:
        return recognise_block(_FORBIDDEN, response.body) or "status 403 for the home page"
    return recognise_block(response.status, response.body)
