"""UCAP with static lists: `createPageHTML('page_div', pages, current, 'list', 'shtml', rows)`, all counted from one.

Page n of a list is `list_n.shtml`. TRS calls a function of the same name, but with a number first.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urljoin

from lxml.html import HtmlElement

from govcrawl.lookups import load_lookup
from govcrawl.model import Link
from govcrawl.platforms.articles import find_attachments, is_article, is_attachment
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, MOST_ROWS
from govcrawl.platforms.page import Page, row_of
from govcrawl.platforms.rows import rows

_CALL = re.compile(
    r"createPageHTML\s*\(\s*[\"'][^\"'(),]*[\"']\s*,\s*[\"']?(\d{1,20})[\"']?\s*,\s*[\"']?(\d{1,20})[\"']?\s*,"
    r"\s*[\"']([^\"'(),]{1,80})[\"']\s*,\s*[\"'](s?html?)[\"']\s*(?:,\s*[\"']?(\d{1,20}))?"
)
_STATIC = re.compile(rb"createPageHTML\s*\(\s*[\"']")
_CHANNEL = re.compile(rb"name\s*=\s*[\"']channelid[\"']\s*content\s*=\s*[\"']([0-9a-f]{32})[\"']", re.IGNORECASE)
_ELEMENTS = (b"UCAPCONTENT", b"UCAP-CONTENT", b"ucapcontent", b"ucap-content", b"UCAPTITLE", b"ucaptitle")
_OWN = re.compile(r"/(?:[0-9a-f]{32}|c\d\d_\d+|c\d+/content)\.shtml(?:[?#]|$)")
_DOUBLE = re.compile(r"[?&]ddtab=[^&#]*")
_FILES = re.compile(r"/files/[^/]+$")
_WHOLE_COLUMN = re.compile(r"_cont\.s?html?(?:$|[?#])")


class Ucap(BasePlatform):
    """The UCAP platform, as far as its lists are static."""

    name = "ucap"

    def recognise(self, page: Page) -> float:
        body = page.body
        if has_static_pager(body):
            return 0.95
        if channel_of(body):
            return 0.9
        if any(element in body for element in _ELEMENTS):
            return 0.85
        return 0.7 if _OWN.search(page.url) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        """The rows; of an article with its file beside it in one row, the article alone."""
        with_article: set[HtmlElement] = set()
        in_rows: dict[str, set[HtmlElement | None]] = {}
        for anchor, link in page.linked():
            row = row_of(anchor)
            in_rows.setdefault(link.url, set()).add(row)
            if row is not None and is_article(link.url) and not is_attachment(link.url):
                with_article.add(row)
        found: dict[str, Link] = {}
        for link in rows(page):
            beside = is_attachment(link.url) and in_rows[link.url] <= with_article
            address = _DOUBLE.sub("", link.url)
            if not beside and (address not in found or found[address].url != address):
                found[address] = link
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        call = _CALL.search(page.text) if has_static_pager(page.body) else None
        if call is None:
            return []
        current, last = max(1, int(call[2])), min(int(call[1]), MOST_PAGES)
        prefix, extension = call[3], call[4]
        return [
            ListRequest(urljoin(page.url, f"{prefix}_{number}.{extension}")) for number in range(current + 1, last + 1)
        ]

    def expected_total(self, page: Page) -> int | None:
        """The number of rows that the pager names, unless the page at hand shows that it is stale."""
        call = _CALL.search(page.text) if has_static_pager(page.body) else None
        if call is None or not call[5]:
            return super().expected_total(page) if call is None else None
        total, pages = int(call[5]), int(call[1])
        return total if pages <= total <= MOST_ROWS and total >= len(self.list_links(page)) else None

    def attachments(self, page: Page) -> list[Link]:
        """The files in the article's body, and those in the `files/` folder that the platform keeps beside it."""
        found = {link.url: link for link in super().attachments(page)}
        for link in find_attachments(page, None):
            if _FILES.search(link.url):
                found.setdefault(link.url, link)
        return list(found.values())

    def unverified(self, page: Page) -> str | None:
        if _WHOLE_COLUMN.search(page.url) and any(page.text.count(mark) > 1 for mark in _marks()):
            return "the page holds the reports of several years one after another, which are not taken apart"
        return None


def has_static_pager(body: bytes) -> bool:
    """Whether a page calls the static pager (and not TRS's function of that name)."""
    return b"createPageHTML" in body and _STATIC.search(body) is not None


def channel_of(body: bytes) -> str:
    """The id of the column that a page is, from its metadata; empty where it names none."""
    found = _CHANNEL.search(body) if b"hannel" in body else None
    return found[1].decode() if found else ""


@cache
def _marks() -> tuple[str, ...]:
    return tuple(load_lookup("discovery")["report"]["marks"])
