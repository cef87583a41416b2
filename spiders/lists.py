"""What is done with a column page: its reports asked for, its further pages, the columns inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from govcrawl.crawl.columns import Listing, is_wanted, read_listing
from govcrawl.crawl.memory import ListTally, PortalMemory, Visit
from govcrawl.crawl.revisits import conditions
from govcrawl.discovery import IN_COLUMN, HostPolicy, LinkKind, canonical, frames
from govcrawl.model import Link, ProblemKind, Role
from govcrawl.platforms import PLATFORMS, BasePlatform, ListRequest, Page, platform_named, recognise_platform
from govcrawl.platforms.articles import is_attachment
from spiders.asking import Output
from spiders.columns import Columns

HOPS = 3
"""Shells and frames that are followed one after the other."""
_FRAMES = 2
_LOOKED_AFTER = 200
"""Unlisted reports of one portal that are asked for in a run."""


class Lists(Columns):
    """The half of a province's spider that reads lists."""

    hosts: HostPolicy
    years: frozenset[int]
    sample: int | None
    full: bool

    def without(self, visit: Visit, kind: ProblemKind, detail: str, url: str) -> Iterator[Output]:
        """What follows from a page that is not there, or is not what it was asked for as."""
        raise NotImplementedError

    def platform_of(self, page: Page, visit: Visit) -> BasePlatform:
        """The platform that reads a page: the one that said how to ask for it, else the one its markup shows.

        What the registry names counts where the markup shows none; one site may hold pages of several platforms.
        """
        asked = platform_named(visit.platform) if visit.platform else None
        if asked is not None:
            return asked
        shown = recognise_platform(page)
        named = platform_named(visit.portal.platform or "")
        return named if named is not None and shown is PLATFORMS[-1] else shown

    def read_list(self, page: Page, visit: Visit) -> Listing:
        """The reports of a page, and the ways on from it."""
        inside = visit.inside if visit.role is Role.COLUMN else LinkKind.COLUMN
        named = visit.link.text if visit.link and visit.role is Role.COLUMN else ""
        return read_listing(page, self.platform_of(page, visit), inside, self.years, named)

    def read_column(self, page: Page, listing: Listing, visit: Visit, *, embeds_report: bool) -> Iterator[Output]:
        """Ask for the reports of a column page, its further pages, and the columns below it."""
        self.count_bad(page)
        memory = self.memory(visit.portal)
        if visit.pager is not None and listing.rows <= visit.first_rows:
            detail = "page two lists nothing that page one does not"
            yield from self.without(visit, ProblemKind.NOT_FOUND, detail, page.url)
            return
        platform = self.platform_of(page, visit)
        if visit.further and _is_stub(page, listing, platform):
            detail = "a further page of the list holds no link at all: it was never published whole"
            yield from self.tell(visit, ProblemKind.INCOMPLETE_LIST, detail, page.url)
            return
        self._tally(page, listing, visit, platform)
        self.note_column(page, listing, visit, visit.platform)
        new = [link for link in listing.reports if memory.first_listed(link.url)]
        memory.listed += embeds_report
        memory.columns += bool(new)
        yield from self.ask_reports(new, visit.of_list or page.url, visit)
        here = replace(visit, barren=0 if new else visit.barren + 1, inside=listing.inside)
        if here.barren > self.run.barren:
            detail = f"{here.barren} pages in a row listed no report that was not listed before"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, page.url)
            return
        before = memory.requests + memory.skipped
        if listing.inside in IN_COLUMN or visit.inside not in IN_COLUMN:
            yield from self._further_pages(page, listing, here, platform)
        yield from self.follow(page, listing, here)
        why = platform.unverified(page)
        if why is not None:
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, why, page.url)
        lonely = (
            why is None and memory.requests + memory.skipped == before and not listing.reports and not embeds_report
        )
        if lonely and here.inside in IN_COLUMN and not visit.further:
            yield from self._framed(page, here, listing)

    def _framed(self, page: Page, visit: Visit, listing: Listing) -> Iterator[Output]:
        """A column that lists nothing itself: its list may stand in a frame, or have been asked for elsewhere."""
        before = self.memory(visit.portal).requests
        for frame in frames(page)[:_FRAMES] if visit.hops < HOPS else ():
            yield from self.ask(frame.url, replace(visit, hops=visit.hops + 1, parent_url=page.url))
        elsewhere = any(step.link.url in listing.spoken for step in listing.steps)
        if self.memory(visit.portal).requests == before and not elsewhere:
            yield from self.without(visit, ProblemKind.NO_REPORTS, "the column lists no report", page.url)

    def _tally(self, page: Page, listing: Listing, visit: Visit, platform: BasePlatform) -> None:
        """Count the rows of a list over its pages, to compare them with what it says it has."""
        if not listing.listed:
            return
        tally = self.memory(visit.portal).lists.setdefault(visit.of_list or page.url, ListTally())
        tally.rows |= listing.listed
        if tally.expected is None:
            tally.expected = platform.expected_total(page)

    def ask_reports(self, links: list[Link], column: str, visit: Visit) -> Iterator[Output]:
        """Note the rows as they are listed, and ask for those that are new, changed, or to be confirmed."""
        memory = self.memory(visit.portal)
        memory.listed += len(links)
        ours = [link for link in links if self.hosts.allows(link.url, visit.portal)]
        for link in links if len(ours) < len(links) else ():
            if not self.hosts.allows(link.url, visit.portal):
                detail = f"listed at {column}; the host is neither the government's nor in the registry"
                yield from self.tell(visit, ProblemKind.FOREIGN_HOST, detail, link.url)
        for link, headers in self._due([replace(link, url=canonical(link.url)) for link in ours], column, visit):
            if self.sample is not None and memory.sampled >= self.sample:
                return
            memory.sampled += 1
            role = Role.ATTACHMENT if is_attachment(link.url) else Role.PAGE
            yield from self.ask(link.url, Visit(visit.portal, role, link=link), headers)

    def look_after(self, memory: PortalMemory) -> Iterator[Output]:
        """Once the lists are read, ask for known reports that none of them shows: they are gone, or only unlisted."""
        since = self.crawler.stats.get_value("start_time")
        if memory.looked_after or self.is_partial() or not memory.listed or not isinstance(since, datetime):
            return
        memory.looked_after = True
        store, now = self.writers.store, self.now()
        for link in store.unlisted(memory.portal.id, since, _LOOKED_AFTER):
            headers = conditions(store.known(link.url), now, full=self.full, revisits=self.run.revisits)
            if headers is None or self.run.revisits.gives_up(store.gone_at(link.url), now):
                continue
            role = Role.ATTACHMENT if is_attachment(link.url) else Role.PAGE
            yield from self.ask(link.url, Visit(memory.portal, role, link=link), headers)

    def _due(self, links: list[Link], column: str, visit: Visit) -> list[tuple[Link, Mapping[str, str]]]:
        """The links to ask for, with the conditions to ask under. One transaction for the rows of a column."""
        due, store, now = [], self.writers.store, self.now()
        memory = self.memory(visit.portal)
        with store.atomic():
            for link in links:
                store.save_listing(link, visit.portal.id, column, now)
                if not is_wanted(link, self.years):
                    continue
                headers = conditions(store.known(link.url), now, full=self.full, revisits=self.run.revisits)
                gone_at = store.gone_at(link.url) if headers is not None else None
                if headers is not None and not self.run.revisits.gives_up(gone_at, now):
                    due.append((link, headers))
                    memory.hoped_for += gone_at is None
        self.crawler.stats.inc_value("govcrawl/reports/listed", len(links))
        self.crawler.stats.inc_value("govcrawl/reports/due", len(due))
        return due

    def _further_pages(self, page: Page, listing: Listing, visit: Visit, platform: BasePlatform) -> Iterator[Output]:
        """Page two first, where the platform's numbering has to be proven; all the others after it."""
        further = replace(
            visit, further=True, entry=False, pager=None, first_rows=frozenset(), of_list=visit.of_list or page.url
        )
        pager = visit.pager or platform.pager(page)
        if visit.pager is not None:
            pages = [ListRequest(url) for url in replace(visit.pager, current=2).following()]
        elif pager is not None and pager.current == 1:
            yield from self.ask(pager.url(2), replace(further, pager=pager, first_rows=listing.rows))
            return
        else:
            pages = platform.next_pages(page)
        if len(pages) > self.run.pages:
            detail = f"the list has {len(pages)} further pages; {self.run.pages} are asked for"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, page.url)
        for request in pages[: self.run.pages]:
            yield from self.ask(request.url, replace(further, request=request, platform=platform.name))

    def follow(self, page: Page, listing: Listing, visit: Visit) -> Iterator[Output]:
        """Ask for the columns that a page leads to."""
        memory = self.memory(visit.portal)
        for step in listing.steps:
            url = step.link.url
            if not self.hosts.allows(url, visit.portal):
                self.crawler.stats.inc_value("govcrawl/columns/foreign_host")
                if step.kind is LinkKind.COLUMN:
                    detail = f"a column linked at {page.url}; the host is neither the government's nor in the registry"
                    yield from self.tell(visit, ProblemKind.FOREIGN_HOST, detail, url)
                continue
            if visit.depth >= self.run.depth:
                yield from self.tell(visit, ProblemKind.BUDGET, f"deeper than {self.run.depth} columns", url)
                continue
            memory.columns += step.kind is LinkKind.COLUMN
            below = Visit(
                visit.portal,
                Role.COLUMN,
                step.kind,
                step.link,
                visit.depth + 1,
                visit.barren,
                platform=self.platform_of(page, visit).name if url in listing.spoken else None,
                parent_url=page.url,
                entry=step.kind is LinkKind.COLUMN and visit.inside not in IN_COLUMN,
            )
            yield from self.ask(url, below)

    def count_bad(self, page: Page) -> None:
        if page.bad_hrefs:
            self.crawler.stats.inc_value("govcrawl/links/no_address", len(page.bad_hrefs))


def _is_stub(page: Page, listing: Listing, platform: BasePlatform) -> bool:
    """Whether a page holds nothing, neither a list nor a menu, and leads nowhere: a file written by half."""
    if not page.is_whole or listing.rows or listing.steps or page.links():
        return False
    return not platform.next_pages(page) and platform.unverified(page) is None
