"""Maps portals' host names to addresses of loopback, beneath the spiders: a download handler for `http` and `https`.

Set `GOVCRAWL_HOSTS` to `{"*.test": "127.0.0.1:8731"}` (a dict, or JSON on the command line) and let the handler serve
both schemes, as `mapped_settings` does. URLs and the Host header stay those of the portal. A host that no pattern
names is refused while the setting is on, so that a test cannot reach the internet; without the setting the handler
is Scrapy's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, NotConfigured
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

HANDLER = "govcrawl.simulator.hosts.MappedHostsHandler"
_CONNECTIONS = 64


class UnmappedHostError(CannotResolveHostError):
    """A host that `GOVCRAWL_HOSTS` does not name; raised by the handler, for which it is like an unknown name."""


def mapped_settings(port: int, *patterns: str) -> dict[str, Any]:
    """The Scrapy settings that send `*.test` (or the given patterns) to a port of loopback."""
    return {
        "GOVCRAWL_HOSTS": dict.fromkeys(patterns or ("*.test",), f"127.0.0.1:{port}"),
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "DNSCACHE_ENABLED": False,
    }


def address_of(host: str, hosts: Mapping[str, str]) -> str | None:
    """Where a host is to be found: the first pattern that fits it, in the order of the setting."""
    name = host.lower().partition(":")[0]
    return next((address for pattern, address in hosts.items() if fnmatchcase(name, pattern.lower())), None)


class MappedHostsHandler(HTTP11DownloadHandler):
    """Scrapy's handler for HTTP, with the names of `GOVCRAWL_HOSTS` answered by loopback."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._hosts = {str(k): str(v) for k, v in crawler.settings.getdict("GOVCRAWL_HOSTS").items()}
        for pattern, address in self._hosts.items():
            if not address.rpartition(":")[2].isdecimal():
                raise NotConfigured(
                    f"GOVCRAWL_HOSTS: {pattern!r} is mapped to {address!r}, not to an address and a port"
                )
        if self._hosts:
            self._pool.maxPersistentPerHost = _CONNECTIONS

    async def download_request(self, request: Request) -> Response:
        if not self._hosts:
            return await super().download_request(request)
        parts = urlparse_cached(request)
        address = address_of(parts.netloc, self._hosts)
        if address is None or parts.scheme != "http":
            request.meta["dont_retry"] = True
            what = "is https, which the simulator does not speak" if address else "is not among GOVCRAWL_HOSTS"
            raise UnmappedHostError(
                f"{request.url}: {parts.netloc} {what}; nothing else may be reached while it is set"
            )
        sent = request.replace(url=parts._replace(netloc=address).geturl())
        sent.headers["Host"] = parts.netloc
        try:
            response = await super().download_request(sent)
        finally:
            request.meta.update({key: value for key, value in sent.meta.items() if key.startswith("download_")})
        return response.replace(url=request.url)
