"""A fetched page, parsed at most once: its text, its tree, its links with the dates of their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree
from lxml.html import HtmlElement
from parsel import Selector

from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve

if TYPE_CHECKING:
    from govcrawl.platforms.base import BasePlatform, ListRequest

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
_SKIPPED = ("javascript:", "mailto:", "tel:", "data:", "#", "about:")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_WHOLE = re.compile(rb"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_BASE = re.compile(rb"<base\s", re.IGNORECASE)
_CHOICE = re.compile(r"(?:https?://|\.{0,2}/)\S|[\w./-]+\.(?:s?html?|jsp|php|aspx?|jhtml)(?:\?\S*)?$")
_OPENED = re.compile(
    r"(?:\bopen\s*\(|\blocation(?:\.href)?\s*=|\blocation\.(?:replace|assign)\s*\()\s*[\"']([^\"'\s]+)[\"']"
)
_SHORTEST_CALL = 8
_HEAD = 2000
_ROW_TAGS = frozenset({"li", "tr", "dd", "dl"})
_ROW_HEIGHT = 6
_ROW_CHARACTERS = 600
MOST_LINKS = 20_000
"""Links read of one page; the fullest column known has some 2,000."""


def _tree(data: bytes) -> HtmlElement:
    root = etree.fromstring(data, _PARSER) if data.strip() else None
    return cast("HtmlElement", root) if root is not None else HtmlElement()


class Page:
    """One answer: its address, and its text and tree made when first asked for. Mostly HTML; a list's may be JSON."""

    __slots__ = (
        "_base",
        "_head",
        "_links",
        "_lower",
        "_root",
        "_row_dates",
        "_text",
        "_to_utf8",
        "_utf8",
        "bad_hrefs",
        "body",
        "platform",
        "request",
        "url",
    )

    def __init__(
        self,
        url: str,
        body: bytes,
        *,
        to_utf8: Callable[[bytes], bytes] | None = None,
        request: ListRequest | None = None,
    ) -> None:
        """`to_utf8` recodes a body that may be in another charset; without it the body is taken for UTF-8."""
        self.url = url
        self.body = body
        self.request = request
        """How it was asked for, where a platform said how."""
        self.platform: BasePlatform | None = None
        """What `recognise_platform` found it to be of, once asked."""
        self._to_utf8 = to_utf8
        self._utf8: bytes | None = None
        self._lower: bytes | None = None
        self._text: str | None = None
        self._base: str | None = None
        self._root: HtmlElement | None = None
        self._head: HtmlElement | None = None
        self._links: list[tuple[HtmlElement, Link]] | None = None
        self._row_dates: dict[HtmlElement, date | None] = {}
        self.bad_hrefs: set[str] = set()
        """The `href`s that are no address and were passed over, as far as the links were looked at."""

    @property
    def text(self) -> str:
        """The decoded page."""
        if self._text is None:
            self._text = self.utf8().decode("utf-8-sig", "replace")
        return self._text

    def utf8(self) -> bytes:
        """The body in UTF-8."""
        if self._utf8 is None:
            self._utf8 = self._to_utf8(self.body) if self._to_utf8 else self.body
        return self._utf8

    @property
    def is_whole(self) -> bool:
        """Whether it is a page that a browser shows; an answer to a list's request is often a fragment, or JSON."""
        return _WHOLE.search(self.body, 0, _HEAD) is not None

    @property
    def lower(self) -> bytes:
        """The body in UTF-8 with its ASCII letters small, to look for something in a page that is not parsed."""
        if self._lower is None:
            self._lower = self.utf8().lower()
        return self._lower

    @property
    def root(self) -> HtmlElement:
        """The tree. Scripts stay in it, since pagers are scripts; an empty page has an empty `html`."""
        if self._root is None:
            self._root = _tree(self.utf8())
        return self._root

    @property
    def selector(self) -> Selector:
        """The page as a parsel selector over the same tree."""
        return Selector(root=self.root, type="html")

    @property
    def _trees(self) -> Iterator[HtmlElement]:
        """The head alone, which is parsed in a moment, and then the whole tree; the whole alone where it is there."""
        if self._root is None:
            if self._head is None:
                self._head = _tree(self.utf8()[: max(self.lower.find(b"<body"), 0)])
            yield self._head
        yield self.root

    @property
    def title(self) -> str:
        """The text of `<title>`, squeezed; empty where there is none."""
        for tree in self._trees:
            found = tree.find(".//title")
            if found is not None:
                return squeeze("".join(found.itertext()))
        return ""

    def metadata(self, name: str) -> str:
        """The content of `<meta name=…>` (case of the name ignored), empty where absent.

        A page that does not hold the name at all is not parsed for it.
        """
        if self._root is None and name.lower().encode() not in self.lower:
            return ""
        for tree in self._trees:
            for meta in tree.iter("meta"):
                if (meta.get("name") or "").lower() == name.lower():
                    return (meta.get("content") or "").strip()
        return ""

    @property
    def base(self) -> str:
        """What relative addresses of the page start from: its own address, or what its `<base>` says."""
        if self._base is None:
            element = self.root.find(".//base[@href]") if _BASE.search(self.body) else None
            stated = resolve(self.url, element.get("href") or "") if element is not None else ""
            self._base = stated if stated.startswith(("http://", "https://")) and is_address(stated) else self.url
        return self._base

    def links(self) -> list[Link]:
        """Every hyperlink of the page in reading order, with the fullest title and the date of its row."""
        return [link for _, link in self.linked()]

    def linked(self) -> list[tuple[HtmlElement, Link]]:
        """The links with the elements they stand in."""
        if self._links is None:
            self._links = [(anchor, self.link(anchor)) for anchor in self.anchors()]
        return self._links

    def link(self, anchor: HtmlElement) -> Link:
        """The link that one `<a>` of the page stands for."""
        return link_of(self.base, anchor, self._row_dates)

    def choices(self) -> list[Link]:
        """The options of select boxes whose values are addresses, under their names."""
        found = []
        for option in islice(self.root.iter("option"), MOST_LINKS):
            value = (option.get("value") or "").strip()
            if _CHOICE.match(value) and is_address(value):
                found.append(Link(resolve(self.base, value), squeeze("".join(option.itertext()))))
        return found

    def anchors(self) -> Iterator[HtmlElement]:
        """The `<a>` elements that lead to another page, the first `MOST_LINKS` of them."""
        return islice(self._anchors(), MOST_LINKS)

    def has_more_links(self) -> bool:
        """Whether links of the page are left out of `links`, there being too many."""
        return len(self.linked()) >= MOST_LINKS and next(islice(self._anchors(), MOST_LINKS, None), None) is not None

    def _anchors(self) -> Iterator[HtmlElement]:
        for anchor in self.root.iter("a", "area"):
            href = printed_address(anchor)
            if not href:
                continue
            if "//" in href and not is_address(href):
                self.bad_hrefs.add(href)
                continue
            yield anchor


