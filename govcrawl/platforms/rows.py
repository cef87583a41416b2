"""The rows of a list as most sites print them: links with a date beside them, or to what can only be an article."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.articles import is_article, is_attachment
from govcrawl.platforms.page import Page, row_of


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
