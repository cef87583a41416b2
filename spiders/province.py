"""The base of the provinces' spiders: who is asked, in which order, and what becomes of every answer.

A province's spider says what is true of the province; how portals are walked is written here and in `spiders.walk`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar, Self

from scrapy import signals
from scrapy.crawler import Crawler

from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.shared import least_recent_first
from govcrawl.crawl.writers import writers_of
from govcrawl.discovery import HostPolicy
from govcrawl.model import Portal, SpiderError, StoreError
from govcrawl.portals import load_portals
from pipelines.giving_up import give_up
from spiders.walk import Walk

_CODE = re.compile(r"^\d{2}0000$")
_YEAR = re.compile(r"^(20\d\d)(?:-(20\d\d))?$")
_LOOK = 0.05
"""Seconds between two looks whether it is a portal's turn."""
_TRUE = frozenset({"1", "true", "yes", "on"})


class ProvinceSpider(Walk):
    """Walks every portal of a province from its home page to its reports.

    Arguments (`-a name=value`):
        year: report years, `2020`, `2019,2020` or `2019-2021`; all where not given. Reports whose title names no
            year are fetched too.
        portal: ids of the registry, separated by commas; all where not given.
        sample: at most so many report pages of each portal.
        full: fetch known reports again.

    Raises:
        SpiderError: the spider has no name or province code, or an argument cannot be understood.
        RegistryError: the province's registry file is missing or broken.
    """

    province_code: ClassVar[str] = ""
    """GB/T 2260 code of the province."""
    portals: tuple[Portal, ...]
    """In the order in which they are begun: least recently visited first."""
    visits: Mapping[str, str]
    """Portal → when it was last visited."""
    allowed_hosts: ClassVar[tuple[str, ...]] = ()
    """Hosts outside `gov.cn` that carry the province's reports."""

    def __init__(
        self,
        *args: Any,
        year: str | None = None,
        portal: str | None = None,
        sample: str | None = None,
        full: str | bool | None = None,
        **kwargs: Any,
    ) -> None:
        if not getattr(self, "name", None):
            raise SpiderError(f"{type(self).__name__}: a spider needs a `name`")
        if not _CODE.match(self.province_code):
            raise SpiderError(f"{self.name}: `province_code` must be a province's code, not {self.province_code!r}")
        super().__init__(*args, **kwargs)
        self.years = read_years(year)
        self.wanted = frozenset(filter(None, (portal or "").split(",")))
        self.sample = _read_number("sample", sample)
        self.full = str(full).lower() in _TRUE
        self.arguments = {"year": year, "portal": portal, "sample": sample, "full": self.full}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.prepare(RunSettings.of(crawler.settings))
        spider.writers = writers_of(crawler, spider.run)
        spider.visits = spider.writers.store.visits()
        spider.portals = least_recent_first(spider.portals, spider.visits)
        crawler.signals.connect(spider.give_way, signal=signals.spider_closed)
        return spider

    def give_way(self) -> None:
        """However the spider ended, the portals that it began or would begin next hold up no other spider."""
        rota = self.writers.shared.rota
        rota.leave(self.name)
        for portal in self.portals:
            rota.done(portal.id)

    def prepare(self, run: RunSettings) -> None:
        """Load the registry and choose the portals."""
        self.run = run
        registered = load_portals(run.registry / f"{self.name}.csv")
        unknown = self.wanted - {portal.id for portal in registered}
        if unknown:
            raise SpiderError(f"{self.name}: no portal {', '.join(sorted(unknown))} in {run.registry}/{self.name}.csv")
        self.portals = tuple(portal for portal in registered if not self.wanted or portal.id in self.wanted)
        self.hosts = HostPolicy(registered, (*self.allowed_hosts, *run.allowed_hosts))

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first request of every portal: its known columns, else its home page."""
        try:
            self.writers.save_divisions()
            self.writers.store.save_portals(self.portals)
        except StoreError as error:  # Scrapy would log it and finish as if there were nothing to ask for
            give_up(self.crawler, self.writers, error, str(self.run.db))
            return
        for portal in self.portals:
            await self._turn(portal)
            for request in self.first_requests(portal):
                yield request
            if not self.memory(portal).pending:
                self.writers.shared.rota.done(portal.id)
        self.writers.shared.rota.leave(self.name)

    async def _turn(self, portal: Portal) -> None:
        """Wait until a portal may be begun."""
        shared, visited_at = self.writers.shared, self.visits.get(portal.id, "")
        while not (shared.why_not() or shared.rota.may_begin(self.name, portal.id, visited_at)):
            await asyncio.sleep(_LOOK)

    def is_partial(self) -> bool:
        return bool(self.years) or self.sample is not None


def read_years(text: str | None) -> frozenset[int]:
    """The report years of an argument: `2020`, `2019,2020`, `2019-2021`; empty for all.

    Raises:
        SpiderError: it is none of these.
    """
    years: set[int] = set()
    for part in filter(None, (text or "").replace(" ", "").split(",")):
        found = _YEAR.match(part)
        span = range(int(found[1]), int(found[2] or found[1]) + 1) if found else range(0)
        if not span:
            raise SpiderError(f"year={text!r}: write 2020, 2019,2020 or 2019-2021")
        years.update(span)
    if text and text.strip() and not years:
        raise SpiderError(f"year={text!r}: write 2020, 2019,2020 or 2019-2021")
    return frozenset(years)


def _read_number(name: str, text: str | None) -> int | None:
    if text is None or text == "":
        return None
    if not str(text).isdecimal() or int(text) < 1:
        raise SpiderError(f"{name}={text!r}: a positive number is needed")
    return int(text)
