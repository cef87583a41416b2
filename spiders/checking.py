"""Looks at portals without crawling them: which answer, of which platform they are, where their report column is.

A look reads the home page and the few links that most likely lead to the report column, one at a time, through the same
middlewares as a crawl. The class has no name of its own, so `scrapy list` does not show it.
"""

from __future__ import annotations

import heapq
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from govcrawl.crawl.columns import read_listing
from govcrawl.crawl.memory import PortalMemory, Visit
from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import Writers, writers_of
from govcrawl.discovery import IN_COLUMN, HostPolicy, LinkKind, canonical, interstitial, is_missing, same_page_key
from govcrawl.documents.charset import decode
from govcrawl.model import Link, Portal, ProblemKind, Role
from govcrawl.platforms import ListRequest, Page, platform_named, recognise_platform
from govcrawl.portals.checked import ANSWERS, NOT_ASKED, Checked
from spiders.answers import header, refusal_of
from spiders.asking import posted
from spiders.costs import cost_of_links
from spiders.failures import explain
from spiders.middleware.referrers import refer

MOST = 8
"""Pages of a portal that a look may ask for, its home page among them."""
_HOPS = 3
_ENOUGH = 2
"""Reports, or columns of reports, on a page that make it the report column."""
_LIKELY = (LinkKind.COLUMN, LinkKind.DISCLOSURE_INDEX, LinkKind.YEAR_COLUMN, LinkKind.AGENCY_COLUMN)
"""The kinds of links that may lead to the column, the likeliest first."""

Candidate = tuple[int, int, Visit]
"""How unlikely, in which order it was seen, and the visit."""


@dataclass(slots=True)
class Look:
    """The look at one portal, while it lasts."""

    found: Checked
    memory: PortalMemory
    doubtful: Checked | None = None
    """What to tell where nothing better is seen."""
    waiting: list[Candidate] = field(default_factory=list)
    seen: int = 0

    def wait(self, visit: Visit) -> None:
        """Note a page to look at, unless it was noted before."""
        url = canonical(visit.link.url if visit.link else visit.portal.homepage)
        if self.memory.first_time(url, visit.request.key if visit.request else ""):
            self.seen += 1
            rank = _LIKELY.index(visit.inside) if visit.inside in _LIKELY else 0
            heapq.heappush(self.waiting, (2 * visit.depth + rank - 4 * visit.remembered, self.seen, visit))


