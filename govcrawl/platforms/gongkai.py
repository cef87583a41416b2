"""Shandong's disclosure platform: articles are plain pages, a channel lists nothing before its scripts ran.

No interface of its lists is known, so a channel has to be opened in a browser.
"""

from __future__ import annotations

import re

from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.linked import shows_pager
from govcrawl.platforms.page import Page

_CHANNEL = re.compile(r"/(?:gongkai/(?:site_\w+/)?|site_\w+/)channel_\w+(?:/(?:index\.html)?)?(?:$|[?#])")
_ARTICLE = re.compile(r"/channel_\w+/doc_[0-9a-f]{24}\.html")


class Gongkai(BasePlatform):
    """The platform of `/gongkai/` channels."""

    name = "gongkai"

    def recognise(self, page: Page) -> float:
        return 0.95 if _CHANNEL.search(page.url) or _ARTICLE.search(page.url) else 0.0

    def needs_browser(self, page: Page) -> str | None:
        if not _CHANNEL.search(page.url) or self.list_links(page):
            return None
        return "the channel lists its articles by a script alone, and no interface of it is known"

    def unverified(self, page: Page) -> str | None:
        if not _CHANNEL.search(page.url) or not self.list_links(page) or not shows_pager(page):
            return None
        return "the channel goes on after its first page, and how it is asked for more is not known"
