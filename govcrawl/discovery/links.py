"""What a link is, from its title and its address alone."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

from govcrawl.discovery.years import in_arabic, year_of_title
from govcrawl.lookups import load_lookup, pattern
from govcrawl.model import Link
from govcrawl.platforms.articles import is_article, is_attachment

_SPACE = re.compile(r"\s+")
_BRACKETS = "【】"
_LONGEST_NAME = 30
_LONGEST_ADDRESS = 500


class LinkKind(StrEnum):
    """What lies behind a link."""

    # Kinds are keys of caches asked for every link; the hash that enums define is written in Python.
    __hash__ = str.__hash__

    REPORT = "report"
    COLUMN = "column"
    """A column of annual reports."""
    DISCLOSURE_INDEX = "disclosure_index"
    """Where a portal's or an agency's disclosure begins."""
    AGENCY_COLUMN = "agency_column"
    """An agency's own page or column, or a list of agencies."""
    YEAR_COLUMN = "year_column"
    ATTACHMENT = "attachment"
    """A file that is not named as a report; a report's own file is a `REPORT`."""
    NOTICE = "notice"
    INTERPRETATION = "interpretation"
    GUIDE = "guide"
    NOISE = "noise"


_COLUMN, _YEAR_COLUMN = LinkKind.COLUMN, LinkKind.YEAR_COLUMN
IN_COLUMN = frozenset({LinkKind.COLUMN, LinkKind.YEAR_COLUMN})
"""The kinds of pages that list reports."""
FOLLOWED = frozenset(
    {LinkKind.COLUMN, LinkKind.DISCLOSURE_INDEX, LinkKind.AGENCY_COLUMN, LinkKind.YEAR_COLUMN},
)
"""The kinds that lead on to reports."""


def classify_link(link: Link, *, inside: LinkKind | None = None, beside: str = "") -> LinkKind:
    """What a link leads to.

    Args:
        link: the link as a page shows it.
        inside: what the page that shows it is. Within a column of reports a row may be called by its agency or
            its year alone; on a home page the same words mean something else.
        beside: the address of that page. One that differs in its query alone is another list, unless only articles
            have such an address.
    """
    in_column = inside is _COLUMN or inside is _YEAR_COLUMN
    article = is_article(link.url) or (
        in_column and looks_like_article(link.url) and not _differs_in_query(link.url, beside)
    )
    return _classify(link.text, article, is_attachment(link.url), inside)


def _differs_in_query(url: str, other: str) -> bool:
    path, mark, query = other.partition("?")
    return bool(mark and query) and url.startswith(f"{path}?") and url != other


def classify_title(title: str) -> LinkKind:
    """What an article with this title is."""
    return _classify(title, True, False, None)


@lru_cache(maxsize=16384)
def looks_like_article(url: str) -> bool:
    """Whether an address is rather an article's than a list's, where it stands in a list of articles: a page with a
    number of its own, or a program that shows one record.
    """
    address = "/" + url.lower().partition("#")[0].partition("://")[2].partition("/")[2]
    if len(address) > _LONGEST_ADDRESS or pattern("discovery", "address", "list").search(address):
        return False
    file = address.partition("?")[0].rpartition("/")[2]
    if pattern("discovery", "address", "files").search(file) and pattern("discovery", "address", "numbers").search(
        file
    ):
        return True
    return pattern("discovery", "address", "records").search(address) is not None


@lru_cache(maxsize=16384)
def _classify(text: str, article: bool, attachment: bool, inside: LinkKind | None) -> LinkKind:
    title = bare_title(text)
    kind = _by_title(title, article or attachment, inside)
    if attachment and kind not in (LinkKind.REPORT, LinkKind.INTERPRETATION, LinkKind.NOTICE, LinkKind.GUIDE):
        return LinkKind.ATTACHMENT
    return kind


@lru_cache(maxsize=8192)
def bare_title(text: str) -> str:
    """A title without white space and ornaments, with the brackets of the national typography; the words that tell a
    report are written in simplified characters, also where a gateway turned the page into traditional ones.
    """
    title = unicodedata.normalize("NFKC", _SPACE.sub("", text)).translate(_folded())
    bare = pattern("discovery", "title", "ornaments").sub("", title)
    return in_arabic(bare or title.strip(_BRACKETS))


