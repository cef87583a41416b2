"""Hanweb's short-cut to the annual reports: one page for each agency and year, which is the report and has no title.

`/module/xxgk/xxgkAnnualReport.jsp?area=<agency's code>&fbtime=<year>`. No source tells which codes there are, so only
what a page prints is followed: links to such pages, and the agencies and years of its drop-downs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from govcrawl.lookups import load_lookup, pattern
from govcrawl.model import Link
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.hanweb import Hanweb, query_of
from govcrawl.platforms.linked import linked_pages
from govcrawl.platforms.page import MOST_LINKS, Page, squeeze
from govcrawl.platforms.rows import rows

_PAGE = "xxgkannualreport.jsp"
_SCRIPT = "/module/xxgk/xxgkAnnualReport.jsp"
_YEAR = re.compile(r"20\d\d")
_CODE = re.compile(r"[\w.-]{1,40}")
_UNKNOWN = (
    "the page names no reports of agencies and years, and no source says which `area` codes there are "
    "or what the page answers without a year"
)


class HanwebAnnualReport(Hanweb):
    """Pages `xxgkAnnualReport.jsp`, and pages that list them."""

    name = "hanweb_annual_report"

    def recognise(self, page: Page) -> float:
        if _is_report_page(page.url):
            return 0.95
        return 0.7 if b"xxgkAnnualReport.jsp" in page.body else 0.0

    def list_links(self, page: Page) -> list[Link]:
        found = {link.url: titled(link) for link in rows(page)}
        for link in page.links():
            if _is_report_page(link.url) and query_of(link.url).get("fbtime"):
                found.setdefault(link.url, titled(link))
        known = {_place(url) for url in found}
        for link in chosen(page):
            if _place(link.url) not in known:
                found.setdefault(link.url, link)
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        return [] if _is_report_page(page.url) else [ListRequest(url) for url in linked_pages(page)]

    def may_have_siblings(self, page: Page) -> bool:
        return b"xxgkAnnualReport.jsp" in page.body or _is_report_page(page.url)

    def siblings(self, page: Page) -> list[Link]:
        return self.list_links(page)

    def unverified(self, page: Page) -> str | None:
        asked = query_of(page.url)
        if not _is_report_page(page.url) or (asked.get("area") and asked.get("fbtime")):
            return None
        return None if any(_is_report_page(link.url) for link in self.list_links(page)) else _UNKNOWN


def _is_report_page(url: str) -> bool:
    return url.partition("?")[0].lower().endswith(_PAGE)


def _place(url: str) -> tuple[str, str]:
    query = query_of(url)
    return query.get("area", ""), query.get("fbtime", "")


def titled(link: Link) -> Link:
    """The link under the title of the report that it names by agency and year; as it is where it has a title."""
    year = query_of(link.url).get("fbtime", "") if _is_report_page(link.url) else ""
    if not _YEAR.fullmatch(year):
        return link
    agency = pattern("hanweb", "annual_report", "beside").sub("", squeeze(link.text)).strip()
    return Link(link.url, _title(agency, year), link.published_on)


def _title(agency: str, year: str) -> str:
    return str(load_lookup("hanweb")["annual_report"]["title"]).format(agency=agency, year=year)


def chosen(page: Page) -> list[Link]:
    """The reports that the page's drop-downs can be set to: of each agency each year, as far as they are printed.

    Where there is only one of the two, the other is the page's own.
    """
    if b"<select" not in page.lower:
        return []
    here = query_of(page.url)
    areas = dict(_options(page, "areas")) or {here.get("area", ""): ""}
    years = [value for value, _ in _options(page, "years")] or [here.get("fbtime", "")]
    years = [year for year in dict.fromkeys(years) if _YEAR.fullmatch(year)]
    parts = urlsplit(page.url)
    script = urlunsplit(
        parts._replace(path=parts.path if _is_report_page(page.url) else _SCRIPT, query="", fragment="")
    )
    rest = "".join(f"&{urlencode({name: value})}" for name, value in here.items() if name == "showType")
    choices = ((area, agency, year) for (area, agency), year in product(areas.items(), years) if area)
    return [
        Link(f"{script}?area={quote(area)}&fbtime={year}{rest}", _title(agency, year))
        for area, agency, year in islice(choices, MOST_LINKS)
    ]


def _options(page: Page, which: str) -> Iterator[tuple[str, str]]:
    named, prompts = pattern("hanweb", "annual_report", which), pattern("hanweb", "annual_report", "prompts")
    for select in page.root.iter("select"):
        names: tuple[str | None, ...] = (select.get("name"), select.get("id"))
        if not any(name and named.search(name.strip().lower()) for name in names):
            continue
        for option in select.iter("option"):
            value, text = _option(option)
            if _CODE.fullmatch(value) and not prompts.search(text):
                yield value, text


def _option(option: HtmlElement) -> tuple[str, str]:
    text = squeeze("".join(option.itertext()))
    value = option.get("value")
    return (text if value is None else value.strip()), text
