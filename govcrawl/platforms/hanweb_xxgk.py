"""Hanweb's disclosure module: tables asked of `search.jsp` by the code of a heading, and a tree of headings.

A column page holds the script that asks for its table; a shell holds the tree in a frame, whose nodes are columns.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode, urlsplit, urlunsplit

from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.hanweb import MOST_FURTHER, Hanweb, number, query_of, script_headers
from govcrawl.platforms.page import Page, squeeze
from govcrawl.platforms.rows import rows

_MODULE = re.compile(r"/module/xxgk/(?:search|tree|subjectinfo)\.jsp", re.IGNORECASE)
_MARKS = (b"/module/xxgk/search.jsp", b"/module/xxgk/tree.jsp", b"/module/xxgk/subjectinfo.jsp", b"tr_main_value_")
_SEARCH, _TREE = "/search.jsp", "/tree.jsp"
_FRAME = re.compile(r"[\"']([^\"'\s<>]*/module/xxgk/(?:tree|subjectinfo)\.jsp[^\"'\s<>]*)[\"']", re.IGNORECASE)
_NAMES = ("infotypeId", "jdid", "area", "divid", "standardXxgk", "isAllList", "texttype", "fbtime", "sortfield")
_PRINTED = re.compile(rf"\b({'|'.join(_NAMES)})\s*[=:]\s*[\"']?([\w,:-]+)")
_LOADED = re.compile(
    r"search\.jsp[^\n;]{0,600}?,\s*[\"'](div\w{1,40})[\"'](?:\s*,\s*[\"'][^\"'\n]{0,60}[\"']){3}\s*,\s*[\"'](\w{1,40})[\"']"
)
_CALL = re.compile(r"funclick\(\s*\\?[\"']([\w.-]{1,60})", re.IGNORECASE)
_NODE = re.compile(
    r"[\"']([^\"'<>\n]{2,60})[\"']\s*,\s*[\"'](?:javascript:)?\s*funclick\(\s*\\?[\"']([\w.-]{1,60})", re.IGNORECASE
)
_AREA_IN_ADDRESS, _HEADING_IN_ADDRESS = "vc_xxgkarea", "number"
_NO_HEADING = "the disclosure module's table is asked for by a heading's code (infotypeId), and the page prints none"
_NO_NODES = "the tree of the disclosure module has headings whose names could not be read"


class HanwebXxgk(Hanweb):
    """Pages of `/module/xxgk/`, and columns that load them."""

    name = "hanweb_xxgk"

    def recognise(self, page: Page) -> float:
        return 0.88 if _MODULE.search(page.url) or any(mark in page.body for mark in _MARKS) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        if b"tr_main_value_" not in page.body:
            return rows(page) if not _is(page, _TREE) else []
        found: dict[str, Link] = {}
        for row in page.root.iter("tr"):
            if "tr_main_value_" not in (row.get("class") or ""):
                continue
            links = [page.link(anchor) for anchor in row.iter("a") if anchor.get("href")]
            links = [link for link in links if link.text and link.url.startswith("http") and is_address(link.url)]
            if links:
                link = max(links, key=lambda each: len(each.text))
                found.setdefault(link.url, link)
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        if b"tr_main_value_" in page.body or _is(page, _SEARCH):
            return _further(page, len(self.list_links(page)))
        if _is(page, _TREE):
            return []
        asked = parameters(page)
        if asked.get("infotypeId") and b"search.jsp" in page.body:
            return [_search(page, asked, 1)]
        frame = _frame(page, asked)
        return [ListRequest(frame, headers=script_headers(page))] if frame else []

    def columns(self, page: Page) -> list[Link]:
        if b"funclick" not in page.body:
            return []
        asked = parameters(page)
        return [Link(_search(page, asked | {"infotypeId": code}, 1).url, name) for code, name in nodes(page).items()]

    def unverified(self, page: Page) -> str | None:
        if _is(page, _TREE) and b"funclick" in page.body:
            codes = set(_CALL.findall(page.text))
            return _NO_NODES if codes - nodes(page).keys() else None
        if b"search.jsp" not in page.body or self.list_links(page) or self.next_pages(page) or _is(page, _SEARCH):
            return None
        return _NO_HEADING


def _is(page: Page, name: str) -> bool:
    return page.url.partition("?")[0].endswith(name)


def parameters(page: Page) -> dict[str, str]:
    """What the table is asked for with, from the page's address and its scripts, the first value of each name."""
    query = query_of(page.url)
    known = {"infotypeId": query.get(_HEADING_IN_ADDRESS, ""), "area": query.get(_AREA_IN_ADDRESS, "")}
    known = {name: query.get(name) or known.get(name, "") for name in _NAMES}
    text = unescape(page.text)
    loaded = _LOADED.search(text)
    if loaded:
        known["divid"], known["jdid"] = known["divid"] or loaded[1], known["jdid"] or loaded[2]
    for name, value in _PRINTED.findall(text):
        known[name] = known[name] or value
    for field in page.root.iter("input"):
        name = field.get("name") or field.get("id") or ""
        if name in known:
            known[name] = known[name] or (field.get("value") or "").strip()
    return {name: value for name, value in known.items() if value}


def nodes(page: Page) -> dict[str, str]:
    """The headings of a tree: their names by their codes, from links and from the script that writes the tree."""
    found: dict[str, str] = {}
    for element in page.root.iter("a", "li", "span"):
        call = _CALL.search(element.get("onclick") or element.get("href") or "")
        name = squeeze("".join(element.itertext())) or squeeze(element.get("title") or "") if call else ""
        if call and name:
            found.setdefault(call[1], name)
    for name, code in _NODE.findall(page.text):
        found.setdefault(code, squeeze(name))
    return found


def _frame(page: Page, asked: dict[str, str]) -> str:
    """The tree in the page's frame; the tree is told the site's id, since its own page may not print it."""
    for address in _FRAME.findall(unescape(page.text)):
        url = resolve(page.url, address)
        if url and is_address(url) and url != page.url:
            known = query_of(url)
            missing = {name: asked[name] for name in ("jdid",) if name in asked and name not in known}
            return url + ("&" if known else "?") + urlencode(missing) if missing else url
    return ""


def _search(page: Page, asked: dict[str, str], count: int) -> ListRequest:
    parts = urlsplit(page.url)
    query = asked | {"currpage": str(count)}
    url = urlunsplit(parts._replace(path="/module/xxgk/search.jsp", query=urlencode(query), fragment=""))
    return ListRequest(url, headers=script_headers(page))


def _further(page: Page, here: int) -> list[ListRequest]:
    found = pattern("discovery", "pager", "pages").search(page.text)
    total = number(next((group for group in found.groups() if group), None)) if found else None
    asked = query_of(page.url)
    printed = pattern("hanweb", "xxgk", "current").search(page.text)
    count = number(asked.get("currpage")) or number(printed[1] if printed else None) or 1
    if not here or total is None:
        return []
    known = {name: asked[name] for name in asked if name != "currpage"} if _is(page, _SEARCH) else parameters(page)
    last = min(total if count == 1 else min(total, count + 1), MOST_FURTHER)
    return [_search(page, known, each) for each in range(count + 1, last + 1)]
