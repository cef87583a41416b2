"""Lonsun: agencies' columns at `/public/column/<agency>?type=…` (3 is the annual report), rows as HTML fragments.

Further rows come from the label endpoint, whose parameters differ from install to install and are therefore copied
from the page's own script. Where the script prints none, `pageIndex` is added to the column's own address.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, count, parameter, with_parameters, words
from govcrawl.platforms.page import Page

_COLUMN = re.compile(r"^(.*?)/public/column/(\d{1,20})(?:[/?#]|$)")
_ARTICLE = re.compile(r"/public/\d+/\d{5,}\.s?html?(?:[?#]|$)")
_SITE = re.compile(rb"name\s*=\s*[\"']site_?id[\"']", re.IGNORECASE)
_SITES = (b"SiteId", b"siteId", b"SITEID", b"siteid")
_LABEL = "/site/label/8888"
_LIST = "publicInfoList"
_ADDRESS = re.compile(r"[\"']([^\"'\s?]{0,100}/site/label/8888)(?:\?([^\"'\s]{0,2000}))?[\"']")
_CALL = re.compile(r"\blabelName=publicInfoList\b")
_JOINED = re.compile(r"[\"'`]\s*\+\s*(?:[\w.$()\[\]]{1,60}\s*\+\s*)?[\"'`]")
_QUOTE = re.compile(r"[\"'`]")
_LITERAL = re.compile(r"\{([^{}]{0,4000}\blabelName[\"']?\s*:\s*[\"']publicInfoList[\"'][^{}]{0,4000})\}")
_PAIR = re.compile(r"[\"']?([\w$]+)[\"']?\s*:\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w.$]+))")
_COUNT = re.compile(r"\bpageCount[\"']?\s*[:=]\s*[\"']?(\d{1,20})")
_ORGAN = re.compile(r"\{[^{}]{0,600}\borganId\b[^{}]{0,600}\}")
_VARIABLE = r"\b{name}\s*=\s*[\"']?([\w\-]{{1,60}})[\"']?"
_PER_PAGE = 15
_MOST_ORGANS = 3000


class Lonsun(BasePlatform):
    """The Lonsun platform."""

    name = "lonsun"

    def recognise(self, page: Page) -> float:
        if _LABEL in page.url:
            return 0.97
        body = page.body
        if b"/site/label/8888" not in body and b"/public/" not in body and "/public/" not in page.url:
            return 0.0
        if not any(spelling in body for spelling in _SITES) or not _SITE.search(body):
            return 0.7 if _ARTICLE.search(page.url) else 0.0
        if _COLUMN.search(page.url) or b"/site/label/8888" in body:
            return 0.95
        return 0.88 if _ARTICLE.search(page.url) or b"/public/column/" in body else 0.0

    def next_pages(self, page: Page) -> list[ListRequest]:
        if _LABEL in page.url:
            return self._after_fragment(page)
        place = _COLUMN.search(page.url)
        if place is None or parameter(page.url, "pageIndex") not in ("", "1"):
            return []
        pages, label = _pages(page), _label(page)
        inline = any(_ARTICLE.search(link.url) for link in page.links())
        first = 2 if inline else 1
        if label is None:
            numbers = range(2, (pages or 1) + 1)
            return [ListRequest(with_parameters(page.url, {"pageIndex": str(number)})) for number in numbers]
        if pages is None:
            pages = first if not inline or len(self.list_links(page)) >= _size(label) else 1
        numbers = range(first, max(pages, 1) + 1)
        return [ListRequest(with_parameters(label, {"pageIndex": str(number)})) for number in numbers]

    def _after_fragment(self, page: Page) -> list[ListRequest]:
        """The fragment after a full one: a column that names no number of pages is read to its end."""
        here = count(parameter(page.url, "pageIndex"), MOST_PAGES)
        last = _pages(page)
        if not here or here >= MOST_PAGES or len(self.list_links(page)) < _size(page.url):
            return []
        if last is not None and here >= last:
            return []
        return [ListRequest(with_parameters(page.url, {"pageIndex": str(here + 1)}))]

    def columns(self, page: Page) -> list[Link]:
        """The annual reports of each agency that a script of the page lists."""
        place = _COLUMN.search(page.url)
        if place is None or b"organId" not in page.body:
            return []
        found: dict[str, Link] = {}
        for literal in _ORGAN.finditer(page.text):
            pairs = _pairs(literal[0])
            name, organ = words(pairs.get("organName") or pairs.get("name") or ""), pairs.get("organId", "")
            if name and organ.isascii() and organ.isdecimal() and organ != place[2] and len(found) < _MOST_ORGANS:
                found.setdefault(organ, Link(f"{place[1]}/public/column/{organ}?type=3", name))
        return list(found.values())

    def unverified(self, page: Page) -> str | None:
        if _LABEL in page.url or not _COLUMN.search(page.url) or b"/site/label/8888" not in page.body:
            return None
        if _LIST not in page.text or _label(page) is not None:
            return None
        return "the parameters of the call for the list's rows are not printed in the page's script"


def _pages(page: Page) -> int | None:
    found = _COUNT.search(page.text) if b"pageCount" in page.body else None
    return min(int(found[1]), MOST_PAGES) if found else None


def _size(url: str) -> int:
    return count(parameter(url, "pageSize"), 1000) or _PER_PAGE


def _label(page: Page) -> str | None:
    """The address of the list's fragments with all parameters but the page's number; None where they are not there."""
    if b"publicInfoList" not in page.body:
        return None
    text = page.text
    address = next((found for found in _ADDRESS.finditer(text)), None)
    printed = _printed(text)
    url = resolve(page.url, address[1] if address else _prefix(page.url) + _LABEL)
    if not printed.get("file") or not is_address(url):
        return None
    place = _COLUMN.search(page.url)
    known = {"siteId": page.metadata("SiteId"), "organId": place[2] if place else ""}
    known |= {name: parameter(page.url, name) for name in ("type", "catId") if name in printed}
    filled = {name: value for name, value in known.items() if value and not printed.get(name)}
    return with_parameters(url, {"IsAjax": "1", "dataType": "html"} | printed | filled | {"pageIndex": "1"})


def _printed(text: str) -> dict[str, str]:
    """The parameters as a query or as an object of the script; a variable stands for what the script sets it to."""
    call = _CALL.search(text)
    if call:
        quoted = _QUOTE.split(text[max(0, call.start() - 1000) : call.start()])[-1]
        quoted += _QUOTE.split(_JOINED.sub("", text[call.start() : call.end() + 2000]))[0]
        pairs = parse_qsl(quoted.rpartition("?")[2].replace("&amp;", "&"), keep_blank_values=True)[:100]
        return {name: value for name, value in pairs if name != "_"}
    literal = _LITERAL.search(text)
    return {name: value for name, value in _pairs(literal[1], text).items() if name != "_"} if literal else {}


def _pairs(literal: str, script: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in _PAIR.finditer(literal):
        name, bare = pair[1], pair[4]
        if bare is None:
            found[name] = pair[2] if pair[2] is not None else pair[3]
        elif bare.isdecimal() or bare in ("true", "false"):
            found[name] = bare
        elif script and bare.isidentifier():
            value = re.search(_VARIABLE.format(name=re.escape(bare)), script)
            found.update({name: value[1]} if value else {})
    return found


def _prefix(url: str) -> str:
    place = _COLUMN.search(url)
    return urlsplit(place[1]).path if place else ""
