"""The `/n123/n456/index.html` platform: page one whole, the further ones as fragments numbered downwards.

Of sixteen pages the second is `index_<component>_15.html` and the last `index_<component>_1.html`. A block that is
not shown links to all of them.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from govcrawl.platforms.addresses import resolve
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, count
from govcrawl.platforms.page import Page

_PATH = re.compile(r"/n\d{4,}/(?:n\d{4,}/)+(?:c\d+/|index\b|$)")
_MARK = re.compile(rb"id\s*=\s*[\"']?pag_\d")
_COMPONENT = re.compile(r"pag_(\d{1,20})")
_PAGES = re.compile(r"\bmaxPageNum\s*=\s*[\"']?(\d+)")
_STEM = re.compile(r"\bpurl\s*=\s*[\"']([^\"'\s]+)[\"']")
_FRAGMENT = re.compile(r"index_(\d{1,20})_(\d{1,6})\.html")


class NList(BasePlatform):
    """The platform of `nN/nN` folders."""

    name = "n_list"

    def recognise(self, page: Page) -> float:
        if b"pag_" in page.body and _MARK.search(page.body):
            return 0.95
        return 0.75 if _PATH.search(page.url) else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        if _FRAGMENT.search(page.url):
            return []
        found: dict[str, int] = {}
        for component, cell in _pagers(page):
            for number, url in (*_linked(page, component), *_computed(page, component, cell)):
                found.setdefault(url, number)
        return [ListRequest(url) for url in sorted(found, key=lambda url: -found[url])[:MOST_PAGES]]

    def expected_total(self, page: Page) -> int | None:
        return None

    def unverified(self, page: Page) -> str | None:
        for component, cell in _pagers(page):
            told = _PAGES.search(_script(cell))
            if told and count(told[1], MOST_PAGES) is None:
                return f"the list says it has {told[1][:30]} pages, which is not believed"
            if (told is None or not _STEM.search(_script(cell))) and not _linked(page, component):
                return "the pager names neither the number of pages nor their addresses"
        return None


def _pagers(page: Page) -> list[tuple[str, HtmlElement]]:
    """The pagers of a page, each with the component it belongs to."""
    if b"pag_" not in page.body:
        return []
    cells = ((_COMPONENT.fullmatch(cell.get("id") or ""), cell) for cell in page.root.iter("td", "div", "p", "span"))
    return [(found[1], cell) for found, cell in cells if found]


def _script(cell: HtmlElement) -> str:
    return "".join("".join(script.itertext()) for script in cell.iter("script"))


def _linked(page: Page, component: str) -> list[tuple[int, str]]:
    found = ((_FRAGMENT.search(link.url), link.url) for link in page.links())
    return [(int(match[2]), url) for match, url in found if match and match[1] == component]


def _computed(page: Page, component: str, cell: HtmlElement) -> list[tuple[int, str]]:
    script = _script(cell)
    told, stem = _PAGES.search(script), _STEM.search(script)
    pages = count(told[1], MOST_PAGES) if told else None
    if not pages or not stem or not stem[1].endswith(f"_{component}"):
        return []
    return [(number, resolve(page.url, f"{stem[1]}_{number}.html")) for number in range(pages - 1, 0, -1)]
