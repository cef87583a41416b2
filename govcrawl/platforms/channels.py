"""The `/channels/<id>.html` platform, whose articles are `/contents/<channel>/<id>.html`.

How further pages are named is not known: they are followed where they are linked.
"""

from __future__ import annotations

import re

from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages

_PATH = re.compile(r"/channels/\d{2,9}(?:_\d+)?\.html(?:$|[?#])|/contents/\d{2,9}/\d{2,12}\.html(?:$|[?#])")
_ARTICLE = re.compile(rb"/contents/\d{2,9}/\d{2,12}\.html")


class Channels(BasePlatform):
    """The platform of channels and contents."""

    name = "channels"

    def recognise(self, page: Page) -> float:
        if _PATH.search(page.url):
            return 0.88
        return 0.65 if b"/contents/" in page.body and _ARTICLE.search(page.body) else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        return [ListRequest(url) for url in linked_pages(page)]

    def unverified(self, page: Page) -> str | None:
        pages = stated_pages(page) or 1
        if page.request is not None or pages == 1 or self.next_pages(page) or not self.list_links(page):
            return None
        return f"the channel says it has {pages} pages, and no link leads to the second"
