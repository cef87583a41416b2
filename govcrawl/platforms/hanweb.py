"""What Hanweb's four list protocols have in common: records of markup, scripts asked as the page asks them, files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from itertools import chain, islice
from urllib.parse import parse_qsl, urlsplit

from parsel import Selector

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.articles import download_key, find_attachments, is_attachment, named_download
from govcrawl.platforms.base import BasePlatform
from govcrawl.platforms.page import Page, read_date

MOST_FURTHER = 500
"""Further pages of one list that are asked for; a total that would need more is not believed."""
_LONGEST_TOTAL = 7
_FILE_LIST = "fjxx"
_MOST_FILE_LISTS = 8
_SCRIPTED_FILE = re.compile(r"\bpdfurl\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)


class Hanweb(BasePlatform):
    """A Hanweb portal: the files of an article stand in its text, in a list below it, or in a script's variable."""

    def attachments(self, page: Page) -> list[Link]:
        found = {download_key(link.url): link for link in super().attachments(page)}
        for link in chain(listed_files(page), scripted_files(page)):
            found.setdefault(download_key(link.url), link)
        return list(found.values())


def listed_files(page: Page) -> list[Link]:
    """The files of the lists below an article's text."""
    if _FILE_LIST.encode() not in page.body:
        return []
    lists = (part for part in page.root.iter("ul") if _FILE_LIST in (part.get("class") or "").split())
    found = (find_attachments(page, Selector(root=part, type="html")) for part in islice(lists, _MOST_FILE_LISTS))
    return list(chain.from_iterable(found))


def scripted_files(page: Page) -> list[Link]:
    """The file that a page shows by `var pdfurl="…"`, called as the page is where its address shows no name."""
    if b"pdfurl" not in page.lower:
        return []
    title = page.metadata("ArticleTitle") or page.title
    links = [Link(resolve(page.url, unescape(found)), title) for found in _SCRIPTED_FILE.findall(page.text)]
    return [named_download(link) for link in links if is_attachment(link.url) and is_address(link.url)]


def record_links(url: str, records: Iterable[str]) -> list[Link]:
    """The row that each record of markup is: its link with the longest text, dated by whatever the record prints.

    Records are read one by one, so that the broken markup of one does not swallow the next.
    """
    found: dict[str, Link] = {}
    for record in records:
        page = Page(url, record.encode("utf-8", "replace"))
        links = [link for link in page.links() if link.url and link.text]
        if links:
            link = max(links, key=lambda each: len(each.text))
            if link.published_on is None:
                link = replace(link, published_on=read_date("".join(page.root.itertext())))
            found.setdefault(link.url, link)
    return list(found.values())


def script_headers(page: Page) -> tuple[tuple[str, str], ...]:
    """The headers of a page's own scripts: the column stays the referrer of all its further pages."""
    known = dict(page.request.headers) if page.request else {}
    return (("Referer", known.get("Referer", page.url)), ("X-Requested-With", "XMLHttpRequest"))


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, the first of each name, without the quotes that some pages leave around them."""
    try:
        pairs = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value.strip("'\""))
    return found


def number(text: str | None) -> int | None:
    """A count as printed; None where it is none, or so great that it cannot be a list's."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_TOTAL else None
