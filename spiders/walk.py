"""How an answer is read: what kind of page it is, what is listed on it, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from scrapy.http import Response

from govcrawl.crawl.columns import IN_COLUMN, Listing, is_wanted, read_listing
from govcrawl.crawl.items import Unchanged
from govcrawl.crawl.memory import Visit
from govcrawl.crawl.revisits import conditions
from govcrawl.discovery import (
    HomeMark,
    HostPolicy,
    LinkKind,
    canonical,
    has_form,
    interstitial,
    is_home_again,
    is_missing,
    unsupported_platform,
)
from govcrawl.documents.charset import decode
from govcrawl.model import Link, ProblemKind, Role
from govcrawl.platforms import BasePlatform, Page, Pager, platform_named, recognise_platform
from govcrawl.platforms.articles import is_attachment
from govcrawl.platforms.page import MOST_LINKS
from govcrawl.platforms.trs import article_sheets
from spiders.answers import asked_url, capture, fetched, header, refusal_of
from spiders.asking import Asking, Output
from spiders.costs import cost_of_links

_HOPS = 3
_A_LIST = 2
"""Links to reports on a page that make it a list of them."""
_NOT_MODIFIED = 304


class Walk(Asking):
    """The reading half of a province's spider."""

    hosts: HostPolicy
    years: frozenset[int]
    sample: int | None
    full: bool

    def answer(self, response: Response, visit: Visit) -> Iterator[Output]:
        """Tell what was answered, hand it on to be kept, and go on from it."""
        if response.status == _NOT_MODIFIED:
            yield from self._unchanged(response, visit)
            return
        refusal = refusal_of(response, visit)
        if refusal is not None:
            yield from self._without(visit, *refusal, response.url)
            return
        content_type = header(response, "Content-Type")
        page = Page(response.url, response.body, to_utf8=lambda body: decode(body, content_type).utf8)
        if visit.role is Role.ATTACHMENT:
            yield fetched(capture(response, visit, visit.role), response, visit, expects_report=True)
            return
        costly = cost_of_links(page)
        if costly is not None:
            yield from self._unread(page, costly, response, visit)
            return
        target = interstitial(page)
        if target is not None:
            yield from self._sent_on(target, visit, response.url)
            return
        if is_missing(page):
            detail = "the page says, under status 200, that it is missing"
            yield from self._without(visit, ProblemKind.NOT_FOUND, detail, response.url)
            return
        yield from self._read(page, response, visit)

    def _unread(self, page: Page, costly: str, response: Response, visit: Visit) -> Iterator[Output]:
        """A page whose links are not looked for; what may be a report is its reader's to refuse."""
        if visit.role is Role.PAGE or has_form(page.body):
            yield fetched(capture(response, visit, Role.PAGE), response, visit, expects_report=True)
        if visit.role is not Role.PAGE:
            yield from self._without(visit, ProblemKind.TOO_LARGE, f"links are not read: {costly}", response.url)

    def _unchanged(self, response: Response, visit: Visit) -> Iterator[Output]:
        """A confirmation; of a page never seen, where a redirect leads elsewhere by now, it says nothing."""
        asked = asked_url(response)
        if self.writers.store.known(response.url) is None and visit.hops < _HOPS:
            memory = self.memory(visit.portal)
            memory.forget(asked or response.url)
            yield from self.ask(asked or response.url, replace(visit, hops=visit.hops + 1))
            return
        yield Unchanged(response.url, visit.portal, asked)

    def _read(self, page: Page, response: Response, visit: Visit) -> Iterator[Output]:
        """A page that is really there: keep it, as a report or as what leads to one, or both."""
        if visit.role is Role.HOME:
            yield fetched(capture(response, visit, visit.role), response, visit)
            yield from self._home(page, visit)
            return
        form = has_form(page.body)
        listing = self._listing(page, visit) if visit.role is Role.COLUMN or not form else None
        if listing is not None and page.has_more_links():
            detail = f"more than {MOST_LINKS:,} links on a page; the others were not read"
            yield from self.tell(visit, ProblemKind.TOO_LARGE, detail, page.url)
        if not form and not (listing and listing.reports) and is_home_again(page, self.memory(visit.portal).home):
            yield from self._without(visit, ProblemKind.NOT_FOUND, "the portal answered with its home page", page.url)
            return
        if listing is not None and visit.role is Role.PAGE and len(listing.reports) < _A_LIST:
            listing = None
        is_report = listing is None or form
        role = Role.PAGE if is_report else Role.COLUMN
        yield fetched(capture(response, visit, role), response, visit, expects_report=is_report)
        if listing is not None:
            yield from self._column(page, listing, visit, embeds_report=form)
        if is_report:
            yield from self._beside_report(page, visit, form)

    def _home(self, page: Page, visit: Visit) -> Iterator[Output]:
        self.memory(visit.portal).home = HomeMark.of(page)
        memory = self.memory(visit.portal)
        listing = read_listing(page, recognise_platform(page), None, self.years)
        yield from self._reports([link for link in listing.reports if memory.first_listed(link.url)], page.url, visit)
        yield from self._follow(listing, visit)
        self._count_bad(page)

    def _count_bad(self, page: Page) -> None:
        if page.bad_hrefs:
            self.crawler.stats.inc_value("govcrawl/links/no_address", len(page.bad_hrefs))

    def _listing(self, page: Page, visit: Visit) -> Listing:
        inside = visit.inside if visit.role is Role.COLUMN else LinkKind.COLUMN
        return read_listing(page, self._platform(page, visit), inside, self.years)

    def _platform(self, page: Page, visit: Visit) -> BasePlatform:
        return platform_named(visit.portal.platform or "") or recognise_platform(page)

    def _column(self, page: Page, listing: Listing, visit: Visit, *, embeds_report: bool) -> Iterator[Output]:
        """Ask for the reports of a column page, its further pages, and the columns below it."""
        self._count_bad(page)
        memory = self.memory(visit.portal)
        if visit.pager is not None and listing.rows <= visit.first_rows:
            detail = "page two lists nothing that page one does not"
            yield from self._without(visit, ProblemKind.NOT_FOUND, detail, page.url)
            return
        new = [link for link in listing.reports if memory.first_listed(link.url)]
        memory.listed += embeds_report
        yield from self._reports(new, page.url, visit)
        here = replace(visit, barren=0 if new else visit.barren + 1, inside=visit.inside or LinkKind.COLUMN)
        if here.barren > self.run.barren:
            detail = f"{here.barren} pages in a row listed no report that was not listed before"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, page.url)
            return
        before = memory.requests + memory.skipped
        yield from self._further_pages(page, listing, here)
        yield from self._follow(listing, here)
        lonely = memory.requests + memory.skipped == before and not listing.reports and not embeds_report
        if lonely and here.inside in IN_COLUMN and not visit.further:
            yield from self._empty(page, visit)

    def _empty(self, page: Page, visit: Visit) -> Iterator[Output]:
        platform = unsupported_platform(page)
        if platform:
            detail = f"the list is served by {platform}'s own protocol, which no module speaks yet"
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, detail, page.url)
        else:
            yield from self.tell(visit, ProblemKind.NO_REPORTS, "the column lists no report", page.url)

    def _reports(self, links: list[Link], column: str, visit: Visit) -> Iterator[Output]:
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

    def _due(self, links: list[Link], column: str, visit: Visit) -> list[tuple[Link, Mapping[str, str]]]:
        """The links to ask for, with the conditions to ask under. One transaction for the rows of a column."""
        due, store, now = [], self.writers.store, self.now()
        with store.atomic():
            for link in links:
                store.save_listing(link, visit.portal.id, column, now)
                if not is_wanted(link, self.years):
                    continue
                headers = conditions(store.known(link.url), now, full=self.full, revisits=self.run.revisits)
                if headers is not None:
                    due.append((link, headers))
        self.crawler.stats.inc_value("govcrawl/reports/listed", len(links))
        self.crawler.stats.inc_value("govcrawl/reports/due", len(due))
        return due

    def _further_pages(self, page: Page, listing: Listing, visit: Visit) -> Iterator[Output]:
        """Page two first, where the platform's numbering has to be proven; all the others after it."""
        platform = self._platform(page, visit)
        further = replace(visit, further=True, pager=None, first_rows=frozenset())
        pager = visit.pager or platform.pager(page)
        if visit.pager is not None:
            pages = replace(visit.pager, current=2).following()
        elif pager is not None and pager.current == 1:
            yield from self.ask(pager.url(2), replace(further, pager=pager, first_rows=listing.rows))
            return
        else:
            pages = [each.url for each in platform.next_pages(page)]
        if len(pages) > self.run.pages:
            detail = f"the list has {len(pages)} further pages; {self.run.pages} are asked for"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, page.url)
        for url in pages[: self.run.pages]:
            yield from self.ask(url, further)

    def _follow(self, listing: Listing, visit: Visit) -> Iterator[Output]:
        """Ask for the columns that a page leads to."""
        memory = self.memory(visit.portal)
        for step in listing.steps:
            url = step.link.url
            if not self.hosts.allows(url, visit.portal):
                self.crawler.stats.inc_value("govcrawl/columns/foreign_host")
                continue
            if visit.depth >= self.run.depth:
                yield from self.tell(visit, ProblemKind.BUDGET, f"deeper than {self.run.depth} columns", url)
                continue
            memory.columns += step.kind is LinkKind.COLUMN
            below = Visit(visit.portal, Role.COLUMN, step.kind, step.link, visit.depth + 1, visit.barren)
            yield from self.ask(url, below)

    def _beside_report(self, page: Page, visit: Visit, form: bool) -> Iterator[Output]:
        """The files of a report that is not on the page itself, and the further sheets of a long one."""
        sheets = article_sheets(page)
        if sheets:
            detail = f"the article goes on over {len(sheets)} further sheets, which were not read"
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, detail, page.url)
        if form:
            return
        for link in self._platform(page, visit).attachments(page):
            named = link if link.published_on or not visit.link else replace(link, published_on=visit.link.published_on)
            if self.hosts.allows(link.url, visit.portal):
                yield from self._reports([named], page.url, visit)

    def _sent_on(self, target: str, visit: Visit, url: str) -> Iterator[Output]:
        """Follow a shell, a few times."""
        if visit.hops >= _HOPS:
            detail = f"more than {_HOPS} shells, the last to {target}"
            yield from self.tell(visit, ProblemKind.REDIRECT_LOOP, detail, url)
            return
        before = self.memory(visit.portal).requests
        yield from self.ask(target, replace(visit, hops=visit.hops + 1))
        if self.memory(visit.portal).requests == before and visit.role is Role.HOME:
            yield from self.tell(visit, ProblemKind.REDIRECT_LOOP, f"a shell that leads back to {target}", url)

    def _without(self, visit: Visit, kind: ProblemKind, detail: str, url: str) -> Iterator[Output]:
        """A page that is not there; page two of a list is looked for under the other number once."""
        if visit.pager is not None and not visit.renumbered:
            pager: Pager = visit.pager.shifted()
            yield from self.ask(pager.url(2), replace(visit, pager=pager, renumbered=True))
            return
        if visit.role is Role.HOME and kind is ProblemKind.BLOCKED:
            self.memory(visit.portal).leave(f"blocked: {detail}", blocked=True)
        yield from self.tell(visit, kind, detail, visit.portal.homepage if visit.role is Role.HOME else url)
