"""The columns of a portal from one run to the next: begun with, found right, broken, looked for anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from scrapy import Request

from govcrawl.crawl.columns import Listing
from govcrawl.crawl.memory import PortalMemory, Visit
from govcrawl.discovery import IN_COLUMN, LinkKind
from govcrawl.discovery.hosts import same_page_key
from govcrawl.model import Link, Portal, Problem, ProblemKind, Role
from govcrawl.platforms import Page
from govcrawl.store import ColumnState, RememberedColumn
from spiders.asking import Asking

_GONE = frozenset({ProblemKind.NOT_FOUND, ProblemKind.NO_REPORTS, ProblemKind.REDIRECT_LOOP, ProblemKind.FOREIGN_HOST})
"""What says that a column is elsewhere by now; a portal in trouble says nothing about its columns."""


class Columns(Asking):
    """What a province's spider knows of columns."""

    def first_requests(self, portal: Portal) -> Iterator[Request | Problem]:
        """The requests a portal's walk begins with: its columns, and its home page where these are not known lately."""
        memory = self.memory(portal)
        store = self.writers.store
        remembered = {column.url: column for column in store.columns_of(portal.id)}
        moved = {url for url, column in remembered.items() if column.state is ColumnState.MOVED}
        entries = [column for column in remembered.values() if column.entry and column.url not in moved]
        known = {column.url for column in entries} | moved
        for column in entries:
            memory.columns += 1
            yield from self.ask(column.url, self._begin(portal, column.url, column.title, column.platform))
        for url in portal.columns:
            if url not in known:
                memory.columns += 1
                yield from self.ask(url, self._begin(portal, url, "", None))
        if not memory.columns or self._is_search_due(portal):
            yield from self.home(memory)

    def _begin(self, portal: Portal, url: str, title: str, platform: str | None) -> Visit:
        link = Link(url, title)
        return Visit(portal, Role.COLUMN, LinkKind.COLUMN, link, platform=platform, entry=True, remembered=True)

    def _is_search_due(self, portal: Portal) -> bool:
        """Whether columns should be looked for from the home page again; portals take turns over the nights."""
        last = self.writers.store.discovered_at(portal.id)
        turn = hashlib.sha256(portal.id.encode()).digest()[0] / 255
        return last is None or self.now() - last >= self.run.rediscover * (0.5 + turn / 2)

    def note_column(self, page: Page, listing: Listing, visit: Visit, platform: str | None) -> None:
        """Remember a column page that lists reports, or columns."""
        if visit.further or listing.inside not in IN_COLUMN:
            return
        below = sum(step.kind in IN_COLUMN for step in listing.steps)
        if not listing.reports and not below:
            return
        title = (visit.link.text if visit.link else "") or page.metadata("ColumnName") or page.title
        rows = len(listing.reports) + below
        column = RememberedColumn(page.url, title, visit.portal.id, visit.parent_url, platform, visit.entry, rows)
        store = self.writers.store
        if store.save_column(column, self.now()):
            self.memory(visit.portal).found.append((page.url, title))
        asked = visit.link.url if visit.remembered and visit.link else page.url
        if same_page_key(asked) != same_page_key(page.url):
            store.mark_column(visit.portal.id, asked, ColumnState.MOVED, self.now(), page.url)
            store.clear_problem(asked, self.now())

    def is_broken(self, visit: Visit, kind: ProblemKind, detail: str) -> bool:
        if not visit.remembered or visit.further or kind not in _GONE or visit.link is None:
            return False
        self.memory(visit.portal).broken.setdefault(visit.link.url, (kind, detail))
        return True

    def settle(self, memory: PortalMemory) -> Iterator[Problem]:
        yield from self.settle_columns(memory)
        yield from self.settle_lists(memory)

    def settle_columns(self, memory: PortalMemory) -> Iterator[Problem]:
        """At the end of a portal: where its broken columns have gone, or that they are gone."""
        store, portal = self.writers.store, memory.portal
        if memory.home is not None and not memory.left_alone:
            store.note_discovery(portal.id, self.now())
        for url, (kind, detail) in memory.broken.items():
            if memory.found:
                title = next((column.title for column in store.columns_of(portal.id) if column.url == url), "")
                moved_to = next((new for new, name in memory.found if name == title), memory.found[0][0])
                store.mark_column(portal.id, url, ColumnState.MOVED, self.now(), moved_to)
                store.clear_problem(url, self.now())
                self.crawler.stats.inc_value("govcrawl/columns/moved")
            else:
                store.mark_column(portal.id, url, ColumnState.BROKEN, self.now())
                self.crawler.stats.inc_value("govcrawl/columns/broken")
                yield from self.tell(Visit(portal, Role.COLUMN), kind, detail, url)

    def settle_lists(self, memory: PortalMemory) -> Iterator[Problem]:
        """At the end of a portal: the lists that say they have more rows than were seen."""
        for url, tally in memory.lists.items():
            if tally.missing and not memory.skipped:
                detail = f"the list says that it has {tally.expected:,} rows; {len(tally.rows):,} were seen"
                yield from self.tell(Visit(memory.portal, Role.COLUMN), ProblemKind.INCOMPLETE_LIST, detail, url)
