"""Openness, a PHP platform of Anhui's and Hulunbuir's portals: lists printed by the server, in two generations.

The first names agencies by `branch_id` and pages by `?page=N`; the second has numbers in its paths and ends in
`page_N.html`. No source shows the markup of the second, so its rows are read as any list's.
"""

from __future__ import annotations

import re

from govcrawl.model import Link
from govcrawl.platforms.articles import is_attachment
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, count, parameter, with_parameters
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import Page
from govcrawl.platforms.pagers import stated_pages
from govcrawl.platforms.rows import in_popup, rows

_FIRST = r"/openness(?:Target|Content|Guide|AnnualReport)/\?(?:[^\"'\s]*&(?:amp;)?)?branch_id="
_SECOND = r"/(?:(?:Branch)?Openness(?:Content|AnnualReport)|Xxgk[A-Za-z]+)/show(?:List)?/\d+"
_DETAIL = r"/openness/detail/content/[0-9a-f]{24}\.html"
_OURS = re.compile(rf"(?:{_FIRST}|{_SECOND}|{_DETAIL})")
_LINKED = re.compile(rf"href\s*=\s*[\"'](?:/[\w-]+)?(?:{_FIRST}|{_SECOND}|{_DETAIL})".encode())
_HINTS = (b"openness", b"Openness", b"/Xxgk")
_ARTICLE = re.compile(rf"(?:/(?:Openness|Xxgk)[A-Za-z]+/show/\d+\.html|{_DETAIL})(?:[?#]|$)")
_NUMBERED = re.compile(r"/showList/(?:\w+/)+page_(\d{1,6})\.html$")


class Openness(BasePlatform):
    """The openness platform."""

    name = "openness"

    def recognise(self, page: Page) -> float:
        if _OURS.search(page.url):
            return 0.93
        body = page.body
        return 0.87 if any(hint in body for hint in _HINTS) and _LINKED.search(body) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        """The rows, and whatever else leads to an article by the platform's own addresses."""
        dated = {link.url: link for link in rows(page)}
        found: dict[str, Link] = {}
        for anchor, link in page.linked():
            known = dated.get(link.url)
            if known is not None:
                found.setdefault(link.url, known)
            elif link.text and _ARTICLE.search(link.url) and not in_popup(anchor, {}):
                found.setdefault(link.url, link)
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        """The pages linked; where none is, those the page counts, by the addresses of its generation."""
        linked = linked_pages(page)
        if linked:
            return [ListRequest(url) for url in linked[:MOST_PAGES]]
        pages = min(stated_pages(page) or 0, MOST_PAGES)
        numbered = _NUMBERED.search(page.url)
        if numbered:
            stem = page.url[: numbered.start(1)]
            return [ListRequest(f"{stem}{number}.html") for number in range(int(numbered[1]) + 1, pages + 1)]
        if not parameter(page.url, "branch_id"):
            return []
        here = max(1, count(parameter(page.url, "page"), MOST_PAGES) or 1)
        return [ListRequest(with_parameters(page.url, {"page": str(n)})) for n in range(here + 1, pages + 1)]

    def unverified(self, page: Page) -> str | None:
        if not _NUMBERED.search(page.url):
            return None
        if any(_ARTICLE.search(link.url) or is_attachment(link.url) for link in page.links()):
            return None
        return "no row was read, and no source shows how this platform's numbered lists are marked up"
