"""Epoint WebBuilder: static category trees, list pages with a number in the query, and lists asked for as JSON.

A JSON list needs the site's GUID, which stands in the page or in the site's own script; where neither tells it, the
list is not asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urljoin, urlsplit

from lxml.html import HtmlElement

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
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import Page, row_date, squeeze
from govcrawl.platforms.pagers import stated_pages
from govcrawl.platforms.rows import rows, stated_total

_MARKS = (b"ebBuilder", b"linkToNew(", b"wb-page-item", b"/EWB-FRONT")
_CLASS = re.compile(rb"[\"' ]ewb-")
_DETAIL = "/openDetailDynamic.html?infoid="
_OPEN = re.compile(r"linkToNew\(\s*[\"']([0-9A-Za-z-]{8,64})[\"']")
_GUID = re.compile(r"""\bsiteGuid["']?\s*[:=]\s*["']([0-9A-Fa-f-]{36})["']""")
_PROJECT = re.compile(r"""\bprojectName["']?\s*[:=]\s*["'](/?[\w-]{1,40})["']""")
_SITE_SCRIPT = "webBuilderCommon.js"
_API = "/rest/lightfrontaction/getgovinfolist"
_WRAPPING = "_Mid"
"""How the project is called whose endpoint wants its parameters one level deeper."""
_SIZE = 20


class Epoint(BasePlatform):
    """The Epoint platform."""

    name = "epoint"

    def recognise(self, page: Page) -> float:
        if _API in page.url or any(mark in page.body for mark in _MARKS):
            return 0.87
        if b"ewb-" in page.body and _CLASS.search(page.body):
            return 0.87
        return 0.86 if "/govxxgk/" in page.url or _DETAIL in page.url else 0.0

    def list_links(self, page: Page) -> list[Link]:
        if _API in page.url:
            return _answered(page)
        found = {link.url: link for link in rows(page)}
        for link in _opened(page):
            found.setdefault(link.url, link)
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        if _API in page.url:
            return _following(page)
        if _SITE_SCRIPT in page.url:
            return _first(page, page.text)
        if self.list_links(page):
            return [ListRequest(url) for url in linked_pages(page)] or _by_number(page)
        if not _category(page.url):
            return []
        return _first(page, page.text) or _site_script(page)

    def expected_total(self, page: Page) -> int | None:
        return count(_custom(page).get("total")) if _API in page.url else stated_total(page)

    def unverified(self, page: Page) -> str | None:
        if _DETAIL in page.url and self.body(page) is None:
            return "the text of the page is served by an action whose answer is not known"
        if _API in page.url and not isinstance(_custom(page).get("data"), list):
            return "the answer to the list's request holds no rows where they are known to stand"
        if _SITE_SCRIPT in page.url:
            return (
                None
                if _GUID.search(page.text)
                else "the site's script does not tell the GUID that lists are asked for with"
            )
        lost = _category(page.url) and not self.list_links(page) and not self.next_pages(page)
        return "the list is asked for with a GUID of the site that the page does not tell" if lost else None


def _opened(page: Page) -> list[Link]:
    """The rows that a click opens: `onclick="linkToNew('<guid>','code')"`."""
    if b"linkToNew" not in page.body:
        return []
    links: list[Link] = []
    dates: dict[HtmlElement, date | None] = {}
    for anchor in page.root.iter("a"):
        opens = _OPEN.search(anchor.get("onclick") or anchor.get("href") or "")
        text = max(squeeze("".join(anchor.itertext())), squeeze(anchor.get("title") or ""), key=len)
        if opens and text:
            links.append(Link(urljoin(page.url, _DETAIL + opens[1]), text, row_date(anchor, dates)))
    return links


def _category(url: str) -> str:
    return parameter(url, "categorynum")


def _by_number(page: Page) -> list[ListRequest]:
    """The further pages of a list whose address carries `pageIndex`, where their number is told."""
    here, pages = count(parameter(page.url, "pageIndex")), stated_pages(page)
    if not here or not pages:
        return []
    return [
        ListRequest(with_parameters(page.url, {"pageIndex": str(n)}))
        for n in range(here + 1, min(pages, MOST_PAGES) + 1)
    ]


def _first(page: Page, script: str) -> list[ListRequest]:
    """The first request for a JSON list, where the script tells what it needs."""
    guid, project = _GUID.search(script), _PROJECT.search(script)
    if guid is None or project is None:
        return []
    asked = {"deptcode": parameter(page.url, "deptcode"), "categorynum": _category(page.url), "pageIndex": 0}
    return [_request(page, f"/{project[1].strip('/')}{_API}", asked | {"pageSize": _SIZE, "siteGuid": guid[1]})]


def _request(page: Page, path: str, asked: Mapping[str, object]) -> ListRequest:
    wrapped = urlsplit(path).path.split("/")[1].endswith(_WRAPPING)
    body = {"token": "", "params": asked} if wrapped else asked
    headers = (("Content-Type", "application/json;charset=UTF-8"), ("X-Requested-With", "XMLHttpRequest"))
    return ListRequest(urljoin(page.url, path), json=json.dumps(body), headers=headers)


def _site_script(page: Page) -> list[ListRequest]:
    """The site's script that tells the GUID; the query is the column's own, so that the answer knows its column."""
    for script in page.root.iter("script"):
        source = script.get("src") or ""
        if _SITE_SCRIPT in source and is_address(source):
            address = resolve(page.url, source).partition("?")[0]
            names = ("deptcode", "categorynum")
            return [
                ListRequest(f"{address}?" + "&".join(f"{name}={quote(parameter(page.url, name))}" for name in names))
            ]
    return []


def _custom(page: Page) -> Mapping[str, object]:
    """The answer's `custom`, an object or the JSON of one."""
    custom = mapping(read_json(page.text)).get("custom")
    return mapping(read_json(custom) if isinstance(custom, str) else custom)


def _answered(page: Page) -> list[Link]:
    found: dict[str, Link] = {}
    for item in objects(_custom(page).get("data")):
        title = words(item.get("realtitle")) or words(item.get("title"))
        address = words(item.get("infourl"))
        if title and address and is_address(address):
            url = resolve(page.url, address)
            found.setdefault(url, Link(url, title, day(item.get("infodate"))))
    return list(found.values())


def _following(page: Page) -> list[ListRequest]:
    """The request after the one answered; none after an empty answer or the last page.

    A server that gives fewer rows than it was asked for is asked for as many from then on.
    """
    sent = mapping(read_json(page.request.json or "")) if page.request else {}
    asked = mapping(sent.get("params")) or sent
    here, size = count(asked.get("pageIndex"), MOST_PAGES), count(asked.get("pageSize"))
    given = len(objects(_custom(page).get("data")))
    if here is None or not size or not given:
        return []
    total = count(_custom(page).get("total"))
    size = given if here == 0 else size
    if total is not None and (here + 1) * size >= total:
        return []
    return [_request(page, urlsplit(page.url).path, {**asked, "pageIndex": here + 1, "pageSize": size})]
