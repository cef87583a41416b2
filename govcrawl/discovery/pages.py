"""What a fetched page really is: a report, a column, a page that says it is missing, the home page again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from govcrawl.discovery.hosts import host_of, is_bare, is_government, registrable, same_page_key
from govcrawl.discovery.links import (
    LinkKind,
    bare_title,
    classify_link,
    is_agency,
    is_of_another_topic,
    names_reports,
)
from govcrawl.discovery.raw import title_of
from govcrawl.discovery.shells import interstitial, visible
from govcrawl.lookups import any_of, load_lookup, pattern
from govcrawl.model import Link
from govcrawl.platforms.page import Page

_MISSING = 3000
_NEAR = 0.1
_SAME_LINKS = 0.85
_A_LIST = 2
"""Links to reports that make a page a list of them."""
_ENOUGH_SECTIONS = 3
_MARK_CHARSETS = ("utf-8", "gb18030")
_SITE_NAME = re.compile(r"[-_|—–>]+")
_NAME = re.compile(r"(?:https?://)?([\w.-]+\.[a-z]{2,})(?::\d+)?(?:/.*)?", re.IGNORECASE)


class PageKind(StrEnum):
    """What a page is, whatever the link to it was called."""

    REPORT = "report"
    COLUMN = "column"
    """A list of reports, or of columns of them."""
    SHELL = "shell"
    """It sends its visitor on."""
    HOME = "home"
    """The portal's home page in another's place."""
    MISSING = "missing"
    MIRROR = "mirror"
    """A page that says it belongs to a government's site, on a host that is none."""
    NOTICE = "notice"
    INTERPRETATION = "interpretation"
    GUIDE = "guide"
    OTHER = "other"


_BY_TITLE = {
    LinkKind.NOTICE: PageKind.NOTICE,
    LinkKind.INTERPRETATION: PageKind.INTERPRETATION,
    LinkKind.GUIDE: PageKind.GUIDE,
}


@dataclass(frozen=True, slots=True)
class HomeMark:
    """What a portal's home page is known by, to tell it when it is served in place of another page."""

    title: str
    size: int
    key: str = ""
    """Its address, as `same_page_key` writes it."""
    links: frozenset[str] = frozenset()

    @classmethod
    def of(cls, page: Page) -> HomeMark:
        """The mark of a home page."""
        return cls(_name_of(page), len(page.body), same_page_key(page.url), _addresses(page))


def classify_page(page: Page, *, home: HomeMark | None = None) -> PageKind:
    """What a fetched page is, from what it holds. Blocks are told before, by `recognise_block`.

    Args:
        page: the page.
        home: the mark of the portal's home page, where it was seen.
    """
    if interstitial(page) is not None:
        return PageKind.SHELL
    if is_missing(page):
        return PageKind.MISSING
    if copied_from(page) is not None:
        return PageKind.MIRROR
    if has_form(page.body):
        return PageKind.REPORT
    listed = sum(classify_link(link) is LinkKind.REPORT for link in page.links())
    if listed < _A_LIST and is_home_again(page, home):
        return PageKind.HOME
    named = classify_link(Link(page.url, heading(page)))
    if named in _BY_TITLE:
        return _BY_TITLE[named]
    if listed >= _A_LIST:
        return PageKind.COLUMN
    if has_sections(page) or (named is LinkKind.REPORT and page.metadata("ArticleTitle")):
        return PageKind.REPORT
    column = classify_link(Link(page.url, page.metadata("ColumnName")), inside=LinkKind.DISCLOSURE_INDEX)
    if LinkKind.COLUMN in (named, column) and not is_of_another_topic(heading(page)):
        return PageKind.COLUMN
    return PageKind.OTHER