class CheckSpider(Spider):
    """Looks at the portals it is given and tells each result once, when the look at it has ended."""

    run: RunSettings
    hosts: HostPolicy
    writers: Writers
    """A database for the time of the look alone: the middlewares keep in it what they learn of hosts."""

    def __init__(
        self,
        portals: tuple[Portal, ...] = (),
        allowed_hosts: tuple[str, ...] = (),
        most: int = MOST,
        tell: Callable[[Checked], None] = lambda checked: None,
        **kwargs: Any,
    ) -> None:
        super().__init__("check", **kwargs)
        self.portals, self.most, self.tell = portals, most, tell
        self.allowed_hosts = allowed_hosts
        self.looks: dict[str, Look] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.run = RunSettings.of(crawler.settings)
        spider.hosts = HostPolicy(spider.portals, (*spider.allowed_hosts, *spider.run.allowed_hosts))
        spider.writers = writers_of(crawler, spider.run)
        return spider

    def memory(self, portal: Portal) -> PortalMemory:
        """What the middlewares leave word in when a portal is to be left alone."""
        return self._look(portal).memory

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each portal's home page."""
        self.writers.store.save_portals(self.portals)
        for portal in self.portals:
            yield self._request(portal.homepage, Visit(portal, Role.HOME))

    def handle(self, response: Response, visit: Visit) -> Iterator[Request]:
        """Read an answer and ask for the next page of the portal, if one is worth it."""
        look = self._look(visit.portal)
        try:
            wrong = self._read(response, visit, look)
        except Exception as error:
            self.logger.exception("reading %s", response.url)
            wrong = ProblemKind.EXTRACTION_FAILED, f"{type(error).__name__}: {error}"
        if wrong is not None:
            self._note(look, visit, *wrong)
        yield from self._go_on(look, response.url)

    def failed(self, failure: Failure) -> Iterator[Request]:
        """No answer, in any way that the middlewares tried."""
        visit: Visit = failure.request.cb_kwargs["visit"]  # type: ignore[attr-defined]
        look = self._look(visit.portal)
        self._note(look, visit, *explain(failure.value))
        yield from self._go_on(look, None)

    def _read(self, response: Response, visit: Visit, look: Look) -> tuple[ProblemKind, str] | None:
        """Take what a page shows into the result, and its links among the candidates; what is wrong with it, if any."""
        refusal = refusal_of(response, visit)
        if refusal is not None:
            return refusal
        content_type = header(response, "Content-Type")
        page = Page(
            response.url, response.body, to_utf8=lambda body: decode(body, content_type).utf8, request=visit.request
        )
        costly = cost_of_links(page)
        if costly is not None:
            return ProblemKind.TOO_LARGE, costly
        target = interstitial(page)
        if target is not None:
            if visit.hops < _HOPS:
                look.wait(replace(visit, link=Link(target, visit.link.text if visit.link else ""), hops=visit.hops + 1))
                return None
            return ProblemKind.REDIRECT_LOOP, f"more than {_HOPS} shells, the last to {target}"
        if is_missing(page):
            return ProblemKind.NOT_FOUND, "the page says, under status 200, that it is missing"
        self._take(page, visit, look)
        return None

    def _take(self, page: Page, visit: Visit, look: Look) -> None:
        platform = (platform_named(visit.platform) if visit.platform else None) or recognise_platform(page)
        listing = read_listing(page, platform, visit.inside, frozenset())
        below = [step for step in listing.steps if step.kind in IN_COLUMN]
        if visit.role is Role.HOME:
            look.found = replace(look.found, state=ANSWERS, detail="", platform=platform.name)
            for url in visit.portal.columns:
                look.wait(Visit(visit.portal, Role.COLUMN, LinkKind.COLUMN, Link(url, ""), 1, remembered=True))
        elif visit.inside in IN_COLUMN:
            asked = visit.of_list or page.url
            registered = same_page_key(asked) in {same_page_key(url) for url in visit.portal.columns}
            found = replace(
                look.found,
                detail="",
                platform=platform.name,
                column=asked,
                reports=len(listing.reports),
                registered=registered,
            )
            if len(listing.reports) >= _ENOUGH or len(below) >= _ENOUGH:
                look.found = found
                return
            self._doubt(look, found, platform.unverified(page) or platform.needs_browser(page))
            for further in platform.next_pages(page)[:1] if not listing.reports else ():
                self._ask_list(look, visit, page, further, platform.name)
        for step in listing.steps:
            spoken = platform.name if step.link.url in listing.spoken else None
            look.wait(Visit(visit.portal, Role.COLUMN, step.kind, step.link, visit.depth + 1, platform=spoken))

    def _ask_list(self, look: Look, visit: Visit, page: Page, request: ListRequest, platform: str) -> None:
        """The rows of the list come by a request of their own."""
        link = Link(request.url, visit.link.text if visit.link else "")
        look.wait(
            replace(
                visit, link=link, request=request, platform=platform, of_list=visit.of_list or page.url, further=True
            )
        )

    def _doubt(self, look: Look, found: Checked, why: str | None) -> None:
        """Keep a column that may be the one, until a better is seen."""
        if found.reports and look.doubtful is None:
            look.doubtful = replace(found, detail=why or "the column lists a single report")
        else:
            look.found = replace(look.found, detail=f"{found.column}: {why or 'the column lists no report'}")

    def _note(self, look: Look, visit: Visit, kind: ProblemKind, detail: str) -> None:
        """What went wrong with a page: of the home page it is the portal's state, else a word about the column."""
        if look.found.state != ANSWERS:
            look.found = replace(look.found, state=str(kind), detail=detail)
            look.waiting.clear()
        elif look.found.column is None and (visit.remembered or kind is ProblemKind.BLOCKED):
            url = visit.link.url if visit.link else visit.portal.homepage
            look.found = replace(look.found, detail=f"{url}: {kind}: {detail}")

    def _go_on(self, look: Look, referrer: str | None) -> Iterator[Request]:
        """The likeliest page that waits, or the end of the look."""
        done = look.found.column is not None or look.memory.left_alone or look.found.requests >= self.most
        while look.waiting and not done:
            _, _, visit = heapq.heappop(look.waiting)
            url = visit.link.url if visit.link else visit.portal.homepage
            if not self.hosts.allows(url, visit.portal):
                continue
            request = self._request(url, visit)
            if referrer is not None:
                refer(request, referrer)
            yield request
            return
        if look.found.state == NOT_ASKED:
            look.found = replace(look.found, state=str(ProblemKind.REDIRECT_LOOP), detail="a shell that leads nowhere")
        if look.doubtful is not None and look.found.column is None:
            look.found = replace(look.doubtful, requests=look.found.requests)
        self.tell(look.found)
        look.waiting.clear()
        look.memory.release()

    def _request(self, url: str, visit: Visit) -> Request:
        look = self._look(visit.portal)
        look.found = replace(look.found, requests=look.found.requests + 1)
        body, headers = posted(visit.request)
        return Request(
            canonical(url),
            method="GET" if body is None else "POST",
            body=body,
            headers=headers or None,
            callback=self.handle,
            errback=self.failed,
            cb_kwargs={"visit": visit},
            dont_filter=True,
        )

    def _look(self, portal: Portal) -> Look:
        if portal.id not in self.looks:
            found = Checked(portal.id, portal.name, portal.homepage)
            self.looks[portal.id] = Look(found, PortalMemory(portal, self.run))
        return self.looks[portal.id]
