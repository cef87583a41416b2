"""UCAP with dynamic lists: the column's script asks `/common/search/<channel>` for its rows as JSON.

Other installs say `/search/<channel>` or `/searchList/<channel>`. The address is taken from the page's own script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import (
    MOST_PAGES,
    count,
    day,
    mapping,
    objects,
    parameter,
    read_json,
    with_parameters,
    words,
)
from govcrawl.platforms.page import Page
from govcrawl.platforms.rows import rows, stated_total
from govcrawl.platforms.ucap import channel_of, has_static_pager

_SEARCH = r"(?:https?:)?/[\w./:-]{0,80}search(?:List)?/"
_WHOLE = re.compile(rf"[\"'`]({_SEARCH}[0-9a-f]{{32}})(?:\?([^\"'`\s]{{0,400}}))?", re.IGNORECASE)
_JOINED = re.compile(rf"[\"']({_SEARCH})[\"']\s*\+\s*\w*channel", re.IGNORECASE)
_ANSWER = re.compile(r"/search(?:List)?/[0-9a-f]{32}(?:[?#]|$)", re.IGNORECASE)
_MARKS = (b"/search/", b"/searchList/")
_QUERY = {
    "_isAgg": "true",
    "_isJson": "true",
    "_pageSize": "100",
    "_template": "index",
    "_rangeTimeGte": "",
    "_channelName": "",
    "page": "1",
}
_OURS = frozenset({"_isAgg", "_isJson", "_pageSize", "page"})
_AT_ONCE = 50


class UcapJson(BasePlatform):
    """The UCAP platform, as far as its lists are asked for by script."""

    name = "ucap_json"

    def recognise(self, page: Page) -> float:
        if _ANSWER.search(page.url) and page.body.lstrip()[:1] == b"{":
            return 0.97
        if not any(mark in page.body for mark in _MARKS) or has_static_pager(page.body):
            return 0.0
        return 0.96 if channel_of(page.body) and _asked_by(page) is not None else 0.0

    def list_links(self, page: Page) -> list[Link]:
        if not _ANSWER.search(page.url):
            return rows(page)
        found: dict[str, Link] = {}
        for item in _results(page):
            url, title = _address(page, item), words(item.get("title"))
            if url and title:
                published = day(item.get("publishedTimeStr")) or day(item.get("publishedTime"))
                found.setdefault(url, Link(url, title, published))
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        """Of the column, the first page of rows; of the first, all others where they are few, else one by one."""
        if not _ANSWER.search(page.url):
            asked = None if self.unverified(page) else _asked_by(page)
            return [asked] if asked else []
        listed, total = len(_results(page)), self.expected_total(page)
        if total is not None and total < listed:
            total = None
        here = max(1, count(parameter(page.url, "page"), MOST_PAGES) or 1)
        size = _page_size(page) if here > 1 else listed
        if not listed or (total is not None and here * max(size, listed) >= total):
            return []
        last = -(-total // size) if total is not None and size else MOST_PAGES
        until = last if last <= _AT_ONCE else here + 1
        return [
            ListRequest(with_parameters(page.url, {"page": str(number)}))
            for number in range(here + 1, min(until, MOST_PAGES) + 1)
        ]

    def expected_total(self, page: Page) -> int | None:
        return count(_data(page).get("total")) if _ANSWER.search(page.url) else stated_total(page)

    def unverified(self, page: Page) -> str | None:
        if not _ANSWER.search(page.url):
            posted = b"datas[" in page.body and _asked_by(page) is not None
            return "the list is asked for with conditions (`datas[…]`) that the page's script makes" if posted else None
        answer = read_json(page.text)
        if not isinstance(answer, dict):
            return "the list's answer is no JSON"
        if not isinstance(_data(page).get("results"), list):
            said = words(answer.get("msg")) or words(answer.get("message")) or words(answer.get("code"))
            return f"the list's answer holds no results (a token that the page's script makes?): {said[:80]}"
        bare = sum(1 for item in _results(page) if not _address(page, item))
        return f"{bare} rows of the list have no address" if bare else None


def _asked_by(page: Page) -> ListRequest | None:
    """The request for the first rows, as the page's script makes it."""
    if not any(mark in page.body for mark in _MARKS):
        return None
    whole = _WHOLE.search(page.text)
    joined = _JOINED.search(page.text) if whole is None else None
    address = whole[1] if whole else f"{joined[1]}{channel_of(page.body)}" if joined else ""
    url = resolve(page.url, address)
    if not address or not is_address(url):
        return None
    printed = dict(parse_qsl((whole and whole[2]) or "", keep_blank_values=True)[:50])
    copied = {name: value for name, value in printed.items() if name in _QUERY and name not in _OURS}
    return ListRequest(with_parameters(url, _QUERY | copied))


def _page_size(page: Page) -> int:
    return count(_data(page).get("rows")) or count(parameter(page.url, "_pageSize")) or len(_results(page))


def _data(page: Page) -> Mapping[str, object]:
    return mapping(mapping(read_json(page.text)).get("data"))


def _results(page: Page) -> list[Mapping[str, object]]:
    return objects(_data(page).get("results"))


def _address(page: Page, item: Mapping[str, object]) -> str:
    url = resolve(page.url, words(item.get("url")))
    return url if url != page.url and is_address(url) else ""
