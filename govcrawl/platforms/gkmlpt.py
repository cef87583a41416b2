"""gkmlpt, Guangdong's platform of government information: a tree of categories in the page, their rows as JSON.

Every entry page holds `window._CONFIG` with the site's `SID` and the `TREE` of all categories, so the category that an
address names behind `#` is found in the tree by its name. Rows come from `{prefix}/gkmlpt/api/all/<category>`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import (
    MOST_PAGES,
    count,
    day,
    flat,
    json_at,
    mapping,
    objects,
    parameter,
    read_json,
    with_parameters,
    words,
)
from govcrawl.platforms.page import Page
from govcrawl.platforms.rows import rows
from govcrawl.platforms.scripts import literal_at

_CONFIG = re.compile(r"\b_CONFIG\s*=\s*\{")
_TREE = re.compile(r"""\bTREE["']?\s*:\s*(?=\[)""")
_SID = re.compile(r"""\bSID["']?\s*:\s*["']?(\w{1,20})""")
_API, _CONTENT = "/gkmlpt/api/all/", "/gkmlpt/content/"
_DAYS = ("display_publish_time", "first_publish_time", "create_time", "date", "created_at")
_FULL = 100


class Gkmlpt(BasePlatform):
    """The gkmlpt platform."""

    name = "gkmlpt"

    def recognise(self, page: Page) -> float:
        if _API in page.url or _CONTENT in page.url:
            return 0.97
        if b"_CONFIG" not in page.body or (b"gkmlpt" not in page.body and "/gkmlpt/" not in page.url):
            return 0.0
        return 0.97 if _CONFIG.search(page.text) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        if _API not in page.url:
            return rows(page)
        found: dict[str, Link] = {}
        for item in _articles(page):
            url, title = _address(page, item), words(item.get("title"))
            if url and title:
                found.setdefault(url, Link(url, title, next(filter(None, (day(item.get(key)) for key in _DAYS)), None)))
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        """The next page alone: the count of a category often includes what the platform does not list."""
        listed, total = len(_articles(page)), self.expected_total(page)
        here = max(1, count(parameter(page.url, "page"), MOST_PAGES) or 1)
        if not listed or here >= MOST_PAGES:
            return []
        if total is not None and (here * listed >= total or (here - 1) * _FULL + listed == total):
            return []
        return [ListRequest(with_parameters(page.url, {"page": str(here + 1)}))]

    def expected_total(self, page: Page) -> int | None:
        return count(_classify(page).get("post_count"))

    def columns(self, page: Page) -> list[Link]:
        """Every category of the tree: its rows, or where it jumps to."""
        if _API in page.url or b"TREE" not in page.body:
            return []
        site = _SID.search(page.text)
        query = f"?page=1&sid={site[1]}" if site else "?page=1"
        found = []
        for node in flat(_tree(page.text)):
            name, number = words(node.get("name")), words(node.get("id"))
            jump = resolve(page.url, words(node.get("jump_url")))
            if name and words(node.get("jump_url")) and is_address(jump):
                found.append(Link(jump, name))
            elif name and number.isascii() and number.isdecimal():
                found.append(Link(f"{_prefix(page.url)}{_API}{number}{query}", name))
        return found

    def unverified(self, page: Page) -> str | None:
        if _API in page.url:
            if not isinstance(read_json(page.text), dict):
                return "the list's answer is no JSON"
            bare = sum(1 for item in _articles(page) if not _address(page, item))
            return f"{bare} rows of the list have no address" if bare else None
        if _CONTENT in page.url or not _CONFIG.search(page.text) or objects(_tree(page.text)):
            return None
        return "window._CONFIG holds no tree of categories that can be read"


def _tree(text: str) -> object:
    found = _TREE.search(text)
    return (json_at(text, found.end()) or literal_at(text, found.end())) if found else None


def _classify(page: Page) -> Mapping[str, object]:
    return mapping(mapping(read_json(page.text)).get("classify")) if _API in page.url else {}


def _articles(page: Page) -> list[Mapping[str, object]]:
    return objects(mapping(read_json(page.text)).get("articles")) if _API in page.url else []


def _address(page: Page, item: Mapping[str, object]) -> str:
    url = resolve(page.url, words(item.get("url")) or words(item.get("post_url")))
    return url if url != page.url and is_address(url) else ""


def _prefix(url: str) -> str:
    head, found, _ = url.partition("/gkmlpt/")
    return head if found else urljoin(url, "/").rstrip("/")
