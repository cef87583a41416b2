"""Hanweb jpage: the first rows as XML inside a script of the column, the others asked of `dataproxy.jsp` in blocks.

Every ask names its block twice, by its records and by its number, since some proxies heed only the one; a proxy that
gives blocks of a size of its own is asked for that size from its second block on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.hanweb import MOST_FURTHER, Hanweb, number, query_of, record_links, script_headers
from govcrawl.platforms.page import MOST_LINKS, Page
from govcrawl.platforms.rows import rows, stated_total

PER_PAGE = 100
"""Rows asked for at once; some proxies cut what is above some 300."""
_PROXY = "dataproxy.jsp"
_ARTICLE = re.compile(r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html")
_DATASTORE = re.compile(r"<datastore\b", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*(?:\"([^\"]*dataproxy\.jsp[^\"]*)\"|'([^']*dataproxy\.jsp[^']*)')", re.IGNORECASE)
_PRINTED_PROXY = re.compile(r"[\"']([^\"'\s<>]*dataproxy\.jsp)\b")
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,20})|\btotalrecord[\"']?\s*[:=]\s*[\"']?(\d{1,20})", re.IGNORECASE)
_PARAMETERS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
    "keyWordCount",
)
_PRINTED = re.compile(
    rf"\b({'|'.join(_PARAMETERS)})[\"']?\s*[:=]\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|(\d+))", re.IGNORECASE
)
_COLUMN_IDS, _UNIT_ID = re.compile(r"\d{1,18}(?:,\d{1,18})*"), re.compile(r"\d{1,18}")
_STRING = re.compile(r"'((?:[^'\\]|\\.)*+)(?:'|\\?\Z)|\"((?:[^\"\\]|\\.)*+)(?:\"|\\?\Z)", re.DOTALL)
"""A string that is never closed ends with the text, so that no quote is looked at twice."""
_NEAR = 2000
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_ENCRYPTED = "the list's proxy is asked by encrypted ids ({ids}), and no source says how it answers to them"
_NO_IDS = "the page names a list's proxy, but not the column and unit that it is to be asked for"


@dataclass(frozen=True, slots=True)
class Unit:
    """One list of a column page: how its proxy is asked."""

    proxy: str
    parameters: tuple[tuple[str, str], ...]

    def __getitem__(self, name: str) -> str:
        return dict(self.parameters).get(name, "")

    def problem(self) -> str | None:
        """Why the proxy cannot be asked."""
        if not self["columnid"] or not self["unitid"]:
            return _NO_IDS
        if not _COLUMN_IDS.fullmatch(self["columnid"]) or not _UNIT_ID.fullmatch(self["unitid"]):
            return _ENCRYPTED.format(ids=f"columnid={self['columnid'][:40]}, unitid={self['unitid'][:40]}")
        return None


class HanwebJpage(Hanweb):
    """Columns `/col/col84242/`, whose proxy is named in the column."""

    name = "hanweb_jpage"

    def recognise(self, page: Page) -> float:
        if b"dataproxy.jsp" in page.body or b"<datastore>" in page.body:
            return 0.9
        return 0.75 if "/art/" in page.url and _ARTICLE.search(page.url) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        return record_links(page.url, records(page)) or rows(page)

    def next_pages(self, page: Page) -> list[ListRequest]:
        if _PROXY in page.url.partition("?")[0]:
            return _further(page)
        return [_block(page, unit.proxy, unit.parameters, 1, PER_PAGE) for unit in _open(page) if not unit.problem()]

    def expected_total(self, page: Page) -> int | None:
        return total_of(page) or stated_total(page)

    def unverified(self, page: Page) -> str | None:
        if _PROXY in page.url.partition("?")[0]:
            return None
        return next(filter(None, (unit.problem() for unit in _open(page))), None)


def records(page: Page) -> list[str]:
    """The markup of each record on the page; what is cut off in the middle is none."""
    text = page.text
    if "<record>" not in text and "&lt;record&gt;" in text:
        text = unescape(text)
    found = [part.partition("</record>") for part in text.split("<record>")[1 : MOST_LINKS + 1]]
    if found:
        return [_bare(inside) for inside, closed, _ in found if closed]
    return list(_written(text)) if _PROXY in page.url else []


def _bare(record: str) -> str:
    record = record.strip().removeprefix("<![CDATA[").removesuffix("]]>")
    return unescape(record) if "<" not in record else record


def _written(text: str) -> Iterator[str]:
    """The records of the old proxy: the strings of a JavaScript array."""
    for single, double in _STRING.findall(text):
        record = _ESCAPE.sub(_unescaped, single or double)
        if "<a" in record.lower():
            yield record


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else _CONTROLS.get(escape[2], escape[2])


def total_of(page: Page) -> int | None:
    """How many records the list has; None where the page has several lists, or tells none."""
    found = {first or second for first, second in _TOTAL.findall(page.text)}
    return number(found.pop()) if len(found) == 1 else None


def units(page: Page) -> list[Unit]:
    """The lists of a column page, as the links to their next blocks tell, else as the page's script does."""
    text = page.text
    if _PROXY not in text:
        return []
    found: dict[tuple[str, str], Unit] = {}
    for double, single in _HREF.findall(unescape(text)):
        query = query_of(double or single)
        parameters = tuple((name, query[name]) for name in _PARAMETERS if name in query)
        unit = _unit(page, double or single, parameters)
        if unit:
            found.setdefault((unit["columnid"], unit["unitid"]), unit)
    scripted = None if found else _scripted(page, text)
    return [scripted] if scripted else list(found.values())


def _scripted(page: Page, text: str) -> Unit | None:
    proxy = _PRINTED_PROXY.search(text)
    place = max(text.find("ajaxParam"), 0)
    printed = _PRINTED.findall(text, place, place + _NEAR if place else len(text))
    known = {name.lower(): double or single or bare for name, double, single, bare in printed}
    parameters = tuple((name, known[name.lower()]) for name in _PARAMETERS if name.lower() in known)
    return _unit(page, proxy[1], parameters) if proxy else None


def _unit(page: Page, href: str, parameters: tuple[tuple[str, str], ...]) -> Unit | None:
    proxy = resolve(page.url, href.partition("?")[0])
    return Unit(proxy, parameters) if proxy and is_address(proxy) else None


def _open(page: Page) -> list[Unit]:
    """The lists that go on after what the page itself prints."""
    found = units(page)
    total = total_of(page) if len(found) == 1 else None
    return [] if total is not None and total <= len(records(page)) else found


def _block(page: Page, proxy: str, form: tuple[tuple[str, str], ...], count: int, size: int) -> ListRequest:
    block = {"startrecord": (count - 1) * size + 1, "endrecord": count * size, "perpage": size, "page": count}
    return ListRequest(f"{proxy}?{urlencode(block)}", form=form, headers=script_headers(page))


def _further(page: Page) -> list[ListRequest]:
    """What is left after a block: all the others after the first, where the total is told; else the next."""
    asked = query_of(page.url)
    count, size = number(asked.get("page")), number(asked.get("perpage"))
    here, total = len(records(page)), total_of(page)
    if not count or not size or not here:
        return []
    if count == 1 and (total is None or total > here):
        size = here
    if total is None:
        last = count + 1 if here >= size else count
    else:
        last = -(-total // size) if count == 1 else min(count + 1, -(-total // size))
    proxy = page.url.partition("?")[0]
    form = page.request.form if page.request and page.request.form else ()
    return [_block(page, proxy, form, each, size) for each in range(count + 1, min(last, MOST_FURTHER) + 1)]
