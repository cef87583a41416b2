"""VSB SiteBuilder: static `.htm`, its further pages numbered downwards, or `list.jsp` with a parameter per component.

Page two of eleven is `<name>/10.htm` and the last is `<name>/1.htm`, so a number says nothing without the total: the
link to the next page is followed, none is computed.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from govcrawl.model import Link
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import count, parameters
from govcrawl.platforms.page import Page, read_date, squeeze
from govcrawl.platforms.rows import rows, stated_total

_MARKS = (b"vsb_content", b"p_no_d", b"p_next_d", b"p_next p_", b"pb_sys_common")
_LINKS = (b"urltype=tree.TreeTempUrl", b"/system/_content/download.jsp")
"""Addresses of the platform, which another site's page may link to."""
_ROW = re.compile(r"line_?u?\d+_\d+")
_COMPONENT = re.compile(r"a\d+p")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TRAILING_DATE = re.compile(r"\s*[\[(（]?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\])）]?$")


class Vsb(BasePlatform):
    """The VSB platform."""

    name = "vsb"

    def recognise(self, page: Page) -> float:
        if "urltype=tree." in page.url or any(mark in page.body for mark in _MARKS):
            return 0.9
        return 0.5 if any(link in page.body for link in _LINKS) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        listed = {link.url for link in rows(page)}
        found: dict[str, Link] = {}
        for anchor, link in page.linked():
            own = _own_row(anchor)
            if link.url and (own or link.url in listed):
                link = _titled(anchor, link) if own else link
                if link.url not in found or len(found[link.url].text) < len(link.text):
                    found[link.url] = link
        return [link for link in found.values() if link.text]

    def next_pages(self, page: Page) -> list[ListRequest]:
        found = {link.url: ListRequest(link.url) for anchor, link in page.linked() if _leads_on(anchor)}
        return [request for url, request in found.items() if url != page.url and _turns_one_page(url)]

    def expected_total(self, page: Page) -> int | None:
        return stated_total(page)

    def unverified(self, page: Page) -> str | None:
        scripted = [
            a for a in page.root.iter("a") if _leads_on(a) and (a.get("href") or "javascript:")[:11] == "javascript:"
        ]
        if not scripted or self.next_pages(page):
            return None
        return "the next page of the list is asked for by a script of the page alone"


def _own_row(anchor: HtmlElement) -> bool:
    """Whether the anchor stands in a row of a VSB list."""
    node: HtmlElement | None = anchor
    for _ in range(5):
        node = node.getparent() if node is not None else None
        if node is None:
            return False
        if _ROW.fullmatch(node.get("id") or ""):
            return True
    return False


def _titled(anchor: HtmlElement, link: Link) -> Link:
    """The row with its title alone: the date often stands inside the link."""
    heading = next((node for node in anchor.iter(*_HEADINGS)), None)
    text = squeeze("".join(heading.itertext())) if heading is not None else ""
    title = squeeze(anchor.get("title") or "")
    text = max(text, title, key=len) or _TRAILING_DATE.sub("", link.text) or link.text
    return Link(link.url, text, link.published_on or read_date(link.text))


def _leads_on(anchor: HtmlElement) -> bool:
    parent = anchor.getparent()
    return parent is not None and "p_next" in (parent.get("class") or "").split()


def _turns_one_page(url: str) -> bool:
    """Whether only one component of the page is past its first page; each with each would be no end of pages."""
    turned = {name for name, value in parameters(url) if _COMPONENT.fullmatch(name) and (count(value) or 0) > 1}
    return len(turned) <= 1