@cache
def _folded() -> dict[int, int]:
    words = load_lookup("discovery")["title"]
    return str.maketrans("(),", "（），") | str.maketrans(words["traditional"], words["simplified"])


def _by_title(title: str, leaf: bool, inside: LinkKind | None) -> LinkKind:
    if not title:
        return LinkKind.NOISE
    in_column = inside in IN_COLUMN
    if _has("refuse", "interpretation", title):
        return LinkKind.INTERPRETATION
    if _has("refuse", "notice", title):
        return LinkKind.NOTICE
    if _report().search(title):
        return LinkKind.GUIDE if _has("refuse", "about", title) else _report_or_column(title, leaf)
    if _has("index", "strong", title):
        return LinkKind.DISCLOSURE_INDEX
    if _has("refuse", "guide", title):
        return LinkKind.GUIDE
    if _has("refuse", "topics", title):
        return LinkKind.NOISE
    if _has("column", "strong", title) or (_has("column", "weak", title) and inside is not None):
        return LinkKind.REPORT if leaf and in_column else LinkKind.COLUMN
    if in_column and leaf and (_has("report", "noun_inside", title) or year_of_title(title) or is_agency(title)):
        return LinkKind.REPORT
    if in_column and _is_of_year(title):
        return LinkKind.YEAR_COLUMN
    if inside is None and _has("index", "weak", title):
        return LinkKind.DISCLOSURE_INDEX
    if inside is not None and not leaf and (_has("agencies", "groups", title) or is_agency(title)):
        return LinkKind.AGENCY_COLUMN
    return LinkKind.NOISE


@lru_cache(maxsize=8192)
def is_doubtful(text: str) -> bool:
    """Whether a column's name alone does not say what is reported: 年报公示, 年度报告. Its page has to."""
    return _has("column", "weak", bare_title(text))


def names_reports(text: str) -> bool:
    """Whether a column's name says that it is about government information."""
    return pattern("discovery", "report", "subject").search(bare_title(text)) is not None


def is_of_another_topic(text: str) -> bool:
    """Whether a name is of annual reports on something else: enterprises, the rule of law, the environment."""
    return _has("refuse", "topics", bare_title(text)) and not names_reports(text)


def _report_or_column(title: str, leaf: bool) -> LinkKind:
    if leaf:
        return LinkKind.REPORT
    if _is_of_year(title):
        return LinkKind.YEAR_COLUMN
    if year_of_title(title) is None:
        return LinkKind.COLUMN
    return LinkKind.YEAR_COLUMN if _has("column", "collection", title) else LinkKind.REPORT


def _is_of_year(title: str) -> bool:
    """Whether a title is that of a column of one year, of all agencies (2020年年报) or of a group (2020年县直部门)."""
    if _has("years", "column", title):
        return True
    year = pattern("discovery", "years", "lead").match(title)
    return year is not None and _has("agencies", "groups", title[year.end() :])


@lru_cache(maxsize=8192)
def is_agency(title: str) -> bool:
    """Whether a bare title is the name of an agency, and nothing more."""
    return len(title) <= _LONGEST_NAME and bool(_agency().search(title)) and not _has("agencies", "never", title)


@lru_cache(maxsize=8192)
def has_agencies_below(text: str) -> bool:
    """Whether a link's name lets expect further agencies behind it: a group's or a government's, not a bureau's."""
    title = bare_title(text)
    return not is_agency(title) or _has("agencies", "groups", title) or _has("agencies", "governing", title)


def _has(table: str, key: str, title: str) -> bool:
    return pattern("discovery", table, key).search(title) is not None


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(pattern("discovery", "agencies", "suffixes").pattern + "$")


@cache
def _report() -> re.Pattern[str]:
    subject = pattern("discovery", "report", "subject").pattern
    noun = pattern("discovery", "report", "noun").pattern
    return re.compile(rf"{subject}.{{0,16}}{noun}")
