"""The addresses printed in a page, made absolute. What is no address is told apart, since pages hold such too."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

_SPACE = re.compile(r"\s+")


def resolve(base: str, href: str) -> str:
    """The absolute address of a `href` as printed, which may hold spaces, line ends or a bare `//host`; empty where it
    is no address.
    """
    href = _SPACE.sub("", href) if "\n" in href else href.strip()
    if "\\" in href:
        href = href.replace("\\", "/")  # as every browser reads it
    if href[:1] == "/" and href[1:2] != "/" and "/." not in href:
        scheme, _, rest = base.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}{href}"
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


@lru_cache(maxsize=16384)
def is_address(url: str) -> bool:
    """Whether an address can be taken apart: `http://[bad` and `http://www.example.test：8080/` cannot."""
    try:
        _ = urlsplit(_SPACE.sub("", url)).port
    except ValueError:
        return False
    return True