def squeeze(text: str) -> str:
    """Inner white space made single, outer removed."""
    return " ".join(text.split())


def link_of(base: str, anchor: HtmlElement, row_dates: dict[HtmlElement, date | None]) -> Link:
    """The link an `<a>` stands for: full title, and the date printed in its row, read once a row."""
    text = squeeze("".join(anchor.itertext()) if len(anchor) else anchor.text or "")
    title = anchor.get("title")
    title = squeeze(title) if title else ""
    if len(title) > len(text) or text.endswith(("…", "...")):
        text = title or text
    return Link(resolve(base, printed_address(anchor)), text or _picture_text(anchor), row_date(anchor, row_dates))


def printed_address(anchor: HtmlElement) -> str:
    """Where an `<a>` leads, as printed: its `href`, or the address that its script opens; empty where it has none."""
    href: str = anchor.get("href") or ""
    if href and not href.lstrip().lower().startswith(_SKIPPED):
        return href
    for script in (href, anchor.get("onclick") or ""):
        opened = _OPENED.search(script) if len(script) > _SHORTEST_CALL else None
        if opened and not opened[1].lower().startswith(_SKIPPED):
            return opened[1]
    return ""


def _picture_text(anchor: HtmlElement) -> str:
    picture = anchor.find(".//img")
    return squeeze(picture.get("alt") or picture.get("title") or "") if picture is not None else ""


def row_date(anchor: HtmlElement, known: dict[HtmlElement, date | None]) -> date | None:
    """The date printed in the anchor's own list row; None where the row prints none. `known` holds rows read before."""
    row = row_of(anchor)
    if row is None:
        return None
    if row not in known:
        known[row] = _date_in(row)
    return known[row]


def _date_in(row: HtmlElement) -> date | None:
    parts, length = [], 0
    for part in row.itertext():
        length += len(part)
        if length > _ROW_CHARACTERS:
            return None
        parts.append(part)
    text = "".join(parts)
    return read_date(text) if "20" in text or "19" in text else None


def row_of(anchor: HtmlElement) -> HtmlElement | None:
    """The nearest row element that holds the anchor."""
    node: HtmlElement | None = anchor
    for _ in range(_ROW_HEIGHT):
        node = cast("HtmlElement | None", node.getparent()) if node is not None else None
        if node is None or node.tag in ("ul", "ol", "table", "body"):
            return None
        if node.tag in _ROW_TAGS:
            return node
    return None


def read_date(text: str) -> date | None:
    """The last whole date printed in a row (titles may hold dates of their own, the row's date ends it)."""
    found: date | None = None
    for year, month, day in _DATE.findall(text):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
    return found
