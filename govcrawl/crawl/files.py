"""What of a report's page is fetched with it: the files of its article, and its pictures where it has nothing else."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from govcrawl.discovery.links import LinkKind, classify_link
from govcrawl.discovery.pages import heading
from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.articles import is_attachment
from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.page import Page

MOST_FILES = 20
"""Files of one page that are asked for; a page with more is no report's."""
MOST_PICTURES = 30
"""Pictures of one page that are asked for: the longest scans have some thirty sheets."""
_SMALLEST = 200
"""Pixels that a sheet of paper has at least, where the page says how large a picture is."""
_SOURCES = ("src", "data-src", "data-original")


def files_of(page: Page, platform: BasePlatform) -> list[Link]:
    """The files of an article, without those that plainly are something else; those called a report come first."""
    named = [(link, classify_link(link) is LinkKind.REPORT) for link in platform.attachments(page)]
    wanted = [(link, report) for link, report in named if report or not _is_something_else(link)]
    return [link for link, _ in sorted(wanted, key=lambda each: not each[1])]


def _is_something_else(link: Link) -> bool:
    name = unquote(urlsplit(link.url).path.rpartition("/")[2])
    return pattern("attachments", "files", "other").search(f"{link.text} {name}") is not None


def holds_all(page: Page, platform: BasePlatform, links: tuple[Link, ...]) -> bool:
    """Whether links are but the files of an article: its page is no list of reports then, but theirs."""
    if len(links) > MOST_FILES or not all(is_attachment(link.url) for link in links):
        return False
    return {link.url for link in links} <= {link.url for link in platform.attachments(page)}


def pictures_of(page: Page, platform: BasePlatform, title: str) -> list[Link]:
    """The pictures of an article that may be sheets of a report, in order, under its title; empty where it is none's.

    Args:
        title: what the link to the page was called.
    """
    if b"<img" not in page.body.lower():
        return []
    called = next(
        (text for text in (title, heading(page)) if classify_link(Link(page.url, text)) is LinkKind.REPORT), ""
    )
    if not called:
        return []
    body = platform.body(page)
    root = body.root if body is not None else page.root
    urls = dict.fromkeys(_source(page, image) for image in root.iter("img") if _is_large(image))
    return [Link(url, called) for url in urls if _may_be_a_sheet(url)]


def _source(page: Page, image: HtmlElement) -> str:
    source = next((image.get(name) for name in _SOURCES if image.get(name)), "").strip()
    return resolve(page.url, source) if is_address(source) else ""


def _is_large(image: HtmlElement) -> bool:
    sizes = [(image.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return all(not size.isdecimal() or int(size) >= _SMALLEST for size in sizes)


def _may_be_a_sheet(url: str) -> bool:
    path = urlsplit(url).path.lower()
    return (
        url.startswith(("http://", "https://"))
        and pattern("attachments", "pictures", "sheets").search(url.lower()) is not None
        and pattern("attachments", "pictures", "decoration").search(path) is None
    )
