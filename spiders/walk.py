"""How an answer is read: what kind of page it is, what is listed on it, and where to go on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from scrapy.http import Response

from govcrawl.crawl.columns import Listing, read_listing
from govcrawl.crawl.files import MOST_FILES, MOST_PICTURES, files_of, holds_all, pictures_of
from govcrawl.crawl.items import Fetched, Unchanged
from govcrawl.crawl.memory import Visit
from govcrawl.discovery import (
    HomeMark,
    LinkKind,
    classify_link,
    classify_page,
    copied_from,
    has_form,
    interstitial,
    is_home_again,
    is_missing,
    same_page_key,
)
from govcrawl.documents.charset import decode
from govcrawl.model import ProblemKind, Role
from govcrawl.platforms import PLATFORMS, Page, Pager, recognise_platform
from govcrawl.platforms.articles import holds_files
from govcrawl.platforms.page import MOST_LINKS
from govcrawl.platforms.trs import article_sheets
from govcrawl.workers import is_heavy
from spiders.answers import asked_url, capture, fetched, header, refusal_of
from spiders.asking import Output
from spiders.costs import cost_of_links
from spiders.lists import HOPS, Lists

_A_LIST = 2
"""Links to reports on a page that make it a list of them."""
_NOT_MODIFIED = 304


class Walk(Lists):
    """The reading half of a province's spider."""

    def answer(self, response: Response, visit: Visit) -> Iterator[Output]:
        """Tell what was answered, hand it on to be kept, and go on from it."""
        if response.status == _NOT_MODIFIED:
            yield from self._unchanged(response, visit)
            return
        refusal = refusal_of(response, visit)
        if refusal is not None:
            yield from self.without(visit, *refusal, asked_url(response) or response.url)
            return
        content_type = header(response, "Content-Type")
        to_utf8 = partial(_in_utf8, content_type)
        page = Page(response.url, response.body, to_utf8=to_utf8, request=visit.request)
        if visit.role is Role.ATTACHMENT:
            yield from self._file(page, response, visit)
            return
        costly = cost_of_links(page)
        if costly is not None:
            yield from self._unread(page, costly, response, visit)
            return
        if visit.role is Role.COLUMN and visit.platform and not page.is_whole:
            yield from self._read_answer(page, response, visit)
            return
        target = interstitial(page)
        if target is not None:
            yield from self._sent_on(target, visit, response.url)
            return
        if is_missing(page):
            detail = "the page says, under status 200, that it is missing"
            yield from self.without(visit, ProblemKind.NOT_FOUND, detail, asked_url(response) or response.url)
            return
        yield from self._read(page, response, visit)

    def _file(self, page: Page, response: Response, visit: Visit) -> Iterator[Output]:
        """A file, unless the portal answers with a page that says it has none."""
        if not is_heavy(page.body, self.run.heavy) and is_missing(page):
            detail = "in place of the file came a page that says it is missing"
            yield from self.tell(visit, ProblemKind.NOT_FOUND, detail, asked_url(response) or response.url)
            return
        yield fetched(capture(response, visit, visit.role), response, visit, expects_report=True)

    def _unread(self, page: Page, costly: str, response: Response, visit: Visit) -> Iterator[Output]:
        """A page whose links are not looked for; what may be a report is its reader's to refuse."""
        if visit.role is Role.PAGE or has_form(page.body):
            yield fetched(capture(response, visit, Role.PAGE), response, visit, expects_report=True)
        if visit.role is not Role.PAGE:
            yield from self.without(visit, ProblemKind.TOO_LARGE, f"links are not read: {costly}", response.url)

    def _with_browser(self, why: str, response: Response, visit: Visit) -> Iterator[Output]:
        """A page that is there only after its scripts ran: asked for with the browser, where the run has one."""
        yield fetched(capture(response, visit, Role.COLUMN), response, visit)
        if self.run.browser:
            self.memory(visit.portal).forget(response.url)
            yield from self.ask(response.url, replace(visit, rendered=True))
        else:
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, f"{why}; the browser lane is off", response.url)

    def _unchanged(self, response: Response, visit: Visit) -> Iterator[Output]:
        """A confirmation; of a page never seen, where a redirect leads elsewhere by now, it says nothing."""
        asked = asked_url(response)
        if self.writers.store.known(response.url) is None and visit.hops < HOPS:
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
        scripted = None if form or visit.rendered else self.platform_of(page, visit).needs_browser(page)
        if scripted is not None and visit.role is Role.COLUMN:
            yield from self._with_browser(scripted, response, visit)
            return
        listing = self.read_list(page, visit) if visit.role is Role.COLUMN or not form else None
        if listing is not None and page.has_more_links():
            detail = f"more than {MOST_LINKS:,} links on a page; the others were not read"
            yield from self.tell(visit, ProblemKind.TOO_LARGE, detail, page.url)
        shows_home = not (listing and listing.reports) and is_home_again(page, self.memory(visit.portal).home)
        if not form and (shows_home or _is_sent_home(response, visit)):
            where = asked_url(response) or page.url
            yield from self.without(visit, ProblemKind.NOT_FOUND, "the portal answered with its home page", where)
            return
        original = copied_from(page)
        if original is not None:
            detail = f"the page says that it belongs to {original}; it is a copy"
            yield from self.without(visit, ProblemKind.FOREIGN_HOST, detail, page.url)
            return
        if listing is not None and visit.role is Role.PAGE and self._is_no_list(page, listing, visit):
            listing = None
        is_report = listing is None or form
        role = Role.PAGE if is_report else Role.COLUMN
        item = fetched(capture(response, visit, role), response, visit, expects_report=is_report)
        if is_report and not form:
            item.seems = str(classify_page(page, home=self.memory(visit.portal).home))
        if is_report:
            yield from self._with_files(item, page, visit, form)
        else:
            yield item
        if listing is not None:
            yield from self.read_column(page, listing, visit, embeds_report=form)
        if is_report:
            yield from self._beside_report(page, visit, form)

    def _read_answer(self, page: Page, response: Response, visit: Visit) -> Iterator[Output]:
        """What a platform's own protocol gave: rows, in whichever notation."""
        yield fetched(capture(response, visit, Role.COLUMN), response, visit)
        yield from self.read_column(page, self.read_list(page, visit), visit, embeds_report=False)

    def _home(self, page: Page, visit: Visit) -> Iterator[Output]:
        self.memory(visit.portal).home = HomeMark.of(page)
        memory = self.memory(visit.portal)
        listing = read_listing(page, recognise_platform(page), None, self.years)
        yield from self.ask_reports(
            [link for link in listing.reports if memory.first_listed(link.url)], page.url, visit
        )
        yield from self.follow(page, listing, visit)
        self.count_bad(page)

    def _is_no_list(self, page: Page, listing: Listing, visit: Visit) -> bool:
        """Whether a page that was linked as a report is one: it lists no others, but those that are its files."""
        return len(listing.reports) < _A_LIST or holds_all(page, self.platform_of(page, visit), listing.reports)

    def _is_known(self, item: Fetched) -> bool:
        """Whether the page is as it was when it was read; its files were had then, and are not asked for again."""
        if self.full:
            return False
        known = self.writers.store.known(item.capture.url)
        body = item.capture.body
        return known is not None and known.read and known.body_sha256 == hashlib.sha256(body).hexdigest()

    def _with_files(self, item: Fetched, page: Page, visit: Visit, form: bool) -> Iterator[Output]:
        """A report's page with its files; of one without a form, the pictures too where no file is called a report."""
        links, most = [], MOST_FILES
        if not form or holds_files(page):
            platform = self.platform_of(page, visit)
            links = files_of(page, platform)
        if not form and not any(classify_link(link) is LinkKind.REPORT for link in links):
            pictures = pictures_of(page, platform, visit.link.text if visit.link else "")
            links, most = links + pictures, most + min(len(pictures), MOST_PICTURES)
        if links and self._is_known(item):
            links = []
        if len(links) > most:
            detail = f"the page holds {len(links)} files; {most} are asked for"
            yield from self.tell(visit, ProblemKind.BUDGET, detail, page.url)
        ours = []
        for link in links[:most]:
            if self.hosts.allows(link.url, visit.portal):
                day = visit.link.published_on if visit.link else None
                ours.append(link if link.published_on else replace(link, published_on=day))
            else:
                detail = f"a file of {page.url}; the host is neither the government's nor in the registry"
                yield from self.tell(visit, ProblemKind.FOREIGN_HOST, detail, link.url)
        yield from self.with_attachments(item, ours, visit)

    def _beside_report(self, page: Page, visit: Visit, form: bool) -> Iterator[Output]:
        """The siblings of a report, and what of it is not read: the further sheets of a long one."""
        sheets = article_sheets(page)
        if sheets:
            detail = f"the article goes on over {len(sheets)} further sheets, which were not read"
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, detail, page.url)
        if form and not any(platform.may_have_siblings(page) for platform in PLATFORMS):
            return
        platform = self.platform_of(page, visit)
        if form:
            memory = self.memory(visit.portal)
            new = [link for link in platform.siblings(page) if memory.first_listed(link.url)]
            yield from self.ask_reports(new, page.url, visit)
            return
        why = platform.unverified(page)
        if why is not None:
            yield from self.tell(visit, ProblemKind.UNSUPPORTED, why, page.url)

    def _sent_on(self, target: str, visit: Visit, url: str) -> Iterator[Output]:
        """Follow a shell, a few times."""
        if visit.hops >= HOPS:
            detail = f"more than {HOPS} shells, the last to {target}"
            yield from self.without(visit, ProblemKind.REDIRECT_LOOP, detail, url)
            return
        before = self.memory(visit.portal).requests
        yield from self.ask(target, replace(visit, hops=visit.hops + 1))
        if self.memory(visit.portal).requests == before and visit.role is Role.HOME:
            yield from self.tell(visit, ProblemKind.REDIRECT_LOOP, f"a shell that leads back to {target}", url)

    def without(self, visit: Visit, kind: ProblemKind, detail: str, url: str) -> Iterator[Output]:
        """A page that is not there; page two of a list is looked for under the other number once."""
        if visit.pager is not None and not visit.renumbered:
            pager: Pager = visit.pager.shifted()
            yield from self.ask(pager.url(2), replace(visit, pager=pager, renumbered=True))
            return
        if visit.role is Role.HOME and kind is ProblemKind.BLOCKED:
            self.memory(visit.portal).leave(f"blocked: {detail}", blocked=True)
        if self.is_broken(visit, kind, detail):
            return
        yield from self.tell(visit, kind, detail, visit.portal.homepage if visit.role is Role.HOME else url)


def _is_sent_home(response: Response, visit: Visit) -> bool:
    """Whether a page sends its readers to the home page: the latest reports, which that may show, are no column."""
    asked, home = asked_url(response), same_page_key(visit.portal.homepage)
    return asked is not None and same_page_key(asked) != home == same_page_key(response.url)


def _in_utf8(content_type: str | None, body: bytes) -> bytes:
    return decode(body, content_type).utf8
