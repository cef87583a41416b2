"""Shanghai's platform: `/nw<digits>/`, further pages `index_2.html` and on, their number in the call of the pager."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, count
from govcrawl.platforms.page import Page

_PATH = re.compile(r"/nw\d{2,}/(?:index(?:_\d+)?\.html|\d{8}/[0-9a-f]{32}\.html)?(?:$|[?#])")
_MARKS = (b"ivs_content", b"ivs_title")
_PAGER = re.compile(r"\.pagination\(\s*\{[^{}]{0,400}?\btotalPage\s*:\s*[\"']?(\d+)")
_FILE = re.compile(r"/(?:index(?:_(\d{1,4}))?\.html)?(?:[?#]|$)")


class Shanghai(BasePlatform):
    """The platform of Shanghai's portals."""

    name = "shanghai"

    def recognise(self, page: Page) -> float:
        if any(mark in page.body for mark in _MARKS):
            return 0.9
        return 0.89 if _PATH.search(page.url) else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        here, pages = _FILE.search(page.url, page.url.find("//") + 2), _stated(page)
        if here is None or pages is None:
            return []
        current = int(here[1] or 1)
        return [ListRequest(urljoin(page.url, f"index_{number}.html")) for number in range(current + 1, pages + 1)]

    def unverified(self, page: Page) -> str | None:
        told = _PAGER.search(page.text) if b"totalPage" in page.body else None
        if told is None or _stated(page) is not None:
            return None
        return f"the list says it has {told[1][:30]} pages, which is not believed"


def _stated(page: Page) -> int | None:
    told = _PAGER.search(page.text) if b"totalPage" in page.body else None
    return count(told[1], MOST_PAGES) if told else None
