"""Pages that only send us on: refreshes, jumps by script, frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from govcrawl.discovery.hosts import host_of, registrable, same_page_key
from govcrawl.lookups import pattern
from govcrawl.model import Link
from govcrawl.platforms.addresses import is_address, resolve
from govcrawl.platforms.page import Page, squeeze

_SHELL = 3000
_REFRESH_SHELL = 16384
"""Jump pages that count down are prettier than those that jump by script at once."""
_SOON = 10
"""Seconds: who reloads later than that shows a page meanwhile."""
_FEW_CHARACTERS = 200
_HEAD = 1024
_REFRESH = re.compile(r"^\s*(\d+)(?:\.\d+)?\s*[;,]?\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_LOCATION = (
    r"(?<![\w$])(?:(?:window|self|top|parent|document)\.)*location(?:\.href)?\s*(?:\.(?:replace|assign)\s*\(|=(?!=))\s*"
)
_JUMP = re.compile(_LOCATION + r"[\"']([^\"']+)[\"']")
_JUMP_BY_NAME = re.compile(_LOCATION + r"([A-Za-z_$][\w$]*)\s*(?:[;)\n}]|$)")
_NAMED = re.compile(r"([A-Za-z_$][\w$]*)\s*=\s*[\"']([^\"'\s]+)[\"']")
_SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.DOTALL)
_NOT_FOLLOWED = ("javascript:", "about:", "data:", "#")


def interstitial(page: Page) -> str | None:
    """Where a shell sends its visitor (meta refresh, script, or the frame that is the whole page); else None.

    Only a page with next to nothing to read is a shell; one that sends its visitor to itself is none.
    """
    if page.request is not None or page.body[:1] in (b"{", b"["):
        return None
    refreshes = len(page.body) <= _SHELL or page.body.find(b"efresh", 0, _HEAD) >= 0
    if len(page.body) > (_REFRESH_SHELL if refreshes else _SHELL) or len(visible(page)) > _FEW_CHARACTERS:
        return None
    here = same_page_key(page.url)
    for printed in _ways(page, refreshes):
        target = resolve(page.url, printed) if not printed.lower().startswith(_NOT_FOLLOWED) else ""
        if target and is_address(target) and host_of(target) and same_page_key(target) != here:
            return target
    return None


def frames(page: Page) -> list[Link]:
    """The frames of a page that may hold its content: seen ones, of its own domain, the likeliest first.

    Some columns are a frame in a page with a full menu, so that the page itself lists nothing.
    """
    domain = registrable(host_of(page.url))
    found: dict[str, tuple[bool, Link]] = {}
    for element in page.root.iter("frame", "iframe"):
        printed = (element.get("src") or element.get("data-src") or "").strip()
        if not printed or printed.lower().startswith(_NOT_FOLLOWED) or _is_hidden(element):
            continue
        target = resolve(page.url, printed)
        if not target or not is_address(target) or registrable(host_of(target)) != domain:
            continue
        name = squeeze(" ".join(element.get(key) or "" for key in ("name", "id", "title"))).lower()
        if pattern("discovery", "frames", "never").search(f"{name} {urlsplit(target).path.lower()}"):
            continue
        likely = pattern("discovery", "frames", "main").search(name) is not None
        found.setdefault(same_page_key(target), (likely, Link(target, element.get("title") or "")))
    return [link for _, link in sorted(found.values(), key=lambda pair: not pair[0])]


def visible(page: Page) -> str:
    """What a reader sees of a page, white space squeezed."""
    return squeeze("".join(page.root.xpath("//body//text()[not(ancestor::script or ancestor::style)]")))


def _ways(page: Page, refreshes: bool) -> Iterator[str]:
    """The addresses a shell may mean, the surest first."""
    if refreshes:
        for meta in page.root.iter("meta"):
            if (meta.get("http-equiv") or "").lower() == "refresh":
                found = _REFRESH.match(meta.get("content") or "")
                if found and int(found[1]) <= _SOON:
                    yield found[2].strip()
    if len(page.body) > _SHELL:
        return
    script = "\n".join(element.text or "" for element in page.root.iter("script"))
    body = page.root.find(".//body")
    script = _SCRIPT_COMMENT.sub("", f"{script}\n{body.get('onload') or '' if body is not None else ''}")
    yield from _jumps(script)
    if page.root.find(".//script") is not None:
        yield from _asked_for(page.url)
    for frame in frames(page):
        yield frame.url


def _jumps(script: str) -> Iterator[str]:
    """The addresses that a script goes to. One that asks for the visitor's device goes to the last for all others."""
    named = dict(_NAMED.findall(script))
    jumps = [(found.start(), found[1]) for found in _JUMP.finditer(script)]
    jumps += [(found.start(), named[found[1]]) for found in _JUMP_BY_NAME.finditer(script) if found[1] in named]
    ways = [way for _, way in sorted(jumps)]
    if "userAgent" in script or "navigator" in script:
        ways = ways[-1:] if "else" in script else []
    yield from ways


def _asked_for(url: str) -> Iterator[str]:
    """What a jump page was asked to go to: `jump.shtml?url=/zwgk/`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return
    if pattern("discovery", "frames", "jump_pages").search(parts.path.lower()):
        for name, value in parse_qsl(parts.query):
            if pattern("discovery", "frames", "jump_parameters").search(name.lower()):
                yield value


def _is_hidden(element: HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    sizes = (element.get("width") or "", element.get("height") or "")
    return "display:none" in style or any(size.rstrip("px") in ("0", "1") for size in sizes)
