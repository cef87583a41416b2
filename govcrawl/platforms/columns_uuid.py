"""The `/columns/<uuid>/index.html` platform: the first page is there; how further ones are named is not known."""

from __future__ import annotations

import re

from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.linked import linked_pages, shows_pager
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages
from govcrawl.platforms.rows import stated_total

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_PATH = re.compile(rf"/columns/{_UUID}(?:/|$)")
_ARTICLE = re.compile(rb"/columns/[0-9a-f-]{36}/\d{6}/\d\d/[0-9a-f-]{36}\.html")


class ColumnsUuid(BasePlatform):
    """The platform of columns named by a UUID."""

    name = "columns_uuid"

    def recognise(self, page: Page) -> float:
        if _PATH.search(page.url):
            return 0.9
        return 0.7 if b"/columns/" in page.body and _ARTICLE.search(page.body) else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        return [ListRequest(url) for url in linked_pages(page)]

    def unverified(self, page: Page) -> str | None:
        listed = len(self.list_links(page))
        more = (stated_total(page) or 0) > listed or (stated_pages(page) or 1) > 1 or shows_pager(page)
        if not listed or not more or self.next_pages(page):
            return None
        return f"the list goes on after its first {listed} rows, and how its further pages are named is not known"
