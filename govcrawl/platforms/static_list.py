"""Any site that prints its lists as plain links: the fallback for every platform without a module."""

from __future__ import annotations

import re

from lxml.html import HtmlElement
from parsel import Selector

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.base import (
    Page,
    Pager,
    find_attachments,
    find_body,
    is_article,
    is_attachment,
    row_of,
)
from govcrawl.platforms.pagers import linked_pages


class StaticList:
    """Rows are links with a date beside them, or with an address that only articles have."""

    name = "static_list"

    def recognise(self, page: Page) -> float:
        return 0.1

    def list_links(self, page: Page) -> list[Link]:
        return rows(page)

    def pager(self, page: Page) -> Pager | None:
        return None

    def next_pages(self, page: Page) -> list[str]:
        return linked_pages(page)

    def expected_total(self, page: Page) -> int | None:
        return stated_total(page)

    def body(self, page: Page) -> Selector | None:
        return find_body(page)

    def attachments(self, page: Page) -> list[Link]:
        return find_attachments(page, self.body(page))


def rows(page: Page) -> list[Link]:
    """The list rows of a page, each address once. Links in a pop-up within a row belong to the row, not to the list."""
    found: dict[str, Link] = {}
    outer_rows: dict[HtmlElement, bool] = {}
    for anchor, link in page.linked():
        if link.text and (link.published_on or is_article(link.url) or is_attachment(link.url)):
            if in_popup(anchor, outer_rows):
                continue
            known = found.get(link.url)
            if known is None or len(known.text) < len(link.text):
                found[link.url] = link
    return list(found.values())


def in_popup(anchor: HtmlElement, outer_rows: dict[HtmlElement, bool]) -> bool:
    """Whether the anchor stands in a list inside another row that has its own link to an article.

    `outer_rows` holds the outer rows looked at before.
    """
    row = row_of(anchor)
    outer = row.getparent() if row is not None else None
    while outer is not None and outer.tag != "li":
        outer = outer.getparent()
    if outer is None:
        return False
    if outer not in outer_rows:
        outer_rows[outer] = any(is_article(child.get("href") or "") for child in outer.iterchildren("a"))
    return outer_rows[outer]


def stated_total(page: Page) -> int | None:
    """The number of rows the page says its list has."""
    expression: re.Pattern[str] = pattern("discovery", "pager", "totals")
    found = expression.search(page.text)
    return next((int(group) for group in found.groups() if group), None) if found else None
