"""The `/<site>/<column>/pc/list.html` platform: the rows, with their files, are an array in a script of the page.

How it is asked for more than the first page is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from lxml.html import HtmlElement
from parsel import Selector

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.articles import find_attachments
from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.embedded import day, json_at, mapping, objects, read_json, words
from govcrawl.platforms.page import Page, squeeze
from govcrawl.platforms.pagers import stated_pages
from govcrawl.platforms.rows import rows, stated_total

_LIST = re.compile(r"/pc/list\.html(?:$|[?#])")
_ARTICLE = re.compile(r"/pc/content/content_\d+\.html")
_ARRAY = re.compile(r"\barticleList\b[\"']?\s*[=:]\s*(?=\[)")
_SOME = re.compile(r"[{,\[]\s*(?=\{)")
_MOST = 5000


class PcList(BasePlatform):
    """The platform of `pc/list.html`."""

    name = "pc_list"

    def recognise(self, page: Page) -> float:
        if b"articleList" in page.body and _ARRAY.search(page.text):
            return 0.9
        return 0.88 if _LIST.search(page.url) or _ARTICLE.search(page.url) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        found: dict[str, Link] = {}
        for each in articles(page)[0]:
            link = _row(page, each)
            if link is not None:
                found.setdefault(link.url, link)
        return list(found.values()) or rows(page)

    def expected_total(self, page: Page) -> int | None:
        return stated_total(page)

    def attachments(self, page: Page) -> list[Link]:
        """The files of an article; of a list, the files of all its articles."""
        if _LIST.search(page.url):
            return [link for each in articles(page)[0] for link in _files(page, each)]
        blocks = [
            self.body(page),
            *(Selector(root=node, type="html") for node in page.root.iter("div") if _holds_files(node)),
        ]
        return list(
            {link.url: link for block in blocks if block is not None for link in find_attachments(page, block)}.values()
        )

    def unverified(self, page: Page) -> str | None:
        if not _LIST.search(page.url):
            return None
        listed, whole = articles(page)
        if not whole:
            return "the array of articles in the page's script is missing or broken"
        total = stated_total(page)
        if (total is not None and len(listed) < total) or (stated_pages(page) or 1) > 1 or _has_pager(page):
            return f"the list goes on after its first {len(listed)} rows, and how it is asked for more is not known"
        return None


def _holds_files(node: HtmlElement) -> bool:
    return "fj-a" in (node.get("class") or "").split()


def articles(page: Page) -> tuple[list[Mapping[str, object]], bool]:
    """The articles in the page's script, and whether the array is whole; of a broken one, those that can be read."""
    opening = _ARRAY.search(page.text) if b"articleList" in page.body else None
    if opening is None:
        return [], False
    value = json_at(page.text, opening.end())
    if isinstance(value, list):
        return objects(value)[:_MOST], True
    each = (json_at(page.text, start.end()) for start in islice(_SOME.finditer(page.text, opening.end()), _MOST))
    return [found for found in map(mapping, each) if "title" in found], False


def _row(page: Page, each: Mapping[str, object]) -> Link | None:
    urls = each.get("urls")
    address = words(mapping(read_json(urls) if isinstance(urls, str) else urls).get("pc"))
    title = words(each.get("title"))
    if address and title and is_address(address):
        return Link(resolve(page.url, address), title, day(each.get("pubDate")))
    files = _files(page, each)
    return Link(files[0].url, title or files[0].text, files[0].published_on) if files else None


def _files(page: Page, each: Mapping[str, object]) -> list[Link]:
    found = []
    for file in objects(each.get("articleFiles")):
        address = words(file.get("domainName")).rstrip("/") + words(file.get("filePath"))
        if words(file.get("filePath")) and is_address(address):
            found.append(Link(resolve(page.url, address), words(file.get("fileName")), day(each.get("pubDate"))))
    return found


def _has_pager(page: Page) -> bool:
    following = pattern("discovery", "pager", "next")
    texts = (squeeze("".join(node.itertext())) for node in page.root.iter("a", "button", "span") if len(node) <= 2)
    return any(text and len(text) <= 6 and following.search(text) for text in texts)
