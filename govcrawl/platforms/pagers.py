"""Pagers as pages print them: the builder scripts of TRS, bare globals, and the number of pages they state."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin

from govcrawl.lookups import pattern
from govcrawl.platforms.base import Pager
from govcrawl.platforms.page import Page

_CALL = re.compile(r"create_?page(?:HTML)?\s*\(\s*([^)]*?)\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,6}$")
_COUNT = re.compile(r"\b(?:countPage|pageCount|page_count|totalPage)\s*=\s*[\"']?(\d{1,5})(?!\d)")
_CURRENT = re.compile(r"\b(?:currentPage|curPage|page_index)\s*=\s*[\"']?(\d{1,5})(?!\d)")
_CONFIG = re.compile(r"pageNumber\s*:\s*[\"']?(\d{1,9})(?!\d)[\"']?\s*,\s*total\s*:\s*[\"']?(\d{1,9})(?!\d)")
_PAGINATION = re.compile(r"totalData\s*:\s*(\d{1,9})(?!\d)\s*,\s*showData\s*:\s*(\d{1,9})(?!\d)")
_FILE = re.compile(r"([^/?#]*?)(?:_\d{1,4})?\.(s?html?)$", re.IGNORECASE)
_MARKS = (
    *(b"reatePage", b"reatepage", b"reate_page"),
    *(b"countPage", b"pageCount", b"page_count", b"totalPage"),
    *(b"pageNumber", b"totalData"),
)
"""What the scripts below are about: their expressions are slow over a page that has none of it."""
_MOST_PAGES = 2000
_MOST_WORDS, _NEAR = 500, 30


def trs_call(text: str) -> tuple[int, int, str, str] | None:
    """The arguments of a `createPageHTML` or `createPage`: pages, current (from zero), prefix, extension.

    Further numbers may stand before these four (some builders print the number of records first). A first argument
    that is a string is another platform's function of the same name, and not read here.
    """
    for call in _CALL.finditer(text):
        arguments = [argument.strip().strip("\"'") for argument in call[1].split(",")]
        if not call[1].lstrip()[:1].isdigit():
            continue
        numbers = [argument for argument in arguments if _NUMBER.match(argument)]
        words = [argument for argument in arguments if argument and not _NUMBER.match(argument)]
        if len(numbers) < 2:
            continue
        total, current = int(numbers[-2]), int(numbers[-1])
        prefix = words[0] if words else "index"
        extension = words[1] if len(words) > 1 else ""
        return total, current, prefix, extension
    return None


def trs_pager(page: Page) -> Pager | None:
    """The pager of a TRS list, from whichever of its scripts the page holds."""
    if not any(mark in page.body for mark in _MARKS):
        return None
    text = page.text
    found = trs_call(text)
    if found:
        total, current, prefix, extension = found
        return _indexed(page.url, total, current, prefix, extension or _extension(page.url))
    count = _COUNT.search(text)
    if count:
        current_page = _CURRENT.search(text)
        return _indexed(page.url, int(count[1]), int(current_page[1]) if current_page else 0, *_file(page.url))
    config = _CONFIG.search(text)
    if config:
        return _indexed(page.url, int(config[2]), int(config[1]), *_file(page.url))
    pagination = _PAGINATION.search(text)
    if pagination and int(pagination[2]):
        total = -(-int(pagination[1]) // int(pagination[2]))
        return Pager(urljoin(page.url, "index_pc_{n}.html"), 2, min(total, _MOST_PAGES))
    return None


def _indexed(url: str, total: int, current: int, prefix: str, extension: str) -> Pager | None:
    if total <= 1 or current >= total:
        return None
    return Pager(urljoin(url, f"{prefix}_{{n}}.{extension}"), 1, min(total, _MOST_PAGES), current + 1)


def _file(url: str) -> tuple[str, str]:
    found = _FILE.search(url.split("?")[0].rsplit("/", 1)[-1])
    return (found[1] or "index", found[2]) if found else ("index", "html")


def _extension(url: str) -> str:
    return _file(url)[1]


def stated_pages(page: Page) -> int | None:
    """The number of pages the list says it has, where that is believable."""
    text, told = page.text, pattern("discovery", "pager", "pages")
    for word in islice(re.finditer("页", text), _MOST_WORDS):  # the expression is slow over a whole page
        found = told.search(text[max(0, word.start() - _NEAR) : word.end()])
        if found:
            pages = next((int(group) for group in found.groups() if group), 0)
            return pages if 0 < pages <= _MOST_PAGES else None
    return None
