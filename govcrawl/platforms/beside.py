"""Rows in a JSON file beside the list, which a script of its page fills in: `$.getJSON("./2022nb.json", …)`."""

from __future__ import annotations

import re

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.base import ListRequest
from govcrawl.platforms.embedded import day, mapping, objects, read_json, words
from govcrawl.platforms.page import Page

_NAMED = re.compile(r"[\"']((?:\./)?[\w-]{1,80}\.json)(?:\?[^\"'\s]{0,100})?[\"']")
_TITLES = ("title", "TITLE", "Title", "docTitle", "DOCTITLE")
_URLS = ("url", "URL", "Url", "docUrl", "DOCPUBURL")
_DATES = ("PubDate", "pubDate", "pubdate", "DOCRELTIME", "date")
_MOST_FILES = 3


def files_beside(page: Page) -> list[ListRequest]:
    """The files in a page's own folder that its scripts name."""
    if b".json" not in page.body or not page.is_whole:
        return []
    scripts = "\n".join(script.text or "" for script in page.root.iter("script"))
    urls = dict.fromkeys(resolve(page.url, found[1]) for found in _NAMED.finditer(scripts))
    return [ListRequest(url) for url in list(urls)[:_MOST_FILES]]


def rows_of_file(page: Page) -> list[Link]:
    """The rows of such a file; those without a title or an address are left out."""
    found = []
    for item in _items(page):
        title = next((words(item[key]) for key in _TITLES if key in item), "")
        url = resolve(page.url, _address(item))
        if title and url and is_address(url):
            found.append(Link(url, title, next((day(item[key]) for key in _DATES if key in item), None)))
    return found


def nameless(page: Page) -> bool:
    """Whether such a file has rows, and none of them a title."""
    items = _items(page)
    return bool(items) and not rows_of_file(page) and any(_address(item) for item in items)


def _items(page: Page) -> list[dict[str, object]]:
    if page.request is None or page.is_whole or not page.url.partition("?")[0].endswith(".json"):
        return []
    value = read_json(page.text)
    held = value if isinstance(value, list) else mapping(value).get("data")
    return [dict(item) for item in objects(held)]


def _address(item: dict[str, object]) -> str:
    return next((words(item[key]) for key in _URLS if key in item), "")
