"""The platform of nineteen-figure ids: list pages `1.html`, `2.html` in one folder, articles beside them."""

from __future__ import annotations

import re

from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages

_ARTICLE = re.compile(r"/\d{19}\.html(?:$|[?#])")
_LINKED = 300
"""Links among which one to an article is looked for."""
_LIST = re.compile(r"/(?:(\d{1,4})\.html|index\.html)?$")
_FULL = 10
"""Rows that may fill a page, so that there may be a second one."""


class Snowflake(BasePlatform):
    """The platform of nineteen-figure ids."""

    name = "snowflake"

    def recognise(self, page: Page) -> float:
        if _ARTICLE.search(page.url):
            return 0.88
        return 0.7 if _links_to_an_article(page.body) else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        here = _LIST.search(page.url)
        linked = linked_pages(page)
        pages = min(stated_pages(page) or 1, MOST_PAGES)
        if linked or here is None:
            return [ListRequest(url) for url in linked]
        folder = page.url[: here.start()]
        return [ListRequest(f"{folder}/{number}.html") for number in range(int(here[1] or 1) + 1, pages + 1)]

    def unverified(self, page: Page) -> str | None:
        here = _LIST.search(page.url)
        listed = len(self.list_links(page)) if here and here[1] == "1" else 0
        if listed < _FULL or self.next_pages(page) or stated_pages(page) == 1 or self.expected_total(page) == listed:
            return None
        return f"the page lists {listed} rows and says nothing of further pages, of which the platform has no sure sign"


def _links_to_an_article(body: bytes) -> bool:
    place = body.find(b".html")
    for _ in range(_LINKED):
        if place < 0:
            return False
        if body[place - 19 : place].isdigit() and body[place - 20 : place - 19] in (b"/", b'"', b"'"):
            return True
        place = body.find(b".html", place + 5)
    return False
