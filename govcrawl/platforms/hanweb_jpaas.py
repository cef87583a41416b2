"""Hanweb's jpaas gateway: the column's script names a unit of the page, and the gateway builds the unit's pages.

The page wanted counts only inside `paramJson`; given beside it, it is ignored and page one is answered.
"""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urlencode, urlsplit

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.hanweb import MOST_FURTHER, Hanweb, number, query_of, script_headers
from govcrawl.platforms.page import Page
from govcrawl.platforms.rows import rows, stated_total

PER_PAGE = 100
"""Rows asked for at once; what the gateway gives instead is what the further pages are counted by."""
_GATEWAY = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_ARTICLE = re.compile(r"/art/\d{4}/art_[0-9a-f]{32}\.html")
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([\w-]+))")
_COUNT = re.compile(r"\bcount\s*=\s*[\"']?(\d{1,20})", re.IGNORECASE)
_ROWS = re.compile(r"\brows\s*=\s*[\"']?(\d{1,20})", re.IGNORECASE)
_NEEDED = frozenset({"webId", "pageId"})
_MOST_UNITS = 12
_NO_UNIT = "the page loads its list through the jpaas gateway, but the unit to ask for could not be read from it"


class HanwebJpaas(Hanweb):
    """Columns with `unitbuild.js`."""

    name = "hanweb_jpaas"

    def recognise(self, page: Page) -> float:
        if b"unitbuild.js" in page.body or b"api-gateway/jpaas-publish-server" in page.body:
            return 0.95
        return 0.75 if "/art_" in page.url and _ARTICLE.search(page.url) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        return rows(_built(page) if is_answer(page) else page)

    def next_pages(self, page: Page) -> list[ListRequest]:
        if is_answer(page):
            return self._further(page)
        if _is_whole(page, len(self.list_links(page))):
            return []
        return [_ask(page, url, 1, PER_PAGE) for url in units(page)]

    def _further(self, page: Page) -> list[ListRequest]:
        asked = _parameters(page)
        count, size = number(str(asked.get("pageNo", ""))), number(str(asked.get("pageSize", "")))
        here, total = len(self.list_links(page)), self.expected_total(page)
        if not count or not size or not here:
            return []
        if count == 1 and (total or 0) > here:
            size = here
        last = -(-total // size) if total is not None else count + (here >= size)
        last = min(last if count == 1 else min(count + 1, last), MOST_FURTHER)
        return [_ask(page, page.url, each, size) for each in range(count + 1, last + 1)]

    def expected_total(self, page: Page) -> int | None:
        if is_answer(page):
            found = _COUNT.search(_built(page).text)
            return number(found[1]) if found else stated_total(_built(page))
        return stated_total(page)

    def unverified(self, page: Page) -> str | None:
        if is_answer(page) or b"unitbuild.js" not in page.body or units(page) or self.list_links(page):
            return None
        return _NO_UNIT


def is_answer(page: Page) -> bool:
    """Whether the gateway built the page, and no column of it."""
    return "/page/build/unit" in page.url and "paramJson=" in page.url


def _built(page: Page) -> Page:
    """The markup inside the gateway's answer; empty where the answer is not what it should be."""
    try:
        answer = json.loads(page.text)
    except (ValueError, RecursionError):
        answer = None
    data = answer.get("data") if isinstance(answer, dict) else None
    markup = data.get("html") if isinstance(data, dict) else None
    return Page(page.url, markup.encode("utf-8", "replace") if isinstance(markup, str) else b"")


def _is_whole(page: Page, here: int) -> bool:
    """Whether the column prints the whole list already."""
    found = _COUNT.search(page.text) if _ROWS.search(page.text) else None
    total = number(found[1]) if found else None
    return total is not None and 0 < total <= here


def units(page: Page) -> list[str]:
    """The addresses, without a page, of the units that may be lists; a page's frame is none."""
    frames = pattern("hanweb", "jpaas", "frames")
    found: dict[str, None] = {}
    for script in page.root.iter("script"):
        query = script.get("querydata")
        if not query or "unitbuild" not in (script.get("src") or "").lower():
            continue
        pairs = {name: single or double or bare for name, single, double, bare in _PAIR.findall(unescape(query))}
        address = resolve(page.url, script.get("url") or _GATEWAY)
        if not pairs.keys() >= _NEEDED or frames.search(pairs.get("tagId", "")) or not is_address(address):
            continue
        joint = "&" if urlsplit(address).query else "?"
        found.setdefault(f"{address}{joint}{urlencode(pairs)}")
    return list(found)[:_MOST_UNITS]


def _ask(page: Page, url: str, count: int, size: int) -> ListRequest:
    base = re.sub(r"[?&]paramJson=[^&]*", "", url)
    asked = json.dumps({"pageNo": count, "pageSize": size}, separators=(",", ":"))
    joint = "&" if "?" in base else "?"
    return ListRequest(f"{base}{joint}{urlencode({'paramJson': asked})}", headers=script_headers(page))


def _parameters(page: Page) -> dict[str, object]:
    try:
        found = json.loads(query_of(page.url).get("paramJson", ""))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
