"""Any site that prints its lists as plain links: the fallback for every platform without a module."""

from __future__ import annotations

from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import linked_pages


class StaticList(BasePlatform):
    """Rows are links with a date beside them, or with an address that only articles have."""

    name = "static_list"

    def recognise(self, page: Page) -> float:
        return 0.1

    def next_pages(self, page: Page) -> list[ListRequest]:
        return [ListRequest(url) for url in linked_pages(page)]
