"""robots.txt after RFC 9309: 4xx means no rules, 5xx and silence mean: keep away for now. Known to all crawlers."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import Self

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred

from govcrawl.crawl.settings import RunSettings
from govcrawl.discovery import recognise_block
from govcrawl.model import ProblemKind
from spiders.failures import explain
from spiders.middleware.leaving import leave
from spiders.middleware.reaching import by_known_scheme
from spiders.middleware.refusals import LeftAlone, Refused
from spiders.middleware.slots import HOSTS

_TOO_MANY = 429
_REDIRECTS = 5
"""As many as the standard wants to be followed; after more of them there are no rules."""
_READ = 500 * 1024
"""Bytes of a robots.txt that are read."""
_FRESH = 24 * 3600.0
"""Seconds for which rules are kept."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Rules:
    """What a host's robots.txt says."""

    parser: Protego | None = None
    """None: no rules."""
    delay: float = 0.0
    """Seconds between two requests."""
    refused: Refused | None = None
    """Why nothing may be fetched for now."""
    waiting: list[Deferred[None]] = field(default_factory=list)
    """Who waits for the answer, while it is asked for."""
    asked_for: bool = True
    at: float = field(default_factory=monotonic)


class RobotsMiddleware:
    """Asks for the robots.txt of a host once, before anything else of it, for all crawlers of the process."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.obeyed = crawler.settings.getbool("ROBOTSTXT_OBEY")
        self.longest = RunSettings.of(crawler.settings).crawl_delay

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> Request | None:
        """Refuse what robots.txt forbids.

        Raises:
            Refused: it does, or it cannot be had for now.
        """
        if not self.obeyed or request.meta.get("dont_obey_robotstxt"):
            return None
        host = urlparse_cached(request).netloc
        rules = HOSTS.robots.get(host)
        asked = rules is None or (not rules.asked_for and monotonic() - rules.at > _FRESH)
        if rules is None or asked:
            rules = await self._ask(request, host)
        elif rules.asked_for:
            answer: Deferred[None] = Deferred()
            rules.waiting.append(answer)
            await maybe_deferred_to_future(answer)
        if rules.refused is not None:
            raise type(rules.refused)(rules.refused.kind, rules.refused.detail)
        if rules.delay > self.longest:
            self._leave(request, rules.delay)
        if rules.parser is not None and not rules.parser.can_fetch(request.url, self.agent):
            self.crawler.stats.inc_value("robotstxt/forbidden")
            raise Refused(ProblemKind.ROBOTS, "robots.txt forbids it")
        slot = HOSTS.of(request)
        return by_known_scheme(request, slot) if asked and slot is not None else None

    async def _ask(self, request: Request, host: str) -> Rules:
        rules = HOSTS.robots[host] = Rules()
        try:
            await self._fetch(request, rules)
        finally:
            rules.asked_for = False
            waiting, rules.waiting = rules.waiting, []
            for answer in waiting:
                answer.callback(None)
        return rules

    async def _fetch(self, request: Request, rules: Rules) -> None:
        parts = urlparse_cached(request)
        asking = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            priority=1000,
            meta={"dont_obey_robotstxt": True, "redirect_ttl": _REDIRECTS},
            callback=NO_CALLBACK,
        )
        self.crawler.stats.inc_value("robotstxt/request_count")
        assert self.crawler.engine is not None
        try:
            self._read(await self.crawler.engine.download_async(asking), request, rules)
        except LeftAlone as error:
            rules.refused = error
        except Exception as error:
            kind, detail = explain(error)
            if kind is not ProblemKind.REDIRECT_LOOP:
                rules.refused = Refused(kind, f"robots.txt: {detail}")
                log.info("%s: robots.txt cannot be had: %s", parts.netloc, detail)

    def _read(self, response: Response, request: Request, rules: Rules) -> None:
        status = response.status
        self.crawler.stats.inc_value(f"robotstxt/response_status_count/{status}")
        if status >= 500 or status == _TOO_MANY:
            block = recognise_block(status, response.body)
            kind = ProblemKind.BLOCKED if block else ProblemKind.HTTP_ERROR
            detail = block or f"status {status}, so nothing may be fetched for now"
            rules.refused = Refused(kind, f"robots.txt: {detail}")
        text = text_of(response.body) if status == 200 else ""
        if text:
            rules.parser = Protego.parse(text)
            rules.delay = delay_of(rules.parser, self.agent)
            slot = HOSTS.of(request)
            if slot is not None:
                slot.floor = max(slot.floor, rules.delay)

    def _leave(self, request: Request, delay: float) -> None:
        why = (
            f"robots.txt asks for {delay:g} seconds between two requests; GOVCRAWL_CRAWL_DELAY_MAX is {self.longest:g}"
        )
        leave(self.crawler, request, ProblemKind.ROBOTS, why)
        raise Refused(ProblemKind.ROBOTS, why)


def text_of(body: bytes) -> str:
    """The rules as text; empty where a page stands in their place, whatever it is called."""
    body = body[:_READ]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = body.decode("utf-16", "ignore")
    else:
        text = body.decode("utf-8-sig", "ignore")
    return "" if text.lstrip().startswith("<") else text


def delay_of(parser: Protego, agent: str) -> float:
    """The seconds between two requests that `Crawl-delay` and `Request-rate` ask for, the longer of the two."""
    rate = parser.request_rate(agent)
    each = rate.seconds / rate.requests if rate is not None and rate.requests > 0 else 0.0
    return max(parser.crawl_delay(agent) or 0.0, each)
