"""What a fetched page really is: a shell that sends us on, a page that says it is missing, the home page again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from govcrawl.lookups import load_lookup, pattern
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.page import Page, squeeze

_SHELL = 3000
_MISSING = 3000
_META_REFRESH = re.compile(
    r"<meta[^>]+http-equiv\s*=\s*[\"']?refresh[\"']?[^>]*?url\s*=\s*['\"]?([^\"'>\s]+)", re.IGNORECASE
)
_SCRIPT_JUMP = re.compile(
    r"(?:(?:window|self|top|parent|document)\.)?location(?:\.href)?\s*(?:\.(?:replace|assign)\s*\(|=)\s*[\"']([^\"']+)[\"']"
)
_FRAME = re.compile(r"<i?frame[^>]+src\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_NEAR = 0.1
_VISIBLE = 200
_MARK_CHARSETS = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class HomeMark:
    """What a portal's home page is known by, to tell it when it is served in place of another page."""

    title: str
    size: int

    @classmethod
    def of(cls, page: Page) -> HomeMark:
        """The mark of a home page."""
        return cls(page.title, len(page.body))


def interstitial(page: Page) -> str | None:
    """Where a shell sends its visitor (meta refresh, script, or a frame that is the whole page); else None."""
    if len(page.body) > _SHELL or len(_visible(page)) > _VISIBLE:
        return None
    for expression in (_META_REFRESH, _SCRIPT_JUMP, _FRAME):
        found = expression.search(page.text)
        if found and not found[1].lower().startswith(("javascript:", "about:", "data:")):
            target = resolve(page.url, found[1])
            return target if is_address(target) and target else None
    return None


def has_form(body: bytes) -> bool:
    """Whether a page holds labels that only the forms of the annual report have. Cheap: the page is not parsed."""
    return any(mark in body for mark in _marks())


@cache
def _marks() -> tuple[bytes, ...]:
    words = load_lookup("discovery")["report"]["marks"]
    return tuple(word.encode(charset) for word in words for charset in _MARK_CHARSETS)


def _visible(page: Page) -> str:
    return squeeze("".join(page.root.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))


def is_missing(page: Page) -> bool:
    """Whether a page served with status 200 says that there is no such page."""
    if len(page.body) > _MISSING:
        return False
    words = pattern("discovery", "missing", "texts")
    return words.search(page.title) is not None or (
        words.search(_visible(page)) is not None and not page.metadata("ArticleTitle")
    )


def is_home_again(page: Page, home: HomeMark | None) -> bool:
    """Whether the portal answered with its home page where another page was asked for."""
    if home is None or not home.title or abs(len(page.body) - home.size) > home.size * _NEAR:
        return False
    return page.title == home.title and not page.metadata("ArticleTitle") and not page.metadata("ColumnName")


def unsupported_platform(page: Page) -> str | None:
    """The platform whose list protocol nobody speaks yet, by what the page holds; None where none is seen."""
    for name in load_lookup("discovery")["unsupported"]:
        if pattern("discovery", "unsupported", name).search(page.text):
            return str(name)
    return None
