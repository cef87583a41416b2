"""Maps portals' host names to addresses of loopback, beneath the spiders: a download handler for `http` and `https`.

Set `GOVCRAWL_HOSTS` to `{"*.test": "127.0.0.1:8731"}` (a dict, or JSON on the command line) and let the handler serve
both schemes, as `mapped_settings` does. Requests stay as they are; only the connections go elsewhere. A host that no
pattern names is refused while the setting is on, so that a test cannot reach the internet; without the setting the
handler is Scrapy's own, with the policy for TLS that `GOVCRAWL_TLS_POLICY` names.
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
from scrapy.utils.misc import load_object
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import TCP4ClientEndpoint, wrapClientTLS
from twisted.web.client import HTTPConnectionPool

HANDLER = "govcrawl.simulator.hosts.MappedHostsHandler"
_CONNECTIONS = 64


class UnmappedHostError(CannotResolveHostError):
    """A host that `GOVCRAWL_HOSTS` does not name; raised by the handler, for which it is like an unknown name."""


def mapped_settings(port: int, *patterns: str) -> dict[str, Any]:
    """The Scrapy settings that send `*.test` (or the given patterns) to a port of loopback, where rests are short."""
    return {
        "GOVCRAWL_HOSTS": dict.fromkeys(patterns or ("*.test",), f"127.0.0.1:{port}"),
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "DNSCACHE_ENABLED": False,
        "GOVCRAWL_COOLDOWN": 0.5,
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
        policy = crawler.settings.get("GOVCRAWL_TLS_POLICY")
        if policy:
            self._contextFactory = load_object(policy)(self._contextFactory)
        self._hosts = {str(k): str(v) for k, v in crawler.settings.getdict("GOVCRAWL_HOSTS").items()}
        for pattern, address in self._hosts.items():
            if not address.rpartition(":")[2].isdecimal():
                raise NotConfigured(
                    f"GOVCRAWL_HOSTS: {pattern!r} is mapped to {address!r}, not to an address and a port"
                )
        if self._hosts:
            factory = self._pool._factory
            self._pool = _MappedPool(self._pool._reactor, self._hosts, self._contextFactory)
            self._pool._factory = factory
            self._pool.maxPersistentPerHost = _CONNECTIONS

    async def download_request(self, request: Request) -> Response:
        if self._hosts and address_of(urlparse_cached(request).netloc, self._hosts) is None:
            request.meta["dont_retry"] = True
            raise UnmappedHostError(
                f"{request.url}: {urlparse_cached(request).netloc} is not among GOVCRAWL_HOSTS; "
                "nothing else may be reached while it is set"
            )
        return await super().download_request(request)


class _MappedPool(HTTPConnectionPool):
    """Opens connections to where the names are mapped; TLS is told the name all the same."""

    def __init__(self, reactor: Any, hosts: Mapping[str, str], tls: Any) -> None:
        super().__init__(reactor, persistent=True)  # type: ignore[no-untyped-call]
        self._hosts = hosts
        self._tls = tls

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:  # noqa: N802
        connection: Deferred[Any] = super().getConnection(key, self._endpoint(key))
        return connection

    def _endpoint(self, key: tuple[Any, ...]) -> Any:
        scheme, host, port = key[:3]
        address, _, mapped = (address_of(host.decode("ascii"), self._hosts) or "").rpartition(":")
        endpoint: Any = TCP4ClientEndpoint(self._reactor, address, int(mapped))
        if scheme != b"https":
            return endpoint
        return wrapClientTLS(self._tls.creatorForNetloc(host, port), endpoint)
