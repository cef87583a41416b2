"""Any site that prints its lists as plain links: the fallback for every platform without a module."""

from __future__ import annotations

from govcrawl.model import Link
from govcrawl.platforms.articles import is_article
from govcrawl.platforms.base import BasePlatform, ListRequest, Pager
from govcrawl.platforms.beside import files_beside, nameless, rows_of_file
from govcrawl.platforms.linked import linked_pages, places
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages, trs_pager
from govcrawl.platforms.rows import rows


class StaticList(BasePlatform):
    """Rows are links with a date beside them, or with an address that only articles have."""

    name = "static_list"

    def recognise(self, page: Page) -> float:
        return 0.1

    def list_links(self, page: Page) -> list[Link]:
        return rows(page) or rows_of_file(page)

    def pager(self, page: Page) -> Pager | None:
        """A script's numbering, where the list has no links to its further pages."""
        return None if is_article(page.url) or linked_pages(page) else trs_pager(page)

    def next_pages(self, page: Page) -> list[ListRequest]:
        linked = linked_pages(page)
        pager = None if linked or is_article(page.url) else trs_pager(page)
        pages = [ListRequest(url) for url in linked or (pager.following() if pager else [])]
        return pages or ([] if rows(page) else files_beside(page))

    def unverified(self, page: Page) -> str | None:
        if nameless(page):
            return "the list's rows are in a file that names their addresses and not their titles"
        pages = stated_pages(page) or 1
        if pages == 1 or self.is_last(page, pages) or self.next_pages(page) or not rows(page):
            return None
        return f"the list says it has {pages} pages, and nothing on it says how the second is asked for"

    @staticmethod
    def is_last(page: Page, pages: int) -> bool:
        """Whether the page can be the list's last, by the number it carries."""
        return page.request is not None or any(place.number >= pages - 1 for place in places(page.url))
