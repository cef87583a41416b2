"""Which hosts are the government's, and when two addresses are one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import urlsplit, urlunsplit

from govcrawl.lookups import load_lookup, pattern
from govcrawl.model import Portal

_GOVERNMENT = ".gov.cn"
_SECOND_LEVEL = frozenset({"gov", "com", "org", "net", "ac", "edu", "mil"})
_ADDRESS = re.compile(r"^[\d.]+$|:|^\[")
_NUMBERS = re.compile(r"\d+(?:\.\d+){3}(?::\d+)?")
_SESSION = re.compile(r";jsessionid=[^?#]*|/\(s\([0-9a-z]{24}\)\)", re.IGNORECASE)
_MOBILE = re.compile(r"_wap(?=\.s?html?$)|(?<=/)m(?=post_\d+\.html?$)")
"""What the addresses of mobile twins hold beside those of their pages: `t1_wap.html`, `mpost_1.html`."""
_BIG5 = re.compile(r"^/gate/big5/([a-z0-9.-]+\.[a-z]+(?::\d+)?)(/.*)?$", re.IGNORECASE)
_PLACE = re.compile(r"(?:^|&)divid=[^&]*")
"""Hanweb's name of the element that an answer is put in, which the page that asks chooses."""
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|aspx?|jsp|php)$", re.IGNORECASE)


class HostPolicy:
    """The hosts a portal's crawl may visit: its own domain, `*.gov.cn`, those of the registry, and the bare addresses
    known to be a government's.

    Copies of government pages on foreign domains keep the original path, so only the host tells them apart.
    """

    def __init__(self, portals: Iterable[Portal] = (), allowed: Iterable[str] = ()) -> None:
        self._known = frozenset(
            {host_of(address) for portal in portals for address in (portal.homepage, *portal.columns)}
            | {name.lower() for name in allowed}
            | frozenset(load_lookup("discovery")["hosts"]["bare"])
        )

    def allows(self, url: str, portal: Portal) -> bool:
        """Whether a crawl of `portal` may fetch `url`. What a gateway fetches for us counts as where it is from."""
        host = host_of(canonical(url))
        return is_government(host) or host in self._known or registrable(host) == registrable(host_of(portal.homepage))


def is_government(host: str) -> bool:
    """Whether a host, at whatever port, is one of `gov.cn`."""
    return host.partition(":")[0].endswith(_GOVERNMENT)


def is_bare(host: str) -> bool:
    """Whether a host is an address without a name."""
    return _NUMBERS.fullmatch(host) is not None


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of an address in lower case, with its port where one is given; empty for anything but http(s)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return parts.netloc.rpartition("@")[2].lower().removesuffix(":80").removesuffix(":443")


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The domain somebody registered: `jingtai.gov.cn` of `www.jingtai.gov.cn`; an IP address is its own."""
    name = host if _ADDRESS.search(host) else host.strip(".")
    if _ADDRESS.search(name):
        return name
    labels = name.split(".")
    keep = 3 if len(labels) > 2 and labels[-1] == "cn" and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-keep:])


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The address to fetch and to store: without fragment, session ids, mobile and Big5 doubles.

    The query stays as it is printed, in whichever charset; an address that cannot be taken apart stays as it is.
    """
    try:
        parts = urlsplit(_SESSION.sub("", url))
    except ValueError:
        return url
    path, netloc, scheme = parts.path or "/", parts.netloc.lower(), parts.scheme.lower()
    gateway = _BIG5.match(path)
    if gateway:
        netloc, path = gateway[1].lower(), gateway[2] or "/"
    query = parts.query
    if query:
        parts_of_query = query.split("&")
        tracking = _tracking()
        kept = [part for part in parts_of_query if not tracking.fullmatch(part.partition("=")[0].lower())]
        if len(kept) != len(parts_of_query):
            query = "&".join(kept)
    default = ":443" if scheme == "https" else ":80"
    return urlunsplit((scheme, netloc.removesuffix(default), _MOBILE.sub("", path), query, ""))


@cache
def _tracking() -> re.Pattern[str]:
    return pattern("discovery", "hosts", "tracking")


@lru_cache(maxsize=32768)
def same_page_key(url: str) -> str:
    """One key for the addresses that serve one page: scheme and `index.html` of a folder do not count."""
    try:
        parts = urlsplit(canonical(url))
    except ValueError:
        return url
    query = _PLACE.sub("", parts.query) if "divid=" in parts.query else parts.query
    return urlunsplit(("", parts.netloc, _INDEX.sub("/", parts.path), query, ""))


def same_row_key(url: str) -> str:
    """One key for the addresses under which lists of one portal show one article: `www.` does not count either.

    A page may send its visitor from the one to the other, so this is no key of what was asked for.
    """
    return same_page_key(url).replace("//www.", "//", 1)
