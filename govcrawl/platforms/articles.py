"""Addresses that can only be articles or files, and what an article page holds: its body, its attachments."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain
from urllib.parse import unquote_to_bytes

from parsel import Selector

from govcrawl.lookups import load_lookup
from govcrawl.model import Link
from govcrawl.platforms.page import Page, squeeze

_ONE_NAME = re.compile(r"(?:\w*[#.])?([\w-]+)")
_DOWNLOAD = re.compile(r"/down(?:file)?\.jsp\?", re.IGNORECASE)
ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|odt|ods|zip|rar|jpe?g|png|tiff?)(?:$|[?#])|/down(?:file)?\.jsp\?|[?&]wbfileid=",
    re.IGNORECASE,
)
ARTICLE = re.compile(
    r"(?:/t\d{8}_\d+(?:_\d+)?\.s?html?|/t\d{5,}\.s?html?|/art_[0-9a-f_]+\.html|/content/(?:post_)?[0-9a-f_-]{5,}"
    r"|/content_\d+\.s?html?|/doc_[0-9a-f]+\.html|/info/\d+/\d+\.htm|(?<!/channels)/(?:\d{5,}|[0-9a-f]{24,})\.s?html?|/c\d+/content\.s?html?"
    r"|/c\d\d_\d+\.s?html?|/m?post_\d+\.html|/20\d\d-?\d\d(?:-?\d\d)?/[^/]+\.s?html?|/artview/\d+/\d+\.html|/description/\d+\.html)(?:$|[?#])"
    r"|/columns/[0-9a-f-]{36}/\d{6}/\d\d/[0-9a-f-]{36}\.html|/xxgk-show-\d+\.html|/opendetaildynamic\.html\?infoid="
    r"|/xxgkannualreport\.jsp\?(?:[^#]*&)?fbtime=20\d\d",
    re.IGNORECASE,
)
"""Addresses that, on the platforms known, can only be an article."""


# Each begins with letters that are the same in every match, which is what makes them fast.
_HINTS = (
    re.compile(rb"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|odt|ods|zip|rar)\b"),
    re.compile(rb"/down(?:file)?\.jsp\?|wbfileid="),
    re.compile(rb"href=[\"']?[^\"'<>\s]{1,500}\.(?:jpe?g|png|tiff?)\b"),
)
_SHOWN = (b"<iframe", b"pdfurl")
"""How platforms show a file within a page, of whichever kind."""


@lru_cache(maxsize=16384)
def is_attachment(url: str) -> bool:
    """Whether the address names a file to download."""
    return ATTACHMENT.search(url) is not None


@lru_cache(maxsize=16384)
def is_article(url: str) -> bool:
    """Whether the address has a shape that only articles have."""
    return ARTICLE.search(url) is not None


def links_files(page: Page) -> bool:
    """Whether a page may link files. Cheap: it is not parsed, and most reports' pages link none."""
    return any(hint.search(page.lower) for hint in _HINTS)


def holds_files(page: Page) -> bool:
    """Whether any platform may find a file on a page. As cheap."""
    return links_files(page) or any(word in page.lower for word in _SHOWN)


def find_attachments(page: Page, within: Selector | None) -> list[Link]:
    """The files linked inside `within` (else anywhere on the page), each once, under the name the portal gives them."""
    if not links_files(page):
        return []
    root = within.root if within is not None else page.root
    found: dict[str, Link] = {}
    for anchor in root.iter("a"):
        href = anchor.get("href") or ""
        if is_attachment(href.strip()):
            link = named_download(page.link(anchor))
            if link.url:
                found.setdefault(download_key(link.url), link)
    return list(found.values())


def named_download(link: Link) -> Link:
    """The link to a file under the name its address shows, where it is served by a script that is told one."""
    name = _parameter(link.url, "showname") if _DOWNLOAD.search(link.url) else ""
    return replace(link, text=name) if name else link


@lru_cache(maxsize=4096)
def download_key(url: str) -> str:
    """What makes two addresses of a file one: the file that a download script is asked for, else the address."""
    return (_parameter(url, "filename") if _DOWNLOAD.search(url) else "") or url


def _parameter(url: str, name: str) -> str:
    query = url.partition("?")[2].partition("#")[0]
    pairs = (part.partition("=") for part in query.split("&"))
    raw = unquote_to_bytes(next((value for key, _, value in pairs if key.lower() == name), "").replace("+", " "))
    for charset in ("utf-8", "gb18030"):
        try:
            return squeeze(raw.decode(charset))
        except UnicodeDecodeError:
            continue
    return ""


def find_body(page: Page) -> Selector | None:
    """The first of the platforms' article containers that holds text."""
    known = containers()
    for node in page.root.iter("div", "td", "article", "section", "ucapcontent"):
        names = f"{node.get('id') or ''} {node.get('class') or ''} {node.tag}".lower().split()
        if not known.isdisjoint(names) and squeeze("".join(node.itertext())):
            return Selector(root=node, type="html")
    return None


@cache
def containers() -> frozenset[str]:
    """Ids, classes and elements that only platforms' article containers have, in lower case."""
    platforms: dict[str, list[str]] = load_lookup("containers")["containers"]
    own = chain.from_iterable(selectors for name, selectors in platforms.items() if name != "generic")
    return frozenset(found[1].lower() for found in map(_ONE_NAME.fullmatch, own) if found)
