"""NFCMS, the ordinary columns of Guangdong's portals: static folders of `content/post_<id>.html`.

Page n of a column is `index_n.html`, counted from one. Every article has a twin for telephones, `mpost_<id>.html`.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from govcrawl.model import Link
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages
from govcrawl.platforms.rows import rows

_GLOBAL = re.compile(rb"\bNFCMS_(?:SITE|POST|CAT|PAGE)_ID\b")
_ARTICLE = re.compile(rb"content/m?post_\d+\.html")
_OWN = re.compile(r"/content/m?post_\d+\.html(?:[?#]|$)")
_PAGE = re.compile(r"/(?:index(?:_(\d{1,4}))?\.html)?$")
_TWIN = "/mpost_"


class Nfcms(BasePlatform):
    """The NFCMS platform."""

    name = "nfcms"

    def recognise(self, page: Page) -> float:
        if b"NFCMS_" in page.body and _GLOBAL.search(page.body):
            return 0.9
        if _OWN.search(page.url):
            return 0.8
        return 0.65 if b"post_" in page.body and _ARTICLE.search(page.body) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        found: dict[str, Link] = {}
        for link in rows(page):
            address = link.url.replace(_TWIN, "/post_")
            if address not in found or found[address].url != address:
                found[address] = link
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        linked = linked_pages(page)
        return [ListRequest(url) for url in linked or _numbered(page)]


def _numbered(page: Page) -> list[str]:
    place, pages = _PAGE.search(page.url.split("?")[0]), stated_pages(page)
    if place is None or not pages:
        return []
    return [urljoin(page.url, f"index_{number}.html") for number in range(int(place[1] or 1) + 1, pages + 1)]
