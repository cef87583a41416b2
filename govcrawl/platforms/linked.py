"""The further pages of a list that links to them: the next one, the numbered ones, and all up to the last.

The number may stand at the end of a file's or folder's name (`index_2.html`, `list2.html`, `c_2.jhtml`, `page/2/`) or
in a parameter (`?page=2`, `&cur_page=2`, `&pageNo=2`); which of them it is shows where two addresses of the pager
differ. What is no pager (a calendar, links to figures elsewhere) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.html import HtmlElement

from govcrawl.lookups import pattern
from govcrawl.platforms.addresses import resolve
from govcrawl.platforms.embedded import MOST_PAGES, parameters
from govcrawl.platforms.page import Page, printed_address
from govcrawl.platforms.pagers import stated_pages

_NAME = re.compile(r"^(.*(?<!\d)|)(\d{1,4})(\.\w{1,6})?(/?)$")
_PARAMETER = re.compile(r"(?<=[?&])([\w.\[\]-]{1,40})=(\d{1,4})(?=&|$)")
_MARKS_ONLY = re.compile(r"^[>»›]+$")
_LONGEST_TEXT = 8
_LONGEST_WRITTEN = 60
"""The same with its white space."""
_MOST_NUMBERED = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address carries the number of a page."""

    before: str
    after: str
    number: int

    def at(self, number: int) -> str:
        """The address of another page."""
        return f"{self.before}{number}{self.after}"

    def is_of(self, other: Place) -> bool:
        """Whether both are pages of one list."""
        return (self.before, self.after) == (other.before, other.after)


@dataclass(slots=True)
class _Links:
    """The links of a pager, by what they say."""

    nexts: list[str] = field(default_factory=list)
    numbered: dict[str, int] = field(default_factory=dict)
    last: str | None = None


def linked_pages(page: Page) -> list[str]:
    """The addresses of the list's further pages, as far as the page's links tell them."""
    links = _read(page)
    if not links.nexts and links.last is None and not _is_sequence(page.url, links.numbered):
        return _by_parameter(page)
    witnesses = [*links.numbered, *links.nexts]
    found = dict.fromkeys((*_up_to(page.url, links.last, witnesses), *links.numbered, *links.nexts))
    if links.last is not None:
        found[links.last] = None
    found.pop(page.url, None)
    return list(found)[:MOST_PAGES]


def shows_pager(page: Page) -> bool:
    """Whether the page has an element that says it leads to the next page of a list, wherever it leads."""
    following = pattern("discovery", "pager", "next")
    texts = (_short_text(node) for node in page.root.iter("a", "button", "span", "li"))
    return any(text and not _MARKS_ONLY.match(text) and following.search(text) for text in texts)


def places(url: str) -> list[Place]:
    """All the places of an address that may count pages."""
    path, mark, query = url.partition("?")
    folder, _, name = path.rstrip("/").rpartition("/")
    slash = path[len(path.rstrip("/")) :]
    found = []
    named = _NAME.match(name)
    if named and "//" in folder:
        after = f"{named[3] or ''}{slash}{mark}{query}"
        found.append(Place(f"{folder}/{named[1]}", after, int(named[2])))
    for each in _PARAMETER.finditer(url, len(path)):
        found.append(Place(url[: each.start(2)], url[each.end(2) :], int(each[2])))
    return found


def _read(page: Page) -> _Links:
    found, near = _Links(), _folder(page.url)
    words, ends = pattern("discovery", "pager", "next"), pattern("discovery", "pager", "last")
    for anchor in page.anchors():
        text = _short_text(anchor)
        if not text or anchor.get("disabled") is not None:
            continue
        if not (words.search(text) or ends.search(text) or _is_figure(text)):
            continue
        url = resolve(page.base, printed_address(anchor)).partition("#")[0]
        if not url or url == page.url or _is_of_a_calendar(page.url, url):
            continue
        if _is_figure(text):
            if text != "1" and url.startswith(near):
                found.numbered.setdefault(url, int(text))
        elif ends.search(text):
            found.last = url
        elif not _MARKS_ONLY.match(text) or _is_neighbour(page.url, url):
            found.nexts.append(url)
    return found


def _short_text(node: HtmlElement) -> str:
    if len(node) > 2 or len(node.text or "") > _LONGEST_WRITTEN:
        return ""
    written = "".join(node.itertext()) if len(node) else node.text or ""
    text = "".join(written.split()).strip("[]【】［］")
    return text if len(text) <= _LONGEST_TEXT else ""


def _is_figure(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def _folder(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[0]


def _is_of_a_calendar(here: str, url: str) -> bool:
    """Whether the address differs from this page's in a year, month or day."""
    named = pattern("discovery", "pager", "calendar")
    before = dict(parameters(here))
    return any(named.search(name.lower()) and before.get(name) != value for name, value in parameters(url))


def _is_neighbour(here: str, url: str) -> bool:
    """Whether the address is that of the page after this one, by its number."""
    mine = places(here)
    for place in places(url):
        same = [each for each in mine if each.is_of(place)]
        if any(place.number == each.number + 1 for each in same):
            return True
        if not same and place.number in (1, 2) and place.before.startswith(_folder(here)):
            return True
    return False


def _is_sequence(here: str, numbered: dict[str, int]) -> bool:
    """Whether bare figures are a pager: a few, in sequence (but for a gap before the last), that their addresses carry
    too. A calendar's days are not.
    """
    if not 0 < len(numbered) <= _MOST_NUMBERED:
        return False
    figures = sorted({1, *numbered.values()})
    if any(after - before > 1 for before, after in pairwise(figures[:-1])):
        return False
    return all(any(place.number in (figure, figure - 1) for place in places(url)) for url, figure in numbered.items())


def _up_to(here: str, last: str | None, witnesses: Iterable[str]) -> Iterator[str]:
    """All pages after this one up to the last, where an address of the pager shows which number counts."""
    ends = places(last) if last else []
    known = [place for url in witnesses if url != last for place in places(url)]
    own = places(here)
    for end in ends:
        alike = [place.number for place in known if place.is_of(end)]
        if not alike or end.number > MOST_PAGES:
            continue
        first = min(alike)
        current = next((place.number for place in own if place.is_of(end)), None)
        first = current + 1 if current is not None else first
        yield from (end.at(number) for number in range(first, end.number + 1))
        return


def _by_parameter(page: Page) -> list[str]:
    """The further pages of a list that only says how many it has, where its own address carries the page's number."""
    total = stated_pages(page) or 1
    if total == 1 or "?" not in page.url:
        return []
    named = pattern("discovery", "pager", "parameters")
    for place in places(page.url):
        name = place.before.rpartition("=")[0].rpartition("&")[2].rpartition("?")[2]
        if place.before.endswith("=") and named.search(name.lower()) and place.number < total:
            return [place.at(number) for number in range(place.number + 1, min(total, MOST_PAGES) + 1)]
    return []
