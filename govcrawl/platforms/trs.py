"""TRS WCM: static folders of `t20210126_1234567.html`, with the pager built by an inline script.

Page one is `index.html`, and by the platform's own script page n is `index_{n-1}.html`; some columns count from
`index_2.html` all the same, so a crawl compares the candidate for page two with page one.
"""

from __future__ import annotations

import re

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.articles import is_attachment
from govcrawl.platforms.base import BasePlatform, ListRequest, Pager
from govcrawl.platforms.beside import files_beside, nameless, rows_of_file
from govcrawl.platforms.page import Page, read_date, squeeze
from govcrawl.platforms.pagers import trs_call, trs_pager
from govcrawl.platforms.rows import rows

_ARTICLE = re.compile(rb"/t(?:20\d{6}_\d+|\d{5,})(?:_\d+)?\.s?html?")
_EDITORS = (b"trs_editor", b"trs_ueditor", b"trs_preappend")
_SCRIPT, _OWN_SCRIPT = b"trs_web", re.compile(rb"\btrs_web")
_BLOCK_URL = re.compile(r"\burl\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_BLOCK_TITLE = re.compile(r"\btitle\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_DATED = re.compile(r"/t(20\d\d)(\d\d)(\d\d)_\d+")
_MULTI_PAGE = re.compile(r"(/t[\d_]+?)\.(s?html?)$", re.IGNORECASE)
_SHEET = re.compile(r"\bcountPage\s*=\s*[\"']?(\d{1,3})")
_NEAREST = 4000


class Trs(BasePlatform):
    """The TRS platform."""

    name = "trs"

    def recognise(self, page: Page) -> float:
        if b"reatePage" in page.body and trs_call(page.text):
            return 0.9
        body = page.lower  # an expression that ignores case looks at each byte of a page by itself
        if any(mark in body for mark in _EDITORS) or (_SCRIPT in body and _OWN_SCRIPT.search(body)):
            return 0.8
        return 0.6 if _ARTICLE.search(body) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        found = {link.url: link for link in rows(page)}
        for link in written_rows(page):
            found.setdefault(link.url, link)
        return list(found.values()) or rows_of_file(page)

    def pager(self, page: Page) -> Pager | None:
        return None if _MULTI_PAGE.search(page.url) else trs_pager(page)

    def next_pages(self, page: Page) -> list[ListRequest]:
        pager = self.pager(page)
        pages = [ListRequest(url) for url in article_sheets(page) or (pager.following() if pager else [])]
        return pages or ([] if self.list_links(page) else files_beside(page))

    def unverified(self, page: Page) -> str | None:
        if nameless(page):
            return "the list's rows are in a file that names their addresses and not their titles"
        return None


def written_rows(page: Page) -> list[Link]:
    """The rows of lists that a script writes: `var url="./202602/t2026….shtml"; title="…"` in one block each."""
    if b"document.write" not in page.body:
        return []
    found: list[Link] = []
    text = page.text
    for match in _BLOCK_URL.finditer(text):
        block = text[match.end() : match.end() + _NEAREST]
        following = _BLOCK_URL.search(block)
        block = block[: following.start()] if following else block
        title = _BLOCK_TITLE.search(block)
        url = resolve(page.url, match[1])
        if title and title[1] and is_address(url) and (_DATED.search(url) or is_attachment(url)):
            found.append(Link(url, squeeze(title[1]), read_date(block[title.end() :])))
    return found


def article_sheets(page: Page) -> list[str]:
    """The further sheets of an article cut over several pages (`t…_1.html`), for the first sheet alone."""
    place = _MULTI_PAGE.search(page.url)
    count = _SHEET.search(page.text) if place and b"countPage" in page.body else None
    if not place or not count or re.search(r"_\d{1,2}$", place[1].split("_", 1)[-1]) is not None:
        return []
    stem = page.url[: place.start()] + place[1]
    return [f"{stem}_{number}.{place[2]}" for number in range(1, int(count[1]))]
