"""The `/xxgk-list-<slug>.html` platform: an empty page whose script posts a form for the rows, page by page."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urljoin, urlsplit

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.articles import is_attachment
from govcrawl.platforms.base import BasePlatform, ListRequest
from govcrawl.platforms.embedded import MOST_PAGES, count, day, mapping, objects, read_json, words
from govcrawl.platforms.page import Page
from govcrawl.platforms.rows import rows
from govcrawl.platforms.scripts import literal_at

_LIST = re.compile(r"/xxgk-list-[^/?#]+\.html")
_ARTICLE = re.compile(r"/xxgk-show-\d+\.html")
_API = re.compile(r"/api-ajax_list-(\d+)\.html")
_LITERAL = re.compile(r"""\bajax_type["']?\s*[:=]\s*(?=\[)""")
_ENCODED = re.compile(r"""["'](ajax_type(?:\[|%5B)[^"'\s]{1,2000})["']""", re.IGNORECASE)
_SIZE = 6
"""Which of the form's values is the number of rows to a page."""
_SINGLE = re.compile(r"""\bis_ds["']?\s*[:=]\s*["']?(\d{1,3})""")


class XxgkList(BasePlatform):
    """The platform of `xxgk-list`."""

    name = "xxgk_list"

    def recognise(self, page: Page) -> float:
        if b"api-ajax_list" in page.body or _API.search(page.url):
            return 0.93
        return 0.92 if _LIST.search(page.url) or _ARTICLE.search(page.url) else 0.0

    def list_links(self, page: Page) -> list[Link]:
        if not _API.search(page.url):
            return rows(page)
        found: dict[str, Link] = {}
        for item in objects(mapping(read_json(page.text)).get("data")):
            title, address = words(item.get("title")), words(item.get("url"))
            if title and address and is_address(address):
                url = resolve(page.url, address)
                found.setdefault(url, Link(url, title, day(item.get("inputtime"))))
        return list(found.values())

    def next_pages(self, page: Page) -> list[ListRequest]:
        here = _API.search(page.url)
        if here is None:
            return _first(page)
        following = count(int(here[1]) + 1 if len(here[1]) < 7 else None, MOST_PAGES)
        if page.request is None or following is None or not self.list_links(page) or self._is_last(page, following - 1):
            return []
        url = f"{page.url[: here.start()]}/api-ajax_list-{following}.html"
        return [replace(page.request, url=url)]

    def _is_last(self, page: Page, number: int) -> bool:
        """Whether a total that the answer tells is reached; most tell none, and end with an empty answer."""
        values = [value for name, value in (page.request.form or () if page.request else ()) if name == "ajax_type[]"]
        size = count(values[_SIZE]) if len(values) > _SIZE else None
        total = self.expected_total(page)
        return total is not None and size is not None and number * size >= total

    def expected_total(self, page: Page) -> int | None:
        return count(mapping(read_json(page.text)).get("total")) if _API.search(page.url) else None

    def attachments(self, page: Page) -> list[Link]:
        """The files, those among them that the article shows in a frame."""
        found = {link.url: link for link in super().attachments(page)}
        for frame in page.root.iter("iframe"):
            source = frame.get("src") or ""
            if is_attachment(source) and is_address(source):
                url = _shown(resolve(page.url, source))
                found.setdefault(url, Link(url, frame.get("title") or page.metadata("ArticleTitle") or page.title))
        return list(found.values())

    def unverified(self, page: Page) -> str | None:
        if _API.search(page.url):
            answer = mapping(read_json(page.text))
            return None if isinstance(answer.get("data"), list) else "the answer to the list's request holds no rows"
        if b"ajax_list" in page.body and not _form(page):
            return "the form that the list is asked for with is not constant in the page's script"
        return None


def _first(page: Page) -> list[ListRequest]:
    form = _form(page) if b"api-ajax_list" in page.body else ()
    if not form:
        return []
    parts = urlsplit(page.url)
    headers = (
        ("X-Requested-With", "XMLHttpRequest"),
        ("Origin", f"{parts.scheme}://{parts.netloc}"),
        ("Referer", page.url),
    )
    return [ListRequest(urljoin(page.url, "/api-ajax_list-1.html"), form, headers=headers)]


def _form(page: Page) -> tuple[tuple[str, str], ...]:
    """The pairs that the page's script posts; none where it does not write them down."""
    text = page.text
    encoded = _ENCODED.search(text)
    if encoded:
        return tuple(parse_qsl(encoded[1].replace("&amp;", "&"), keep_blank_values=True))
    literal = _LITERAL.search(text)
    values = literal_at(text, literal.end()) if literal else None
    if not isinstance(values, list) or not values:
        return ()
    pairs: list[tuple[str, str]] = []
    for place, value in enumerate(values):
        inner = value if isinstance(value, list) else None
        name = "ajax_type[]" if inner is None else f"ajax_type[{place}][]"
        pairs += [(name, words(each)) for each in (inner if inner is not None else [value])]
    single = _SINGLE.search(text)
    return (*pairs, ("is_ds", single[1])) if single else tuple(pairs)


def _shown(url: str) -> str:
    """The file that a viewer in a frame is told to show."""
    shown = dict(parse_qsl(urlsplit(url).query)).get("file", "")
    return urljoin(url, shown) if shown and is_address(shown) else url
