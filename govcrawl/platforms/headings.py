"""Links that say only 更多, named by the headings they stand at: a page that shows the first rows of several lists."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.page import Page, squeeze

_HEIGHT = 3
_LONGEST = 30


def headed_links(page: Page) -> list[Link]:
    """The links to the whole of a list, under the list's name; those at no heading are left out."""
    more = pattern("discovery", "column", "more")
    found = []
    for anchor, link in page.linked():
        if len(link.text) <= _LONGEST and more.search(link.text):
            name = _heading(anchor)
            if name:
                found.append(replace(link, text=name))
    return found


def _heading(anchor: HtmlElement) -> str:
    """The text just before the link, in the nearest element that has any; empty where that is more than a name."""
    within = anchor
    for _ in range(_HEIGHT):
        before: list[str] = []
        for sibling in within.itersiblings(preceding=True):
            before[:0] = [*sibling.itertext(), sibling.tail or ""]
        parent = within.getparent()
        if parent is None or parent.tag == "body":
            return ""
        name = squeeze("".join([parent.text or "", *before]))
        if name:
            return name if len(name) <= _LONGEST else ""
        within = parent
    return ""