def confirms_column(page: Page, listed: Iterable[Link] = ()) -> bool:
    """Whether a page that a doubtful name led to (年报公示, 年度报告) is about reports on government information.

    Its own name, its column's, its address, its content or the rows it lists have to say so; 年报公示 is also where
    enterprises' reports are published.
    """
    names = (heading(page), page.metadata("ColumnName"), page.metadata("ColumnDescription"))
    if any(names_reports(link.text) for link in listed):
        return True
    if has_form(page.body) or any(classify_link(link) is LinkKind.REPORT for link in page.links()):
        return True
    if any(is_of_another_topic(name) for name in names):
        return False
    return (
        any(names_reports(name) for name in names)
        or _lists_agencies(listed)
        or (pattern("discovery", "address", "columns").search(page.url.lower()) is not None)
    )


def _lists_agencies(listed: Iterable[Link]) -> bool:
    """Whether most rows are agencies' names and nothing more: what agencies report on each year is their openness."""
    named = [is_agency(bare_title(link.text)) for link in listed]
    return sum(named) > 1 and sum(named) * 2 >= len(named)


def heading(page: Page) -> str:
    """What a page is called: its article's title, else `<title>` without the name of the site."""
    return page.metadata("ArticleTitle") or _SITE_NAME.split(page.title.strip("-_|—–> "), maxsplit=1)[0]


def has_form(body: bytes) -> bool:
    """Whether a page holds labels that only the forms of the annual report have. Cheap: the page is not parsed."""
    wide, old, hint = _marks()
    return any(mark in body for mark in wide) or (hint not in body and any(mark in body for mark in old))


@cache
def _marks() -> tuple[tuple[bytes, ...], tuple[bytes, ...], bytes]:
    """The labels in UTF-8 and in the old charset, and what a page that is in UTF-8 holds with certainty."""
    report = load_lookup("discovery")["report"]
    wide, old = (tuple(word.encode(charset) for word in report["marks"]) for charset in _MARK_CHARSETS)
    return wide, old, str(report["everywhere"]).encode()


def has_sections(page: Page) -> bool:
    """Whether a page has headings of the report's statutory sections: one without tables is known by them."""
    return sum(section.search(page.text) is not None for section in _sections()) >= _ENOUGH_SECTIONS


@cache
def _sections() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(any_of([words])) for words in load_lookup("discovery")["report"]["sections"])


def is_missing(page: Page) -> bool:
    """Whether a page served with status 200 says that there is no such page.

    A small one may say so anywhere; one in the site's frame has to be called so.
    """
    if page.body[:1] in (b"{", b"["):
        return False
    title = bare_title(title_of(page.body))
    words = pattern("discovery", "missing", "texts")
    small = len(page.body) <= _MISSING
    says = pattern("discovery", "missing", "titles").search(title) or (
        small and (words.search(title) or words.search(visible(page)))
    )
    return bool(says) and not page.metadata("ArticleTitle")


def is_home_again(page: Page, home: HomeMark | None) -> bool:
    """Whether the portal answered with its home page where another page was asked for."""
    if home is None or page.request is not None:
        return False
    if home.key and same_page_key(page.url) == home.key:
        return True
    if not home.title or _name_of(page) != home.title or page.metadata("ArticleTitle"):
        return False
    if home.links:
        here = _addresses(page)
        return len(here & home.links) >= _SAME_LINKS * max(len(here), len(home.links))
    return abs(len(page.body) - home.size) <= home.size * _NEAR and not page.metadata("ColumnName")


def _name_of(page: Page) -> str:
    """The title without white space, from the bytes where they show it."""
    return title_of(page.body) or "".join(page.title.split())


def _addresses(page: Page) -> frozenset[str]:
    return frozenset(same_page_key(link.url) for link in page.links())


def stated_domain(page: Page) -> str:
    """The registrable domain that a page's `SiteDomain` names; empty where it states none."""
    found = _NAME.fullmatch(page.metadata("SiteDomain").strip().lower())
    return registrable(found[1]) if found else ""


def copied_from(page: Page) -> str | None:
    """The government's domain that a page elsewhere says it belongs to: then it is a copy. None for all others.

    A portal on `gov.cn` that names another domain has moved, or serves another's pages; a bare address has no domain.
    """
    host = host_of(page.url)
    if not host or is_government(host) or is_bare(host):
        return None
    stated = stated_domain(page)
    return stated if stated != registrable(host) and is_government(f"www.{stated}") else None
